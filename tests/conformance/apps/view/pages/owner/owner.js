Component({
  properties: { q: Number },
  observers: { q(q) { this.seen = q } },
  methods: { own() { return 'own' } },
})
