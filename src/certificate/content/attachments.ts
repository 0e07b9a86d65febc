/** Lists the attachments of a record, each with its digest. */
import type { VerificationRecord } from '../../records/index.js'
import { type Block, paragraph, part } from './model.js'

type Attachments = NonNullable<VerificationRecord['attachments']>

export const attachmentBlocks = (attachments: Attachments = []): Block[] =>
  part(
    '附件',
    'Attachments',
    attachments.map(({ name, mediaType, size, digest }) =>
      paragraph({
        zh: `${name}（${mediaType}，${size} B，SHA-256 ${digest}）`,
        en: `${name} (${mediaType}, ${size} B, SHA-256 ${digest})`,
      }),
    ),
  )
