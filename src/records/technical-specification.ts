/** 地方计量技术规范 and national editions: one record per edition, with its place in the replacement graph. */
import * as z from 'zod'
import { about, CivilDate, DecimalText, Digest, LINE, Line, LocalizedText, PeriodText, RegionCode, Slug } from '../base/schema.js'
import { MediaType } from './instrument.js'
import { Party } from './party.js'
import { Limits, Range } from './quantity.js'

const SpecificationNumber = z.string().max(60).regex(LINE)
const SpecificationNumbers = z.array(SpecificationNumber).max(20)

export const Requirement = z
  .strictObject({
    id: Slug.meta(about('要求标识', 'Name of the requirement, unique in the specification')),
    name: LocalizedText.meta(about('计量特性', 'Metrological characteristic')),
    accuracyClass: Line.optional().meta(about('适用的准确度等级', 'Accuracy class to which it applies')),
    condition: LocalizedText.optional().meta(about('适用条件', 'Condition under which it applies')),
    range: Range.optional().meta(about('适用的测量范围', 'Range over which it applies')),
    limits: Limits,
    roundTo: DecimalText.optional().meta(about('修约间隔', 'Rounding interval', 'GB/T 8170—2008')),
  })
  .meta({ id: 'requirement', ...about('机器可读的技术要求', 'Requirement in machine form') })

export const Adoption = z
  .strictObject({
    region: RegionCode.meta(about('采纳的省（市）', 'Province that adopts it')),
    documentNo: Line.meta(about('文件号', 'Number of the notice')),
    from: CivilDate.meta(about('起始日期', 'From, inclusive')),
    to: CivilDate.optional().meta(about('终止日期（含当日）', 'Until, inclusive')),
  })
  .meta({
    id: 'adoption',
    ...about(
      '互认采纳通知；只有采纳方主管部门自己签发的才算数',
      'Notice of adoption; counts only in a record signed by the adopting authority itself',
    ),
  })

export const TechnicalSpecification = z
  .strictObject({
    kind: z.literal('technical-specification').meta(about('记录种类：计量技术规范', 'Kind of record')),
    version: z.literal(1).meta(about('本种类的版本', 'Version of the kind')),
    number: SpecificationNumber.meta(about('编号（带年号），如 JJF(渝) 901-2024', 'Number with the year of the edition', 'JJF 1002—2010')),
    title: LocalizedText.meta(about('名称', 'Title')),
    type: z
      .enum(['verification-regulation', 'calibration-specification', 'test-rule', 'general'])
      .meta(about('检定规程、校准规范、检验规则、通用规范', 'Verification regulation, calibration specification, test rule, general')),
    publisher: Party.meta(about('发布机关', 'Publishing authority')),
    publishedOn: CivilDate.meta(about('发布日期', 'Date of publication')),
    effectiveOn: CivilDate.meta(about('实施日期', 'Date on which it takes effect')),
    abolishedOn: CivilDate.optional().meta(about('废止日期（当日起失效）', 'First day on which it is no longer in force')),
    replaces: SpecificationNumbers.optional().meta(about('代替的规范', 'Editions it replaces')),
    replacedBy: SpecificationNumbers.optional().meta(about('被代替', 'Editions that replace it')),
    focalPoint: Line.optional().meta(about('归口单位', 'Focal point')),
    draftedBy: z.array(Line).max(20).optional().meta(about('主要起草单位', 'Main drafting bodies')),
    coDraftedBy: z.array(Line).max(20).optional().meta(about('参加起草单位', 'Other drafting bodies')),
    interpretedBy: Line.optional().meta(about('解释单位', 'Body that interprets it')),
    scope: LocalizedText.meta(about('适用范围', 'Scope')),
    categories: z.array(Slug).max(50).optional().meta(about('涉及的器具类别', 'Instrument categories covered')),
    normativeReferences: z.array(Line).max(100).optional().meta(about('引用文件', 'Normative references')),
    interval: z
      .strictObject({
        period: PeriodText.meta(about('检定周期或复校间隔', 'Interval')),
        mandatory: z.boolean().meta(about('是否为检定周期上限（否为建议）', 'True for a maximum, false for advice')),
      })
      .optional()
      .meta(about('检定周期、复校间隔', 'Verification or calibration interval')),
    requirements: z.array(Requirement).max(500).optional().meta(about('技术要求', 'Requirements')),
    equivalenceGroup: Line.optional().meta(about('同文多号的等同组标识', 'Mark shared by editions with one text under several numbers')),
    adoptions: z.array(Adoption).max(40).optional().meta(about('采纳通知', 'Notices of adoption')),
    document: z
      .strictObject({
        digest: Digest.meta(about('文本文件摘要', 'Digest of the document')),
        mediaType: MediaType.meta(about('媒体类型', 'Media type', 'RFC 6838')),
        location: z
          .string()
          .max(500)
          .regex(/^https:\/\/[^\s]+$/)
          .optional()
          .meta(about('公开地址', 'Public address')),
      })
      .optional()
      .meta(about('规范文本', 'The document itself')),
    remarks: LocalizedText.optional().meta(about('说明', 'Remarks')),
  })
  .meta({ id: 'technical-specification', ...about('计量技术规范（版本）', 'Technical specification: one edition', '地方计量技术规范管理') })
export type TechnicalSpecification = z.infer<typeof TechnicalSpecification>
