/** A reissued certificate names the one it replaces, with the reason; the earlier one is never modified. */
import * as z from 'zod/mini'
import { about, Digest, Line, LocalizedText, named } from '../base/schema.js'

export const Amendment = named(
  'amendment',
  about(
    z.strictObject({
      replaces: about(Line, '被替代的证书编号', 'Number of the certificate replaced'),
      statement: about(z.optional(Digest), '被替代证书的签名记录标识', 'Its statement id'),
      reason: about(LocalizedText, '修改原因', 'Reason for the change'),
    }),
    '修改后重新出具（换发）',
    'Amendment of an issued certificate',
    'ISO/IEC 17025:2017 7.8.8',
  ),
)
