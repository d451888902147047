exports.before = true
exports.me = require('./self')
