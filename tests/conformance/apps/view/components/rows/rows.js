Component({ options: { dynamicSlots: true } })
