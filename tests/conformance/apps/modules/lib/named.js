exports.here = 'lib/named.js'
