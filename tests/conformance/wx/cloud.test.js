// cloud: ../cloud
// Rests on: the vendor's cloud client API guide: calling forms, results, error codes; the texts of errors as apps match them.

const wxCloud = wx.cloud
const DISABLED = "Cloud API isn't enabled, please call wx.cloud.init first"
const callbacks = (call) => new Promise((done) => {
  const heard = []
  const listen = (kind) => (res) => { heard.push([kind, res]); if (kind === 'complete') done(heard) }
  expect(call({ success: listen('success'), fail: listen('fail'), complete: listen('complete') })).toBeUndefined()
})
const failure = async (promise) => {
  let error
  await promise.then((res) => { throw new Error('succeeded: ' + JSON.stringify(res)) }, (e) => { error = e })
  expect(error).toBeInstanceOf(Error)
  expect(error.message).toBe(error.errMsg)
  return { errCode: error.errCode, errMsg: error.errMsg }
}

test('before init every call fails and says so', async () => {
  const { errCode, errMsg } = await failure(wx.cloud.callFunction({ name: 'login' }))
  expect(errCode).toBe(-1)
  expect(errMsg).toContain('cloud.callFunction:fail Error: errCode: -1 | errMsg: ' + DISABLED)
  expect(() => wx.cloud.database()).toThrow(DISABLED)
})

describe('wx.cloud', () => {
  beforeAll(() => expect(wx.cloud.init({ env: 'dev-1', traceUser: true })).toBeUndefined())

  test('is one object that an app may replace', () => {
    expect(wx.cloud).toBe(wxCloud)
    expect(Object.keys(wx)).toContain('cloud')
    expect(wx.canIUse('cloud')).toBe(true)
    expect(wx.canIUse('cloud.callFunction')).toBe(true)
    wx.cloud = 5
    expect(wx.cloud).toBe(5)
    wx.cloud = wxCloud
  })

  test('init takes an object', () => {
    expect(() => wx.cloud.init('dev-1')).toThrow('parameter should be object instead of string;')
    expect(() => wx.cloud.init()).not.toThrow()
  })

  test('callFunction answers by promise and by callbacks', async () => {
    const res = await wx.cloud.callFunction({ name: 'login' })
    expect(res.errMsg).toBe('cloud.callFunction:ok')
    expect(res.result).toEqual({ openid: 'oFixtureUser', appid: 'wx0000000000000000' })
    expect(typeof res.requestID).toBe('string')
    const heard = await callbacks((o) => wx.cloud.callFunction({ name: 'sum', data: { a: 1, b: 2, more: true }, ...o }))
    expect(heard.map(([kind]) => kind)).toEqual(['success', 'complete'])
    expect(heard[0][1].result).toBe(3)
    expect(heard[0][1]).toBe(heard[1][1])
  })

  test('callFunction takes the first case that fits the data', async () => {
    expect((await wx.cloud.callFunction({ name: 'sum', data: { list: [{ n: 1, m: 2 }] } })).result).toBe('list')
    expect(await failure(wx.cloud.callFunction({ name: 'sum', data: { a: 'x' } }))).toEqual({
      errCode: -504002,
      errMsg: 'cloud.callFunction:fail Error: errCode: -504002 functions execute fail | errMsg: a is no number',
    })
    const none = await failure(wx.cloud.callFunction({ name: 'sum', data: { a: 9 } }))
    expect(none.errCode).toBe(-504002)
    expect(none.errMsg).toContain('no case of functions/sum.json fits {"a":9}')
  })

  test('callFunction fails for a function that is not there, by all forms', async () => {
    const missing = { errCode: -501000, errMsg: 'cloud.callFunction:fail Error: errCode: -501000 | errMsg: FunctionName parameter could not be found' }
    expect(await failure(wx.cloud.callFunction({ name: 'nowhere' }))).toEqual(missing)
    const heard = await callbacks((o) => wx.cloud.callFunction({ name: 'nowhere', ...o }))
    expect(heard.map(([kind]) => kind)).toEqual(['fail', 'complete'])
    expect(heard[0][1].errCode).toBe(-501000)
    expect(heard[0][1].errMsg).toBe(missing.errMsg)
  })

  test.each([
    [undefined, 'parameter should be object instead of undefined;'],
    [{}, 'parameter.name should be string instead of undefined;'],
    [{ name: 5 }, 'parameter.name should be string instead of number;'],
    [{ name: 'sum', data: 'x' }, 'parameter.data should be undefined or object instead of string;'],
  ])('callFunction checks its parameters: %j', async (options, text) => {
    const { errCode, errMsg } = await failure(wx.cloud.callFunction(options))
    expect(errCode).toBe(-401003)
    expect(errMsg).toBe('cloud.callFunction:fail Error: errCode: -401003 api parameter type error | errMsg: ' + text)
  })

  test('callContainer goes by path, method, service and data', async () => {
    const count = (o) => wx.cloud.callContainer({ path: '/api/count', header: { 'X-WX-SERVICE': 'express' }, ...o })
    const one = await count()
    expect({ data: one.data, statusCode: one.statusCode, header: one.header, errMsg: one.errMsg })
      .toEqual({ data: { code: 0, data: 1 }, statusCode: 200, header: { 'x-a': 'b' }, errMsg: 'cloud.callContainer:ok' })
    expect((await count({ method: 'post', data: { action: 'inc' } })).data.data).toBe(2)
    expect((await wx.cloud.callContainer({ path: '/api/broken' })).statusCode).toBe(500)
    expect((await failure(wx.cloud.callContainer({ path: '/nowhere' }))).errMsg).toBe('cloud.callContainer:fail Error: errCode: -501000 | errMsg: Invalid host')
    expect((await failure(wx.cloud.callContainer({}))).errCode).toBe(-401003)
  })

  test('CloudID carries its id', async () => {
    expect(new wx.cloud.CloudID('x').cloudID).toBe('x')
    expect(wx.cloud.CloudID('y').cloudID).toBe('y')
  })

  test('an own environment is used after its init', async () => {
    const own = new wx.cloud.Cloud({ resourceAppid: 'wx1', resourceEnv: 'e' })
    expect((await failure(own.callFunction({ name: 'login' }))).errMsg).toContain(DISABLED)
    await own.init()
    expect((await own.callFunction({ name: 'login' })).result.openid).toBe('oFixtureUser')
  })

  test('without a network every call fails', async () => {
    device.network.set('none')
    const offline = (api) => ({ errCode: -1, errMsg: `${api}:fail Error: errCode: -1 | errMsg: request:fail` })
    expect(await failure(wx.cloud.callFunction({ name: 'login' }))).toEqual(offline('cloud.callFunction'))
    expect(await failure(wx.cloud.database().collection('empty').get())).toEqual(offline('collection.get'))
    device.network.set('wifi')
    expect((await wx.cloud.callFunction({ name: 'login' })).result.openid).toBe('oFixtureUser')
  })

  test('what is not played says so', async () => {
    expect((await failure(wx.cloud.connectContainer({ service: 'a' }))).errMsg).toBe('cloud.connectContainer:fail not supported')
    expect(() => wx.cloud.extend.AI.createModel('x')).toThrow('cloud.extend.AI.createModel:fail not supported')
    expect(() => wx.cloud.services.Gateway({})).toThrow('cloud.services.Gateway:fail not supported')
  })
})

