Page({ data: { v: 3, typed: 'old' } })
