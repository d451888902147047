const { log } = getApp().globalData

Page({
  data: { open: [], text: '', buttons: [{ text: 'No' }, { text: 'Yes' }] },
  tell(e) {
    log.push([e.currentTarget.id, e.type, e.detail])
  },
  opened(e) {
    this.tell(e)
    this.setData({ open: e.detail })
  },
  search(text) {
    return Promise.resolve([{ text: text + '!', value: 1 }])
  },
})
