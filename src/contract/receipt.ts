/** The receipt: the receiver's signed decision, as proof for the sender. Rejections are signed too. */

import * as z from 'zod/mini'
import { decodeBase64url } from '#native'
import { type Check, failed, missingFact, type Row } from '../base/check.js'
import { isTonghengError } from '../base/error.js'
import { about, Digest, named, Seconds, Uscc } from '../base/schema.js'
import { parseShape } from '../base/shape.js'
import { parsePayload, parseStatement, type Signer, type Statement, signStatement, verifySignature } from '../envelope/index.js'
import { type Checkpoint, verifyInclusion } from '../log/index.js'
import { checkKeyInterval, type Trust } from '../trust/index.js'
import { leafOf, openListedCheckpoint, type Verdict } from '../verify/index.js'
import { coded as verifyCoded } from '../verify/verdict/messages.js'
import { coded, fault } from './messages.js'
import { CheckShape, PlaceShape } from './shapes.js'

/** `typ` of a receipt. */
export const RECEIPT = 'metrology-receipt+jwt'

export const ReceiptDecision = about(
  z.enum(['accepted', 'rejected', 'pending']),
  '受理结果：已接收、已退回、待处理',
  'Decision: accepted, rejected, pending',
)
/** `accepted`: genuine and conforming. `rejected`: a check failed; the receipt is evidence of it. `pending`: a fact is missing. */
export type ReceiptDecision = z.infer<typeof ReceiptDecision>

/**
 * 回执载荷 — Payload of a receipt (typ `metrology-receipt+jwt`): a node's decision on a statement, and its index in the log. Zod
 * schema.
 */
export const ReceiptClaims = named(
  'receipt',
  about(
    z.looseObject({
      iss: about(Uscc, '接收方', 'Receiver'),
      aud: about(Uscc, '提交方', 'Sender'),
      sub: about(
        z.union([Digest, z.literal('')]),
        '签名记录标识；送件不是签名记录时为空',
        'Statement id; empty where no statement could be read',
      ),
      iat: about(Seconds, '受理时间', 'Time of receipt'),
      req: about(z.string().check(z.maxLength(64)), '请求令牌的编号（jti）', 'jti of the request'),
      decision: ReceiptDecision,
      reasons: about(
        z.array(CheckShape).check(z.maxLength(200)),
        '理由：未通过、有提示、未能检查的各项',
        'Reasons: checks that failed, warned or could not run',
      ),
      reliedOn: about(z.looseObject({}), '所依据的信任列表等', 'Documents relied on'),
      log: z.optional(PlaceShape),
    }),
    '回执载荷',
    'Payload of a receipt',
  ),
)
export type ReceiptClaims = z.infer<typeof ReceiptClaims>

/** Decides on what the sender is responsible for: genuineness and conformance, not recognition by the other province. */
export function decideReceipt({ checks }: Pick<Verdict, 'checks'>): ReceiptDecision {
  let decision: ReceiptDecision = 'accepted'
  for (const { group, status, blockedBy } of checks) {
    if (group === 'recognition') continue
    if (status === 'fail') return 'rejected'
    if (blockedBy?.startsWith('fact:')) decision = 'pending'
  }
  return decision
}

/** The checks that are reported to the sender. */
export const reasonsOf = ({ checks }: Pick<Verdict, 'checks'>): Check[] =>
  checks
    .filter(
      ({ group, status, blockedBy }) =>
        group !== 'recognition' && (status === 'fail' || status === 'warn' || blockedBy?.startsWith('fact:')),
    )
    .slice(0, 100)

const numberRow: Row = {
  id: coded('record.number'),
  group: 'conformance',
  basis: 'ISO/IEC 17025:2017 7.8.2.1 d; JJF 1069—2012',
  since: '0.1.0',
}

/** Check: another instrument or another content already has the certificate number. */
export const numberTaken = (number: string, earlier: string): Check =>
  missingFact(numberRow, 'certificate-number', { code: coded('record.number-taken'), params: { number, earlier }, evidence: { earlier } })

