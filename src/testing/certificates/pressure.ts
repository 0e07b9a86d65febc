/** Pressure: a gauge in both strokes, a sphygmomanometer. */
import { createRecord } from '../../records/index.js'
import { condition, limits, numeric, table, text, verdict } from '../record-parts.js'
import { applicant, here, institute, people, room, standard, system } from './parts.js'

/** JJG 52 一般压力表检定记录：轻敲后升压、降压示值，轻敲位移，引用误差，回程误差. */
export const pressureGauge = createRecord('verification-record', {
  certificateNo: '川压2025-0912',
  rawRecordNo: '川压2025-0912-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'pressure-gauge',
    name: '一般压力表',
    model: 'Y-100',
    serialNumber: 'P25001',
    manufacturer: '示例仪表',
    accuracyClass: '1.6 级',
    range: { lower: '0', upper: '1.6', unit: 'MPa' },
    scaleInterval: { value: '0.05', unit: 'MPa' },
    rangeText: '(0～1.6) MPa',
  },
  verificationType: 'subsequent',
  purpose: 'safety',
  basis: [{ number: 'JJG 52-2013' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2025-11-19',
  cause: 'periodic',
  marks: [{ kind: 'sticker', number: 'YL-25-00912', on: '2025-05-20', position: text('表盘', 'dial') }],
  standards: [
    system('精密压力表标准装置', 'C0410', { range: '(-0.1～60) MPa', accuracyClass: '0.4 级' }),
    standard('精密压力表', '示例-P2025-0113', {
      model: 'YB-150',
      serialNumbers: ['YB-2209'],
      accuracyClass: '0.4 级',
      maximumPermissibleError: { lower: '-0.0064', upper: '0.0064', unit: 'MPa' },
    }),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'indication',
      ['示值误差、回程误差、轻敲位移', 'error, hysteresis, displacement on tapping'],
      [
        numeric('reference', '标准值', 'reference', 'MPa'),
        numeric('indication', '轻敲后示值（升压）', 'after tapping, rising', 'MPa', { direction: 'rising' }),
        numeric('indication', '轻敲后示值（降压）', 'after tapping, falling', 'MPa', { direction: 'falling' }),
        numeric('error', '引用误差（升压）', 'fiducial error, rising', '%', {
          direction: 'rising',
          basis: { of: 'span', span: { value: '1.6', unit: 'MPa' } },
        }),
        numeric('error', '引用误差（降压）', 'fiducial error, falling', '%', {
          direction: 'falling',
          basis: { of: 'span', span: { value: '1.6', unit: 'MPa' } },
        }),
        numeric('hysteresis', '回程误差', 'hysteresis error', 'MPa'),
        numeric('tapping', '轻敲位移（升压）', 'displacement on tapping, rising', 'MPa', { direction: 'rising' }),
        numeric('tapping', '轻敲位移（降压）', 'displacement on tapping, falling', 'MPa', { direction: 'falling' }),
        ...limits('%'),
        numeric('upper-limit', '回程误差允许值', 'limit of hysteresis', 'MPa', { bounds: 'hysteresis' }),
        numeric('upper-limit', '轻敲位移允许值', 'limit of displacement', 'MPa', { bounds: 'tapping' }),
        verdict,
      ],
      [
        ['0.000', '0.000', '0.000', '0.00', '0.00', '0.000', '0.000', '0.000', '-1.6', '1.6', '0.026', '0.013', 'pass'],
        ['0.400', '0.405', '0.410', '0.31', '0.62', '0.005', '0.005', '0.000', '-1.6', '1.6', '0.026', '0.013', 'pass'],
        ['0.800', '0.805', '0.810', '0.31', '0.62', '0.005', '0.000', '0.005', '-1.6', '1.6', '0.026', '0.013', 'pass'],
        ['1.200', '1.210', '1.205', '0.62', '0.31', '0.005', '0.005', '0.005', '-1.6', '1.6', '0.026', '0.013', 'pass'],
        ['1.600', '1.610', '1.610', '0.62', '0.62', '0.000', '0.005', null, '-1.6', '1.6', '0.026', '0.013', 'pass'],
      ],
    ),
    table(
      'appearance',
      ['外观、指针偏转平稳性', 'appearance, steadiness of the pointer'],
      [condition('项目', 'item'), verdict],
      [
        ['外观', 'pass'],
        ['指针偏转平稳性', 'pass'],
      ],
    ),
  ],
  signatories: people,
})

/** JJG 270 血压计检定记录：升压、降压示值（mmHg），示值误差与回程误差. */
export const sphygmomanometer = createRecord('verification-record', {
  certificateNo: '川血2025-1180',
  rawRecordNo: '川血2025-1180-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'sphygmomanometer-manual',
    name: '血压表',
    model: '示例-2',
    serialNumber: 'BP-33120',
    manufacturer: '示例医疗器械',
    range: { lower: '0', upper: '300', unit: 'mm[Hg]' },
    scaleInterval: { value: '2', unit: 'mm[Hg]' },
    ranges: [
      { lower: '0', upper: '300', unit: 'mm[Hg]' },
      { lower: '0', upper: '40', unit: 'kPa' },
    ],
    rangeText: '(0～300) mmHg，(0～40) kPa',
  },
  verificationType: 'subsequent',
  purpose: 'medical',
  basis: [{ number: 'JJG 270-2008' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2025-11-19',
  cause: 'periodic',
  standards: [
    system('血压计检定装置', 'C0411', { range: '(0～40) kPa' }),
    standard('数字压力计', '示例-P2025-0201', { model: 'CPG-50', serialNumbers: ['CP-118'], accuracyClass: '0.05 级' }),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'static',
      ['示值误差', 'error of indication'],
      [
        numeric('reference', '标准值', 'reference', 'mm[Hg]'),
        numeric('indication', '升压示值', 'rising', 'mm[Hg]', { direction: 'rising' }),
        numeric('indication', '降压示值', 'falling', 'mm[Hg]', { direction: 'falling' }),
        numeric('error', '升压误差', 'error, rising', 'mm[Hg]', { direction: 'rising' }),
        numeric('error', '降压误差', 'error, falling', 'mm[Hg]', { direction: 'falling' }),
        numeric('hysteresis', '回程误差', 'hysteresis error', 'mm[Hg]'),
        ...limits('mm[Hg]'),
        numeric('upper-limit', '回程误差允许值', 'limit of hysteresis', 'mm[Hg]', { bounds: 'hysteresis' }),
        verdict,
      ],
      [
        ['50', '50', '51', '0', '1', '1', '-4', '4', '4', 'pass'],
        ['100', '101', '102', '1', '2', '1', '-4', '4', '4', 'pass'],
        ['150', '151', '152', '1', '2', '1', '-4', '4', '4', 'pass'],
        ['200', '202', '203', '2', '3', '1', '-4', '4', '4', 'pass'],
        ['250', '252', '253', '2', '3', '1', '-4', '4', '4', 'pass'],
        ['300', '302', '302', '2', '2', '0', '-4', '4', '4', 'pass'],
      ],
    ),
    table(
      'leak',
      ['气密性', 'tightness'],
      [numeric('indication', '一分钟压降', 'drop in one minute', 'mm[Hg]'), numeric('upper-limit', '允许值', 'limit', 'mm[Hg]'), verdict],
      [['2', '4', 'pass']],
    ),
  ],
  signatories: people,
})
