/** 校准证书: results with uncertainty. It has no expiry and no pass or fail of its own (ISO/IEC 17025:2017 7.8.4.3). */
import * as z from 'zod/mini'
import type { Described } from '../../base/faults.js'
import { CivilDate, Line, LocalizedText, named, PeriodText } from '../../base/schema.js'
import { Amendment } from '../amendment.js'
import { DecisionRule } from '../decision-rule.js'
import { Attachments, Instrument, MeasurementStandards, SpecificationReference, SpecificationReferences } from '../instrument.js'
import { Applicant, Issuer, Place, Signatory } from '../party.js'
import { Environment } from '../quantity.js'
import { ResultTables } from '../result-table.js'
import { defineKind, none } from './kind.js'

export const CalibrationResult = named(
  'calibration-result',
  z.strictObject({
    kind: z.literal('calibration-result'),
    version: z.literal(1),
    certificateNo: Line,
    rawRecordNo: z.optional(Line),
    issuer: Issuer,
    customer: Applicant,
    instrument: Instrument,
    condition: z.optional(LocalizedText),
    receivedOn: z.optional(CivilDate),
    calibratedOn: CivilDate,
    calibrationBegan: z.optional(CivilDate),
    issuedOn: CivilDate,
    place: Place,
    method: SpecificationReferences,
    deviations: z.optional(LocalizedText),
    standards: MeasurementStandards,
    traceability: LocalizedText,
    environment: Environment,
    results: ResultTables,
    adjustment: z.optional(z.strictObject({ description: LocalizedText })),
    conformity: z.optional(
      z.strictObject({
        statement: LocalizedText,
        outcome: z.enum(['conforming', 'not-conforming']),
        specification: z.optional(SpecificationReference),
        decisionRule: z.optional(DecisionRule),
      }),
    ),
    recommendedInterval: z.optional(PeriodText),
    opinions: z.optional(LocalizedText),
    externalResults: z.optional(LocalizedText),
    amendment: z.optional(Amendment),
    signatories: z.strictObject({
      calibrator: Signatory,
      checker: z.optional(Signatory),
      approver: Signatory,
    }),
    attachments: z.optional(Attachments),
    remarks: z.optional(LocalizedText),
  }),
)
export interface CalibrationResult extends z.infer<typeof CalibrationResult> {}

export const calibrationResult = defineKind<CalibrationResult>()({
  kind: 'calibration-result',
  version: 1,
  title: { zh: '校准结果', en: 'calibration result' },
  schema: CalibrationResult,
  recognition: { zh: '互认', en: 'recognised' },
  isCertificate: true,
  issuerMember: 'issuer',
  issuerLabel: 'issuer',
  number: ({ certificateNo }) => certificateNo,
  factMember: 'calibratedOn',
  issuedMember: 'issuedOn',
  dates: [
    { path: '/receivedOn', zh: '接收日期', en: 'date of receipt', date: ({ receivedOn }) => receivedOn },
    { path: '/calibrationBegan', zh: '校准开始日', en: 'first day of calibration', date: ({ calibrationBegan }) => calibrationBegan },
    { path: '/calibratedOn', zh: '校准日期', en: 'date of calibration', date: ({ calibratedOn }) => calibratedOn },
    { path: '/issuedOn', zh: '签发日期', en: 'date of issue', date: ({ issuedOn }) => issuedOn },
  ],
  basisMember: 'method',
  instrument: ({ instrument }) => instrument,
  categories: ['/instrument/category'],
  validUntil: none,
  decision: { member: 'conformity', rule: ({ conformity }) => conformity?.decisionRule },
  numbers: ['/instrument/serialNumber', '/instrument/typeApprovalNo', '/certificateNo', '/standards/*/number,/trace/certificateNo'],
  organisations: ['/issuer/uscc', '/customer/uscc'],
  limits: [
    '/standards/*/maximumPermissibleError',
    '/instrument/range',
    '/instrument/ranges/*',
    '/environment/temperature',
    '/environment/humidity',
    '/environment/pressure',
    '/environment/other/*/value',
  ],
  unitMembers: ['results', 'standards', 'environment', 'instrument'],
  namingMembers: ['customer', 'issuer', 'signatories', 'instrument', 'remarks'],
})

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const calibrationResultTexts = {
  'calibration-result': {
    '': ['校准证书', 'Calibration certificate', 'ISO/IEC 17025:2017 7.8.2, 7.8.4'],
    kind: ['记录种类：校准结果', 'Kind of record'],
    version: ['本种类的版本', 'Version of the kind'],
    certificateNo: ['证书编号', 'Certificate number', 'ISO/IEC 17025:2017 7.8.2.1 d'],
    rawRecordNo: ['原始记录号', 'Number of the raw record'],
    condition: ['器具接收时的状态', 'Condition of the item', 'ISO/IEC 17025:2017 7.8.2.1 g'],
    receivedOn: ['接收日期', 'Date of receipt', 'ISO/IEC 17025:2017 7.8.2.1 h'],
    calibratedOn: ['校准日期（活动结束日）', 'Date of calibration: last day of the activity', 'ISO/IEC 17025:2017 7.8.2.1 i'],
    calibrationBegan: ['校准开始日', 'First day, where the activity took several'],
    issuedOn: ['签发日期', 'Date of issue', 'ISO/IEC 17025:2017 7.8.2.1 j'],
    method: ['校准所依据的技术文件', 'Methods used', 'ISO/IEC 17025:2017 7.8.2.1 f'],
    deviations: ['对方法的偏离', 'Deviations from the method', 'ISO/IEC 17025:2017 7.8.2.1 n'],
    standards: ['所用计量标准', 'Measurement standards used'],
    traceability: ['计量溯源性说明', 'Statement on metrological traceability', 'ISO/IEC 17025:2017 7.8.4.1 c'],
    results: ['检定（校准）结果，各表合计至多 2000 行', 'Results; at most 2,000 rows in all tables together'],
    adjustment: ['经调整的说明；结果表以 state 区分前后', 'Adjustment, present when adjusted', 'ISO/IEC 17025:2017 7.8.4.1 d'],
    'adjustment/description': ['调整或修理情况', 'What was adjusted or repaired'],
    conformity: ['符合性声明（应附判定规则）', 'Statement of conformity, with its decision rule', 'ISO/IEC 17025:2017 7.8.6'],
    'conformity/statement': ['符合性声明', 'Statement of conformity'],
    'conformity/outcome': ['符合性结论：符合、不符合', 'Statement: conforming or not'],
    'conformity/specification': ['声明所针对的规范', 'Specification it refers to'],
    recommendedInterval: ['复校间隔建议（客户要求时）', 'Recommended interval, only where agreed', 'ISO/IEC 17025:2017 7.8.4.3'],
    opinions: ['意见和解释', 'Opinions and interpretations', 'ISO/IEC 17025:2017 7.8.7'],
    externalResults: ['外部供方提供的结果', 'Results from external providers', 'ISO/IEC 17025:2017 7.8.2.1 p'],
    signatories: ['签名人', 'Signatories'],
    'signatories/calibrator': ['校准员', 'Calibrated by'],
    'signatories/checker': ['核验员', 'Checked by'],
    'signatories/approver': ['批准人（签发）', 'Authorised by', 'ISO/IEC 17025:2017 7.8.2.1 o'],
    attachments: ['附件', 'Attachments'],
    remarks: ['说明', 'Remarks'],
  },
} as const satisfies Described
