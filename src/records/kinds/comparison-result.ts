/** 计量比对: one round with all its laboratories, the reference values, and the outcome of each. */
import * as z from 'zod/mini'
import { about, CivilDate, DecimalText, grows, LINE, Line, LocalizedText, named, Slug } from '../../base/schema.js'
import { Attachments, SpecificationReferences } from '../instrument.js'
import { Party, Signatory } from '../party.js'
import { Range, Uncertainty, UnitCode } from '../quantity.js'
import { defineKind, none } from './kind.js'

export const LaboratoryCode = about(
  z.string().check(z.maxLength(20), z.regex(LINE)),
  '实验室代码；报告公布前代码与名称的对应关系保密',
  'Code of a laboratory; which laboratory it is stays confidential until the report',
  'JJF 1117—2010',
)
const LaboratoryCodes = z.array(LaboratoryCode).check(z.minLength(1), z.maxLength(500))

/** How the reference value was formed. */
export const referenceMethods = {
  'weighted-mean': ['加权平均值', 'weighted mean'],
  mean: ['算术平均值', 'arithmetic mean'],
  median: ['中位值', 'median'],
  pilot: ['主导实验室的值', 'value of the pilot laboratories'],
  given: ['给定值', 'given value'],
} as const
export type ReferenceMethod = keyof typeof referenceMethods

/** Outcome of a laboratory. En has only the first and the last (JJF 1117); ζ and z have all three (ISO 13528). */
export const COMPARISON_OUTCOMES = { satisfactory: '满意', questionable: '有问题', unsatisfactory: '不满意' } as const
const ComparisonOutcome = z.enum(
  Object.keys(COMPARISON_OUTCOMES) as [keyof typeof COMPARISON_OUTCOMES, ...(keyof typeof COMPARISON_OUTCOMES)[]],
)

export const ComparisonReference = named(
  'comparison-reference',
  about(
    z.strictObject({
      value: about(DecimalText, '参考值', 'Reference value'),
      uncertainty: Uncertainty,
      method: about(
        grows(Object.keys(referenceMethods) as [ReferenceMethod, ...ReferenceMethod[]]),
        '参考值的产生方法：加权平均、算术平均、中位值、主导实验室的值、给定值',
        'How it was formed: weighted mean, mean, median, pilot’s value, given value',
        'JJF 1117—2010; ISO 13528:2022 7',
      ),
      contributors: about(z.optional(LaboratoryCodes), '参与形成参考值的实验室', 'Laboratories whose results formed it'),
      formedBy: about(z.optional(LocalizedText), '说明', 'In words'),
    }),
    '参考值',
    'Reference value',
    'JJF 1117—2010; JJF 1001—2011 5.20',
  ),
)

export const LaboratoryResult = named(
  'laboratory-result',
  about(
    z.strictObject({
      code: LaboratoryCode,
      value: about(DecimalText, '测量结果', 'Result'),
      uncertainty: Uncertainty,
      measuredOn: about(z.optional(CivilDate), '测量日期', 'Date of measurement'),
      excluded: about(z.optional(LocalizedText), '不参与评价的原因', 'Why it is not evaluated'),
      en: about(z.optional(DecimalText), 'En 值', 'En number', 'JJF 1117—2010; ISO 13528:2022 9.7'),
      zeta: about(z.optional(DecimalText), 'ζ 值', 'ζ score', 'ISO 13528:2022 9.6'),
      z: about(z.optional(DecimalText), 'z 值', 'z score', 'ISO 13528:2022 9.4'),
      outcome: about(z.optional(ComparisonOutcome), '单点评价', 'Outcome at this point'),
    }),
    '一个实验室在一个测量点的结果',
    'Result of one laboratory at one point',
    'JJF 1117—2010',
  ),
)

export const ComparisonPoint = named(
  'comparison-point',
  about(
    z.strictObject({
      id: about(Slug, '测量点标识，记录内唯一', 'Name of the point, unique in the record'),
      quantity: about(LocalizedText, '被测量', 'Measurand'),
      nominal: about(
        z.optional(z.strictObject({ value: about(DecimalText, '标称值', 'Nominal value'), unit: UnitCode })),
        '测量点',
        'Point',
      ),
      unit: about(UnitCode, '结果与参考值的单位', 'Unit of results and reference'),
      reference: ComparisonReference,
      drift: about(
        z.optional(Uncertainty),
        '传递标准在比对期间的不稳定性引入的不确定度',
        'Uncertainty from the instability of the travelling standard',
        'JJF 1117—2010',
      ),
      sigma: about(
        z.optional(DecimalText),
        '能力评定标准差 σpt（z 值用）',
        'Standard deviation for proficiency assessment σpt',
        'ISO 13528:2022 8',
      ),
      consistency: about(
        z.optional(
          z.strictObject({
            observed: about(DecimalText, 'χ² 观测值', 'Observed χ²'),
            degreesOfFreedom: about(z.int().check(z.minimum(1), z.maximum(499)), '自由度', 'Degrees of freedom'),
            isConsistent: about(z.boolean(), '是否一致（5 % 显著性水平）', 'Consistent at the 5 % level'),
          }),
        ),
        '一致性检验',
        'Consistency test',
        'Cox 2002, Metrologia 39',
      ),
      results: about(z.array(LaboratoryResult).check(z.minLength(1), z.maxLength(500)), '各实验室的结果', 'Results of the laboratories'),
    }),
    '比对的一个测量点',
    'One point of a comparison',
  ),
)

