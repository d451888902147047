const counter = require('./counter')
exports.name = 'circle of ' + counter.titles().length
