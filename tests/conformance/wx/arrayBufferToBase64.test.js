// Rests on: the vendor's wx.arrayBufferToBase64 page and RFC 4648.
describe('wx.arrayBufferToBase64', () => {
  test('pads its text', () => {
    for (const [bytes, text] of [[[], ''], [[0], 'AA=='], [[255, 254], '//4='], [[17, 34, 51], 'ESIz']]) {
      expect(wx.arrayBufferToBase64(new Uint8Array(bytes).buffer)).toBe(text);
    }
  });

  test('all bytes go there and back', () => {
    const bytes = Array.from({ length: 256 }, (_, i) => i);
    const back = wx.base64ToArrayBuffer(wx.arrayBufferToBase64(new Uint8Array(bytes).buffer));
    expect(Array.from(new Uint8Array(back))).toEqual(bytes);
  });
});
