GameGlobal.log = []
wx.onShow((options) => GameGlobal.log.push(['show', options.scene]))
wx.onHide(() => GameGlobal.log.push(['hide']))
