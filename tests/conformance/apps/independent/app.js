App({
  data: 'from App()',
  other: 'from App()',
  log: [],
  onLaunch() { this.log.push('launch') },
  onShow() { this.log.push('show') },
})
