// Why this exists: two stores on one database are two processes in practice, and a crash is a killed process; neither can be
// simulated within one process.
import { createHash } from 'node:crypto'
import { createInterface } from 'node:readline'
import { leafHash, openEdge } from 'tongheng/log'
import type { Store, StoredEntry } from 'tongheng/node'
import { createPostgresStore } from 'tongheng/stores/postgres'
import { createSqliteStore, openSqlite } from 'tongheng/stores/sqlite'
import { put, remember, storedRecord } from './stored-record.js'

const [work, kind, place = '', name = ''] = process.argv.slice(2)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** `place` is a file, or a URL and a schema separated by a space. */
async function open(): Promise<Store> {
  if (kind === 'sqlite' || kind === 'sqlite-thread') return createSqliteStore({ file: place, thread: kind === 'sqlite-thread' })
  const [url = '', schema = ''] = place.split(' ')
  return createPostgresStore({ url, schema })
}

/** Signals readiness and waits for the start line, so that all processes start together. */
async function ready(): Promise<void> {
  say('ready')
  for await (const _ of createInterface({ input: process.stdin })) break
}

async function end(store: Store, said: unknown): Promise<void> {
  await store.close()
  say(JSON.stringify(said))
  process.stdin.destroy()
}

/** Stores the same records as the other processes, with its own receipts, one by one. */
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

/** Appends a batch with the tiles it fills, as a node does. Returns the new entries. */
const append = (store: Store, batch: readonly StoredEntry[]): Promise<readonly StoredEntry[]> =>
  store.sequence(async (transaction) => {
    const edge = await openEdge(transaction.log.size, async (level, start, end) =>
      level === 0 ? (await transaction.statementIds(start, end)).map(leafOf) : transaction.tileRoots(level, start, end),
    )
    const there = await transaction.byNames(batch)
    const entries = batch.filter((_, at) => there[at] === undefined)
    for (const { statementId } of entries) edge.append(leafOf(statementId))
    if (entries.length > 0) await transaction.append({ entries, tileRoots: edge.settle(), checkpoint: `${name} ${edge.size}` })
    return entries
  })

/**
 * Stores hundreds of records in batches of every size, half of them shared with the other process, with requests in between; one
 * process counts up, the other down.
 */
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
      // Two concurrent calls, as two HTTP requests would be.
      store.rememberRequests(requests.slice(1), { now: 1000, capacity: 700 }),
      store.rememberRequests(requests.slice(0, 1), { now: 1000, capacity: 700 }),
    ])
    taken.push(...fresh.map(({ receipt }) => Number(receipt?.slice(2))))
    for (const [n, answer] of remembered[0].entries()) if (answer === 'new') seen.push(requests[n + 1]?.jti ?? '')
    if (remembered[1][0] === 'new') seen.push(requests[0]?.jti ?? '')
  }
  await end(store, { taken, seen })
}

/** Stores records and prints each after it is stored, until the process or its database is killed. */
async function writeOn(): Promise<void> {
  const store = await open()
  for (let n = 0; ; n++) {
    const kept = await put(store, storedRecord(n)).catch(() => undefined)
    await new Promise((resolve) => process.stdout.write(`${kept?.entry.statementId ?? 'failed'}\n`, resolve))
    if (kept === undefined) return store.close()
  }
}

/** Stores a record and exits without closing the store. */
async function exitOpen(): Promise<void> {
  const { entry } = await put(await open(), storedRecord(0))
  say(entry.statementId)
}

/** Acquires the lock and never releases it; the test kills the process in the middle of the transaction. */
async function stayInTransaction(): Promise<void> {
  const store = await open()
  await store.sequence(async (transaction) => {
    await transaction.append({ entries: [storedRecord(0)], tileRoots: [] })
    say('in transaction')
    await ready()
  })
}

/** Locks the file against all other connections for a while. */
async function lockFile(): Promise<void> {
  const db = await openSqlite(place)
  db.exec('BEGIN EXCLUSIVE')
  say('held')
  setTimeout(() => {
    db.exec('COMMIT')
    db.close()
  }, 400)
}

const works: Readonly<Record<string, () => Promise<void>>> = { write, writeMany, writeOn, exitOpen, stayInTransaction, lockFile }
await works[work ?? '']?.()
