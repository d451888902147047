exports.here = 'miniprogram_npm/far/util.js'
