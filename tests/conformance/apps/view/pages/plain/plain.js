Page({ data: { n: 1, list: [1, 2] }, onLoad() { this.setData({ n: 2 }) } })
