var privateVar = 1
let privateLet = 2
const privateConst = 3
function privateFunction() {}
class PrivateClass {}
exports.seen = [typeof privateVar, typeof privateLet, typeof privateConst, typeof privateFunction, typeof PrivateClass]
