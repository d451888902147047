// Rests on: the vendor's FileSystemManager.readCompressedFile page.
const fs = wx.getFileSystemManager()
const path = wx.env.USER_DATA_PATH + '/text.br'

test('unfolds what brotli folded', async () => {
  fs.writeFileSync(path, 'CwWAaGVsbG8gd29ybGQD', 'base64')
  const { data } = await new Promise((success, fail) =>
    fs.readCompressedFile({ filePath: path, compressionAlgorithm: 'br', success, fail }))
  expect(String.fromCharCode(...new Uint8Array(data))).toBe('hello world')
})

test('what brotli did not fold is an error', () => {
  fs.writeFileSync(path, 'hello world')
  expect(() => fs.readCompressedFileSync({ filePath: path, compressionAlgorithm: 'br' })).toThrow('readCompressedFileSync:fail')
})
