/** Issuers, applicants and signatories. Data minimisation: no telephone, no identity numbers (PIPL art. 6). */
import * as z from 'zod/mini'
import type { Described } from '../base/faults.js'
import { DivisionCode, grows, Line, named, Uscc } from '../base/schema.js'

export const Party = named(
  'party',
  z.strictObject({
    uscc: Uscc,
    name: Line,
  }),
)

export const Issuer = named(
  'issuer',
  z.strictObject({
    uscc: Uscc,
    name: Line,
    authorisationNo: z.optional(Line),
    accreditationNo: z.optional(Line),
    address: z.optional(Line),
    postcode: z.optional(z.string().check(z.regex(/^\d{6}$/))),
    contact: z.optional(Line),
    fax: z.optional(Line),
    website: z.optional(Line),
  }),
)

export const Applicant = named(
  'applicant',
  z.strictObject({
    uscc: z.optional(Uscc),
    name: z.optional(Line),
    naturalPerson: z.optional(z.boolean()),
    address: z.optional(Line),
  }),
)

export const Signatory = named(
  'signatory',
  z.strictObject({
    name: Line,
    registrationNo: z.optional(Line),
    credential: z.optional(grows(['registered-metrologist', 'verifier'])),
  }),
)

export const Place = named(
  'place',
  z.strictObject({
    kind: grows(['issuer-premises', 'customer-premises', 'other']),
    address: z.optional(Line),
    division: z.optional(DivisionCode),
  }),
)

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const partyTexts = {
  party: {
    '': ['单位', 'Organisation'],
    uscc: ['统一社会信用代码', 'Unified social credit code', 'GB 32100—2015'],
    name: ['单位名称', 'Name of the organisation'],
  },
  issuer: {
    '': ['出具证书的机构', 'Body that issues the certificate', 'ISO/IEC 17025:2017 7.8.2.1 b'],
    uscc: ['出具机构统一社会信用代码', 'Unified social credit code of the issuing body'],
    name: ['出具机构名称', 'Name of the issuing body'],
    authorisationNo: [
      '计量检定机构授权证书号，如（川）法计（2021）51001号',
      'Number of the metrological authorisation certificate',
      'JJF 1069—2012',
    ],
    accreditationNo: ['CNAS 认可证书号', 'CNAS accreditation number', 'CNAS-CL01:2018'],
    address: ['地址', 'Address'],
    postcode: ['邮政编码', 'Postcode'],
    contact: ['公开联系方式', 'Public contact of the body, not of a person'],
    fax: ['传真', 'Fax'],
    website: ['网址', 'Website'],
  },
  applicant: {
    '': ['委托方（送检单位、客户）', 'Applicant or customer', 'ISO/IEC 17025:2017 7.8.2.1 e'],
    uscc: ['统一社会信用代码；自然人没有', 'Unified social credit code; a natural person has none'],
    name: ['名称；自然人可不写', 'Name; may be left out for a natural person'],
    naturalPerson: ['是否自然人', 'True for a natural person', '个人信息保护法 第六条'],
    address: ['地址', 'Address'],
  },
  signatory: {
    '': ['签名人', 'Person who signs', '计量检定印、证管理办法'],
    name: ['姓名', 'Name'],
    registrationNo: [
      '证号；种类见 credential，未写的为注册计量师注册证号',
      'Number of the certificate; of a registered metrologist unless credential says otherwise',
    ],
    credential: ['证件种类：注册计量师注册证、计量检定员证', 'Kind of certificate: registered metrologist, verifier'],
  },
  place: {
    '': ['检定、校准地点', 'Place of the activity'],
    kind: ['地点：本机构、客户现场、其他', 'Place: the issuer’s premises, the customer’s, other', 'ISO/IEC 17025:2017 7.8.2.1 c'],
    address: ['地址', 'Address'],
    division: ['行政区划代码', 'Administrative division', '民政部《县以上行政区划代码》'],
  },
} as const satisfies Described
