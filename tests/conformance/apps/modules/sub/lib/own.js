exports.here = 'sub/lib/own.js'
