// Why this exists: a round, a task or a claim counts in the other province by the agreement only. A statement that no clause covers, or
// that could not be compared, must not be reported as recognised.
import { describe, expect, it } from 'vitest'
import { signStatement } from '../../src/envelope/index.js'
import {
  type AnyJointDocument,
  type CapabilityStatement,
  checkJointClauses,
  findCapabilities,
  type JointRecognition,
  jointConditions,
  judgeJointClauses,
  openJoint,
  type RoundProtocol,
  type StandardAssessment,
  type SupervisionTask,
  signJoint,
} from '../../src/joint/index.js'
import { type Agreement, type Clause, openAgreement, readAgreement, signAgreement } from '../../src/recognition/index.js'
import {
  agreementPayload,
  createFakeAuthorities,
  DEMONSTRATION_TIME,
  firms,
  jointFixtures,
  type OrganisationKey,
  organisation,
} from '../../src/testing/index.js'
import type { Authorisation, Trust } from '../../src/trust/index.js'
import { jointClause, payloadWith, signedWith } from '../support/joint-agreement.js'

const { protocol, task, capability, authorisation, assessment, measure, engineAlliance, commitment } = jointFixtures
const world = await createFakeAuthorities()
const party = (key: OrganisationKey) => ({ uscc: organisation(key).uscc, name: organisation(key).name.zh })
const clause = (kind: string, more: Partial<Clause> = {}): Clause => jointClause([kind], more)
const agreementWith = async (...clauses: Clause[]): Promise<Agreement> => openAgreement(await signedWith(world, ...clauses), world.trust)

interface Signed {
  readonly by: OrganisationKey
  readonly document: AnyJointDocument
  readonly at?: string
}
interface Asked {
  readonly agreements?: readonly Agreement[]
  readonly trust?: Trust
  readonly on?: string
}
const sign = ({ by, document, at = '2025-05-20T10:00:00+08:00' }: Signed): Promise<string> =>
  signJoint(document, { iss: organisation(by).uscc, signer: world.signer(by), at })
/** Judges the first statement, with the others opened too. */
async function judge(
  statements: readonly (Signed | string)[],
  { agreements = [world.agreement], trust = world.trust, on = '2025-06-16' }: Asked,
) {
  const signed = await Promise.all(statements.map((one) => (typeof one === 'string' ? one : sign(one))))
  const joint = await openJoint(signed, { trust: world.trust, at: DEMONSTRATION_TIME })
  expect(joint.refused).toEqual([])
  const [statement] = joint.statements.filter((one) => one.signed === signed[0])
  if (statement === undefined) throw new Error('the statement was not opened')
  return judgeJointClauses(statement, { joint, trust, agreements, on })
}
const told = ([one, ...others]: readonly JointRecognition[]) => {
  expect(others).toEqual([])
  return [one?.outcome, one?.findings.map(({ code }) => code)]
}

const ROUND: Signed = { by: 'SC-AMR', document: protocol }
const TASK: Signed = { by: 'SC-AMR', document: task }
const CLAIM: Signed = { by: 'CQ-INST', document: capability }

