const a = require('./a')
exports.early = 'b early'
exports.sawOfA = { early: a.early, late: a.late }
exports.lateOfA = () => a.late
