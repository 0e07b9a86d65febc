/** 型式批准: the approved type, its holder, and the evaluation. National by law; the agreement adds cross-border handling. */
import * as z from 'zod/mini'
import type { Described } from '../../base/faults.js'
import { CivilDate, DecimalText, Digest, Line, LocalizedText, named, Slug } from '../../base/schema.js'
import { Amendment } from '../amendment.js'
import { Attachments, SpecificationReferences } from '../instrument.js'
import { Party } from '../party.js'
import { Limits, Range, UnitCode } from '../quantity.js'
import { defineKind, none } from './kind.js'

export const ApprovedModel = named(
  'approved-model',
  z.strictObject({
    model: Line,
    accuracyClass: z.optional(Line),
    range: z.optional(Range),
    scaleInterval: z.optional(z.strictObject({ value: DecimalText, unit: UnitCode })),
    maximumPermissibleError: z.optional(Limits),
    softwareId: z.optional(Line),
  }),
)

export const TypeApproval = named(
  'type-approval',
  z.strictObject({
    kind: z.literal('type-approval'),
    version: z.literal(1),
    number: Line,
    issuer: Party,
    applicant: Party,
    manufacturer: z.optional(Party),
    category: Slug,
    name: Line,
    models: z.array(ApprovedModel).check(z.minLength(1), z.maxLength(100)),
    basis: SpecificationReferences,
    evaluation: z.strictObject({
      body: Party,
      reportNo: Line,
      reportedOn: z.optional(CivilDate),
      statement: z.optional(Digest),
    }),
    acceptedBy: z.optional(Party),
    approvedOn: CivilDate,
    validUntil: z.optional(CivilDate),
    amendment: z.optional(Amendment),
    conditions: z.optional(LocalizedText),
    attachments: z.optional(Attachments),
    remarks: z.optional(LocalizedText),
  }),
)
export interface TypeApproval extends z.infer<typeof TypeApproval> {}

export const typeApproval = defineKind<TypeApproval>()({
  kind: 'type-approval',
  version: 1,
  title: { zh: '型式批准', en: 'type approval' },
  schema: TypeApproval,
  recognition: { zh: '认可', en: 'recognised' },
  isCertificate: false,
  issuerMember: 'issuer',
  issuerLabel: 'authority',
  number: (record) => record.number,
  factMember: 'approvedOn',
  issuedMember: 'approvedOn',
  dates: [
    {
      path: '/evaluation/reportedOn',
      zh: '评价报告日期',
      en: 'date of the evaluation report',
      date: ({ evaluation }) => evaluation.reportedOn,
    },
    { path: '/approvedOn', zh: '批准日期', en: 'date of approval', date: ({ approvedOn }) => approvedOn },
    { path: '/validUntil', zh: '截止日期', en: 'valid until', date: ({ validUntil }) => validUntil },
  ],
  basisMember: 'basis',
  instrument: none,
  categories: ['/category'],
  validUntil: ({ validUntil }) => validUntil,
  numbers: ['/number'],
  organisations: ['/issuer/uscc', '/applicant/uscc', '/manufacturer/uscc', '/evaluation/body/uscc', '/acceptedBy/uscc'],
  limits: ['/models/*/maximumPermissibleError', '/models/*/range'],
  unitMembers: ['models'],
  namingMembers: ['applicant', 'manufacturer', 'remarks'],
})

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const typeApprovalTexts = {
  'approved-model': {
    '': ['批准的一个型号', 'One approved model'],
    model: ['型号规格', 'Model'],
    accuracyClass: ['准确度等级', 'Accuracy class', 'JJF 1001—2011 7.26'],
    range: ['测量范围', 'Measuring range'],
    scaleInterval: ['分度值', 'Scale interval'],
    'scaleInterval/value': ['分度值', 'Value'],
    maximumPermissibleError: ['最大允许误差', 'Maximum permissible error'],
    softwareId: ['软件标识', 'Software identification'],
  },
  'type-approval': {
    '': ['型式批准证书', 'Type approval certificate', '计量法 第十三条; 计量器具新产品管理办法'],
    kind: ['记录种类：型式批准', 'Kind of record'],
    version: ['本种类的版本', 'Version of the kind'],
    number: ['型式批准证书编号，如 2020F118-51', 'Number of the type approval certificate', '计量器具新产品管理办法'],
    issuer: ['批准机关', 'Approving authority'],
    applicant: ['申请单位', 'Applicant'],
    manufacturer: ['制造单位（与申请单位不同时）', 'Manufacturer, where it is not the applicant'],
    category: ['器具类别（类别表代码）', 'Category, slug of the catalogue', '实施强制管理的计量器具目录'],
    name: ['计量器具名称', 'Name of the instrument'],
    models: ['批准的型号', 'Approved models'],
    basis: ['型式评价依据', 'Specifications of the evaluation'],
    evaluation: ['型式评价', 'Type evaluation', 'JJF 1015—2014; JJF 1016—2014'],
    'evaluation/body': ['型式评价技术机构', 'Body that evaluated the type'],
    'evaluation/reportNo': ['型式评价报告编号', 'Number of the evaluation report'],
    'evaluation/reportedOn': ['报告日期', 'Date of the report'],
    'evaluation/statement': ['报告的签名记录标识', 'Statement id of the report'],
    acceptedBy: ['受理机关（跨省通办时）', 'Authority that took the application, where handled across the border'],
    approvedOn: ['批准日期', 'Date of approval'],
    validUntil: ['截止日期（含当日）；不写为长期', 'Valid until, inclusive; absent means without end'],
    conditions: ['限制条件', 'Conditions'],
    attachments: ['附件（主要结构、照片）', 'Attachments: construction, photographs'],
    remarks: ['说明', 'Remarks'],
  },
} as const satisfies Described
