Page({ data: { a: 1, b: { c: [1] } } })
