// Names that are globals elsewhere may be declared by a file's own code.
let window = 'w'
const document = 'd'
let location = 'l'
let self = 's'
var process = 'p'
exports.own = [window, document, location, self, process]
