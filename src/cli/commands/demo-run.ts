/** The demonstration: two nodes exchange and judge the fixtures. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identifierKey } from '../../base/identifier.js'
import type { Text } from '../../base/message.js'
import { padEnd, textWidth } from '../../base/text-width.js'
import { provinceName, provinces } from '../../catalogue/index.js'
import { kindOf } from '../../records/index.js'
import { type Language, verdictWord, writeVerdictText } from '../../report/index.js'
import { followNode } from '../../sync/index.js'
import {
  type Fixture,
  fixtures,
  type NegativeFixture,
  negatives,
  organisation,
  publications,
  send,
  sendOnTheWay,
} from '../../testing/index.js'
import { decidingCheck, type Verdict } from '../../verify/index.js'
import type { Arguments, ExitCode } from '../command.js'
import type { Terminal } from '../terminal.js'
import { keepRunning } from './demo-keep.js'
import { openWorld, type Side, type World } from './demo-world.js'

export async function runDemo(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const asJson = args.choice('format', ['text', 'json']) === 'json'
  const folder = await mkdtemp(join(tmpdir(), 'tongheng-demo-'))
  const world = await openWorld(folder)
  try {
    await exchange(world)
    const rows = await judgeAll(world)
    if (asJson) terminal.print(JSON.stringify(rows.map(jsonRow)))
    else show(rows, language, terminal)
    if (args.flag('keep')) await keepRunning({ world, folder, language, terminal })
    return 0
  } finally {
    for (const side of [world.sichuan, world.chongqing]) {
      await side.listening.close()
      await side.store.close()
    }
    await rm(folder, { recursive: true, force: true })
  }
}

const sideOf = (world: World, { signer }: Fixture): Side => (organisation(signer).region === '51' ? world.sichuan : world.chongqing)
const otherOf = (world: World, side: Side): Side => (side === world.sichuan ? world.chongqing : world.sichuan)

/** Publishes as the authorities, submits as the institutes to their own nodes, then lets each node import the records of the other. */
async function exchange(world: World): Promise<void> {
  const sent: Fixture[] = [...publications, ...Object.values(fixtures), ...negatives.filter(({ onTheWay }) => onTheWay === undefined)]
  for (const fixture of sent) {
    const statement = await send(world.authorities, fixture)
    await world.client(sideOf(world, fixture), fixture.signer).records.submit(statement)
  }
  for (const receiver of [world.sichuan, world.chongqing]) {
    const sender = otherOf(world, receiver)
    const client = world.client(sender, receiver.authority)
    for await (const event of followNode({ node: receiver.node, client, authority: organisation(sender.authority).uscc }))
      if (event.kind === 'failed') throw event.error
  }
}

interface Row {
  readonly id: string
  readonly title: Text
  readonly from: string
  readonly to: string
  readonly kind: string
  readonly verdict: Verdict
}

/** The receiving node's verdict on each record: on its stored copy, or on a copy that was altered in transit. */
async function judgeAll(world: World): Promise<Row[]> {
  const rows: Row[] = []
  for (const fixture of [...Object.values(fixtures), ...negatives] as (Fixture & Partial<NegativeFixture>)[]) {
    const from = sideOf(world, fixture)
    const to = otherOf(world, from)
    const { id, title, record } = fixture
    const statement =
      fixture.onTheWay === undefined ? await statementKept(to, fixture) : await sendOnTheWay(world.authorities, fixture as NegativeFixture)
    const verdict = await world.client(to, to.authority).verify(statement)
    rows.push({ id, title, from: from.region, to: to.region, kind: record.kind, verdict })
  }
  return rows
}

async function statementKept({ store }: Side, { record, signer }: Fixture): Promise<string> {
  const number = identifierKey(kindOf(record).number(record))
  const { items } = await store.listEntries({ issuer: organisation(signer).uscc, number }, { from: 0, limit: 1 })
  const [found] = items
  if (found === undefined) throw new Error(`the record ${number} did not arrive`)
  return found.statement
}

const jsonRow = ({ id, from, to, kind, verdict }: Row) => ({
  id,
  from,
  to,
  kind,
  outcome: verdict.outcome,
  ...(verdict.acceptedAs && { acceptedAs: verdict.acceptedAs }),
  code: decidingCheck(verdict).code,
  statementId: verdict.statementId ?? null,
})

const TITLES = {
  zh: {
    head: '川渝两个节点在本机经 HTTP 交换了记录，各自独立判定。机构、器具、编号均为示例；演示日期 2025-06-16。',
    columns: ['编号', '记录', '方向', '结论'],
    basis: '依据',
    full: '一份判定的全部检查项',
    count: (a: number, f: number, b: number, c: number) =>
      `予以互认（采用、采信、认可）${a} 份，采信不合格结论 ${f} 份，不予互认 ${b} 份，无法判定 ${c} 份。`,
  },
  en: {
    head: 'Two provincial nodes on this machine exchanged records over HTTP, and each judged for itself. Bodies, instruments and numbers are examples; the day is 2025-06-16.',
    columns: ['Id', 'Record', 'Direction', 'Outcome'],
    basis: 'Basis',
    full: 'One verdict with every check',
    count: (a: number, f: number, b: number, c: number) =>
      `${a} recognised, ${f} accepted as a failure, ${b} not recognised, ${c} indeterminate.`,
  },
} as const

function show(rows: readonly Row[], language: Language, terminal: Terminal): void {
  const titles = TITLES[language]
  const direction = ({ from, to }: Row): string =>
    language === 'zh'
      ? `${provinces.get(from)?.character}→${provinces.get(to)?.character}`
      : `${provinceName(from).en}→${provinceName(to).en}`
  const cells = rows.map((row) => [row.id, row.title[language], direction(row), verdictWord(row.verdict, language)])
  const widths = titles.columns.map((title, at) => Math.max(...[title, ...cells.map((line) => line[at] as string)].map(textWidth)))
  const indent = ' '.repeat((widths[0] as number) + 2)
  terminal.print(titles.head)
  terminal.print('')
  terminal.print(terminal.paint(titles.columns.map((title, at) => padEnd(title, widths[at] as number)).join('  '), 'bold'))
  rows.forEach(({ verdict }, at) => {
    const check = decidingCheck(verdict)
    const line = (cells[at] as string[]).map((cell, column) => padEnd(cell, widths[column] as number))
    line[3] = terminal.paint(line[3] as string, verdict.outcome)
    terminal.print(line.join('  '))
    terminal.print(`${indent}${check.message[language]}`)
    terminal.print(`${indent}${terminal.paint(`${titles.basis} ${check.basis}  [${check.code}]`, 'dim')}`)
  })
  const count = (outcome: Verdict['outcome']): number => rows.filter(({ verdict }) => verdict.outcome === outcome).length
  terminal.print('')
  const failures = rows.filter(({ verdict }) => verdict.acceptedAs === 'failure').length
  terminal.print(titles.count(count('recognised'), failures, count('not-recognised') - failures, count('indeterminate')))
  terminal.print('')
  const [first] = rows
  if (first === undefined) return
  terminal.print(terminal.paint(`${titles.full} · ${first.id} ${first.title[language]}`, 'bold'))
  terminal.printLines(writeVerdictText(first.verdict, { language, full: true, paint: terminal.paint }))
}
