/**
 * A notice names statements, their new status, its effective time, and the reason. Nothing is ever deleted: 注销 is a notice. The
 * issuer publishes notices about its own statements; the authority of its province may overrule it.
 */

import { ulid } from 'ulid'
import * as z from 'zod/mini'
import { anObject, aSigner, checkArgument, checkMembers, whole } from '../base/options.js'
import { randomFraction } from '../base/random.js'
import { about, Digest, grows, Line, LocalizedText, named, Seconds, Ulid, Uscc } from '../base/schema.js'
import { type Grown, readGrown, readShape } from '../base/shape.js'
import { type Signer, signStatement } from '../envelope/index.js'
import { coded, fault } from './messages.js'

const ACTIONS = ['revoke', 'suspend', 'reinstate', 'supersede'] as const
export type Action = (typeof ACTIONS)[number]

/** 状态公告 — Notice of status. Zod schema. */
export const NoticeClaims = named(
  'notice',
  about(
    z.strictObject({
      iss: about(Uscc, '公告机构', 'Who gives notice'),
      jti: about(Ulid, '公告编号', 'Name'),
      iat: about(Seconds, '公告时间', 'Time of signing'),
      action: about(grows(ACTIONS), '撤销、暂停、恢复或替代', 'Revoke'),
      statements: about(z.array(Digest).check(z.minLength(1), z.maxLength(1000)), '所涉签名记录的标识', 'Statements'),
      from: about(Seconds, '生效时间', 'Takes effect'),
      reason: about(LocalizedText, '原因', 'Reason'),
      basis: about(z.optional(Line), '依据', 'Basis'),
      replacedBy: about(z.optional(Digest), '替代记录的标识', 'Replacement'),
    }),
    '状态公告',
    'Notice of status',
  ),
)
export type NoticeClaims = z.infer<typeof NoticeClaims>

export interface NoticeInput extends Omit<NoticeClaims, 'jti'> {
  /** Name of the notice, a ULID. @default a new one */
  readonly jti?: string
}

/** Parses the claims of a notice of a known version, without verifying its signature. @throws `notice.shape` */
export function readNotice(json: unknown): NoticeClaims {
  const value = readShape<NoticeClaims>(NoticeClaims, json, coded('notice.shape'))
  // `replacedBy` is required for `supersede` and forbidden otherwise, so that a notice has one meaning.
  if ((value.action === 'supersede') !== (value.replacedBy !== undefined)) throw fault('notice.shape', { path: '/replacedBy', faults: [] })
  return value
}

/**
 * Parses a notice signed by another system. A notice of a later version names its statements like ours; its effect is uncertain,
 * its action included, so our rules are not applied to it.
 * @throws `notice.shape`
 */
export function readForeignNotice(json: unknown): Grown<NoticeClaims> {
  const grown = readGrown<NoticeClaims>(NoticeClaims, json, coded('notice.shape'))
  return grown.newer.length > 0 ? grown : { value: readNotice(json), newer: grown.newer }
}

/** Signs a notice as `metrology-notice+jwt`. @throws `notice.shape` */
export async function signNotice(notice: NoticeInput, signer: Signer): Promise<string> {
  checkArgument('signNotice', 'notice', notice, anObject)
  checkMembers('signNotice', notice, { iat: whole }, 'notice')
  checkArgument('signNotice', 'signer', signer, aSigner)
  const claims = readNotice({ jti: ulid(notice.iat * 1000, randomFraction), ...notice })
  // A statement that supersedes itself would be superseded for ever. Such a notice of others still counts, so only signing refuses it.
  if (claims.statements.some((id) => id === claims.replacedBy)) throw fault('notice.shape', { path: '/replacedBy', faults: [] })
  return signStatement(claims, { typ: 'metrology-notice+jwt', signer })
}
