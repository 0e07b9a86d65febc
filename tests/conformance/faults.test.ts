// Why this exists: every code of the rules must be shown to occur on a faulty record, and not to occur on a sound one.
import { checkRecord, rules, type Severity } from 'tongheng/conformance'
import { type Code, codes } from 'tongheng/errors'
import { certificates, change, faults, faultyRecord, fixtures, publications } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { valueAt } from '../records/change.ts'

const isOpen = ({ status, blockedBy }: { status: string; blockedBy?: string }) =>
  status === 'skip' && blockedBy?.startsWith('fact:') === true
/** All findings other than passes: failures, warnings and undecided checks. */
const found = (record: unknown) =>
  checkRecord(record).checks.filter((check) => check.status === 'fail' || check.status === 'warn' || isOpen(check))
/** The possible statuses of a finding, by severity. */
const STATUSES: Readonly<Record<Severity, readonly string[]>> = {
  fail: ['fail'],
  warn: ['warn'],
  skip: ['skip'],
  'fail-or-warn': ['fail', 'warn'],
  'warn-or-skip': ['warn', 'skip'],
}
const ruleOf = (code: Code) => rules.find((rule) => rule.codes[code] !== undefined)

const pressure = (role: string, unit: string, cell: string) =>
  change(
    fixtures.F08.record,
    ['/results/0/columns/3', { role, name: { zh: '另一列' }, unit }],
    ['/results/0/rows', [['2.000', '2.005', '0.005', cell, '0.025', '0.006', 'pass']]],
  )
const asFound = valueAt(fixtures.F02.record, '/results/0') as object

const RANGES = [
  { lower: '0', upper: '10', unit: 'MPa' },
  { lower: '0', upper: '100', unit: 'kPa' },
]
/** Correct records with members that no fixture has. */
const alsoGood = [
  change(fixtures.F01.record, ['/amendment', { replaces: '川计检字20250312-00416', reason: { zh: '更正号牌' } }]),
  change(fixtures.F10.record, ['/replaces', ['JJF(渝) 90-2015']]),
  certificates['energy-meters'].record,
  change(fixtures.F01.record, ['/cause', 'periodic'], ['/marks', [{ kind: 'sticker', number: 'HG-1', on: '2025-03-12' }]]),
  change(fixtures.F02.record, ['/failedItems', [{ name: { zh: '计程误差' }, table: 'distance-error' }]]),
  change(fixtures.F06.record, ['/standards/0/role', 'system'], ['/standards/0/trace/on', '2024-05-01']),
  change(fixtures.F08.record, ['/instrument/rangeText', '（0～10）ＭＰａ'], ['/instrument/ranges', RANGES]),
  pressure('correction', 'MPa', '-0.005'),
  pressure('indication', 'kPa', '2005'),
  change(
    fixtures.F02.record,
    ['/results/0/state', 'as-found'],
    ['/results/-', { ...asFound, id: 'after', state: 'as-left', rows: [['0.30', '-4.0', '1.0', 'pass']] }],
    ['/adjustment', { description: { zh: '调整特征系数' } }],
    ['/outcome', 'pass'],
  ),
]

describe('the list of faults', () => {
  it('has one faulty record for every code of every rule', () => {
    // Differences between two catalogues are no fault of a record: tested in tests/recognition/catalogue.test.ts.
    const all = rules.flatMap((rule) => Object.keys(rule.codes)).filter((code) => code !== 'specification.catalogues-differ')
    expect(faults.map(({ code }) => code).sort()).toEqual(all.sort())
  })

  it.each(faults)('$code: is found by its rule with its severity, and not before the change', (fault) => {
    const rule = ruleOf(fault.code)
    const before = found(fixtures[fault.fixture].record)
    expect(before.map(({ code }) => code)).not.toContain(fault.code)
    const check = found(faultyRecord(fault)).find(({ code }) => code === fault.code)
    expect(check, JSON.stringify(found(faultyRecord(fault)).map(({ code, path }) => `${code} ${path}`))).toBeDefined()
    expect(check?.id).toBe(rule?.id)
    const severity = rule?.codes[fault.code]
    expect(STATUSES[severity as Severity]).toContain(check?.status)
    expect(check?.path).toMatch(/^\/[a-zA-Z]/)
  })

  it.each(faults)('$code: has text and advice in both languages', ({ code }) => {
    const { zh, en, advice } = codes[code]
    expect(zh).toMatch(/[\u4e00-\u9fff]/u)
    expect(en).toMatch(/^[^\u4e00-\u9fff]+$/u)
    expect(advice?.zh).toBeTruthy()
    expect(advice?.en).toBeTruthy()
  })

  it.each(faults)('$code: fills every placeholder of its texts', (fault) => {
    for (const { code, message, advice } of found(faultyRecord(fault))) {
      if (code !== fault.code) continue
      for (const text of [message.zh, message.en, advice?.zh ?? '', advice?.en ?? '']) expect(text).not.toMatch(/\{[a-zA-Z]+\}|—(?=[^\d])/)
    }
  })

  it.each(alsoGood)('fails no record that uses members which no fixture uses', (record) => {
    expect(found(record).filter(({ status }) => status === 'fail')).toEqual([])
  })

  it.each([...Object.values(fixtures), ...publications])('fails no rule on the fixture $id', ({ record }) => {
    expect(found(record).filter(({ status }) => status === 'fail')).toEqual([])
  })

  it('passes every rule on at least one fixture', () => {
    const passed = new Set(
      [...[...Object.values(fixtures), ...publications].map(({ record }) => record), ...alsoGood].flatMap((record) =>
        checkRecord(record)
          .checks.filter(({ status }) => status === 'pass')
          .map(({ id }) => id as string),
      ),
    )
    expect(rules.map(({ id }) => id).filter((id) => !passed.has(id))).toEqual([])
  })
})
