/**
 * The one pipeline: text → envelope → record → facts → decision → verdict. Pure: no clock, no network, no global; the
 * same arguments give the same verdict, byte for byte, years later.
 */

import type { Check, Row, Unfinished } from '../../base/check.js'
import { civilDateOf, formatInstant, type Instant, parseInstant } from '../../base/date.js'
import type { RowId, Text } from '../../base/message.js'
import { anObject, checkArgument } from '../../base/options.js'
import { CATALOGUE_VERSION, parseSpecificationNumber } from '../../catalogue/index.js'
import { blockedRows, checkRecord, rules, shapeRows } from '../../conformance/index.js'
import type { AlgorithmName, Statement } from '../../envelope/index.js'
import {
  type Agreement,
  catalogueOnly,
  type Decision,
  decide,
  gatherSpecifications,
  type PublishedSpecification,
  recognitionRows,
  type Specifications,
} from '../../recognition/index.js'
import type { AnyRecord, KindRow, RecordClaims } from '../../records/index.js'
import type { Status, StatusList } from '../../status/index.js'
import { checkStatus, knownTogether, status } from '../../status/inside.js'
import type { KeyHolder, Trust, TrustList } from '../../trust/index.js'
import type { LogEvidence } from '../../trust/inside.js'
import { type Authenticated, authenticityRows, type Checking, checkClaims, checkSignature } from './authenticate.js'
import { checkIssuer, issuerRows } from './check-issuer.js'
import { checkSpecificationOptions, checkStatement, checkStatements, checkVerifyOptions } from './check-options.js'
import { checkCoSignatures } from './co-signatures.js'
import { say } from './messages.js'
import { outcomeOf, type Verdict } from './verdict.js'

export interface VerifyOptions {
  /** The moment asked about: RFC 3339 with an offset, a Date, or seconds. Any past moment may be asked about. */
  readonly at: string | Date | Instant
  readonly trust: Trust
  /** Versions of the agreement; the one in force on the day of the fact applies. */
  readonly agreements?: readonly Agreement[]
  /** What is known of specification editions. @default the catalogue of this package */
  readonly specifications?: Specifications
  /** Status lists and notices, from `openStatus`. Without them a record that has a status is never recognised. */
  readonly status?: Status
  /** Evidence that statements were there before a moment, from `openLogEvidence`. Without it nothing by a key that was revoked since is recognised. */
  readonly log?: LogEvidence
  readonly policy: {
    /** Two-digit code of the province that is asked to recognise: 50 Chongqing, 51 Sichuan. */
    readonly region: string
    /** Longest statement in characters. @default 262144 */
    readonly maxLength?: number
    /**
     * Algorithms of which one signature each is demanded, as `['SGD_SM3_SM2']` where national cryptography is required.
     * @default none: whatever a trust list admits will do
     */
    readonly algorithms?: readonly AlgorithmName[]
  }
}

const contentRows: readonly Row[] = [shapeRows.kind, shapeRows.schema, ...rules]

/** Every row of a verdict, in the order of the report. A row may stand several times, once for each thing found. */
export const verdictRows: readonly Row[] = [...authenticityRows, ...contentRows, ...issuerRows, status, ...recognitionRows]

/** One compact JWS, or several over the same payload: ES256 beside SM2, say. */
export type SignedRecord = string | readonly string[]

/**
 * Judges a signed record. Never throws on account of the statement; a forged or expired one is an answer. Where there are
 * several signatures each of them must hold, and the verdict is of the one statement they share.
 * @throws `verify.options` where an argument is not what it should be
 * @example
 * ```ts
 * import { verify } from 'tongheng'
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const statement = await world.sign('CD', fixtures.F01.record)
 * const verdict = await verify(statement, {
 *   at: '2025-06-16T09:00:00+08:00',
 *   trust: world.trust,
 *   agreements: [world.agreement],
 *   policy: { region: '50' },
 * })
 * verdict.outcome // => 'recognised'
 * ```
 */
export async function verify(statement: SignedRecord, options: VerifyOptions): Promise<Verdict> {
  checkVerifyOptions('verify', options)
  checkStatement('verify', statement)
  const at = parseInstant(options.at)
  const signed = checkSignatures(statement, options, at, HERE)
  return judge('then' in signed ? await signed : signed, at, options).verdict
}
const HERE = {}

