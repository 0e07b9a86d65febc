/** The payload of a record statement. It has no `exp`: authenticity does not expire, and the record states its validity. */

import * as z from 'zod/mini'
import type { Described } from '../base/faults.js'
import { Digest, named, Seconds, Ulid, Uscc, WebAddress } from '../base/schema.js'

/** 签名记录的载荷 — Payload of a record statement. Zod schema. */
export const RecordClaims = named(
  'record-claims',
  z.strictObject({
    iss: Uscc,
    jti: Ulid,
    iat: Seconds,
    status: z.optional(
      z.strictObject({
        status_list: z.strictObject({
          idx: z.int().check(z.minimum(0), z.maximum(16_777_215)),
          uri: WebAddress,
        }),
      }),
    ),
    supersedes: z.optional(Digest),
    record: z.unknown(),
  }),
)
export type RecordClaims = Omit<z.infer<typeof RecordClaims>, 'record'> & { record: unknown }

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const claimsTexts = {
  'record-claims': {
    '': ['签名记录的载荷', 'Payload of a record statement'],
    iss: ['签名机构', 'Issuer', 'RFC 7519 §4.1.1'],
    jti: ['签名记录编号', 'Name of the statement within its issuer', 'RFC 7519 §4.1.7'],
    iat: ['签名时间', 'Time of signing', 'RFC 7519 §4.1.6'],
    status: ['状态引用', 'Reference to a status list', 'draft-ietf-oauth-status-list §6.2'],
    'status/status_list': ['所在的状态表', 'The status list that holds its status'],
    'status/status_list/idx': ['状态表序号', 'Index in the status list'],
    'status/status_list/uri': ['状态表地址', 'Address of the status list'],
    supersedes: ['所替代签名记录的标识', 'Id of the statement it replaces'],
    record: ['记录', 'The record'],
  },
} as const satisfies Described
