/** 整改报告: the bureau records what the inspected party reported to it about the correction. */
import * as z from 'zod/mini'
import { about, CivilDate, Digest, LocalizedText, named } from '../../base/schema.js'
import { Party } from '../../records/index.js'
import { defineJoint } from './kind.js'
import { FindingId, TaskNumber } from './parts.js'

/** 整改报告 — Report of the inspected party on the correction. Zod schema. */
export const SupervisionRectification = named(
  'supervision-rectification',
  about(
    z.strictObject({
      kind: about(z.literal('supervision-rectification'), '种类：整改报告', 'Kind of joint statement'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      taskNo: TaskNumber,
      finding: FindingId,
      measure: about(
        z.optional(Digest),
        '所整改的处理措施的签名记录标识；措施写在检查记录中的不写',
        'Statement id of the measures it answers; absent where the finding itself states them',
      ),
      party: about(Party, '报告单位（被检单位）', 'Party that reported: the party inspected'),
      completedOn: about(z.optional(CivilDate), '整改完成日期', 'Day on which the correction was done'),
      reportedOn: about(CivilDate, '报告日期', 'Day of the report'),
      report: about(LocalizedText, '整改情况', 'What was corrected'),
    }),
    '整改报告',
    'Report of a correction',
  ),
)
export interface SupervisionRectification extends z.infer<typeof SupervisionRectification> {}

export const supervisionRectification = defineJoint<SupervisionRectification>()({
  kind: 'supervision-rectification',
  version: 1,
  title: { zh: '整改报告', en: 'report of a correction' },
  schema: SupervisionRectification,
  signer: 'authority',
  subject: ({ taskNo }) => taskNo,
  on: ({ reportedOn }) => reportedOn,
  dates: ({ completedOn, reportedOn }) => [
    { path: '/completedOn', zh: '整改完成日期', en: 'day of the correction', date: completedOn },
    { path: '/reportedOn', zh: '报告日期', en: 'day of the report', date: reportedOn },
  ],
})
