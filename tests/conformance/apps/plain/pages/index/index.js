Page({
  data: { shown: true }
})
