/** 联合监督检查 of invented bureaus and parties: the documents of F14's task, from the task to the closure of a case. Numbers are invented. */
import { usccCheckCharacter } from '../base/identifier.js'
import {
  type DrawCommitment,
  type DrawNonce,
  nonceDigest,
  populationOf,
  type SupervisionClosure,
  type SupervisionMeasure,
  type SupervisionRecheck,
  type SupervisionRectification,
  type SupervisionTask,
} from '../joint/index.js'
import { F14 } from './joint-records.js'
import { firms, organisation } from './organisations.js'

const party = (key: Parameters<typeof organisation>[0]) => ({ uscc: organisation(key).uscc, name: organisation(key).name.zh })
const taskNo = F14.taskNo
/** Placeholder for the id of a signed statement. */
const ID = 'A'.repeat(43)

/** USCCs of invented parties, with valid check characters. We know of no body with these numbers; use them for examples only. */
export const examplePopulation = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => {
    const code = `9151160000${String(index + 1).padStart(6, '0')}0`
    return `${code}${usccCheckCharacter(code)}`
  })

const task: SupervisionTask = {
  kind: 'supervision-task',
  version: 1,
  number: taskNo,
  theme: { zh: '加油机联合监督检查（示例）', en: 'Joint inspection of fuel dispensers (example)' },
  bureaus: [party('SC-AMR'), party('CQ-AMR')],
  places: ['511600', '500112'],
  categories: ['fuel-dispenser'],
  issuedOn: '2025-04-01',
  from: '2025-05-06',
  to: '2025-05-30',
  draw: {
    population: { zh: '广安、渝北登记在册的加油站（示例）', en: 'Registered filling stations of Guang’an and Yubei (example)' },
    count: 5,
    commitBy: '2025-04-10',
    revealBy: '2025-04-15',
  },
}

const nonce: DrawNonce = {
  kind: 'draw-nonce',
  version: 1,
  taskNo,
  commitment: ID,
  nonce: 'b2xkLW5vbmNlLW9mLWFuLWV4YW1wbGUtb25seS0zMi0',
  revealedOn: '2025-04-12',
}

const { digest, count } = populationOf(examplePopulation(40))
const commitment: DrawCommitment = {
  kind: 'draw-commitment',
  version: 1,
  taskNo,
  task: ID,
  population: { digest, count },
  nonce: nonceDigest(nonce.nonce, { bureau: organisation('SC-AMR').uscc, task: ID }),
  committedOn: '2025-04-08',
}

const measure: SupervisionMeasure = {
  kind: 'supervision-measure',
  version: 1,
  taskNo,
  finding: ID,
  number: '广市监责改〔2025〕示例12号',
  measures: [{ code: 'correction-ordered' }, { code: 'use-stopped' }],
  ground: ['计量法 第十六条', '计量法实施细则 第四十三条'],
  orderedOn: '2025-05-14',
  deadline: '2025-05-28',
}

const rectification: SupervisionRectification = {
  kind: 'supervision-rectification',
  version: 1,
  taskNo,
  finding: ID,
  party: firms.fuel,
  completedOn: '2025-05-24',
  reportedOn: '2025-05-26',
  report: { zh: '已重新检定并加装封印（示例）', en: 'Verified again and sealed (example)' },
}

const recheck: SupervisionRecheck = {
  kind: 'supervision-recheck',
  version: 1,
  taskNo,
  finding: ID,
  number: '广市监复查〔2025〕示例7号',
  checkedOn: '2025-05-29',
  isCorrected: true,
}

const closure: SupervisionClosure = {
  kind: 'supervision-closure',
  version: 1,
  taskNo,
  finding: ID,
  number: '广市监结〔2025〕示例5号',
  outcome: 'corrected',
  ground: ['市场监督管理行政处罚程序规定（示例）'],
  closedOn: '2025-06-03',
}

/** A document of each kind of joint supervision. Ids of other statements in them are placeholders. */
export const supervisionFixtures = { task, commitment, nonce, measure, rectification, recheck, closure } as const
