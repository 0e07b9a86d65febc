/** Who: issuers, applicants, people who sign. Data minimisation: no telephone, no identity numbers (PIPL art. 6). */
import * as z from 'zod'
import { about, DivisionCode, Line, Uscc } from '../base/schema.js'

export const Party = z
  .strictObject({
    uscc: Uscc.meta(about('统一社会信用代码', 'Unified social credit code', 'GB 32100—2015')),
    name: Line.meta(about('单位名称', 'Name of the organisation')),
  })
  .meta({ id: 'party', ...about('单位', 'Organisation') })
export type Party = z.infer<typeof Party>

export const Issuer = z
  .strictObject({
    uscc: Uscc.meta(about('出具机构统一社会信用代码', 'Unified social credit code of the issuing body')),
    name: Line.meta(about('出具机构名称', 'Name of the issuing body')),
    authorisationNo: Line.optional().meta(
      about('计量检定机构授权证书号，如（川）法计（2021）51001号', 'Number of the metrological authorisation certificate', 'JJF 1069—2012'),
    ),
    accreditationNo: Line.optional().meta(about('CNAS 认可证书号', 'CNAS accreditation number', 'CNAS-CL01:2018')),
    address: Line.optional().meta(about('地址', 'Address')),
    contact: Line.optional().meta(about('公开联系方式', 'Public contact of the body, not of a person')),
  })
  .meta({ id: 'issuer', ...about('出具证书的机构', 'Body that issues the certificate', 'ISO/IEC 17025:2017 7.8.2.1 b') })
export type Issuer = z.infer<typeof Issuer>

export const Applicant = z
  .strictObject({
    uscc: Uscc.optional().meta(about('统一社会信用代码；自然人没有', 'Unified social credit code; a natural person has none')),
    name: Line.optional().meta(about('名称；自然人可不写', 'Name; may be left out for a natural person')),
    naturalPerson: z
      .boolean()
      .optional()
      .meta(about('是否自然人', 'True for a natural person', '个人信息保护法 第六条')),
    address: Line.optional().meta(about('地址', 'Address')),
  })
  .meta({ id: 'applicant', ...about('委托方（送检单位、客户）', 'Applicant or customer', 'ISO/IEC 17025:2017 7.8.2.1 e') })
export type Applicant = z.infer<typeof Applicant>

export const Signatory = z
  .strictObject({
    name: Line.meta(about('姓名', 'Name')),
    registrationNo: Line.optional().meta(about('注册计量师注册证号', 'Registration number of the registered metrologist')),
  })
  .meta({ id: 'signatory', ...about('签名人', 'Person who signs', '计量检定印、证管理办法') })
export type Signatory = z.infer<typeof Signatory>

export const Place = z
  .strictObject({
    kind: z
      .enum(['issuer-premises', 'customer-premises', 'other'])
      .meta(about('地点：本机构、客户现场、其他', 'Place: the issuer’s premises, the customer’s, other', 'ISO/IEC 17025:2017 7.8.2.1 c')),
    address: Line.optional().meta(about('地址', 'Address')),
    division: DivisionCode.optional().meta(about('行政区划代码', 'Administrative division', 'GB/T 2260')),
  })
  .meta({ id: 'place', ...about('检定、校准地点', 'Place of the activity') })
export type Place = z.infer<typeof Place>