describe('a joint statement in the other province', () => {
  it('counts by the clause that names its kind, which is quoted with its basis and effect', async () => {
    const agreement = await agreementWith(clause('round-protocol', { categories: ['hydrometer'] }))
    const [one] = await judge([ROUND], { agreements: [agreement] })
    expect(one).toMatchObject({
      from: '51',
      to: '50',
      outcome: 'recognised',
      findings: [],
      agreement: { id: 'chuan-yu-metrology', version: 1 },
    })
    expect(one?.clauses.map(({ id }) => id)).toEqual(['joint-round-protocol'])
    expect(one?.message).toMatchObject({
      zh: '比对实施方案在重庆予以采信（川渝计量互认协议（示例）第 1 版）：“协同工作（示例）”（川渝计量互认协议（示例）第七条），对方予以采信',
      en: expect.stringMatching(
        /^protocol of a comparison round: counts in Chongqing by .*, version 1: “Joint work \(example\)” .*, the other side relies on it$/,
      ),
    })
  })

  it('has no clause if the agreement does not name the kind, which is not a fault', async () => {
    const said = await judge([ROUND], {})
    expect(told(said)).toEqual(['no-clause', []])
    expect(said[0]?.message.zh).toBe('互认协议没有关于比对实施方案的条款（重庆）')
  })

  it('has no result without an agreement', async () => {
    expect(await judge([ROUND], { agreements: [] })).toEqual([])
  })

  it.each<[string, Partial<Clause>, RegExp]>([
    ['joint-clause.no-direction', { directions: [{ from: '50', to: '51' }] }, /四川至重庆/],
    ['joint-clause.no-category', { categories: ['pressure-gauge'] }, /浮计|hydrometer|密度计|酒精计/],
    ['joint-clause.no-date', { from: '2025-03-02' }, /2025-03-01/],
    ['joint-clause.no-date', { to: '2025-02-28' }, /2025-03-01/],
  ])('does not count if no clause covers it (%s)', async (code, more, said) => {
    const recognitions = await judge([ROUND], { agreements: [await agreementWith(clause('round-protocol', more))] })
    expect(told(recognitions)).toEqual(['not-recognised', [code]])
    expect(recognitions[0]?.findings[0]?.message.zh).toMatch(said)
  })

  it('does not count if no agreement was in force on its day', async () => {
    const early = { ...protocol, publishedOn: '2024-06-30' }
    const said = await judge([{ by: 'SC-AMR', document: early }], { agreements: [await agreementWith(clause('round-protocol'))] })
    expect(told(said)).toEqual(['not-recognised', ['joint-clause.not-in-force']])
  })

  it('is undecided by an agreement of a later version', async () => {
    const agreement = { ...(await agreementWith(clause('round-protocol'))), newer: ['/clauses/7/later'] }
    expect(told(await judge([ROUND], { agreements: [agreement] }))).toEqual(['indeterminate', ['joint-clause.newer-agreement']])
  })

  it('counts by one of two agreements', async () => {
    const other = await openAgreement(
      await signAgreement({ ...payloadWith(clause('round-protocol')), id: 'rounds' }, [world.signer('SC-AMR'), world.signer('CQ-AMR')]),
      world.trust,
    )
    const [one] = await judge([ROUND], { agreements: [world.agreement, other] })
    expect(one).toMatchObject({ outcome: 'recognised', agreement: { id: 'rounds' } })
  })

  it('does not count if it does not count by itself', async () => {
    const claims = {
      iss: organisation('SC-AMR').uscc,
      jti: '01JQ0000000000000000000000',
      iat: Date.parse('2025-02-01T10:00:00+08:00') / 1000,
      document: protocol,
    }
    const early = await signStatement(claims, { typ: 'metrology-joint+jwt', signer: world.signer('SC-AMR') })
    const said = await judge([early], { agreements: [await agreementWith(clause('round-protocol'))] })
    expect(told(said)).toEqual(['not-recognised', ['joint-clause.statement-faulty']])
    expect(said[0]?.findings[0]?.message.en).toContain('signed before the day')
  })

  it('does not count if its signer has no part in the work', async () => {
    const by: OrganisationKey = 'CD'
    for (const document of [protocol, engineAlliance] as const) {
      const said = await judge([{ by, document }], { agreements: [await agreementWith(clause(document.kind))] })
      expect(told(said)).toEqual(['not-recognised', ['joint-clause.signer']])
      expect(said[0]?.findings[0]?.message.en).toContain('Chengdu Example Verification Institute')
    }
    const bureaus = [party('CQ-AMR'), party('GA-AMR')]
    const agreements = [await agreementWith(clause('supervision-task'))]
    expect(told(await judge([{ ...TASK, document: { ...task, bureaus } }], { agreements }))).toEqual([
      'not-recognised',
      ['joint-clause.signer'],
    ])
  })

  it('as a report of a round counts for a pilot of its protocol only', async () => {
    const signed = await sign(ROUND)
    const [{ statementId: round } = { statementId: '' }] = (await openJoint([signed], { trust: world.trust, at: DEMONSTRATION_TIME }))
      .statements
    const report: AnyJointDocument = {
      kind: 'round-report',
      version: 1,
      number: protocol.number,
      round,
      record: 'A'.repeat(43),
      statements: [round],
      keyDigest: 'A'.repeat(43),
      on: '2025-05-12',
    }
    const agreements = [await agreementWith(clause('round-report'))]
    expect(told(await judge([{ by: 'SC-INST', document: report }, signed], { agreements }))).toEqual(['recognised', []])
    expect(told(await judge([{ by: 'CD', document: report }, signed], { agreements }))).toEqual(['not-recognised', ['joint-clause.signer']])
    expect(told(await judge([{ by: 'SC-INST', document: report }], { agreements }))).toEqual([
      'indeterminate',
      ['joint-clause.protocol-not-at-hand'],
    ])
  })

  it('counts only on the days on which it holds, by the agreement of the given day', async () => {
    const agreements = [await agreementWith(clause('capability-statement', { from: '2025-06-01' }))]
    expect(told(await judge([CLAIM], { agreements }))).toEqual(['recognised', []])
    expect(told(await judge([CLAIM], { agreements, on: '2025-05-31' }))).toEqual(['not-recognised', ['joint-clause.no-date']])
    expect(told(await judge([CLAIM], { agreements, on: '2028-01-01' }))).toEqual(['not-recognised', ['joint-clause.not-held']])
  })

  it('of several categories counts if a clause covers each; those that none covers are reported', async () => {
    const [item] = capability.items as [CapabilityStatement['items'][number]]
    const document = { ...capability, items: [{ ...item, categories: ['torque-transducer', 'weights'] }] }
    const torque = clause('capability-statement', { id: 'torque', categories: ['torque-transducer'] })
    const weights = clause('capability-statement', { id: 'weights', categories: ['weights'] })
    const two = await judge([{ ...CLAIM, document }], { agreements: [await agreementWith(torque, weights)] })
    expect([two[0]?.outcome, two[0]?.clauses.map(({ id }) => id)]).toEqual(['recognised', ['torque', 'weights']])
    const one = await judge([{ ...CLAIM, document }], { agreements: [await agreementWith(torque)] })
    expect(told(one)).toEqual(['not-recognised', ['joint-clause.no-category']])
    expect(one[0]?.findings[0]?.message.zh).toContain('砝码')
  })

  it('without a category is covered by a clause on all categories only', async () => {
    const alliance: Signed = { by: 'CQ-INST', document: engineAlliance }
    expect(told(await judge([alliance], { agreements: [await agreementWith(clause('alliance'))] }))).toEqual(['recognised', []])
    const agreements = [await agreementWith(clause('alliance', { categories: ['weights'] }))]
    expect(told(await judge([alliance], { agreements }))).toEqual(['not-recognised', ['joint-clause.no-category']])
  })

  it('has the category of its task, and is undecided without the task', async () => {
    const step: Signed = { by: 'GA-AMR', document: measure }
    const agreements = [await agreementWith(clause('supervision-measure', { categories: ['fuel-dispenser'] }))]
    expect(told(await judge([step, TASK], { agreements }))).toEqual(['recognised', []])
    expect(told(await judge([step], { agreements }))).toEqual(['indeterminate', ['joint-clause.category-unknown']])
    const all = clause('supervision-measure', { id: 'all' })
    expect(told(await judge([step], { agreements: [await agreementWith(all)] }))).toEqual(['recognised', []])
    // The clause on fuel dispensers comes first and may be the one that applies.
    const first = clause('supervision-measure', { categories: ['fuel-dispenser'] })
    expect(told(await judge([step], { agreements: [await agreementWith(first, all)] }))).toEqual([
      'indeterminate',
      ['joint-clause.category-unknown'],
    ])
  })
})

