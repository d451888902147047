exports.here = 'lib/both.js'
