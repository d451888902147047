const { log } = getApp().globalData

Page({
  data: { src: 'https://example.com/a.mp4' },
  tell(e) {
    log.push([e.currentTarget.id, e.type, e.detail, Date.now()])
  },
})
