// A plain CommonJS file; only the calls of import() are not.
exports.relative = () => import('./esm/shapes.js')
exports.rooted = () => import('/lib/esm/shapes')
exports.commonjs = () => import('./named')
exports.computed = (name) => import('./esm/' + name)
exports.missing = () => import('./nothing')
