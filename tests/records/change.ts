/** Pointers into a JSON value, for tests that change it. */
export { type Change, change } from 'tongheng/testing'

const steps = (pointer: string): string[] => pointer.split('/').slice(1)

/** Every pointer into a JSON value, parents before children. */
export function* places(value: unknown, pointer = ''): Generator<{ pointer: string; value: unknown }> {
  if (pointer !== '') yield { pointer, value }
  if (value === null || typeof value !== 'object') return
  for (const [name, member] of Object.entries(value)) yield* places(member, `${pointer}/${name}`)
}

/** One pointer of each sort: elements of a list share a schema, so the first two represent the others. */
export const sortsOfPlaces = (value: unknown): { pointer: string; value: unknown }[] =>
  [...places(value)].filter(({ pointer }) => !/\/(?:[2-9]|\d\d)(?:\/|$)/.test(pointer))

/** The value at a pointer. */
export const valueAt = (value: unknown, pointer: string): unknown =>
  steps(pointer).reduce((at, step) => (at as Record<string, unknown> | undefined)?.[step], value)
