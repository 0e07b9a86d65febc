/** 联合监督检查: one finding at one party on one instrument, made on one side and visible to the other. */
import * as z from 'zod/mini'
import type { Described } from '../../base/faults.js'
import { CivilDate, Digest, grows, Line, LocalizedText, named } from '../../base/schema.js'
import { Attachments, DOCUMENT_TYPES, Instrument, MeasurementStandards } from '../instrument.js'
import { Party, Place } from '../party.js'
import { ResultTables } from '../result-table.js'
import { defineKind, none } from './kind.js'

/** The finding (问题代码). `none` means that there was none. */
export const findingCodes = {
  none: ['未发现问题', 'nothing found'],
  'not-verified': ['未检定', 'not verified'],
  overdue: ['超过检定周期', 'verification overdue'],
  'out-of-limits': ['检定不合格仍使用', 'in use though out of limits'],
  'seal-broken': ['破坏封印', 'seal broken'],
  'no-type-approval': ['未取得型式批准', 'no type approval'],
  cheating: ['利用计量器具作弊', 'fraud by means of the instrument'],
  'unit-not-legal': ['使用非法定计量单位', 'unit that is not legal'],
  other: ['其他', 'other'],
} as const
export type FindingCode = keyof typeof findingCodes

/** The measures (处理措施): orders, securing of evidence, coercive measures, penalties, and referral of the case. */
export const measureCodes = {
  'correction-ordered': ['责令改正', 'correction ordered'],
  'use-stopped': ['责令停止使用', 'use stopped'],
  'production-stopped': ['责令停止生产', 'production stopped'],
  'sale-stopped': ['责令停止销售', 'sale stopped'],
  'compensation-ordered': ['责令赔偿损失', 'compensation ordered'],
  sealed: ['封存（先行登记保存）', 'sealed: registered and kept as evidence'],
  'seized-in-place': ['查封', 'seized in place'],
  seized: ['扣押', 'seized and taken away'],
  'case-opened': ['立案', 'case opened'],
  warned: ['警告', 'warning given'],
  'publicly-criticised': ['通报批评', 'public criticism'],
  fined: ['罚款', 'fined'],
  'gains-confiscated': ['没收违法所得', 'unlawful gains confiscated'],
  'instrument-confiscated': ['没收计量器具', 'instrument confiscated'],
  'penalty-waived': ['不予行政处罚', 'no penalty imposed'],
  'referred-to-authority': ['移送其他行政机关', 'referred to another authority'],
  'referred-to-prosecution': ['移送司法机关', 'referred for prosecution'],
  none: ['无', 'none'],
} as const
export type MeasureCode = keyof typeof measureCodes

const measureWords = (): readonly [zh: string, en: string, source: string] => {
  const words = Object.values(measureCodes)
  return [
    `措施：${words.map(([zh]) => zh).join('、')}`,
    `Measure: ${words.map(([, en]) => en).join('; ')}`,
    '计量法 第五章; 行政处罚法 第九条、第五十六条; 行政强制法 第九条',
  ]
}

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>): [K, ...K[]] => Object.keys(table) as [K, ...K[]]

export const SupervisionFinding = named(
  'supervision-finding',
  z.strictObject({
    kind: z.literal('supervision-finding'),
    version: z.literal(1),
    taskNo: Line,
    findingNo: Line,
    batchNo: z.optional(Line),
    theme: z.optional(LocalizedText),
    issuer: Party,
    organisers: z.array(Party).check(z.minLength(1), z.maxLength(10)),
    designation: z.optional(
      z.strictObject({
        by: z.array(Party).check(z.minLength(1), z.maxLength(4)),
        documentNo: Line,
      }),
    ),
    party: Party,
    place: Place,
    inspectedOn: CivilDate,
    instrument: Instrument,
    certificate: z.optional(
      z.strictObject({
        document: z.optional(grows(DOCUMENT_TYPES)),
        number: Line,
        issuer: z.optional(Party),
        validUntil: z.optional(CivilDate),
        statement: z.optional(Digest),
      }),
    ),
    seals: z.optional(grows(['intact', 'broken', 'absent', 'not-applicable'])),
    finding: grows(keysOf(findingCodes)),
    description: z.optional(LocalizedText),
    standards: z.optional(MeasurementStandards),
    results: z.optional(ResultTables),
    measures: z
      .array(
        z.strictObject({
          code: grows(keysOf(measureCodes)),
          caseNo: z.optional(Line),
          note: z.optional(LocalizedText),
        }),
      )
      .check(z.minLength(1), z.maxLength(10)),
    deadline: z.optional(CivilDate),
    recheck: z.optional(
      z.strictObject({
        on: CivilDate,
        isCorrected: z.boolean(),
        note: z.optional(LocalizedText),
      }),
    ),
    publishedOn: z.optional(CivilDate),
    attachments: z.optional(Attachments),
    remarks: z.optional(LocalizedText),
  }),
)
export interface SupervisionFinding extends z.infer<typeof SupervisionFinding> {}

