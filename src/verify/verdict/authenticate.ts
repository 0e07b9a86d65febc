/**
 * The first half of a verdict: is this a genuine statement of that issuer? Order: size, parsing, header, key lookup, signature,
 * payload, claims, and last the holder of the key. Of an unverified statement only the header is parsed.
 */

import type * as z from 'zod/mini'
import { blocked, type Check, failed, missingFact, pass, passWith, type Row } from '../../base/check.js'
import { CLOCK_SKEW, formatInstant, type Instant } from '../../base/date.js'
import { isTonghengError } from '../../base/error.js'
import type { RowId } from '../../base/message.js'
import { parseGrown, type ShapeFault } from '../../base/shape.js'
import { newerMembers, shapeFindings } from '../../conformance/index.js'
import {
  algorithms,
  checkSize,
  type Execution,
  parsePayload,
  readHeader,
  type Statement,
  type StatementType,
  splitStatement,
  verifySignature,
} from '../../envelope/index.js'
import { coded as envelopeCoded } from '../../envelope/messages.js'
import type { RecordClaims } from '../../records/index.js'
import { authorityRows, checkBinding, checkKeyUse, checkListFreshness, type KeyHolder, type Trust } from '../../trust/index.js'
import { checkKeyTime, type KeyQuestion } from '../../trust/inside.js'
import { coded as trustCoded } from '../../trust/messages.js'
import { coded } from './messages.js'

const NO_FAULTS: readonly ShapeFault[] = []

/** Claims common to all verified statements: issuer and time. */
export interface SignedClaims {
  readonly iss: string
  readonly iat: Instant
}

/** A verified type of statement: a record, or a label that represents one. */
export interface Form<C extends SignedClaims = RecordClaims> {
  readonly typ: StatementType
  readonly claims: z.ZodMiniType<C>
}

const row = (id: RowId, group: Row['group'], basis: string): Row => ({ id, group, basis, since: '0.1.0' })
const rowsOf = {
  size: row(coded('statement.size'), 'shape', 'RFC 8725 §3.15'),
  lexing: row(coded('statement.lexing'), 'shape', 'RFC 7515 §7.1; RFC 4648 §5'),
  header: row(coded('statement.header'), 'shape', 'RFC 7515 §4.1; RFC 8725 §3.1, §3.11'),
  key: row(coded('key.known'), 'authenticity', 'RFC 7515 §4.1.4; RFC 7638'),
  signature: row('signature', 'authenticity', '电子签名法 第十三条、第十四条; RFC 7515 §5.2'),
  payload: row(coded('statement.payload'), 'shape', 'RFC 8259; RFC 7493'),
  claims: row(coded('statement.claims'), 'shape', 'RFC 7519 §4.1'),
  issuedAt: row(coded('statement.issued-at'), 'authenticity', 'RFC 7519 §4.1.6'),
}

/** Also the row of every further signature over the same content. */
export const signatureRow = rowsOf.signature

/** Rows of authenticity, in the order of the report. */
export const authenticityRows: readonly Row[] = [
  rowsOf.size,
  rowsOf.lexing,
  rowsOf.header,
  rowsOf.key,
  rowsOf.signature,
  rowsOf.payload,
  rowsOf.claims,
  authorityRows.list,
  authorityRows.binding,
  authorityRows.use,
  authorityRows.interval,
  rowsOf.issuedAt,
]

/** Intermediate result; `stoppedBy` is the row that blocks everything after it. */
export interface Authenticated<C extends SignedClaims = RecordClaims> {
  readonly checks: readonly Check[]
  readonly statement?: Statement
  /** The payload as `parsePayload` reads it, where the caller had it. */
  readonly payload?: { readonly [name: string]: unknown }
  /** Present if the signature is valid and the payload has its claims. */
  readonly claims?: C
  /** Present if a current list states that the key is the issuer's. */
  readonly holder?: KeyHolder
  readonly stoppedBy?: RowId
}

function stop<C extends SignedClaims>(
  checks: Check[],
  last: Check,
  rest: Omit<Authenticated<C>, 'checks' | 'stoppedBy'> = {},
): Authenticated<C> {
  checks.push(last)
  const next = authenticityRows.findIndex(({ id }) => id === last.id) + 1
  for (const later of authenticityRows.slice(next)) checks.push(blocked(later, last.id))
  return { checks, stoppedBy: last.id, ...rest }
}

/** Result for a text that is not a statement: the steps before `last` passed, the following ones are blocked. */
export function refused<C extends SignedClaims>(last: Check): Authenticated<C> {
  const step = authenticityRows.findIndex(({ id }) => id === last.id)
  return stop(authenticityRows.slice(0, step).map(pass), last)
}

/** Rows at which a text that contains a statement in another form may be rejected. */
export const { lexing, key } = rowsOf

export interface Checking {
  /** Maximum length of a statement in characters. */
  readonly maxLength?: number | undefined
  readonly execution?: Execution | undefined
  /** The result of `parseStatement` for this text, if the caller has it. */
  readonly parsed?: Statement | undefined
  /** The result of `parsePayload` for it, if the caller has that. */
  readonly payload?: { readonly [name: string]: unknown } | undefined
}

