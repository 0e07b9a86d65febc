/** 计量比对: one round with all its laboratories, the reference values, and the outcome of each. */
import * as z from 'zod/mini'
import type { Described } from '../../base/faults.js'
import { LINE } from '../../base/patterns.js'
import { CivilDate, DecimalText, grows, Line, LocalizedText, named, Slug } from '../../base/schema.js'
import { Attachments, SpecificationReferences } from '../instrument.js'
import { Party, Signatory } from '../party.js'
import { Range, Uncertainty, UnitCode } from '../quantity.js'
import { defineKind, none } from './kind.js'

export const LaboratoryCode = z.string().check(z.maxLength(20), z.regex(LINE))
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
  z.strictObject({
    value: DecimalText,
    uncertainty: Uncertainty,
    method: grows(Object.keys(referenceMethods) as [ReferenceMethod, ...ReferenceMethod[]]),
    contributors: z.optional(LaboratoryCodes),
    formedBy: z.optional(LocalizedText),
  }),
)

export const LaboratoryResult = named(
  'laboratory-result',
  z.strictObject({
    code: LaboratoryCode,
    value: DecimalText,
    uncertainty: Uncertainty,
    measuredOn: z.optional(CivilDate),
    excluded: z.optional(LocalizedText),
    en: z.optional(DecimalText),
    zeta: z.optional(DecimalText),
    z: z.optional(DecimalText),
    outcome: z.optional(ComparisonOutcome),
  }),
)

export const ComparisonPoint = named(
  'comparison-point',
  z.strictObject({
    id: Slug,
    quantity: LocalizedText,
    nominal: z.optional(z.strictObject({ value: DecimalText, unit: UnitCode })),
    unit: UnitCode,
    reference: ComparisonReference,
    drift: z.optional(Uncertainty),
    sigma: z.optional(DecimalText),
    consistency: z.optional(
      z.strictObject({
        observed: DecimalText,
        degreesOfFreedom: z.int().check(z.minimum(1), z.maximum(499)),
        isConsistent: z.boolean(),
      }),
    ),
    results: z.array(LaboratoryResult).check(z.minLength(1), z.maxLength(500)),
  }),
)

const TravellingStandard = z.strictObject({
  name: Line,
  model: z.optional(Line),
  serialNumber: z.optional(Line),
  range: z.optional(Range),
  stability: z.optional(LocalizedText),
})

