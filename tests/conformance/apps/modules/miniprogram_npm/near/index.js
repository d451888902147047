exports.here = 'miniprogram_npm/near/index.js'
