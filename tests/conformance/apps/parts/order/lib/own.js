exports.root = 'order'
