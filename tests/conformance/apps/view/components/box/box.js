Component({ options: { multipleSlots: true }, properties: { open: { type: Boolean, value: true } } })
