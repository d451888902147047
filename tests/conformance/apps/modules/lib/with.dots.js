exports.here = 'lib/with.dots.js'
