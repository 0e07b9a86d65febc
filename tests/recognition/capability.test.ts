// Why this exists: results outside the assessed range, or with a smaller uncertainty than assessed, must not be recognised.
import { type Agreement, agreementAt, conditionOf, gatherSpecifications, openAgreement, signAgreement } from 'tongheng/recognition'
import { type AnyRecord, kindOf } from 'tongheng/records'
import { agreementPayload, createFakeAuthorities, type FakeAuthorities, fixtures, organisation, publications, send } from 'tongheng/testing'
import type { Capability } from 'tongheng/trust'
import { readSpecifications, verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { entityAt, retrust } from '../trust/retrust.js'

const AT = '2025-06-16T09:00:00+08:00'
let world: FakeAuthorities
let agreement: Agreement

beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true })
  const payload = agreementPayload()
  const clauses = payload.clauses.map((clause) =>
    clause.id === 'work-results-calibration' ? { ...clause, conditions: [{ name: 'uncertainty-within-capability' }] } : clause,
  )
  const signed = await signAgreement({ ...payload, clauses }, [world.signer('SC-AMR'), world.signer('CQ-AMR')])
  agreement = await openAgreement(signed, world.trust)
  expect(agreementAt([agreement], '2025-03-03')).toBe(agreement)
})

/** F07: a weighbridge, loads 10 t to 80 t, U from 8 kg to 18 kg. */
async function ask(capabilities: readonly Capability[] | undefined, name: 'F07' | 'F13' = 'F07') {
  const { signer, record } = fixtures[name]
  const body = organisation(signer)
  const at = `${entityAt(world, body.uscc)}/authorisations`
  const trust = await retrust(world, body.region as '50' | '51', [
    at,
    body.authorisations.map((one) => ({ ...one, ...(capabilities && { capabilities }) })),
  ])
  const published = await Promise.all([...publications, fixtures.F10, fixtures.F11].map((fixture) => send(world, fixture)))
  const { specifications } = await readSpecifications(published, { at: AT, trust: world.trust })
  const verdict = await verify(await world.sign(signer, record), {
    at: AT,
    trust,
    agreements: [agreement],
    specifications,
    policy: { region: body.region === '51' ? '50' : '51' },
  })
  const told = verdict.checks.filter(({ id }) => id === 'condition.uncertainty-within-capability')
  return { outcome: verdict.outcome, told: told.map(({ status, code, path, blockedBy }) => [status, blockedBy ?? code, path?.slice(-1)]) }
}
const nawi = (smallest: string, unit: string, more: Partial<Capability> = {}): Capability => ({
  categories: ['nawi-digital'],
  smallest,
  unit,
  ...more,
})

describe('uncertainty-within-capability', () => {
  it('holds where every uncertainty is at least the smallest, that value included, in any unit', async () => {
    for (const capabilities of [[nawi('8', 'kg')], [nawi('0.008', 't')], [nawi('8000', 'g', { lower: '10', upper: '80', rangeUnit: 't' })]])
      expect(await ask(capabilities)).toEqual({
        outcome: 'recognised',
        told: [['pass', 'condition.uncertainty-within-capability', undefined]],
      })
  })

  it('uses the best of several capabilities whose range covers the value', async () => {
    const low = nawi('8', 'kg', { lower: '0', upper: '20000' })
    const high = nawi('12', 'kg', { lower: '20000', upper: '100000' })
    expect((await ask([low, high])).outcome).toBe('recognised')
    expect((await ask([high, low])).outcome).toBe('recognised')
  })

  it('fails row by row where the uncertainty is smaller', async () => {
    expect(await ask([nawi('10', 'kg')])).toEqual({
      outcome: 'not-recognised',
      told: [
        ['fail', 'capability.uncertainty-below', '0'],
        ['fail', 'capability.uncertainty-below', '1'],
      ],
    })
  })

  it('fails where the value is outside the range', async () => {
    expect(await ask([nawi('1', 'kg', { lower: '15', upper: '60', rangeUnit: 't' })])).toEqual({
      outcome: 'not-recognised',
      told: [
        ['fail', 'capability.out-of-range', '0'],
        ['fail', 'capability.out-of-range', '4'],
      ],
    })
    expect((await ask([nawi('1', 'kg', { upper: '60', rangeUnit: 'm' })])).told).toHaveLength(5)
  })

  it('is undecided where the list has no capability for this quantity or category', async () => {
    for (const capabilities of [
      undefined,
      [],
      [nawi('1', 'MPa')],
      [{ ...nawi('1', 'kg'), categories: ['weights'] }],
      [nawi('1', 'pound')],
    ]) {
      const { outcome, told } = await ask(capabilities as readonly Capability[] | undefined)
      expect(outcome).toBe('indeterminate')
      expect(told[0]?.[1]).toBe('fact:capability')
    }
  })

  it('compares a relative capability with a relative uncertainty', async () => {
    const torque = (smallest: string): Capability => ({
      categories: 'all',
      smallest,
      unit: '%',
      lower: '50',
      upper: '500',
      rangeUnit: 'N.m',
    })
    expect((await ask([torque('0.10')], 'F13')).outcome).toBe('recognised')
    expect((await ask([torque('0.11')], 'F13')).told).toHaveLength(5)
  })
})

