/**
 * The mutual-recognition agreement as data, co-signed by both authorities: the same payload, two signatures. Clauses state
 * what is recognised, in which direction, since when, under which conditions, and what recognition means.
 */

import * as z from 'zod/mini'
import { faultDetails } from '../base/faults.js'
import { aTrust, checkArgument, type Expectation, isArrayOf, isObject, texts } from '../base/options.js'
import { about, CivilDate, Line, LocalizedText, named, RegionCode, Seconds, Slug, Uscc } from '../base/schema.js'
import { parseShape, readGrown, readShape } from '../base/shape.js'
import { isAmongCategories } from '../catalogue/index.js'
import { parsePayload, parseStatement, verifySignature } from '../envelope/index.js'
import { checkKeyInterval, checkKeyUse, type Trust } from '../trust/index.js'
import { conditionOf } from './conditions.js'
import { coded, fault } from './messages.js'

export const TYP = 'metrology-agreement+jwt'

const Direction = z.strictObject({
  from: about(RegionCode, '出具方所在省', 'Issuer'),
  to: about(RegionCode, '采信方所在省', 'Recogniser'),
})

/** A condition by name, with its typed parameters. A name we do not know makes the verdict indeterminate, never invalid. */
const ClauseCondition = named('clause-condition', about(z.looseObject({ name: about(Slug, '条件名', 'Name') }), '互认条件', 'Condition'))
export type ClauseCondition = z.infer<typeof ClauseCondition>

/** 互认条款 — Clause of the agreement. Zod schema. */
export const Clause = named(
  'clause',
  about(
    z.strictObject({
      id: about(Slug, '条款标识', 'Name'),
      title: about(LocalizedText, '条款名称', 'Title'),
      basis: about(Line, '文件依据', 'Basis'),
      kinds: about(z.array(Slug).check(z.minLength(1), z.maxLength(20)), '记录种类', 'Kinds of record'),
      categories: about(
        z.union([z.literal('all'), z.array(Slug).check(z.minLength(1), z.maxLength(200))]),
        '器具类别',
        'Instrument categories',
      ),
      directions: about(z.array(Direction).check(z.minLength(1), z.maxLength(10)), '互认方向', 'Directions'),
      from: about(CivilDate, '起始日期', 'From'),
      to: about(z.optional(CivilDate), '终止日期', 'Until'),
      conditions: about(z.array(ClauseCondition).check(z.maxLength(20)), '条件', 'Conditions'),
      labelSuffices: about(z.optional(z.boolean()), '器具上的标签即可为凭', 'Label suffices'),
      effect: about(LocalizedText, '互认效力', 'Effect'),
    }),
    '互认条款',
    'Clause of the agreement',
  ),
)
export type Clause = z.infer<typeof Clause>

const AgreementTest = z.strictObject({
  title: about(Line, '测试名称', 'Title'),
  kind: Slug,
  category: z.optional(Slug),
  from: RegionCode,
  to: RegionCode,
  factDate: CivilDate,
  clause: about(z.union([Slug, z.null()]), '应适用的条款', 'Clause'),
})

/** 互认协议 — Mutual recognition agreement. Zod schema. */
export const AgreementPayload = named(
  'agreement',
  about(
    z.strictObject({
      id: about(Slug, '协议标识', 'Name'),
      version: about(z.int().check(z.minimum(1), z.maximum(1_000_000)), '版本', 'Version'),
      title: about(LocalizedText, '协议名称', 'Title'),
      parties: about(
        z.array(z.strictObject({ uscc: Uscc, region: RegionCode, name: LocalizedText })).check(z.minLength(2), z.maxLength(10)),
        '缔约主管部门',
        'The authorities that conclude it',
      ),
      iat: about(Seconds, '签署时间', 'Time of signing'),
      from: about(CivilDate, '生效日期', 'In force from'),
      to: about(z.optional(CivilDate), '终止日期', 'In force until'),
      clauses: about(z.array(Clause).check(z.minLength(1), z.maxLength(200)), '条款', 'Clauses'),
      tests: about(z.array(AgreementTest).check(z.minLength(1), z.maxLength(500)), '随附测试', 'Tests'),
    }),
    '互认协议',
    'Mutual recognition agreement',
  ),
)
export type AgreementPayload = z.infer<typeof AgreementPayload>

