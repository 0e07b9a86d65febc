// The directory answers who can measure what, and marks each claim that goes beyond what the authority has granted.
import { describe, expect, it } from 'vitest'
import { type AnyJointDocument, type CapabilityStatement, findCapabilities, openJoint, signJoint } from '../../src/joint/index.js'
import { capabilityCells } from '../../src/joint/inside.js'
import type { Agreement } from '../../src/recognition/index.js'
import { createFakeAuthorities, DEMONSTRATION_TIME, jointFixtures, organisation } from '../../src/testing/index.js'
import type { Authorisation, Trust } from '../../src/trust/index.js'

const { capability } = jointFixtures
const [torque] = capability.items as [CapabilityStatement['items'][number]]
const world = await createFakeAuthorities()
const iss = organisation('CQ-INST').uscc
const sign = (document: AnyJointDocument = capability, at = '2025-01-02T09:00:00+08:00') =>
  signJoint(document, { iss, signer: world.signer('CQ-INST'), at })
const GRANTED: Authorisation = {
  number: 'CNAS L0002',
  kinds: ['calibration-result'],
  categories: ['torque-transducer'],
  from: '2023-03-01',
  to: '2029-02-28',
  capabilities: [{ categories: ['torque-transducer'], smallest: '0.05', unit: '%', lower: '0', upper: '2', rangeUnit: 'kN.m' }],
}
/** The trust lists, with this authorisation of the institute. */
const listing = (authorisation: Partial<Authorisation> | undefined): Trust => ({
  ...world.trust,
  entity: (uscc) => {
    const listed = world.trust.entity(uscc)
    return (
      listed && {
        ...listed,
        entity: { ...listed.entity, authorisations: authorisation === undefined ? [] : [{ ...GRANTED, ...authorisation }] },
      }
    )
  },
})
const find = async (
  question: Partial<Parameters<typeof findCapabilities>[1]> = {},
  statements: readonly string[] | undefined = undefined,
) =>
  findCapabilities(await openJoint(statements ?? [await sign()], { trust: world.trust, at: DEMONSTRATION_TIME }), {
    can: '转矩',
    on: '2025-06-16',
    trust: listing({}),
    ...question,
  })

