module.exports = { whoami: 'the app' }
