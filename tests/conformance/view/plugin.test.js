// app: ../apps/plugins
// Rests on: the vendor's guide to developing plugins: publicComponents, and what a plugin's own files may use.

test('a page uses a public component of a plugin, which uses the plugin\'s own files', async () => {
  await wx.navigateTo({ url: '/pages/badge/badge' })
  const badge = getCurrentPages()[1].selectComponent('#b')
  expect(badge.data.text).toBe('you')
  expect(badge.greet()).toBe('hello, you')
  const texts = await new Promise((done) => badge.createSelectorQuery().selectAll('dot').fields({ properties: ['text'] }).exec(([found]) => done(found)))
  expect(texts).toEqual([{ text: 'you' }])
})