/** An agreement that all its parties signed; only `openAgreement` creates one. */
export interface Agreement {
  readonly payload: AgreementPayload
  readonly statementId: string
  readonly signed: readonly string[]
  /** RFC 6901 pointers to members of a later version; absent if there are none. */
  readonly newer?: readonly string[]
}

/** The question by which a clause is found. */
export interface ClauseQuestion {
  readonly kind: string
  readonly category?: string | undefined
  readonly from: string
  readonly to: string
  readonly factDate: string
}

/** The first respect in which a clause did not fit, reported if no clause applies. */
export type ClauseMiss = 'kind' | 'direction' | 'category' | 'date'

/** Criteria of a clause; their order decides which miss is reported. */
const COVERS: readonly (readonly [ClauseMiss, (clause: Clause, question: ClauseQuestion) => boolean])[] = [
  ['kind', ({ kinds }, { kind }) => kinds.includes(kind)],
  ['direction', ({ directions }, question) => directions.some(({ from, to }) => from === question.from && to === question.to)],
  [
    'category',
    ({ categories }, { category }) => categories === 'all' || (category !== undefined && isAmongCategories(categories, category)),
  ],
  ['date', ({ from, to }, { factDate }) => from <= factDate && (to === undefined || factDate <= to)],
]

/** The first clause that covers the question; otherwise the first criterion that the nearest clause misses. */
export function findClause(payload: AgreementPayload, question: ClauseQuestion): { clause: Clause } | { miss: ClauseMiss } {
  let nearest = 0
  for (const clause of payload.clauses) {
    const missed = COVERS.findIndex(([, covers]) => !covers(clause, question))
    if (missed === -1) return { clause }
    nearest = Math.max(nearest, missed)
  }
  return { miss: (COVERS[nearest] as (typeof COVERS)[number])[0] }
}

export const someAgreements: Expectation = {
  is: isArrayOf((one) => isObject(one) && isObject(one.payload)),
  expected: { zh: ' openAgreement 的结果组成的数组', en: 'an array of what openAgreement gives' },
}

/** Of the versions of one agreement, that in force on the day of the fact; the latest if there are several. */
export function agreementAt(agreements: readonly Agreement[], factDate: string): Agreement | undefined {
  checkArgument('agreementAt', 'agreements', agreements, someAgreements)
  let best: Agreement | undefined
  for (const agreement of agreements) {
    const { from, to, version } = agreement.payload
    if (factDate < from || (to !== undefined && factDate > to)) continue
    if (best === undefined || version > best.payload.version) best = agreement
  }
  return best
}

/**
 * Of each agreement between the two provinces, the version in force on the day of the fact, sorted by id. If none is between them, those of
 * other provinces, so that a verdict names what they do not cover.
 */
export function agreementsFor(
  agreements: readonly Agreement[],
  { from, to, factDate }: Pick<ClauseQuestion, 'from' | 'to' | 'factDate'>,
): readonly Agreement[] {
  checkArgument('agreementAt', 'agreements', agreements, someAgreements)
  const between = agreements.filter(({ payload }) => [from, to].every((one) => payload.parties.some(({ region }) => region === one)))
  const some = between.length > 0 ? between : agreements
  const ids = [...new Set(some.map(({ payload }) => payload.id))].sort()
  return ids.flatMap(
    (id) =>
      agreementAt(
        some.filter(({ payload }) => payload.id === id),
        factDate,
      ) ?? [],
  )
}

/**
 * Opens a co-signed agreement: one payload, signed for every party by a key that the party's trust list permits to sign agreements.
 * @throws `agreement.*`
 * @example
 * ```ts
 * import { openAgreement } from 'tongheng'
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const agreement = await openAgreement(world.signedAgreement, world.trust)
 * agreement.payload.parties.length // => 2
 * ```
 */
