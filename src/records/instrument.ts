/** The instrument under test, the standards used, and the specifications applied. */
import * as z from 'zod/mini'
import type { Described } from '../base/faults.js'
import { LINE } from '../base/patterns.js'
import { CivilDate, DecimalText, Digest, grows, Line, LocalizedText, named, PeriodText, RegionCode, Slug } from '../base/schema.js'
import { Limits, Range, Uncertainty, UnitCode } from './quantity.js'

export const SpecificationReference = named(
  'specification-reference',
  z.strictObject({
    number: z.string().check(z.maxLength(60), z.regex(LINE)),
    name: z.optional(Line),
    clause: z.optional(Line),
  }),
)

export const SpecificationReferences = z.array(SpecificationReference).check(z.minLength(1), z.maxLength(10))

/** Permits the plates of embassies, armed police, forces and emergency services; a rule checks the forms of GA 36. */
const PLATE_SHAPE =
  /^(?:[\u4e00-\u9fff][A-Z]·?[A-Z0-9]{4,6}[\u4e00-\u9fff]?|[\u4e00-\u9fff][A-Z]·?[A-Z0-9]{4,5}应急|WJ·?[\u4e00-\u9fff]?·?[A-Z0-9]{5}|[A-Z]{2}·?[A-Z0-9]{5}|[使领]·?[A-Z0-9]{5,6}|[A-Z0-9]{6}[使领]|临[\u4e00-\u9fff][A-Z]·?[A-Z0-9]{5})$/

export const Mobile = named(
  'mobile',
  z.strictObject({
    plate: z.optional(z.string().check(z.maxLength(12), z.regex(PLATE_SHAPE))),
    vin: z.optional(z.string().check(z.regex(/^[A-HJ-NPR-Z0-9]{17}$/))),
    homeRegion: RegionCode,
    operatingRegions: z.optional(z.array(RegionCode).check(z.maxLength(10))),
  }),
)

export const Instrument = named(
  'instrument',
  z.strictObject({
    category: Slug,
    name: Line,
    model: z.optional(Line),
    serialNumber: z.optional(Line),
    assetNumber: z.optional(Line),
    manufacturer: z.optional(Line),
    accuracyClass: z.optional(Line),
    range: z.optional(Range),
    ranges: z.optional(z.array(Range).check(z.minLength(2), z.maxLength(20))),
    rangeText: z.optional(Line),
    scaleInterval: z.optional(z.strictObject({ value: DecimalText, unit: UnitCode })),
    typeApprovalNo: z.optional(Line),
    identificationCode: z.optional(Line),
    components: z.optional(
      z
        .array(
          z.strictObject({
            name: Line,
            model: z.optional(Line),
            serialNumber: z.optional(Line),
          }),
        )
        .check(z.maxLength(50)),
    ),
    characteristics: z.optional(
      z
        .array(
          z.strictObject({
            name: LocalizedText,
            value: Line,
          }),
        )
        .check(z.maxLength(50)),
    ),
    mobile: z.optional(Mobile),
  }),
)

/** Types of document that institutes and laboratories issue beside the statements of this SDK. */
export const DOCUMENT_TYPES = ['verification', 'notice', 'calibration', 'test-report', 'in-house', 'other'] as const

export const MeasurementStandard = named(
  'measurement-standard',
  z.strictObject({
    name: Line,
    role: z.optional(grows(['system', 'standard', 'auxiliary'])),
    model: z.optional(Line),
    number: z.optional(Line),
    serialNumbers: z.optional(z.array(Line).check(z.minLength(1), z.maxLength(50))),
    range: z.optional(Line),
    accuracyClass: z.optional(Line),
    maximumPermissibleError: z.optional(Limits),
    uncertainty: z.optional(Uncertainty),
    assessment: z.optional(
      z.strictObject({
        number: Line,
        validUntil: CivilDate,
      }),
    ),
    referenceMaterial: z.optional(z.strictObject({ number: Line, batch: z.optional(Line), validUntil: z.optional(CivilDate) })),
    interval: z.optional(PeriodText),
    trace: z.optional(
      z.strictObject({
        document: z.optional(grows(DOCUMENT_TYPES)),
        body: z.optional(Line),
        certificateNo: z.optional(Line),
        on: z.optional(CivilDate),
        validUntil: z.optional(CivilDate),
        statement: z.optional(Digest),
      }),
    ),
  }),
)

export const MeasurementStandards = z.array(MeasurementStandard).check(z.minLength(1), z.maxLength(20))

export const MediaType = z.string().check(z.maxLength(100), z.regex(/^[a-z]+\/[a-z0-9.+-]+$/))

