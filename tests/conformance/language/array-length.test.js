// Rests on: ECMA-262 (a function's body is evaluated anew by each call), which an inline cache of the engine once broke.
test('length set twice by one line', () => {
  const clear = l => { l.length = 0 };
  const a = [1, 2], b = [3, 4, 5];
  clear(a); clear(b);
  expect(a.length).toBe(0); expect(b.length).toBe(0); expect(Object.keys(b)).toEqual([]);
  const c = [1,2,3]; clear(c); expect(JSON.stringify(c)).toBe('[]');
});
test('length grows and shrinks', () => {
  const set = (l, n) => { l.length = n; return l };
  set([1], 1);
  expect(set([1, 2, 3], 1)).toEqual([1]);
  expect(set([1], 3).length).toBe(3);
  let l = [1,2,3];
  const dec = x => { x.length--; };
  dec([1]); dec(l); dec(l);
  expect(l).toEqual([1]);
  const cut = x => { x.length -= 1; };
  const m = [1,2,3]; cut([1]); cut(m); cut(m);
  expect(JSON.stringify(m)).toBe('[1]');
});
