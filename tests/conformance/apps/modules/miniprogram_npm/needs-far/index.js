exports.here = 'miniprogram_npm/needs-far/index.js'
exports.far = require('far').here
exports.own = require('./own').here
