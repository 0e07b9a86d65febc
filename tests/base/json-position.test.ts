// Why this exists: a finding with a wrong line leads a clerk to the wrong number.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonPointer } from '../../src/base/json-pointer.js'
import { locate } from '../../src/base/json-position.js'

const TEXT = `{
  "kind": "x",
  "表": [1, {"a/b": "c\\"d", "~": null}],
  "last": {}
}`

describe('locate', () => {
  it('gives line, column and length of a value', () => {
    expect(locate(TEXT, ['/kind', '/表/0', '/表/1', '/表/1/a~1b', '/表/1/~0', '/last', ''])).toEqual([
      { line: 2, column: 11, length: 3 },
      { line: 3, column: 9, length: 1 },
      { line: 3, column: 12, length: 1 },
      { line: 3, column: 20, length: 6 },
      { line: 3, column: 33, length: 4 },
      { line: 4, column: 11, length: 1 },
      { line: 1, column: 1, length: 1 },
    ])
  })

  it('returns the nearest existing parent of a missing value', () => {
    expect(locate(TEXT, ['/last/gone/deeper', '/表/7', '/gone'])).toEqual([
      { line: 4, column: 11, length: 1 },
      { line: 3, column: 8, length: 1 },
      { line: 1, column: 1, length: 1 },
    ])
  })

  it('finds every scalar of any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2, 4), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        const scalars: [string, unknown][] = []
        const visit = (at: unknown, path: PropertyKey[]): void => {
          if (at !== null && typeof at === 'object') for (const [name, member] of Object.entries(at)) visit(member, [...path, name])
          else scalars.push([jsonPointer(path), at])
        }
        visit(value, [])
        const lines = text.split('\n')
        const positions = locate(
          text,
          scalars.map(([pointer]) => pointer),
        )
        for (const [index, { line, column, length }] of positions.entries()) {
          const written = (lines[line - 1] as string).slice(column - 1, column - 1 + length)
          expect(written).toBe(JSON.stringify(scalars[index]?.[1]))
        }
      }),
    )
  })
})
