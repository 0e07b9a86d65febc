/** The instrument under test, the standards used on it, and the specifications applied. */
import * as z from 'zod'
import { about, CivilDate, DecimalText, Digest, LINE, Line, LocalizedText, RegionCode, Slug } from '../base/schema.js'
import { Limits, Range, Uncertainty, UnitCode } from './quantity.js'

export const SpecificationReference = z
  .strictObject({
    number: z
      .string()
      .max(60)
      .regex(LINE, { abort: true })
      .regex(/^JJ[GF].*\d/)
      .meta(
        about('规程（规范）编号，带年号，照证书原样，如 JJG 517-2016', 'Number with the year of the edition, as printed', 'JJF 1002—2010'),
      ),
    name: Line.optional().meta(about('名称', 'Title')),
    clause: Line.optional().meta(about('条款', 'Clause')),
  })
  .meta({ id: 'specification-reference', ...about('依据的技术规范', 'Specification applied') })
export type SpecificationReference = z.infer<typeof SpecificationReference>

export const SpecificationReferences = z.array(SpecificationReference).min(1).max(10)

export const Mobile = z
  .strictObject({
    plate: z
      .string()
      .max(12)
      .regex(/^[\u4e00-\u9fff][A-Z][·]?[A-Z0-9]{4,6}[\u4e00-\u9fff]?$/)
      .optional()
      .meta(about('机动车号牌', 'Number plate', 'GA 36')),
    vin: z
      .string()
      .regex(/^[A-HJ-NPR-Z0-9]{17}$/)
      .optional()
      .meta(about('车辆识别代号', 'Vehicle identification number', 'GB 16735')),
    homeRegion: RegionCode.meta(about('备案所在省（市）', 'Province in which the instrument is filed')),
    operatingRegions: z.array(RegionCode).max(10).optional().meta(about('使用区域', 'Provinces in which it operates')),
  })
  .meta({ id: 'mobile', ...about('移动式计量器具信息', 'What makes the instrument mobile') })

export const Instrument = z
  .strictObject({
    category: Slug.meta(about('器具类别（目录代码）', 'Category, slug of the catalogue', '实施强制管理的计量器具目录')),
    name: Line.meta(about('器具名称', 'Name of the instrument')),
    model: Line.optional().meta(about('型号规格', 'Model')),
    serialNumber: Line.optional().meta(about('出厂编号；“/”“—”“无”表示没有', 'Serial number; “/”, “—” or “无” mean none')),
    assetNumber: Line.optional().meta(about('设备编号', 'Number given by the holder')),
    manufacturer: Line.optional().meta(about('制造单位', 'Manufacturer')),
    accuracyClass: Line.optional().meta(about('准确度等级', 'Accuracy class', 'JJF 1001—2011 7.26')),
    range: Range.optional().meta(about('测量范围', 'Measuring range')),
    scaleInterval: z
      .strictObject({ value: DecimalText.meta(about('分度值', 'Value')), unit: UnitCode })
      .optional()
      .meta(about('分度值（检定分度值 e）', 'Scale interval, or verification scale interval e')),
    typeApprovalNo: Line.optional().meta(about('型式批准证书号', 'Type approval number', '计量器具新产品管理办法')),
    identificationCode: Line.optional().meta(
      about('计量器具识别编码（原样保存）', 'Instrument identification code, opaque', 'GB/T 36377—2018'),
    ),
    components: z
      .array(
        z.strictObject({
          name: Line.meta(about('部件名称', 'Component')),
          model: Line.optional().meta(about('型号', 'Model')),
          serialNumber: Line.optional().meta(about('编号', 'Serial number')),
        }),
      )
      .max(50)
      .optional()
      .meta(about('组成部件（枪、仓、主板等）', 'Components: nozzle, compartment, board')),
    characteristics: z
      .array(
        z.strictObject({
          name: LocalizedText.meta(about('特性', 'Characteristic')),
          value: Line.meta(about('值', 'Value')),
        }),
      )
      .max(50)
      .optional()
      .meta(about('其他特性（K 值、轮胎规格、软件标识、油品等）', 'Other characteristics: constant K, tyre, software id, product')),
    mobile: Mobile.optional().meta(about('移动式器具填写', 'For mobile instruments')),
  })
  .meta({ id: 'instrument', ...about('计量器具', 'Instrument under test', 'ISO/IEC 17025:2017 7.8.2.1 g') })
export type Instrument = z.infer<typeof Instrument>

export const MeasurementStandard = z
  .strictObject({
    name: Line.meta(about('计量标准（标准器）名称', 'Name of the measurement standard')),
    number: Line.optional().meta(about('编号', 'Number')),
    range: Line.optional().meta(about('测量范围', 'Range')),
    accuracyClass: Line.optional().meta(about('准确度等级', 'Accuracy class')),
    maximumPermissibleError: Limits.optional().meta(about('最大允许误差', 'Maximum permissible error')),
    uncertainty: Uncertainty.optional().meta(about('不确定度', 'Uncertainty')),
    assessment: z
      .strictObject({
        number: Line.meta(about('计量标准考核证书号', 'Number of the assessment certificate', 'JJF 1033—2023')),
        validUntil: CivilDate.meta(about('有效期至（含当日）', 'Valid until, inclusive')),
      })
      .optional()
      .meta(about('计量标准考核', 'Assessment of the measurement standard')),
    trace: z
      .strictObject({
        certificateNo: Line.optional().meta(about('溯源证书号', 'Number of its own certificate')),
        validUntil: CivilDate.optional().meta(about('有效期至（含当日）', 'Valid until, inclusive')),
        statement: Digest.optional().meta(about('溯源证书的签名件标识', 'Statement id, where that certificate is itself a statement')),
      })
      .optional()
      .meta(about('溯源证书', 'Its own verification or calibration certificate')),
  })
  .meta({ id: 'measurement-standard', ...about('所用计量标准', 'Measurement standard used', 'JJF 1002—2010') })
export type MeasurementStandard = z.infer<typeof MeasurementStandard>

export const MeasurementStandards = z.array(MeasurementStandard).min(1).max(20).meta(about('所用计量标准', 'Measurement standards used'))

export const MediaType = z
  .string()
  .max(100)
  .regex(/^[a-z]+\/[a-z0-9.+-]+$/)

export const Attachment = z
  .strictObject({
    name: Line.meta(about('名称', 'Name')),
    mediaType: MediaType.meta(about('媒体类型', 'Media type', 'RFC 6838')),
    digest: Digest.meta(about('SHA-256 摘要', 'SHA-256 digest of the bytes')),
    size: z.int().min(0).max(1_000_000_000).meta(about('字节数', 'Size in bytes')),
  })
  .meta({ id: 'attachment', ...about('附件（容量表、原证书版式文件等）', 'Attachment, by digest') })
export const Attachments = z.array(Attachment).max(50)
