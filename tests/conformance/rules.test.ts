// Why this exists: each rule must report its fault with the right path, code and severity, and report nothing else.
import { instrumentCategories, specificationEditions } from 'tongheng/catalogue'
import { checkRecord } from 'tongheng/conformance'
import { type Code, codes } from 'tongheng/errors'
import type { AnyRecord } from 'tongheng/records'
import { fixtures, publications } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { type Change, change } from '../records/change.ts'
import { cases as acceptance } from './cases/acceptance.ts'
import { cases as basis } from './cases/basis.ts'
import { cases as circumstances } from './cases/circumstances.ts'
import { cases as dates } from './cases/dates.ts'
import { cases as decision } from './cases/decision.ts'
import { cases as errors } from './cases/errors.ts'
import { cases as identifiers } from './cases/identifiers.ts'
import { cases as identity } from './cases/identity.ts'
import { cases as jurisdiction } from './cases/jurisdiction.ts'
import { cases as supervision } from './cases/supervision.ts'
import { cases as tables } from './cases/tables.ts'
import { cases as uncertainty } from './cases/uncertainty.ts'
import { cases as units } from './cases/units.ts'

type Id = keyof typeof fixtures

const findingsOf = (record: AnyRecord): string[] =>
  checkRecord(record)
    .checks.filter(({ status }) => status === 'fail' || status === 'warn')
    .map(({ id, code, status, path }) => `${status} ${code} ${path ?? '-'} (${id})`)

/** The findings that a change to a fixture adds. */
const newFindings = (of: Id, changes: readonly Change[]): string[] => {
  const { record } = fixtures[of]
  const before = findingsOf(record)
  return findingsOf(change(record, ...changes)).filter((finding) => !before.includes(finding))
}

const families = {
  acceptance,
  basis,
  circumstances,
  dates,
  decision,
  errors,
  identifiers,
  identity,
  jurisdiction,
  supervision,
  tables,
  uncertainty,
  units,
}
const cases = Object.values(families).flat()

const stated = (finding: string): string => finding.slice(0, finding.lastIndexOf(' ('))

