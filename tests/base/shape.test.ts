// Why this exists: a schema fault is useful only with its label and pointer; zod's own messages never reach the user.
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { CivilDate, DecimalText, Line, LocalizedText, Slug } from '../../src/base/schema.js'
import { parseShape } from '../../src/base/shape.js'

const Schema = z.strictObject({
  kind: z.literal('a'),
  count: z.int().min(1).max(9).optional(),
  value: DecimalText,
  note: z.optional(LocalizedText),
  list: z
    .array(z.strictObject({ id: Slug, on: z.optional(CivilDate) }))
    .min(1)
    .max(2)
    .optional(),
  either: z.union([z.strictObject({ unit: Line, value: DecimalText }), z.strictObject({ lower: DecimalText })]).optional(),
  choice: z.enum(['x', 'y']).optional(),
})
const right = { kind: 'a', value: '1.20' } as const
const faultsOf = (value: unknown) => parseShape(Schema, value).faults

describe('parseShape', () => {
  it('returns the value itself if it has no fault', () => {
    const parsed = parseShape(Schema, right)
    expect(parsed.value).toBe(right)
    expect(parsed.faults).toEqual([])
    expect([...parsed.broken]).toEqual([])
  })

  it('returns the value that zod changed, if it did', () => {
    expect(parseShape(z.strictObject({ a: z.string().default('x') }), {})).toMatchObject({ value: { a: 'x' }, faults: [] })
    expect(parseShape(z.object({ a: z.string() }), { a: 'x', b: 1 }).value).toEqual({ a: 'x' })
  })

  it.each([
    ['a missing member', { kind: 'a' }, 'shape.missing', '/value', { name: 'value' }],
    ['a missing literal', { value: '1' }, 'shape.missing', '/kind', { name: 'kind' }],
    ['a number where a decimal text belongs', { ...right, value: 1.2 }, 'shape.number', '/value', { name: 'value', found: 1.2 }],
    ['another type', { ...right, value: true }, 'shape.type', '/value', { name: 'value', expected: 'string', found: 'boolean' }],
    ['null', { ...right, value: null }, 'shape.type', '/value', { expected: 'string', found: 'null' }],
    ['an array', { ...right, note: ['x'] }, 'shape.type', '/note', { expected: 'object', found: 'array' }],
    ['a wrong decimal', { ...right, value: '1,2' }, 'decimal.syntax', '/value', { text: '1,2', reason: { en: 'the decimal sign is “.”' } }],
    ['a text where a list belongs, once', { ...right, list: 'text' }, 'shape.type', '/list', { expected: 'array', found: 'string' }],
    [
      'a day that does not exist',
      { ...right, list: [{ id: 'a', on: '2025-02-30' }] },
      'date.civil',
      '/list/0/on',
      { found: '"2025-02-30"' },
    ],
    ['a value not listed', { ...right, choice: 'z' }, 'shape.value', '/choice', { found: '"z"', expected: 'x, y' }],
    ['another literal', { ...right, kind: 'b' }, 'shape.value', '/kind', { found: '"b"', expected: 'a' }],
    ['an unknown member', { ...right, 'a/b~': 1 }, 'shape.unrecognised', '/a~1b~0', { name: 'a/b~' }],
    ['an unknown member inside', { ...right, list: [{ id: 'a' }, { id: 'b', x: 1 }] }, 'shape.unrecognised', '/list/1/x', { name: 'x' }],
    ['too many', { ...right, list: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }, 'shape.too-big', '/list', { name: 'list', maximum: '2' }],
    ['too few', { ...right, list: [] }, 'shape.too-small', '/list', { minimum: '1' }],
    ['too large', { ...right, count: 10 }, 'shape.too-big', '/count', { maximum: '9' }],
    ['too small', { ...right, count: 0 }, 'shape.too-small', '/count', { minimum: '1' }],
    ['too long', { ...right, list: [{ id: 'a'.repeat(61) }] }, 'shape.too-big', '/list/0/id', { name: 'id', maximum: '60' }],
    [
      'a fault inside the nearest of two forms',
      { ...right, either: { unit: 'MPa', value: 5 } },
      'shape.number',
      '/either/value',
      { name: 'value', found: 5 },
    ],
  ] as const)('names and addresses %s', (_title, value, code, path, params) => {
    expect(faultsOf(value)).toMatchObject([{ code, path, params }])
  })

  it.each([null, undefined, 7, 'text', [], true])('rejects %j as a whole, at the empty pointer', (value) => {
    const { faults, value: given } = parseShape(Schema, value)
    expect(given).toBeUndefined()
    expect(faults.map(({ path }) => path)).toEqual([''])
  })

  it('names an item of a list by the list that holds it', () => {
    const rows = z.strictObject({ rows: z.array(z.array(z.string().check(z.maxLength(3)))) })
    const named = (value: unknown) => parseShape(rows, value).faults.map(({ code, path, params }) => [code, path, params.name])
    expect(named({ rows: [['a', true]] })).toEqual([['shape.type', '/rows/0/1', 'rows/0/1']])
    expect(named({ rows: [['a'], ['long']] })).toEqual([['shape.too-big', '/rows/1/0', 'rows/1/0']])
    expect(parseShape(z.array(z.string()), [1]).faults[0]?.params.name).toBe('0')
  })

  it('reports every fault, and the top-level members that contain them', () => {
    const { faults, broken, value } = parseShape(Schema, { kind: 'b', value: 1, list: [{ id: 'A' }, { id: 'b', on: 'x' }], extra: true })
    expect(value).toBeUndefined()
    // A text that is no date fails the pattern and the calendar; both findings are reported.
    expect([...new Set(faults.map(({ code, path }) => `${code} ${path}`))].sort()).toEqual([
      'date.civil /list/1/on',
      'shape.format /list/0/id',
      'shape.number /value',
      'shape.unrecognised /extra',
      'shape.value /kind',
    ])
    expect([...broken].sort()).toEqual(['extra', 'kind', 'list', 'value'])
  })

  it('counts a union with no near form as one value that is not allowed', () => {
    expect(faultsOf({ ...right, either: 7 })).toMatchObject([{ path: '/either' }])
  })

  it('stops at a hundred faults, and still names every broken member', () => {
    const Long = z.strictObject({ rows: z.array(DecimalText), last: DecimalText })
    const { faults, broken } = parseShape(Long, { rows: Array.from({ length: 150 }, () => 'x'), last: 'x' })
    expect(faults).toHaveLength(100)
    expect([...broken]).toEqual(['rows', 'last'])
  })

  it('names at most twenty unknown members of one object', () => {
    const value = { ...right, ...Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`x${n}`, n])) }
    expect(faultsOf(value)).toHaveLength(20)
  })

  it('quotes at most sixty units of a value or a name, and never half a character', () => {
    const long = `${'x'.repeat(58)}😀${'x'.repeat(58)}`
    const [listed] = faultsOf({ ...right, choice: long })
    expect(listed?.params.found).toBe(`"${'x'.repeat(58)}`)
    const [name] = faultsOf({ ...right, [`${'n'.repeat(59)}😀`]: 1 })
    expect(name?.params.name).toBe('n'.repeat(59))
    expect(name?.path).toBe(`/${'n'.repeat(59)}😀`)
  })

  it('supports values that JSON cannot represent', () => {
    const circular: Record<string, unknown> = {}
    circular.self = circular
    expect(faultsOf({ ...right, kind: 1n })).toMatchObject([{ code: 'shape.value', path: '/kind', params: { found: 'bigint' } }])
    expect(faultsOf({ ...right, kind: circular })).toMatchObject([{ code: 'shape.value', path: '/kind', params: { found: 'object' } }])
    expect(faultsOf({ ...right, kind: () => 1 })).toMatchObject([{ code: 'shape.value', path: '/kind', params: { found: 'function' } }])
  })
})
