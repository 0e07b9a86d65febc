/** 处理措施: the bureau with jurisdiction orders measures about one finding. */
import * as z from 'zod/mini'
import { about, CivilDate, grows, Line, LocalizedText, named } from '../../base/schema.js'
import { type MeasureCode, measureCodes } from '../../records/index.js'
import { defineJoint, unique } from './kind.js'
import { DocumentNumber, FindingId, LegalGround, TaskNumber } from './parts.js'

/** 处理措施 — Measures that a bureau ordered after a finding. Zod schema. */
export const SupervisionMeasure = named(
  'supervision-measure',
  about(
    z.strictObject({
      kind: about(z.literal('supervision-measure'), '种类：处理措施', 'Kind of joint statement'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      taskNo: TaskNumber,
      finding: FindingId,
      number: DocumentNumber,
      measures: about(
        z
          .array(
            z.strictObject({
              code: about(
                grows(Object.keys(measureCodes) as [MeasureCode, ...MeasureCode[]]),
                '措施，同监督检查记录',
                'Measure, as in a supervision finding',
                '计量法 第五章; 行政处罚法 第九条',
              ),
              caseNo: about(z.optional(Line), '立案号或决定书文号', 'Number of the case or of the decision'),
              note: about(z.optional(LocalizedText), '说明', 'Note'),
            }),
          )
          .check(z.minLength(1), z.maxLength(10)),
        '处理措施',
        'Measures',
      ),
      ground: LegalGround,
      orderedOn: about(CivilDate, '作出日期', 'Day of the order'),
      deadline: about(z.optional(CivilDate), '整改期限（含当日）', 'Deadline for correction, inclusive'),
      remarks: about(z.optional(LocalizedText), '说明', 'Remarks'),
    }),
    '处理措施',
    'Measures after a finding',
    '计量法 第五章; 市场监督管理行政处罚程序规定',
  ),
)
export interface SupervisionMeasure extends z.infer<typeof SupervisionMeasure> {}

export const supervisionMeasure = defineJoint<SupervisionMeasure>()({
  kind: 'supervision-measure',
  version: 1,
  title: { zh: '处理措施', en: 'measures after a finding' },
  schema: SupervisionMeasure,
  signer: 'authority',
  subject: ({ taskNo }) => taskNo,
  on: ({ orderedOn }) => orderedOn,
  dates: ({ orderedOn, deadline }) => [
    { path: '/orderedOn', zh: '作出日期', en: 'day of the order', date: orderedOn },
    { path: '/deadline', zh: '整改期限', en: 'deadline for correction', date: deadline },
  ],
  check: ({ measures }) =>
    unique(
      measures.map(({ code, caseNo = '' }) => `${code} ${caseNo}`.trimEnd()),
      (at) => `/measures/${at}`,
    ),
})
