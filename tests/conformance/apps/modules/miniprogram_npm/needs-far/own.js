exports.here = 'miniprogram_npm/needs-far/own.js'
