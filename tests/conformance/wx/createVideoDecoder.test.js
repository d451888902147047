// Rests on: the platform's reference of VideoDecoder.

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const fs = wx.getFileSystemManager()

// An MP4 file that is a header only: a film of 1 second, 4 by 2 pixels, 10 frames.
const words = (...list) => list.flatMap((n) => [n >>> 24, n >>> 16 & 255, n >>> 8 & 255, n & 255])
const chars = (text) => text.split('').map((c) => c.charCodeAt(0))
const box = (name, ...parts) => { const content = parts.flat(); return [...words(content.length + 8), ...chars(name), ...content] }
const mp4 = () => new Uint8Array([...box('ftyp', chars('isom')), ...box('moov', box('trak',
  box('tkhd', new Array(76).fill(0), words(4 << 16, 2 << 16)),
  box('mdia', box('mdhd', words(0, 0, 0, 1000, 1000, 0)), box('hdlr', words(0, 0), chars('vide'), words(0, 0, 0)),
    box('minf', box('stbl', box('stts', words(0, 1, 10, 100)))))))]).buffer
const source = `${wx.env.USER_DATA_PATH}/film.mp4`
const EVENTS = ['start', 'stop', 'seek', 'bufferchange', 'ended']
const made = () => {
  const decoder = wx.createVideoDecoder(), heard = []
  for (const event of EVENTS) decoder.on(event, (res) => heard.push(res === undefined ? event : [event, res]))
  return { decoder, heard }
}

beforeAll(() => fs.writeFileSync(source, mp4()))

test('canIUse knows it', () => {
  expect([wx.canIUse('createVideoDecoder'), wx.canIUse('VideoDecoder.getFrameData')]).toEqual([true, true])
})

test('frames come by the clock, transparent and of the right size, until the film ends', async () => {
  const { decoder, heard } = made()
  expect(decoder.getFrameData()).toBe(null)
  await decoder.start({ source, mode: 0 })
  expect(heard).toEqual([['start', { width: 4, height: 2 }], 'bufferchange'])
  const frame = decoder.getFrameData()
  expect([frame.width, frame.height, frame.pkPts, frame.pkDts]).toEqual([4, 2, 0, 0])
  expect(Array.from(new Uint8Array(frame.data))).toEqual(new Array(32).fill(0))
  expect(decoder.getFrameData()).toBe(null)
  await wait(350)
  expect(decoder.getFrameData().pkPts).toBe(300)
  expect(heard).not.toContain('ended')
  await wait(700)
  expect(heard[heard.length - 1]).toBe('ended')
  expect(decoder.getFrameData().pkPts).toBe(900)
  expect(decoder.getFrameData()).toBe(null)
})

test('as fast as possible, every frame is given, and then it ends', async () => {
  const { decoder, heard } = made()
  await decoder.start({ source, mode: 1 })
  const times = []
  for (let frame = decoder.getFrameData(); frame; frame = decoder.getFrameData()) times.push(frame.pkPts)
  expect(times).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900])
  await wait(1)
  expect(heard[heard.length - 1]).toBe('ended')
})

test('seek goes to a moment, also back, and the end comes later then', async () => {
  const { decoder, heard } = made()
  await decoder.start({ source })
  await wait(850)
  await decoder.seek(500)
  expect(heard[heard.length - 1]).toEqual(['seek', { position: 500 }])
  expect(decoder.getFrameData().pkPts).toBe(500)
  await wait(300)
  expect(heard).not.toContain('ended')
  await wait(250)
  expect(heard).toContain('ended')
})

test('after stop there are no frames and no end, and it can start again', async () => {
  const { decoder, heard } = made()
  await decoder.start({ source })
  await decoder.stop()
  await wait(2000)
  expect([decoder.getFrameData(), heard.includes('stop'), heard.includes('ended')]).toEqual([null, true, false])
  await expect(decoder.seek(1)).rejects.toMatchObject({ errMsg: 'seek:fail the decoder is not started' })
  await decoder.start({ source })
  expect(decoder.getFrameData().pkPts).toBe(0)
})

test('off takes a listener away', async () => {
  const decoder = wx.createVideoDecoder(), heard = []
  const one = () => heard.push('one'), two = () => heard.push('two')
  decoder.on('start', one)
  decoder.on('start', two)
  decoder.off('start', one)
  await decoder.start({ source })
  expect(heard).toEqual(['two'])
})

test('without its pictures a film has no frames', async () => {
  const { decoder, heard } = made()
  await decoder.start({ source, abortVideo: true })
  expect(heard[0]).toEqual(['start', { width: 0, height: 0 }])
  expect(decoder.getFrameData()).toBe(null)
})

test('a file that is not there, one that is no film, and no source are errors', async () => {
  const { decoder, heard } = made()
  const missing = `${wx.env.USER_DATA_PATH}/none.mp4`
  await expect(decoder.start({ source: missing })).rejects.toMatchObject({ errMsg: `start:fail no such file or directory, open "${missing}"` })
  fs.writeFileSync(`${wx.env.USER_DATA_PATH}/text.mp4`, 'text', 'utf8')
  await expect(decoder.start({ source: `${wx.env.USER_DATA_PATH}/text.mp4` })).rejects.toMatchObject({ errMsg: 'start:fail unsupported format' })
  await expect(decoder.start({})).rejects.toMatchObject({ errMsg: expect.stringContaining('parameter.source should be String instead of Undefined') })
  expect(heard).toEqual([])
})

test('a removed decoder does nothing more', async () => {
  const { decoder } = made()
  await decoder.start({ source })
  await decoder.remove()
  expect(decoder.getFrameData()).toBe(null)
  await expect(decoder.start({ source })).rejects.toMatchObject({ errMsg: 'start:fail the decoder is removed' })
})

test('of a video of the album it knows what the album says', async () => {
  device.set({ album: [{ name: 'a.mp4', base64: 'AAAA', duration: 2, width: 6, height: 4 }] })
  const { tempFilePath } = await wx.chooseVideo({})
  const { decoder, heard } = made()
  await decoder.start({ source: tempFilePath })
  expect(heard[0]).toEqual(['start', { width: 6, height: 4 }])
  await wait(1990)
  expect(heard).not.toContain('ended')
  await wait(20)
  expect(heard).toContain('ended')
})

test('an address is what the answer says, and fails offline', async () => {
  const { decoder, heard } = made()
  device.answer('createVideoDecoder', { duration: 3, width: 8, height: 8 })
  await decoder.start({ source: 'https://example.com/a.mp4' })
  expect(heard[0]).toEqual(['start', { width: 8, height: 8 }])
  device.set({ network: 'none' })
  await expect(decoder.start({ source: 'https://example.com/a.mp4' })).rejects.toMatchObject({ errMsg: 'start:fail network error' })
  device.set({ network: 'wifi' })
})