describe('the storage', () => {
  const fs = wx.getFileSystemManager()
  const path = `${wx.env.USER_DATA_PATH}/up.txt`
  beforeAll(() => { wx.cloud.init(); fs.writeFileSync(path, 'mine') })

  test('uploadFile, getTempFileURL, downloadFile and deleteFile know the same file', async () => {
    const up = await wx.cloud.uploadFile({ cloudPath: 'a/b.txt', filePath: path })
    expect(up).toEqual({ errMsg: 'cloud.uploadFile:ok', fileID: 'cloud://fixtures.fixtures-storage/a/b.txt', statusCode: 204 })
    const urls = await wx.cloud.getTempFileURL({ fileList: [up.fileID] })
    expect(urls.errMsg).toBe('cloud.getTempFileURL:ok')
    expect(urls.fileList).toEqual([{ fileID: up.fileID, tempFileURL: 'https://fixtures.fixtures-storage.invalid/a/b.txt', maxAge: 86400, status: 0, errMsg: 'ok' }])
    const down = await wx.cloud.downloadFile({ fileID: up.fileID })
    expect(down.errMsg).toBe('cloud.downloadFile:ok')
    expect(down.statusCode).toBe(200)
    expect(fs.readFileSync(down.tempFilePath, 'utf8')).toBe('mine')
    const gone = await wx.cloud.deleteFile({ fileList: [up.fileID] })
    expect(gone).toEqual({ errMsg: 'cloud.deleteFile:ok', fileList: [{ fileID: up.fileID, status: 0, errMsg: 'ok' }] })
    expect((await failure(wx.cloud.downloadFile({ fileID: up.fileID }))).errCode).toBe(-503003)
    expect((await wx.cloud.deleteFile({ fileList: [up.fileID] })).fileList[0].status).toBe(-503003)
    expect((await wx.cloud.getTempFileURL({ fileList: [{ fileID: up.fileID, maxAge: 60 }] })).fileList[0].status).toBe(-503003)
  })

  test('a file of the fixtures can be downloaded', async () => {
    const { tempFilePath } = await wx.cloud.downloadFile({ fileID: 'cloud://any-env.bucket/images/a.txt' })
    expect(fs.readFileSync(tempFilePath, 'utf8')).toBe('stored text')
  })

  test('transfers with callbacks give a task', async () => {
    const progress = []
    const res = await new Promise((success, fail) => {
      const task = wx.cloud.uploadFile({ cloudPath: 'c.txt', filePath: path, success, fail })
      task.onProgressUpdate((p) => progress.push(p.progress))
    })
    expect(res.errMsg).toBe('cloud.uploadFile:ok')
    expect(progress).toEqual([100])
    const error = await new Promise((fail) => wx.cloud.uploadFile({ cloudPath: 'never.txt', filePath: path, fail }).abort())
    expect(error.errMsg).toBe('cloud.uploadFile:fail abort')
    expect((await failure(wx.cloud.downloadFile({ fileID: 'cloud://a.b/never.txt' }))).errCode).toBe(-503003)
  })

  test('a local file that is not there, and parameters that are wrong', async () => {
    expect((await failure(wx.cloud.uploadFile({ cloudPath: 'd', filePath: `${path}.no` }))).errMsg).toContain('cloud.uploadFile:fail no such file or directory')
    expect((await failure(wx.cloud.uploadFile({ filePath: path }))).errCode).toBe(-401003)
    expect((await failure(wx.cloud.uploadFile({ cloudPath: '../x', filePath: path }))).errCode).toBe(-401002)
    expect((await failure(wx.cloud.downloadFile({}))).errCode).toBe(-401003)
    expect((await failure(wx.cloud.deleteFile({ fileList: 'x' }))).errMsg).toContain('parameter.fileList should be array instead of string;')
    expect((await failure(wx.cloud.getTempFileURL())).errCode).toBe(-401003)
  })
})
