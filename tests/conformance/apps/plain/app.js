// SDKs wrap the platform's constructors: an assignment to the global must be seen by the pages.
const original = Page
Page = function (options) {
  return original(Object.assign({ wrapped: true }, options))
}

App({ globalData: {} })
