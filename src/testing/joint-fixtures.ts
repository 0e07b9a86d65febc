/** Joint statements of invented bodies. Numbers and documents are invented too. */
import type { Alliance, AllianceMembership, CapabilityStatement, MetrologyAuthorisation, StandardAssessment } from '../joint/index.js'
import { organisation } from './organisations.js'
import { protocol, roundResults, sealingKeys } from './round-fixtures.js'
import { supervisionFixtures } from './supervision-fixtures.js'

const party = (key: Parameters<typeof organisation>[0]) => ({ uscc: organisation(key).uscc, name: organisation(key).name.zh })

const assessment: StandardAssessment = {
  kind: 'standard-assessment',
  version: 1,
  number: '〔2021〕川量标成证字第001号',
  holder: party('CD'),
  name: '出租汽车计价器检定装置',
  level: 'public',
  publicStandardNo: '〔2021〕川社量标证字第001号',
  location: '成都市（示例）',
  capabilities: [
    {
      categories: ['taximeter'],
      work: ['verification'],
      ranges: [{ lower: '0', upper: '180', unit: 'km/h' }],
      uncertainty: { value: '0.2', unit: '%', k: '2' },
    },
  ],
  basis: [{ number: 'JJG 517-2016' }],
  equipment: [
    { role: 'standard', name: '出租汽车计价器检定装置', model: 'JJQ-3', serialNumber: '2019-0312', interval: 'P1Y' },
    { role: 'auxiliary', name: '电子秒表', model: 'DM3-008', serialNumber: '8012' },
  ],
  issuedOn: '2021-03-02',
  validUntil: '2026-03-01',
}

const authorisation: MetrologyAuthorisation = {
  kind: 'metrology-authorisation',
  version: 1,
  number: '（川）法计（2021）51010号',
  holder: party('CD'),
  form: 'legal-institute',
  scope: [
    {
      kinds: ['verification-record'],
      categories: ['taximeter'],
      range: { lower: '0', upper: '180', unit: 'km/h' },
      uncertainty: { value: '0.2', unit: '%', k: '2' },
      basis: [{ number: 'JJG 517-2016' }],
      standardNo: assessment.number,
    },
    { kinds: ['verification-record'], categories: ['pressure-gauge'], basis: [{ number: 'JJG 52-2013' }] },
  ],
  from: '2021-07-01',
  until: '2026-06-30',
}

const member = (key: Parameters<typeof organisation>[0], role: Alliance['members'][number]['role']): Alliance['members'][number] => ({
  party: party(key),
  role,
  region: organisation(key).region,
  from: '2024-09-01',
})

const engineAlliance: Alliance = {
  kind: 'alliance',
  version: 1,
  number: '川渝计联〔2024〕1号',
  revision: 1,
  name: { zh: '川渝汽车摩托车发动机产业计量技术联盟（示例）', en: 'Engine industry metrology alliance (example)' },
  industry: { zh: '汽车、摩托车发动机', en: 'car and motorcycle engines' },
  charter: { title: { zh: '联盟章程（示例）', en: 'Charter (example)' } },
  members: [member('CQ-INST', 'lead'), member('SC-INST', 'deputy')],
  shares: [
    { kind: 'specification', number: 'JJF(川渝) 001-2024', name: { zh: '发动机测功机校准规范（示例）' }, by: organisation('CQ-INST').uscc },
  ],
  from: '2024-09-01',
}

const liquorAlliance: Alliance = {
  ...engineAlliance,
  number: '川渝计联〔2024〕2号',
  name: { zh: '川渝白酒产业计量技术联盟（示例）', en: 'Baijiu industry metrology alliance (example)' },
  industry: { zh: '白酒', en: 'baijiu' },
  members: [member('SC-INST', 'lead'), member('CQ-INST', 'member'), member('CD', 'member')],
  shares: [
    {
      kind: 'reference-material',
      number: 'GBW(E) 000000',
      name: { zh: '白酒中甲醇标准物质（示例）', en: 'methanol in baijiu (example)' },
      by: organisation('SC-INST').uscc,
    },
  ],
}

const joining = (key: Parameters<typeof organisation>[0], alliance: Alliance): AllianceMembership => ({
  kind: 'alliance-membership',
  version: 1,
  alliance: alliance.number,
  member: party(key),
  action: 'join',
  on: '2024-09-01',
})

const torque: CapabilityStatement = {
  kind: 'capability-statement',
  version: 1,
  number: '能力 2025-1',
  holder: party('CQ-INST'),
  items: [
    {
      work: 'calibration',
      categories: ['torque-transducer'],
      quantity: { zh: '转矩', en: 'torque' },
      range: { lower: '0', upper: '500', unit: 'N.m' },
      uncertainty: { value: '0.06', unit: '%', k: '2' },
      basis: [{ number: 'JJG 995-2005' }],
      authorisationNo: 'CNAS L0002',
      isShared: true,
    },
  ],
  from: '2025-01-01',
  until: '2027-12-31',
}

/** Documents that a body can sign, the results of each laboratory of a comparison round, and the keys to seal them for. */
export const jointFixtures = {
  assessment,
  authorisation,
  engineAlliance,
  liquorAlliance,
  joining: joining('SC-INST', engineAlliance),
  capability: torque,
  protocol,
  result: roundResults.CD,
  roundResults,
  sealingKeys,
  ...supervisionFixtures,
} as const
