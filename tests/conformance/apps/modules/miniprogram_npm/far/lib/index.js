exports.here = 'miniprogram_npm/far/lib/index.js'
