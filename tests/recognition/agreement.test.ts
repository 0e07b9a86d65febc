// Why this exists: the agreement determines what a province accepts. It must bind both parties and be applied as of the day of the work.
import fc from 'fast-check'
import { coSign, createSigner, generateKey, type Signer, signStatement } from 'tongheng/envelope'
import {
  type Agreement,
  type AgreementPayload,
  agreementAt,
  type Clause,
  type ClauseQuestion,
  conditions,
  findClause,
  openAgreement,
  readAgreement,
  signAgreement,
  testAgreement,
} from 'tongheng/recognition'
import { agreementPayload, createFakeAuthorities, type FakeAuthorities, organisation } from 'tongheng/testing'
import type { Trust } from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { recognitionTexts } from '../../src/recognition/messages.ts'
import { type Change, change } from '../records/change.ts'
import { entityAt, retrust } from '../trust/retrust.ts'

const TYP = 'metrology-agreement+jwt'
const payload = agreementPayload()
let world: FakeAuthorities
let both: [Signer, Signer]

beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true })
  both = [world.signer('SC-AMR'), world.signer('CQ-AMR')]
})

const refusals = new Set<string>()
const refusal = async (signed: Promise<readonly string[]> | readonly string[], trust: Trust = world.trust): Promise<string> => {
  try {
    await openAgreement(await signed, trust)
    return 'opened'
  } catch (error) {
    const { code, details } = error as { code: string; details: { path?: string } }
    refusals.add(code)
    return details.path === undefined ? code : `${code} ${details.path}`
  }
}
/** Signed by both parties without the validation of the signing call. */
const signRaw = async (value: object, signers: readonly Signer[] = both): Promise<string[]> => {
  const first = await signStatement(value, { typ: TYP, signer: signers[0] as Signer })
  return [first, ...(await Promise.all(signers.slice(1).map((signer) => coSign(first, { typ: TYP, signer }))))]
}

