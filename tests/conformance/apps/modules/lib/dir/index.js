exports.here = 'lib/dir/index.js'
