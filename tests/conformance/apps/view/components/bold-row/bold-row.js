Component({ properties: { value: null }, data: { kind: 'bold-row' } })
