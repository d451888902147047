// wx.cloud.database(): queries and changes over the documents of a collection, which the host keeps.
(function (M) {
  'use strict';
  M.lazy('cloud_command');
  const { match, change, store, order, encode, decode, project, command, ServerDate, Pattern, Point } = M.cloudCommand;
  const CLIENT_LIMIT = 20;
  const read = name => M.host.call('$cloud.collection', { name }).docs.map((doc, i) => {
    const made = decode(doc);
    if (made._id === undefined) made._id = `${name}-${i}`;
    return made;
  });
  const keep = (name, docs) => M.host.call('$cloud.keep', { name, docs: docs.map(encode) });
  let made = 0;
  const newId = docs => {
    let id;
    do id = (Date.now().toString(16) + (++made).toString(16).padStart(8, '0')).padStart(32, '0'); while (docs.some(d => d._id === id));
    return id;
  };
  const settings = () => M.host.call('$cloud.settings', {});
  const refused = name => { const res = { errMsg: `${name}:fail not supported`, errno: 100 }; return Object.assign(new Error(res.errMsg), res); };
  const watch = name => o => {
    const error = refused(name);
    M.global.console.warn(`${name} is not supported here: nothing but the app changes its fixtures`);
    if (o && typeof o.onError === 'function') Promise.resolve().then(() => M.guard(o.onError, undefined, [error], name));
    return { close() {} };
  };
  const DATA = { data: 'object' };

  class Query {
    constructor(name, state) {
      this.collectionName = name;
      Object.defineProperty(this, 'state', { value: { order: [], skip: 0, limit: CLIENT_LIMIT, ...state } });
    }
    with(more) { return new Query(this.collectionName, { ...this.state, ...more }); }
    where(query) {
      if (query === null || typeof query !== 'object') throw new Error('collection.where:fail parameter query should be object instead of ' + typeof query);
      return this.with({ query });
    }
    orderBy(path, way) { return this.with({ order: this.state.order.concat([[path, way]]) }); }
    limit(n) { return this.with({ limit: n }); }
    skip(n) { return this.with({ skip: n }); }
    field(fields) { return this.with({ fields }); }
    chosen(docs) {
      const { query } = this.state;
      if (query === undefined) return docs;
      const { openid } = settings();
      return docs.filter(doc => match(doc, query, openid));
    }
    call(api, opts, wanted, work) { return M.cloudCall(api, opts, wanted, { name: this.collectionName, run: ok => ok(work(read(this.collectionName))) }); }
    get(opts) {
      return this.call('collection.get', opts, {}, docs => {
        const { order: by, skip, limit, fields } = this.state;
        const found = order(this.chosen(docs), by).slice(skip, skip + Math.min(limit, CLIENT_LIMIT));
        return { data: found.map(doc => project(doc, fields)) };
      });
    }
    count(opts) { return this.call('collection.count', opts, {}, docs => ({ total: this.chosen(docs).length })); }
    update(opts) {
      return this.call('collection.update', opts, DATA, docs => {
        const found = this.chosen(docs);
        for (const doc of found) change(doc, opts.data);
        if (found.length) keep(this.collectionName, docs);
        return { stats: { updated: found.length } };
      });
    }
    remove(opts) {
      return this.call('collection.remove', opts, {}, docs => {
        const found = this.chosen(docs);
        if (found.length) keep(this.collectionName, docs.filter(doc => !found.includes(doc)));
        return { stats: { removed: found.length } };
      });
    }
  }
  Query.prototype.watch = watch('collection.watch');

  class Collection extends Query {
    doc(id) { return new Document(this.collectionName, id); }
    add(opts) {
      return this.call('collection.add', opts, DATA, docs => {
        const doc = store(opts.data);
        if (doc._id === undefined) doc._id = newId(docs);
        if (docs.some(d => d._id === doc._id)) throw { errCode: -502001, reason: `-502001 database request fail. [FailedOperation.DuplicateWrite] E11000 duplicate key error collection: ${this.collectionName} index: _id_ dup key: { : "${doc._id}" }` };
        docs.push({ _id: doc._id, _openid: settings().openid, ...doc });
        keep(this.collectionName, docs);
        return { _id: doc._id };
      });
    }
    aggregate() { throw refused('collection.aggregate'); }
  }

  class Document {
    constructor(name, id, fields) { Object.defineProperties(this, { collectionName: { value: name }, _id: { value: id }, fields: { value: fields } }); }
    field(fields) { return new Document(this.collectionName, this._id, fields); }
    call(api, opts, wanted, work) {
      return M.cloudCall(api, opts, wanted, { name: `${this.collectionName}/${this._id}`, run: ok => {
        const docs = read(this.collectionName);
        ok(work(docs, docs.find(doc => doc._id === this._id)));
      } });
    }
    get(opts) {
      return this.call('document.get', opts, {}, (docs, doc) => {
        if (!doc) throw { errCode: -1, reason: `document with _id ${this._id} does not exist` };
        return { data: project(doc, this.fields) };
      });
    }
    set(opts) {
      return this.call('document.set', opts, DATA, (docs, doc) => {
        if ('_id' in opts.data) throw { errCode: -401002, reason: 'Error: errCode: -401002 api parameter error | errMsg: document.set: cannot set _id' };
        const full = { _id: this._id, _openid: doc ? doc._openid : settings().openid, ...store(opts.data) };
        if (doc) docs[docs.indexOf(doc)] = full; else docs.push(full);
        keep(this.collectionName, docs);
        return { _id: this._id, stats: { updated: doc ? 1 : 0, created: doc ? 0 : 1 } };
      });
    }
    update(opts) {
      return this.call('document.update', opts, DATA, (docs, doc) => {
        if (doc) { change(doc, opts.data); keep(this.collectionName, docs); }
        return { stats: { updated: doc ? 1 : 0 } };
      });
    }
    remove(opts) {
      return this.call('document.remove', opts, {}, (docs, doc) => {
        if (!doc) throw { errCode: -1, reason: `document with _id ${this._id} does not exist` };
        keep(this.collectionName, docs.filter(d => d !== doc));
        return { stats: { removed: 1 } };
      });
    }
  }
  Document.prototype.watch = watch('document.watch');

  M.cloudDatabase = config => ({
    config,
    command,
    collection: name => new Collection(String(name)),
    serverDate: o => new ServerDate(o),
    RegExp: function (o) { return new Pattern(o); },
    Geo: { Point: function (longitude, latitude) { return new Point(longitude, latitude); } },
  });
})
