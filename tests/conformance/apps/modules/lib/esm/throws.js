import { name } from './shapes'

export function fail() {
  throw new TypeError(`not a ${name}`)
}
