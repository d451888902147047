exports.root = 'fair'
