// Why this exists: what a node acknowledged must be there after any end of its process; this loads one, kills it, and looks.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Client, createClient, readReceipt } from 'tongheng/client'
import { statementId } from 'tongheng/envelope'
import { emptyEdge, isSameHash, leafHash, noteKeyOf, openCheckpoint, readCheckpoint, readEntryBundle, rootOf } from 'tongheng/log'
import type { VerificationRecord } from 'tongheng/records'
import { createFakeAuthorities, type FakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { freePort } from '../support/free-port.ts'

export interface CrashOptions {
  readonly folder: string
  /** The command line, built. */
  readonly program: string
  readonly rounds: number
  /** Callers at once. */
  readonly callers: number
  /** Distinct checkpoints that receipts of a round must have told before its end, however long that takes; none where absent. */
  readonly leastCheckpoints?: number
  /** Instead of a SQLite file in the folder. */
  readonly database?: string
  readonly onRound?: (round: {
    readonly round: number
    readonly lived: number
    readonly acknowledged: number
    readonly size: number
    readonly faults: number
  }) => void
}

export interface CrashResult {
  readonly rounds: number
  readonly acknowledged: number
  /** Submitted once more after its answer had been lost. */
  readonly resent: number
  readonly checkpoints: number
  readonly faults: readonly string[]
}

/** What the callers hold. */
interface Books {
  /** Receipts by statement. */
  readonly receipts: Map<string, string>
  /** Sent, and never answered: to be sent again. */
  readonly open: Set<string>
  /** Every checkpoint ever seen, as a note. */
  readonly checkpoints: Set<string>
  readonly faults: string[]
  resent: number
}

const WAIT = 20

export async function crash(options: CrashOptions): Promise<CrashResult> {
  const { rounds, callers, leastCheckpoints = 0, onRound } = options
  const world = await createFakeAuthorities({ witnessKeys: true, at: new Date().toISOString() })
  const node = await setUp(options, world)
  const books: Books = { receipts: new Map(), open: new Set(), checkpoints: new Set(), faults: [], resent: 0 }
  const supply = supplyOf(world)
  for (let round = 1; round <= rounds; round++) {
    const child = await start(options, node.url)
    const started = performance.now()
    let isAlive = true
    const told = books.checkpoints.size
    const working = Array.from({ length: callers }, (_, n) => call(n % 2 === 0, node.client, books, supply, () => isAlive))
    // At a random moment of the load, however slow the machine is.
    while (books.checkpoints.size < told + leastCheckpoints && child.exitCode === null) await new Promise((done) => setTimeout(done, WAIT))
    await new Promise((done) => setTimeout(done, 30 + Math.random() * 500))
    isAlive = false
    child.kill('SIGKILL')
    await once(child, 'exit')
    const lived = Math.round(performance.now() - started)
    await Promise.all(working)
    const second = await start(options, node.url)
    const size = await prove(node, books, round === rounds)
    second.kill('SIGKILL')
    await once(second, 'exit')
    onRound?.({ round, lived, acknowledged: books.receipts.size, size, faults: books.faults.length })
  }
  const { receipts, resent, checkpoints, faults } = books
  return { rounds, acknowledged: receipts.size, resent, checkpoints: checkpoints.size, faults }
}

interface Target {
  readonly url: string
  readonly client: Client
  readonly world: FakeAuthorities
}

async function setUp({ folder, database }: CrashOptions, world: FakeAuthorities): Promise<Target> {
  const { uscc, name } = organisation('SC-AMR')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const log = world.log('SC-AMR')
  const secrets = {
    'node.key': world.keys.get('SC-AMR')?.privateJwk,
    'log.key': world.logKey('SC-AMR').privateJwk,
    'witness.key': world.witnessKey('SC-AMR').privateJwk,
  }
  for (const [file, key] of Object.entries(secrets)) {
    await writeFile(join(folder, file), JSON.stringify(key))
    await chmod(join(folder, file), 0o600)
  }
  const { anchors, trustLists, signedAgreement } = world
  await writeFile(join(folder, 'trust.json'), JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] }))
  const config = {
    id: 'tongheng-51',
    url,
    listen: { host: '127.0.0.1', port },
    authority: uscc,
    name,
    region: '51',
    key: 'node.key',
    trust: 'trust.json',
    database: database ?? 'node.db',
    log: { origin: log.origin, key: 'log.key', witness: 'witness.key' },
    limits: { rate: 1_000_000, burst: 1_000_000 },
  }
  await writeFile(join(folder, 'node.json'), JSON.stringify(config))
  const caller = { iss: organisation('CD').uscc, signer: world.signer('CD') }
  return { url, world, client: createClient({ node: { url, id: config.id }, caller, trust: world.trust, retries: 0 }) }
}

