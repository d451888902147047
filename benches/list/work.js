// What is measured, the same for minirun and for its peers: milliseconds for each of many changes of a list of 50.
const items = (price) => Array.from({ length: 50 }, (_, id) => ({ id, title: 'item ' + id, price: price + id, picture: '/p/' + id + '.png' }))

const each = (rounds, change) => {
  const began = Date.now()
  for (let round = 1; round <= rounds; round += 1) change(round)
  return (Date.now() - began) / rounds
}

const changes = (list) => ({
  oneField: each(400, (round) => list.setData({ title: 'title ' + round })),
  oneOfFifty: each(100, (round) => list.setData({ ['items[' + (round % 50) + '].price']: round })),
  fifty: each(40, (round) => list.setData({ items: items(round) })),
})

module.exports = { items, changes }
