exports.here = 'lib/miniprogram_npm/near/index.js'
