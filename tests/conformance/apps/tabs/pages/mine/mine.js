Component({
  lifetimes: { attached() { this.early = this.getTabBar() } },
  pageLifetimes: { show() { this.getTabBar((bar) => bar.setData({ selected: 1 })) } },
})
