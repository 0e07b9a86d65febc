/** 检定证书 (pass) and 检定结果通知书 (fail): one instrument, one verification. */
import * as z from 'zod/mini'
import type { Described } from '../../base/faults.js'
import { CivilDate, grows, Line, LocalizedText, named, Slug } from '../../base/schema.js'
import { Amendment } from '../amendment.js'
import { BatchLines } from '../batch-line.js'
import { DecisionRule } from '../decision-rule.js'
import { Attachments, Instrument, MeasurementStandards, SpecificationReferences } from '../instrument.js'
import { Applicant, Issuer, Place, Signatory } from '../party.js'
import { Environment } from '../quantity.js'
import { ResultTables } from '../result-table.js'
import { defineKind } from './kind.js'

export const VerificationRecord = named(
  'verification-record',
  z.strictObject({
    kind: z.literal('verification-record'),
    version: z.literal(1),
    certificateNo: Line,
    rawRecordNo: z.optional(Line),
    issuer: Issuer,
    applicant: Applicant,
    instrument: Instrument,
    instruments: z.optional(BatchLines),
    verificationType: grows(['initial', 'subsequent', 'in-service-inspection', 'arbitration']),
    cause: z.optional(grows(['periodic', 'after-repair', 'import', 'dispute', 'sampling', 'mandatory-initial'])),
    mode: z.optional(grows(['conventional', 'remote'])),
    combinedWithFactory: z.optional(z.boolean()),
    scope: z.optional(z.enum(['device', 'installed'])),
    purpose: grows(['trade', 'safety', 'medical', 'environment', 'standard', 'other']),
    basis: SpecificationReferences,
    standards: MeasurementStandards,
    environment: Environment,
    place: z.optional(Place),
    results: ResultTables,
    decisionRule: z.optional(DecisionRule),
    adjustment: z.optional(z.strictObject({ description: LocalizedText })),
    amendment: z.optional(Amendment),
    seals: z.optional(
      z
        .array(
          z.strictObject({
            number: Line,
            position: z.optional(LocalizedText),
            on: z.optional(CivilDate),
          }),
        )
        .check(z.maxLength(20)),
    ),
    marks: z.optional(
      z
        .array(
          z.strictObject({
            kind: grows(['certificate', 'sticker', 'stamp', 'cancellation']),
            number: z.optional(Line),
            position: z.optional(LocalizedText),
            on: z.optional(CivilDate),
          }),
        )
        .check(z.maxLength(20)),
    ),
    outcome: z.enum(['pass', 'fail']),
    failedItems: z.optional(
      z.array(z.strictObject({ name: LocalizedText, table: z.optional(Slug) })).check(z.minLength(1), z.maxLength(50)),
    ),
    concludedClass: z.optional(Line),
    verifiedOn: CivilDate,
    validUntil: z.optional(CivilDate),
    signatories: z.strictObject({
      verifier: Signatory,
      checker: Signatory,
      approver: Signatory,
    }),
    attachments: z.optional(Attachments),
    remarks: z.optional(LocalizedText),
  }),
)
export interface VerificationRecord extends z.infer<typeof VerificationRecord> {}

