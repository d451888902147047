// Rests on: the platform's guide on location functions; what it answers to an app that has not declared one.

const reason = 'the api need to be declared in the requiredPrivateInfos field in app.json/ext.json'

test.each(['getLocation', 'getFuzzyLocation', 'startLocationUpdate', 'startLocationUpdateBackground', 'chooseLocation', 'choosePoi'])(
  '%s has to be declared in requiredPrivateInfos',
  async (name) => {
    await expect(wx[name]()).rejects.toEqual({ errMsg: `${name}:fail ${reason}` })
    const { authSetting } = await wx.getSetting()
    expect(authSetting).toEqual({})
  }
)
