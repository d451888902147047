const { evaluated } = getApp().globalData
evaluated['lib/counted.js'] = (evaluated['lib/counted.js'] || 0) + 1
exports.token = {}
