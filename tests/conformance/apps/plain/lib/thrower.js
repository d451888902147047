// The lines are what the test looks for.
function inner(value) {
  return value.missing.property
}

exports.outer = function outer(value) {
  return inner(value)
}

exports.make = function make(Type, message) {
  return new Type(message)
}