export async function openAgreement(signed: readonly string[], trust: Trust): Promise<Agreement> {
  checkArgument('openAgreement', 'signed', signed, texts)
  checkArgument('openAgreement', 'trust', trust, aTrust)
  const [first] = signed
  if (first === undefined || signed.length > 20) throw fault('agreement.empty')
  const statements = signed.map((text) => parseStatement(text, TYP))
  const statement = statements[0] as (typeof statements)[number]
  if (statements.some(({ payloadSegment }) => payloadSegment !== statement.payloadSegment)) throw fault('agreement.payload-differs')
  const { value: payload, newer } = readGrown<AgreementPayload>(AgreementPayload, parsePayload(statement), coded('agreement.shape'))
  // The rules of a later version are unknown, so its content is not checked; `decide` leaves everything undecided by it.
  if (newer.length === 0) checkContent(payload)
  for (const party of payload.parties) {
    const isSigned = await Promise.all(
      statements.map(async (candidate) => {
        const holder = trust.holders(candidate.kid).find(({ entity }) => entity.uscc === party.uscc && entity.region === party.region)
        if (holder === undefined || checkKeyUse(holder.key, TYP).status !== 'pass') return false
        // Every revocation in the list counts, whatever its time: an agreement is opened as of now.
        if (checkKeyInterval(holder.key, payload.iat, Number.POSITIVE_INFINITY).status !== 'pass') return false
        return verifySignature(candidate, holder.verification)
      }),
    )
    if (!isSigned.includes(true)) {
      const { zh, en } = party.name
      throw fault('agreement.not-signed', { party: party.uscc, name: { zh, en: en ?? zh } })
    }
  }
  return { payload, statementId: statement.id, signed, ...(newer.length > 0 && { newer }) }
}

/** @throws `agreement.shape`, `agreement.condition` */
export function payloadOf(json: unknown): AgreementPayload {
  const value = readShape<AgreementPayload>(AgreementPayload, json, coded('agreement.shape'))
  checkContent(value)
  // Tests and reports of changes refer to a clause by its id.
  const ids = value.clauses.map(({ id }) => id)
  const twice = ids.findIndex((id, at) => ids.indexOf(id) !== at)
  if (twice !== -1) throw fault('agreement.shape', { path: `/clauses/${twice}/id`, faults: [] })
  return value
}

/** @throws `agreement.shape`, `agreement.condition` */
function checkContent(payload: AgreementPayload): void {
  checkParties(payload)
  for (const [index, clause] of payload.clauses.entries()) {
    for (const [at, condition] of clause.conditions.entries()) {
      const known = conditionOf(condition.name)
      if (known === undefined) continue
      const { value: parameters, faults } = parseShape(known.parameters, condition)
      // Reject a second condition of one name: only the first would be evaluated.
      const isRepeated = clause.conditions.findIndex(({ name }) => name === condition.name) !== at
      if (parameters === undefined || isRepeated) {
        throw fault('agreement.condition', {
          clause: clause.id,
          condition: condition.name,
          ...faultDetails(faults, known.parameters),
          path: `/clauses/${index}/conditions/${at}${faults[0]?.path ?? ''}`,
        })
      }
    }
  }
}

/**
 * Each province in a direction must be the region of a party, and each party a different body, so that no authority can conclude
 * an agreement alone.
 */
function checkParties({ parties, clauses }: AgreementPayload): void {
  const wrong = (path: string): never => {
    throw fault('agreement.shape', { path, faults: [] })
  }
  parties.forEach(({ uscc }, at) => {
    if (parties.findIndex((party) => party.uscc === uscc) !== at) wrong(`/parties/${at}/uscc`)
  })
  const regions = new Set(parties.map(({ region }) => region))
  clauses.forEach(({ directions }, clause) => {
    directions.forEach(({ from, to }, at) => {
      if (!regions.has(from)) wrong(`/clauses/${clause}/directions/${at}/from`)
      if (!regions.has(to)) wrong(`/clauses/${clause}/directions/${at}/to`)
    })
  })
}
