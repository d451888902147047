exports.here = 'miniprogram_npm/@scope/pkg/index.js'
