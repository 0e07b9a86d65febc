// Why this exists: the fast test replaces zod for nearly every record; accepting a value that zod rejects would miss a fault.
import fc from 'fast-check'
import * as records from 'tongheng/records'
import { faultyRecords, fixtures, negatives, publications } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { accepts } from '../../src/base/compile.js'
import { LINE } from '../../src/base/patterns.js'

const all = [...Object.values(fixtures), ...publications, ...negatives, ...faultyRecords].map(({ record }) => record)
const schemas = Object.entries<unknown>(records).filter((entry): entry is [string, z.core.$ZodType] => entry[1] instanceof z.core.$ZodType)
const objects = schemas.filter(([, schema]) => (schema as unknown as { _zod: { def: { type: string } } })._zod.def.type === 'object')
const schemaOf = (kind: string): z.core.$ZodType => records.kinds.get(kind)?.schema as z.core.$ZodType

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
const copy = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json

/** All distinct values within a value, itself included. */
function parts(value: Json, seen = new Map<string, Json>()): Map<string, Json> {
  const key = JSON.stringify(value)
  if (!seen.has(key)) {
    seen.set(key, value)
    if (value !== null && typeof value === 'object') for (const inner of Object.values(value)) parts(inner, seen)
  }
  return seen
}

function paths(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (value === null || typeof value !== 'object') return [path]
  return [path, ...Object.entries(value).flatMap(([name, inner]) => paths(inner as Json, [...path, name]))]
}

/** A copy with the value at a path replaced, or removed if the replacement is undefined. */
function replaced(value: Json, [step, ...rest]: readonly string[], by: (old: Json) => unknown): unknown {
  if (step === undefined) return by(value)
  if (Array.isArray(value)) {
    const items = value.map((item: Json, at) => (at === Number(step) ? replaced(item, rest, by) : item))
    return items.filter((item) => item !== undefined)
  }
  const members = Object.entries(value as object).map(
    ([name, inner]) => [name, name === step ? replaced(inner as Json, rest, by) : inner] as const,
  )
  return Object.fromEntries(members.filter(([, inner]) => inner !== undefined))
}

const LONG = '长'.repeat(5000)
const MUTATIONS: Readonly<Record<string, (old: Json) => unknown>> = {
  delete: () => undefined,
  'add a member': (old) => (old !== null && typeof old === 'object' && !Array.isArray(old) ? { ...old, surprise: 1 } : old),
  'add an inherited name': (old) => (old !== null && typeof old === 'object' && !Array.isArray(old) ? { ...old, toString: 'x' } : old),
  'a number of it': (old) => (typeof old === 'string' ? Number(old) : 7),
  'a text of it': (old) => String(old),
  fraction: () => 1.5,
  'unsafe integer': () => 2 ** 53,
  negative: () => -1,
  'not a number': () => Number.NaN,
  'big integer': () => 1n,
  empty: () => '',
  'long text': () => LONG,
  'text of 201': () => 'x'.repeat(201),
  'control character': (old) => `${typeof old === 'string' ? old : ''}\u0007`,
  'line break': (old) => `${typeof old === 'string' ? old : ''}\n`,
  'zero width': (old) => `${typeof old === 'string' ? old : ''}\u200b`,
  'bidirectional control': (old) => `\u202e${typeof old === 'string' ? old : ''}`,
  'trailing space': (old) => `${typeof old === 'string' ? old : ''} `,
  'a day that is none': () => '2025-02-30',
  'a decimal with a plus': () => '+1.0',
  'full width digits': () => '１２',
  'lower case': (old) => (typeof old === 'string' ? old.toLowerCase() : old),
  null: () => null,
  true: () => true,
  array: () => [],
  'array of it': (old) => [old],
  object: () => ({}),
  'object of it': (old) => ({ value: old }),
  'array as object': (old) => (Array.isArray(old) ? { ...old } : old),
  'object as array': (old) => (old !== null && typeof old === 'object' ? Object.values(old) : old),
  'too many': (old) => (Array.isArray(old) ? Array.from({ length: 2001 }, () => old[0]) : old),
  'a hole': (old) => (Array.isArray(old) ? [...old, undefined] : old),
}

