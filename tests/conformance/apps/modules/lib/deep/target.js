exports.here = 'lib/deep/target.js'