describe('a table', () => {
  interface Column {
    readonly role: string
    readonly unit?: string
    readonly k?: string
  }
  const LOAD: Column = { role: 'reference', unit: 't' }
  const U: Column = { role: 'uncertainty', unit: 'kg', k: '2' }
  /** Findings of the condition for one table: `status code path`. */
  const judge = (columns: readonly Column[], rows: readonly (readonly (string | null)[])[], capabilities: readonly Capability[]) => {
    const table = { id: 't1', name: { zh: '表' }, columns: columns.map((column) => ({ name: { zh: '列' }, ...column })), rows }
    return evaluate({ ...fixtures.F07.record, results: [table] } as unknown as AnyRecord, capabilities)
  }
  const evaluate = (record: AnyRecord, capabilities: readonly Capability[] = []) => {
    const kind = kindOf(record)
    const day = kind.factDate(record)
    const authorisations = organisation('SC-INST').authorisations.map((one) => ({ ...one, capabilities: [...capabilities] }))
    const specifications = gatherSpecifications()
    const facts = { record, kind, factDate: day, today: day, from: '51', to: '50', authorisations, specifications }
    return conditionOf('uncertainty-within-capability')?.evaluate(facts, {} as never) ?? []
  }
  const found = (...asked: Parameters<typeof judge>) =>
    judge(...asked).map(({ status, code, path, blockedBy }) => [status, blockedBy ?? code, path].filter(Boolean).join(' '))
  const PASS = ['pass condition.uncertainty-within-capability']
  const OUT = ['fail capability.out-of-range /record/results/0/rows/0']
  const BELOW = ['fail capability.uncertainty-below /record/results/0/rows/0']

  it('without an uncertainty, or unreadable, leaves the condition undecided', () => {
    const NOTHING = ['skip fact:uncertainty /record/results']
    const OPEN = ['skip fact:capability /record/results/0/rows/0']
    expect(found([LOAD], [['10']], [])).toEqual(NOTHING)
    expect(found([LOAD, U], [['10']], [])).toEqual(NOTHING)
    expect(found([LOAD, U], [[null, null]], [])).toEqual(NOTHING)
    expect(found([LOAD, { ...U, unit: 'pound' }], [['10', '1']], [nawi('8', 'kg')])).toEqual(OPEN)
    expect(found([LOAD, U], [['10', null]], [nawi('8', 'kg')])).toEqual(OPEN)
    expect(judge([LOAD, U], [['10', null]], [nawi('8', 'kg')])).toMatchObject([{ code: 'capability.not-judged' }])
    expect(evaluate(fixtures.F10.record as AnyRecord)).toMatchObject([{ status: 'pass' }])
    expect(evaluate(fixtures.F10.record as AnyRecord)).toHaveLength(1)
  })

  it('passes with the number of rows judged', () => {
    const rows = [
      ['10', '8'],
      [null, null],
      ['30', '9'],
    ]
    expect(judge([LOAD, U], rows, [nawi('8', 'kg')])[0]?.evidence).toEqual({ rows: 2 })
  })

  it('is reported by its name, row and category, and by the capability', () => {
    const texts = (...asked: Parameters<typeof judge>) => judge(...asked).map(({ message }) => message.en)
    const rows = [
      ['10', '8'],
      ['10', '7'],
    ]
    expect(texts([LOAD, U], rows, [nawi('8', 'kg')])).toEqual([
      'The uncertainty in table t1, row 2 is smaller than the issuer’s smallest, 8 kg',
    ])
    expect(judge([LOAD, U], rows, [nawi('8', 'kg')])[0]?.evidence).toEqual({ smallest: '8', unit: 'kg' })
    expect(texts([LOAD, U], [['10', '8']], [nawi('8', 'kg', { upper: '1' })])).toEqual([
      'Table t1, row 1 is outside the range of the issuer for digital non-automatic weighing instrument',
    ])
    expect(texts([LOAD, U], [['10', '8']], [])).toEqual([
      'The trust list states no capability of the issuer for this quantity of digital non-automatic weighing instrument (table t1, row 1): undecidable',
    ])
    expect(judge([LOAD, U], [['10', '8']], [])[0]?.message.zh).toContain('“数字指示秤（含电子汽车衡）”')
    const warm: Column[] = [
      { role: 'reference', unit: 'Cel' },
      { role: 'uncertainty', unit: 'Cel', k: '2' },
    ]
    const kelvin = { categories: 'all' as const, quantity: { zh: '温度' }, smallest: '0.04', unit: 'Cel' }
    expect(judge(warm, [['50', '0.03']], [kelvin])[0]?.message.zh).toBe('表 t1 第 1 行的不确定度小于出具机构的最小不确定度 0.04 ℃')
    expect(judge([LOAD, U], [['10', '8']], [])).toMatchObject([
      { code: 'capability.not-listed', blockedBy: 'fact:capability', path: '/record/results/0/rows/0' },
    ])
  })

  it('is reported in at most twenty rows', () => {
    expect(found([LOAD, U], Array(30).fill(['10', '1']), [nawi('8', 'kg')])).toHaveLength(20)
  })

  it('is within a range with one bound, in the unit of the range, both bounds included', () => {
    const one = (value: string, more: Partial<Capability>) => found([LOAD, U], [[value, '8']], [nawi('8', 'kg', more)])
    expect(one('10', { lower: '10000' })).toEqual(PASS)
    expect(one('9.999', { lower: '10000' })).toEqual(OUT)
    expect(one('10', { upper: '10000' })).toEqual(PASS)
    expect(one('10.001', { upper: '10000' })).toEqual(OUT)
    expect(one('10', { lower: '5', upper: '10', rangeUnit: 't' })).toEqual(PASS)
    expect(one('10', { lower: '5', upper: '9', rangeUnit: 't' })).toEqual(OUT)
  })

  it('is placed in the range by its nominal values or indications where it has no reference, and undecided where none compares', () => {
    const range = [nawi('8', 'kg', { lower: '5', rangeUnit: 't' })]
    for (const role of ['nominal', 'indication']) {
      expect(found([{ role, unit: 't' }, U], [['10', '8']], range)).toEqual(PASS)
      expect(found([{ role, unit: 't' }, U], [['4', '8']], range)).toEqual(OUT)
    }
    const OPEN = ['skip fact:capability /record/results/0/rows/0']
    expect(found([U], [['8']], range)).toEqual(OPEN)
    expect(found([{ role: 'reference', unit: 'm' }, U], [['10', '8']], range)).toEqual(OPEN)
    expect(found([{ role: 'reference', unit: 'pound' }, U], [['10', '8']], range)).toEqual(OPEN)
    expect(found([LOAD, U], [[null, '8']], range)).toEqual(OPEN)
    // Without a stated range there is nothing to compare.
    expect(found([U], [['8']], [nawi('8', 'kg')])).toEqual(PASS)
  })

  it('may state a relative or a standard uncertainty instead of U', () => {
    const relative: Column = { role: 'relative-uncertainty', unit: '%', k: '2' }
    expect(found([LOAD, relative], [['10', '0.08']], [nawi('8', 'kg')])).toEqual(PASS)
    expect(found([LOAD, relative], [['10', '0.07']], [nawi('8', 'kg')])).toEqual(BELOW)
    const standard: Column = { role: 'standard-uncertainty', unit: 'kg', k: '2' }
    expect(found([LOAD, standard], [['10', '4']], [nawi('8', 'kg')])).toEqual(PASS)
    expect(found([LOAD, standard], [['10', '3.9']], [nawi('8', 'kg')])).toEqual(BELOW)
    expect(found([LOAD, U], [['10', '8']], [nawi('0.08', '%', { rangeUnit: 't' })])).toEqual(PASS)
    expect(found([LOAD, U], [['10', '7']], [nawi('0.08', '%', { rangeUnit: 't' })])).toEqual(BELOW)
  })

  it('has uncertainties that are differences: 0.5 °C is 0.5 K, and the sign is ignored', () => {
    const celsius: Column = { role: 'uncertainty', unit: 'Cel', k: '2' }
    expect(found([celsius], [['0.5']], [nawi('0.5', 'K')])).toEqual(PASS)
    expect(found([celsius], [['0.5']], [nawi('1', 'K')])).toEqual(BELOW)
    expect(found([U], [['-8']], [nawi('8', 'kg')])).toEqual(PASS)
  })

  it('is judged by capabilities in legal units only', () => {
    const MISSING = ['skip fact:capability /record/results/0/rows/0']
    expect(found([LOAD, U], [['10', '8']], [nawi('1', 'pound', { rangeUnit: 'kg' })])).toEqual(MISSING)
    expect(found([LOAD, U], [['10', '8']], [nawi('1', 'kg', { rangeUnit: 'pound' })])).toEqual(MISSING)
  })
})
