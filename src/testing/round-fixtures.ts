/** A comparison round of invented laboratories (示例): its protocol and results. Numbers are invented too. */
import type { RoundProtocol, RoundResult } from '../joint/index.js'
import { type OrganisationKey, organisation } from './organisations.js'
import { text } from './record-parts.js'

const party = (key: OrganisationKey) => ({ uscc: organisation(key).uscc, name: organisation(key).name.zh })

/** Keys of the pilots, to seal results for. They are published here and protect nothing. */
export const sealingKeys = {
  'SC-INST': {
    kty: 'EC',
    crv: 'P-256',
    x: 'vf1nLyE35dto7nVqganMARCHyN6oWq61FPladO0-rk4',
    y: '4fJLiiUfVSTX1tdc3BpgydDbXUhmzM0ZvGFtm_Sbzgk',
    d: 'u_PkwUNYXJTVyhoZRDg8BV9HN42oCoa7iPoXJl1nFLA',
  },
  'CQ-INST': {
    kty: 'EC',
    crv: 'P-256',
    x: 'bt6tK1Jbs8iK27pOXRPOZtCy5I_Dt7z7OD5ovoeIWLM',
    y: '-QpubyTZKTHpM39jkAYHsP3bQ5bTr5tyTqDGrvkqBuM',
    d: 'qZJXv9GX00ZlKZiYjEwR0bXNYkVfW2XUZK89iAhlQBc',
  },
} as const

const pilot = (key: keyof typeof sealingKeys, code: string): RoundProtocol['pilots'][number] => {
  const { kty, crv, x, y } = sealingKeys[key]
  return { party: party(key), code, key: { kty, crv, x, y } }
}

export const protocol: RoundProtocol = {
  kind: 'round-protocol',
  version: 1,
  number: 'CY-2025-03',
  title: text('川渝白酒用酒精计量值比对（示例）', 'Sichuan–Chongqing comparison of alcoholometers for baijiu (example)'),
  organisers: [party('SC-AMR'), party('CQ-AMR')],
  pilots: [pilot('SC-INST', 'P-1'), pilot('CQ-INST', 'P-2')],
  category: 'hydrometer',
  method: [
    { number: 'JJG 42-2023', name: '工作玻璃浮计' },
    { number: 'JJF 1117-2010', name: '计量比对' },
  ],
  artefact: { name: '酒精计', serialNumber: 'JJ-0551', range: { lower: '50', upper: '60', unit: '%{vol}' } },
  points: [
    {
      id: 'p55',
      quantity: text('55 %vol 处的修正值', 'correction at 55 %vol'),
      nominal: { value: '55', unit: '%{vol}' },
      unit: '%{vol}',
      reference: { method: 'weighted-mean', contributors: 'pilots' },
      drift: { value: '0.010', k: '2' },
      driftLimit: '0.010',
    },
  ],
  route: {
    form: 'petal',
    stations: [
      { laboratory: organisation('SC-INST').uscc, from: '2025-03-12', to: '2025-03-14' },
      { laboratory: organisation('CD').uscc, from: '2025-03-17', to: '2025-03-19' },
      { laboratory: organisation('LZ').uscc, from: '2025-03-21', to: '2025-03-25' },
      { laboratory: organisation('CQ-INST').uscc, from: '2025-04-01', to: '2025-04-03' },
      { laboratory: organisation('YB').uscc, from: '2025-04-08', to: '2025-04-10' },
      { laboratory: organisation('SC-INST').uscc, from: '2025-04-14', to: '2025-04-16' },
    ],
  },
  deadlines: { enrol: '2025-03-10', commit: '2025-04-25', open: '2025-05-09' },
  publishedOn: '2025-03-01',
}

const measured = (value: string, U: string, measuredOn: string, repeats?: RoundResult['repeats']): RoundResult => ({
  points: [{ id: 'p55', value, uncertainty: { value: U, k: '2' }, measuredOn }],
  ...(repeats && { repeats }),
})

/** Results of each laboratory of the round; the last one is not satisfactory. */
export const roundResults = {
  'SC-INST': measured('0.021', '0.030', '2025-03-13', [
    { id: 'p55', value: '0.021', measuredOn: '2025-03-13' },
    { id: 'p55', value: '0.024', measuredOn: '2025-04-15' },
  ]),
  'CQ-INST': measured('0.015', '0.030', '2025-04-02'),
  CD: measured('0.034', '0.040', '2025-03-18'),
  LZ: measured('-0.012', '0.050', '2025-03-24'),
  YB: measured('0.092', '0.050', '2025-04-09'),
} as const satisfies Partial<Record<OrganisationKey, RoundResult>>
