exports.here = 'lib/deep/beside.js'