/** A verdict, and what was read for it. */
export interface Examined {
  readonly verdict: Verdict
  /** Present where the statement is genuine. */
  readonly claims?: RecordClaims | undefined
  /** Present where its record is readable, too. */
  readonly record?: AnyRecord | undefined
}

/**
 * As `verify`, for a caller that stores the record: it is parsed once. `aside` is for a caller that judges several at once; `parsed` for a
 * single signature whose text was parsed before, as a record's.
 */
export async function examine(
  statement: SignedRecord,
  options: VerifyOptions,
  given: Pick<Checking, 'where' | 'parsed'> = {},
): Promise<Examined> {
  checkStatement('examine', statement)
  checkArgument('examine', 'options', options, anObject)
  const at = parseInstant(options.at)
  const signed = checkSignatures(statement, options, at, given)
  return judge('then' in signed ? await signed : signed, at, options)
}

/** At once, on Node, for a single signature checked here. */
function checkSignatures(
  given: SignedRecord,
  { trust, policy, log }: VerifyOptions,
  at: Instant,
  { where, parsed }: Pick<Checking, 'where' | 'parsed'>,
): Authenticated | Promise<Authenticated> {
  const { maxLength, algorithms: required = [] } = policy
  const [statement = '', ...others] = typeof given === 'string' ? [given] : given
  const first = checkSignature(statement, trust, at, { maxLength, where, parsed })
  if (others.length === 0 && required.length === 0) return first
  const further = { others, required, checking: { maxLength, where }, proof: { log, region: policy.region } }
  return (async () => checkCoSignatures(await first, further, trust, at))()
}

/** Statements whose signatures are checked together, and whose contents then are. */
const TOGETHER = 32

/**
 * Judges many, in order. The verdicts are those of `verify`. On Node the signatures of the next batch are checked on threads
 * of the runtime's pool while the contents of one are judged, so that a second processor carries the greater part of the work.
 * A batch is read ahead of the verdicts that are given out.
 * @throws `verify.options` before the first verdict, or after those of the statements before the one that is none
 * @example
 * ```ts
 * import { verifyMany } from 'tongheng'
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const statement = await world.sign('CD', fixtures.F01.record)
 * const outcomes: string[] = []
 * const options = {
 *   at: '2025-06-16T09:00:00+08:00',
 *   trust: world.trust,
 *   agreements: [world.agreement],
 *   policy: { region: '50' },
 * }
 * for await (const { outcome } of verifyMany([statement, 'no statement'], options)) outcomes.push(outcome)
 * outcomes // => ['recognised', 'not-recognised']
 * ```
 */
export async function* verifyMany(
  statements: Iterable<SignedRecord> | AsyncIterable<SignedRecord>,
  options: VerifyOptions,
): AsyncGenerator<Verdict, void, undefined> {
  checkVerifyOptions('verifyMany', options)
  checkStatements('verifyMany', statements)
  const at = parseInstant(options.at)
  let before: Promise<readonly Authenticated[]> | undefined
  let fault: { readonly error: unknown } | undefined
  const batches = inBatches(
    statements,
    (statement) => checkStatement('verifyMany', statement),
    (error) => {
      fault = { error }
    },
  )
  for await (const together of batches) {
    const signed = Promise.all(together.map((statement) => checkSignatures(statement, options, at, { where: 'aside' })))
    for (const one of (await before) ?? []) yield judge(one, at, options).verdict
    before = signed
  }
  for (const one of (await before) ?? []) yield judge(one, at, options).verdict
  // What the source gave before it failed has been judged.
  if (fault !== undefined) throw fault.error
}

