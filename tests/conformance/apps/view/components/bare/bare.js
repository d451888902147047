Component({ options: { virtualHost: true }, externalClasses: ['custom-class'] })
