const { greet } = require('./lib/greet')
let count = 0
module.exports = {
  greet,
  count: () => ++count,
  wx,
  host: () => requireMiniProgram(),
  try: (path) => require(path),
  fail: () => { null.x },
}
