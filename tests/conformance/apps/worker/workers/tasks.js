const { double } = require('./lib/double')

const reason = (run) => {
  try {
    return run()
  } catch (error) {
    return error.message
  }
}

// Each answers with what it finds.
const tasks = {
  double: ({ n }) => double(n),
  globals: () => ['wx', 'App', 'Page', 'Component', 'getApp', 'getCurrentPages', 'global', 'window', 'setTimeout', 'console', 'require']
    .filter((name) => types()[name] !== 'undefined'),
  outside: () => reason(() => require('../app.js')),
  absent: () => reason(() => require('./lib/absent')),
  env: () => worker.env.USER_DATA_PATH,
  camera: () => reason(() => worker.getCameraFrameData()),
  function: () => reason(() => worker.postMessage({ f() {} })),
  async: () => require.async('./lib/double').then(() => 'there', (error) => error.message),
}

const types = () => ({
  wx: typeof wx, App: typeof App, Page: typeof Page, Component: typeof Component, getApp: typeof getApp,
  getCurrentPages: typeof getCurrentPages, global: typeof global, window: typeof window,
  setTimeout: typeof setTimeout, console: typeof console, require: typeof require
})

worker.onMessage(async (message) => {
  if (message.task === 'later') {
    const began = Date.now()
    setTimeout(() => worker.postMessage({ waited: Date.now() - began }), message.ms)
    return
  }
  if (message.task === 'die') return worker.testOnProcessKilled()
  worker.postMessage({ answer: await tasks[message.task](message) })
})