describe('rules over one record', () => {
  it.each([...Object.values(fixtures), ...publications])('$id has no failure', ({ record }) => {
    expect(findingsOf(record).filter((finding) => finding.startsWith('fail'))).toEqual([])
  })

  describe.each(Object.entries(families))('of conformance/%s', (_, ofFamily) => {
    const titled = ofFamily.map((one) => [one.rule, one.finds.join(', ') || 'nothing', one.of, one] as const)
    it.each(titled)('%s finds %s in a changed %s', (__, ___, of, { rule, changes, finds }) => {
      const found = newFindings(of, changes)
      expect(found.map(stated)).toEqual(finds)
      if (finds.length > 0) expect(found.some((finding) => finding.endsWith(`(${rule.split(':')[0]})`))).toBe(true)
    })
  })

  it('give each finding a rule, a code and a basis, in both languages', () => {
    for (const { of, changes } of cases) {
      for (const check of checkRecord(change(fixtures[of].record, ...changes)).checks) {
        expect(Object.hasOwn(codes, check.code), check.code).toBe(true)
        expect(check.basis.length).toBeGreaterThan(3)
        for (const text of [check.message, ...(check.advice === undefined ? [] : [check.advice])]) {
          expect(`${text.zh} ${text.en}`).not.toMatch(/\{[a-zA-Z]+\}|undefined|\[object/)
        }
      }
    }
  })

  it('count rows from one in messages, and from zero in pointers', () => {
    const checks = cases.flatMap(({ of, changes }) => checkRecord(change(fixtures[of].record, ...changes)).checks)
    let counted = 0
    for (const { path, message, code } of checks) {
      const row = /\/rows\/(\d+)/.exec(path ?? '')?.[1]
      if (row === undefined) continue
      counted++
      expect(message.zh, code).toContain(`第 ${Number(row) + 1} 行`)
      expect(message.en, code).toContain(`row ${Number(row) + 1}:`)
    }
    expect(counted).toBeGreaterThan(10)
    const concluded = checks
      .filter(({ code }) => code === 'outcome.row-failed' || code === 'outcome.outside-limits')
      .map(({ message }) => message.zh)
    expect(concluded.map((text) => /第 \d+ 行/.exec(text)?.[0])).toEqual(['第 3 行', '第 1 行', '第 2 行', '第 2 行', '第 1 行', '第 2 行'])
  })

  it('distinguish a rule that passed from one with nothing to judge', () => {
    const idle = (record: AnyRecord): string[] =>
      checkRecord(record)
        .checks.filter(({ code }) => code === 'not-applicable')
        .map(({ id }) => id)
    const cases: readonly [AnyRecord, kept: readonly string[], idle: readonly string[]][] = [
      [
        fixtures.F01.record,
        ['units.legal', 'verdict.limits', 'standards.fit'],
        ['table.error', 'uncertainty.digits', 'adjustment.results'],
      ],
      [fixtures.F08.record, ['table.error', 'decision.uncertainty'], ['validity.interval', 'table.hybrid', 'comparison.codes']],
      [fixtures.F10.record, ['specification.requirements', 'units.legal'], ['basis.in-force', 'signatories.independent', 'verdict.class']],
      [fixtures.F12.record, ['comparison.scores', 'supervision.joint'], ['verdict.limits', 'identifier.division', 'supervision.finding']],
      [
        fixtures.F14.record,
        ['supervision.finding', 'finding.jurisdiction', 'identifier.division'],
        ['comparison.codes', 'standards.valid', 'validity.presence'],
      ],
      [fixtures.F15.record, ['identifier.type-approval', 'amendment.names-original'], ['basis.regulation', 'table.form']],
    ]
    for (const [record, kept, nothing] of cases) {
      expect(idle(record)).toEqual(expect.arrayContaining([...nothing]))
      expect(idle(record).filter((id) => kept.includes(id))).toEqual([])
    }
  })
})

describe('unconfirmed data of the catalogue', () => {
  const unsure = [...specificationEditions.values()].filter(({ provenance }) => provenance.grade === 'c')

  it('never fail a record for the dates of an edition', () => {
    expect(unsure.length).toBeGreaterThan(20)
    for (const { number } of unsure) {
      const record = change(fixtures.F01.record, ['/basis', [{ number }]], ['/purpose', 'other'])
      const found = findingsOf(record).filter((finding) => finding.includes('(basis.in-force)'))
      expect(found.map(stated), number).toEqual([
        expect.toBeOneOf([
          'warn specification.dates-unverified /basis/0/number',
          'warn specification.perhaps-not-in-force /basis/0/number',
        ]),
      ])
    }
  })

  it('never fail a record for an interval, while one from a source does', () => {
    const codesFor = (category: string): string[] =>
      checkRecord(change(fixtures.F01.record, ['/instrument/category', category], ['/validUntil', '2099-12-31']))
        .checks.filter(({ id }) => id === 'validity.interval')
        .map(({ status, code }) => `${status} ${code}` as const)
    for (const { slug, interval } of instrumentCategories.values()) {
      const expected =
        interval === undefined
          ? 'skip not-applicable'
          : interval.provenance.grade === 'c'
            ? 'warn validity.perhaps-too-long'
            : 'fail validity.too-long'
      expect(codesFor(slug), slug).toEqual([expected])
    }
  })
})

describe('many findings of one rule', () => {
  const rows = (count: number, row: readonly (string | null)[]): Change => ['/results/0/rows', Array.from({ length: count }, () => row)]
  const wrong = ['2.000', '2.005', '0.002', '-0.025', '0.025', '0.006', 'pass']
  const tie = ['2.000', '2.0045', '0.005', '-0.025', '0.025', '0.006', 'pass']
  const found = (id: Code, change_: Change) =>
    checkRecord(change(fixtures.F08.record, change_)).checks.filter((check) => check.id === id && check.status !== 'pass')

  it('are all listed up to twenty', () => {
    expect(found('table.error', rows(20, wrong)).map(({ code }) => code)).toEqual(Array(20).fill('error.not-indication-minus-reference'))
  })

  it('are counted beyond twenty', () => {
    const checks = found('table.error', rows(45, wrong))
    expect(checks).toHaveLength(21)
    expect(checks.at(-1)).toMatchObject({
      code: 'findings.more',
      status: 'fail',
      message: { zh: expect.stringContaining('25'), en: expect.stringContaining('25') },
    })
    expect(checks.slice(0, 20).map(({ path }) => path)).toEqual(Array.from({ length: 20 }, (_, row) => `/results/0/rows/${row}/2`))
  })

  it('are summed up with the status of the worst of them', () => {
    expect(new Set(found('table.error', rows(45, tie)).map(({ status }) => status))).toEqual(new Set(['warn']))
  })

  it('fail where one of the counted findings fails', () => {
    const mixed: Change = ['/results/0/rows', [...Array.from({ length: 30 }, () => tie), wrong]]
    const checks = found('table.error', mixed)
    expect(checks.slice(0, 20).every(({ status }) => status === 'warn')).toBe(true)
    expect(checks.at(-1)).toMatchObject({ code: 'findings.more', status: 'fail' })
  })
})
