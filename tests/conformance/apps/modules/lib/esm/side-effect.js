getApp().globalData.sideEffect = 'done'
