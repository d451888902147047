exports.here = 'miniprogram_npm/single.js'
