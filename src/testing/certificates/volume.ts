/** Volume and flow: a water meter, a gas meter with its curve, a pipette. */
import { createRecord } from '../../records/index.js'
import { condition, limits, numeric, table, verdict } from '../record-parts.js'
import { applicant, auxiliary, here, institute, people, room, standard, system } from './parts.js'

/** JJG 162 检定证书内页：常用流量、分界流量、最小流量三点，各测两次取平均. */
export const waterMeter = createRecord('verification-record', {
  certificateNo: '川水2025-0718',
  rawRecordNo: '川水2025-0718-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'water-meter',
    name: '旋翼式冷水水表',
    model: 'LXS-15E',
    serialNumber: '2405118832',
    manufacturer: '示例水表',
    accuracyClass: '2 级',
    typeApprovalNo: '2021F155-51',
  },
  purpose: 'trade',
  basis: [{ number: 'JJG 162-2019' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2027-05-19',
  verificationType: 'initial',
  cause: 'mandatory-initial',
  combinedWithFactory: true,
  marks: [{ kind: 'certificate', number: 'HG-2505118832', on: '2025-05-20' }],
  standards: [
    system('水表检定装置', 'C0404', { range: 'DN15～DN50', maximumPermissibleError: { lower: '-0.2', upper: '0.2', unit: '%' } }),
    standard('电子秤', '示例-M2025-0102', { model: 'TCS-150', serialNumbers: ['150-0231'], accuracyClass: 'Ⅲ' }),
    auxiliary('电子秒表', '示例-T2025-0007', { serialNumbers: ['S-22'] }),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'indication',
      ['示值误差', 'error of indication'],
      [
        condition('流量点', 'flow'),
        numeric('nominal', '流量', 'flow', 'm3/h'),
        numeric('reference', '实际体积', 'actual volume', 'L'),
        numeric('indication', '指示体积', 'volume indicated', 'L'),
        numeric('error', '示值误差', 'error of indication', '%', { roundTo: '0.1', basis: { of: 'reference' } }),
        ...limits('%'),
        verdict,
      ],
      [
        ['Q3', '2.5', '99.83', '100.42', '0.6', '-2', '2', 'pass'],
        ['Q2', '0.050', '9.974', '10.03', '0.6', '-2', '2', 'pass'],
        ['Q1', '0.0313', '9.987', '9.81', '-1.8', '-5', '5', 'pass'],
      ],
    ),
    table('tightness', ['密封性', 'tightness'], [condition('试验条件', 'conditions'), verdict], [['1.6 MPa，1 min，无渗漏', 'pass']]),
  ],
  signatories: people,
})

