/** Joint statements of invented bodies. Numbers and documents are invented too. */
import type { StandardAssessment } from '../joint/index.js'
import { organisation } from './organisations.js'

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

/** A document of each kind that a body can sign. */
export const jointFixtures = { assessment } as const
