/** Issuers, applicants and signatories. Data minimisation: no telephone, no identity numbers (PIPL art. 6). */
import * as z from 'zod/mini'
import { about, DivisionCode, grows, Line, named, Uscc } from '../base/schema.js'

export const Party = named(
  'party',
  about(
    z.strictObject({
      uscc: about(Uscc, '统一社会信用代码', 'Unified social credit code', 'GB 32100—2015'),
      name: about(Line, '单位名称', 'Name of the organisation'),
    }),
    '单位',
    'Organisation',
  ),
)

export const Issuer = named(
  'issuer',
  about(
    z.strictObject({
      uscc: about(Uscc, '出具机构统一社会信用代码', 'Unified social credit code of the issuing body'),
      name: about(Line, '出具机构名称', 'Name of the issuing body'),
      authorisationNo: about(
        z.optional(Line),
        '计量检定机构授权证书号，如（川）法计（2021）51001号',
        'Number of the metrological authorisation certificate',
        'JJF 1069—2012',
      ),
      accreditationNo: about(z.optional(Line), 'CNAS 认可证书号', 'CNAS accreditation number', 'CNAS-CL01:2018'),
      address: about(z.optional(Line), '地址', 'Address'),
      contact: about(z.optional(Line), '公开联系方式', 'Public contact of the body, not of a person'),
    }),
    '出具证书的机构',
    'Body that issues the certificate',
    'ISO/IEC 17025:2017 7.8.2.1 b',
  ),
)

export const Applicant = named(
  'applicant',
  about(
    z.strictObject({
      uscc: about(z.optional(Uscc), '统一社会信用代码；自然人没有', 'Unified social credit code; a natural person has none'),
      name: about(z.optional(Line), '名称；自然人可不写', 'Name; may be left out for a natural person'),
      naturalPerson: about(z.optional(z.boolean()), '是否自然人', 'True for a natural person', '个人信息保护法 第六条'),
      address: about(z.optional(Line), '地址', 'Address'),
    }),
    '委托方（送检单位、客户）',
    'Applicant or customer',
    'ISO/IEC 17025:2017 7.8.2.1 e',
  ),
)

export const Signatory = named(
  'signatory',
  about(
    z.strictObject({
      name: about(Line, '姓名', 'Name'),
      registrationNo: about(z.optional(Line), '注册计量师注册证号', 'Registration number of the registered metrologist'),
    }),
    '签名人',
    'Person who signs',
    '计量检定印、证管理办法',
  ),
)

export const Place = named(
  'place',
  about(
    z.strictObject({
      kind: about(
        grows(['issuer-premises', 'customer-premises', 'other']),
        '地点：本机构、客户现场、其他',
        'Place: the issuer’s premises, the customer’s, other',
        'ISO/IEC 17025:2017 7.8.2.1 c',
      ),
      address: about(z.optional(Line), '地址', 'Address'),
      division: about(z.optional(DivisionCode), '行政区划代码', 'Administrative division', '民政部《县以上行政区划代码》'),
    }),
    '检定、校准地点',
    'Place of the activity',
  ),
)
