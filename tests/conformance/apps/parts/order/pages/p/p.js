Page({ data: { root: 'order' } })