export const Attachment = named(
  'attachment',
  z.strictObject({
    name: Line,
    mediaType: MediaType,
    digest: Digest,
    size: z.int().check(z.minimum(0), z.maximum(1_000_000_000)),
  }),
)
export const Attachments = z.array(Attachment).check(z.maxLength(50))

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const instrumentTexts = {
  'specification-reference': {
    '': ['依据的技术规范', 'Specification applied'],
    number: [
      '规程、规范、标准或本机构方法的编号，带年号，照证书原样，如 JJG 517-2016、GB/T 16825.1-2022',
      'Number of the regulation, specification, standard or method of the laboratory, with the year of the edition, as printed',
      'JJF 1002—2010; ISO/IEC 17025:2017 7.2.1.4',
    ],
    name: ['名称', 'Title'],
    clause: ['条款', 'Clause'],
  },
  mobile: {
    '': ['移动式计量器具信息', 'What makes the instrument mobile'],
    plate: ['机动车号牌', 'Number plate', 'GA 36'],
    vin: ['车辆识别代号', 'Vehicle identification number', 'GB 16735'],
    homeRegion: ['备案所在省（市）', 'Province in which the instrument is filed'],
    operatingRegions: ['使用区域', 'Provinces in which it operates'],
  },
  instrument: {
    '': ['计量器具', 'Instrument under test', 'ISO/IEC 17025:2017 7.8.2.1 g'],
    category: ['器具类别（类别表代码）', 'Category, slug of the catalogue', '实施强制管理的计量器具目录'],
    name: ['器具名称', 'Name of the instrument'],
    model: ['型号规格', 'Model'],
    serialNumber: ['出厂编号；“/”“—”“无”表示没有', 'Serial number; “/”, “—” or “无” mean none'],
    assetNumber: ['设备编号', 'Number given by the holder'],
    manufacturer: ['制造单位', 'Manufacturer'],
    accuracyClass: ['准确度等级', 'Accuracy class', 'JJF 1001—2011 7.26'],
    range: ['测量范围', 'Measuring range'],
    ranges: ['有几个测量范围的，全部列出；range 为其中之一', 'Every measuring range, where there are several; `range` is one of them'],
    rangeText: ['测量范围（照证书原样），如 “(0～1.6) MPa”', 'Measuring range as it is printed'],
    scaleInterval: ['分度值（检定分度值 e）', 'Scale interval, or verification scale interval e'],
    'scaleInterval/value': ['分度值', 'Value'],
    typeApprovalNo: ['型式批准证书号', 'Type approval number', '计量器具新产品管理办法'],
    identificationCode: ['计量器具识别编码（原样保存）', 'Instrument identification code, opaque', 'GB/T 36377—2018'],
    components: ['组成部件（枪、仓、主板等）', 'Components: nozzle, compartment, board'],
    'components/*/name': ['部件名称', 'Component'],
    'components/*/model': ['型号', 'Model'],
    'components/*/serialNumber': ['编号', 'Serial number'],
    characteristics: ['其他特性（K 值、轮胎规格、软件标识、油品等）', 'Other characteristics: constant K, tyre, software id, product'],
    'characteristics/*/name': ['特性', 'Characteristic'],
    'characteristics/*/value': ['值', 'Value'],
    mobile: ['移动式器具信息，移动式器具填写', 'Mobile instrument: where it is one'],
  },
  'measurement-standard': {
    '': ['所用计量标准', 'Measurement standard used', 'JJF 1002—2010'],
    name: ['计量标准（标准器）名称', 'Name of the measurement standard'],
    role: [
      '作用：计量标准装置、标准器、配套设备',
      'Part it plays: measurement standard system, standard, auxiliary equipment',
      'JJF 1033—2023; 国质检量函〔2005〕861号',
    ],
    model: ['型号', 'Model'],
    number: ['编号', 'Number'],
    serialNumbers: ['出厂编号；一套多台的逐台列出', 'Serial numbers, one for each piece of a set'],
    range: ['测量范围', 'Range'],
    accuracyClass: ['准确度等级', 'Accuracy class'],
    maximumPermissibleError: ['最大允许误差', 'Maximum permissible error'],
    uncertainty: ['不确定度', 'Uncertainty'],
    assessment: ['计量标准考核', 'Assessment of the measurement standard'],
    'assessment/number': ['计量标准考核证书号', 'Number of the assessment certificate', 'JJF 1033—2023'],
    'assessment/validUntil': ['有效期至（含当日）', 'Valid until, inclusive'],
    referenceMaterial: [
      '标准物质；有自己的证书，不经计量标准考核',
      'Reference material: it has a certificate of its own and no assessment',
      'JJF 1006—1994',
    ],
    'referenceMaterial/number': ['标准物质编号，如 GBW(E)130229', 'Number of the reference material, for example GBW(E)130229'],
    'referenceMaterial/batch': ['批号', 'Batch'],
    'referenceMaterial/validUntil': ['有效期至（含当日）', 'Valid until, inclusive'],
    interval: ['检定周期或复校间隔', 'Interval of verification or calibration'],
    trace: ['溯源证书', 'Its own verification or calibration certificate'],
    'trace/document': [
      '溯源证书的种类：检定证书、检定结果通知书、校准证书、检测（测试）报告、内部校准（校验）、其他',
      'Kind of document: verification certificate, notice, calibration certificate, test report, in-house calibration, other',
    ],
    'trace/body': ['溯源机构（检定或校准机构）', 'Body that verified or calibrated it'],
    'trace/on': ['末次检定（校准）日期', 'Day of its last verification or calibration'],
    'trace/certificateNo': ['溯源证书号', 'Number of its own certificate'],
    'trace/validUntil': ['有效期至（含当日）', 'Valid until, inclusive'],
    'trace/statement': ['溯源证书的签名记录标识', 'Statement id, where that certificate is itself a statement'],
  },
  attachment: {
    '': ['附件（容量表、原证书版式文件等）', 'Attachment, by digest'],
    name: ['名称', 'Name'],
    mediaType: ['媒体类型', 'Media type', 'RFC 6838'],
    digest: ['SHA-256 摘要', 'SHA-256 digest of the bytes'],
    size: ['字节数', 'Size in bytes'],
  },
} as const satisfies Described
