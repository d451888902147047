Page({ data: { root: 'goods' } })
