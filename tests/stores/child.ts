// Why this exists: two stores on one database are two processes in practice, and a crash is a killed process; neither can be had inside one.
import { createHash } from 'node:crypto'
import { createInterface } from 'node:readline'
import { leafHash, openEdge } from 'tongheng/log'
import type { Store, StoredEntry } from 'tongheng/node'
import { createPostgresStore } from 'tongheng/stores/postgres'
import { createSqliteStore, openSqlite } from 'tongheng/stores/sqlite'
import { put, remember, storedRecord } from './stored-record.js'

const [work, kind, place = '', name = ''] = process.argv.slice(2)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Place: a file, or an address and a schema with a space between. */
async function open(): Promise<Store> {
  if (kind === 'sqlite' || kind === 'sqlite-thread') return createSqliteStore({ file: place, thread: kind === 'sqlite-thread' })
  const [url = '', schema = ''] = place.split(' ')
  return createPostgresStore({ url, schema })
}

/** All start at the same word. */
async function ready(): Promise<void> {
  say('ready')
  for await (const _ of createInterface({ input: process.stdin })) break
}

async function end(store: Store, said: unknown): Promise<void> {
  await store.close()
  say(JSON.stringify(said))
  process.stdin.destroy()
}

/** Puts the same records as the others under its own receipts, one by one. */
async function write(): Promise<void> {
  const store = await open()
  await ready()
  const taken: number[] = []
  const seen: number[] = []
  for (let n = 0; n < 150; n++) {
    const { isNew } = await put(store, storedRecord(n, { receipt: `${name}-${n}` }))
    if (isNew) taken.push(n)
    const request = { iss: 'A', jti: `jti-${n}`, until: 2000, now: 1000, capacity: 100 }
    if ((await remember(store, request)) === 'new') seen.push(n)
  }
  await end(store, { taken, seen })
}

const idOf = (n: number): string => createHash('sha256').update(`${n}`).digest('base64url')
const leafOf = (id: string): Uint8Array => leafHash(Buffer.from(id, 'base64url'))

/** Appends a batch as a node does, with the tiles it fills. Gives which were new. */
const append = (store: Store, batch: readonly StoredEntry[]): Promise<readonly StoredEntry[]> =>
  store.sequence(async (turn) => {
    const edge = await openEdge(turn.log.size, async (level, start, end) =>
      level === 0 ? (await turn.statementIds(start, end)).map(leafOf) : turn.tileRoots(level, start, end),
    )
    const there = await turn.byNames(batch)
    const entries = batch.filter((_, at) => there[at] === undefined)
    for (const { statementId } of entries) edge.append(leafOf(statementId))
    if (entries.length > 0) await turn.append({ entries, tileRoots: edge.settle(), checkpoint: `${name} ${edge.size}` })
    return entries
  })

/** Hundreds of records in batches of every size, half of them the other's too, with requests between; one writes upwards, one downwards. */
async function writeMany(): Promise<void> {
  const store = await open()
  await ready()
  const [first, step] = name === 'a' ? [0, 1] : [899, -1]
  const taken: number[] = []
  const seen: string[] = []
  for (let at = 0, size = 1; at < 600; at += size, size = (size * 7) % 41 || 1) {
    const numbers = Array.from({ length: Math.min(size, 600 - at) }, (_, n) => first + step * (at + n))
    const requests = numbers.map((n) => ({ iss: 'A', jti: `jti-${n}`, until: 2000 }))
    const [fresh, ...remembered] = await Promise.all([
      append(
        store,
        numbers.map((n) => storedRecord(n, { statementId: idOf(n), receipt: `${name}-${n}` })),
      ),
      // Two calls at once, as two requests over HTTP would be.
      store.rememberRequests(requests.slice(1), { now: 1000, capacity: 700 }),
      store.rememberRequests(requests.slice(0, 1), { now: 1000, capacity: 700 }),
    ])
    taken.push(...fresh.map(({ receipt }) => Number(receipt?.slice(2))))
    for (const [n, answer] of remembered[0].entries()) if (answer === 'new') seen.push(requests[n + 1]?.jti ?? '')
    if (remembered[1][0] === 'new') seen.push(requests[0]?.jti ?? '')
  }
  await end(store, { taken, seen })
}

/** Says what it has kept once it is kept, until it is killed or its database is. */
async function writeOn(): Promise<void> {
  const store = await open()
  for (let n = 0; ; n++) {
    const kept = await put(store, storedRecord(n)).catch(() => undefined)
    await new Promise((resolve) => process.stdout.write(`${kept?.entry.statementId ?? 'failed'}\n`, resolve))
    if (kept === undefined) return store.close()
  }
}

/** Keeps something, and ends without closing what it has open. */
async function leave(): Promise<void> {
  const { entry } = await put(await open(), storedRecord(0))
  say(entry.statementId)
}

/** Has the turn, and keeps it: killed in the middle of work. */
async function stayInTurn(): Promise<void> {
  const store = await open()
  await store.sequence(async (turn) => {
    await turn.append({ entries: [storedRecord(0)], tileRoots: [] })
    say('in turn')
    await ready()
  })
}

/** Keeps every other connection out for a while. */
async function hold(): Promise<void> {
  const db = await openSqlite(place)
  db.exec('BEGIN EXCLUSIVE')
  say('held')
  setTimeout(() => {
    db.exec('COMMIT')
    db.close()
  }, 400)
}

const works: Readonly<Record<string, () => Promise<void>>> = { write, writeMany, writeOn, leave, stayInTurn, hold }
await works[work ?? '']?.()
