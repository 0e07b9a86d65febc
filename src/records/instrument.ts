/** The instrument under test, the standards used, and the specifications applied. */
import * as z from 'zod/mini'
import { about, CivilDate, DecimalText, Digest, LINE, Line, LocalizedText, named, RegionCode, Slug } from '../base/schema.js'
import { Limits, Range, Uncertainty, UnitCode } from './quantity.js'

export const SpecificationReference = named(
  'specification-reference',
  about(
    z.strictObject({
      number: about(
        z.string().check(z.maxLength(60), z.regex(LINE)),
        '规程、规范、标准或本机构方法的编号，带年号，照证书原样，如 JJG 517-2016、GB/T 16825.1-2022',
        'Number of the regulation, specification, standard or method of the laboratory, with the year of the edition, as printed',
        'JJF 1002—2010; ISO/IEC 17025:2017 7.2.1.4',
      ),
      name: about(z.optional(Line), '名称', 'Title'),
      clause: about(z.optional(Line), '条款', 'Clause'),
    }),
    '依据的技术规范',
    'Specification applied',
  ),
)

export const SpecificationReferences = z.array(SpecificationReference).check(z.minLength(1), z.maxLength(10))

/** Permits the plates of embassies, armed police, forces and emergency services; a rule checks the forms of GA 36. */
const PLATE_SHAPE =
  /^(?:[\u4e00-\u9fff][A-Z]·?[A-Z0-9]{4,6}[\u4e00-\u9fff]?|[\u4e00-\u9fff][A-Z]·?[A-Z0-9]{4,5}应急|WJ·?[\u4e00-\u9fff]?·?[A-Z0-9]{5}|[A-Z]{2}·?[A-Z0-9]{5}|[使领]·?[A-Z0-9]{5,6}|[A-Z0-9]{6}[使领]|临[\u4e00-\u9fff][A-Z]·?[A-Z0-9]{5})$/

export const Mobile = named(
  'mobile',
  about(
    z.strictObject({
      plate: about(z.optional(z.string().check(z.maxLength(12), z.regex(PLATE_SHAPE))), '机动车号牌', 'Number plate', 'GA 36'),
      vin: about(
        z.optional(z.string().check(z.regex(/^[A-HJ-NPR-Z0-9]{17}$/))),
        '车辆识别代号',
        'Vehicle identification number',
        'GB 16735',
      ),
      homeRegion: about(RegionCode, '备案所在省（市）', 'Province in which the instrument is filed'),
      operatingRegions: about(z.optional(z.array(RegionCode).check(z.maxLength(10))), '使用区域', 'Provinces in which it operates'),
    }),
    '移动式计量器具信息',
    'What makes the instrument mobile',
  ),
)

export const Instrument = named(
  'instrument',
  about(
    z.strictObject({
      category: about(Slug, '器具类别（类别表代码）', 'Category, slug of the catalogue', '实施强制管理的计量器具目录'),
      name: about(Line, '器具名称', 'Name of the instrument'),
      model: about(z.optional(Line), '型号规格', 'Model'),
      serialNumber: about(z.optional(Line), '出厂编号；“/”“—”“无”表示没有', 'Serial number; “/”, “—” or “无” mean none'),
      assetNumber: about(z.optional(Line), '设备编号', 'Number given by the holder'),
      manufacturer: about(z.optional(Line), '制造单位', 'Manufacturer'),
      accuracyClass: about(z.optional(Line), '准确度等级', 'Accuracy class', 'JJF 1001—2011 7.26'),
      range: about(z.optional(Range), '测量范围', 'Measuring range'),
      scaleInterval: about(
        z.optional(z.strictObject({ value: about(DecimalText, '分度值', 'Value'), unit: UnitCode })),
        '分度值（检定分度值 e）',
        'Scale interval, or verification scale interval e',
      ),
      typeApprovalNo: about(z.optional(Line), '型式批准证书号', 'Type approval number', '计量器具新产品管理办法'),
      identificationCode: about(
        z.optional(Line),
        '计量器具识别编码（原样保存）',
        'Instrument identification code, opaque',
        'GB/T 36377—2018',
      ),
      components: about(
        z.optional(
          z
            .array(
              z.strictObject({
                name: about(Line, '部件名称', 'Component'),
                model: about(z.optional(Line), '型号', 'Model'),
                serialNumber: about(z.optional(Line), '编号', 'Serial number'),
              }),
            )
            .check(z.maxLength(50)),
        ),
        '组成部件（枪、仓、主板等）',
        'Components: nozzle, compartment, board',
      ),
      characteristics: about(
        z.optional(
          z
            .array(
              z.strictObject({
                name: about(LocalizedText, '特性', 'Characteristic'),
                value: about(Line, '值', 'Value'),
              }),
            )
            .check(z.maxLength(50)),
        ),
        '其他特性（K 值、轮胎规格、软件标识、油品等）',
        'Other characteristics: constant K, tyre, software id, product',
      ),
      mobile: about(z.optional(Mobile), '移动式器具信息，移动式器具填写', 'Mobile instrument: where it is one'),
    }),
    '计量器具',
    'Instrument under test',
    'ISO/IEC 17025:2017 7.8.2.1 g',
  ),
)

export const MeasurementStandard = named(
  'measurement-standard',
  about(
    z.strictObject({
      name: about(Line, '计量标准（标准器）名称', 'Name of the measurement standard'),
      number: about(z.optional(Line), '编号', 'Number'),
      range: about(z.optional(Line), '测量范围', 'Range'),
      accuracyClass: about(z.optional(Line), '准确度等级', 'Accuracy class'),
      maximumPermissibleError: about(z.optional(Limits), '最大允许误差', 'Maximum permissible error'),
      uncertainty: about(z.optional(Uncertainty), '不确定度', 'Uncertainty'),
      assessment: about(
        z.optional(
          z.strictObject({
            number: about(Line, '计量标准考核证书号', 'Number of the assessment certificate', 'JJF 1033—2023'),
            validUntil: about(CivilDate, '有效期至（含当日）', 'Valid until, inclusive'),
          }),
        ),
        '计量标准考核',
        'Assessment of the measurement standard',
      ),
      trace: about(
        z.optional(
          z.strictObject({
            certificateNo: about(z.optional(Line), '溯源证书号', 'Number of its own certificate'),
            validUntil: about(z.optional(CivilDate), '有效期至（含当日）', 'Valid until, inclusive'),
            statement: about(z.optional(Digest), '溯源证书的签名记录标识', 'Statement id, where that certificate is itself a statement'),
          }),
        ),
        '溯源证书',
        'Its own verification or calibration certificate',
      ),
    }),
    '所用计量标准',
    'Measurement standard used',
    'JJF 1002—2010',
  ),
)

export const MeasurementStandards = about(
  z.array(MeasurementStandard).check(z.minLength(1), z.maxLength(20)),
  '所用计量标准',
  'Measurement standards used',
)

export const MediaType = z.string().check(z.maxLength(100), z.regex(/^[a-z]+\/[a-z0-9.+-]+$/))

export const Attachment = named(
  'attachment',
  about(
    z.strictObject({
      name: about(Line, '名称', 'Name'),
      mediaType: about(MediaType, '媒体类型', 'Media type', 'RFC 6838'),
      digest: about(Digest, 'SHA-256 摘要', 'SHA-256 digest of the bytes'),
      size: about(z.int().check(z.minimum(0), z.maximum(1_000_000_000)), '字节数', 'Size in bytes'),
    }),
    '附件（容量表、原证书版式文件等）',
    'Attachment, by digest',
  ),
)
export const Attachments = z.array(Attachment).check(z.maxLength(50))
