exports.here = 'miniprogram_npm/far/index.js'
