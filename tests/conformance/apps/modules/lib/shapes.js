module.exports = {
  exportsIsModuleExports: exports === module.exports,
  types: [typeof require, typeof module, typeof exports, typeof require.async],
  replaced: true
}
exports.lost = 'module.exports has been replaced'