describe('conditions on joint work', () => {
  const condition = (name: string, more: object = {}) => ({ conditions: [{ name, ...more }] })
  const under = async (kind: string, name: string, more: object = {}) => [await agreementWith(clause(kind, condition(name, more)))]

  it('have each a name of their own and a text', () => {
    expect(jointConditions.map(({ name }) => name)).toEqual([
      'pilots-of-both-sides',
      'task-of-both-bureaus',
      'within-authorisation',
      'standard-assessed',
    ])
    expect(jointConditions.map(({ id }) => id)).toEqual(jointConditions.map(({ name }) => `condition.${name}`))
  })

  it('that this version does not know, or that are about records, leave it undecided', async () => {
    expect(told(await judge([ROUND], { agreements: await under('round-protocol', 'moon-full') }))).toEqual([
      'indeterminate',
      ['joint-clause.condition-unknown'],
    ])
    expect(told(await judge([ROUND], { agreements: await under('round-protocol', 'specification-in-force') }))).toEqual([
      'indeterminate',
      ['joint-clause.condition-of-records'],
    ])
  })

  it('with wrong parameters leave it undecided, if the agreement was signed nevertheless', async () => {
    const agreements = await under('supervision-task', 'task-of-both-bureaus', { commitmentSuffices: 'yes' })
    expect(told(await judge([TASK], { agreements }))).toEqual(['indeterminate', ['joint-clause.parameters']])
  })

  it('that are about another kind do not apply', async () => {
    expect(told(await judge([ROUND], { agreements: await under('round-protocol', 'task-of-both-bureaus') }))).toEqual(['recognised', []])
  })

  describe('pilots-of-both-sides', () => {
    const withPilots = (...pilots: RoundProtocol['pilots']): Signed => ({ by: 'SC-AMR', document: { ...protocol, pilots } })
    const [sichuan, chongqing] = protocol.pilots as [RoundProtocol['pilots'][number], RoundProtocol['pilots'][number]]
    const agreements = under('round-protocol', 'pilots-of-both-sides')

    it('holds for a pilot of each side', async () => {
      expect(told(await judge([withPilots(sichuan, chongqing)], { agreements: await agreements }))).toEqual(['recognised', []])
    })

    it('fails if a province has no pilot, and names the province', async () => {
      const said = await judge([withPilots(sichuan)], { agreements: await agreements })
      expect(told(said)).toEqual(['not-recognised', ['joint-clause.no-pilot']])
      expect(said[0]?.findings[0]).toMatchObject({
        status: 'fail',
        basis: expect.stringContaining('JJF 1117'),
        message: { zh: '比对没有重庆的主导实验室' },
      })
    })

    it('is undecided if a pilot is on no trust list', async () => {
      const stranger = { ...chongqing, party: { uscc: firms.auto.uscc, name: firms.auto.name } }
      expect(told(await judge([withPilots(sichuan, stranger)], { agreements: await agreements }))).toEqual([
        'indeterminate',
        ['joint-clause.pilot-not-listed'],
      ])
    })

    it('is undecided for a statement of a round whose protocol was not opened', async () => {
      const withdrawal: AnyJointDocument = {
        kind: 'round-withdrawal',
        version: 1,
        number: protocol.number,
        round: 'A'.repeat(43),
        laboratory: party('CD'),
        on: '2025-03-20',
        reason: { zh: '设备故障（示例）' },
      }
      const said = await judge([{ by: 'CD', document: withdrawal }], {
        agreements: await under('round-withdrawal', 'pilots-of-both-sides'),
      })
      expect(told(said)).toEqual(['indeterminate', ['joint-clause.protocol-not-at-hand']])
    })
  })

  describe('task-of-both-bureaus', () => {
    const other: Signed = { by: 'CQ-AMR', document: task }
    const agreements = under('supervision-task', 'task-of-both-bureaus')

    it('holds if both bureaus signed the same task', async () => {
      expect(told(await judge([TASK, other], { agreements: await agreements }))).toEqual(['recognised', []])
    })

    it('is undecided if the signature of one bureau was not opened, and names the bureau', async () => {
      const said = await judge([TASK], { agreements: await agreements })
      expect(told(said)).toEqual(['indeterminate', ['joint-clause.task-not-signed']])
      expect(said[0]?.findings[0]?.message.zh).toContain('重庆示例市场监督管理局')
    })

    it('accepts a commitment of the draw as a signature only if the clause states so', async () => {
      const signed = await sign(TASK)
      const joint = await openJoint([signed], { trust: world.trust, at: DEMONSTRATION_TIME })
      const committed: Signed = { by: 'CQ-AMR', document: { ...commitment, task: joint.statements[0]?.statementId as string } }
      const suffices = await under('supervision-task', 'task-of-both-bureaus', { commitmentSuffices: true })
      expect(told(await judge([signed, committed], { agreements: suffices }))).toEqual(['recognised', []])
      expect(told(await judge([signed, committed], { agreements: await agreements }))).toEqual([
        'indeterminate',
        ['joint-clause.task-not-signed'],
      ])
    })

    it('fails if both bureaus are of one province, or a bureau issued the task twice', async () => {
      const document: SupervisionTask = { ...task, bureaus: [party('SC-AMR'), party('GA-AMR')] }
      const [codes, outcome] = [told(await judge([{ ...TASK, document }], { agreements: await agreements }))[1], 'not-recognised']
      expect(codes).toContain('joint-clause.task-one-side')
      const twice = { ...TASK, document: { ...task, to: '2025-05-31' } }
      const said = await judge([TASK, other, twice], { agreements: await agreements })
      expect(told(said)).toEqual([outcome, ['draw.task-twice']])
    })

    it('is undecided for a measure whose task was not opened', async () => {
      const step: Signed = { by: 'GA-AMR', document: measure }
      const measures = await under('supervision-measure', 'task-of-both-bureaus')
      expect(told(await judge([step], { agreements: measures }))).toEqual(['indeterminate', ['joint-clause.task-not-at-hand']])
      expect(told(await judge([step, TASK, other], { agreements: measures }))).toEqual(['recognised', []])
    })
  })

  const GRANTED: Authorisation = {
    number: 'CNAS L0002',
    kinds: ['calibration-result'],
    categories: ['torque-transducer'],
    from: '2023-03-01',
    to: '2029-02-28',
    capabilities: [{ categories: ['torque-transducer'], smallest: '0.05', unit: '%', lower: '0', upper: '2', rangeUnit: 'kN.m' }],
  }
  const listing = (changed: Partial<Authorisation>): Trust => ({
    ...world.trust,
    entity: (uscc) => {
      const listed = world.trust.entity(uscc)
      return listed && { ...listed, entity: { ...listed.entity, authorisations: [{ ...GRANTED, ...changed }] } }
    },
  })

  describe('within-authorisation', () => {
    const agreements = under('capability-statement', 'within-authorisation')

    it('holds for a claim within what the authority lists', async () => {
      expect(told(await judge([CLAIM], { agreements: await agreements, trust: listing({}) }))).toEqual(['recognised', []])
    })

    it('fails for a claim beyond it, with the item', async () => {
      const said = await judge([CLAIM], { agreements: await agreements, trust: listing({ categories: ['weights'] }) })
      expect(told(said)).toEqual(['not-recognised', ['claim.category-beyond']])
      expect(said[0]?.findings[0]?.path).toBe('/items/0')
    })

    it('is undecided if the list states no range', async () => {
      expect(told(await judge([CLAIM], { agreements: await agreements }))).toEqual(['indeterminate', ['claim.not-compared']])
    })
  })

  describe('standard-assessed', () => {
    const [row] = authorisation.scope as [(typeof authorisation.scope)[number]]
    const granted: Signed = { by: 'SC-AMR', document: { ...authorisation, scope: [row] } }
    const assessed: Signed = { by: 'SC-AMR', document: assessment }
    const agreements = under('metrology-authorisation', 'standard-assessed')

    it('holds for an authorisation whose assessment was opened and is in force', async () => {
      expect(told(await judge([granted, assessed], { agreements: await agreements }))).toEqual(['recognised', []])
    })

    it('is undecided if the assessment was not opened, or none is stated', async () => {
      expect(told(await judge([granted], { agreements: await agreements }))).toEqual([
        'indeterminate',
        ['joint-clause.assessment-not-at-hand'],
      ])
      expect(told(await judge([{ by: 'SC-AMR', document: authorisation }, assessed], { agreements: await agreements }))).toEqual([
        'indeterminate',
        ['joint-clause.standard-not-stated'],
      ])
    })

    it('fails if the assessment has ended, or is of another body', async () => {
      expect(told(await judge([granted, assessed], { agreements: await agreements, on: '2026-03-02' }))).toEqual([
        'not-recognised',
        ['joint-clause.assessment-ended'],
      ])
      const foreign: Signed = { by: 'SC-AMR', document: { ...assessment, holder: party('LZ') } }
      expect(told(await judge([granted, foreign], { agreements: await agreements }))).toEqual([
        'not-recognised',
        ['joint-clause.assessment-of-other'],
      ])
    })

    it('requires for a claim an assessment of the institute that covers work, category and range', async () => {
      const claims = await under('capability-statement', 'standard-assessed')
      const torque = (upper: string, more: Partial<StandardAssessment> = {}): Signed => ({
        by: 'CQ-AMR',
        document: {
          ...assessment,
          holder: party('CQ-INST'),
          number: '〔2024〕渝量标成证字第009号',
          capabilities: [{ categories: ['torque-transducer'], work: ['calibration'], ranges: [{ lower: '0', upper, unit: 'N.m' }] }],
          ...more,
        },
      })
      expect(told(await judge([CLAIM, torque('1000')], { agreements: claims }))).toEqual(['recognised', []])
      expect(told(await judge([CLAIM, torque('400')], { agreements: claims }))).toEqual([
        'indeterminate',
        ['joint-clause.assessment-range'],
      ])
      for (const more of [{ validUntil: '2025-06-15' }, { holder: party('CD') }])
        expect(told(await judge([CLAIM, torque('1000', more)], { agreements: claims }))).toEqual([
          'indeterminate',
          ['joint-clause.no-assessment'],
        ])
      expect(told(await judge([CLAIM], { agreements: claims }))).toEqual(['indeterminate', ['joint-clause.no-assessment']])
    })
  })

  describe('of an agreement that is to be signed', () => {
    const check = (more: Partial<Clause>) => () => checkJointClauses(readAgreement(payloadWith(clause('supervision-task', more))))

    it('pass with right parameters, with a name of a later version, and without conditions', () => {
      expect(check(condition('task-of-both-bureaus', { commitmentSuffices: true }))).not.toThrow()
      expect(check(condition('moon-full'))).not.toThrow()
      expect(() => checkJointClauses(agreementPayload())).not.toThrow()
    })

    it.each<[string, Partial<Clause>, string]>([
      ['an unknown parameter', condition('pilots-of-both-sides', { most: 2 }), '/clauses/7/conditions/0/most'],
      ['a wrong parameter', condition('task-of-both-bureaus', { commitmentSuffices: 'yes' }), '/clauses/7/conditions/0/commitmentSuffices'],
      ['a condition twice', { conditions: [{ name: 'standard-assessed' }, { name: 'standard-assessed' }] }, '/clauses/7/conditions/1'],
    ])('are refused with %s', (_, more, path) => {
      expect(check(more)).toThrow(expect.objectContaining({ code: 'agreement.condition', details: expect.objectContaining({ path }) }))
    })

    it.each<[string, Partial<Clause>]>([
      [
        'joint work on a clause that names records too',
        { kinds: ['comparison-result', 'round-report'], ...condition('pilots-of-both-sides') },
      ],
      ['records on a clause that names joint work', condition('specification-in-force')],
    ])('are refused as conditions of %s', (_, more) => {
      expect(check(more)).toThrow(expect.objectContaining({ code: 'joint.clause-mixed' }))
    })
  })
})

