// Tables of tests: their rows, and the names that the rows give.
(function (M) {
  'use strict';
  M.lazy('show');
  const { show } = M.show;

  function format(template, row, index) {
    const rest = Array.isArray(row) ? row.slice() : [row];
    const s = String(template).replace(/%([sdifjopc#$%])/g, (all, c) => {
      if (c === '%') return '%';
      if (c === '#') return index;
      if (c === '$') return index + 1;
      if (!rest.length) return all;
      const v = rest.shift();
      return c === 's' ? String(v) : c === 'j' ? JSON.stringify(v) : c === 'd' || c === 'f' ? Number(v) : c === 'i' ? parseInt(v, 10) : c === 'c' ? '' : show(v);
    });
    return s.replace(/\$(#|[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)/g, (all, path) => {
      if (path === '#') return index;
      let v = row;
      for (const k of path.split('.')) {
        if (v === null || typeof v !== 'object' || !(k in v)) return all;
        v = v[k];
      }
      return typeof v === 'string' ? v : show(v);
    });
  }

  // The rows of a tagged template: its first line names the columns.
  function tagged(strings, values) {
    const heads = strings[0].trim().split('|').map((head) => head.trim());
    if (!heads[0] || values.length % heads.length) {
      throw new Error('the table of each has ' + heads.length + ' columns (' + heads.join(', ') + ') and ' + values.length + ' values, which is no multiple');
    }
    const rows = [];
    for (let i = 0; i < values.length; i += heads.length) rows.push(Object.fromEntries(heads.map((head, n) => [head, values[i + n]])));
    return rows;
  }

  // For each row: its index, its name by the template, its arguments.
  function rows(table, values) {
    const all = table && table.raw ? tagged(table, values) : Array.from(table);
    if (!all.length) throw new Error('each has an empty table: nothing would run');
    return all.map((row, index) => ({ args: Array.isArray(row) ? row : [row], name: (template) => format(template, row, index) }));
  }

  M.each = { rows };
})
