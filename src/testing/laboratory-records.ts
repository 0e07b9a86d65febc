/** Fixtures of 计量工作结果: F07–F09 and F13, calibration and verification in the laboratory. */
import type { CalibrationResult, VerificationRecord } from '../records/index.js'
import { firms, organisation } from './organisations.js'
import { celsius, condition, expanded, humidity, issuer, limits, numeric, people, table, text, verdict } from './record-parts.js'

/** 电子汽车衡校准（企业内部用，非强检），四川. */
export const F07: CalibrationResult = {
  kind: 'calibration-result',
  version: 1,
  certificateNo: 'SCJL-C2025-0342',
  rawRecordNo: 'R-0342',
  issuer: issuer('SC-INST', { authorisationNo: '（川）法计（2021）51001号', accreditationNo: 'CNAS L0000' }),
  customer: firms.taxi,
  instrument: {
    category: 'nawi-digital',
    name: '电子汽车衡',
    model: 'SCS-80',
    serialNumber: 'SCS80-1907',
    manufacturer: '示例衡器有限公司',
    accuracyClass: 'Ⅲ',
    range: { lower: '0', upper: '80', unit: 't' },
    scaleInterval: { value: '20', unit: 'kg' },
  },
  condition: text('外观完好，工作正常', 'sound and in working order'),
  calibratedOn: '2025-03-03',
  issuedOn: '2025-03-06',
  place: { kind: 'customer-premises', division: '510100' },
  method: [{ number: 'JJG 539-2016', name: '数字指示秤' }],
  standards: [
    {
      name: 'M1 等级砝码',
      range: '20 kg～1000 kg',
      accuracyClass: 'M1',
      trace: { certificateNo: 'SCJL-M2024-0911', validUntil: '2025-12-20' },
    },
  ],
  traceability: text(
    '所用砝码经四川示例计量测试研究院检定，溯源至国家质量基准',
    'Weights verified by the institute, traceable to the national standard of mass',
  ),
  environment: { temperature: celsius('16.2'), humidity: humidity('58') },
  results: [
    table(
      'weighing',
      ['称量误差', 'weighing error'],
      [
        numeric('reference', '载荷', 'load', 't'),
        numeric('indication', '示值', 'indication', 't'),
        numeric('error', '误差', 'error', 'kg'),
        expanded('kg'),
      ],
      [
        ['10.00', '10.00', '0', '8'],
        ['20.00', '20.00', '0', '9'],
        ['40.00', '40.02', '20', '12'],
        ['60.00', '60.02', '20', '15'],
        ['80.00', '79.98', '-20', '18'],
      ],
    ),
  ],
  signatories: { calibrator: { name: '秦某' }, checker: { name: '尤某' }, approver: { name: '许某' } },
  remarks: text(
    'Ⅲ级允许误差 ±0.5e、±1e、±1.5e，分界 500e、2000e；40 t 处恰为 ±20 kg',
    'Class III limits ±0.5e, ±1e, ±1.5e at 500e and 2000e; the error at 40 t is exactly 20 kg',
  ),
}

