exports.here = 'lib/other/beside.js'