const TravellingStandard = z.strictObject({
  name: about(Line, '传递标准名称', 'Name of the travelling standard'),
  model: about(z.optional(Line), '型号规格', 'Model'),
  serialNumber: about(z.optional(Line), '编号', 'Serial number'),
  range: about(z.optional(Range), '测量范围', 'Range'),
  stability: about(z.optional(LocalizedText), '稳定性考察', 'What is known of its stability'),
})

export const ComparisonResult = named(
  'comparison-result',
  about(
    z.strictObject({
      kind: about(z.literal('comparison-result'), '记录种类：计量比对', 'Kind of record'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      projectNo: about(Line, '比对项目编号', 'Number of the project', 'JJF 1117—2010'),
      title: about(LocalizedText, '比对名称', 'Title'),
      issuer: about(Party, '发布比对报告的单位', 'Body that issues the report'),
      organisers: about(z.array(Party).check(z.minLength(1), z.maxLength(10)), '组织者', 'Organisers'),
      pilots: about(LaboratoryCodes, '主导实验室（可有多个）', 'Pilot laboratories; there may be several', 'JJF 1117—2010'),
      participants: about(
        z
          .array(
            z.strictObject({
              code: LaboratoryCode,
              party: about(z.optional(Party), '实验室；名称保密时不写', 'The laboratory; absent while confidential'),
            }),
          )
          .check(z.minLength(2), z.maxLength(500)),
        '主导实验室和参比实验室',
        'Pilot and participating laboratories',
      ),
      category: about(z.optional(Slug), '涉及的器具类别', 'Instrument category concerned'),
      method: about(SpecificationReferences, '比对依据', 'Specifications applied'),
      artefacts: about(z.array(TravellingStandard).check(z.minLength(1), z.maxLength(20)), '传递标准', 'Travelling standards'),
      route: about(
        z.optional(
          z.strictObject({
            form: about(
              grows(['ring', 'star', 'petal', 'parallel']),
              '路线形式：圆环式、星形式、花瓣式、平行',
              'Form of the route: ring, star, petal, parallel',
              'JJF 1117—2010',
            ),
            order: about(z.optional(LaboratoryCodes), '传递顺序', 'Order of circulation'),
          }),
        ),
        '比对路线',
        'Route',
      ),
      points: about(z.array(ComparisonPoint).check(z.minLength(1), z.maxLength(200)), '测量点', 'Points'),
      outcomes: about(
        z
          .array(
            z.strictObject({
              code: LaboratoryCode,
              outcome: about(ComparisonOutcome, '结论：满意、有问题、不满意', 'Satisfactory, questionable, unsatisfactory'),
              note: about(z.optional(LocalizedText), '说明（异常处理等）', 'Note, for example on the treatment of an anomaly'),
            }),
          )
          .check(z.minLength(1), z.maxLength(500)),
        '各实验室的比对结论',
        'Outcome of each laboratory',
        'JJF 1117—2010',
      ),
      began: about(CivilDate, '比对开始日期', 'First day'),
      ended: about(CivilDate, '比对结束日期', 'Last day'),
      reportedOn: about(CivilDate, '总结报告日期', 'Date of the final report'),
      signatories: about(
        z.optional(z.strictObject({ author: about(Signatory, '报告编制人', 'Author'), approver: about(Signatory, '批准人', 'Approver') })),
        '签名人',
        'Signatories',
      ),
      attachments: about(z.optional(Attachments), '附件', 'Attachments'),
      remarks: about(z.optional(LocalizedText), '说明', 'Remarks'),
    }),
    '计量比对结果',
    'Comparison result: one round, all laboratories',
    'JJF 1117—2010; ISO/IEC 17043:2023',
  ),
)
export interface ComparisonResult extends z.infer<typeof ComparisonResult> {}

export const comparisonResult = defineKind<ComparisonResult>()({
  kind: 'comparison-result',
  version: 1,
  title: { zh: '计量比对结果', en: 'comparison result' },
  schema: ComparisonResult,
  recognition: { zh: '采信', en: 'accepted' },
  isCertificate: false,
  issuerMember: 'issuer',
  issuerLabel: 'authority',
  number: ({ projectNo }) => projectNo,
  factMember: 'ended',
  issuedMember: 'reportedOn',
  dates: [
    { path: '/began', zh: '比对开始日期', en: 'first day of the comparison', date: ({ began }) => began },
    { path: '/ended', zh: '比对结束日期', en: 'last day of the comparison', date: ({ ended }) => ended },
    { path: '/reportedOn', zh: '总结报告日期', en: 'date of the report', date: ({ reportedOn }) => reportedOn },
  ],
  basisMember: 'method',
  instrument: none,
  categories: ['/category'],
  validUntil: none,
  organisations: ['/issuer/uscc', '/organisers/*/uscc', '/participants/*/party/uscc'],
  unitMembers: ['points', 'artefacts'],
  namingMembers: ['participants', 'organisers', 'remarks'],
})
