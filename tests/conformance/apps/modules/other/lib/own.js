exports.here = 'other/lib/own.js'
