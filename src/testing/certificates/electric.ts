/** Electricity: a single meter, a batch of meters on one certificate, a charger for vehicles. */
import { type Column, createRecord } from '../../records/index.js'
import { celsius, condition, humidity, limits, numeric, table, text, verdict } from '../record-parts.js'
import { applicant, auxiliary, here, institute, people, room, standard, system } from './parts.js'

/** JJG 596 电子式电能表检定记录：基本误差（化整间距 0.1）、潜动、启动、日计时误差. */
export const energyMeter = createRecord('verification-record', {
  certificateNo: '川电2025-51002',
  rawRecordNo: '川电2025-51002-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'energy-meter',
    name: '单相电能表',
    model: 'DDZY',
    serialNumber: '5130001240007712',
    manufacturer: '示例电表',
    accuracyClass: '1 级',
  },
  verificationType: 'subsequent',
  purpose: 'trade',
  basis: [{ number: 'JJG 596-2012' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2033-05-19',
  cause: 'periodic',
  standards: [
    system('单相交流电能表标准装置', 'C0407', { model: '示例-3000', maximumPermissibleError: { lower: '-0.1', upper: '0.1', unit: '%' } }),
    standard('单相标准电能表', '示例-E2025-0061', { serialNumbers: ['E-0612'], accuracyClass: '0.05 级' }),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'basic-error',
      ['基本误差', 'intrinsic error'],
      [
        condition('负载电流', 'current'),
        condition('功率因数', 'power factor'),
        numeric('repeat', '误差 1', 'error 1', '%'),
        numeric('repeat', '误差 2', 'error 2', '%'),
        numeric('error', '化整值', 'rounded', '%', { roundTo: '0.1' }),
        ...limits('%'),
        verdict,
      ],
      [
        ['Imax', '1.0', '0.12', '0.14', '0.1', '-1.0', '1.0', 'pass'],
        ['Ib', '1.0', '0.08', '0.07', '0.1', '-1.0', '1.0', 'pass'],
        ['Ib', '0.5L', '-0.11', '-0.13', '-0.1', '-1.0', '1.0', 'pass'],
        ['0.1Ib', '1.0', '0.21', '0.22', '0.2', '-1.0', '1.0', 'pass'],
        ['0.05Ib', '1.0', '0.34', '0.36', '0.4', '-1.5', '1.5', 'pass'],
      ],
    ),
    table(
      'clock',
      ['日计时误差', 'clock error'],
      [numeric('error', '日计时误差', 'clock error', 's/d'), ...limits('s/d'), verdict],
      [['0.12', '-0.5', '0.5', 'pass']],
    ),
    table(
      'functions',
      ['潜动、启动试验', 'creep and starting'],
      [condition('项目', 'item'), verdict],
      [
        ['潜动', 'pass'],
        ['启动', 'pass'],
      ],
    ),
  ],
  signatories: people,
})

