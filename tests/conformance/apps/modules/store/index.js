exports.here = 'store/index.js'
