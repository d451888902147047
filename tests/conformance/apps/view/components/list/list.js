Component({ properties: { list: Array } })
