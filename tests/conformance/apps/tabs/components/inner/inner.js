Component({ methods: { bar() { return this.getTabBar() } } })
