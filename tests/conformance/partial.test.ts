// Why this exists: a schema fault must not suppress the other checks, and no input may make the checker throw.
import fc from 'fast-check'
import { checkRecord, rules } from 'tongheng/conformance'
import { kindOf, parseRecord } from 'tongheng/records'
import { fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { change, places, sortsOfPlaces } from '../records/change.ts'

const ROWS = ['record.kind', 'record.schema', ...rules.map(({ id }) => id)]
const rowsOf = (checks: ReturnType<typeof checkRecord>['checks']): string[] => [...new Set(checks.map(({ id }) => id))]
const REPLACEMENTS: readonly unknown[] = [undefined, null, 7, 'x', [], [null], {}, { wrong: true }, true]

describe.each(Object.values(fixtures))('$id with one member wrong', ({ record }) => {
  const members = Object.keys(record).filter((name) => name !== 'kind' && name !== 'version')

  it.each(members)('%s: rules that read it are skipped for the shape, all others run', (member) => {
    for (const to of REPLACEMENTS) {
      const changed = change(record, [`/${member}`, to])
      const { broken, faults } = parseRecord(changed, kindOf(record))
      const { checks, record: typed } = checkRecord(changed)
      expect(rowsOf(checks)).toEqual(ROWS)
      expect(typed === undefined).toBe(faults.length > 0)
      expect([...broken].filter((name) => name !== member)).toEqual([])
      const waiting = checks.flatMap(({ id, blockedBy }) => (blockedBy === undefined ? [] : [`${id}: ${blockedBy}`]))
      const needing = broken.has(member) ? rules.filter(({ needs }) => needs[record.kind]?.some((need) => need === member)) : []
      expect(waiting.sort(), `${member} = ${JSON.stringify(to)}`).toEqual(needing.map(({ id }) => `${id}: record.schema`).sort())
    }
  })

  it('a wrong kind or version skips every other row', () => {
    for (const pointer of ['/kind', '/version']) {
      for (const to of [undefined, null, 'x', 99]) {
        const { checks, kind } = checkRecord(change(record, [pointer, to]))
        expect(kind).toBeUndefined()
        expect(rowsOf(checks)).toEqual(ROWS)
        expect(new Set(checks.slice(1).map(({ blockedBy }) => blockedBy))).toEqual(new Set(['record.kind']))
      }
    }
  })

  it('an unknown member skips no other row', () => {
    const { checks } = checkRecord(change(record, ['/unheardOf', 1]))
    expect(checks.filter(({ status }) => status === 'fail')).toMatchObject([{ code: 'shape.unrecognised', path: '/unheardOf' }])
    expect(checks.filter(({ blockedBy }) => blockedBy !== undefined)).toEqual([])
  })

  it('a member of other kinds skips no other row, whatever its value', () => {
    const others = new Set(Object.values(fixtures).flatMap((fixture) => Object.keys(fixture.record)))
    for (const name of [...others].filter((other) => !Object.hasOwn(record, other))) {
      for (const to of [7, [null], [{}]]) expect(rowsOf(checkRecord(change(record, [`/${name}`, to])).checks)).toEqual(ROWS)
    }
  })

  it('yields every row for a wrong value at any depth', () => {
    for (const { pointer } of sortsOfPlaces(record)) {
      for (const to of [undefined, null, 7]) expect(rowsOf(checkRecord(change(record, [pointer, to])).checks)).toEqual(ROWS)
    }
  })
})

describe('checkRecord', () => {
  it('yields every row for any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(rowsOf(checkRecord(value).checks)).toEqual(ROWS)
      }),
    )
  })

  it('yields every row for a record with any value at any place', () => {
    const all = Object.values(fixtures).flatMap(({ record }) => [...places(record)].map(({ pointer }) => ({ record, pointer })))
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.jsonValue({ maxDepth: 3 }), ({ record, pointer }, value) => {
        expect(rowsOf(checkRecord(change(record, [pointer, value])).checks)).toEqual(ROWS)
      }),
      { numRuns: 1000 },
    )
  })

  it('yields every row for a record with a kind only', () => {
    for (const { record } of Object.values(fixtures)) {
      const { kind, version } = record
      const { checks } = checkRecord({ kind, version })
      expect(rowsOf(checks)).toEqual(ROWS)
      expect(checks.filter(({ status }) => status === 'fail').every(({ code }) => code === 'shape.missing')).toBe(true)
    }
  })

  it('distinguishes an unknown kind, which a later version may know, from a missing one', () => {
    const [unknown] = checkRecord({ kind: 'weighing-note', version: 1 }).checks
    expect(unknown).toMatchObject({ id: 'record.kind', status: 'skip', code: 'kind.unknown', blockedBy: 'fact:kind', path: '/kind' })
    const [later] = checkRecord({ kind: 'verification-record', version: 2 }).checks
    expect(later).toMatchObject({ status: 'skip', code: 'kind.version-unknown', blockedBy: 'fact:kind', path: '/version' })
    const [missing] = checkRecord({}).checks
    expect(missing).toMatchObject({ status: 'fail', code: 'kind.missing', path: '/kind' })
  })

  it('prefixes every path with the pointer of the record', () => {
    const changed = change(
      fixtures.F01.record,
      ['/certificateNo', undefined],
      ['/applicant/uscc', '91510100MA62KCT03W'],
      ['/results/0/rows/0/1', '9'],
    )
    const paths = (at?: string) => checkRecord(changed, at).checks.flatMap(({ path }) => path ?? [])
    expect(paths()).toEqual(['/certificateNo', '/applicant/uscc', '/results/0/rows/0/4', '/outcome'])
    expect(paths('/record')).toEqual(paths().map((path) => `/record${path}`))
    expect(checkRecord({ kind: 'x', version: 1 }, '/record').checks[0]?.path).toBe('/record/kind')
  })

  it('does not modify its argument', () => {
    for (const { record } of Object.values(fixtures)) {
      const before = JSON.stringify(record)
      checkRecord(record)
      expect(JSON.stringify(record)).toBe(before)
    }
  })
})
