worker.onError((error) => worker.postMessage({ heard: String(error.message) }))
worker.onMessage((message) => {
  throw new RangeError(message.text)
})
