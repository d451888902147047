exports.here = 'lib/deep/only-beside.js'
