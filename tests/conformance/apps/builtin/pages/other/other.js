const { log } = getApp().globalData

Page({
  data: { src: '/missing.png', nodes: [{ name: 'b', children: [{ type: 'text', text: 'bold' }] }] },
  tell(e) {
    log.push([e.currentTarget.id, e.type, e.detail])
  },
})