/** 直流充电机：工作误差（化整间距 0.1）、付费金额误差、时钟误差；两支充电枪. */
export const evCharger = createRecord('verification-record', {
  certificateNo: '川充2025-0107',
  rawRecordNo: '川充2025-0107-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'ev-charger',
    name: '电动汽车非车载充电机',
    model: '示例-DC120',
    serialNumber: 'DC120-240388',
    assetNumber: 'LZ-EV-0012',
    manufacturer: '示例充电设备有限公司',
    accuracyClass: '2 级',
    range: { lower: '200', upper: '750', unit: 'V' },
    ranges: [
      { lower: '200', upper: '750', unit: 'V' },
      { lower: '0', upper: '160', unit: 'A' },
    ],
    rangeText: '(200～750) V，(0～160) A',
    components: [{ name: 'A 枪', serialNumber: '240388-A' }],
  },
  verificationType: 'subsequent',
  cause: 'periodic',
  purpose: 'trade',
  basis: [{ number: 'JJG 1149-2022(试行)', name: '电动汽车非车载充电机' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2028-05-19',
  standards: [
    system('电动汽车非车载充电机检定装置', 'C0414', {
      range: '(200～1000) V，(1～250) A',
      maximumPermissibleError: { lower: '-0.2', upper: '0.2', unit: '%' },
    }),
    standard('直流电能表现场校验仪', '示例-E2025-0117', { model: '示例-6000', serialNumbers: ['EV-6013'], accuracyClass: '0.05 级' }),
    auxiliary('直流电子负载', '示例-E2025-0118', { serialNumbers: ['LD-22'] }),
  ],
  environment: { temperature: celsius('24.1'), humidity: humidity('61') },
  place: { kind: 'customer-premises', division: '510500', address: '泸州市示例充电站' },
  results: [
    table(
      'operating-error',
      ['工作误差', 'operating error'],
      [
        condition('电压/电流', 'voltage and current'),
        numeric('reference', '标准电能', 'reference energy', 'kW.h'),
        numeric('indication', '充电机示值', 'indication', 'kW.h'),
        numeric('error', '工作误差', 'operating error', '%', { basis: { of: 'reference' } }),
        ...limits('%'),
        verdict,
      ],
      [
        ['400 V / 20 A', '2.0012', '2.012', '0.5', '-2.0', '2.0', 'pass'],
        ['400 V / 80 A', '4.0021', '4.018', '0.4', '-2.0', '2.0', 'pass'],
        ['400 V / 160 A', '8.0034', '7.987', '-0.2', '-2.0', '2.0', 'pass'],
      ],
    ),
    table(
      'amount',
      ['付费金额误差', 'error of the amount to pay'],
      [
        numeric('reference', '应付金额', 'amount due', '{CNY}'),
        numeric('indication', '显示金额', 'amount shown', '{CNY}'),
        numeric('error', '误差', 'error', '{CNY}'),
        ...limits('{CNY}'),
        verdict,
      ],
      [['9.59', '9.59', '0.00', '-0.01', '0.01', 'pass']],
    ),
    table(
      'clock',
      ['时钟示值误差', 'error of the clock'],
      [numeric('error', '误差', 'error', 's'), ...limits('s'), verdict],
      [['1.2', '-5', '5', 'pass']],
    ),
  ],
  seals: [{ number: 'CJ-25-0107', position: text('计量单元', 'metering unit'), on: '2025-05-20' }],
  marks: [{ kind: 'sticker', number: 'CD-25-0107', on: '2025-05-20', position: text('面板', 'panel') }],
  signatories: people,
})

const lineColumn: Column = { role: 'line', name: text('序号', 'line') }
const METERS = ['5130001240007801', '5130001240007802', '5130001240007803', '5130001240007804', '5130001240007805', '5130001240007806']
/** Errors at Imax, Ib and 0.1 Ib of each meter, in percent, already rounded. */
const ERRORS = [
  ['0.1', '0.1', '0.2'],
  ['-0.1', '0.0', '0.1'],
  ['0.2', '0.1', '0.3'],
  ['0.0', '0.0', '-0.1'],
  ['0.1', '-0.1', '0.0'],
  ['0.3', '0.2', '0.4'],
]

/** 单相电能表，首次检定，一份证书六台：每台一行，各有其状态序号. */
export const energyMeters = createRecord('verification-record', {
  certificateNo: '川电2025-B0031',
  rawRecordNo: '川电2025-B0031-Y',
  issuer: institute(),
  applicant,
  instrument: {
    category: 'energy-meter',
    name: '单相费控智能电能表',
    model: 'DDZY-示例',
    manufacturer: '示例电表有限公司',
    accuracyClass: '2 级',
    rangeText: '220 V，5(60) A',
    typeApprovalNo: '2021E101-51',
  },
  instruments: METERS.map((serialNumber) => ({ serialNumber, assetNumber: `51${serialNumber}`.padStart(22, '0') })),
  verificationType: 'initial',
  cause: 'mandatory-initial',
  purpose: 'trade',
  basis: [{ number: 'JJG 596-2012', name: '电子式交流电能表' }],
  outcome: 'pass',
  verifiedOn: '2025-05-20',
  validUntil: '2033-05-19',
  standards: [
    system('单相交流电能表标准装置', 'C0407', {
      model: '示例-3000',
      maximumPermissibleError: { lower: '-0.1', upper: '0.1', unit: '%' },
    }),
    standard('单相标准电能表', '示例-E2025-0061', { serialNumbers: ['E-0612'], accuracyClass: '0.05 级' }),
  ],
  environment: room,
  place: here,
  results: [
    table(
      'basic-error',
      ['基本误差', 'intrinsic error'],
      [
        lineColumn,
        condition('负载电流', 'current'),
        condition('功率因数', 'power factor'),
        numeric('error', '化整值', 'rounded', '%'),
        ...limits('%'),
        verdict,
      ],
      METERS.flatMap((_, at) =>
        ['Imax', 'Ib', '0.1Ib'].map((load, point) => [String(at + 1), load, '1.0', ERRORS[at]?.[point] as string, '-2.0', '2.0', 'pass']),
      ),
    ),
    table(
      'functions',
      ['潜动、启动试验', 'creep and starting'],
      [lineColumn, condition('项目', 'item'), verdict],
      METERS.map((_, at) => [String(at + 1), '潜动、启动', 'pass']),
    ),
    table('appearance', ['外观检查（各台）', 'appearance of each'], [condition('项目', 'item'), verdict], [['外观、通电检查', 'pass']]),
  ],
  signatories: people,
})
