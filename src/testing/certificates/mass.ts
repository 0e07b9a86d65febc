/** Mass and force: a truck scale with eccentricity and repeatability, a balance, a torque wrench. */
import { createRecord } from '../../records/index.js'
import { condition, limits, numeric, table, verdict } from '../record-parts.js'
import { applicant, calibrators, here, institute, people, room, standard, system } from './parts.js'

/** JJG 539 数字指示秤原始记录：示值误差（闪变点法，化整前，减零点误差）、偏载、重复性、鉴别阈. */
export const truckScale = createRecord('verification-record', {
  certificateNo: '川衡2025-0056',
  rawRecordNo: '川衡2025-0056-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'nawi-digital',
    name: '电子汽车衡',
    model: 'SCS-100',
    serialNumber: 'S2501',
    manufacturer: '示例衡器',
    accuracyClass: 'Ⅲ',
    range: { lower: '0.4', upper: '100', unit: 't' },
    scaleInterval: { value: '20', unit: 'kg' },
    rangeText: '(0.4～100) t',
  },
  verificationType: 'subsequent',
  purpose: 'trade',
  basis: [{ number: 'JJG 539-2016' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2026-05-19',
  cause: 'periodic',
  standards: [
    system('电子汽车衡检定装置', 'C0401', { range: '(0～100) t', accuracyClass: 'M1' }),
    standard('M1 等级砝码', '示例-M2025-0311', { model: '20 kg、1 t', serialNumbers: ['M1-001～M1-080'], accuracyClass: 'M1' }),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'weighing',
      ['示值误差', 'error of indication'],
      [
        numeric('reference', '载荷 L', 'load L', 'kg'),
        numeric('indication', '示值 I', 'indication I', 'kg'),
        numeric('additional-load', '附加小砝码 ΔL', 'additional load ΔL', 'kg'),
        numeric('error', '误差 Ec', 'error Ec', 'kg', {
          formation: { method: 'changeover-point', interval: { value: '20', unit: 'kg' }, zeroError: { value: '-2', unit: 'kg' } },
        }),
        ...limits('kg'),
        verdict,
      ],
      [
        ['400', '400', '12', '0', '-10', '10', 'pass'],
        ['10000', '10000', '14', '-2', '-10', '10', 'pass'],
        ['20000', '20000', '8', '4', '-20', '20', 'pass'],
        ['40000', '40020', '16', '16', '-20', '20', 'pass'],
        ['50000', '50020', '18', '14', '-30', '30', 'pass'],
        ['100000', '100020', '10', '22', '-30', '30', 'pass'],
      ],
    ),
    table(
      'eccentricity',
      ['偏载', 'eccentricity'],
      [
        condition('承载点', 'point of loading'),
        numeric('reference', '载荷 L', 'load L', 'kg'),
        numeric('indication', '示值 I', 'indication I', 'kg'),
        numeric('additional-load', 'ΔL', 'ΔL', 'kg'),
        numeric('error', '误差 Ec', 'error Ec', 'kg', {
          formation: { method: 'changeover-point', interval: { value: '20', unit: 'kg' }, zeroError: { value: '-2', unit: 'kg' } },
        }),
        ...limits('kg'),
        verdict,
      ],
      [
        ['1', '20000', '20000', '6', '6', '-20', '20', 'pass'],
        ['2', '20000', '20000', '10', '2', '-20', '20', 'pass'],
        ['3', '20000', '20000', '14', '-2', '-20', '20', 'pass'],
        ['4', '20000', '20000', '12', '0', '-20', '20', 'pass'],
      ],
    ),
    table(
      'repeatability',
      ['重复性', 'repeatability'],
      [
        condition('次序', 'run'),
        numeric('reference', '载荷', 'load', 'kg'),
        numeric('repeat', '示值 1', 'indication 1', 'kg'),
        numeric('repeat', '示值 2', 'indication 2', 'kg'),
        numeric('repeat', '示值 3', 'indication 3', 'kg'),
        numeric('repeatability', '最大差值', 'largest difference', 'kg'),
        numeric('upper-limit', '允许值', 'limit', 'kg'),
        verdict,
      ],
      [['约 80 % Max', '80000', '80010', '80016', '80006', '10', '30', 'pass']],
    ),
    table(
      'discrimination',
      ['鉴别阈', 'discrimination'],
      [condition('载荷', 'load'), condition('附加 1.4e 后示值变化', 'change with 1.4e added'), verdict],
      [
        ['400 kg', '变化 1e', 'pass'],
        ['50000 kg', '变化 1e', 'pass'],
        ['100000 kg', '变化 1e', 'pass'],
      ],
    ),
  ],
  signatories: people,
})