/** Compares data as zod would return it. */
function check(schema: z.core.$ZodType, value: unknown): { readonly quick: boolean; readonly zod: boolean } {
  const quick = accepts(schema, value)
  const parsed = z.safeParse(schema, value)
  if (quick) {
    expect(parsed.success).toBe(true)
    expect(parsed.data).toStrictEqual(value)
  }
  return { quick, zod: parsed.success }
}

describe('accepts, for the schemas of records', () => {
  it('has schemas and records to compare', () => {
    expect(objects.length).toBeGreaterThanOrEqual(15)
    expect(all.length).toBeGreaterThanOrEqual(37)
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(records.kinds.keys()))
  })

  it('accepts every fixture, like zod', () => {
    for (const record of all)
      expect([record.kind, check(schemaOf(record.kind), copy(record))]).toEqual([record.kind, { quick: true, zod: true }])
  })

  it.each(schemas)('accepts exactly what zod does: %s against every part of every fixture', (_name, schema) => {
    const values = [...parts(all.map(copy)).values()]
    const differing = values.filter((value) => {
      const { quick, zod } = check(schema, value)
      return quick !== zod
    })
    expect(values.length).toBeGreaterThan(500)
    expect(differing).toEqual([])
  })

  it('has an accepted value for every object schema, so that the comparison above is meaningful', () => {
    const values = [...parts(all.map(copy)).values()]
    const unmet = objects.filter(([, schema]) => !values.some((value) => accepts(schema, value))).map(([name]) => name)
    // Members that no fixture has: an environment range, an attachment, the claims of a statement.
    expect(unmet.filter((name) => !['Attachment', 'RecordClaims', 'Range'].includes(name))).toEqual([])
  })

  it('never accepts what zod rejects, after any single change to a fixture', () => {
    const counts = { yes: 0, no: 0 }
    const sources = all.map((record) => {
      const json = copy(record)
      return { json, places: paths(json), schema: schemaOf(record.kind) }
    })
    fc.assert(
      fc.property(fc.nat(sources.length - 1), fc.nat(), fc.constantFrom(...Object.keys(MUTATIONS)), (index, place, mutation) => {
        const { json, places, schema } = sources[index] as (typeof sources)[number]
        const path = places[place % places.length] as readonly string[]
        const { quick, zod } = check(schema, replaced(json, path, MUTATIONS[mutation] as (old: Json) => unknown))
        expect([path.join('/'), mutation, quick]).toEqual([path.join('/'), mutation, zod])
        counts[zod ? 'yes' : 'no']++
      }),
      { numRuns: 4000, seed: 51_50 },
    )
    expect(counts.yes).toBeGreaterThan(200)
    expect(counts.no).toBeGreaterThan(2000)
  })

  it('accepts claims around a record', () => {
    const claims = { iss: '91350100M000100Y43', jti: '01JXTV6Z0G0000000000000000', iat: 1_750_035_600, record: { kind: 'any' } }
    expect(check(records.RecordClaims, claims)).toEqual({ quick: true, zod: true })
    for (const wrong of [
      { ...claims, exp: 1 },
      { ...claims, iat: '1' },
      { ...claims, iat: 1.5 },
      { ...claims, jti: 'x' },
      { ...claims, supersedes: '' },
    ]) {
      expect(check(records.RecordClaims, wrong)).toEqual({ quick: false, zod: false })
    }
  })
})

