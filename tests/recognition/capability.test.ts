// Why this exists: a laboratory that states a smaller uncertainty than it was assessed for, or measures outside its range, is not recognised for it.
import { type Agreement, agreementAt, openAgreement, signAgreement } from 'tongheng/recognition'
import { agreementPayload, createFakeAuthorities, type FakeAuthorities, fixtures, organisation, publications, send } from 'tongheng/testing'
import type { Capability } from 'tongheng/trust'
import { readSpecifications, verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { entityAt, retrust } from '../trust/retrust.js'

const AT = '2025-06-16T09:00:00+08:00'
let world: FakeAuthorities
let agreement: Agreement

beforeAll(async () => {
  world = await createFakeAuthorities()
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
  it('holds where every uncertainty is at least the smallest, the boundary included, in whatever unit', async () => {
    for (const capabilities of [[nawi('8', 'kg')], [nawi('0.008', 't')], [nawi('8000', 'g', { lower: '10', upper: '80', rangeUnit: 't' })]])
      expect(await ask(capabilities)).toEqual({
        outcome: 'recognised',
        told: [['pass', 'condition.uncertainty-within-capability', undefined]],
      })
  })

  it('takes the best of several capabilities that cover the value, by range', async () => {
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

  it('cannot be decided where the list says nothing of this quantity or category', async () => {
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

  it('reads a relative capability beside a relative uncertainty', async () => {
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
