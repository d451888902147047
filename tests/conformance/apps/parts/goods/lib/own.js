exports.root = 'goods'
