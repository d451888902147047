// What the built-in components told, in order: [id, type, detail].
App({ globalData: { log: [] } })
