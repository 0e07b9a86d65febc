/** Places of a JSON value, for tests that change them. */
export { type Change, change } from 'tongheng/testing'

const steps = (pointer: string): string[] => pointer.split('/').slice(1)

/** Every place in a JSON value, parents before their children. */
export function* places(value: unknown, pointer = ''): Generator<{ pointer: string; value: unknown }> {
  if (pointer !== '') yield { pointer, value }
  if (value === null || typeof value !== 'object') return
  for (const [name, member] of Object.entries(value)) yield* places(member, `${pointer}/${name}`)
}

/** Every sort of place: elements of one list have one schema, so its first two stand for the rest. */
export const sortsOfPlaces = (value: unknown): { pointer: string; value: unknown }[] =>
  [...places(value)].filter(({ pointer }) => !/\/(?:[2-9]|\d\d)(?:\/|$)/.test(pointer))

/** The value at a place. */
export const valueAt = (value: unknown, pointer: string): unknown =>
  steps(pointer).reduce((at, step) => (at as Record<string, unknown> | undefined)?.[step], value)
