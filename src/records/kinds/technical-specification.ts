/** 地方计量技术规范 and national editions: one record per edition, with the editions it replaces. */

import * as z from 'zod/mini'
import { BLANK } from '../../base/blank.js'
import type { Described } from '../../base/faults.js'
import { LINE } from '../../base/patterns.js'
import { CivilDate, DecimalText, Digest, grows, Line, LocalizedText, named, PeriodText, RegionCode, Slug } from '../../base/schema.js'
import { MediaType } from '../instrument.js'
import { Party } from '../party.js'
import { Limits, Range } from '../quantity.js'
import { defineKind, none } from './kind.js'

const SpecificationNumber = z.string().check(z.maxLength(60), z.regex(LINE))
const SpecificationNumbers = z.array(SpecificationNumber).check(z.maxLength(20))

export const Requirement = named(
  'requirement',
  z.strictObject({
    id: Slug,
    name: LocalizedText,
    accuracyClass: z.optional(Line),
    condition: z.optional(LocalizedText),
    range: z.optional(Range),
    limits: Limits,
    roundTo: z.optional(DecimalText),
  }),
)

export const Adoption = named(
  'adoption',
  z.strictObject({
    region: RegionCode,
    documentNo: Line,
    from: CivilDate,
    to: z.optional(CivilDate),
  }),
)

export const TechnicalSpecification = named(
  'technical-specification',
  z.strictObject({
    kind: z.literal('technical-specification'),
    version: z.literal(1),
    number: SpecificationNumber,
    title: LocalizedText,
    type: grows(['verification-regulation', 'calibration-specification', 'test-rule', 'general']),
    publisher: Party,
    publishedOn: CivilDate,
    effectiveOn: CivilDate,
    abolishedOn: z.optional(CivilDate),
    replaces: z.optional(SpecificationNumbers),
    replacedBy: z.optional(SpecificationNumbers),
    focalPoint: z.optional(Line),
    draftedBy: z.optional(z.array(Line).check(z.maxLength(20))),
    coDraftedBy: z.optional(z.array(Line).check(z.maxLength(20))),
    interpretedBy: z.optional(Line),
    scope: LocalizedText,
    categories: z.optional(z.array(Slug).check(z.maxLength(50))),
    normativeReferences: z.optional(z.array(Line).check(z.maxLength(100))),
    interval: z.optional(
      z.strictObject({
        period: PeriodText,
        mandatory: z.boolean(),
      }),
    ),
    requirements: z.optional(z.array(Requirement).check(z.maxLength(500))),
    equivalenceGroup: z.optional(Line),
    adoptions: z.optional(z.array(Adoption).check(z.maxLength(40))),
    document: z.optional(
      z.strictObject({
        digest: Digest,
        mediaType: MediaType,
        location: z.optional(z.string().check(z.maxLength(500), z.regex(new RegExp(`^https://[^${BLANK}]+$`)))),
      }),
    ),
    remarks: z.optional(LocalizedText),
  }),
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
  limits: ['/requirements/*/limits', '/requirements/*/range'],
  unitMembers: ['requirements'],
  namingMembers: ['draftedBy', 'coDraftedBy', 'scope', 'remarks'],
})

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const technicalSpecificationTexts = {
  requirement: {
    '': ['机器可读的技术要求', 'Requirement in machine form'],
    id: ['要求标识', 'Name of the requirement, unique in the specification'],
    name: ['计量特性', 'Metrological characteristic'],
    accuracyClass: ['适用的准确度等级', 'Accuracy class to which it applies'],
    condition: ['适用条件', 'Condition under which it applies'],
    range: ['适用的测量范围', 'Range over which it applies'],
    roundTo: ['修约间隔', 'Rounding interval', 'GB/T 8170—2008'],
  },
  adoption: {
    '': [
      '互认采纳通知；只有采纳方主管部门自己签名的才算数',
      'Notice of adoption; counts only in a record signed by the adopting authority itself',
    ],
    region: ['采纳的省（市）', 'Province that adopts it'],
    documentNo: ['文件号', 'Number of the notice'],
    from: ['起始日期', 'From, inclusive'],
    to: ['终止日期（含当日）', 'Until, inclusive'],
  },
  'technical-specification': {
    '': ['计量技术规范（版本）', 'Technical specification: one edition', '国家计量技术规范管理办法; 计量法 第十条'],
    kind: ['记录种类：计量技术规范', 'Kind of record'],
    version: ['本种类的版本', 'Version of the kind'],
    number: ['编号（带年号），如 JJF(渝) 901-2024', 'Number with the year of the edition', 'JJF 1002—2010'],
    title: ['名称', 'Title'],
    type: [
      '规范类型：检定规程、校准规范、检验规则、通用规范',
      'Type: verification regulation, calibration specification, test rule, general',
    ],
    publisher: ['发布机关', 'Publishing authority'],
    publishedOn: ['发布日期', 'Date of publication'],
    effectiveOn: ['实施日期', 'Date on which it takes effect'],
    abolishedOn: ['废止日期（当日起失效）', 'First day on which it is no longer in force'],
    replaces: ['代替的规范', 'Editions it replaces'],
    replacedBy: ['被代替', 'Editions that replace it'],
    focalPoint: ['归口单位', 'Focal point'],
    draftedBy: ['主要起草单位', 'Main drafting bodies'],
    coDraftedBy: ['参加起草单位', 'Other drafting bodies'],
    interpretedBy: ['解释单位', 'Body that interprets it'],
    scope: ['适用范围', 'Scope'],
    categories: ['涉及的器具类别', 'Instrument categories covered'],
    normativeReferences: ['引用文件', 'Normative references'],
    interval: ['检定周期、复校间隔', 'Verification or calibration interval'],
    'interval/period': ['检定周期或复校间隔', 'Interval'],
    'interval/mandatory': ['是否为检定周期上限（否为建议）', 'True for a maximum, false for advice'],
    requirements: ['技术要求', 'Requirements'],
    equivalenceGroup: ['同文多号的等同组标识', 'Mark shared by editions with one text under several numbers'],
    adoptions: ['采纳通知', 'Notices of adoption'],
    document: ['规范文本', 'The document itself'],
    'document/digest': ['文本文件摘要', 'Digest of the document'],
    'document/mediaType': ['媒体类型', 'Media type', 'RFC 6838'],
    'document/location': ['公开地址', 'Public address'],
    remarks: ['说明', 'Remarks'],
  },
} as const satisfies Described
