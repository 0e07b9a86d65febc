/** 地方计量技术规范 and national editions: one record per edition, with the editions it replaces. */

import * as z from 'zod/mini'
import { BLANK } from '../../base/blank.js'
import {
  about,
  CivilDate,
  DecimalText,
  Digest,
  grows,
  LINE,
  Line,
  LocalizedText,
  named,
  PeriodText,
  RegionCode,
  Slug,
} from '../../base/schema.js'
import { MediaType } from '../instrument.js'
import { Party } from '../party.js'
import { Limits, Range } from '../quantity.js'
import { defineKind, none } from './kind.js'

const SpecificationNumber = z.string().check(z.maxLength(60), z.regex(LINE))
const SpecificationNumbers = z.array(SpecificationNumber).check(z.maxLength(20))

export const Requirement = named(
  'requirement',
  about(
    z.strictObject({
      id: about(Slug, '要求标识', 'Name of the requirement, unique in the specification'),
      name: about(LocalizedText, '计量特性', 'Metrological characteristic'),
      accuracyClass: about(z.optional(Line), '适用的准确度等级', 'Accuracy class to which it applies'),
      condition: about(z.optional(LocalizedText), '适用条件', 'Condition under which it applies'),
      range: about(z.optional(Range), '适用的测量范围', 'Range over which it applies'),
      limits: Limits,
      roundTo: about(z.optional(DecimalText), '修约间隔', 'Rounding interval', 'GB/T 8170—2008'),
    }),
    '机器可读的技术要求',
    'Requirement in machine form',
  ),
)

export const Adoption = named(
  'adoption',
  about(
    z.strictObject({
      region: about(RegionCode, '采纳的省（市）', 'Province that adopts it'),
      documentNo: about(Line, '文件号', 'Number of the notice'),
      from: about(CivilDate, '起始日期', 'From, inclusive'),
      to: about(z.optional(CivilDate), '终止日期（含当日）', 'Until, inclusive'),
    }),
    '互认采纳通知；只有采纳方主管部门自己签名的才算数',
    'Notice of adoption; counts only in a record signed by the adopting authority itself',
  ),
)

export const TechnicalSpecification = named(
  'technical-specification',
  about(
    z.strictObject({
      kind: about(z.literal('technical-specification'), '记录种类：计量技术规范', 'Kind of record'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      number: about(SpecificationNumber, '编号（带年号），如 JJF(渝) 901-2024', 'Number with the year of the edition', 'JJF 1002—2010'),
      title: about(LocalizedText, '名称', 'Title'),
      type: about(
        grows(['verification-regulation', 'calibration-specification', 'test-rule', 'general']),
        '规范类型：检定规程、校准规范、检验规则、通用规范',
        'Type: verification regulation, calibration specification, test rule, general',
      ),
      publisher: about(Party, '发布机关', 'Publishing authority'),
      publishedOn: about(CivilDate, '发布日期', 'Date of publication'),
      effectiveOn: about(CivilDate, '实施日期', 'Date on which it takes effect'),
      abolishedOn: about(z.optional(CivilDate), '废止日期（当日起失效）', 'First day on which it is no longer in force'),
      replaces: about(z.optional(SpecificationNumbers), '代替的规范', 'Editions it replaces'),
      replacedBy: about(z.optional(SpecificationNumbers), '被代替', 'Editions that replace it'),
      focalPoint: about(z.optional(Line), '归口单位', 'Focal point'),
      draftedBy: about(z.optional(z.array(Line).check(z.maxLength(20))), '主要起草单位', 'Main drafting bodies'),
      coDraftedBy: about(z.optional(z.array(Line).check(z.maxLength(20))), '参加起草单位', 'Other drafting bodies'),
      interpretedBy: about(z.optional(Line), '解释单位', 'Body that interprets it'),
      scope: about(LocalizedText, '适用范围', 'Scope'),
      categories: about(z.optional(z.array(Slug).check(z.maxLength(50))), '涉及的器具类别', 'Instrument categories covered'),
      normativeReferences: about(z.optional(z.array(Line).check(z.maxLength(100))), '引用文件', 'Normative references'),
      interval: about(
        z.optional(
          z.strictObject({
            period: about(PeriodText, '检定周期或复校间隔', 'Interval'),
            mandatory: about(z.boolean(), '是否为检定周期上限（否为建议）', 'True for a maximum, false for advice'),
          }),
        ),
        '检定周期、复校间隔',
        'Verification or calibration interval',
      ),
      requirements: about(z.optional(z.array(Requirement).check(z.maxLength(500))), '技术要求', 'Requirements'),
      equivalenceGroup: about(z.optional(Line), '同文多号的等同组标识', 'Mark shared by editions with one text under several numbers'),
      adoptions: about(z.optional(z.array(Adoption).check(z.maxLength(40))), '采纳通知', 'Notices of adoption'),
      document: about(
        z.optional(
          z.strictObject({
            digest: about(Digest, '文本文件摘要', 'Digest of the document'),
            mediaType: about(MediaType, '媒体类型', 'Media type', 'RFC 6838'),
            location: about(
              z.optional(z.string().check(z.maxLength(500), z.regex(new RegExp(`^https://[^${BLANK}]+$`)))),
              '公开地址',
              'Public address',
            ),
          }),
        ),
        '规范文本',
        'The document itself',
      ),
      remarks: about(z.optional(LocalizedText), '说明', 'Remarks'),
    }),
    '计量技术规范（版本）',
    'Technical specification: one edition',
    '地方计量技术规范管理',
  ),
)
export interface TechnicalSpecification extends z.infer<typeof TechnicalSpecification> {}

export const technicalSpecification = defineKind<TechnicalSpecification>()({
  kind: 'technical-specification',
  version: 1,
  title: { zh: '计量技术规范', en: 'technical specification' },
  schema: TechnicalSpecification,
  recognition: { zh: '采用', en: 'adopted' },
  isCertificate: false,
  issuerMember: 'publisher',
  issuerLabel: 'publisher',
  number: (record) => record.number,
  factMember: 'publishedOn',
  issuedMember: 'publishedOn',
  dates: [
    { path: '/publishedOn', zh: '发布日期', en: 'date of publication', date: ({ publishedOn }) => publishedOn },
    { path: '/effectiveOn', zh: '实施日期', en: 'effective date', date: ({ effectiveOn }) => effectiveOn },
    { path: '/abolishedOn', zh: '废止日期', en: 'date of abolition', date: ({ abolishedOn }) => abolishedOn },
  ],
  specifications: ['/number', '/replaces/*', '/replacedBy/*'],
  instrument: none,
  categories: ['/categories/*'],
  validUntil: none,
  numbers: ['/number'],
  organisations: ['/publisher/uscc'],
  limits: ['/requirements/*/limits'],
  unitMembers: ['requirements'],
  namingMembers: ['draftedBy', 'coDraftedBy', 'scope', 'remarks'],
})
