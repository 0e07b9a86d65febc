/** 型式批准: the approved type, its holder, and the evaluation. National by law; the agreement adds cross-border handling. */
import * as z from 'zod/mini'
import { about, CivilDate, DecimalText, Digest, Line, LocalizedText, named, Slug } from '../../base/schema.js'
import { Amendment } from '../amendment.js'
import { Attachments, SpecificationReferences } from '../instrument.js'
import { Party } from '../party.js'
import { Limits, Range, UnitCode } from '../quantity.js'
import { defineKind, none } from './kind.js'

export const ApprovedModel = named(
  'approved-model',
  about(
    z.strictObject({
      model: about(Line, '型号规格', 'Model'),
      accuracyClass: about(z.optional(Line), '准确度等级', 'Accuracy class', 'JJF 1001—2011 7.26'),
      range: about(z.optional(Range), '测量范围', 'Measuring range'),
      scaleInterval: about(
        z.optional(z.strictObject({ value: about(DecimalText, '分度值', 'Value'), unit: UnitCode })),
        '分度值',
        'Scale interval',
      ),
      maximumPermissibleError: about(z.optional(Limits), '最大允许误差', 'Maximum permissible error'),
      softwareId: about(z.optional(Line), '软件标识', 'Software identification'),
    }),
    '批准的一个型号',
    'One approved model',
  ),
)

export const TypeApproval = named(
  'type-approval',
  about(
    z.strictObject({
      kind: about(z.literal('type-approval'), '记录种类：型式批准', 'Kind of record'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      number: about(Line, '型式批准证书编号，如 2020F118-51', 'Number of the type approval certificate', '计量器具新产品管理办法'),
      issuer: about(Party, '批准机关', 'Approving authority'),
      applicant: about(Party, '申请单位', 'Applicant'),
      manufacturer: about(z.optional(Party), '制造单位（与申请单位不同时）', 'Manufacturer, where it is not the applicant'),
      category: about(Slug, '器具类别（类别表代码）', 'Category, slug of the catalogue', '实施强制管理的计量器具目录'),
      name: about(Line, '计量器具名称', 'Name of the instrument'),
      models: about(z.array(ApprovedModel).check(z.minLength(1), z.maxLength(100)), '批准的型号', 'Approved models'),
      basis: about(SpecificationReferences, '型式评价依据', 'Specifications of the evaluation'),
      evaluation: about(
        z.strictObject({
          body: about(Party, '型式评价技术机构', 'Body that evaluated the type'),
          reportNo: about(Line, '型式评价报告编号', 'Number of the evaluation report'),
          reportedOn: about(z.optional(CivilDate), '报告日期', 'Date of the report'),
          statement: about(z.optional(Digest), '报告的签名记录标识', 'Statement id of the report'),
        }),
        '型式评价',
        'Type evaluation',
        'JJF 1015—2014; JJF 1016—2014',
      ),
      acceptedBy: about(
        z.optional(Party),
        '受理机关（跨省通办时）',
        'Authority that took the application, where handled across the border',
      ),
      approvedOn: about(CivilDate, '批准日期', 'Date of approval'),
      validUntil: about(z.optional(CivilDate), '截止日期（含当日）；不写为长期', 'Valid until, inclusive; absent means without end'),
      amendment: z.optional(Amendment),
      conditions: about(z.optional(LocalizedText), '限制条件', 'Conditions'),
      attachments: about(z.optional(Attachments), '附件（主要结构、照片）', 'Attachments: construction, photographs'),
      remarks: about(z.optional(LocalizedText), '说明', 'Remarks'),
    }),
    '型式批准证书',
    'Type approval certificate',
    '计量法 第十三条; 计量器具新产品管理办法',
  ),
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
  limits: ['/models/*/maximumPermissibleError'],
  unitMembers: ['models'],
  namingMembers: ['applicant', 'manufacturer', 'remarks'],
})
