App({ globalData: { themes: [] }, onThemeChange({ theme }) { this.globalData.themes.push(theme) } })