describe('the clause that applies', () => {
  const question = (kind: string, category: string | undefined, from: string, to: string, factDate: string): ClauseQuestion => ({
    kind,
    category,
    from,
    to,
    factDate,
  })
  const found = (asked: ClauseQuestion, of: AgreementPayload = payload): string => {
    const match = findClause(of, asked)
    return 'clause' in match ? match.clause.id : `no ${match.miss}`
  }

  it.each([
    ['a taximeter of Chengdu in Chongqing', question('verification-record', 'taximeter', '51', '50', '2025-03-12'), 'mobile-verification'],
    ['the other way', question('verification-record', 'taximeter', '50', '51', '2025-03-12'), 'mobile-verification'],
    ['weights', question('verification-record', 'weights', '51', '50', '2025-05-16'), 'work-results-verification'],
    ['a calibration of anything', question('calibration-result', 'water-meter', '51', '50', '2025-03-03'), 'work-results-calibration'],
    ['a calibration of nothing named', question('calibration-result', undefined, '51', '50', '2025-03-03'), 'work-results-calibration'],
    ['a specification', question('technical-specification', undefined, '50', '51', '2024-11-20'), 'local-specifications'],
    ['the first day', question('verification-record', 'taximeter', '51', '50', '2024-07-01'), 'mobile-verification'],
    ['the day before it', question('verification-record', 'taximeter', '51', '50', '2024-06-30'), 'no date'],
    ['a category nobody agreed on', question('verification-record', 'water-meter', '50', '51', '2025-03-12'), 'no category'],
    ['a verification of nothing named', question('verification-record', undefined, '50', '51', '2025-03-12'), 'no category'],
    ['a third province', question('verification-record', 'taximeter', '52', '50', '2025-03-12'), 'no direction'],
    ['one province with itself', question('verification-record', 'taximeter', '51', '51', '2025-03-12'), 'no direction'],
    ['a kind nobody agreed on', question('weighing-note', 'taximeter', '51', '50', '2025-03-12'), 'no kind'],
  ])('is: %s', (_, asked, expected) => {
    expect(found(asked)).toBe(expected)
  })

  it('is the first of several that apply', () => {
    const [first] = payload.clauses
    const asked = question('verification-record', 'taximeter', '51', '50', '2025-03-12')
    expect(found(asked, { ...payload, clauses: [{ ...(first as Clause), id: 'newer' }, ...payload.clauses] })).toBe('newer')
  })

  it('ends with its last day', () => {
    const ending = change(payload, ['/clauses/0/to', '2025-03-12'])
    expect(found(question('verification-record', 'taximeter', '51', '50', '2025-03-12'), ending)).toBe('mobile-verification')
    expect(found(question('verification-record', 'taximeter', '51', '50', '2025-03-13'), ending)).toBe('no date')
  })

  it('covers the question in every respect; where none does, the nearest miss is named', () => {
    const [kinds, provinces, categories, dates] = [
      ['a', 'b'],
      ['50', '51'],
      ['x', 'y'],
      ['2025-01-01', '2025-01-02', '2025-01-03'],
    ] as const
    const one = <T>(values: readonly T[]) => fc.constantFrom(...values)
    const clause = fc.record({
      kinds: fc.subarray([...kinds], { minLength: 1 }),
      directions: fc.array(fc.record({ from: one(provinces), to: one(provinces) }), { minLength: 1, maxLength: 2 }),
      categories: fc.oneof(fc.constant('all' as const), fc.subarray([...categories], { minLength: 1 })),
      from: one(dates),
      to: fc.option(one(dates), { nil: undefined }),
    })
    const asked = fc.record({
      kind: one([...kinds, 'c']),
      category: fc.option(one(categories), { nil: undefined }),
      from: one(provinces),
      to: one(provinces),
      factDate: one(dates),
    })
    fc.assert(
      fc.property(fc.array(clause, { minLength: 1, maxLength: 4 }), asked, (drawn, query) => {
        const clauses = drawn.map((each, at): Clause => ({ ...(payload.clauses[0] as Clause), ...each, to: each.to, id: `clause-${at}` }))
        const steps = clauses.map((each) => [
          each.kinds.includes(query.kind),
          each.directions.some(({ from, to }) => from === query.from && to === query.to),
          each.categories === 'all' || (query.category !== undefined && each.categories.includes(query.category)),
          each.from <= query.factDate && (each.to === undefined || query.factDate <= each.to),
        ])
        const first = steps.findIndex((each) => !each.includes(false))
        const furthest = ['kind', 'direction', 'category', 'date'][Math.max(...steps.map((each) => each.indexOf(false)))]
        expect(found(query, { ...payload, clauses })).toBe(first === -1 ? `no ${furthest}` : `clause-${first}`)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the version that applies', () => {
  const version = (number: number, from: string, to?: string): Agreement => ({
    payload: { ...payload, version: number, from, ...(to !== undefined && { to }) },
    statementId: `v${number}`,
    signed: [],
  })
  const at = (agreements: readonly Agreement[], date: string): string | undefined => agreementAt(agreements, date)?.statementId

  it('is the one in force on the day of the work, whatever day it is now', () => {
    const versions = [version(1, '2024-07-01', '2025-06-30'), version(2, '2025-07-01')]
    expect(['2024-06-30', '2024-07-01', '2025-06-30', '2025-07-01', '2031-01-01'].map((date) => at(versions, date))).toEqual([
      undefined,
      'v1',
      'v1',
      'v2',
      'v2',
    ])
  })

  it('is the latest of several, in any order of input', () => {
    const versions = [version(2, '2024-07-01'), version(3, '2025-01-01'), version(1, '2024-07-01')]
    expect(at(versions, '2025-06-01')).toBe('v3')
    expect(at([...versions].reverse(), '2025-06-01')).toBe('v3')
    expect(at(versions, '2024-12-31')).toBe('v2')
    expect(at([], '2025-06-01')).toBeUndefined()
  })
})

describe('an agreement opens', () => {
  it('where both parties signed, in either order, and with more signatures than needed', async () => {
    const signed = await signAgreement(payload, both)
    const opened = await openAgreement(signed, world.trust)
    expect(opened.payload).toEqual(payload)
    expect((await openAgreement([...signed].reverse(), world.trust)).statementId).toBe(opened.statementId)
    const third = await coSign(signed[0] as string, { typ: TYP, signer: world.signer('GA') })
    expect((await openAgreement([third, ...signed], world.trust)).statementId).toBe(opened.statementId)
  })

  it('where one party signed first and the other later', async () => {
    const [first] = await signAgreement(payload, [both[0]])
    const second = await coSign(first as string, { typ: TYP, signer: both[1] })
    expect(await refusal([first as string])).toBe('agreement.not-signed')
    expect(await refusal([first as string, second])).toBe('opened')
  })

  it('with an unknown condition, which the verdict then reports', async () => {
    expect(
      await refusal(signAgreement(change(payload, ['/clauses/0/conditions/-', { name: 'blockchain-anchored', depth: 3 }]), both)),
    ).toBe('opened')
  })
})

it('an agreement is not signed by one key twice', async () => {
  const [key] = both
  await expect(signAgreement(payload, [key, key])).rejects.toMatchObject({ code: 'signer.twice', details: { kid: key.kid } })
})

describe('an agreement does not open', () => {
  it('without the signature of each party', async () => {
    for (const key of ['SC-AMR', 'CQ-AMR'] as const) {
      expect(await refusal(signAgreement(payload, [world.signer(key)]))).toBe('agreement.not-signed')
      const [once] = await signAgreement(payload, [world.signer(key)])
      const again = await coSign(once as string, { typ: TYP, signer: world.signer(key) })
      expect(await refusal(Promise.resolve([once as string, again]))).toBe('agreement.not-signed')
      expect(await refusal(signAgreement(payload, [world.signer(key), world.signer('SC-INST'), world.signer('CQ-INST')]))).toBe(
        'agreement.not-signed',
      )
    }
    const stranger = await createSigner((await generateKey()).privateJwk)
    expect(await refusal(signAgreement(payload, [both[0], { ...stranger, kid: both[1].kid }]))).toBe('agreement.not-signed')
  })

  it('where a party signed by a key that may not sign agreements', async () => {
    const { uscc } = organisation('CQ-AMR')
    const trust = await retrust(world, '50', [`${entityAt(world, uscc)}/keys/0/typ`, ['metrology-record+jwt', 'metrology-notice+jwt']])
    expect(await refusal(signAgreement(payload, both), trust)).toBe('agreement.not-signed')
  })

  it('where a party signed outside the interval of its key', async () => {
    const key = `${entityAt(world, organisation('CQ-AMR').uscc)}/keys/0`
    const open = async (...changes: Change[]) => refusal(signAgreement(payload, both), await retrust(world, '50', ...changes))
    expect(await open([`${key}/notBefore`, payload.iat])).toBe('opened')
    expect(await open([`${key}/notBefore`, payload.iat + 1])).toBe('agreement.not-signed')
    expect(await open([`${key}/notAfter`, payload.iat])).toBe('opened')
    expect(await open([`${key}/notAfter`, payload.iat - 1])).toBe('agreement.not-signed')
  })

  it('where a party’s key was revoked by then, or retroactively', async () => {
    const key = `${entityAt(world, organisation('CQ-AMR').uscc)}/keys/0`
    const open = async (at: number, retroactive: boolean) =>
      refusal(signAgreement(payload, both), await retrust(world, '50', [`${key}/revoked`, { at, reason: '私钥泄露', retroactive }]))
    expect(await open(payload.iat, false)).toBe('agreement.not-signed')
    expect(await open(payload.iat + 1, false)).toBe('opened')
    expect(await open(payload.iat + 1, true)).toBe('agreement.not-signed')
  })

  it('where a province concluded it with itself, or in the name of a body that is no party', async () => {
    const [sichuan] = payload.parties
    expect(await refusal(signRaw(change(payload, ['/parties', [sichuan, sichuan]]), [both[0], both[0]]))).toBe(
      'agreement.shape /parties/1/uscc',
    )
    const institute = { uscc: organisation('SC-INST').uscc, region: '51', name: organisation('SC-INST').name }
    expect(await refusal(signRaw(change(payload, ['/parties', [sichuan, institute]])))).toBe('agreement.shape /clauses/0/directions/0/to')
    expect(await refusal(signRaw(change(payload, ['/clauses/2/directions/1/from', '52'])))).toBe(
      'agreement.shape /clauses/2/directions/1/from',
    )
  })

  it('where a party is listed in another province than it states', async () => {
    expect(
      await refusal(
        signRaw(change(payload, ['/parties/0/uscc', organisation('CQ-AMR').uscc], ['/parties/1/uscc', organisation('SC-AMR').uscc])),
      ),
    ).toBe('agreement.not-signed')
  })

  it('where its parties signed different payloads', async () => {
    const [one] = await signAgreement(payload, [both[0]])
    const [other] = await signAgreement({ ...payload, version: 2 }, [both[1]])
    expect(await refusal([one as string, other as string])).toBe('agreement.payload-differs')
  })

  it('if it has no signature, or too many', async () => {
    expect(await refusal([])).toBe('agreement.empty')
    const [one] = await signAgreement(payload, both)
    expect(await refusal(Array(21).fill(one))).toBe('agreement.empty')
    const [mine, theirs] = await signAgreement(payload, both)
    expect(await refusal([...Array(19).fill(mine), theirs as string])).toBe('opened')
  })

  it('where it was signed as another type', async () => {
    expect(await refusal([await signStatement(payload, { typ: 'metrology-notice+jwt', signer: both[0] })])).toBe('typ.unexpected')
  })

  it.each([
    ['no clause', ['/clauses', []], 'agreement.shape /clauses'],
    ['one party', ['/parties/1', undefined], 'agreement.shape /parties'],
    ['no test', ['/tests', []], 'agreement.shape /tests'],
    ['an expression for a condition', ['/clauses/0/conditions/0', 'validUntil > today'], 'agreement.shape /clauses/0/conditions/0'],
  ] as const)('with %s', async (_, one, expected) => {
    expect(await refusal(signRaw(change(payload, one)))).toBe(expected)
  })

  it('for signing with an unknown member; signed by others it is of a later version, and decides nothing', async () => {
    const newer = change(payload, ['/clauses/0/unless', {}])
    await expect(signAgreement(newer, both)).rejects.toMatchObject({ code: 'agreement.shape', details: { path: '/clauses/0/unless' } })
    expect((await openAgreement(await signRaw(newer), world.trust)).newer).toEqual(['/clauses/0/unless'])
  })

  const wrongConditions: readonly (readonly [why: string, given: readonly object[], path: string])[] = [
    ['a parameter is missing', [{ name: 'validity-remaining' }], '0/min'],
    ['a parameter is no period', [{ name: 'validity-remaining', min: '7 days' }], '0/min'],
    ['a parameter is nobody’s', [{ name: 'mobile-only', except: ['taximeter'] }], '0/except'],
    ['a ratio divides by nothing', [{ name: 'uncertainty-at-most', ratio: '1/0' }], '0/ratio'],
    ['a ratio is a decimal', [{ name: 'uncertainty-at-most', ratio: '0.333' }], '0/ratio'],
    [
      'a condition stands twice: the second would never be looked at',
      [
        { name: 'validity-remaining', min: 'P0D' },
        { name: 'validity-remaining', min: 'P30D' },
      ],
      '1',
    ],
  ]
  it.each(wrongConditions)('where %s', async (_, given, path) => {
    const wrong = change(payload, ['/clauses/0/conditions', given])
    expect(await refusal(signRaw(wrong))).toBe(`agreement.condition /clauses/0/conditions/${path}`)
    const condition = (given[0] as { name: string }).name
    await expect(signAgreement(wrong, both)).rejects.toMatchObject({
      code: 'agreement.condition',
      details: { clause: payload.clauses[0]?.id, condition, faults: expect.any(Array) },
    })
  })

  it('and names the party that did not sign in either language, with or without an English name', async () => {
    const chinese = change(payload, ['/parties/1/name', { zh: '重庆示例市场监督管理局' }])
    const error = (await openAgreement(await signAgreement(chinese, [both[0]]), world.trust).catch((thrown: unknown) => thrown)) as {
      text: { zh: string; en: string }
    }
    expect(error.text.zh).toContain('重庆示例市场监督管理局')
    expect(error.text.en).toContain('重庆示例市场监督管理局')
    expect(error.text.en).not.toContain('{')
  })
})

describe('two clauses with one id', () => {
  it('are not signed or read, because tests and reports of changes refer to a clause by its id', async () => {
    const clauses = payload.clauses.map((clause, at) => (at === 2 ? { ...clause, id: payload.clauses[0]?.id as string } : clause))
    const twice = { ...payload, clauses }
    const expected = { code: 'agreement.shape', details: { path: '/clauses/2/id', faults: [] } }
    await expect(signAgreement(twice, both)).rejects.toMatchObject(expected)
    expect(() => readAgreement(twice)).toThrow(expect.objectContaining(expected))
    // An agreement that both parties have signed is still opened.
    expect((await openAgreement(await signRaw(twice), world.trust)).payload.clauses).toHaveLength(clauses.length)
  })
})

describe('the tests of an agreement', () => {
  const failing: readonly (readonly [why: string, test: object])[] = [
    ['another clause applies than expected', { clause: 'work-results-verification' }],
    ['no clause should apply, and one does', { clause: null }],
    ['a clause should apply, and none does', { category: 'water-meter' }],
    ['the agreement is not in force by then', { factDate: '2024-06-30' }],
  ]
  it.each(failing)('must pass before it is signed: %s', async (_, test) => {
    const wrong = change(payload, ['/tests/0', { ...payload.tests[0], ...test }])
    await expect(signAgreement(wrong, both)).rejects.toMatchObject({
      code: 'agreement.test-failed',
      details: { title: payload.tests[0]?.title },
    })
    expect(() => testAgreement(wrong)).toThrow(expect.objectContaining({ code: 'agreement.test-failed' }))
    refusals.add('agreement.test-failed')
  })

  it('are named where one fails, with the expected clause and the one that applies', async () => {
    const details = (test: object) =>
      signAgreement(change(payload, ['/tests/0', { ...payload.tests[0], ...test }]), both).catch(
        (error: { details: unknown }) => error.details,
      )
    const [{ title, clause }] = payload.tests as [AgreementPayload['tests'][number]]
    expect(await details({ clause: 'work-results-verification' })).toEqual({ title, expected: 'work-results-verification', found: clause })
    expect(await details({ clause: null })).toEqual({ title, expected: '—', found: clause })
    expect(await details({ category: 'water-meter' })).toEqual({ title, expected: clause, found: '—' })
  })

  it('include the first day of the agreement, and no day before it, whatever the clauses state', () => {
    const on = (factDate: string) => change(payload, ['/from', '2025-01-01'], ['/tests', [{ ...payload.tests[0], factDate }]])
    expect(() => testAgreement(on('2025-01-01'))).not.toThrow()
    expect(() => testAgreement(on('2024-12-31'))).toThrow(expect.objectContaining({ code: 'agreement.test-failed' }))
  })

  it('pass for the agreement of the demonstration', () => {
    expect(() => testAgreement(payload)).not.toThrow()
  })

  it('include the last day of the agreement', () => {
    const test = { ...payload.tests[0], factDate: '2025-12-31' }
    const ending = change(payload, ['/to', '2025-12-31'], ['/tests', [test]])
    expect(() => testAgreement(ending)).not.toThrow()
    expect(() => testAgreement(change(ending, ['/tests/0/factDate', '2026-01-01']))).toThrow(
      expect.objectContaining({ code: 'agreement.test-failed' }),
    )
  })
})

it('every code for refusing an agreement occurs in at least one of these cases', () => {
  const ofVerdicts = new Set(['agreement.not-supplied', 'agreement.not-in-force', 'agreement.newer-members'])
  const reasons = Object.keys(recognitionTexts.codes).filter((code) => code.startsWith('agreement.') && !ofVerdicts.has(code))
  expect(reasons.filter((code) => !refusals.has(code))).toEqual([])
  expect(conditions.length).toBeGreaterThan(5)
})
