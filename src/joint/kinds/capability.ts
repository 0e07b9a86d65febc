/** 技术能力声明: an institute states what it can measure, how well, and by which authorisation. */
import * as z from 'zod/mini'
import { about, CivilDate, grows, Line, LocalizedText, named, Slug } from '../../base/schema.js'
import { Party, Range, SpecificationReference } from '../../records/index.js'
import { defineJoint } from './kind.js'
import { ExpandedUncertainty } from './parts.js'

/** Kinds of work, in Chinese and English, with the kind of record that documents each. */
export const capabilityWork = {
  verification: ['检定', 'verification', 'verification-record'],
  calibration: ['校准', 'calibration', 'calibration-result'],
} as const
type Work = keyof typeof capabilityWork

const CapabilityItem = named(
  'capability-item',
  about(
    z.strictObject({
      work: about(grows(Object.keys(capabilityWork) as [Work, ...Work[]]), '检定或校准', 'Verification or calibration'),
      categories: about(z.array(Slug).check(z.minLength(1), z.maxLength(100)), '器具类别', 'Instrument categories'),
      quantity: about(LocalizedText, '被测量', 'Quantity'),
      range: about(Range, '测量范围', 'Measuring range'),
      uncertainty: about(z.optional(ExpandedUncertainty), '最小扩展不确定度', 'Smallest expanded uncertainty', 'ILAC-P14:09/2020'),
      basis: about(
        z.optional(z.array(SpecificationReference).check(z.minLength(1), z.maxLength(20))),
        '检定规程、校准规范',
        'Specifications',
      ),
      authorisationNo: about(Line, '授权证书号或 CNAS 认可证书号', 'Number of the authorisation or accreditation'),
      isShared: about(z.optional(z.boolean()), '是否对外共享', 'Whether it is offered to others'),
    }),
    '能力',
    'A capability',
  ),
)
export interface CapabilityItem extends z.infer<typeof CapabilityItem> {}

/** 技术能力声明 — Claim of capabilities. Zod schema. */
export const CapabilityStatement = named(
  'capability-statement',
  about(
    z.strictObject({
      kind: about(z.literal('capability-statement'), '种类：技术能力声明', 'Kind of joint statement'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      number: about(Line, '声明编号；同一编号以最后签署的为准', 'Number of the claim; of several of one number the one signed last holds'),
      holder: about(Party, '机构，即签名机构', 'The institute, which signs'),
      items: about(z.array(CapabilityItem).check(z.minLength(1), z.maxLength(1000)), '各项能力', 'Capabilities'),
      from: about(CivilDate, '起始日期', 'From'),
      until: about(CivilDate, '截止日期（含当日）', 'Until, inclusive'),
    }),
    '技术能力声明',
    'Claim of capabilities',
    'JJF 1069—2012; ILAC-P14:09/2020',
  ),
)
export interface CapabilityStatement extends z.infer<typeof CapabilityStatement> {}

export const capabilityStatement = defineJoint<CapabilityStatement>()({
  kind: 'capability-statement',
  version: 1,
  title: { zh: '技术能力声明', en: 'claim of capabilities' },
  schema: CapabilityStatement,
  signer: 'body',
  isPublic: true,
  signedBy: ({ holder }) => holder.uscc,
  subject: ({ number }) => number,
  on: () => '1900-01-01',
  holds: ({ from, until }) => ({ from, until }),
  categories: ({ items }) => items.flatMap(({ categories }) => categories),
  dates: ({ from, until }) => [
    { path: '/from', zh: '起始日期', en: 'beginning', date: from },
    { path: '/until', zh: '截止日期', en: 'end', date: until },
  ],
})
