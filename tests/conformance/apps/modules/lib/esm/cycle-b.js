import { name } from './cycle-a'

export const b = () => `b of ${name()}`
