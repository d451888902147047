// "using" is a keyword only in a declaration that newer language versions have; here it is a name.
var using = 1
let total = using + 1

function add(using, more) {
  using += more
  return using
}

const holder = { using, inner: { using: 3 } }
const { using: renamed, inner: { using: deep } } = holder

class Tool {
  using() {
    return 'method'
  }
}

for (const using of [5]) {
  total += using
}

using = 7

const text = 'using'
const template = `using ${using}`

module.exports = {
  using,
  total,
  added: add(2, 3),
  renamed,
  deep,
  method: new Tool().using(),
  arrow: ((using) => using * 2)(4),
  text,
  template,
  keys: Object.keys(holder)
}
