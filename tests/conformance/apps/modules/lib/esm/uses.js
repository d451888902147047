import Shape, { alias, count, increment as up } from './shapes'
import * as all from './shapes.js'
import commonjs from '../named'
import { here } from '../named.js'
import './side-effect'

const before = count
up()

export const live = [before, count, all.count]
export const sides = Shape.sides
export const names = [alias, all.name]
export const keys = Object.keys(all).sort()
export const fromCommonjs = [commonjs.here, here]
export const sideEffect = getApp().globalData.sideEffect
export const hoisted = typeof later
export const self = typeof this

export default function later() {
  return 'later'
}