export const ComparisonResult = named(
  'comparison-result',
  z.strictObject({
    kind: z.literal('comparison-result'),
    version: z.literal(1),
    projectNo: Line,
    title: LocalizedText,
    issuer: Party,
    organisers: z.array(Party).check(z.minLength(1), z.maxLength(10)),
    pilots: LaboratoryCodes,
    participants: z
      .array(
        z.strictObject({
          code: LaboratoryCode,
          party: z.optional(Party),
        }),
      )
      .check(z.minLength(2), z.maxLength(500)),
    category: z.optional(Slug),
    method: SpecificationReferences,
    artefacts: z.array(TravellingStandard).check(z.minLength(1), z.maxLength(20)),
    route: z.optional(
      z.strictObject({
        form: grows(['ring', 'star', 'petal', 'parallel']),
        order: z.optional(LaboratoryCodes),
      }),
    ),
    points: z.array(ComparisonPoint).check(z.minLength(1), z.maxLength(200)),
    outcomes: z
      .array(
        z.strictObject({
          code: LaboratoryCode,
          outcome: ComparisonOutcome,
          note: z.optional(LocalizedText),
        }),
      )
      .check(z.minLength(1), z.maxLength(500)),
    began: CivilDate,
    ended: CivilDate,
    reportedOn: CivilDate,
    signatories: z.optional(z.strictObject({ author: Signatory, approver: Signatory })),
    attachments: z.optional(Attachments),
    remarks: z.optional(LocalizedText),
  }),
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

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const comparisonResultTexts = {
  'comparison-reference': {
    '': ['参考值', 'Reference value', 'JJF 1117—2010; JJF 1001—2011 5.20'],
    value: ['参考值', 'Reference value'],
    method: [
      '参考值的产生方法：加权平均、算术平均、中位值、主导实验室的值、给定值',
      'How it was formed: weighted mean, mean, median, pilot’s value, given value',
      'JJF 1117—2010; ISO 13528:2022 7',
    ],
    contributors: ['参与形成参考值的实验室', 'Laboratories whose results formed it'],
    'contributors/*': [
      '实验室代码；报告公布前代码与名称的对应关系保密',
      'Code of a laboratory; which laboratory it is stays confidential until the report',
      'JJF 1117—2010',
    ],
    formedBy: ['说明', 'In words'],
  },
  'laboratory-result': {
    '': ['一个实验室在一个测量点的结果', 'Result of one laboratory at one point', 'JJF 1117—2010'],
    code: [
      '实验室代码；报告公布前代码与名称的对应关系保密',
      'Code of a laboratory; which laboratory it is stays confidential until the report',
      'JJF 1117—2010',
    ],
    value: ['测量结果', 'Result'],
    measuredOn: ['测量日期', 'Date of measurement'],
    excluded: ['不参与评价的原因', 'Why it is not evaluated'],
    en: ['En 值', 'En number', 'JJF 1117—2010; ISO 13528:2022 9.7'],
    zeta: ['ζ 值', 'ζ score', 'ISO 13528:2022 9.6'],
    z: ['z 值', 'z score', 'ISO 13528:2022 9.4'],
    outcome: ['单点评价', 'Outcome at this point'],
  },
  'comparison-point': {
    '': ['比对的一个测量点', 'One point of a comparison'],
    id: ['测量点标识，记录内唯一', 'Name of the point, unique in the record'],
    quantity: ['被测量', 'Measurand'],
    nominal: ['测量点', 'Point'],
    'nominal/value': ['标称值', 'Nominal value'],
    unit: ['结果与参考值的单位', 'Unit of results and reference'],
    drift: ['传递标准在比对期间的不稳定性引入的不确定度', 'Uncertainty from the instability of the travelling standard', 'JJF 1117—2010'],
    sigma: ['能力评定标准差 σpt（z 值用）', 'Standard deviation for proficiency assessment σpt', 'ISO 13528:2022 8'],
    consistency: ['一致性检验', 'Consistency test', 'Cox 2002, Metrologia 39'],
    'consistency/observed': ['χ² 观测值', 'Observed χ²'],
    'consistency/degreesOfFreedom': ['自由度', 'Degrees of freedom'],
    'consistency/isConsistent': ['是否一致（5 % 显著性水平）', 'Consistent at the 5 % level'],
    results: ['各实验室的结果', 'Results of the laboratories'],
  },
  'comparison-result': {
    '': ['计量比对结果', 'Comparison result: one round, all laboratories', 'JJF 1117—2010; ISO/IEC 17043:2023'],
    kind: ['记录种类：计量比对', 'Kind of record'],
    version: ['本种类的版本', 'Version of the kind'],
    projectNo: ['比对项目编号', 'Number of the project', 'JJF 1117—2010'],
    title: ['比对名称', 'Title'],
    issuer: ['发布比对报告的单位', 'Body that issues the report'],
    organisers: ['组织者', 'Organisers'],
    pilots: ['主导实验室（可有多个）', 'Pilot laboratories; there may be several', 'JJF 1117—2010'],
    'pilots/*': [
      '实验室代码；报告公布前代码与名称的对应关系保密',
      'Code of a laboratory; which laboratory it is stays confidential until the report',
      'JJF 1117—2010',
    ],
    participants: ['主导实验室和参比实验室', 'Pilot and participating laboratories'],
    'participants/*/code': [
      '实验室代码；报告公布前代码与名称的对应关系保密',
      'Code of a laboratory; which laboratory it is stays confidential until the report',
      'JJF 1117—2010',
    ],
    'participants/*/party': ['实验室；名称保密时不写', 'The laboratory; absent while confidential'],
    category: ['涉及的器具类别', 'Instrument category concerned'],
    method: ['比对依据', 'Specifications applied'],
    artefacts: ['传递标准', 'Travelling standards'],
    'artefacts/*/name': ['传递标准名称', 'Name of the travelling standard'],
    'artefacts/*/model': ['型号规格', 'Model'],
    'artefacts/*/serialNumber': ['编号', 'Serial number'],
    'artefacts/*/range': ['测量范围', 'Range'],
    'artefacts/*/stability': ['稳定性考察', 'What is known of its stability'],
    route: ['比对路线', 'Route'],
    'route/form': ['路线形式：圆环式、星形式、花瓣式、平行', 'Form of the route: ring, star, petal, parallel', 'JJF 1117—2010'],
    'route/order': ['传递顺序', 'Order of circulation'],
    'route/order/*': [
      '实验室代码；报告公布前代码与名称的对应关系保密',
      'Code of a laboratory; which laboratory it is stays confidential until the report',
      'JJF 1117—2010',
    ],
    points: ['测量点', 'Points'],
    outcomes: ['各实验室的比对结论', 'Outcome of each laboratory', 'JJF 1117—2010'],
    'outcomes/*/code': [
      '实验室代码；报告公布前代码与名称的对应关系保密',
      'Code of a laboratory; which laboratory it is stays confidential until the report',
      'JJF 1117—2010',
    ],
    'outcomes/*/outcome': ['结论：满意、有问题、不满意', 'Satisfactory, questionable, unsatisfactory'],
    'outcomes/*/note': ['说明（异常处理等）', 'Note, for example on the treatment of an anomaly'],
    began: ['比对开始日期', 'First day'],
    ended: ['比对结束日期', 'Last day'],
    reportedOn: ['总结报告日期', 'Date of the final report'],
    signatories: ['签名人', 'Signatories'],
    'signatories/author': ['报告编制人', 'Author'],
    'signatories/approver': ['批准人', 'Approver'],
    attachments: ['附件', 'Attachments'],
    remarks: ['说明', 'Remarks'],
  },
} as const satisfies Described
