exports.here = 'root-file.js'
