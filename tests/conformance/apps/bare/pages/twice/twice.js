Page({ data: { first: true } })
Page({ data: { first: false } })
