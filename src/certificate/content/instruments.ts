/** The instrument of a certificate, the instruments of a batch, and the seals and marks on them. */
import type { Text } from '../../base/message.js'
import { provinceName } from '../../catalogue/index.js'
import type { Instrument, VerificationRecord } from '../../records/index.js'
import { type Block, type FieldRow, fields, joined, part, shownText, tableOf } from './model.js'
import { measured, rangeText } from './quantities.js'
import { categoryText, word } from './words.js'

export const instrumentRows = ({ name, model, serialNumber, assetNumber, manufacturer, mobile }: Instrument): FieldRow[] => [
  ['计量器具名称', 'Instrument', name],
  ['型号/规格', 'Model', model],
  ['出厂编号', 'Serial No.', serialNumber],
  ['设备编号', 'Asset No.', assetNumber],
  ['制造单位', 'Manufacturer', manufacturer],
  ['号牌', 'Plate', mobile?.plate],
]

export function instrumentDetails(instrument: Instrument): Block[] {
  const {
    category,
    accuracyClass,
    range,
    ranges = [],
    rangeText: printedRange,
    scaleInterval,
    typeApprovalNo,
    identificationCode,
    components = [],
    characteristics = [],
    mobile,
  } = instrument
  return part('器具信息', 'Instrument', [
    ...fields(
      ['器具类别', 'Category', categoryText(category)],
      ['准确度等级', 'Accuracy class', accuracyClass],
      ['测量范围', 'Measuring range', printedRange ?? (range && rangeText(range))],
      ...(printedRange === undefined || range === undefined || rangeText(range) === printedRange
        ? []
        : [['测量范围（数值）', 'Measuring range, as data', rangeText(range)] as const]),
      ['各测量范围', 'Measuring ranges', ranges.length === 0 ? undefined : joined(ranges.map(rangeText), '；', '; ')],
      ['分度值', 'Scale interval', scaleInterval && measured(scaleInterval)],
      ['型式批准证书号', 'Type approval', typeApprovalNo],
      ['识别编码', 'Identification code', identificationCode],
      ['车辆识别代号', 'VIN', mobile?.vin],
      ['备案地', 'Filed in', mobile && provinceName(mobile.homeRegion)],
      ['使用区域', 'Operates in', mobile?.operatingRegions && joined(mobile.operatingRegions.map(provinceName), '、', ', ')],
      ...characteristics.map(({ name, value }): FieldRow => [name.zh, shownText(name).en, value]),
    ),
    ...(components.length === 0
      ? []
      : [
          tableOf(
            { zh: '组成部件', en: 'Components' },
            [
              { zh: '部件', en: 'Component' },
              { zh: '型号', en: 'Model' },
              { zh: '编号', en: 'Serial No.' },
            ],
            components.map(({ name, model, serialNumber }) => [name, model ?? '—', serialNumber ?? '—']),
          ),
        ]),
  ])
}

/** Lists the instruments of a batch; rows of the results refer to the line number. */
export function batchBlocks({ instruments = [], outcome }: VerificationRecord): Block[] {
  if (instruments.length === 0) return []
  const isCoded = instruments.some(({ identificationCode }) => identificationCode !== undefined)
  return [
    tableOf(
      { zh: '各台器具', en: 'Instruments' },
      [
        { zh: '序号', en: 'Line' },
        { zh: '出厂编号', en: 'Serial No.' },
        { zh: '设备编号', en: 'Asset No.' },
        ...(isCoded ? [{ zh: '识别编码', en: 'Identification code' }] : []),
        { zh: '检定结论', en: 'Conclusion' },
      ],
      instruments.map((one, at) => [
        String(at + 1),
        one.serialNumber,
        one.assetNumber ?? '—',
        ...(isCoded ? [one.identificationCode ?? '—'] : []),
        word('outcome', one.outcome ?? outcome),
      ]),
    ),
  ]
}

export function sealBlocks({ seals = [] }: VerificationRecord): Block[] {
  if (seals.length === 0) return []
  const isDated = seals.some(({ on }) => on !== undefined)
  return [
    tableOf(
      { zh: '封印（铅封）', en: 'Seals' },
      [POSITION, NUMBER_OF, ...(isDated ? [SET_ON] : [])],
      seals.map(({ number, position, on }) => [
        position === undefined ? '—' : shownText(position),
        number,
        ...(isDated ? [on ?? '—'] : []),
      ]),
    ),
  ]
}

const POSITION: Text = { zh: '位置', en: 'Position' }
const NUMBER_OF: Text = { zh: '编号', en: 'Number' }
const SET_ON: Text = { zh: '日期', en: 'Date' }

export function markBlocks({ marks = [] }: VerificationRecord): Block[] {
  if (marks.length === 0) return []
  return [
    tableOf(
      { zh: '检定印、证', en: 'Marks' },
      [{ zh: '种类', en: 'Kind' }, NUMBER_OF, POSITION, SET_ON],
      marks.map(({ kind, number, position, on }) => [
        word('mark', kind),
        number ?? '—',
        position === undefined ? '—' : shownText(position),
        on ?? '—',
      ]),
    ),
  ]
}
