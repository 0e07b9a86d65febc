/** Fixtures of 移动式计量器具强制检定: F01–F06, mandatory verification of mobile instruments. */
import type { VerificationRecord } from '../records/index.js'
import { firms } from './organisations.js'
import { celsius, condition, expanded, humidity, issuer, limits, numeric, people, table, text, verdict } from './record-parts.js'

/** 出租汽车计价器，装车后，成都检定. */
export const F01: VerificationRecord = {
  kind: 'verification-record',
  version: 1,
  certificateNo: '川计检字20250312-00417',
  rawRecordNo: 'JL-2025-00417',
  issuer: issuer('CD', { authorisationNo: '（川）法计（2022）51012号' }),
  applicant: firms.taxi,
  instrument: {
    category: 'taximeter',
    name: '出租汽车计价器',
    model: 'TX-9A',
    serialNumber: 'TX9A2303117',
    manufacturer: '示例电子(成都)有限公司',
    typeApprovalNo: '2020F118-51',
    characteristics: [
      { name: text('特征系数 K', 'constant K'), value: '1024' },
      { name: text('轮胎规格', 'tyre'), value: '205/55R16' },
    ],
    mobile: { plate: '川A·T0001', vin: 'LSVTEST0000000001', homeRegion: '51', operatingRegions: ['51', '50'] },
  },
  verificationType: 'subsequent',
  scope: 'installed',
  purpose: 'trade',
  basis: [{ number: 'JJG 517-2016', name: '出租汽车计价器' }],
  standards: [
    {
      name: '出租汽车计价器检定装置（滚轮）',
      number: 'BZ-012',
      range: '(0～9999) m',
      maximumPermissibleError: { lower: '-0.2', upper: '0.2', unit: '%' },
      assessment: { number: '〔2022〕川量标法证字第C0412号', validUntil: '2027-05-10' },
      trace: { certificateNo: 'SCJL-2024-3311', validUntil: '2025-11-03' },
    },
  ],
  environment: { temperature: celsius('18.5'), humidity: humidity('62') },
  place: { kind: 'issuer-premises', division: '510100' },
  results: [
    table(
      'distance-error',
      ['计程误差', 'distance error'],
      [condition('次序', 'run'), numeric('error', '计程误差', 'distance error', '%'), ...limits('%'), verdict],
      [
        ['1', '-1.57', '-4.0', '1.0', 'pass'],
        ['2', '-1.48', '-4.0', '1.0', 'pass'],
        ['3', '-1.67', '-4.0', '1.0', 'pass'],
      ],
    ),
    {
      ...table(
        'clock-error',
        ['时钟误差', 'clock error'],
        [numeric('error', '时钟误差', 'clock error', 's/d'), verdict],
        [['0.4', 'pass']],
      ),
      requirement: text('按 JJG 517—2016 的规定', 'as JJG 517—2016 requires'),
    },
  ],
  seals: [
    { number: 'CDF-889201', position: text('传感器', 'sensor') },
    { number: 'CDF-889202', position: text('主机', 'main unit') },
  ],
  outcome: 'pass',
  verifiedOn: '2025-03-12',
  validUntil: '2026-03-11',
  signatories: people('张某', '李某', '王某'),
}

/** 检定结果通知书：计价器超差，渝北. */
export const F02: VerificationRecord = {
  kind: 'verification-record',
  version: 1,
  certificateNo: '渝检通2025-0098',
  rawRecordNo: 'YB-JL-2025-0098',
  issuer: issuer('YB', { authorisationNo: '（渝）法计（2020）50041号' }),
  applicant: firms.auto,
  instrument: {
    category: 'taximeter',
    name: '出租汽车计价器',
    model: 'CQ-TX2',
    serialNumber: '230900777',
    manufacturer: '示例仪表(重庆)有限公司',
    typeApprovalNo: '2019F123-50',
    mobile: { plate: '渝B·T0002', homeRegion: '50' },
  },
  verificationType: 'subsequent',
  scope: 'installed',
  purpose: 'trade',
  basis: [{ number: 'JJG 517-2016', name: '出租汽车计价器' }],
  standards: [
    {
      name: '出租汽车计价器检定装置',
      number: 'YB-BZ-03',
      maximumPermissibleError: { lower: '-0.2', upper: '0.2', unit: '%' },
      assessment: { number: '〔2021〕渝量标法证字第B0117号', validUntil: '2026-08-31' },
      trace: { certificateNo: 'CQJL-2024-0950', validUntil: '2025-09-30' },
    },
  ],
  environment: { temperature: celsius('21.0'), humidity: humidity('70') },
  place: { kind: 'issuer-premises', division: '500112' },
  results: [
    table(
      'distance-error',
      ['计程误差', 'distance error'],
      [numeric('error', '计程误差', 'distance error', '%'), ...limits('%'), verdict],
      [['2.30', '-4.0', '1.0', 'fail']],
    ),
  ],
  outcome: 'fail',
  verifiedOn: '2025-04-02',
  signatories: people('周某', '吴某', '郑某'),
}

