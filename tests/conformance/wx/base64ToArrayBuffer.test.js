// Rests on: the vendor's wx.base64ToArrayBuffer page and RFC 4648.
describe('wx.base64ToArrayBuffer', () => {
  test('gives an ArrayBuffer', () => {
    const buffer = wx.base64ToArrayBuffer('aGVsbG8=');
    expect(buffer instanceof ArrayBuffer).toBe(true);
    expect(String.fromCharCode(...new Uint8Array(buffer))).toBe('hello');
  });

  test('forgives missing padding and line breaks', () => {
    expect(wx.base64ToArrayBuffer('aGVs\nbG8').byteLength).toBe(5);
    expect(wx.base64ToArrayBuffer('').byteLength).toBe(0);
  });
});
