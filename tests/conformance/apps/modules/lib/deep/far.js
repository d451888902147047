exports.here = 'lib/deep/far.js'