/** JJG 577 检定记录：误差曲线七个流量点，qmin 至 qmax. */
export const gasMeter = createRecord('verification-record', {
  certificateNo: '川气2025-0321',
  rawRecordNo: '川气2025-0321-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'gas-meter',
    name: '膜式燃气表',
    model: 'G4',
    serialNumber: '24-770156',
    manufacturer: '示例燃气表',
    accuracyClass: '1.5 级',
    rangeText: '(0.025～6) m³/h',
  },
  verificationType: 'subsequent',
  purpose: 'trade',
  basis: [{ number: 'JJG 577-2012' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2028-05-19',
  cause: 'periodic',
  standards: [
    system('钟罩式气体流量标准装置', 'C0405', {
      range: '(0.016～6) m³/h',
      maximumPermissibleError: { lower: '-0.2', upper: '0.2', unit: '%' },
    }),
    standard('钟罩', '示例-V2025-0009', { serialNumbers: ['Z-100-3'] }),
    auxiliary('数字温度计', '示例-R2025-0031'),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'curve',
      ['示值误差', 'error of indication'],
      [
        numeric('nominal', '流量', 'flow', 'm3/h'),
        numeric('reference', '标准体积', 'reference volume', 'L'),
        numeric('indication', '示值', 'indication', 'L'),
        numeric('error', '示值误差', 'error of indication', '%', { basis: { of: 'reference' } }),
        ...limits('%'),
        verdict,
      ],
      [
        ['0.025', '10.00', '10.21', '2.1', '-3', '3', 'pass'],
        ['0.12', '20.00', '20.17', '0.8', '-3', '3', 'pass'],
        ['0.6', '60.00', '60.35', '0.6', '-1.5', '1.5', 'pass'],
        ['1.2', '120.00', '120.52', '0.4', '-1.5', '1.5', 'pass'],
        ['2.4', '240.0', '240.7', '0.3', '-1.5', '1.5', 'pass'],
        ['4.2', '400.0', '399.0', '-0.2', '-1.5', '1.5', 'pass'],
        ['6.0', '600.0', '596.4', '-0.6', '-1.5', '1.5', 'pass'],
      ],
    ),
    table(
      'pressure-loss',
      ['压力损失', 'pressure loss'],
      [
        numeric('indication', '总压力损失（q_max）', 'pressure loss at q_max', 'Pa'),
        numeric('upper-limit', '上限', 'upper limit', 'Pa'),
        verdict,
      ],
      [['168', '200', 'pass']],
    ),
  ],
  signatories: people,
})

/** JJG 646 移液器检定记录：三个容量点各六次（质量换算 20 ℃ 体积），容量相对误差与重复性. */
export const micropipette = createRecord('verification-record', {
  certificateNo: '川移2025-0904',
  rawRecordNo: '川移2025-0904-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'micropipette',
    name: '可调移液器',
    model: '示例 100',
    serialNumber: 'MP-77120',
    manufacturer: '示例生物',
    range: { lower: '10', upper: '100', unit: 'uL' },
    rangeText: '(10～100) μL',
  },
  verificationType: 'subsequent',
  purpose: 'medical',
  basis: [{ number: 'JJG 646-2006' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2026-05-19',
  cause: 'periodic',
  standards: [
    system('移液器检定装置', 'C0406'),
    standard('电子天平', '示例-M2025-0205', { model: '示例 220', serialNumbers: ['B-7719'], accuracyClass: 'Ⅰ' }),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'volume',
      ['容量相对误差、容量重复性', 'error and repeatability of volume'],
      [
        numeric('indication', '标称（设定）容量', 'volume set', 'uL'),
        numeric('repeat', '实测 1', 'volume 1', 'uL'),
        numeric('repeat', '实测 2', 'volume 2', 'uL'),
        numeric('repeat', '实测 3', 'volume 3', 'uL'),
        numeric('repeat', '实测 4', 'volume 4', 'uL'),
        numeric('repeat', '实测 5', 'volume 5', 'uL'),
        numeric('repeat', '实测 6', 'volume 6', 'uL'),
        numeric('reference', '实测平均容量', 'mean volume', 'uL'),
        numeric('error', '容量相对误差', 'relative error of volume', '%', { basis: { of: 'reference' } }),
        ...limits('%'),
        numeric('repeatability', '容量重复性', 'repeatability', '%'),
        numeric('upper-limit', '重复性允许值', 'limit of repeatability', '%', { bounds: 'repeatability' }),
        verdict,
      ],
      [
        ['10.0', '10.06', '10.04', '10.09', '10.05', '10.07', '10.06', '10.06', '-0.6', '-8.0', '8.0', '0.2', '4.0', 'pass'],
        ['50.0', '50.12', '50.20', '50.16', '50.08', '50.14', '50.11', '50.14', '-0.3', '-3.0', '3.0', '0.1', '1.5', 'pass'],
        ['100.0', '100.31', '100.22', '100.27', '100.19', '100.25', '100.30', '100.26', '-0.3', '-2.0', '2.0', '0.1', '1.0', 'pass'],
      ],
    ),
  ],
  signatories: people,
})
