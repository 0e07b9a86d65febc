/** JSON shapes of pages of signed statements that are not records: notices of status, joint statements. */
import * as z from 'zod/mini'
import { about, Digest, named, Seconds, Uscc } from '../base/schema.js'

const next = about(z.optional(z.string()), '下一页游标；没有则为末页', 'Cursor of the next page; absent on the last')
/** What both have. */
const stored = {
  statementId: Digest,
  receivedAt: Seconds,
  receipt: about(z.optional(z.string()), '回执；取自他方日志而未经提交者没有', 'The receipt; none where it came from another log'),
}

export const NoticePageShape = named(
  'notice-page',
  about(
    z.looseObject({
      items: z.array(z.looseObject({ ...stored, statement: about(z.string(), '公告原文', 'The signed notice') })),
      next,
    }),
    '状态公告列表',
    'Page of notices',
  ),
)

export type NoticePage = z.infer<typeof NoticePageShape>

export const JointPageShape = named(
  'joint-page',
  about(
    z.looseObject({
      items: z.array(
        z.looseObject({
          ...stored,
          statement: about(z.string(), '协同记录原文', 'The signed statement'),
          iss: Uscc,
          jti: z.string(),
          decision: z.enum(['accepted', 'rejected', 'pending']),
          position: about(z.int().check(z.minimum(0)), '在日志中的位置，从 0 起', 'Position in the log, from 0'),
        }),
      ),
      next,
    }),
    '协同记录列表',
    'Page of joint statements',
  ),
)

export type JointPage = z.infer<typeof JointPageShape>
