import { b } from './cycle-b'

export const a = () => `a and ${b()}`
export const name = () => 'a'
