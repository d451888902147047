export const name = 'shapes'
export let count = 0
export function increment() {
  count += 1
  return count
}
export default class Shape {
  static sides = 4
}
export { name as alias }
