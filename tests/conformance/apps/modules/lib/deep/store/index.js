exports.here = 'lib/deep/store/index.js'
