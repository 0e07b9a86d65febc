// Why this exists: every verdict depends on these tables. Formerly any caller could modify the exported maps and so change later
// verdicts of other callers.
import * as catalogue from 'tongheng/catalogue'
import { describe, expect, it } from 'vitest'

/** All objects reachable from a value, with their paths. */
function* reached(value: unknown, way: string, seen = new Set<object>()): Generator<[string, object]> {
  if (typeof value !== 'object' || value === null || seen.has(value) || value instanceof RegExp) return
  seen.add(value)
  yield [way, value]
  if (Symbol.iterator in value && !Array.isArray(value)) {
    for (const [key, one] of value as Iterable<[string, unknown]>) yield* reached(one, `${way}.get(${key})`, seen)
    return
  }
  for (const [name, one] of Object.entries(value)) yield* reached(one, `${way}.${name}`, seen)
}

const written = (value: unknown): string => JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}` : one))
const tables = Object.entries(catalogue).filter(([, value]) => typeof value === 'object' && Symbol.iterator in value)

describe('the tables of the catalogue', () => {
  it('are the ones that callers see', () => {
    expect(tables.map(([name]) => name).sort()).toEqual([
      'editionDates',
      'instrumentCategories',
      'legalUnits',
      'mandatoryRows',
      'notLegalUnits',
      'provinces',
      'regions',
      'specificationEditions',
      'unusualUnits',
      'verificationIntervals',
    ])
  })

  it.each(tables)('%s is frozen with all that it holds', (name, table) => {
    const loose = [...reached(table, name)].filter(([, value]) => !Object.isFrozen(value)).map(([way]) => way)
    expect(loose.slice(0, 5)).toEqual([])
  })

  it.each(tables)('%s is not changed by a caller who tries', (_, table) => {
    const before = written([...(table as Iterable<unknown>)])
    const [[key = '', value] = []] = Array.isArray(table) ? [['0', table[0]]] : [...(table as ReadonlyMap<string, unknown>)]
    const attempts: (() => unknown)[] = [
      () => (table as Map<string, unknown>).set(key, {}),
      () => (table as Map<string, unknown>).delete(key),
      () => (table as Map<string, unknown>).clear(),
      () => Map.prototype.set.call(table, key, {}),
      () => Map.prototype.clear.call(table),
      () => Object.assign(table, { get: () => undefined }),
      () => Object.defineProperty(table, 'get', { value: () => undefined }),
      () => Object.assign(value as object, { slug: 'other', number: 'JJG 1-1900', code: 'x' }),
      () => (table as unknown[]).push({}),
    ]
    for (const attempt of attempts) expect(attempt).toThrow()
    expect(written([...(table as Iterable<unknown>)])).toBe(before)
    if (!Array.isArray(table)) expect((table as ReadonlyMap<string, unknown>).get(key)).toBe(value)
  })

  it('results of look-ups are frozen too', () => {
    const answers = [
      catalogue.unitOf('km/h'),
      catalogue.unitOf('m3/(kg.s2)'),
      catalogue.intervalsOf({
        basis: [{ number: 'JJG 52-2013' }],
        verificationType: 'initial',
        instrument: { category: 'pressure-gauge' },
      })[0],
      catalogue.parseSpecificationNumber('JJG 52-2013'),
      catalogue.categoryOf('压力表').category,
    ]
    for (const answer of answers) expect([...reached(answer, 'answer')].filter(([, value]) => !Object.isFrozen(value))).toEqual([])
  })
})
