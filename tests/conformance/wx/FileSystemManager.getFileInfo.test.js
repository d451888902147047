// Rests on: the vendor's FileSystemManager.getFileInfo page and the digests' own test vectors.
const fs = wx.getFileSystemManager(), filePath = wx.env.USER_DATA_PATH + '/getFileInfo.txt';
const info = options => new Promise((success, fail) => fs.getFileInfo(Object.assign({ filePath, success, fail }, options)));

describe('FileSystemManager.getFileInfo', () => {
  beforeEach(() => fs.writeFileSync(filePath, 'abc'));

  test('gives size and md5', async () => {
    expect(await info()).toEqual({ errMsg: 'getFileInfo:ok', size: 3, digest: '900150983cd24fb0d6963f7d28e17f72' });
  });

  test('gives the digest that is asked for', async () => {
    expect((await info({ digestAlgorithm: 'sha1' })).digest).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
    expect((await info({ digestAlgorithm: 'sha256' })).digest).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  test('wx.getFileInfo is the same', async () => {
    expect((await wx.getFileInfo({ filePath })).size).toBe(3);
  });
});
