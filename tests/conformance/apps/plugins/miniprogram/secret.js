module.exports = 'of the app'