export const verificationRecord = defineKind<VerificationRecord>()({
  kind: 'verification-record',
  version: 1,
  title: { zh: '检定记录', en: 'verification record' },
  schema: VerificationRecord,
  recognition: { zh: '互认', en: 'recognised' },
  isCertificate: true,
  issuerMember: 'issuer',
  issuerLabel: 'issuer',
  number: ({ certificateNo }) => certificateNo,
  factMember: 'verifiedOn',
  issuedMember: 'verifiedOn',
  dates: [
    { path: '/verifiedOn', zh: '检定日期', en: 'date of verification', date: ({ verifiedOn }) => verifiedOn },
    { path: '/validUntil', zh: '有效期至', en: 'valid until', date: ({ validUntil }) => validUntil },
  ],
  basisMember: 'basis',
  instrument: ({ instrument }) => instrument,
  categories: ['/instrument/category'],
  validUntil: ({ validUntil }) => validUntil,
  decision: { member: 'decisionRule', rule: ({ decisionRule }) => decisionRule },
  numbers: [
    '/instrument/serialNumber',
    '/instruments/*/serialNumber',
    '/instrument/typeApprovalNo',
    '/certificateNo',
    '/standards/*/number,/trace/certificateNo',
  ],
  organisations: ['/issuer/uscc', '/applicant/uscc'],
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
  namingMembers: ['applicant', 'issuer', 'signatories', 'instrument', 'remarks'],
})

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const verificationRecordTexts = {
  'verification-record': {
    '': ['检定记录：检定证书或检定结果通知书', 'Verification record: certificate or notice', 'JJF 1069—2012; 计量检定印、证管理办法'],
    kind: ['记录种类：检定记录', 'Kind of record'],
    version: ['本种类的版本', 'Version of the kind'],
    certificateNo: ['证书编号，出具机构内唯一', 'Certificate number, unique within its issuer', 'JJF 1069—2012'],
    rawRecordNo: ['原始记录号', 'Number of the raw record'],
    instruments: [
      '批量证书的各台器具，一台一行，至多 1000 行；instrument 写各台相同的内容，不写出厂编号；状态引用为第 1 行的序号，第 n 行为该序号加 n−1',
      'Instruments of a batch, a line each, at most 1,000; `instrument` holds what they share, without a serial number. The status reference is the index of line 1; line n is at that index + n − 1',
    ],
    verificationType: [
      '检定类别：首次检定、后续检定、使用中检查、仲裁检定',
      'Type of verification: initial, subsequent, in-service inspection, arbitration',
      'JJF 1001—2011 9.4',
    ],
    cause: [
      '检定原因：周期检定、修理后检定、进口检定、争议检定、抽检、强制检定的首次检定',
      'Cause: periodic, after repair, import, dispute, sampling, initial verification of a mandatory instrument',
      'JJF 1001—2011 9',
    ],
    mode: ['检定方式：常规、远程；不写则为常规', 'Mode: conventional, or remote; absent means conventional'],
    combinedWithFactory: ['出厂检验与首次检定合并进行（二检合一）', 'Factory inspection and initial verification done as one'],
    scope: ['检定范围：本机检定、装车后检定（计价器）', 'Scope: device alone, or installed in the vehicle (taximeter)', 'JJG 517—2016'],
    purpose: [
      '用途：贸易结算、安全防护、医疗卫生、环境监测、计量标准、其他；用于前四种用途且列入《实施强制管理的计量器具目录》的工作计量器具，以及社会公用计量标准和部门、企业、事业单位的最高计量标准，实行强制检定',
      'Trade settlement, safety, medical care, environmental monitoring, measurement standard, other. Mandatory verification: working instruments for the first four that are in the national catalogue, public standards, and the highest standards of an organisation',
      '计量法 第九条',
    ],
    basis: ['检定依据', 'Regulations applied'],
    standards: ['所用计量标准', 'Measurement standards used'],
    results: ['检定（校准）结果，各表合计至多 2000 行', 'Results; at most 2,000 rows in all tables together'],
    adjustment: [
      '调修说明，经调修时填写；结果表以 state 区分前后',
      'Adjustment, present when adjusted; result tables tell before and after by their state',
    ],
    'adjustment/description': ['调修情况', 'What was adjusted or repaired'],
    seals: ['封印', 'Seals'],
    'seals/*/number': ['封印（铅封）号', 'Seal number'],
    'seals/*/position': ['位置', 'Position'],
    'seals/*/on': ['加封日期', 'Day on which it was set'],
    marks: ['除检定证书外的检定印、证', 'Marks and slips given out besides the certificate', '计量检定印、证管理办法'],
    'marks/*/kind': [
      '种类：检定合格证、检定合格标志、检定合格印、注销印',
      'Kind: slip, sticker, stamp of a passed verification, or stamp of cancellation',
    ],
    'marks/*/number': ['编号', 'Number'],
    'marks/*/position': ['位置', 'Position'],
    'marks/*/on': ['日期', 'Date'],
    outcome: [
      '检定结论：合格（检定证书）、不合格（检定结果通知书）',
      'Conclusion: pass gives a certificate, fail a notice',
      '计量检定印、证管理办法',
    ],
    failedItems: ['不合格项目（通知书）', 'Items that failed, on a notice'],
    'failedItems/*/name': ['项目名称', 'Item'],
    'failedItems/*/table': ['对应的结果表（id）；结果表中没有的项目不写', 'The result table of the item; absent where no table holds it'],
    concludedClass: ['结论等级，如 E2 等级', 'Accuracy class concluded'],
    verifiedOn: ['检定日期', 'Date of verification'],
    validUntil: ['有效期至（含当日）；通知书没有', 'Valid until, inclusive; absent on a notice'],
    signatories: ['检定员、核验员、批准人', 'Verifier, checker, approver', '计量检定印、证管理办法'],
    'signatories/verifier': ['检定员', 'Verifier'],
    'signatories/checker': ['核验员', 'Checker'],
    'signatories/approver': ['批准人', 'Approver'],
    attachments: ['附件', 'Attachments'],
    remarks: ['说明', 'Remarks'],
  },
} as const satisfies Described
