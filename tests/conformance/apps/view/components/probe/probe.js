Component({ properties: { v: null, dataset: Object, name: String }, data: { own: 1 } })
