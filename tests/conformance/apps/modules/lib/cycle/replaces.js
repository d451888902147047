exports.old = true
const other = require('./replaced-seen')
module.exports = { seen: other.seen }