const claimsRow: Row = { id: verifyCoded('statement.claims'), group: 'shape', basis: 'RFC 7519 4.1.7', since: '0.2.0' }

/** Check: another content of this issuer already has the name (`jti`). */
export const nameTaken = (jti: string, earlier: string): Check =>
  failed(claimsRow, { code: coded('record.conflict'), path: '/jti', params: { jti }, evidence: { earlier } })

export const signReceipt = (claims: ReceiptClaims, signer: Signer): Promise<string> => signStatement(claims, { typ: RECEIPT, signer })

/**
 * Reads the claims of a receipt. With `trust`, the receiver's own key must have signed them within its validity.
 * @throws `receipt.invalid`
 */
export async function readReceipt(receipt: string, trust?: Trust): Promise<ReceiptClaims> {
  const { statement, payload } = openReceipt(receipt)
  const { value, faults } = parseShape<ReceiptClaims>(ReceiptClaims, payload)
  if (value === undefined) throw fault('receipt.invalid', { reason: faults[0]?.path ?? '' })
  if (trust === undefined) return value
  const holder = trust.holders(statement.kid).find(({ entity, key }) => entity.uscc === value.iss && key.typ.includes(RECEIPT))
  if (holder === undefined) throw fault('receipt.invalid', { reason: 'key' })
  // Do not use a clock: a known revocation applies from its own time, whatever the current time.
  const { status, code } = checkKeyInterval(holder.key, value.iat, Number.POSITIVE_INFINITY)
  if (status !== 'pass') throw fault('receipt.invalid', { reason: code })
  if (!(await verifySignature(statement, holder.verification, 'threadPool'))) throw fault('receipt.invalid', { reason: 'signature' })
  await checkPlace(value, trust)
  return value
}

/**
 * Reads a receipt for a given statement: a receipt for another statement proves nothing.
 * @param request `jti` of the request that it answers. A rejection that is not in the log is signed again for each request, so one for an
 * earlier request is a replay, and its reason may no longer apply. A stored decision has an index in the log, and every later request gets
 * the same receipt.
 * @throws `receipt.invalid`
 */
export async function receiptFor(receipt: string, statementId: string, trust: Trust | undefined, request?: string): Promise<ReceiptClaims> {
  const claims = await readReceipt(receipt, trust)
  if (claims.sub !== statementId) throw fault('receipt.invalid', { reason: 'sub' })
  const { decision, log, req } = claims
  if (request !== undefined && decision === 'rejected' && log === undefined && req !== request)
    throw fault('receipt.invalid', { reason: 'req' })
  return claims
}

/** If the receipt states an index in the log, its inclusion proof and checkpoint must verify. */
async function checkPlace({ iss, sub, log }: ReceiptClaims, trust: Trust): Promise<void> {
  if (log === undefined) return
  const { size, root } = await openedCheckpoint(log.checkpoint, trust, iss)
  if (!verifyInclusion(log.index, size, leafOf(sub), log.proof.map(decodeBase64url), root))
    throw fault('receipt.invalid', { reason: 'log.proof' })
}

/** Caches the last verified checkpoint: the receipts of a batch share one. */
const verified = new WeakMap<Trust, { readonly authority: string; readonly note: string; readonly checkpoint: Checkpoint }>()

async function openedCheckpoint(note: string, trust: Trust, authority: string): Promise<Checkpoint> {
  const last = verified.get(trust)
  if (last !== undefined && last.note === note && last.authority === authority) return last.checkpoint
  try {
    const checkpoint = await openListedCheckpoint(note, trust, { authority })
    verified.set(trust, { authority, note, checkpoint })
    return checkpoint
  } catch (cause) {
    if (!isTonghengError(cause)) throw cause
    throw fault('receipt.invalid', { reason: cause.code }, { cause })
  }
}

function openReceipt(receipt: string): { statement: Statement; payload: unknown } {
  try {
    const statement = parseStatement(receipt, RECEIPT)
    return { statement, payload: parsePayload(statement) }
  } catch (cause) {
    if (!isTonghengError(cause)) throw cause
    throw fault('receipt.invalid', { reason: cause.code }, { cause })
  }
}
