const lifecycle = require('../../logging/lifecycle')

Page(lifecycle('index', {}))