describe('the capability directory', () => {
  it('finds the institute, its authorisation, and where its results are recognised', async () => {
    const [one, ...others] = await find({
      range: { lower: '0', upper: '0.5', unit: 'kN.m' },
      uncertainty: { value: '0.1', unit: '%' },
      agreements: [world.agreement],
    })
    expect(others).toEqual([])
    expect(one).toMatchObject({ suffices: true, isGranted: true, findings: [], region: '50', authority: organisation('CQ-AMR').uscc })
    expect(one?.results).toMatchObject([{ from: '50', to: '51', outcome: 'recognised', clauses: [{ id: 'work-results-calibration' }] }])
    expect(one?.claim).toMatchObject([{ outcome: 'no-clause' }])
  })

  it.each(['转矩', '转矩传感器', 'torque', 'torque-transducer', ' ＴＯＲＱＵＥ '])('finds by the name that people use: %s', async (can) => {
    expect(await find({ can })).toHaveLength(1)
  })

  it('finds nothing for another quantity, another kind of work, a wider range, or a smaller uncertainty', async () => {
    expect(await find({ can: '照度' })).toEqual([])
    expect(await find({ work: 'verification' })).toEqual([])
    expect(await find({ range: { lower: '0', upper: '501', unit: 'N.m' } })).toEqual([])
    expect(await find({ uncertainty: { value: '0.059', unit: '%' } })).toEqual([])
    expect(await find({ uncertainty: { value: '600', unit: '[ppm]' } })).toHaveLength(1)
  })

  it('says that it could not compare what is in another kind of unit, and lists it after those that suffice', async () => {
    const [one] = await find({ uncertainty: { value: '0.5', unit: 'N.m' } })
    expect(one?.suffices).toBeUndefined()
    const [two] = await find({ range: { upper: '500', unit: 'N.m' } })
    expect(two?.suffices).toBeUndefined()
  })

  it.each([
    ['claim.no-authorisation', undefined],
    ['claim.no-authorisation', { number: 'CNAS L0009' }],
    ['claim.authorisation-ended', { to: '2025-06-15' }],
    ['claim.authorisation-ended', { from: '2025-06-17' }],
    ['claim.work-beyond', { kinds: ['verification-record'] }],
    ['claim.category-beyond', { categories: ['pressure-gauge'] }],
    [
      'claim.range-beyond',
      { capabilities: [{ categories: 'all' as const, smallest: '0.05', unit: '%', lower: '0', upper: '400', rangeUnit: 'N.m' }] },
    ],
    [
      'claim.uncertainty-beyond',
      { capabilities: [{ categories: 'all' as const, smallest: '0.07', unit: '%', upper: '500', rangeUnit: 'N.m' }] },
    ],
    ['claim.not-compared', { capabilities: [] }],
    ['claim.not-compared', { capabilities: [{ categories: 'all' as const, smallest: '0.05', unit: '%', upper: '500', rangeUnit: 'm' }] }],
    ['claim.not-compared', { capabilities: [{ categories: 'all' as const, smallest: '0.05', unit: 'N.m', upper: '500' }] }],
  ])('marks a claim beyond its authorisation (%s)', async (code, authorisation) => {
    const [one] = await find({ trust: listing(authorisation) })
    expect([one?.isGranted, one?.findings.map((finding) => finding.code)]).toEqual([false, [code]])
  })

  it('grants nothing by a trust list that has ended (claim.list-expired)', async () => {
    const ended = (day: string) => find({ on: day, trust: listing({ to: '2027-12-31' }) })
    const [inTime] = await ended('2025-07-16')
    expect([inTime?.isGranted, inTime?.findings]).toEqual([true, []])
    const [late] = await ended('2025-07-17')
    expect([late?.isGranted, late?.findings.map(({ code, status }) => `${code} ${status}`)]).toEqual([
      false,
      ['claim.list-expired unknown'],
    ])
  })

  it('leaves out what has ended, has not begun, or was claimed again under its number', async () => {
    expect(await find({ on: '2028-01-01' })).toEqual([])
    expect(await find({ on: '2024-12-31' })).toEqual([])
    const again = await sign(
      { ...capability, items: [{ ...torque, quantity: { zh: '力' }, categories: ['weights'] }] },
      '2025-02-02T09:00:00+08:00',
    )
    expect(await find({}, [again, await sign()])).toEqual([])
  })

  it('has the claim in force until the first day of a newer one under its number', async () => {
    const newer = await sign(
      { ...capability, from: '2025-07-01', items: [{ ...torque, quantity: { zh: '力' }, categories: ['weights'] }] },
      '2025-06-02T09:00:00+08:00',
    )
    expect(await find({ on: '2025-06-30' }, [newer, await sign()])).toHaveLength(1)
    expect(await find({ on: '2025-07-01' }, [newer, await sign()])).toEqual([])
  })

  it('lists granted claims first, by their uncertainty', async () => {
    const items = [
      { ...torque, uncertainty: { value: '0.04', unit: '%' } },
      { ...torque, uncertainty: { value: '0.09', unit: '%' } },
      { ...torque, uncertainty: { value: '0.05', unit: '%' } },
    ]
    const found = await find({}, [await sign({ ...capability, items })])
    expect(found.map(({ item, isGranted }) => [item.uncertainty?.value, isGranted])).toEqual([
      ['0.05', true],
      ['0.09', true],
      ['0.04', false],
    ])
  })

  it('states in a row why a cell has no value: no uncertainty, no agreement', async () => {
    const { uncertainty: _, ...vague } = torque
    const signed = [await sign({ ...capability, items: [vague] })]
    const row = async (agreements: readonly Agreement[]) => {
      const [one] = await find({ agreements }, signed)
      return one && capabilityCells(one, { trust: world.trust, language: 'zh' })
    }
    expect((await row([]))?.[5]).toBe('未写明')
    expect((await row([]))?.[11]).toBe('没有互认协议，未判断')
    expect((await row([world.agreement]))?.[11]).toContain('予以互认')
  })
})
