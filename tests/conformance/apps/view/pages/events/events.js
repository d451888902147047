const { log } = getApp().globalData
const seen = (name) => function (e) {
  log.push([name, e.type, e.target.id, e.currentTarget.id, e.currentTarget.dataset.from, e.mark, e.detail])
}
Page({
  onOuter: seen('outer'), onCapture: seen('capture'), onStop: seen('stop'), onMut: seen('mut'), onPing: seen('ping'),
})
