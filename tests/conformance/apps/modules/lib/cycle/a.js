exports.early = 'a early'
const b = require('./b')
exports.late = 'a late'
exports.sawOfB = b.early
exports.bSaw = b.sawOfA
