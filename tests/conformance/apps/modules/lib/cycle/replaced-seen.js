exports.seen = Object.keys(require('./replaces'))