/** 精密压力表校准，附符合性声明，重庆. */
export const F08: CalibrationResult = {
  kind: 'calibration-result',
  version: 1,
  certificateNo: 'CQJL-P2025-1188',
  rawRecordNo: 'P-1188',
  issuer: issuer('CQ-INST', { authorisationNo: '（渝）法计（2022）50001号', accreditationNo: 'CNAS L0002' }),
  customer: firms.auto,
  instrument: {
    category: 'pressure-gauge',
    name: '精密压力表',
    model: 'YB-150',
    serialNumber: 'YB2209016',
    manufacturer: '示例仪表(重庆)有限公司',
    accuracyClass: '0.25 级',
    range: { lower: '0', upper: '10', unit: 'MPa' },
  },
  receivedOn: '2025-03-10',
  calibratedOn: '2025-03-12',
  issuedOn: '2025-03-13',
  place: { kind: 'issuer-premises', division: '500112' },
  method: [{ number: 'JJG 49-2013', name: '弹性元件式精密压力表和真空表' }],
  standards: [
    {
      name: '活塞式压力计',
      range: '(0.1～10) MPa',
      accuracyClass: '0.02 级',
      trace: { certificateNo: 'NIM-示例', validUntil: '2026-07-01' },
    },
  ],
  traceability: text('活塞式压力计经中国计量科学研究院检定', 'The pressure balance was verified by the National Institute of Metrology'),
  environment: { temperature: celsius('20.3'), humidity: humidity('51') },
  results: [
    table(
      'pressure',
      ['示值（升压）', 'indication, rising pressure'],
      [
        numeric('reference', '标准值', 'reference', 'MPa'),
        numeric('indication', '示值', 'indication', 'MPa'),
        numeric('error', '误差', 'error', 'MPa'),
        ...limits('MPa'),
        expanded('MPa'),
        verdict,
      ],
      [
        ['0.000', '0.000', '0.000', '-0.025', '0.025', '0.006', 'pass'],
        ['2.000', '2.005', '0.005', '-0.025', '0.025', '0.006', 'pass'],
        ['4.000', '4.010', '0.010', '-0.025', '0.025', '0.006', 'pass'],
        ['6.000', '6.005', '0.005', '-0.025', '0.025', '0.007', 'pass'],
        ['8.000', '7.995', '-0.005', '-0.025', '0.025', '0.007', 'pass'],
        ['10.000', '9.990', '-0.010', '-0.025', '0.025', '0.008', 'pass'],
      ],
    ),
  ],
  conformity: {
    statement: text('符合 0.25 级要求', 'conforms to class 0.25'),
    outcome: 'conforming',
    specification: { number: 'JJG 49-2013' },
    decisionRule: { rule: 'simple-acceptance', source: 'JJF 1094—2002 5.3.1.1' },
  },
  signatories: { calibrator: { name: '何某' }, checker: { name: '吕某' }, approver: { name: '施某' } },
}

const weight = (label: string, nominal: string, error: string, uncertainty: string, limit: string): string[] => [
  label,
  nominal,
  error,
  `-${limit}`,
  limit,
  uncertainty,
  'pass',
]

/** E2 等级砝码组检定，四川. */
export const F09: VerificationRecord = {
  kind: 'verification-record',
  version: 1,
  certificateNo: 'SCJL-M2025-0077',
  rawRecordNo: 'M-0077',
  issuer: issuer('SC-INST', { authorisationNo: '（川）法计（2021）51001号' }),
  applicant: { uscc: organisation('LZ').uscc, name: organisation('LZ').name.zh },
  instrument: {
    category: 'weights',
    name: '砝码',
    serialNumber: 'E2-0317',
    accuracyClass: 'E2',
    range: { lower: '0.001', upper: '500', unit: 'g' },
  },
  verificationType: 'subsequent',
  purpose: 'standard',
  basis: [{ number: 'JJG 99-2022', name: '砝码' }],
  standards: [
    {
      name: 'E1 等级砝码组标准装置',
      accuracyClass: 'E1',
      assessment: { number: '〔2021〕川量标法证字第M0003号', validUntil: '2026-10-20' },
      trace: { certificateNo: 'NIM-示例-M2024-018', validUntil: '2026-03-31' },
    },
  ],
  environment: { temperature: celsius('20.1'), humidity: humidity('50.2'), pressure: { value: '95.63', unit: 'kPa' } },
  place: { kind: 'issuer-premises', division: '510100' },
  results: [
    table(
      'conventional-mass',
      ['折算质量误差', 'error of conventional mass'],
      [
        condition('砝码', 'weight'),
        numeric('nominal', '标称值', 'nominal value', 'g'),
        numeric('error', '误差', 'error', 'mg'),
        ...limits('mg'),
        expanded('mg'),
        verdict,
      ],
      [
        weight('500 g', '500', '0.21', '0.25', '0.8'),
        weight('200 g', '200', '-0.05', '0.10', '0.3'),
        weight('200* g', '200', '0.11', '0.10', '0.3'),
        weight('100 g', '100', '0.031', '0.053', '0.16'),
        weight('50 g', '50', '-0.022', '0.033', '0.10'),
        weight('10 g', '10', '0.008', '0.020', '0.06'),
        weight('1 g', '1', '-0.004', '0.010', '0.03'),
        weight('100 mg', '0.1', '0.0031', '0.0053', '0.016'),
        weight('1 mg', '0.001', '0.0009', '0.0020', '0.006'),
      ],
    ),
  ],
  // Weights must meet both: U ≤ MPE/3, and the error within the limits reduced by U (OIML R 111-1:2004 5.2, 5.3.1).
  decisionRule: {
    rule: 'guarded-acceptance',
    guardBand: 'expanded-uncertainty',
    source: 'JJG 99—2022: U ≤ MPE/3，且 |m_c − m_0| ≤ MPE − U',
  },
  outcome: 'pass',
  concludedClass: 'E2 等级',
  verifiedOn: '2025-05-16',
  validUntil: '2026-05-15',
  signatories: people('孔某', '曹某', '严某'),
}

