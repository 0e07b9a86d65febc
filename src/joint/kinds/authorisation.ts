/** 计量授权证书: an authority grants a body the right to work for others, within a scope and until a day. */
import * as z from 'zod/mini'
import { about, CivilDate, grows, Line, LocalizedText, named, Slug } from '../../base/schema.js'
import { kinds, Party, Range, SpecificationReference } from '../../records/index.js'
import { found } from '../finding.js'
import { defineJoint } from './kind.js'
import { ExpandedUncertainty } from './parts.js'

const BASIS = '计量授权管理办法; JJF 1069—2012'

/** Forms of authorisation (计量授权管理办法 第五条). */
export const authorisationForms = {
  'legal-institute': ['法定计量检定机构授权', 'legal metrological verification institute'],
  special: ['专项计量授权', 'authorisation for certain work'],
  accreditation: ['实验室认可', 'accreditation'],
} as const
type Form = keyof typeof authorisationForms

/** 计量授权证书 — Metrological authorisation. Zod schema. */
export const MetrologyAuthorisation = named(
  'metrology-authorisation',
  about(
    z.strictObject({
      kind: about(z.literal('metrology-authorisation'), '种类：计量授权', 'Kind of joint statement'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      number: about(Line, '授权证书号或认可证书号', 'Number of the authorisation or accreditation', BASIS),
      holder: about(Party, '被授权机构', 'Body that is authorised'),
      form: about(
        grows(Object.keys(authorisationForms) as [Form, ...Form[]]),
        '授权形式：法定计量检定机构、专项计量授权、实验室认可',
        'Form of the authorisation',
        '计量授权管理办法 第五条',
      ),
      scope: about(
        z
          .array(
            z.strictObject({
              kinds: about(z.array(Slug).check(z.minLength(1), z.maxLength(20)), '记录种类', 'Kinds of record it may issue'),
              categories: about(
                z.union([z.literal('all'), z.array(Slug).check(z.minLength(1), z.maxLength(200))]),
                '器具类别',
                'Instrument categories',
              ),
              quantity: about(z.optional(LocalizedText), '被测量', 'Quantity'),
              range: about(z.optional(Range), '测量范围', 'Measuring range'),
              uncertainty: about(z.optional(ExpandedUncertainty), '最小扩展不确定度', 'Smallest expanded uncertainty', 'ILAC-P14:09/2020'),
              basis: about(
                z.optional(z.array(SpecificationReference).check(z.minLength(1), z.maxLength(20))),
                '检定规程、校准规范',
                'Specifications',
              ),
              standardNo: about(z.optional(Line), '所用计量标准的考核证书号', 'Number of the assessment of the standard used'),
            }),
          )
          .check(z.minLength(1), z.maxLength(500)),
        '授权项目',
        'Scope, a row an item',
      ),
      area: about(z.optional(Line), '授权区域', 'Area'),
      from: about(CivilDate, '起始日期', 'From'),
      until: about(CivilDate, '截止日期（含当日）', 'Until, inclusive'),
      remarks: about(z.optional(LocalizedText), '说明', 'Remarks'),
    }),
    '计量授权证书',
    'Metrological authorisation',
    BASIS,
  ),
)
export interface MetrologyAuthorisation extends z.infer<typeof MetrologyAuthorisation> {}

export const metrologyAuthorisation = defineJoint<MetrologyAuthorisation>()({
  kind: 'metrology-authorisation',
  version: 1,
  title: { zh: '计量授权证书', en: 'metrological authorisation' },
  schema: MetrologyAuthorisation,
  signer: 'authority',
  isPublic: true,
  subject: ({ number }) => number,
  // It may be signed before it begins, so any time of signing passes.
  on: () => '1900-01-01',
  holds: ({ from, until }) => ({ from, until }),
  categories: ({ scope }) => {
    const stated = scope.map(({ categories }) => categories)
    return stated.includes('all') ? 'all' : stated.flat()
  },
  dates: ({ from, until }) => [
    { path: '/from', zh: '起始日期', en: 'beginning', date: from },
    { path: '/until', zh: '截止日期', en: 'end', date: until },
  ],
  check: ({ scope }) =>
    scope.flatMap((row, at) =>
      row.kinds.flatMap((kind, n) =>
        kinds.has(kind)
          ? []
          : [found('authorisation.kind-unknown', { status: 'warn', path: `/scope/${at}/kinds/${n}`, params: { kind }, basis: BASIS })],
      ),
    ),
})