/** What comes one by one, `TOGETHER` at a time. A list at hand is read without a turn of the loop for each of its items. */
async function* inBatches<T>(
  items: Iterable<T> | AsyncIterable<T>,
  check: (item: T) => void,
  failed: (error: unknown) => void,
): AsyncGenerator<readonly T[], void, undefined> {
  let batch: T[] = []
  try {
    if ((items as AsyncIterable<T>)[Symbol.asyncIterator] === undefined) {
      for (const item of items as Iterable<T>) {
        check(item)
        if (batch.push(item) < TOGETHER) continue
        yield batch
        batch = []
      }
    } else {
      for await (const item of items) {
        check(item)
        if (batch.push(item) < TOGETHER) continue
        yield batch
        batch = []
      }
    }
  } catch (error) {
    failed(error)
  }
  if (batch.length > 0) yield batch
}

const FOREIGN = { foreign: true }

function judge(signed: Authenticated, at: Instant, options: VerifyOptions): Examined {
  const { region } = options.policy
  const identity = checkClaims(signed, options.trust, at, { log: options.log, region })
  const { claims, holder, stoppedBy } = identity
  if (stoppedBy !== undefined || claims === undefined || holder === undefined) {
    const rest = blockedRows([...contentRows, ...issuerRows, status, ...recognitionRows], stoppedBy as RowId)
    return { verdict: conclude(at, identity, {}, [...identity.checks, ...rest], options) }
  }
  const content = checkRecord(claims.record, '/record', FOREIGN)
  const { kind, record } = content
  if (kind === undefined || record === undefined) {
    const by = kind === undefined ? shapeRows.kind.id : shapeRows.schema.id
    const rest = blockedRows([...issuerRows, status, ...recognitionRows], by)
    return { verdict: conclude(at, identity, { kind }, [...identity.checks, ...content.checks, ...rest], options), claims }
  }
  const facts = checkIssuer(record, kind, claims, holder, { at, region })
  const fate = checkStatus({ statementId: (identity.statement as Statement).id, claims, holder, region, at, record }, options.status)
  const decision = decide(
    {
      record,
      kind,
      factDate: kind.factDate(record),
      today: civilDateOf(at),
      from: facts.list.payload.region,
      to: region,
      authorisations: facts.authorisations,
      specifications: including(options.specifications ?? catalogueOnly, record, holder, identity),
      isPartlyRead: content.isPartlyRead,
    },
    options.agreements ?? [],
  )
  const checks = identity.checks.concat(content.checks, facts.checks, fate.checks, decision.checks)
  return {
    verdict: conclude(at, identity, { kind, record, decision, authorisedBy: facts.list, statusList: fate.list }, checks, options),
    claims,
    record,
  }
}

/** A specification under judgement is itself a publication of its province. */
function including(specifications: Specifications, record: AnyRecord, holder: KeyHolder, { statement }: Authenticated): Specifications {
  if (record.kind !== 'technical-specification' || statement === undefined) return specifications
  const statementId = statement.id
  if (specifications.published.some((publication) => publication.statementId === statementId)) return specifications
  return gatherSpecifications([...specifications.published, { record, region: holder.entity.region, statementId }])
}

interface Subject {
  readonly kind?: KindRow | undefined
  readonly record?: AnyRecord | undefined
  readonly decision?: Decision | undefined
  /** The list that authorises the issuer: that of its owner, unless another authority does for its own region. */
  readonly authorisedBy?: TrustList | undefined
  readonly statusList?: StatusList | undefined
}

function conclude(at: Instant, identity: Authenticated, subject: Subject, checks: readonly Check[], options: VerifyOptions): Verdict {
  const { statement, claims, holder } = identity
  const { kind, record, decision } = subject
  const { outcome, decidedBy, acceptedAs } = outcomeOf(checks)
  const effect = outcome === 'recognised' ? decision?.clause?.effect : acceptedAs && say('outcome.accepted-failure')
  const verdict: Unfinished<Verdict> = { outcome, at: formatInstant(at), decidedBy: decidedBy.id }
  if (acceptedAs !== undefined) verdict.acceptedAs = acceptedAs
  if (statement !== undefined) verdict.statementId = statement.id
  if (claims !== undefined && holder !== undefined) {
    verdict.issuer = claims.iss
    verdict.issuerName = inBoth(holder.entity.name)
  }
  if (kind !== undefined) verdict.kind = kind.kind
  if (kind !== undefined && record !== undefined) verdict.number = kind.number(record)
  if (effect !== undefined) verdict.effect = inBoth(effect)
  verdict.checks = checks
  verdict.reliedOn = reliedOn(holder, subject, options)
  return verdict as Verdict
}

