module.exports = { limit: 3, load: () => 'loaded', inner: { save() { return 'saved' } } }
