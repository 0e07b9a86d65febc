/** A taximeter before it is mounted: 本机检定; F01 is one as installed. */
import { createRecord } from '../../records/index.js'
import { condition, limits, numeric, table, text, verdict } from '../record-parts.js'
import { applicant, auxiliary, here, institute, people, room, standard, system } from './parts.js'

/** 计价器本机检定：脉冲法计程、计时、永久时钟. */
export const taximeterDevice = createRecord('verification-record', {
  certificateNo: '川价2025-B0219',
  rawRecordNo: '川价2025-B0219-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'taximeter',
    name: '出租汽车计价器',
    model: 'TX-9A',
    serialNumber: 'TX9A2503881',
    manufacturer: '示例电子(成都)有限公司',
    typeApprovalNo: '2020F118-51',
    characteristics: [{ name: text('特征系数 K', 'constant K'), value: '1024' }],
  },
  verificationType: 'subsequent',
  cause: 'after-repair',
  scope: 'device',
  purpose: 'trade',
  basis: [{ number: 'JJG 517-2016', name: '出租汽车计价器' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2026-05-19',
  standards: [
    system('出租汽车计价器检定装置（本机）', 'C0415', {
      range: '(0～9999) m',
      maximumPermissibleError: { lower: '-0.2', upper: '0.2', unit: '%' },
    }),
    standard('计价器标准信号发生器', '示例-T2025-0033', { serialNumbers: ['SG-07'] }),
    auxiliary('电子秒表', '示例-T2025-0007', { serialNumbers: ['S-22'] }),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'distance-error',
      ['计程误差（本机）', 'distance error, device alone'],
      [
        condition('里程', 'distance'),
        numeric('reference', '标准里程', 'reference distance', 'm'),
        numeric('indication', '计价器示值', 'indication', 'm'),
        numeric('error', '计程误差', 'distance error', '%', { basis: { of: 'reference' } }),
        ...limits('%'),
        verdict,
      ],
      [
        ['起程', '2000.0', '1996.0', '-0.2', '-1.0', '1.0', 'pass'],
        ['续程 1', '1000.0', '1001.0', '0.1', '-1.0', '1.0', 'pass'],
        ['续程 2', '5000.0', '4995.0', '-0.1', '-1.0', '1.0', 'pass'],
      ],
    ),
    table(
      'clock-error',
      ['永久时钟误差', 'error of the clock'],
      [numeric('error', '日差', 'error', 's/d'), ...limits('s/d'), verdict],
      [['0.6', '-10', '10', 'pass']],
    ),
  ],
  seals: [{ number: 'CDF-889310', position: text('主机', 'main unit'), on: '2025-05-20' }],
  signatories: people,
})
