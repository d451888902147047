// Rests on: the vendor's wx.getSavedFileInfo and wx.saveFile pages.
const fs = wx.getFileSystemManager()

test('tells the size and the time of a saved file', async () => {
  const path = wx.env.USER_DATA_PATH + '/report.txt'
  fs.writeFileSync(path, 'four')
  const { savedFilePath } = await wx.saveFile({ tempFilePath: path })
  await expect(wx.getSavedFileInfo({ filePath: savedFilePath })).resolves.toEqual({
    errMsg: 'getSavedFileInfo:ok',
    size: 4,
    createTime: expect.any(Number),
  })
})

test('a file that is not saved has none', async () => {
  await expect(wx.getSavedFileInfo({ filePath: 'wxfile://store_none' })).rejects.toMatchObject({ errno: 1300002 })
})
