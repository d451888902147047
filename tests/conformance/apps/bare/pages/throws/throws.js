throw new RangeError('a page script fails')
