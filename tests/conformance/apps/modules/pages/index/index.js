Page({ data: { from: require('../../lib/named').here } })
