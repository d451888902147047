const item = (id, name, on, parts) => ({ id, name, on, parts })
Page({
  data: {
    items: [item(1, 'a', true, ['x', 'y']), item(2, 'b', false, ['z']), item(3, 'c', true, [])],
    words: ['one', 'two'], chosen: 2, mark: '!', shown: true,
  },
})
