/** Fixtures of joint work: F12 a comparison, F14 findings of a joint inspection, F15 a type approval. */
import type { ComparisonResult, SupervisionFinding, TypeApproval, Uncertainty } from '../records/index.js'
import { firms, type OrganisationKey, organisation } from './organisations.js'
import { text } from './record-parts.js'

const party = (key: OrganisationKey) => ({ uscc: organisation(key).uscc, name: organisation(key).name.zh })
const U = (value: string): Uncertainty => ({ form: 'expanded', value, k: '2', coverage: '0.95' })

/** 川渝白酒用酒精计量值比对: two pilots form the reference value, so their own En includes the correlation. */
export const F12: ComparisonResult = {
  kind: 'comparison-result',
  version: 1,
  projectNo: 'CY-2025-03',
  title: text('川渝白酒用酒精计量值比对（示例）', 'Sichuan–Chongqing comparison of alcoholometers for baijiu (example)'),
  issuer: party('SC-AMR'),
  organisers: [party('SC-AMR'), party('CQ-AMR')],
  pilots: ['LAB-01', 'LAB-02'],
  participants: [
    { code: 'LAB-01', party: party('SC-INST') },
    { code: 'LAB-02', party: party('CQ-INST') },
    { code: 'LAB-03', party: party('CD') },
    { code: 'LAB-04', party: party('LZ') },
    { code: 'LAB-05', party: party('GA') },
    { code: 'LAB-06', party: party('YB') },
  ],
  category: 'hydrometer',
  method: [
    { number: 'JJG 42-2023', name: '工作玻璃浮计' },
    { number: 'JJF 1117-2010', name: '计量比对' },
  ],
  artefacts: [
    {
      name: '酒精计',
      serialNumber: 'JJ-0551',
      range: { lower: '50', upper: '60', unit: '%{vol}' },
      stability: text('比对前后由主导实验室复测', 'Measured again by the pilots after the round'),
    },
  ],
  route: { form: 'petal', order: ['LAB-01', 'LAB-03', 'LAB-04', 'LAB-02', 'LAB-05', 'LAB-06', 'LAB-01'] },
  points: [
    {
      id: 'p55',
      quantity: text('55 %vol 处的修正值', 'correction at 55 %vol'),
      nominal: { value: '55', unit: '%{vol}' },
      unit: '%{vol}',
      reference: {
        value: '0.018',
        uncertainty: U('0.021'),
        method: 'weighted-mean',
        contributors: ['LAB-01', 'LAB-02'],
        formedBy: text('两主导实验室的加权平均值', 'weighted mean of the two pilots'),
      },
      drift: U('0.010'),
      results: [
        { code: 'LAB-01', value: '0.021', uncertainty: U('0.030'), measuredOn: '2025-03-05', en: '0.13', outcome: 'satisfactory' },
        { code: 'LAB-02', value: '0.015', uncertainty: U('0.030'), measuredOn: '2025-04-02', en: '-0.13', outcome: 'satisfactory' },
        { code: 'LAB-03', value: '0.034', uncertainty: U('0.040'), measuredOn: '2025-03-13', en: '0.35', outcome: 'satisfactory' },
        { code: 'LAB-04', value: '-0.012', uncertainty: U('0.050'), measuredOn: '2025-03-21', en: '-0.54', outcome: 'satisfactory' },
        { code: 'LAB-05', value: '0.058', uncertainty: U('0.045'), measuredOn: '2025-04-10', en: '0.79', outcome: 'satisfactory' },
        { code: 'LAB-06', value: '0.092', uncertainty: U('0.050'), measuredOn: '2025-04-18', en: '1.34', outcome: 'unsatisfactory' },
      ],
    },
  ],
  outcomes: [
    { code: 'LAB-01', outcome: 'satisfactory' },
    { code: 'LAB-02', outcome: 'satisfactory' },
    { code: 'LAB-03', outcome: 'satisfactory' },
    { code: 'LAB-04', outcome: 'satisfactory' },
    { code: 'LAB-05', outcome: 'satisfactory' },
    { code: 'LAB-06', outcome: 'unsatisfactory' },
  ],
  began: '2025-03-03',
  ended: '2025-04-25',
  reportedOn: '2025-05-20',
  remarks: text('En 用未修约的参考值不确定度 0.0212 计算', 'En computed with the unrounded uncertainty 0.0212 of the reference value'),
}

/** 加油机联合监督检查: a seal found broken. It is ordered by the local bureau; Chongqing organises the inspection with it. */
export const F14: SupervisionFinding = {
  kind: 'supervision-finding',
  version: 1,
  taskNo: 'CY-LJ-2025-007',
  findingNo: 'CY-LJ-2025-007-01',
  theme: text('加油机联合监督检查', 'Joint inspection of fuel dispensers'),
  issuer: party('GA-AMR'),
  organisers: [party('GA-AMR'), party('CQ-AMR')],
  party: firms.fuel,
  place: { kind: 'customer-premises', division: '511600' },
  inspectedOn: '2025-05-13',
  instrument: { category: 'fuel-dispenser', name: '燃油加油机', serialNumber: 'JY240613', components: [{ name: '2 号枪' }] },
  certificate: { number: '川加2025-01877-2', issuer: party('GA'), validUntil: '2025-09-19' },
  seals: 'broken',
  finding: 'seal-broken',
  description: text('主板—机体封印缺失', 'The seal between main board and body is missing'),
  measures: [{ code: 'use-stopped' }, { code: 'correction-ordered' }],
  deadline: '2025-05-28',
  publishedOn: '2025-06-05',
}

/** 加油机联合监督检查: in use after its validity. */
export const F14_OVERDUE: SupervisionFinding = {
  ...F14,
  findingNo: 'CY-LJ-2025-007-02',
  issuer: party('CQ-AMR'),
  party: firms.oil,
  place: { kind: 'customer-premises', division: '500112' },
  inspectedOn: '2025-05-12',
  instrument: { category: 'fuel-dispenser', name: '燃油加油机', serialNumber: 'JY230101', components: [{ name: '1 号枪' }] },
  certificate: { number: '渝加2024-00311-1', validUntil: '2025-04-30' },
  seals: 'intact',
  finding: 'overdue',
  description: text('检定证书有效期已过 12 天', 'The certificate had expired twelve days before'),
  measures: [{ code: 'correction-ordered' }],
}

/** 出租汽车计价器 TX-9A 的型式批准，软件升级后变更换证. */
export const F15: TypeApproval = {
  kind: 'type-approval',
  version: 1,
  number: '2024F207-51',
  issuer: party('SC-AMR'),
  applicant: firms.maker,
  category: 'taximeter',
  name: '出租汽车计价器',
  models: [{ model: 'TX-9A', maximumPermissibleError: { lower: '-4.0', upper: '1.0', unit: '%' }, softwareId: 'TX9A-V1.4' }],
  basis: [{ number: 'JJF 1015-2014', name: '计量器具型式评价通用规范' }],
  evaluation: { body: party('SC-INST'), reportNo: 'SCXP-2024-0207', reportedOn: '2024-08-12' },
  approvedOn: '2024-09-03',
  amendment: { replaces: '2020F118-51', reason: text('软件升级', 'software updated') },
}
