/** 复查: the bureau checks whether the finding was corrected. */
import * as z from 'zod/mini'
import { about, CivilDate, Digest, LocalizedText, named } from '../../base/schema.js'
import { defineJoint } from './kind.js'
import { DocumentNumber, FindingId, TaskNumber } from './parts.js'

/** 复查 — Recheck of a correction. Zod schema. */
export const SupervisionRecheck = named(
  'supervision-recheck',
  about(
    z.strictObject({
      kind: about(z.literal('supervision-recheck'), '种类：复查', 'Kind of joint statement'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      taskNo: TaskNumber,
      finding: FindingId,
      number: about(z.optional(DocumentNumber), '复查意见书文号', 'Number of the document'),
      rectification: about(
        z.optional(Digest),
        '所复查的整改报告的签名记录标识；没有报告的不写',
        'Statement id of the report that is rechecked; absent where there was none',
      ),
      checkedOn: about(CivilDate, '复查日期', 'Day of the recheck'),
      isCorrected: about(z.boolean(), '是否已整改', 'Corrected'),
      deadline: about(z.optional(CivilDate), '未整改的，新的整改期限（含当日）', 'New deadline where it is not corrected, inclusive'),
      note: about(z.optional(LocalizedText), '说明', 'Note'),
    }),
    '复查',
    'Recheck of a correction',
  ),
)
export interface SupervisionRecheck extends z.infer<typeof SupervisionRecheck> {}

export const supervisionRecheck = defineJoint<SupervisionRecheck>()({
  kind: 'supervision-recheck',
  version: 1,
  title: { zh: '复查', en: 'recheck of a correction' },
  schema: SupervisionRecheck,
  signer: 'authority',
  subject: ({ taskNo }) => taskNo,
  on: ({ checkedOn }) => checkedOn,
  dates: ({ checkedOn, deadline }) => [
    { path: '/checkedOn', zh: '复查日期', en: 'day of the recheck', date: checkedOn },
    { path: '/deadline', zh: '新的整改期限', en: 'new deadline', date: deadline },
  ],
})
