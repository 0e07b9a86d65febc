/**
 * An entry of the node's register of readers: a key of a browser or desk that may read from this node only. The operator's key signs
 * it; it is never part of a trust list and never sent to other nodes.
 */

import * as z from 'zod/mini'
import type { Instant } from '../base/date.js'
import { about, Digest, Line, named, Seconds, Uscc } from '../base/schema.js'
import { parseShape } from '../base/shape.js'
import { RECEIPT } from '../contract/index.js'
import { importKey, PublicJwk, parsePayload, parseStatement, type VerificationKey, verifySignature } from '../envelope/index.js'
import { checkKeyInterval, type Trust } from '../trust/index.js'
import { fault } from './messages.js'

export const READER_TYPE = 'metrology-reader+jwt'
const DAY = 86_400
/** Maximum admission of a reader, in days. */
export const READER_DAYS = 90

/** 读者登记载荷 — Payload of an entry in the register of readers (typ `metrology-reader+jwt`). Zod schema. */
export const ReaderClaims = named(
  'reader',
  about(
    z.strictObject({
      iss: about(Uscc, '运行节点的主管部门', 'Authority that runs the node'),
      iat: Seconds,
      exp: about(Seconds, '失效时间，距 iat 至多 90 天', 'End, at most 90 days after iat'),
      version: about(z.int().check(z.minimum(1), z.maximum(1_000_000)), '登记簿的第几条', 'Number of the entry in the register'),
      previous: about(z.optional(Digest), '上一条登记的标识，首条没有', 'Statement id of the entry before; absent in the first'),
      action: about(z.enum(['admit', 'revoke']), '准入或撤销', 'Admits or revokes'),
      key: about(PublicJwk, '读者的公钥', 'Public key of the reader'),
      name: about(Line, '姓名或岗位', 'Name or post'),
      role: about(z.enum(['inspector', 'clerk']), '监管读者（两地），机构读者（本机构）', 'Inspector: both provinces; clerk: of a body'),
      body: about(Uscc, '所代表的机构：请求令牌的 iss', 'Body the reader speaks for: the iss of its requests'),
    }),
    '读者登记载荷',
    'Payload of an entry of the register of readers',
  ),
)
export type ReaderClaims = z.infer<typeof ReaderClaims>

/** A reader whose entry is in force. */
export interface Reader {
  readonly kid: string
  readonly name: string
  readonly role: ReaderClaims['role']
  readonly body: string
  readonly exp: Instant
  readonly verification: VerificationKey
}

/** The newest entry of a key, whether or not it is in force. */
export interface ReaderEntry extends Reader {
  readonly state: 'admitted' | 'revoked' | 'expired'
  readonly iat: Instant
  /** Number of the entry in the register. */
  readonly version: number
}

/** The authority of a register, and the facts by which its entries are verified. */
interface OpenedBy {
  readonly trust: Trust
  /** USCC of the authority that runs the node. */
  readonly authority: string
  readonly now: Instant
}

/** Verifies an entry. @throws `reader.invalid` if no key of the node signed it, or a trust list has the reader's key */
export async function openReader(signed: string, { trust, authority, now }: OpenedBy): Promise<ReaderEntry> {
  const refuse = (reason: string): never => {
    throw fault('reader.invalid', { reason })
  }
  const statement = parseStatement(signed, READER_TYPE)
  const operator = trust.holders(statement.kid).find(({ entity, key }) => entity.uscc === authority && key.typ.includes(RECEIPT))
  if (operator === undefined || !(await verifySignature(statement, operator.verification))) return refuse('signature')
  const { value, faults } = parseShape<ReaderClaims>(ReaderClaims, parsePayload(statement))
  if (value === undefined) return refuse(faults[0]?.path ?? '')
  const { iss, iat, exp, key, name, role, body, action, version } = value
  if (iss !== authority) refuse('iss')
  if (exp - iat > READER_DAYS * DAY) refuse('exp')
  // Every revocation of the key counts, whatever its time: a thief can backdate `iat`.
  if (checkKeyInterval(operator.key, iat, Number.POSITIVE_INFINITY).status !== 'pass') refuse('key')
  const verification = await importKey(key)
  if (trust.holders(verification.kid).length > 0) refuse('listed')
  const state = action === 'revoke' ? 'revoked' : now > exp ? 'expired' : 'admitted'
  return { kid: verification.kid, name, role, body, exp, verification, state, iat, version }
}