/** JJF 1847 电子天平校准证书：示值误差（附 U）、重复性、偏载. */
export const balance = createRecord('calibration-result', {
  certificateNo: '川天平2025-0231',
  rawRecordNo: '川天平2025-0231-Y',
  issuer: institute(true),
  customer: applicant,
  instrument: {
    category: 'balance',
    name: '电子天平',
    model: '示例 220',
    serialNumber: 'B3321177',
    manufacturer: '示例仪器',
    range: { lower: '0.01', upper: '220', unit: 'g' },
    scaleInterval: { value: '1', unit: 'mg' },
    rangeText: '(0.01～220) g',
  },
  receivedOn: '2025-05-12',
  calibratedOn: '2025-05-14',
  issuedOn: '2025-05-16',
  method: [{ number: 'JJF 1847-2020' }],
  traceability: { zh: '所用标准溯源至国家计量基准', en: 'The standards used are traceable to the national standards' },
  standards: [
    system('E2 等级砝码组标准装置', 'C0402', { accuracyClass: 'E2' }),
    standard('E2 等级砝码组', '示例-M2025-0018', {
      serialNumbers: ['E2-0317'],
      accuracyClass: 'E2',
      trace: {
        document: 'verification',
        body: '中国计量科学研究院',
        certificateNo: '示例-M2025-0018',
        on: '2025-03-02',
        validUntil: '2026-03-01',
      },
    }),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'indication',
      ['示值误差', 'error of indication'],
      [
        numeric('reference', '标准砝码约定质量', 'conventional mass of the weight', 'g'),
        numeric('indication', '示值', 'indication', 'g'),
        numeric('error', '示值误差', 'error of indication', 'mg'),
        numeric('uncertainty', '扩展不确定度', 'expanded uncertainty', 'mg', { k: '2', coverage: '0.95' }),
      ],
      [
        ['0.00000', '0.0000', '0.0', '0.1'],
        ['50.00003', '50.0001', '0.1', '0.1'],
        ['99.99996', '100.0000', '0.0', '0.2'],
        ['149.99999', '150.0003', '0.3', '0.3'],
        ['199.99994', '200.0003', '0.4', '0.3'],
        ['220.00002', '220.0004', '0.4', '0.3'],
      ],
    ),
    table(
      'repeatability',
      ['重复性（100 g，10 次）', 'repeatability (100 g, ten times)'],
      [numeric('nominal', '载荷', 'load', 'g'), numeric('repeatability', '标准偏差', 'standard deviation', 'mg')],
      [['100', '0.06']],
    ),
    table(
      'eccentricity',
      ['偏载', 'eccentricity'],
      [
        condition('位置', 'position'),
        numeric('reference', '中心示值', 'indication at the centre', 'g'),
        numeric('indication', '示值', 'indication', 'g'),
        numeric('error', '与中心之差', 'difference from the centre', 'mg'),
        numeric('uncertainty', '扩展不确定度', 'expanded uncertainty', 'mg', { k: '2' }),
      ],
      [
        ['左', '100.0001', '100.0002', '0.1', '0.2'],
        ['右', '100.0001', '100.0000', '-0.1', '0.2'],
        ['前', '100.0001', '100.0001', '0.0', '0.2'],
        ['后', '100.0001', '100.0003', '0.2', '0.2'],
      ],
    ),
  ],
  signatories: calibrators,
})

/** JJG 707 扭矩扳子检定记录：每点三次，示值相对误差与重复性. */
export const torqueWrench = createRecord('verification-record', {
  certificateNo: '川扭2025-0412',
  rawRecordNo: '川扭2025-0412-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'torque-wrench',
    name: '预置式扭矩扳子',
    model: '示例-100',
    serialNumber: 'T-88012',
    manufacturer: '示例工具',
    accuracyClass: '3 级',
    range: { lower: '20', upper: '100', unit: 'N.m' },
    rangeText: '(20～100) N·m',
  },
  verificationType: 'subsequent',
  purpose: 'other',
  basis: [{ number: 'JJG 707-2014' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2026-05-19',
  cause: 'periodic',
  standards: [
    system('扭矩扳子检定装置', 'C0403', { range: '(5～1000) N·m', maximumPermissibleError: { lower: '-0.5', upper: '0.5', unit: '%' } }),
    standard('标准扭矩仪', '示例-N2025-0042', { model: 'TS-1000', serialNumbers: ['T1000-07'], accuracyClass: '0.3 级' }),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'torque',
      ['示值相对误差', 'relative error'],
      [
        numeric('indication', '设定值', 'setting', 'N.m'),
        numeric('repeat', '1', '1', 'N.m'),
        numeric('repeat', '2', '2', 'N.m'),
        numeric('repeat', '3', '3', 'N.m'),
        numeric('reference', '标准值（平均）', 'reference (mean)', 'N.m'),
        numeric('error', '示值相对误差', 'relative error', '%', { basis: { of: 'reference' } }),
        ...limits('%'),
        numeric('repeatability', '重复性', 'repeatability', '%'),
        numeric('upper-limit', '重复性允许值', 'limit of repeatability', '%', { bounds: 'repeatability' }),
        verdict,
      ],
      [
        ['20.00', '20.32', '20.28', '20.35', '20.32', '-1.6', '-3.0', '3.0', '0.3', '3.0', 'pass'],
        ['60.00', '60.41', '60.58', '60.49', '60.49', '-0.8', '-3.0', '3.0', '0.3', '3.0', 'pass'],
        ['100.00', '99.36', '99.52', '99.45', '99.44', '0.6', '-3.0', '3.0', '0.2', '3.0', 'pass'],
      ],
    ),
  ],
  signatories: people,
})
