/** Fixture records at full depth: F01–F11 and F13. Names and serial numbers are invented, codes carry valid check digits. */
import type {
  CalibrationResult,
  Column,
  Issuer,
  ResultTable,
  Signatory,
  TechnicalSpecification,
  VerificationRecord,
} from '../records/index.js'
import { firms, type OrganisationKey, organisation } from './organisations.js'

const issuer = (key: OrganisationKey, numbers: Pick<Issuer, 'authorisationNo' | 'accreditationNo'>): Issuer => ({
  uscc: organisation(key).uscc,
  name: organisation(key).name.zh,
  ...numbers,
})

const people = (verifier: string, checker: string, approver: string): Record<'verifier' | 'checker' | 'approver', Signatory> => ({
  verifier: { name: verifier, registrationNo: `示例注计-${verifier.codePointAt(0)}` },
  checker: { name: checker, registrationNo: `示例注计-${checker.codePointAt(0)}` },
  approver: { name: approver },
})

const text = (zh: string, en: string): { zh: string; en: string } => ({ zh, en })
const condition = (zh: string, en: string): Column => ({ role: 'condition', name: text(zh, en) })
const numeric = (role: Column['role'], zh: string, en: string, unit: string, more: Partial<Column> = {}): Column => ({
  role,
  name: text(zh, en),
  unit,
  ...more,
})
const limits = (unit: string): Column[] => [
  numeric('lower-limit', '允许误差下限', 'lower limit', unit),
  numeric('upper-limit', '允许误差上限', 'upper limit', unit),
]
const verdict: Column = { role: 'verdict', name: text('结论', 'verdict') }
const expanded = (unit: string): Column =>
  numeric('uncertainty', '扩展不确定度', 'expanded uncertainty', unit, { k: '2', coverage: '0.95' })

const table = (id: string, name: [string, string], columns: Column[], rows: (string | null)[][]): ResultTable => ({
  id,
  name: text(...name),
  columns,
  rows,
})

const celsius = (value: string) => ({ value, unit: 'Cel' })
const humidity = (value: string) => ({ value, unit: '%{RH}' })

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
    table('clock-error', ['时钟误差', 'clock error'], [numeric('error', '时钟误差', 'clock error', 's/d'), verdict], [['0.4', 'pass']]),
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
      name: '空气中乙醇气体标准物质',
      number: 'GBW(E)示例',
      assessment: { number: '〔2022〕川量标法证字第H0207号', validUntil: '2027-04-18' },
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
        ['0.000', '0.000', '0.000', '-0.025', '0.025', null, 'pass'],
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
  decisionRule: { rule: 'simple-acceptance', source: 'JJG 99—2022: U ≤ MPE/3' },
  outcome: 'pass',
  concludedClass: 'E2 等级',
  verifiedOn: '2025-05-16',
  validUntil: '2026-05-15',
  signatories: people('孔某', '曹某', '严某'),
}

/** JJF(渝) 901-2024，重庆发布. */
export const F10: TechnicalSpecification = {
  kind: 'technical-specification',
  version: 1,
  number: 'JJF(渝) 901-2024',
  title: text(
    '摩托车发动机台架用转矩传感器在线校准规范（示例）',
    'On-line calibration of torque transducers on motorcycle engine benches (example)',
  ),
  type: 'calibration-specification',
  publisher: { uscc: organisation('CQ-AMR').uscc, name: organisation('CQ-AMR').name.zh },
  publishedOn: '2024-11-20',
  effectiveOn: '2025-01-20',
  focalPoint: organisation('CQ-AMR').name.zh,
  draftedBy: [organisation('CQ-INST').name.zh],
  coDraftedBy: [organisation('SC-INST').name.zh],
  interpretedBy: organisation('CQ-AMR').name.zh,
  scope: text('适用于 (10～1000) N·m 发动机台架转矩测量', 'Torque measurement on engine benches, (10 to 1000) N·m'),
  categories: ['torque-transducer', 'engine-dynamometer'],
  interval: { period: 'P1Y', mandatory: false },
  requirements: [
    {
      id: 'indication-error',
      name: text('示值相对误差', 'relative error of indication'),
      range: { lower: '10', upper: '1000', unit: 'N.m' },
      limits: { lower: '-0.2', upper: '0.2', unit: '%' },
    },
  ],
  equivalenceGroup: 'EQ-CY-901',
  adoptions: [{ region: '51', documentNo: '川市监函〔2025〕示例号', from: '2025-03-01' }],
}

/** The adopting side's own publication of F10: only this makes the adoption count in Sichuan. */
export const F10_ADOPTED: TechnicalSpecification = {
  ...F10,
  publisher: { uscc: organisation('SC-AMR').uscc, name: organisation('SC-AMR').name.zh },
  remarks: text('四川采纳公告', 'Notice of adoption by Sichuan'),
}

/** JJF(川) 901-2024，同文第二编号，四川发布. */
export const F11: TechnicalSpecification = {
  kind: 'technical-specification',
  version: 1,
  number: 'JJF(川) 901-2024',
  title: F10.title,
  type: F10.type,
  publisher: { uscc: organisation('SC-AMR').uscc, name: organisation('SC-AMR').name.zh },
  publishedOn: '2024-11-20',
  effectiveOn: '2025-01-20',
  focalPoint: organisation('SC-AMR').name.zh,
  draftedBy: [organisation('SC-INST').name.zh],
  coDraftedBy: [organisation('CQ-INST').name.zh],
  scope: F10.scope,
  categories: ['torque-transducer', 'engine-dynamometer'],
  interval: { period: 'P1Y', mandatory: false },
  equivalenceGroup: 'EQ-CY-901',
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
    table(
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
  ],
  signatories: { calibrator: { name: '华某' }, checker: { name: '金某' }, approver: { name: '魏某' } },
}

/** A second local specification of Chongqing, which Sichuan adopts only from 2025-07-01. */
export const F10_LATER: TechnicalSpecification = {
  ...F10,
  number: 'JJF(渝) 902-2025',
  title: text('发动机测功机现场校准规范（示例）', 'On-site calibration of engine dynamometers (example)'),
  publishedOn: '2025-03-10',
  effectiveOn: '2025-04-10',
  equivalenceGroup: 'EQ-CY-902',
  adoptions: [{ region: '51', documentNo: '川市监函〔2025〕示例二号', from: '2025-07-01' }],
}

export const F10_LATER_ADOPTED: TechnicalSpecification = {
  ...F10_LATER,
  publisher: F10_ADOPTED.publisher,
  remarks: text('四川采纳公告', 'Notice of adoption by Sichuan'),
}
