/** 校准证书: results with uncertainty. It has no expiry and no pass or fail of its own (ISO/IEC 17025:2017 7.8.4.3). */
import * as z from 'zod/mini'
import { about, CivilDate, Line, LocalizedText, named, PeriodText } from '../../base/schema.js'
import { Amendment } from '../amendment.js'
import { DecisionRule } from '../decision-rule.js'
import { Attachments, Instrument, MeasurementStandards, SpecificationReference, SpecificationReferences } from '../instrument.js'
import { Applicant, Issuer, Place, Signatory } from '../party.js'
import { Environment } from '../quantity.js'
import { ResultTables } from '../result-table.js'
import { defineKind, none } from './kind.js'

export const CalibrationResult = named(
  'calibration-result',
  about(
    z.strictObject({
      kind: about(z.literal('calibration-result'), '记录种类：校准结果', 'Kind of record'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      certificateNo: about(Line, '证书编号', 'Certificate number', 'ISO/IEC 17025:2017 7.8.2.1 d'),
      rawRecordNo: about(z.optional(Line), '原始记录号', 'Number of the raw record'),
      issuer: Issuer,
      customer: Applicant,
      instrument: Instrument,
      condition: about(z.optional(LocalizedText), '器具接收时的状态', 'Condition of the item', 'ISO/IEC 17025:2017 7.8.2.1 g'),
      receivedOn: about(z.optional(CivilDate), '接收日期', 'Date of receipt', 'ISO/IEC 17025:2017 7.8.2.1 h'),
      calibratedOn: about(
        CivilDate,
        '校准日期（活动结束日）',
        'Date of calibration: last day of the activity',
        'ISO/IEC 17025:2017 7.8.2.1 i',
      ),
      calibrationBegan: about(z.optional(CivilDate), '校准开始日', 'First day, where the activity took several'),
      issuedOn: about(CivilDate, '签发日期', 'Date of issue', 'ISO/IEC 17025:2017 7.8.2.1 j'),
      place: Place,
      method: about(SpecificationReferences, '校准所依据的技术文件', 'Methods used', 'ISO/IEC 17025:2017 7.8.2.1 f'),
      deviations: about(z.optional(LocalizedText), '对方法的偏离', 'Deviations from the method', 'ISO/IEC 17025:2017 7.8.2.1 n'),
      standards: MeasurementStandards,
      traceability: about(LocalizedText, '计量溯源性说明', 'Statement on metrological traceability', 'ISO/IEC 17025:2017 7.8.4.1 c'),
      environment: Environment,
      results: ResultTables,
      adjustment: about(
        z.optional(z.strictObject({ description: about(LocalizedText, '调整或修理情况', 'What was adjusted or repaired') })),
        '经调整的说明；结果表以 state 区分前后',
        'Adjustment, present when adjusted',
        'ISO/IEC 17025:2017 7.8.4.1 d',
      ),
      conformity: about(
        z.optional(
          z.strictObject({
            statement: about(LocalizedText, '符合性声明', 'Statement of conformity'),
            outcome: about(z.enum(['conforming', 'not-conforming']), '符合性结论：符合、不符合', 'Statement: conforming or not'),
            specification: about(z.optional(SpecificationReference), '声明所针对的规范', 'Specification it refers to'),
            decisionRule: z.optional(DecisionRule),
          }),
        ),
        '符合性声明（应附判定规则）',
        'Statement of conformity, with its decision rule',
        'ISO/IEC 17025:2017 7.8.6',
      ),
      recommendedInterval: about(
        z.optional(PeriodText),
        '复校间隔建议（客户要求时）',
        'Recommended interval, only where agreed',
        'ISO/IEC 17025:2017 7.8.4.3',
      ),
      opinions: about(z.optional(LocalizedText), '意见和解释', 'Opinions and interpretations', 'ISO/IEC 17025:2017 7.8.7'),
      externalResults: about(
        z.optional(LocalizedText),
        '外部供方提供的结果',
        'Results from external providers',
        'ISO/IEC 17025:2017 7.8.2.1 p',
      ),
      amendment: z.optional(Amendment),
      signatories: about(
        z.strictObject({
          calibrator: about(Signatory, '校准员', 'Calibrated by'),
          checker: about(z.optional(Signatory), '核验员', 'Checked by'),
          approver: about(Signatory, '批准人（签发）', 'Authorised by', 'ISO/IEC 17025:2017 7.8.2.1 o'),
        }),
        '签名人',
        'Signatories',
      ),
      attachments: about(z.optional(Attachments), '附件', 'Attachments'),
      remarks: about(z.optional(LocalizedText), '说明', 'Remarks'),
    }),
    '校准证书',
    'Calibration certificate',
    'ISO/IEC 17025:2017 7.8.2, 7.8.4',
  ),
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
  limits: ['/standards/*/maximumPermissibleError'],
  unitMembers: ['results', 'standards', 'environment', 'instrument'],
  namingMembers: ['customer', 'issuer', 'signatories', 'instrument', 'remarks'],
})
