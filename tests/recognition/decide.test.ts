// Why this exists: recognition depends on the conditions of the agreement. Each condition must pass and fail as the two provinces intended.
import { builtIn, type Catalogue, overlaid } from 'tongheng/catalogue'
import {
  type Agreement,
  type Clause,
  conditionOf,
  conditions,
  decide,
  gatherSpecifications,
  openAgreement,
  type PublishedSpecification,
  recognitionRows,
  type Specifications,
  signAgreement,
} from 'tongheng/recognition'
import { type AnyRecord, kindOf, type TechnicalSpecification } from 'tongheng/records'
import {
  agreementPayload,
  createFakeAuthorities,
  type FakeAuthorities,
  type Fixture,
  fixtures,
  organisation,
  publications,
} from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { conditionTexts } from '../../src/recognition/conditions.ts'
import { recognitionTexts } from '../../src/recognition/messages.ts'
import { type Change, change } from '../records/change.ts'

type ClauseCondition = Clause['conditions'][number]

let world: FakeAuthorities
beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true })
})

/** A publication as its authority would sign it. */
const published = ({ record, signer }: Fixture, ...changes: readonly Change[]): PublishedSpecification => ({
  record: change(record as TechnicalSpecification, ...changes),
  region: organisation(signer).region,
  statementId: `id of ${signer} ${(record as TechnicalSpecification).number}`,
})
const [P01, P02, P03] = publications as readonly [Fixture, Fixture, Fixture]
const all = [published(fixtures.F10), published(fixtures.F11), published(P01), published(P02), published(P03)]
const named = (number: string, group?: string): readonly Change[] => [
  ['/number', number],
  ['/equivalenceGroup', group],
]

/** An agreement with one clause that includes all records in both directions, with these conditions. */
async function agreed(given: readonly ClauseCondition[], ...changes: readonly Change[]): Promise<Agreement> {
  const payload = agreementPayload()
  const [clause] = payload.clauses
  const one = {
    ...payload,
    from: '2020-01-01',
    clauses: [
      {
        ...clause,
        kinds: ['verification-record', 'calibration-result', 'technical-specification'],
        categories: 'all',
        from: '2020-01-01',
        conditions: given,
      },
    ],
    tests: [payload.tests.at(-1)],
  } as typeof payload
  return openAgreement(await signAgreement(change(one, ...changes), [world.signer('SC-AMR'), world.signer('CQ-AMR')]), world.trust)
}

interface Asked {
  readonly of: Fixture
  readonly changes?: readonly Change[]
  readonly today?: string
  readonly to?: string
  readonly specifications?: Specifications
  readonly conditions?: readonly ClauseCondition[]
  readonly agreements?: readonly Agreement[]
  readonly catalogue?: Catalogue
}

const seen = new Set<string>()
const texts: string[] = []

