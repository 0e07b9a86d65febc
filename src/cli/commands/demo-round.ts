/** `demo round`: five laboratories of both provinces carry out a comparison round over two nodes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseInstant } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import { padEnd, textWidth } from '../../base/text-width.js'
import { statementId } from '../../envelope/index.js'
import {
  type AnyJointDocument,
  checkReport,
  type Joint,
  type OpenedResult,
  openJoint,
  openSealed,
  type Round,
  type RoundResult,
  reportOf,
  roundOf,
  sealResult,
  signJoint,
} from '../../joint/index.js'
import { COMPARISON_OUTCOMES, type ComparisonResult } from '../../records/index.js'
import { followNode } from '../../sync/index.js'
import { jointFixtures, type OrganisationKey, organisation } from '../../testing/index.js'
import { openLogEvidence } from '../../verify/index.js'
import type { Arguments, ExitCode } from '../command.js'
import { tellFindings } from '../joint/tell-joint.js'
import type { Terminal } from '../terminal.js'
import { newFolder, type RoundMaterial, writeRound } from './demo-round-files.js'
import { openWorld, type Side, type World } from './demo-world.js'

const { protocol, roundResults, sealingKeys } = jointFixtures
type Laboratory = keyof typeof roundResults
const LABORATORIES = Object.keys(roundResults) as Laboratory[]
const PILOTS = ['SC-INST', 'CQ-INST'] as const
/** The laboratory that does not open its result, so that the pilots must. */
const WITHHOLDS: Laboratory = 'LZ'
/** The laboratory that commits a second time, to a better result. */
const COMMITS_TWICE: Laboratory = 'YB'

const party = (key: OrganisationKey) => ({ uscc: organisation(key).uscc, name: organisation(key).name.zh })

export async function runRound(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const asJson = args.choice('format', ['text', 'json']) === 'json'
  const files = args.text('folder')
  if (files !== undefined) await newFolder(files)
  const folder = await mkdtemp(join(tmpdir(), 'tongheng-demo-'))
  const calendar = { now: 0 }
  const world = await openWorld(folder, () => calendar.now)
  const work = workIn(world, calendar, (day, step) => {
    if (!asJson) terminal.print(`${terminal.paint(day, 'dim')}  ${step[language]}`)
  })
  try {
    const shown = await workRound(work)
    if (asJson) terminal.print(JSON.stringify(jsonOf(shown)))
    else show(shown, language, terminal)
    if (files !== undefined) {
      const lines = await writeRound(files, { authorities: world.authorities, ...shown.material })
      if (!asJson) for (const line of ['', TITLES[language].try, ...lines]) terminal.print(line)
    }
    return shown.checked.isConfirmed ? 0 : 1
  } finally {
    for (const side of [world.sichuan, world.chongqing]) {
      await side.listening.close()
      await side.store.close()
    }
    await rm(folder, { recursive: true, force: true })
  }
}

/** Signs a document as a body and submits it to the node of its province. Returns the statement id. */
interface Work {
  readonly world: World
  on(day: string, step: Text): void
  readonly moment: () => number
  submit(key: OrganisationKey, document: AnyJointDocument): Promise<string>
  /** Lets both nodes import from each other. */
  exchange(): Promise<void>
  /** Reads the round from both nodes: statements, and the receipts of each node. */
  read(round: string): Promise<ReadRound>
}

interface ReadRound {
  readonly round: Round
  readonly joint: Joint
  readonly statements: readonly string[]
  readonly receipts: readonly string[]
}

