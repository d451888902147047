// A page definition that writes its lifecycles into the app's log.
module.exports = (name, more) => {
  const write = (what) => getApp().globalData.log.push(name + ' ' + what)
  return Object.assign({
    onLoad() { write('load') },
    onShow() { write('show') },
    onReady() { write('ready') },
    onHide() { write('hide') },
    onUnload() { write('unload') },
  }, more)
}
