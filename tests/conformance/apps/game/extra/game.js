GameGlobal.extra = (GameGlobal.extra || 0) + 1
