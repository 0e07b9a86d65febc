/** A reissued certificate names the one it replaces, with the reason; the earlier one is never modified. */
import * as z from 'zod/mini'
import type { Described } from '../base/faults.js'
import { Digest, Line, LocalizedText, named } from '../base/schema.js'

export const Amendment = named(
  'amendment',
  z.strictObject({
    replaces: Line,
    statement: z.optional(Digest),
    reason: LocalizedText,
  }),
)

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const amendmentTexts = {
  amendment: {
    '': ['修改后重新出具（换发）', 'Amendment of an issued certificate', 'ISO/IEC 17025:2017 7.8.8'],
    replaces: ['被替代的证书编号', 'Number of the certificate replaced'],
    statement: ['被替代证书的签名记录标识', 'Its statement id'],
    reason: ['修改原因', 'Reason for the change'],
  },
} as const satisfies Described
