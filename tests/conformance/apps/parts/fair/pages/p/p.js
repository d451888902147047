Page({ data: { root: 'fair' } })