/** 发动机测功机转矩校准，依据含 JJF(渝) 901-2024，重庆. */
export const F13: CalibrationResult = {
  kind: 'calibration-result',
  version: 1,
  certificateNo: 'CQJL-T2025-0061',
  rawRecordNo: 'T-0061',
  issuer: issuer('CQ-INST', { accreditationNo: 'CNAS L0002' }),
  customer: firms.auto,
  instrument: {
    category: 'engine-dynamometer',
    name: '发动机测功机',
    model: 'CW260',
    serialNumber: 'CW26018007',
    manufacturer: '示例动力设备有限公司',
    accuracyClass: '0.2 级',
    range: { lower: '0', upper: '500', unit: 'N.m' },
  },
  receivedOn: '2025-04-21',
  calibratedOn: '2025-04-22',
  issuedOn: '2025-04-25',
  place: { kind: 'customer-premises', division: '500112' },
  method: [{ number: 'JJG 653-2003', name: '测功装置' }, { number: 'JJF(渝) 901-2024' }],
  standards: [{ name: '校准臂与 F2 等级砝码', accuracyClass: 'F2', trace: { certificateNo: 'CQJL-M2024-2207', validUntil: '2026-02-01' } }],
  traceability: text('校准臂与砝码溯源至重庆市社会公用计量标准', 'Arm and weights traceable to the public standards of Chongqing'),
  environment: { temperature: celsius('23.4'), humidity: humidity('48') },
  results: [
    {
      ...table(
        'torque',
        ['转矩示值', 'torque indication'],
        [
          numeric('reference', '标准转矩', 'reference torque', 'N.m'),
          numeric('indication', '示值', 'indication', 'N.m'),
          numeric('error', '示值相对误差', 'relative error', '%'),
          expanded('%'),
        ],
        [
          ['100.0', '100.1', '0.10', '0.10'],
          ['200.0', '200.1', '0.05', '0.10'],
          ['300.0', '299.8', '-0.07', '0.10'],
          ['400.0', '399.6', '-0.10', '0.10'],
          ['500.0', '499.6', '-0.08', '0.10'],
        ],
      ),
      budgets: [
        {
          row: 0,
          entries: [
            { source: text('校准臂与砝码', 'arm and weights'), type: 'B', standard: '0.030', distribution: 'uniform' },
            { source: text('重复性', 'repeatability'), type: 'A', standard: '0.040', distribution: 'normal' },
          ],
        },
      ],
    },
  ],
  signatories: { calibrator: { name: '华某' }, checker: { name: '金某' }, approver: { name: '魏某' } },
}
