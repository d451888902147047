exports.here = 'lib/other/target.js'