/** The checks of a decision other than passes and rows that do not apply: `status code path`. */
async function decided({
  of,
  changes = [],
  today = '2025-06-16',
  to,
  specifications = gatherSpecifications(all),
  conditions: given = [],
  agreements,
  catalogue,
}: Asked): Promise<string[]> {
  const record: AnyRecord = change(of.record, ...changes)
  const { region, authorisations } = organisation(of.signer)
  const kind = kindOf(record)
  const facts = {
    record,
    kind,
    factDate: kind.factDate(record),
    today,
    from: region,
    to: to ?? (region === '51' ? '50' : '51'),
    authorisations,
    specifications,
    ...(catalogue && { catalogue }),
  }
  const decision = decide(facts, agreements ?? [await agreed(given)])
  expect([...new Set(decision.checks.map(({ id }) => id))]).toEqual(recognitionRows.map(({ id }) => id))
  for (const { code, message, status } of decision.checks) {
    seen.add(code)
    if (status !== 'pass' && code !== 'not-applicable' && code !== 'blocked') texts.push(message.en)
    // A dash appears where a text lacks its parameter.
    expect(`${message.zh} ${message.en}`).not.toMatch(/\{[a-zA-Z]+\}|undefined|\[object|"zh"|—/)
  }
  return decision.checks
    .filter(({ status, code }) => status !== 'pass' && code !== 'not-applicable' && code !== 'blocked')
    .map(({ status, code, path, blockedBy }) => [status, code, path, blockedBy].filter((part) => part !== undefined).join(' '))
}

/** The English texts of the findings, without codes. */
async function told(asked: Asked): Promise<string[]> {
  const before = texts.length
  await decided(asked)
  return texts.slice(before)
}

const condition = (name: string, more: object = {}): ClauseCondition => ({ name, ...more })
const { F01, F02, F04, F07, F08, F09, F10, F11, F13 } = fixtures

describe('the record itself', () => {
  it('of a failed verification is never relied upon', async () => {
    expect(await decided({ of: F02 })).toEqual(['fail outcome.failed-verification /record/outcome'])
  })

  it('is valid to the end of its last day', async () => {
    expect(await decided({ of: F01, today: '2026-03-11' })).toEqual([])
    expect(await decided({ of: F01, today: '2026-03-12' })).toEqual(['fail validity.expired /record/validUntil'])
  })

  it('is valid from its first day', async () => {
    expect(await decided({ of: F01, today: '2025-03-12' })).toEqual([])
    expect(await decided({ of: F01, today: '2025-03-11' })).toEqual(['fail validity.not-yet /record'])
    expect(await decided({ of: F07, today: '2025-03-02' })).toEqual(['fail validity.not-yet /record'])
  })

  describe('without a stated validity', () => {
    const none = (...more: readonly Change[]): readonly Change[] => [['/validUntil', undefined], ...more]
    const by = (category: string, number: string, ...more: readonly Change[]): readonly Change[] =>
      none(['/instrument/category', category], ['/basis', [{ number }]], ...more)

    it('is valid for the interval of the regulation where a source states it, and no longer', async () => {
      const changes = by('water-meter', 'JJG 162-2019', ['/instrument/model', 'LXS-DN40'], ['/verifiedOn', '2025-03-20'])
      expect(await decided({ of: F01, changes, today: '2029-03-20' })).toEqual([])
      expect(await decided({ of: F01, changes, today: '2029-03-21' })).toEqual(['fail validity.interval-passed /record/validUntil'])
      const conditions = [condition('validity-remaining', { min: 'P1M' })]
      expect(await decided({ of: F01, changes, conditions, today: '2029-02-20' })).toEqual([])
      expect(await decided({ of: F01, changes, conditions, today: '2029-02-21' })).toEqual([
        'fail validity.remaining-too-short /record/validUntil',
      ])
    })

    it('is undecided where the only source of the interval is weak', async () => {
      const changes = none(['/verifiedOn', '2025-03-20'])
      for (const today of ['2025-09-20', '2025-09-21', '2045-01-01'])
        expect(await decided({ of: F04, changes, today })).toEqual(['skip validity.not-stated /record/validUntil fact:validity'])
    })

    it('is undecided where no source states an interval', async () => {
      for (const purpose of ['trade', 'safety', 'medical', 'environment', 'standard']) {
        expect(await decided({ of: F01, changes: none(['/purpose', purpose]) })).toEqual([
          'skip validity.not-stated /record/validUntil fact:validity',
        ])
      }
      const conditions = [condition('validity-remaining', { min: 'P1M' })]
      expect(await decided({ of: F01, changes: none(), conditions })).toEqual([
        'skip validity.not-stated /record/validUntil fact:validity',
        'skip validity.remaining-unknown /record/validUntil fact:validity',
      ])
    })

    it('is undecided between the intervals of two sizes', async () => {
      const catalogue = overlaid(builtIn, {
        categories: new Map(),
        editions: new Map(),
        divisions: new Set(),
        intervals: new Map([
          [
            'JJG162',
            ['P2Y', 'P6Y'].map((period, at) => ({
              regulation: 'JJG162',
              manner: 'periodic' as const,
              period,
              size: { designation: 'DN' as const, above: 50 * at, upTo: 50 * (at + 1) },
              provenance: { source: 'catalogue 115100000000000000 v1', grade: 'a' as const },
            })),
          ],
        ]),
      })
      const changes = by('water-meter', 'JJG 162-2019')
      expect(await decided({ of: F01, changes, catalogue, today: '2027-03-12' })).toEqual([])
      expect(await decided({ of: F01, changes, catalogue, today: '2027-03-13' })).toEqual([
        'skip validity.not-stated /record/validUntil fact:validity',
      ])
      expect(await decided({ of: F01, changes, catalogue, today: '2031-03-13' })).toEqual([
        'fail validity.interval-passed /record/validUntil',
      ])
      const month = [condition('validity-remaining', { min: 'P1M' })]
      expect(await decided({ of: F01, changes, catalogue, conditions: month, today: '2027-02-12' })).toEqual([])
      expect(await decided({ of: F01, changes, catalogue, conditions: month, today: '2027-02-13' })).toEqual([
        'skip validity.remaining-unknown /record/validUntil fact:validity',
      ])
      // The built-in tables have an entry above DN 50, from a single weak source.
      for (const today of ['2027-03-12', '2045-01-01'])
        expect(await decided({ of: F01, changes, today })).toEqual(['skip validity.not-stated /record/validUntil fact:validity'])
    })

    it('is undecided where the class may be one that no source names', async () => {
      for (const today of ['2025-06-16', '2033-03-13'])
        expect(await decided({ of: F01, changes: by('energy-meter', 'JJG 596-2012'), today })).toEqual([
          'skip validity.not-stated /record/validUntil fact:validity',
        ])
    })

    it('is undecided after an in-service inspection or an arbitration, which start no interval', async () => {
      for (const type of ['in-service-inspection', 'arbitration']) {
        expect(await decided({ of: F04, changes: none(['/verificationType', type]), today: '2025-06-16' })).toEqual([
          'skip validity.not-stated /record/validUntil fact:validity',
        ])
      }
    })

    it('does not expire where the instrument is verified once', async () => {
      const changes = by('thermometer-clinical-glass', 'JJG 111-2019')
      const conditions = [condition('validity-remaining', { min: 'P1M' })]
      expect(await decided({ of: F01, changes, conditions, today: '2045-06-16' })).toEqual(['skip validity.initial-only'])
    })

    it('is valid without one outside mandatory control', async () => {
      expect(await decided({ of: F01, changes: none(['/purpose', 'other']), today: '2045-06-16' })).toEqual([])
    })
  })

  it('of a calibration does not expire', async () => {
    expect(await decided({ of: F07, today: '2045-01-01' })).toEqual([])
  })

  it('of a specification is valid until the day before its abolition', async () => {
    const changes = [['/abolishedOn', '2025-06-17']] as const
    expect(await decided({ of: F10, changes, today: '2025-06-16' })).toEqual([])
    expect(await decided({ of: F10, changes, today: '2025-06-17' })).toEqual(['fail validity.abolished /record/abolishedOn'])
  })
})

describe('a decision', () => {
  const facts = (of: Fixture, to: string, ...changes: readonly Change[]) => {
    const record: AnyRecord = change(of.record, ...changes)
    const { region, authorisations } = organisation(of.signer)
    const kind = kindOf(record)
    return {
      record,
      kind,
      factDate: kind.factDate(record),
      today: '2025-06-16',
      from: region,
      to,
      authorisations,
      specifications: gatherSpecifications(all),
    }
  }
  const row = (id: string, ...args: Parameters<typeof decide>) => decide(...args).checks.find((check) => check.id === id)

  it('names the ground of each pass', async () => {
    const agreement = await agreed([condition('issuer-authorised'), condition('validity-remaining', { min: 'P7D' })])
    const evidence = (id: string) => row(id, facts(F01, '50'), [agreement])?.evidence
    const { id, version, clauses } = agreement.payload
    expect(evidence('agreement.in-force')).toEqual({ agreement: id, version })
    expect(evidence('agreement.clause')).toEqual({ clause: clauses[0]?.id, effect: clauses[0]?.effect })
    expect(evidence('record.validity')).toEqual({ validUntil: '2026-03-11' })
    expect(evidence('condition.validity-remaining')).toEqual({ validUntil: '2026-03-11', needed: '2025-06-23' })
    const [listed] = organisation('CD').authorisations
    expect(evidence('condition.issuer-authorised')).toEqual({ number: listed?.number, from: listed?.from, to: listed?.to })
  })

  it('within one province passes with that reason', () => {
    expect(row('agreement.clause', facts(F01, '51'), [])).toMatchObject({
      status: 'pass',
      code: 'clause.domestic',
      message: { en: expect.stringMatching(/^Issued and used in Sichuan: /), zh: expect.stringContaining('四川') },
    })
  })

  it('names the clause in Chinese to English readers where it has no other name', async () => {
    const clause = await agreed([], ['/clauses/0/title', { zh: '甲' }], ['/clauses/0/effect', { zh: '乙' }])
    expect(row('agreement.clause', facts(F01, '50'), [clause])?.message).toEqual({ zh: '适用条款“甲”：乙', en: 'Clause “甲” applies: 乙' })
  })

  it('names the agreement that has no clause for the record', async () => {
    const agreement = await agreed([], ['/clauses/0/kinds', ['calibration-result']])
    expect(row('agreement.clause', facts(F01, '50'), [agreement])?.evidence).toEqual({ agreement: 'chuan-yu-metrology', version: 1 })
  })

  it('describes each finding with its values', async () => {
    expect(await told({ of: F02 })).toEqual([expect.stringContaining((F02.record as { certificateNo: string }).certificateNo)])
    expect(await told({ of: F01, today: '2026-03-12' })).toEqual(['Valid until 2026-03-11; on 2026-03-12 it has expired'])
    expect(await told({ of: F01, today: '2025-03-11' })).toEqual(['The work is dated 2025-03-12, after the day asked about, 2025-03-11'])
    expect(await told({ of: F10, changes: [['/abolishedOn', '2025-06-16']] })).toEqual(['JJF(渝) 901-2024 was abolished on 2025-06-16'])
    expect(await told({ of: F01, agreements: [await agreed([], ['/from', '2025-03-13'])] })).toEqual([
      'No agreement was in force on 2025-03-12',
    ])
    expect(await told({ of: F01, agreements: [await agreed([], ['/clauses/0/from', '2025-03-13'])] })).toEqual([
      'No clause applied on 2025-03-12',
    ])
    expect(await told({ of: F01, agreements: [await agreed([], ['/clauses/0/categories', ['water-meter']])] })).toEqual([
      expect.stringMatching(/^The agreement does not cover the category [a-z]*taximeter/i),
    ])
    expect(await told({ of: F01, agreements: [await agreed([], ['/clauses/0/directions', [{ from: '50', to: '51' }]])] })).toEqual([
      expect.stringMatching(/from Sichuan to Chongqing$/),
    ])
    expect(await told({ of: F01, conditions: [condition('x-one'), condition('x-two')] })).toEqual([
      'The clause has conditions this version does not know (x-one, x-two): undecidable',
    ])
    expect(await told({ of: F01, conditions: [condition('validity-remaining', { min: 'P7D' })], today: '2026-03-05' })).toEqual([
      expect.stringMatching(/^Valid until 2026-03-11; the agreement asks for .*7.* more \(until 2026-03-12\)$/),
    ])
    expect(
      await told({ of: F09, conditions: [condition('uncertainty-at-most', { ratio: '1/3' })], changes: [['/results/0/rows/1/5', '0.11']] }),
    ).toEqual(['Table conventional-mass, row 2: U exceeds 1/3 of the limit'])
    expect(await told({ of: F01, conditions: [condition('mobile-only')], changes: [['/instrument/category', 'water-meter']] })).toEqual([
      expect.stringMatching(/^The category table of this software does not list “[A-Za-z ]*meter[A-Za-z ]*” as mobile/),
    ])
  })
})

describe('the agreement', () => {
  it('is a missing fact where none is supplied', async () => {
    expect(await decided({ of: F01, agreements: [] })).toEqual(['skip agreement.not-supplied fact:agreement'])
  })

  it('fails where it was not in force on the day of the work', async () => {
    expect(await decided({ of: F01, agreements: [await agreed([], ['/from', '2025-03-13'])] })).toEqual(['fail agreement.not-in-force'])
    expect(await decided({ of: F01, agreements: [await agreed([], ['/from', '2025-03-12'])] })).toEqual([])
    expect(await decided({ of: F01, agreements: [await agreed([], ['/to', '2025-03-11'])] })).toEqual(['fail agreement.not-in-force'])
  })

  it('is the version of the day of the work, not of today', async () => {
    const strict = await agreed([condition('mobile-only')], ['/version', 2], ['/from', '2025-06-01'])
    const older = await agreed([])
    expect(await decided({ of: F09, agreements: [older, strict] })).toEqual([])
    expect(await decided({ of: F09, agreements: [older, strict], changes: [['/verifiedOn', '2025-06-02']] })).toEqual([
      'fail instrument.not-mobile /record/instrument',
    ])
  })

  it('may be one of several between two provinces: recognition by one of them suffices, in whatever order they are given', async () => {
    const general = await agreed([])
    const strict = await agreed([condition('mobile-only')], ['/id', 'mobile'], ['/version', 9])
    const other = await agreed([], ['/id', 'spec'], ['/version', 9], ['/clauses/0/kinds', ['calibration-result']])
    const later = await agreed([], ['/id', 'later'], ['/version', 9], ['/from', '2027-01-01'])
    for (const agreements of [
      [strict, general, other, later],
      [later, other, general, strict],
    ]) {
      expect(await decided({ of: F09, agreements })).toEqual([])
    }
    // If none recognises the record, the reason is of the agreement that covers it.
    for (const agreements of [
      [other, strict],
      [strict, other],
    ])
      expect(await decided({ of: F09, agreements })).toEqual(['fail instrument.not-mobile /record/instrument'])
    // What is undecided by one is not refused by another.
    const unknown = await agreed([condition('x-one')], ['/id', 'unknown'])
    expect(await decided({ of: F09, agreements: [strict, unknown, other] })).toEqual(['skip condition.not-known fact:condition'])
  })

  it('between other provinces is not applied, whatever its version', async () => {
    const general = await agreed([])
    const { payload } = general
    const elsewhere = {
      ...general,
      payload: {
        ...payload,
        id: 'yu-qian',
        version: 9,
        parties: payload.parties.map((one) => (one.region === '51' ? { ...one, region: '52' } : one)),
      },
    }
    expect(await decided({ of: F01, agreements: [elsewhere, general] })).toEqual([])
    const ended = { ...general, payload: { ...payload, to: '2025-01-01' } }
    expect(await decided({ of: F01, agreements: [elsewhere, ended] })).toEqual(['fail agreement.not-in-force'])
  })

  it('is not required within one province', async () => {
    expect(await decided({ of: F01, to: '51', agreements: [] })).toEqual([])
    expect(await decided({ of: F02, to: '50', agreements: [] })).toEqual(['fail outcome.failed-verification /record/outcome'])
  })

  it.each([
    ['kind', ['/clauses/0/kinds', ['calibration-result']], 'fail clause.no-kind'],
    ['direction', ['/clauses/0/directions', [{ from: '50', to: '51' }]], 'fail clause.no-direction'],
    ['category', ['/clauses/0/categories', ['water-meter']], 'fail clause.no-category'],
    ['date', ['/clauses/0/from', '2025-03-13'], 'fail clause.no-date'],
  ] as const)('fails without a clause for its %s', async (_, one, expected) => {
    expect(await decided({ of: F01, agreements: [await agreed([], one)] })).toEqual([expected])
  })

  it('reads a category that was split into four as each of them', async () => {
    const clause = await agreed([], ['/clauses/0/categories', ['medical-electrical']])
    const codes = async (category: string) => decided({ of: F01, agreements: [clause], changes: [['/instrument/category', category]] })
    expect(await codes('patient-monitor')).toEqual([])
    expect(await codes('taximeter')).toEqual(['fail clause.no-category'])
  })

  it('quotes the clause as the reason of recognition', async () => {
    const { record, signer } = F01
    const kind = kindOf(record)
    const facts = {
      record,
      kind,
      factDate: kind.factDate(record),
      today: '2025-06-16',
      from: '51',
      to: '50',
      authorisations: organisation(signer).authorisations,
      specifications: gatherSpecifications(),
    }
    const { checks, clause, agreement } = decide(facts, [world.agreement])
    expect(clause?.id).toBe('mobile-verification')
    expect(agreement?.statementId).toBe(world.agreement.statementId)
    expect(checks.find(({ id }) => id === 'agreement.clause')).toMatchObject({
      status: 'pass',
      basis: '川渝计量互认协议（示例）第二条',
      message: { zh: expect.stringContaining('有效期内对方不再重复检定'), en: expect.stringContaining('does not verify again') },
    })
  })
})

describe('a condition', () => {
  it('makes the verdict indeterminate where it is unknown', async () => {
    expect(await decided({ of: F01, conditions: [condition('blockchain-anchored')] })).toEqual(['skip condition.not-known fact:condition'])
  })

  it('does not apply where the clause does not name it', async () => {
    expect(await decided({ of: F09, changes: [['/issuer/authorisationNo', undefined]] })).toEqual([])
  })

  it.each(conditions.map(({ name }) => name))('%s has a name, a row and a basis of its own', (name) => {
    const one = conditions.filter((each) => each.name === name)
    expect(one).toHaveLength(1)
    expect(one[0]?.id).toBe(`condition.${name}`)
    expect(one[0]?.basis).not.toBe('')
  })
})

describe('mobile-only', () => {
  const conditions = [condition('mobile-only')]
  it('passes for an instrument that states its mobility, in a mobile category', async () => {
    expect(await decided({ of: F01, conditions })).toEqual([])
    expect(await decided({ of: F04, conditions })).toEqual([])
  })
  it('fails where the record states no mobility', async () => {
    expect(await decided({ of: F09, conditions })).toEqual(['fail instrument.not-mobile /record/instrument'])
    expect(await decided({ of: F10, conditions })).toEqual(['fail instrument.not-mobile /record/instrument'])
  })
  it('only warns where our unofficial list does not have the category', async () => {
    for (const category of ['water-meter', 'drone-scale']) {
      expect(await decided({ of: F01, conditions, changes: [['/instrument/category', category]] })).toEqual([
        'warn instrument.mobility-unlisted /record/instrument/category',
      ])
    }
  })
})

describe('specification-in-force', () => {
  const conditions = [condition('specification-in-force')]
  const basis = (number: string): readonly Change[] => [['/basis', [{ number }]]]
  it('passes for national and local editions in force on the day of the work', async () => {
    expect(await decided({ of: F01, conditions })).toEqual([])
    expect(await decided({ of: F01, conditions, changes: basis('JJF(川) 901-2024') })).toEqual([])
  })
  it('fails from the day of abolition', async () => {
    expect(await decided({ of: F04, conditions, changes: [...basis('JJG 657-2006'), ['/verifiedOn', '2020-03-26']] })).toEqual([])
    expect(await decided({ of: F04, conditions, changes: [...basis('JJG 657-2006'), ['/verifiedOn', '2020-03-27']] })).toEqual([
      'fail specification.abolished /record/basis/0/number',
    ])
  })
  it('fails before the day it takes effect', async () => {
    expect(
      await decided({
        of: F13,
        conditions,
        changes: [
          ['/method/0', undefined],
          ['/calibratedOn', '2025-01-20'],
        ],
      }),
    ).toEqual([])
    expect(
      await decided({
        of: F13,
        conditions,
        changes: [
          ['/method/0', undefined],
          ['/calibratedOn', '2025-01-19'],
        ],
      }),
    ).toEqual(['fail specification.not-yet-in-force /record/method/0/number'])
  })
  it('only warns of dates no source states', async () => {
    expect(await decided({ of: F07, conditions })).toEqual(['warn condition.edition-not-judged /record/method/0/number'])
  })
  it('misses a fact for an unknown edition, and still checks the others', async () => {
    const changes = [['/basis', [{ number: 'JJG 517-2024' }, { number: 'JJG 657-2006' }]]] as const
    expect(await decided({ of: F01, conditions, changes })).toEqual([
      'skip specification.edition-unknown /record/basis/0/number fact:specification JJG517-2024',
      'fail specification.abolished /record/basis/1/number',
    ])
    expect(await decided({ of: F01, conditions, changes: basis('JJG 517') })).toEqual([
      'skip specification.edition-unknown /record/basis/0/number fact:specification JJG 517',
    ])
  })
  it('reports the edition, the day of the work, and the days of the edition', async () => {
    const abolished = [...basis('JJG 657-2006'), ['/verifiedOn', '2020-03-27']] as const
    expect(await told({ of: F04, conditions, changes: abolished })).toEqual([
      'JJG 657-2006 was abolished on 2020-03-27; the work is dated 2020-03-27',
    ])
    const early: readonly Change[] = [
      ['/method/0', undefined],
      ['/calibratedOn', '2025-01-19'],
    ]
    expect(await told({ of: F13, conditions, changes: early })).toEqual([
      'JJF(渝) 901-2024 takes effect on 2025-01-20; on 2025-01-19 it was not yet in force',
    ])
    expect(await told({ of: F01, conditions, changes: basis('JJG 517-2024') })).toEqual([
      'The list of this software does not have JJG 517-2024; whether it was in force cannot be told',
    ])
    expect(await told({ of: F07, conditions })).toEqual([expect.stringMatching(/^Whether JJG 539-2016 was in force could not be judged/)])
  })
  it('is checked for a specification on the requested day, not on the day of its publication', async () => {
    expect(await decided({ of: F10, conditions, today: '2025-06-16' })).toEqual([])
    expect(await decided({ of: F10, conditions, today: '2025-01-19' })).toEqual(['fail specification.not-yet-in-force /record/number'])
  })
})

describe('local-specification-adopted', () => {
  const conditions = [condition('local-specification-adopted')]
  const method = (number: string): readonly Change[] => [['/method', [{ number }]]]
  const on = (date: string): Change => ['/calibratedOn', date]
  const { remarks: _, ...plain } = F10.record as TechnicalSpecification
  const ungrouped: Fixture = { ...F10, record: { ...plain, equivalenceGroup: undefined } as TechnicalSpecification }
  const notice = (...adoptions: readonly object[]): PublishedSpecification =>
    published(P01, ['/equivalenceGroup', undefined], ['/adoptions', adoptions])
  const adoption = (from: string, to?: string): object => ({ region: '51', documentNo: '川市监函', from, ...(to !== undefined && { to }) })
  const by = (...list: readonly PublishedSpecification[]): Specifications => gatherSpecifications(list)

  it('does not apply to national and ministry editions, nor to the recognising province’s own', async () => {
    expect(await decided({ of: F01, conditions })).toEqual([])
    expect(await decided({ of: F13, conditions, changes: method('JJF(川) 901-2024'), specifications: by(published(F11)) })).toEqual([])
  })
  it('passes from the first to the last day of an adoption that the recognising province published', async () => {
    const specifications = by(published(ungrouped), notice(adoption('2025-03-01', '2025-05-31')))
    const at = (date: string) => decided({ of: F13, conditions, specifications, changes: [...method('JJF(渝) 901-2024'), on(date)] })
    expect(await at('2025-02-28')).toEqual(['fail specification.not-adopted-yet /record/method/0/number'])
    expect(await at('2025-03-01')).toEqual([])
    expect(await at('2025-05-31')).toEqual([])
    expect(await at('2025-06-01')).toEqual(['fail specification.adoption-ended /record/method/0/number'])
  })
  it('passes for an adoption that was renewed after an earlier one ended', async () => {
    const specifications = by(published(ungrouped), notice(adoption('2024-12-01', '2025-02-28'), adoption('2025-04-01')))
    const at = (date: string) => decided({ of: F13, conditions, specifications, changes: [...method('JJF(渝) 901-2024'), on(date)] })
    expect(await at('2025-04-22')).toEqual([])
    expect(await at('2025-02-28')).toEqual([])
    expect(await at('2025-03-15')).toEqual(['fail specification.not-adopted-yet /record/method/0/number'])
    expect(await at('2024-11-30')).toEqual(['fail specification.not-adopted-yet /record/method/0/number'])
  })
  it('names the next adoption, else the last, in any order of publication', async () => {
    const at = async (date: string, ...adoptions: readonly object[]) =>
      told({
        of: F13,
        conditions,
        specifications: by(published(ungrouped), notice(...adoptions)),
        changes: [...method('JJF(渝) 901-2024'), on(date)],
      })
    const adoptions = [adoption('2025-07-01'), adoption('2025-05-01', '2025-05-31'), adoption('2024-12-01', '2025-02-28')]
    const next = (from: string, date: string) => [`Sichuan adopts JJF(渝) 901-2024 from ${from} (川市监函); on ${date} it had not yet`]
    for (const given of [adoptions, [...adoptions].reverse()]) {
      expect(await at('2025-04-22', ...given)).toEqual(next('2025-05-01', '2025-04-22'))
      expect(await at('2025-06-10', ...given)).toEqual(next('2025-07-01', '2025-06-10'))
    }
    expect(await at('2025-06-10', adoptions[2] as object, adoptions[1] as object)).toEqual([
      'The adoption of JJF(渝) 901-2024 by Sichuan had ended by 2025-06-10',
    ])
  })
  it('fails on the adoption of a third province, which is valid there only', async () => {
    const guizhou: PublishedSpecification = {
      ...published(P01, ['/equivalenceGroup', undefined], ['/adoptions', [{ region: '52', documentNo: '黔市监函', from: '2025-03-01' }]]),
      region: '52',
    }
    const asked = { of: F13, conditions, changes: method('JJF(渝) 901-2024'), specifications: by(published(ungrouped), guizhou) }
    expect(await decided(asked)).toEqual(['fail specification.not-adopted /record/method/0/number'])
    expect(await told(asked)).toEqual(['Sichuan has not adopted JJF(渝) 901-2024'])
  })
  it('fails on the other side’s statement alone: Chongqing cannot publish an adoption by Sichuan', async () => {
    expect(published(ungrouped).record.adoptions).toMatchObject([{ region: '51' }])
    expect(await decided({ of: F13, conditions, changes: method('JJF(渝) 901-2024'), specifications: by(published(ungrouped)) })).toEqual([
      'fail specification.not-adopted /record/method/0/number',
    ])
  })
  it('misses a fact where only the adopting side published: it cannot publish the other’s edition', async () => {
    expect(await decided({ of: F13, conditions, changes: method('JJF(渝) 901-2024'), specifications: by(published(P01)) })).toEqual([
      'skip specification.edition-unknown /record/method/0/number fact:specification JJF(渝)901-2024',
    ])
  })
  it('holds for the same text under the recognising province’s own number, where both provinces name the group', async () => {
    const ask = (...list: readonly PublishedSpecification[]) =>
      decided({ of: F13, conditions, changes: method('JJF(渝) 901-2024'), specifications: by(...list) })
    const alone = ['fail specification.not-adopted /record/method/0/number']
    expect(await ask(published(F10, ['/adoptions', undefined]), published(F11))).toEqual([])
    expect(await ask(published(F10, ['/adoptions', undefined]))).toEqual(alone)
    expect(await ask(published(F10, ['/adoptions', undefined]), published(F11, ['/equivalenceGroup', undefined]))).toEqual(alone)
    expect(await ask(published(F10, ['/adoptions', undefined], ['/equivalenceGroup', undefined]), published(F11))).toEqual(alone)
    // Chongqing publishes a number of Sichuan: that does not count as published by Sichuan.
    expect(await ask(published(F10, ['/adoptions', undefined]), published(F10, ...named('JJF(川) 901-2024', 'EQ-CY-901')))).toEqual(alone)
  })
  it('passes by an equivalent text only while that text is in force', async () => {
    const ask = (...changes: readonly Change[]) =>
      decided({
        of: F13,
        conditions,
        changes: method('JJF(渝) 901-2024'),
        specifications: by(published(F10, ['/adoptions', undefined]), published(F11, ...changes)),
      })
    expect(await ask(['/effectiveOn', '2025-04-22'])).toEqual([])
    expect(await ask(['/effectiveOn', '2025-04-23'])).toEqual(['fail specification.not-adopted /record/method/0/number'])
    expect(await ask(['/abolishedOn', '2025-04-23'])).toEqual([])
    expect(await ask(['/abolishedOn', '2025-04-22'])).toEqual(['fail specification.not-adopted /record/method/0/number'])
  })
  it('passes for a joint edition of both provinces', async () => {
    const joint = [published(F10, ...named('JJF(川渝) 4001-2024')), published(F11, ...named('JJF(川渝) 4001-2024'))]
    expect(await decided({ of: F13, conditions, changes: method('JJF(川渝) 4001-2024'), specifications: by(...joint) })).toEqual([])
  })
  it('lacks a fact for a local edition that was not published', async () => {
    expect(await decided({ of: F13, conditions, changes: method('JJF(京) 1-2020') })).toEqual([
      'skip specification.edition-unknown /record/method/0/number fact:specification JJF(京)1-2020',
    ])
  })
  it('is checked for a specification on the requested day', async () => {
    expect(await decided({ of: P02, conditions, today: '2025-06-30' })).toEqual(['fail specification.not-adopted-yet /record/number'])
    expect(await decided({ of: P02, conditions, today: '2025-07-01' })).toEqual([])
  })
})

describe('issuer-authorised', () => {
  const conditions = [condition('issuer-authorised')]
  const number = (text: string | undefined): readonly Change[] => [['/issuer/authorisationNo', text]]
  it('passes for a number of the trust list, with any form of brackets', async () => {
    expect(await decided({ of: F01, conditions })).toEqual([])
    expect(await decided({ of: F01, conditions, changes: number('(川) 法计〔2022〕51012号') })).toEqual([])
    expect(await decided({ of: F13, conditions })).toEqual([])
  })
  it('fails for an unlisted number, and without one', async () => {
    expect(await decided({ of: F01, conditions, changes: number('（川）法计（2022）51013号') })).toEqual([
      'fail authorisation.not-listed /record/issuer',
    ])
    expect(await decided({ of: F01, conditions, changes: number(undefined) })).toEqual(['fail authorisation.not-stated /record/issuer'])
  })
  it('holds where one of the two numbers stated is listed, whichever it is', async () => {
    for (const authorisationNo of ['（渝）法计（2021）99999号', '/'])
      expect(await decided({ of: F13, conditions, changes: number(authorisationNo) })).toEqual([])
    const neither: readonly Change[] = [...number('X-1'), ['/issuer/accreditationNo', 'CNAS L9999']]
    expect(await decided({ of: F13, conditions, changes: neither })).toEqual(['fail authorisation.not-listed /record/issuer'])
    expect(await told({ of: F13, conditions, changes: neither })).toEqual([expect.stringContaining('X-1, CNAS L9999')])
  })
  it('reports that none is listed where no authorisation covers the work', () => {
    const facts = { record: F01.record, kind: kindOf(F01.record), factDate: '2025-03-12', authorisations: [] }
    const [check] = conditionOf('issuer-authorised')?.evaluate(facts as never, {} as never) ?? []
    expect([check?.message.zh, check?.message.en]).toEqual([
      '证书所写“（川）法计（2022）51012号”不在检定（校准）当日有效的授权（认可）之列（在列：无）',
      '（川）法计（2022）51012号, as stated on the record, is not among the authorisations in force on the day of the work (none)',
    ])
  })
  it('reports the stated number and all that are listed', async () => {
    const listed = organisation(F13.signer).authorisations.map(({ number }) => number)
    expect(await told({ of: F13, conditions, changes: [...number('X-1'), ['/issuer/accreditationNo', undefined]] })).toEqual([
      `X-1, as stated on the record, is not among the authorisations in force on the day of the work (${listed.join(', ')})`,
    ])
  })
  it('does not apply to a specification', async () => {
    expect(await decided({ of: F10, conditions })).toEqual([])
  })
})

describe('uncertainty-at-most', () => {
  const conditions = (ratio: string): ClauseCondition[] => [condition('uncertainty-at-most', { ratio })]
  it('passes up to and including the exact ratio', async () => {
    expect(await decided({ of: F09, conditions: conditions('1/3') })).toEqual([])
    expect(await decided({ of: F08, conditions: conditions('1/3') })).toEqual([])
    expect(await decided({ of: F09, conditions: conditions('1/3'), changes: [['/results/0/rows/1/5', '0.1000001']] })).toEqual([
      'fail uncertainty.ratio-exceeded /record/results/0/rows/1',
    ])
  })
  it('names every row above it', async () => {
    expect(await decided({ of: F08, conditions: conditions('1/4') })).toEqual(
      [3, 4, 5].map((row) => `fail uncertainty.ratio-exceeded /record/results/0/rows/${row}`),
    )
  })
  it('names at most twenty rows', async () => {
    const [table] = (F08.record as { results: { rows: unknown[][] }[] }).results
    const rows = Array.from({ length: 30 }, () => table?.rows[3])
    expect(await decided({ of: F08, conditions: conditions('1/4'), changes: [['/results/0/rows', rows]] })).toHaveLength(20)
  })
  it('does not apply to a calibration without a decision, nor without results', async () => {
    for (const of of [F07, F10]) expect(await decided({ of, conditions: conditions('1/999') })).toEqual([])
  })
  it('is undecided where a verification states limits and no uncertainty, or no limits', async () => {
    expect(await decided({ of: F01, conditions: conditions('1/3') })).toContain(
      'skip uncertainty.ratio-not-judged /record/results/0/rows/0 fact:uncertainty',
    )
    expect(await decided({ of: F09, conditions: conditions('1/3'), changes: [['/results/0/rows/1/5', null]] })).toEqual([
      'skip uncertainty.ratio-not-judged /record/results/0/rows/1 fact:uncertainty',
    ])
    const inWords: readonly Change[] = [3, 4].map((column) => [`/results/0/columns/${column}/role`, 'condition'])
    expect(await decided({ of: F09, conditions: conditions('1/3'), changes: inWords })).toEqual([
      'skip uncertainty.ratio-no-limits /record/results fact:limits',
    ])
  })
})

describe('validity-remaining', () => {
  const conditions = (min: string): ClauseCondition[] => [condition('validity-remaining', { min })]
  it('counts from the requested day to the last day, both included', async () => {
    expect(await decided({ of: F01, conditions: conditions('P0D'), today: '2026-03-11' })).toEqual([])
    expect(await decided({ of: F01, conditions: conditions('P7D'), today: '2026-03-04' })).toEqual([])
    expect(await decided({ of: F01, conditions: conditions('P7D'), today: '2026-03-05' })).toEqual([
      'fail validity.remaining-too-short /record/validUntil',
    ])
    expect(await decided({ of: F01, conditions: conditions('P1M'), today: '2026-02-11' })).toEqual([])
    expect(await decided({ of: F01, conditions: conditions('P1M'), today: '2026-02-12' })).toEqual([
      'fail validity.remaining-too-short /record/validUntil',
    ])
  })
  it('does not apply without a validity of its own', async () => {
    expect(await decided({ of: F07, conditions: conditions('P9Y') })).toEqual([])
    expect(await decided({ of: F10, conditions: conditions('P9Y') })).toEqual([])
  })
})

it('a decision depends on its facts alone, whatever was decided before', async () => {
  const { record, signer } = F13
  const kind = kindOf(record)
  const facts = {
    record,
    kind,
    factDate: kind.factDate(record),
    today: '2025-06-16',
    from: '50',
    to: '51',
    authorisations: organisation(signer).authorisations,
    specifications: gatherSpecifications(all),
  }
  const before = JSON.stringify(decide(facts, [world.agreement]).checks)
  for (const of of Object.values(fixtures)) await decided({ of })
  expect(JSON.stringify(decide(facts, [world.agreement]).checks)).toBe(before)
})

it('every code of recognition occurs in at least one of these cases', () => {
  const codes = Object.keys({ ...recognitionTexts.codes, ...conditionTexts.codes })
  const elsewhere = (code: string): boolean => code.startsWith('agreement.') && !/^agreement\.not-(?!signed)/.test(code)
  expect(codes.filter((code) => !seen.has(code) && !elsewhere(code))).toEqual([])
})