async function start({ program, folder }: CrashOptions, url: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [resolve(program), 'serve', '--config', join(folder, 'node.json')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000)
  })
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the node ended with ${child.exitCode}: ${said}`)
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.status === 200) return child
    await new Promise((done) => setTimeout(done, WAIT))
  }
}

/** New statements. */
function supplyOf(world: FakeAuthorities): () => Promise<string> {
  let n = 0
  return () => world.sign('CD', { ...(fixtures.F01.record as VerificationRecord), certificateNo: `川检-${++n}` })
}

/** One caller: sends one at a time or many, until the node is dead. What was not answered is sent again in the next round. */
async function call(isSingle: boolean, client: Client, books: Books, supply: () => Promise<string>, isAlive: () => boolean): Promise<void> {
  while (isAlive()) {
    const batch: string[] = []
    for (const statement of books.open) {
      books.open.delete(statement)
      books.resent++
      batch.push(statement)
      if (batch.length === (isSingle ? 1 : 8)) break
    }
    while (batch.length < (isSingle ? 1 : 16)) batch.push(await supply())
    // A retry of what is long acknowledged must give the same receipt.
    const [old] = books.receipts.keys()
    if (!isSingle && old !== undefined) batch.push(old)
    const waiting = new Set(batch)
    try {
      for await (const { statement, receipt, problem } of client.records.submitMany(batch)) {
        if (problem !== undefined) books.faults.push(`a good statement was refused: ${problem.code}`)
        else await enter(books, statement, receipt)
        waiting.delete(statement)
      }
    } catch {
      // The node died under way, as it was meant to.
      for (const statement of waiting) if (!books.receipts.has(statement)) books.open.add(statement)
    }
  }
}

async function enter(books: Books, statement: string, receipt: string): Promise<void> {
  const before = books.receipts.get(statement)
  if (before !== undefined && before !== receipt) books.faults.push('one statement has two receipts')
  books.receipts.set(statement, receipt)
  const { log } = await readReceipt(receipt)
  if (log !== undefined) books.checkpoints.add(log.checkpoint)
}

const idOf = (statement: string): string => statementId('metrology-record+jwt', statement.split('.')[1] ?? '')

/** After a start: every receipt, every entry, every checkpoint. */
async function prove({ url, client, world }: Target, books: Books, isLast: boolean): Promise<number> {
  const { origin } = world.log('SC-AMR')
  const key = await noteKeyOf(origin, world.logKey('SC-AMR').publicJwk, 'log')
  const fault = (text: string): void => void books.faults.push(text)
  // What was not answered is sent again now: it has one effect, whether the first time counted or not.
  const open = [...books.open]
  books.open.clear()
  books.resent += open.length
  for await (const { statement, receipt, problem } of client.records.submitMany(open)) {
    if (problem !== undefined) fault(`a good statement was refused: ${problem.code}`)
    else await enter(books, statement, receipt)
  }
  const note = await client.log.checkpoint()
  const { size } = await openCheckpoint(note, key)
  books.checkpoints.add(note)
  const ids = await entriesOf(url, size)
  if (new Set(ids).size !== ids.length) fault('a statement has two leaves')
  const places = new Map(ids.map((id, at) => [id, at]))
  const sample = [...books.receipts].filter((_, at) => isLast || at % 50 === 0)
  for (const [statement, receipt] of books.receipts) {
    const id = idOf(statement)
    const { log } = await readReceipt(receipt)
    if (log === undefined) fault('a receipt without a place')
    else if (places.get(id) !== log.index) fault(`entry ${log.index} is not where its receipt says`)
  }
  for (const [statement, receipt] of sample) {
    await readReceipt(receipt, world.trust).catch((error: unknown) => fault(`a receipt does not verify: ${String(error)}`))
    const kept = await client.records.get(idOf(statement)).catch(() => undefined)
    if (kept?.receipt !== receipt || kept.statement !== statement) fault('what was acknowledged is not there')
  }
  await proveCheckpoints(books, ids, key)
  return size
}

/** The tree of the ids has, at the size of every checkpoint, its root. */
async function proveCheckpoints(books: Books, ids: readonly string[], key: Awaited<ReturnType<typeof noteKeyOf>>): Promise<void> {
  const bySize = new Map<number, string[]>()
  for (const note of books.checkpoints) {
    const { origin, size } = readCheckpoint(note)
    if (origin !== key.name) books.faults.push(`a checkpoint of ${origin}`)
    bySize.set(size, [...(bySize.get(size) ?? []), note])
  }
  const edge = emptyEdge()
  const meet = async (): Promise<void> => {
    for (const note of bySize.get(edge.size) ?? []) {
      const { root } = await openCheckpoint(note, key)
      if (!isSameHash(root, rootOf(edge.size, edge.nodeAt))) books.faults.push(`the checkpoint of ${edge.size} is not of this log`)
    }
    bySize.delete(edge.size)
  }
  await meet()
  for (const id of ids) {
    edge.append(leafHash(Buffer.from(id, 'base64url')))
    await meet()
  }
  for (const size of bySize.keys()) books.faults.push(`a checkpoint of ${size}, and ${ids.length} entries`)
}

async function entriesOf(url: string, size: number): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < size) {
    const index = Math.floor(ids.length / 256)
    const width = Math.min(256, size - index * 256)
    const groups = String(index)
      .padStart(Math.ceil(String(index).length / 3) * 3, '0')
      .match(/.{3}/g) as string[]
    const path = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/')
    const response = await fetch(`${url}/v1/log/tile/entries/${path}${width === 256 ? '' : `.p/${width}`}`)
    if (!response.ok) throw new Error(`no bundle ${path}: ${response.status}`)
    for (const entry of readEntryBundle(new Uint8Array(await response.arrayBuffer()))) ids.push(Buffer.from(entry).toString('base64url'))
  }
  return ids
}
