/** Temperature: a platinum thermometer with its coefficients, a thermocouple. */
import { createRecord } from '../../records/index.js'
import { condition, limits, numeric, table, text, verdict } from '../record-parts.js'
import { applicant, auxiliary, calibrators, here, institute, people, room, standard, system } from './parts.js'

/** JJG 229 工业铂热电阻检定记录：R0、R100 及其允差，电阻比. */
export const platinumResistance = createRecord('verification-record', {
  certificateNo: '川阻2025-0140',
  rawRecordNo: '川阻2025-0140-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'platinum-resistance-thermometer',
    name: '工业铂热电阻',
    model: 'Pt100',
    serialNumber: 'PT-5518',
    manufacturer: '示例热工仪表',
    accuracyClass: 'A 级',
    range: { lower: '-50', upper: '250', unit: 'Cel' },
    rangeText: '(-50～250) ℃',
    characteristics: [
      { name: text('标称电阻比 W100', 'nominal ratio W100'), value: '1.3851' },
      { name: text('系数 A / (1/℃)', 'coefficient A / (1/℃)'), value: '3.9083e-3' },
      { name: text('系数 B / (1/℃²)', 'coefficient B / (1/℃²)'), value: '-5.775e-7' },
    ],
  },
  verificationType: 'subsequent',
  purpose: 'other',
  basis: [{ number: 'JJG 229-2010' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2026-05-19',
  cause: 'periodic',
  standards: [
    system('工业铂、铜热电阻检定装置', 'C0408', { range: '(-50～300) ℃' }),
    standard('二等标准铂电阻温度计', '示例-R2025-0008', { model: 'WZPB-2', serialNumbers: ['18-042'] }),
    auxiliary('恒温槽', '示例-R2025-0010', { serialNumbers: ['HT-3'] }),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'resistance',
      ['电阻值偏差', 'deviation of resistance'],
      [
        numeric('nominal', '检定点', 'point', 'Cel'),
        numeric('reference', '标称电阻', 'nominal resistance', 'Ohm'),
        numeric('repeat', '读数 1', 'reading 1', 'Ohm'),
        numeric('repeat', '读数 2', 'reading 2', 'Ohm'),
        numeric('repeat', '读数 3', 'reading 3', 'Ohm'),
        numeric('indication', '平均值', 'mean', 'Ohm'),
        numeric('error', '偏差', 'deviation', 'Ohm'),
        ...limits('Ohm'),
        verdict,
      ],
      [
        ['0', '100.000', '100.021', '100.022', '100.021', '100.021', '0.021', '-0.059', '0.059', 'pass'],
        ['100', '138.506', '138.540', '138.541', '138.541', '138.541', '0.035', '-0.133', '0.133', 'pass'],
      ],
    ),
    table(
      'deviation',
      ['以温度表示的偏差', 'deviation as temperature'],
      [
        numeric('nominal', '检定点', 'point', 'Cel'),
        numeric('error', '偏差', 'deviation', 'Cel'),
        numeric('error', '偏差', 'deviation', 'mK'),
        ...limits('Cel'),
        verdict,
      ],
      [
        ['0', '0.054', '54', '-0.15', '0.15', 'pass'],
        ['100', '0.092', '92', '-0.35', '0.35', 'pass'],
      ],
    ),
    table(
      'insulation',
      ['绝缘电阻', 'insulation resistance'],
      [numeric('indication', '绝缘电阻', 'insulation resistance', 'MOhm'), numeric('lower-limit', '下限', 'lower limit', 'MOhm'), verdict],
      [['500', '100', 'pass']],
    ),
  ],
  signatories: people,
})

/** JJF 1637 廉金属热电偶校准证书：K 型，热电动势与温度偏差. */
export const thermocouple = createRecord('calibration-result', {
  certificateNo: '川偶2025-0077',
  rawRecordNo: '川偶2025-0077-Y',
  issuer: institute(true),
  customer: applicant,
  instrument: {
    category: 'thermocouple',
    name: 'K 型热电偶',
    model: 'WRN-130',
    serialNumber: 'K-2207',
    manufacturer: '示例热工仪表',
    accuracyClass: '1 级',
    range: { lower: '300', upper: '1000', unit: 'Cel' },
    rangeText: '(300～1000) ℃',
  },
  receivedOn: '2025-05-12',
  calibratedOn: '2025-05-14',
  issuedOn: '2025-05-16',
  method: [{ number: 'JJF 1637-2017' }],
  traceability: { zh: '所用标准溯源至国家计量基准', en: 'The standards used are traceable to the national standards' },
  standards: [
    system('廉金属热电偶校准装置', 'C0409', { range: '(300～1200) ℃' }),
    standard('一等标准铂铑10-铂热电偶', '示例-R2025-0021', { serialNumbers: ['S1-77'] }),
    auxiliary('热电偶检定炉', '示例-R2025-0022'),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'emf',
      ['热电动势', 'emf'],
      [
        numeric('nominal', '校准点', 'point', 'Cel'),
        numeric('reference', '分度表热电动势', 'emf by the table', 'mV'),
        numeric('indication', '实测热电动势', 'emf measured', 'mV'),
        numeric('error', '热电动势误差', 'error of emf', 'mV'),
        condition('温度偏差/℃', 'deviation/℃'),
        numeric('uncertainty', '扩展不确定度', 'expanded uncertainty', 'mV', { k: '2' }),
      ],
      [
        ['400', '16.397', '16.425', '0.028', '0.7', '0.031'],
        ['600', '24.905', '24.953', '0.048', '1.1', '0.036'],
        ['800', '33.275', '33.341', '0.066', '1.6', '0.042'],
        ['1000', '41.276', null, null, null, null],
      ],
    ),
  ],
  signatories: calibrators,
})
