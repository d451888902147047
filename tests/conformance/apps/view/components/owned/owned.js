Component({ methods: { owner() { return this.selectOwnerComponent() } } })
