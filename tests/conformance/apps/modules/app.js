// Modules for the tests of require: each says where it is, some what happened to them.
App({
  globalData: {
    // How often each module was evaluated, by path.
    evaluated: {}
  }
})
