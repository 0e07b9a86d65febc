/** 校准证书: results with uncertainty. It has no expiry and no pass or fail of its own making (ISO/IEC 17025:2017 7.8.4.3). */
import * as z from 'zod'
import { about, CivilDate, Digest, Line, LocalizedText, PeriodText } from '../base/schema.js'
import { Attachments, Instrument, MeasurementStandards, SpecificationReference, SpecificationReferences } from './instrument.js'
import { Applicant, Issuer, Place, Signatory } from './party.js'
import { Environment } from './quantity.js'
import { ResultTables } from './result-table.js'

export const DecisionRule = z
  .strictObject({
    rule: z
      .enum(['simple-acceptance', 'guarded-acceptance'])
      .meta(about('简单接受（U≤MPEV/3）、设保护带接受', 'Simple acceptance, or acceptance with a guard band', 'JJF 1094—2002 5.3.1')),
    guardBand: z
      .enum(['expanded-uncertainty'])
      .optional()
      .meta(about('保护带：等于 U', 'Guard band: equal to U', 'ILAC-G8:09/2019')),
    source: Line.optional().meta(about('判定规则出处', 'Where the rule is documented')),
  })
  .meta({ id: 'decision-rule', ...about('判定规则', 'Decision rule', 'ISO/IEC 17025:2017 7.8.6') })
export type DecisionRule = z.infer<typeof DecisionRule>

export const CalibrationResult = z
  .strictObject({
    kind: z.literal('calibration-result').meta(about('记录种类：校准结果', 'Kind of record')),
    version: z.literal(1).meta(about('本种类的版本', 'Version of the kind')),
    certificateNo: Line.meta(about('证书编号', 'Certificate number', 'ISO/IEC 17025:2017 7.8.2.1 d')),
    rawRecordNo: Line.optional().meta(about('原始记录号', 'Number of the raw record')),
    issuer: Issuer,
    customer: Applicant,
    instrument: Instrument,
    condition: LocalizedText.optional().meta(about('器具接收时的状态', 'Condition of the item', 'ISO/IEC 17025:2017 7.8.2.1 g')),
    receivedOn: CivilDate.optional().meta(about('接收日期', 'Date of receipt', 'ISO/IEC 17025:2017 7.8.2.1 h')),
    calibratedOn: CivilDate.meta(
      about('校准日期（活动结束日）', 'Date of calibration: last day of the activity', 'ISO/IEC 17025:2017 7.8.2.1 i'),
    ),
    calibrationBegan: CivilDate.optional().meta(about('校准开始日', 'First day, where the activity took several')),
    issuedOn: CivilDate.meta(about('签发日期', 'Date of issue', 'ISO/IEC 17025:2017 7.8.2.1 j')),
    place: Place,
    method: SpecificationReferences.meta(about('校准所依据的技术文件', 'Methods used', 'ISO/IEC 17025:2017 7.8.2.1 f')),
    deviations: LocalizedText.optional().meta(about('对方法的偏离', 'Deviations from the method', 'ISO/IEC 17025:2017 7.8.2.1 n')),
    standards: MeasurementStandards,
    traceability: LocalizedText.meta(about('计量溯源性说明', 'Statement on metrological traceability', 'ISO/IEC 17025:2017 7.8.4.1 c')),
    environment: Environment,
    results: ResultTables,
    adjustment: z
      .strictObject({ description: LocalizedText.meta(about('调整或修理情况', 'What was adjusted or repaired')) })
      .optional()
      .meta(about('经调整的说明；结果表以 state 区分前后', 'Present when adjusted', 'ISO/IEC 17025:2017 7.8.4.1 d')),
    conformity: z
      .strictObject({
        statement: LocalizedText.meta(about('符合性声明', 'Statement of conformity')),
        outcome: z.enum(['conforming', 'not-conforming']).meta(about('符合、不符合', 'Conforming or not')),
        specification: SpecificationReference.optional().meta(about('声明所针对的规范', 'Specification it refers to')),
        decisionRule: DecisionRule.optional(),
      })
      .optional()
      .meta(about('符合性声明（应附判定规则）', 'Statement of conformity, with its decision rule', 'ISO/IEC 17025:2017 7.8.6')),
    recommendedInterval: PeriodText.optional().meta(
      about('复校间隔建议（客户要求时）', 'Recommended interval, only where agreed', 'ISO/IEC 17025:2017 7.8.4.3'),
    ),
    opinions: LocalizedText.optional().meta(about('意见和解释', 'Opinions and interpretations', 'ISO/IEC 17025:2017 7.8.7')),
    externalResults: LocalizedText.optional().meta(
      about('外部供方提供的结果', 'Results from external providers', 'ISO/IEC 17025:2017 7.8.2.1 p'),
    ),
    amendment: z
      .strictObject({
        replaces: Line.meta(about('被代替的证书编号', 'Number of the certificate replaced')),
        statement: Digest.optional().meta(about('被代替证书的签名件标识', 'Its statement id')),
        reason: LocalizedText.meta(about('修改原因', 'Reason for the change')),
      })
      .optional()
      .meta(about('修改后重新签发', 'Amendment of an issued certificate', 'ISO/IEC 17025:2017 7.8.8')),
    signatories: z
      .strictObject({
        calibrator: Signatory.meta(about('校准员', 'Calibrated by')),
        checker: Signatory.optional().meta(about('核验员', 'Checked by')),
        approver: Signatory.meta(about('批准人（签发）', 'Authorised by', 'ISO/IEC 17025:2017 7.8.2.1 o')),
      })
      .meta(about('签名人', 'Signatories')),
    attachments: Attachments.optional().meta(about('附件', 'Attachments')),
    remarks: LocalizedText.optional().meta(about('说明', 'Remarks')),
  })
  .meta({ id: 'calibration-result', ...about('校准证书', 'Calibration certificate', 'ISO/IEC 17025:2017 7.8.2, 7.8.4') })
export type CalibrationResult = z.infer<typeof CalibrationResult>
