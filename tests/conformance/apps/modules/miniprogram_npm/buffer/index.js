exports.here = 'miniprogram_npm/buffer/index.js'