describe('the capability directory', () => {
  const find = async (agreements: readonly Agreement[]) => {
    const joint = await openJoint([await sign(CLAIM)], { trust: world.trust, at: DEMONSTRATION_TIME })
    const [one] = findCapabilities(joint, { can: '转矩', on: '2025-06-16', trust: world.trust, agreements })
    return one
  }

  it('states by which clause certificates are recognised, and where the claim itself counts', async () => {
    const found = await find([await agreementWith(clause('capability-statement'))])
    expect(found?.results).toMatchObject([{ from: '50', to: '51', outcome: 'recognised', clauses: [{ id: 'work-results-calibration' }] }])
    expect(found?.claim).toMatchObject([{ outcome: 'recognised', clauses: [{ id: 'joint-capability-statement' }] }])
  })

  it('does not state that certificates are recognised if no clause covers them, or a condition is not known', async () => {
    const [calibration] = agreementPayload().clauses.filter(({ id }) => id === 'work-results-calibration') as [Clause]
    const only = async (changed: Partial<Clause>) => {
      const payload = { ...agreementPayload(), clauses: [{ ...calibration, ...changed }], tests: agreementPayload().tests.slice(1, 2) }
      const agreement = await openAgreement(await signAgreement(payload, [world.signer('SC-AMR'), world.signer('CQ-AMR')]), world.trust)
      return told((await find([agreement]))?.results ?? [])
    }
    expect(await only({})).toEqual(['recognised', []])
    expect(await only({ categories: ['weights'] })).toEqual(['not-recognised', ['joint-clause.no-category']])
    expect(await only({ directions: [{ from: '51', to: '50' }] })).toEqual(['not-recognised', ['joint-clause.no-direction']])
    expect(await only({ kinds: ['verification-record'] })).toEqual(['no-clause', []])
    expect(await only({ conditions: [{ name: 'moon-full' }] })).toEqual(['indeterminate', ['joint-clause.condition-unknown']])
    expect(told((await find([{ ...world.agreement, newer: ['/x'] }]))?.results ?? [])).toEqual([
      'indeterminate',
      ['joint-clause.newer-agreement'],
    ])
  })
})
