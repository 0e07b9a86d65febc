// Why this exists: two stores on one file are two processes in practice, and a crash is a killed process; neither can be had inside one.
import { createInterface } from 'node:readline'
import { createSqliteStore, openSqlite } from 'tongheng/stores/sqlite'
import { put, remember, storedRecord } from './stored-record.js'

const [work, file = '', name = ''] = process.argv.slice(2)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Two writers start at the same word, and put the same records under their own receipts. */
async function write(): Promise<void> {
  const store = await createSqliteStore({ file })
  say('ready')
  for await (const _ of createInterface({ input: process.stdin })) break
  const taken: number[] = []
  const seen: number[] = []
  for (let n = 0; n < 150; n++) {
    const { isNew } = await put(store, storedRecord(n, { receipt: `${name}-${n}` }))
    if (isNew) taken.push(n)
    const request = { iss: 'A', jti: `jti-${n}`, until: 2000, now: 1000, capacity: 100 }
    if ((await remember(store, request)) === 'new') seen.push(n)
  }
  await store.close()
  say(JSON.stringify({ taken, seen }))
  process.stdin.destroy()
}

/** Says what it has kept once it is kept, until it is killed. */
async function writeOn(): Promise<void> {
  const store = await createSqliteStore({ file })
  for (let n = 0; ; n++) {
    const { entry } = await put(store, storedRecord(n))
    await new Promise((resolve) => process.stdout.write(`${entry.statementId}\n`, resolve))
  }
}

/** Keeps every other connection out for a while. */
async function hold(): Promise<void> {
  const db = await openSqlite(file)
  db.exec('CREATE TABLE IF NOT EXISTS other (x); BEGIN EXCLUSIVE')
  say('held')
  setTimeout(() => {
    db.exec('COMMIT')
    db.close()
  }, 400)
}

const works: Readonly<Record<string, () => Promise<void>>> = { write, writeOn, hold }
await works[work ?? '']?.()
