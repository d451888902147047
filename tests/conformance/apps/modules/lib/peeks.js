exports.seen = [typeof privateVar, typeof privateLet, typeof privateConst, typeof privateFunction, typeof PrivateClass]
