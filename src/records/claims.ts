/** The payload of a record statement. There is no `exp`: authenticity does not expire; validity stands in the record. */
import * as z from 'zod'
import { about, Digest, Seconds, Ulid, Uscc } from '../base/schema.js'

export const RecordClaims = z
  .strictObject({
    iss: Uscc.meta(about('签发机构', 'Issuer', 'RFC 7519 §4.1.1')),
    jti: Ulid.meta(about('签名件编号', 'Name of the statement within its issuer', 'RFC 7519 §4.1.7')),
    iat: Seconds.meta(about('签名时刻', 'Time of signing', 'RFC 7519 §4.1.6')),
    status: z
      .strictObject({
        status_list: z
          .strictObject({
            idx: z.int().min(0).max(16_777_215).meta(about('状态表序号', 'Index in the status list')),
            uri: z
              .string()
              .max(300)
              .regex(/^https?:\/\/[^\s]+$/)
              .meta(about('状态表地址', 'Address of the status list')),
          })
          .meta(about('所在的状态表', 'The status list that holds its status')),
      })
      .optional()
      .meta(about('状态引用', 'Reference to a status list', 'draft-ietf-oauth-status-list §6.2')),
    supersedes: Digest.optional().meta(about('所代替签名件的标识', 'Id of the statement it replaces')),
    record: z.unknown().meta(about('记录', 'The record')),
  })
  .meta({ id: 'record-claims', ...about('记录签名件的载荷', 'Payload of a record statement') })
export type RecordClaims = Omit<z.infer<typeof RecordClaims>, 'record'> & { record: unknown }