function workIn(world: World, calendar: { now: number }, tell: (day: string, step: Text) => void): Work {
  const { sichuan, chongqing, authorities } = world
  const sideOf = (key: OrganisationKey): Side => (organisation(key).region === '51' ? sichuan : chongqing)
  const moment = (): number => calendar.now
  return {
    world,
    moment,
    on(day, step) {
      calendar.now = parseInstant(`${day}T10:00:00+08:00`)
      tell(day, step)
    },
    async submit(key, document) {
      const { uscc: iss } = organisation(key)
      const signed = await signJoint(document, { iss, signer: authorities.signer(key), at: moment() })
      const { claims } = await world.client(sideOf(key), key).joint.submit(signed)
      if (claims.decision !== 'accepted') throw new Error(`${document.kind}: ${claims.decision}`)
      return claims.sub
    },
    async exchange() {
      for (const [receiver, sender] of [
        [sichuan, chongqing],
        [chongqing, sichuan],
      ] as const) {
        const client = world.client(sender, receiver.authority)
        for await (const event of followNode({ node: receiver.node, client, authority: organisation(sender.authority).uscc }))
          if (event.kind === 'failed') throw event.error
      }
    },
    async read(round) {
      const [statements, receipts] = [new Set<string>(), [] as string[]]
      for (const side of [sichuan, chongqing])
        for await (const { statement, receipt } of world.client(side, 'CD').joint.list({ work: protocol.number })) {
          statements.add(statement)
          if (receipt !== undefined) receipts.push(receipt)
        }
      const log = await openLogEvidence(receipts, authorities.trust)
      const joint = await openJoint([...statements], { trust: authorities.trust, at: moment(), log })
      return { joint, round: roundOf(joint, { round, at: moment() }), statements: joint.statements.map(({ signed }) => signed), receipts }
    },
  }
}

interface Shown {
  readonly round: Round
  readonly record: ComparisonResult
  readonly checked: ReturnType<typeof checkReport>
  readonly material: Omit<RoundMaterial, 'authorities'>
}

async function workRound(work: Work): Promise<Shown> {
  work.on('2025-03-01', {
    zh: '四川省市场监管局发布比对方案，两个主导实验室各有加密公钥',
    en: 'The authority of Sichuan publishes the protocol; each of two pilots has a key for sealed results',
  })
  const id = await work.submit('SC-AMR', protocol)
  const common = { version: 1, number: protocol.number, round: id } as const
  work.on('2025-03-05', { zh: '三个实验室报名', en: 'Three laboratories enrol' })
  for (const key of LABORATORIES)
    if (!PILOTS.some((pilot) => pilot === key))
      await work.submit(key, { kind: 'round-enrolment', ...common, laboratory: party(key), on: '2025-03-05', isNamed: true })
  const secrets = await commitAll(work, common)
  await work.exchange()
  await openAll(work, common, secrets)
  await work.exchange()
  return closeRound(work, common)
}

type Common = { readonly version: 1; readonly number: string; readonly round: string }
type Secrets = ReadonlyMap<Laboratory, { readonly commitment: string; readonly salt: string }>

async function commitAll(work: Work, common: Common): Promise<Secrets> {
  const secrets = new Map<Laboratory, { commitment: string; salt: string }>()
  const commit = async (key: Laboratory, result: RoundResult, on: string) => {
    const { digest, sealed, salt } = await sealResult({ round: common.round, protocol, laboratory: party(key).uscc, result })
    const commitment = await work.submit(key, { kind: 'round-commitment', ...common, laboratory: party(key), on, digest, sealed })
    return { commitment, salt }
  }
  work.on('2025-04-20', {
    zh: '五个实验室提交结果的摘要和密文，各得日志回执；谁也读不到',
    en: 'Five laboratories commit: digest and sealed result, each with a receipt of the log; nobody can read one',
  })
  for (const key of LABORATORIES) secrets.set(key, await commit(key, roundResults[key], '2025-04-20'))
  work.on('2025-04-24', { zh: '其中一个再次提交另一结果', en: 'One of them commits again, to another result' })
  await commit(COMMITS_TWICE, { points: roundResults.CD.points }, '2025-04-24')
  return secrets
}

async function openAll(work: Work, common: Common, secrets: Secrets): Promise<void> {
  work.on('2025-04-28', {
    zh: '截止后各实验室公开结果；一个不公开，由两个主导实验室依次解密',
    en: 'After the deadline the laboratories open their results; one withholds its own, and both pilots decrypt it',
  })
  for (const key of LABORATORIES) {
    const { commitment, salt } = secrets.get(key) as { commitment: string; salt: string }
    const of = { kind: 'round-opening', ...common, laboratory: party(key), on: '2025-04-28', commitment } as const
    if (key !== WITHHOLDS) await work.submit(key, { ...of, salt, result: roundResults[key] })
    else await work.submit('CQ-INST', { ...of, ...(await unsealed(await work.read(common.round), commitment)) })
  }
}

