/**
 * The first half of a verdict: is this a genuine statement of that issuer? Order: size, lexing, header, key in memory,
 * signature, payload, claims, and only then whose key it is. Nothing unsigned is parsed beyond its header.
 */

import type * as z from 'zod/mini'
import { blocked, type Check, found, pass, passWith, type Row, unknown } from '../../base/check.js'
import { CLOCK_SKEW, formatInstant, type Instant } from '../../base/date.js'
import { isTonghengError } from '../../base/error.js'
import type { RowId } from '../../base/message.js'
import { parseGrown, type ShapeFault } from '../../base/shape.js'
import { newerMembers, shapeFindings } from '../../conformance/index.js'
import {
  algorithms,
  checkSize,
  parsePayload,
  readHeader,
  type Statement,
  type StatementType,
  splitStatement,
  verifySignature,
  type Where,
} from '../../envelope/index.js'
import { coded as envelopeCoded } from '../../envelope/messages.js'
import type { RecordClaims } from '../../records/index.js'
import { authorityRows, checkBinding, checkKeyUse, checkListFreshness, type KeyHolder, type Trust } from '../../trust/index.js'
import { checkKeyTime, type KeyQuestion } from '../../trust/inside.js'
import { coded as trustCoded } from '../../trust/messages.js'
import { coded } from './messages.js'

const NO_FAULTS: readonly ShapeFault[] = []

/** What every statement that is judged says of itself: by whom, and when. */
export interface SignedClaims {
  readonly iss: string
  readonly iat: Instant
}

/** A type of statement that is judged: a record, or a label that speaks for one. */
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

/** What is known so far; `stoppedBy` is the row that keeps everything after it from being judged. */
export interface Authenticated<C extends SignedClaims = RecordClaims> {
  readonly checks: readonly Check[]
  readonly statement?: Statement
  /** Present where the signature is valid and the payload has its claims. */
  readonly claims?: C
  /** Present where the key is the issuer's, on the word of a current list. */
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

/** Of a text that never became a statement: the steps before `last` passed, what comes after could not run. */
export function refused<C extends SignedClaims>(last: Check): Authenticated<C> {
  const step = authenticityRows.findIndex(({ id }) => id === last.id)
  return stop(authenticityRows.slice(0, step).map(pass), last)
}

/** Rows at which a text that carries a statement in another form may be refused. */
export const { lexing, key } = rowsOf

export interface Checking {
  /** Most characters of a statement. */
  readonly maxLength?: number | undefined
  readonly where?: Where | undefined
  /** The result of `parseStatement` for this very text, where the caller has it already. */
  readonly parsed?: Statement | undefined
}

/** Form and signature. Never throws on account of the statement. */
export function checkSignature<C extends SignedClaims>(
  text: string,
  trust: Trust,
  at: Instant,
  { typ }: Form<C>,
  { maxLength, where, parsed }: Checking = {},
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
    return stop(checks, found(rowsOf.signature, { code: envelopeCoded('alg.not-of-key'), params: { alg, expected: verification.alg } }), {
      statement,
    })
  }
  const expected = algorithms.get(alg)?.signatureLength
  if (signature.length !== expected) {
    return stop(checks, found(rowsOf.signature, { code: coded('signature.form'), params: { length: signature.length, expected } }), {
      statement,
    })
  }
  const conclude = (verified: boolean): Authenticated<C> => {
    if (!verified) return stop(checks, found(rowsOf.signature, { code: envelopeCoded('signature.invalid') }), { statement })
    checks.push(pass(rowsOf.signature))
    return { checks, statement }
  }
  const verified = verifySignature(statement, verification, where)
  return typeof verified === 'boolean' ? conclude(verified) : verified.then(conclude)
}

/** A key that no list has. A list that is out of date may simply not have it yet. */
export function unknownKey(kid: string, trust: Trust, at: Instant): Check {
  const params = { kid }
  if (trust.lists.some((list) => at > list.payload.exp))
    return unknown(rowsOf.key, 'trust-list', { code: coded('key.unknown-list-expired'), params })
  if (trust.partlyRead.length > 0) return unknown(rowsOf.key, 'newer-version', { code: coded('key.unknown-list-newer'), params })
  return found(rowsOf.key, { code: trustCoded('key.unknown'), params })
}

/** What is known of the time of signing, and who asks: see `checkKeyTime`. */
export type SigningProof = Pick<KeyQuestion, 'log' | 'region'>

/** Payload, claims, and whose key it was. Never throws on account of the statement. */
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
  let payload: ReturnType<typeof parsePayload>
  try {
    // The length was judged before anything was decoded, by the caller's own limit.
    payload = parsePayload(statement, { maxLength: statement.payload.length })
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
  // What an expired list says of keys and scopes may be out of date in either direction.
  if (list.blockedBy !== undefined) return stop(checks, list, { statement, claims })
  checks.push(list)
  if (holder === undefined) return stop(checks, binding, { statement, claims })
  const question = { statementId: statement.id, iat: claims.iat, at, trust, log: proof.log, region: proof.region }
  checks.push(binding, checkKeyUse(holder.key, form.typ), checkKeyTime(holder, question), checkIssuedAt(claims.iat, at))
  return { checks, statement, claims, holder }
}

function checkIssuedAt(iat: Instant, at: Instant): Check {
  if (iat <= at + CLOCK_SKEW) return pass(rowsOf.issuedAt)
  return found(rowsOf.issuedAt, { code: coded('iat.in-future'), path: '/iat', params: { iat: formatInstant(iat), at: formatInstant(at) } })
}

/** A fault thrown by parsing, as the check it is. Anything else is a defect of ours and goes on up. */
function faultOf(step: Row, error: unknown): Check {
  if (!isTonghengError(error)) throw error
  const { pointer, ...params } = error.details
  return found(step, {
    code: error.code,
    params,
    ...(typeof pointer === 'string' && { path: pointer }),
    ...(Object.keys(params).length > 0 && { evidence: params }),
  })
}