/** 汽车油罐车容量，重庆. */
export const F03: VerificationRecord = {
  kind: 'verification-record',
  version: 1,
  certificateNo: '渝容字2025-00233',
  rawRecordNo: 'CQ-RL-2025-00233',
  issuer: issuer('CQ-INST', { authorisationNo: '（渝）法计（2022）50001号' }),
  applicant: firms.oil,
  instrument: {
    category: 'road-tanker',
    name: '汽车油罐车',
    model: 'SL5250GYY',
    serialNumber: 'LZGTEST0000000021',
    manufacturer: '示例专用汽车有限公司',
    components: [{ name: '1仓' }, { name: '2仓' }],
    mobile: { plate: '渝A·G0003', homeRegion: '50', operatingRegions: ['50', '51'] },
  },
  verificationType: 'subsequent',
  purpose: 'trade',
  basis: [{ number: 'JJG 133-2016', name: '汽车油罐车容量' }],
  standards: [
    {
      name: '标准金属量器组',
      range: '(100～2000) L',
      accuracyClass: '二等',
      assessment: { number: '〔2022〕渝量标法证字第R0031号', validUntil: '2027-03-15' },
      trace: { certificateNo: 'NIM-示例-2025-0116', validUntil: '2026-01-15' },
    },
  ],
  environment: { temperature: celsius('21.0') },
  place: { kind: 'issuer-premises', division: '500112' },
  results: [
    table(
      'capacity',
      ['标称容量', 'nominal capacity'],
      [condition('仓号', 'compartment'), numeric('indication', '容量', 'capacity', 'm3'), expanded('%'), verdict],
      [
        ['1仓', '12.034', '0.25', 'pass'],
        ['2仓', '9.981', '0.25', 'pass'],
      ],
    ),
  ],
  attachments: [
    { name: '容量表 1仓', mediaType: 'application/pdf', digest: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU', size: 48213 },
    { name: '容量表 2仓', mediaType: 'application/pdf', digest: 'LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ', size: 47102 },
  ],
  outcome: 'pass',
  verifiedOn: '2025-02-18',
  validUntil: '2026-02-17',
  signatories: people('赵某', '钱某', '孙某'),
}

/** 车载式燃油加油机，2 号枪，广安. */
export const F04: VerificationRecord = {
  kind: 'verification-record',
  version: 1,
  certificateNo: '川加2025-01877-2',
  rawRecordNo: 'GA-JY-2025-01877',
  issuer: issuer('GA', { authorisationNo: '（川）法计（2023）51031号' }),
  applicant: firms.fuel,
  instrument: {
    category: 'fuel-dispenser',
    name: '车载式燃油加油机',
    model: 'JYC-60',
    serialNumber: 'JY240613',
    manufacturer: '示例加油设备有限公司',
    typeApprovalNo: '2021F207-51',
    components: [{ name: '2号枪', serialNumber: '2' }],
    characteristics: [
      { name: text('油品', 'product'), value: '0#柴油' },
      { name: text('软件标识', 'software id'), value: 'V2.13/8F3A' },
    ],
    mobile: { plate: '川X·J0004', homeRegion: '51', operatingRegions: ['51', '50'] },
  },
  verificationType: 'subsequent',
  purpose: 'trade',
  basis: [{ number: 'JJG 443-2023(试行)', name: '燃油加油机' }],
  standards: [
    {
      name: '标准金属量器',
      number: 'GA-BZ-021',
      range: '20 L',
      maximumPermissibleError: { lower: '-0.05', upper: '0.05', unit: '%' },
      assessment: { number: '〔2023〕川量标法证字第L0088号', validUntil: '2028-02-20' },
      trace: { certificateNo: 'SCJL-2024-5120', validUntil: '2025-12-01' },
    },
  ],
  environment: { temperature: celsius('17.2'), humidity: humidity('68') },
  place: { kind: 'customer-premises', division: '511600' },
  results: [
    table(
      'indication-error',
      ['示值误差', 'error of indication'],
      [condition('流量', 'flow rate'), numeric('error', '示值误差', 'error', '%'), ...limits('%'), verdict],
      [
        ['大流量', '-0.105', '-0.30', '0.30', 'pass'],
        ['中流量', '-0.075', '-0.30', '0.30', 'pass'],
        ['小流量', '-0.095', '-0.30', '0.30', 'pass'],
      ],
    ),
    table(
      'repeatability',
      ['重复性', 'repeatability'],
      [numeric('indication', '重复性', 'repeatability', '%'), numeric('upper-limit', '上限', 'upper limit', '%'), verdict],
      [['0.03', '0.10', 'pass']],
    ),
  ],
  seals: [
    { number: 'A0117', position: text('调整装置', 'adjusting device') },
    { number: 'A0118', position: text('编码器与变换器之间', 'between encoder and converter') },
    { number: 'A0119', position: text('主板与机体之间', 'between main board and body') },
  ],
  outcome: 'pass',
  verifiedOn: '2025-03-20',
  validUntil: '2025-09-19',
  signatories: people('冯某', '陈某', '褚某'),
}

/** 移动式机动车雷达测速仪，重庆. */
export const F05: VerificationRecord = {
  kind: 'verification-record',
  version: 1,
  certificateNo: '渝测速2025-0107',
  rawRecordNo: 'CQ-CS-2025-0107',
  issuer: issuer('CQ-INST', { authorisationNo: '（渝）法计（2022）50001号' }),
  applicant: { name: '示例交通巡逻大队' },
  instrument: {
    category: 'radar-mobile',
    name: '移动式机动车雷达测速仪',
    model: 'LD-M3',
    serialNumber: 'M3-20311',
    manufacturer: '示例雷达技术有限公司',
    typeApprovalNo: '2018F096-50',
    characteristics: [{ name: text('微波发射频率', 'microwave frequency'), value: '24.15 GHz' }],
    mobile: { homeRegion: '50', operatingRegions: ['50', '51'] },
  },
  verificationType: 'subsequent',
  purpose: 'safety',
  basis: [{ number: 'JJG 528-2015', name: '移动式机动车雷达测速仪' }],
  standards: [
    {
      name: '机动车雷达测速仪检定装置',
      number: 'CQ-BZ-117',
      maximumPermissibleError: { lower: '-0.2', upper: '0.2', unit: 'km/h' },
      assessment: { number: '〔2020〕渝量标法证字第S0042号', validUntil: '2025-12-31' },
      trace: { certificateNo: 'NIM-示例-2024-3377', validUntil: '2025-06-30' },
    },
  ],
  environment: { temperature: celsius('12.4'), humidity: humidity('74') },
  place: { kind: 'issuer-premises', division: '500112' },
  results: [
    table(
      'simulated-speed',
      ['模拟测速误差', 'simulated speed error'],
      [numeric('nominal', '模拟速度', 'simulated speed', 'km/h'), numeric('error', '误差', 'error', 'km/h'), ...limits('km/h'), verdict],
      [['60', '0', '-1', '1', 'pass']],
    ),
    table(
      'field-speed',
      ['现场测速误差', 'field speed error'],
      [numeric('nominal', '车速', 'speed', 'km/h'), numeric('error', '误差', 'error', 'km/h'), ...limits('km/h'), verdict],
      [['80', '-1.6', '-4', '0', 'pass']],
    ),
  ],
  outcome: 'pass',
  verifiedOn: '2025-01-10',
  validUntil: '2026-01-09',
  signatories: people('卫某', '蒋某', '沈某'),
}

/** 呼出气体酒精含量检测仪，泸州. */
export const F06: VerificationRecord = {
  kind: 'verification-record',
  version: 1,
  certificateNo: '川酒测2025-0560',
  rawRecordNo: 'LZ-JC-2025-0560',
  issuer: issuer('LZ', { authorisationNo: '（川）法计（2022）51025号' }),
  applicant: { name: '示例交通警察支队' },
  instrument: {
    category: 'breath-alcohol',
    name: '呼出气体酒精含量检测仪',
    model: 'JJ-8800',
    serialNumber: '8800-556120',
    manufacturer: '示例检测技术有限公司',
    typeApprovalNo: '2020C311-51',
    mobile: { homeRegion: '51', operatingRegions: ['51', '50'] },
  },
  verificationType: 'subsequent',
  purpose: 'safety',
  basis: [{ number: 'JJG 657-2019', name: '呼出气体酒精含量检测仪' }],
  standards: [
    {
      name: '呼出气体酒精含量检测仪检定装置',
      number: 'LZ-BZ-009',
      assessment: { number: '〔2022〕川量标法证字第H0207号', validUntil: '2027-04-18' },
      trace: { certificateNo: 'SCJL-2024-4471', validUntil: '2025-10-15' },
    },
    {
      name: '空气中乙醇气体标准物质',
      number: 'GBW(E)示例',
      trace: { certificateNo: 'GBW(E)示例', validUntil: '2025-08-01' },
    },
  ],
  environment: { temperature: celsius('20.4'), humidity: humidity('55') },
  place: { kind: 'issuer-premises', division: '510500' },
  results: [
    table(
      'indication-error',
      ['示值误差', 'error of indication'],
      [numeric('nominal', '标准气体浓度', 'concentration', 'mg/L'), numeric('error', '误差', 'error', 'mg/L'), verdict],
      [['0.090', '0.004', 'pass']],
    ),
    table(
      'repeatability',
      ['重复性', 'repeatability'],
      [numeric('indication', '重复性', 'repeatability', 'mg/L'), verdict],
      [['0.002', 'pass']],
    ),
  ],
  outcome: 'pass',
  verifiedOn: '2025-02-28',
  validUntil: '2025-08-27',
  signatories: people('韩某', '杨某', '朱某'),
}
