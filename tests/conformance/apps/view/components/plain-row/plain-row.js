Component({ properties: { value: null }, data: { kind: 'plain-row' } })