export const supervisionFinding = defineKind<SupervisionFinding>()({
  kind: 'supervision-finding',
  version: 1,
  title: { zh: '监督检查记录', en: 'supervision finding' },
  schema: SupervisionFinding,
  recognition: { zh: '采信', en: 'accepted' },
  isCertificate: false,
  issuerMember: 'issuer',
  issuerLabel: 'authority',
  number: ({ findingNo }) => findingNo,
  factMember: 'inspectedOn',
  issuedMember: 'inspectedOn',
  dates: [
    { path: '/inspectedOn', zh: '检查日期', en: 'date of inspection', date: ({ inspectedOn }) => inspectedOn },
    { path: '/recheck/on', zh: '复查日期', en: 'date of the recheck', date: ({ recheck }) => recheck?.on },
    {
      path: '/publishedOn',
      zh: '公示日期',
      en: 'date of publication',
      date: ({ recheck, publishedOn }) => (recheck === undefined ? publishedOn : undefined),
    },
  ],
  instrument: ({ instrument }) => instrument,
  categories: ['/instrument/category'],
  validUntil: none,
  numbers: ['/instrument/serialNumber', '/instrument/typeApprovalNo'],
  organisations: ['/issuer/uscc', '/organisers/*/uscc', '/designation/by/*/uscc', '/party/uscc'],
  limits: ['/standards/*/maximumPermissibleError', '/instrument/range', '/instrument/ranges/*'],
  unitMembers: ['results', 'standards', 'instrument'],
  namingMembers: ['party', 'issuer', 'instrument', 'description', 'remarks'],
})

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const supervisionFindingTexts = {
  'supervision-finding': {
    '': ['监督检查记录', 'Supervision finding', '计量法 第十八条; 计量法实施细则'],
    kind: ['记录种类：监督检查', 'Kind of record'],
    version: ['本种类的版本', 'Version of the kind'],
    taskNo: ['检查任务号', 'Number of the task'],
    findingNo: ['本条记录编号，出具机关内唯一', 'Number of this finding, unique within its issuer'],
    batchNo: ['双随机批次号', 'Batch of the random selection'],
    theme: ['检查主题', 'Theme'],
    issuer: ['出具机关', 'Authority that issues the record'],
    organisers: ['组织机关（两地）', 'Organising authorities of both sides'],
    designation: [
      '指定管辖；检查地点不属出具机关管辖时填写',
      'Designation of jurisdiction, where the place is not of the issuing authority',
      '行政处罚法 第二十五条',
    ],
    'designation/by': ['作出决定的机关', 'Authorities that decided'],
    'designation/documentNo': ['文件号', 'Number of the decision'],
    party: ['被检单位', 'Party inspected'],
    place: ['检查地点', 'Place of the inspection'],
    inspectedOn: ['检查日期', 'Date of inspection'],
    certificate: ['现场出示的检定证书；没有则不写', 'Certificate shown on the spot; absent where there was none'],
    'certificate/document': [
      '现场出示的文件种类：检定证书、检定结果通知书、校准证书、检测（测试）报告、内部校准（校验）、其他；不写则为检定证书',
      'Kind of document shown: verification certificate, notice, calibration certificate, test report, in-house calibration, other; absent means a verification certificate',
    ],
    'certificate/number': ['证书编号', 'Number of its certificate'],
    'certificate/issuer': ['出具机构', 'Body that issued it'],
    'certificate/validUntil': ['有效期至（含当日）', 'Valid until, inclusive'],
    'certificate/statement': ['证书的签名记录标识', 'Its statement id'],
    seals: ['封印状态', 'State of the seals'],
    finding: [
      '问题代码：未发现问题、未检定、超过检定周期、不合格、破坏封印、未取得型式批准、作弊、单位不合法、其他',
      'Finding: none, not verified, overdue, out of limits, seal broken, no type approval, cheating, unit not legal, other',
      '计量法 第九条、第二十五条至第二十七条; 计量法实施细则 第四十三条、第四十六条、第四十八条',
    ],
    description: ['问题描述', 'What was found, in words'],
    standards: ['所用计量标准', 'Measurement standards used'],
    results: ['现场检测结果', 'Results on the spot'],
    measures: ['处理措施', 'Measures'],
    'measures/*/code': /* @__PURE__ */ measureWords(),
    'measures/*/caseNo': ['立案号或决定书文号', 'Number of the case or of the decision'],
    'measures/*/note': ['说明', 'Note'],
    deadline: ['整改期限（含当日）', 'Deadline for correction, inclusive'],
    recheck: ['复查', 'Recheck'],
    'recheck/on': ['复查日期', 'Date of the recheck'],
    'recheck/isCorrected': ['是否已整改', 'Corrected'],
    'recheck/note': ['说明', 'Note'],
    publishedOn: ['公示日期', 'Date of publication'],
    attachments: ['附件', 'Attachments'],
    remarks: ['说明', 'Remarks'],
  },
} as const satisfies Described