/** Checks form and signature. Never throws because of the statement. */
export function checkSignature<C extends SignedClaims>(
  text: string,
  trust: Trust,
  at: Instant,
  { typ }: Form<C>,
  { maxLength, execution, parsed, payload }: Checking = {},
): Authenticated<C> | Promise<Authenticated<C>> {
  const checks: Check[] = []
  let statement: Statement
  let step = rowsOf.size
  try {
    checkSize(text, maxLength === undefined ? {} : { maxLength })
    checks.push(pass(step))
    step = rowsOf.lexing
    const parts = parsed ?? splitStatement(text)
    checks.push(pass(step))
    step = rowsOf.header
    statement = 'headerSegment' in parts ? readHeader(parts, typ) : parts
    checks.push(pass(step))
  } catch (error) {
    return stop(checks, faultOf(step, error))
  }
  const { kid, alg, signature } = statement
  const [first] = trust.holders(kid)
  if (first === undefined) return stop(checks, unknownKey(kid, trust, at), { statement })
  checks.push(passWith(rowsOf.key, { kid }))
  const { verification } = first
  if (alg !== verification.alg) {
    return stop(checks, failed(rowsOf.signature, { code: envelopeCoded('alg.not-of-key'), params: { alg, expected: verification.alg } }), {
      statement,
    })
  }
  const expected = algorithms.get(alg)?.signatureLength
  if (signature.length !== expected) {
    return stop(checks, failed(rowsOf.signature, { code: coded('signature.form'), params: { length: signature.length, expected } }), {
      statement,
    })
  }
  const conclude = (verified: boolean): Authenticated<C> => {
    if (!verified) return stop(checks, failed(rowsOf.signature, { code: envelopeCoded('signature.invalid') }), { statement })
    checks.push(pass(rowsOf.signature))
    return payload === undefined ? { checks, statement } : { checks, statement, payload }
  }
  const verified = verifySignature(statement, verification, execution)
  return typeof verified === 'boolean' ? conclude(verified) : verified.then(conclude)
}

/** A key that no list contains. An outdated list may not contain it yet. */
export function unknownKey(kid: string, trust: Trust, at: Instant): Check {
  const params = { kid }
  if (trust.lists.some((list) => at > list.payload.exp))
    return missingFact(rowsOf.key, 'trust-list', { code: coded('key.unknown-list-expired'), params })
  if (trust.partlyRead.length > 0) return missingFact(rowsOf.key, 'newer-version', { code: coded('key.unknown-list-newer'), params })
  return failed(rowsOf.key, { code: trustCoded('key.unknown'), params })
}

/** Evidence of the signing time, and the deciding province: see `checkKeyTime`. */
export type SigningProof = Pick<KeyQuestion, 'log' | 'region'>

/** Checks payload, claims, and the holder of the key. Never throws because of the statement. */
export function checkClaims<C extends SignedClaims>(
  signed: Authenticated<C>,
  trust: Trust,
  at: Instant,
  form: Form<C>,
  proof: SigningProof = {},
): Authenticated<C> {
  const { statement } = signed
  if (signed.stoppedBy !== undefined || statement === undefined) return signed
  const checks = [...signed.checks]
  let payload: Authenticated<C>['payload']
  try {
    // The length was checked before decoding, against the caller's own limit.
    payload = signed.payload ?? parsePayload(statement, { maxLength: statement.payload.length })
    checks.push(pass(rowsOf.payload))
  } catch (error) {
    return stop(checks, faultOf(rowsOf.payload, error), { statement })
  }
  const { value: claims, faults, newer = NO_FAULTS } = parseGrown<C>(form.claims, payload)
  if (claims === undefined) {
    const findings = shapeFindings(rowsOf.claims, faults, '')
    checks.push(...findings.slice(0, -1))
    return stop(checks, findings.at(-1) as Check, { statement })
  }
  checks.push(newer.length === 0 ? pass(rowsOf.claims) : newerMembers(rowsOf.claims, newer))

  const holders = trust.holders(statement.kid)
  const { holder, check: binding } = checkBinding(trust, holders, claims.iss)
  const list = checkListFreshness((holder ?? (holders[0] as KeyHolder)).list, at)
  // Keys and scopes in an expired list may be outdated in either direction.
  if (list.blockedBy !== undefined) return stop(checks, list, { statement, claims })
  checks.push(list)
  if (holder === undefined) return stop(checks, binding, { statement, claims })
  const question = { statementId: statement.id, iat: claims.iat, at, trust, log: proof.log, region: proof.region }
  checks.push(binding, checkKeyUse(holder.key, form.typ), checkKeyTime(holder, question), checkIssuedAt(claims.iat, at))
  return { checks, statement, claims, holder }
}

function checkIssuedAt(iat: Instant, at: Instant): Check {
  if (iat <= at + CLOCK_SKEW) return pass(rowsOf.issuedAt)
  return failed(rowsOf.issuedAt, { code: coded('iat.in-future'), path: '/iat', params: { iat: formatInstant(iat), at: formatInstant(at) } })
}

/** Converts a parsing error to a check; any other error is a defect of ours and is rethrown. */
function faultOf(step: Row, error: unknown): Check {
  if (!isTonghengError(error)) throw error
  const { pointer, ...params } = error.details
  return failed(step, {
    code: error.code,
    params,
    ...(typeof pointer === 'string' && { path: pointer }),
    ...(Object.keys(params).length > 0 && { evidence: params }),
  })
}
