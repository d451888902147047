Page({ data: { n: 4, list: [] } })
