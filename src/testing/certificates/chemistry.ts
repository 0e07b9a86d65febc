/** Chemistry and sound: a breath analyser with its reference material, a sound level meter. */
import { createRecord } from '../../records/index.js'
import { condition, limits, numeric, table, verdict } from '../record-parts.js'
import { applicant, auxiliary, here, institute, people, room, standard, system } from './parts.js'

/** JJG 657 呼出气体酒精含量检测仪检定记录：三次读数平均、示值误差、重复性、漂移. */
export const breathAnalyser = createRecord('verification-record', {
  certificateNo: '川酒2025-0218',
  rawRecordNo: '川酒2025-0218-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'breath-alcohol',
    name: '呼出气体酒精含量检测仪',
    model: '示例-8800',
    serialNumber: 'BA-20771',
    manufacturer: '示例电子',
    typeApprovalNo: '2020C233-51',
  },
  verificationType: 'subsequent',
  purpose: 'safety',
  basis: [{ number: 'JJG 657-2019' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2025-11-19',
  cause: 'periodic',
  standards: [
    system('呼出气体酒精含量检测仪检定装置', 'C0412', { range: '(0.08～0.90) mg/L' }),
    {
      name: '氮中乙醇气体标准物质',
      role: 'standard',
      referenceMaterial: { number: 'GBW(E)061234', batch: '24-117', validUntil: '2025-12-31' },
      uncertainty: { form: 'expanded', value: '2', k: '2', relativeTo: '%' },
      trace: { body: '中国测试技术研究院', certificateNo: '示例-GBW-24117', validUntil: '2025-12-31' },
    },
    auxiliary('气体流量计', '示例-V2025-0015'),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'indication',
      ['示值误差', 'error of indication'],
      [
        numeric('reference', '标准气体浓度', 'concentration of the gas', 'mg/L'),
        numeric('repeat', '1', '1', 'mg/L'),
        numeric('repeat', '2', '2', 'mg/L'),
        numeric('repeat', '3', '3', 'mg/L'),
        numeric('indication', '平均值', 'mean', 'mg/L'),
        numeric('error', '示值误差', 'error of indication', 'mg/L'),
        ...limits('mg/L'),
        verdict,
      ],
      [
        ['0.0902', '0.092', '0.093', '0.092', '0.092', '0.002', '-0.020', '0.020', 'pass'],
        ['0.2203', '0.221', '0.222', '0.222', '0.222', '0.001', '-0.020', '0.020', 'pass'],
        ['0.5508', '0.556', '0.557', '0.556', '0.556', '0.006', '-0.028', '0.028', 'pass'],
      ],
    ),
    table(
      'repeatability',
      ['重复性', 'repeatability'],
      [
        numeric('reference', '标准气体浓度', 'concentration of the gas', 'mg/L'),
        numeric('repeatability', '相对标准偏差', 'relative standard deviation', '%'),
        numeric('upper-limit', '上限', 'upper limit', '%'),
        verdict,
      ],
      [['0.3503', '0.6', '3.0', 'pass']],
    ),
    table(
      'drift',
      ['漂移', 'drift'],
      [condition('项目', 'item'), numeric('indication', '漂移', 'drift', 'mg/L'), ...limits('mg/L'), verdict],
      [
        ['零点漂移 4 h', '0.000', '-0.010', '0.010', 'pass'],
        ['示值漂移 4 h', '0.003', '-0.010', '0.010', 'pass'],
      ],
    ),
  ],
  signatories: people,
})

/** JJG 188 声级计检定证书内页：指示声级、频率计权（A）、级线性. */
export const soundLevelMeter = createRecord('verification-record', {
  certificateNo: '川声2025-0066',
  rawRecordNo: '川声2025-0066-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'sound-level-meter',
    name: '声级计',
    model: '示例 6228',
    serialNumber: '10334521',
    manufacturer: '示例声学',
    accuracyClass: '1 级',
  },
  verificationType: 'subsequent',
  purpose: 'environment',
  basis: [{ number: 'JJG 188-2017' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2026-05-19',
  cause: 'periodic',
  standards: [
    system('声级计检定装置', 'C0413', { range: '10 Hz～20 kHz' }),
    standard('声校准器', '示例-A2025-0005', { model: '4231', serialNumbers: ['2241903'], accuracyClass: '1 级' }),
    auxiliary('电容传声器', '示例-A2025-0006', { serialNumbers: ['4160-118'] }),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'weighting',
      ['A 频率计权', 'frequency weighting A'],
      [
        numeric('nominal', '频率', 'frequency', 'Hz'),
        numeric('reference', '参考声级', 'reference level', 'dB'),
        numeric('indication', '指示声级', 'level indicated', 'dB'),
        numeric('error', '偏差', 'deviation', 'dB'),
        ...limits('dB'),
        numeric('uncertainty', '扩展不确定度', 'expanded uncertainty', 'dB', { k: '2' }),
        verdict,
      ],
      [
        ['63', '94.0', '93.8', '-0.2', '-1.0', '1.0', '0.3', 'pass'],
        ['250', '94.0', '94.1', '0.1', '-1.0', '1.0', '0.2', 'pass'],
        ['1000', '94.0', '94.0', '0.0', '-0.7', '0.7', '0.2', 'pass'],
        ['4000', '94.0', '93.7', '-0.3', '-1.0', '1.0', '0.3', 'pass'],
        ['8000', '94.0', '93.2', '-0.8', '-2.5', '1.5', '0.4', 'pass'],
      ],
    ),
    table(
      'linearity',
      ['级线性', 'level linearity'],
      [
        numeric('reference', '预期声级', 'expected level', 'dB'),
        numeric('indication', '指示声级', 'level indicated', 'dB'),
        numeric('error', '级线性误差', 'linearity error', 'dB'),
        ...limits('dB'),
        verdict,
      ],
      [
        ['94.0', '94.0', '0.0', '-0.8', '0.8', 'pass'],
        ['104.0', '104.1', '0.1', '-0.8', '0.8', 'pass'],
        ['114.0', '114.1', '0.1', '-0.8', '0.8', 'pass'],
        ['124.0', null, null, '-0.8', '0.8', 'not-applicable'],
      ],
    ),
  ],
  signatories: people,
})
