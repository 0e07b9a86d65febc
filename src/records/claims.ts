/** The payload of a record statement. It has no `exp`: authenticity does not expire, and the record states its validity. */

import * as z from 'zod/mini'
import { about, Digest, named, Seconds, Ulid, Uscc, WebAddress } from '../base/schema.js'

/** 签名记录的载荷 — Payload of a record statement. Zod schema. */
export const RecordClaims = named(
  'record-claims',
  about(
    z.strictObject({
      iss: about(Uscc, '签名机构', 'Issuer', 'RFC 7519 §4.1.1'),
      jti: about(Ulid, '签名记录编号', 'Name of the statement within its issuer', 'RFC 7519 §4.1.7'),
      iat: about(Seconds, '签名时间', 'Time of signing', 'RFC 7519 §4.1.6'),
      status: about(
        z.optional(
          z.strictObject({
            status_list: about(
              z.strictObject({
                idx: about(z.int().check(z.minimum(0), z.maximum(16_777_215)), '状态表序号', 'Index in the status list'),
                uri: about(WebAddress, '状态表地址', 'Address of the status list'),
              }),
              '所在的状态表',
              'The status list that holds its status',
            ),
          }),
        ),
        '状态引用',
        'Reference to a status list',
        'draft-ietf-oauth-status-list §6.2',
      ),
      supersedes: about(z.optional(Digest), '所替代签名记录的标识', 'Id of the statement it replaces'),
      record: about(z.unknown(), '记录', 'The record'),
    }),
    '签名记录的载荷',
    'Payload of a record statement',
  ),
)
export type RecordClaims = Omit<z.infer<typeof RecordClaims>, 'record'> & { record: unknown }
