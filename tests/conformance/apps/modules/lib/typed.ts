interface Options {
  readonly name: string
  size?: number
}

type Reader<T> = (value: T) => string

enum Color {
  Red,
  Green = 4,
  Blue,
}

export const label: Reader<Options> = ({ name, size = 1 }: Options): string => `${name}:${size}`
export const colors = [Color.Red, Color.Green, Color.Blue, Color[4]] as const
export class Box<T> {
  constructor(private readonly value: T, public tag?: string) {}
  get(): T {
    return this.value!
  }
}

export function fail(value: unknown): never {
  throw new RangeError(`no ${(value as string)?.toUpperCase()}`)
}
