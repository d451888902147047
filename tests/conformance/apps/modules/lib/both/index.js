exports.here = 'lib/both/index.js'
