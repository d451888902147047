// Requires for the tests, from here.
module.exports = (path) => require(path)