describe('accepts, for any future schema', () => {
  const text = z.string()
  const SCHEMAS: Readonly<Record<string, z.core.$ZodType>> = {
    'two maxima': text.max(20).max(3).regex(LINE),
    'two maxima, the smaller first': text.max(3).max(20).regex(LINE),
    'no text at all': text.max(0).regex(/^/),
    'two minima': text.min(1).min(4).max(6).regex(/a/),
    'exact length': text.length(3).regex(/a/),
    'two patterns': text.regex(/a/).regex(/b/),
    'a format of its own and a pattern': z.ulid().regex(/^0/),
    'a format of its own': z.iso.date(),
    'a format of its own with a maximum': z.email().max(9),
    trimmed: text.trim().regex(/^a/),
    'lower case': text.toLowerCase().regex(/a/),
    refined: text.regex(/a/).refine((value) => value.length > 2),
    default: text.default('x'),
    'default inside': z.strictObject({ a: text.default('x') }),
    catch: text.catch('x'),
    transform: text.transform((value) => `${value}!`),
    pipe: text.transform(Number).pipe(z.number()),
    coerced: z.coerce.number(),
    number: z.number(),
    'open bounds': z.int().gt(0).lt(3),
    multiple: z.int().multipleOf(2),
    int32: z.int32(),
    nullable: text.nullable(),
    nullish: text.nullish(),
    optional: text.optional(),
    'exact optional': z.strictObject({ a: text.exactOptional() }),
    'optional member': z.strictObject({ a: text.optional() }),
    'stripping object': z.object({ a: text }),
    'loose object': z.looseObject({ a: text }),
    'object with a catch-all': z.object({ a: text }).catchall(z.int()),
    'refined object': z.strictObject({ a: text, b: text.optional() }).refine(({ a }) => a !== 'b'),
    'object with a transform inside': z.strictObject({ a: text.transform((value) => `${value}!`) }),
    record: z.record(text, z.int()),
    tuple: z.tuple([text, z.int()]),
    'array of two': z.array(text).length(2),
    'array of one to two': z.array(text).min(1).max(2),
    'array of defaults': z.array(text.default('x')),
    'union with a transform': z.union([z.int(), text.transform((value) => `${value}!`)]),
    'union of objects': z.union([z.strictObject({ a: text }), z.strictObject({ b: text })]),
    discriminated: z.discriminatedUnion('a', [z.strictObject({ a: z.literal('b'), b: text }), z.strictObject({ a: z.literal('c') })]),
    literals: z.literal(['a', 1, null]),
    enum: z.enum(['a', 'b']),
    lazy: z.lazy(() => text.max(1)),
    date: z.date(),
    any: z.any(),
    unknown: z.unknown(),
    never: z.never(),
    void: z.void(),
    undefined: z.undefined(),
    readonly: z.array(text).readonly(),
    branded: text.brand('x'),
    map: z.map(text, text),
    template: z.templateLiteral(['a', z.int()]),
    stringbool: z.stringbool(),
  }
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(null, undefined, true, false, 0, 1, 2, -0, 1.5, -1, 2 ** 31, 2 ** 53, Number.NaN, 1n),
    fc.constantFrom(
      '',
      'a',
      'b',
      'c',
      'ab',
      'abc',
      ' a',
      'A',
      'aaaa',
      'abcdefgh',
      'a1',
      'true',
      '2025-06-16',
      'a@b.cn',
      'abcdefgh@b.cn',
      '01JXTV6Z0G0000000000000000',
      '0',
      '1',
    ),
  )
  const member = fc.constantFrom('a', 'b', 'c', 'toString')
  const value = fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 3, arbitrary: fc.dictionary(member, leaf, { maxKeys: 3, noNullPrototype: true }) },
    { weight: 1, arbitrary: fc.array(leaf, { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(fc.dictionary(member, leaf, { maxKeys: 2, noNullPrototype: true }), { maxLength: 2 }) },
  )

  it.each(Object.entries(SCHEMAS))('accepts only what zod accepts and returns unchanged: %s', (_name, schema) => {
    fc.assert(
      fc.property(value, (input) => {
        check(schema, input)
      }),
      { numRuns: 300 },
    )
  })

  it('accepts the values that these schemas are for, so that it does not simply reject all', () => {
    const quick = ([name, input]: readonly [string, unknown]): boolean => accepts(SCHEMAS[name] as z.core.$ZodType, input)
    const right: readonly (readonly [string, unknown])[] = [
      ['two maxima', 'abc'],
      ['two minima', 'aaaa'],
      ['exact length', 'abc'],
      ['two patterns', 'ab'],
      ['refined', 'aaaa'],
      ['optional', undefined],
      ['optional member', {}],
      ['loose object', { a: 'a', c: 1 }],
      ['array of one to two', ['a']],
      ['union of objects', { b: 'b' }],
      ['discriminated', { a: 'c' }],
      ['literals', 1],
      ['enum', 'b'],
    ]
    expect(right.filter((pair) => !quick(pair)).map(([name]) => name)).toEqual(['exact length'])
  })
})
