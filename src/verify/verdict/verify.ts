/**
 * The verification pipeline: text → envelope → record → facts → decision → verdict. Pure: no clock, no network, no global; the same
 * arguments give the same verdict, byte for byte, years later.
 */

import type { Check } from '../../base/check.js'
import { type Instant, parseInstant } from '../../base/date.js'
import { anObject, checkArgument } from '../../base/options.js'
import { checkRecord } from '../../conformance/index.js'
import { gatherSpecifications, type PublishedSpecification, type Specifications } from '../../recognition/index.js'
import type { KindRow } from '../../records/index.js'
import { checkStatus, knownTogether } from '../../status/inside.js'
import { type Authenticated, type Checking, checkClaims, checkSignature, type Form, type SignedClaims } from './authenticate.js'
import { checkIssuer } from './check-issuer.js'
import { checkSpecificationOptions, checkStatement, checkStatements, checkVerifyOptions } from './check-options.js'
import { checkCoSignatures } from './co-signatures.js'
import { aRecord, type Examined, FOREIGN, judge, type VerifyOptions } from './judge.js'
import type { Verdict } from './verdict.js'

/** One compact JWS, or several over the same payload, for example ES256 and SM2. */
export type SignedRecord = string | readonly string[]

/**
 * Verifies and judges a signed record. Never throws because of the statement: that it is forged or expired is an outcome. If there
 * are several signatures, each must be valid; the verdict is about the statement that they share.
 * @throws `verify.options` for an argument of the wrong type
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
  const signed = checkSignatures(statement, options, at, aRecord, HERE)
  return judge('then' in signed ? await signed : signed, at, options, aRecord).verdict
}
const HERE = {}

/**
 * Like `verify`, but also returns the parsed record, so that the node need not parse it again. `execution: 'threadPool'`: verify signatures
 * on the thread pool. `parsed`: reuse an already parsed JWS.
 */
export async function examine(
  statement: SignedRecord,
  options: VerifyOptions,
  given: Pick<Checking, 'execution' | 'parsed'> = {},
): Promise<Examined> {
  checkStatement('examine', statement)
  checkArgument('examine', 'options', options, anObject)
  const at = parseInstant(options.at)
  const signed = checkSignatures(statement, options, at, aRecord, given)
  return judge('then' in signed ? await signed : signed, at, options, aRecord)
}

/** Synchronous on Node for a single signature that is verified on this thread. */
export function checkSignatures<C extends SignedClaims>(
  given: SignedRecord,
  { trust, policy, log }: Pick<VerifyOptions, 'trust' | 'policy' | 'log'>,
  at: Instant,
  form: Form<C>,
  { execution, parsed, payload }: Pick<Checking, 'execution' | 'parsed' | 'payload'>,
): Authenticated<C> | Promise<Authenticated<C>> {
  const { maxLength, algorithms: required = [] } = policy
  const [statement = '', ...others] = typeof given === 'string' ? [given] : given
  const first = checkSignature(statement, trust, at, form, { maxLength, execution, parsed, payload })
  if (others.length === 0 && required.length === 0) return first
  const further = { others, required, checking: { maxLength, execution }, proof: { log, region: policy.region } }
  return (async () => checkCoSignatures(await first, further, trust, at, form))()
}

/** Number of statements per batch: their signatures are verified together, then their contents. */
const BATCH = 32

/**
 * Judges statements in order, with the verdicts of `verify`. On Node the thread pool verifies the signatures of the next batch
 * while this thread judges the contents of the current one, so that a second processor does most of the work. One batch is read
 * ahead of the verdicts that are yielded.
 * @throws `verify.options` before the first verdict for invalid options; for an item that is not a statement, after the verdicts
 * of the items before it
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
    const signed = Promise.all(
      together.map(async (statement) => checkSignatures(statement, options, at, aRecord, { execution: 'threadPool' })),
    )
    // An error is thrown when this batch is awaited, and is lost with the batch if the caller stops before.
    signed.catch(() => undefined)
    for (const one of (await before) ?? []) yield judge(one, at, options, aRecord).verdict
    before = signed
  }
  for (const one of (await before) ?? []) yield judge(one, at, options, aRecord).verdict
  // Verdicts of the statements before the error were already yielded.
  if (fault !== undefined) throw fault.error
}

/** Splits items into batches of `BATCH`; a synchronous source is read without a round of the event loop per item. */
export async function* inBatches<T>(
  items: Iterable<T> | AsyncIterable<T>,
  check: (item: T) => void,
  failed: (error: unknown) => void,
): AsyncGenerator<readonly T[], void, undefined> {
  let batch: T[] = []
  try {
    if ((items as AsyncIterable<T>)[Symbol.asyncIterator] === undefined) {
      for (const item of items as Iterable<T>) {
        check(item)
        if (batch.push(item) < BATCH) continue
        yield batch
        batch = []
      }
    } else {
      for await (const item of items) {
        check(item)
        if (batch.push(item) < BATCH) continue
        yield batch
        batch = []
      }
    }
  } catch (error) {
    failed(error)
  }
  if (batch.length > 0) yield batch
}

export interface ReadSpecifications {
  readonly specifications: Specifications
  /** Rejected statements, each with the reasons. */
  readonly refused: readonly { readonly statement: string; readonly checks: readonly Check[] }[]
}

/**
 * Reads facts from published specification statements, each only if it is genuine, well formed, and within the publisher's
 * scope. A peer's list may contain anything; what is rejected is returned with its reasons.
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
    const { checks, statement, claims, holder } = checkClaims(
      await checkSignature(text, options.trust, at, aRecord),
      options.trust,
      at,
      aRecord,
      { log: options.log },
    )
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