/** A text that may have no English, in both languages. */
const inBoth = ({ zh, en = zh }: { readonly zh: string; readonly en?: string | undefined }): Text => ({ zh, en })

function reliedOn(
  holder: KeyHolder | undefined,
  { kind, record, decision, authorisedBy, statusList }: Subject,
  options: VerifyOptions,
): Verdict['reliedOn'] {
  const lists = holder === undefined ? [] : [holder.list]
  if (authorisedBy !== undefined && authorisedBy !== holder?.list) lists.push(authorisedBy)
  const agreement = decision?.agreement
  const documents: Unfinished<Verdict['reliedOn']> = {
    trustLists: lists.map(({ payload: { iss, version }, statementId }) => ({ id: iss, version, statementId })),
  }
  if (agreement !== undefined) {
    const { id, version } = agreement.payload
    documents.agreement = { id, version, statementId: agreement.statementId }
  }
  if (statusList !== undefined) {
    const { sub, iat } = statusList.claims
    documents.statusList = { id: sub, version: iat, statementId: statusList.statementId }
  }
  const isJudged = record !== undefined && kind !== undefined
  documents.specifications = isJudged
    ? reliedSpecifications(record, kind, options.specifications ?? catalogueOnly, options.policy.region)
    : []
  return documents as Verdict['reliedOn']
}

const FROM_CATALOGUE = `catalogue ${CATALOGUE_VERSION}`

function reliedSpecifications(record: AnyRecord, kind: KindRow, specifications: Specifications, region: string) {
  const relied: { readonly number: string; readonly source: string }[] = []
  for (const { number } of kind.basis(record)) {
    const parsed = parseSpecificationNumber(number)
    const edition = parsed && specifications.edition(parsed.key, region)
    if (parsed === undefined || edition === undefined) continue
    relied.push({ number: parsed.key, source: edition.source === 'catalogue' ? FROM_CATALOGUE : edition.source })
  }
  return relied
}

export interface ReadSpecifications {
  readonly specifications: Specifications
  /** Statements that were not taken, each with the reasons. */
  readonly refused: readonly { readonly statement: string; readonly checks: readonly Check[] }[]
}

/**
 * Facts from published specification statements, taken only where genuine, well formed, and within the publisher's
 * scope. A peer's list may hold anything; what is refused comes back with its reasons.
 * @example
 * ```ts
 * import { readSpecifications } from 'tongheng'
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const { refused } = await readSpecifications(['no statement'], { at: '2025-06-16T09:00:00+08:00', trust: world.trust })
 * refused.length // => 1
 * ```
 */
export async function readSpecifications(
  statements: readonly string[],
  options: Pick<VerifyOptions, 'at' | 'trust' | 'status' | 'log'>,
): Promise<ReadSpecifications> {
  checkSpecificationOptions(statements, options)
  const at = parseInstant(options.at)
  const known = await knownTogether(statements, options)
  const published: PublishedSpecification[] = []
  const refused: { statement: string; checks: readonly Check[] }[] = []
  for (const text of statements) {
    const { checks, statement, claims, holder } = checkClaims(await checkSignature(text, options.trust, at), options.trust, at, {
      log: options.log,
    })
    const content = claims && holder && checkRecord(claims.record, '/record', FOREIGN)
    const record = content?.record
    if (record?.kind !== 'technical-specification' || !statement || !claims || !holder) {
      refused.push({ statement: text, checks: [...checks, ...(content?.checks ?? [])] })
      continue
    }
    const issuer = checkIssuer(record, content?.kind as KindRow, claims, holder, { at })
    const fate = checkStatus({ statementId: statement.id, claims, holder, at, record }, known)
    const all = [...checks, ...(content?.checks ?? []), ...issuer.checks, ...fate.checks]
    if (all.some(({ status: result, blockedBy }) => result === 'fail' || blockedBy !== undefined))
      refused.push({ statement: text, checks: all })
    else published.push({ record, region: holder.entity.region, statementId: statement.id })
  }
  return { specifications: gatherSpecifications(published), refused }
}