/** Decrypts the layers of a sealed result with the keys of the pilots, in the order of the protocol. */
async function unsealed({ joint }: ReadRound, commitment: string): Promise<OpenedResult> {
  const sealed = joint.of('round-commitment').find(({ statementId: id }) => id === commitment)?.document.sealed ?? ''
  const layer = await openSealed(sealed, sealingKeys['SC-INST'])
  const opened = 'sealed' in layer ? await openSealed(layer.sealed, sealingKeys['CQ-INST']) : layer
  if ('sealed' in opened) throw new Error('a third layer')
  return opened
}

async function closeRound(work: Work, common: Common): Promise<Shown> {
  work.on('2025-05-12', {
    zh: '组织者签署比对结果记录，两个主导实验室核算后签署总结',
    en: 'The organiser signs the record of the comparison; both pilots compute it again and sign the report',
  })
  const { authorities, sichuan, client } = work.world
  const made = reportOf((await work.read(common.round)).round)
  const record: ComparisonResult = { ...made.record, reportedOn: '2025-05-12' }
  const signed = await authorities.sign('SC-AMR', record, { at: work.moment() })
  await client(sichuan, 'SC-AMR').records.submit(signed)
  const recordId = statementId('metrology-record+jwt', signed.split('.')[1] as string)
  for (const pilot of PILOTS) {
    const { expected } = checkReport((await work.read(common.round)).round, { record, recordId })
    const { statements, keyDigest, publicKey } = expected
    const key = publicKey.length > 0 ? { key: [...publicKey] } : {}
    await work.submit(pilot, {
      kind: 'round-report',
      ...common,
      record: recordId,
      statements: [...statements],
      keyDigest,
      ...key,
      on: '2025-05-12',
    })
  }
  await work.exchange()
  work.on('2025-05-20', {
    zh: '各参加者从两个节点取回全部签名记录，自行重算',
    en: 'Every participant reads all statements from both nodes and computes the report again',
  })
  const { round, statements, receipts } = await work.read(common.round)
  return { round, record, checked: checkReport(round, { record, recordId }), material: { statements, receipts, record: signed } }
}

const jsonOf = ({ round, record, checked }: Shown) => ({
  number: round.protocol.number,
  laboratories: round.laboratories.map(({ uscc, state, code }) => ({ uscc, code: code ?? null, state })),
  findings: round.findings.map(({ code, status, statementId: id }) => ({ code, status, statementId: id ?? null })),
  points: record.points,
  isConfirmed: checked.isConfirmed,
  signedBy: checked.signedBy,
})

const TITLES = {
  zh: {
    head: '结果（代码、值、U、En 值、评价、同意公开的名称）',
    found: '各方都能看到的情形',
    confirmed: '总结与两个节点上的全部签名记录相符，两个主导实验室均已签署。机构、编号、数值均为示例。',
    not: '总结未得到证实。',
    try: '各方取得的签名记录、回执、比对结果记录和信任文件已写入文件夹，可以试：',
  },
  en: {
    head: 'Results (code, value, U, En, assessment, name where consented)',
    found: 'What everybody can see',
    confirmed:
      'The report is what all statements of both nodes give, and both pilots have signed it. Bodies, numbers and values are examples.',
    not: 'The report is not confirmed.',
    try: 'The folder has the statements, receipts, record and trust file that every participant gets. To try:',
  },
} as const

function show({ round, record, checked }: Shown, language: 'zh' | 'en', terminal: Terminal): void {
  const titles = TITLES[language]
  terminal.print('')
  terminal.print(terminal.paint(titles.head, 'bold'))
  const nameOf = new Map(record.participants.map(({ code, party: of }) => [code, of?.name ?? '—']))
  for (const { results } of record.points) {
    const cells = results.map(({ code, value, uncertainty, en = '—', outcome }) => [
      code,
      value,
      uncertainty?.form === 'expanded' ? uncertainty.value : '—',
      en,
      outcome === undefined ? '—' : language === 'zh' ? COMPARISON_OUTCOMES[outcome] : outcome,
      nameOf.get(code) ?? '—',
    ])
    const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...cells.map((line) => textWidth(line[at] as string))))
    for (const line of cells) terminal.print(`  ${line.map((cell, at) => padEnd(cell, widths[at] ?? 0)).join('  ')}`)
  }
  terminal.print('')
  terminal.print(terminal.paint(titles.found, 'bold'))
  tellFindings(round.findings, terminal, language)
  terminal.print('')
  terminal.print(terminal.paint(checked.isConfirmed ? titles.confirmed : titles.not, checked.isConfirmed ? 'pass' : 'fail'))
}
