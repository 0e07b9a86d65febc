// Why this exists: several processes share one PostgreSQL database, and are killed, disconnected and restarted while they use it.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { readReceipt } from 'tongheng/client'
import { emptyEdge, leafHash } from 'tongheng/log'
import type { PlacedEntry, Store } from 'tongheng/node'
import { signNotice } from 'tongheng/status'
import { createPostgresStore } from 'tongheng/stores/postgres'
import { fixtures, send } from 'tongheng/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { compile, type Program } from '../cli/build.js'
import { hex } from '../log/trees.js'
import { NOW, openWorld, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'
import { everyPage } from './contract.js'
import { isAbsent, nameOf, type PostgresServer, startPostgres } from './postgres-server.js'
import { put, remember, storedRecord } from './stored-record.js'

type Child = ChildProcessByStdio<Writable, Readable, null>

let server: PostgresServer
let program: Program
let schemas = 0
const children = new Set<Child>()
const newSchema = (): string => `shared_${++schemas}`
const open = (schema: string): Promise<Store> => createPostgresStore({ url: server.url(), schema })

function start(work: string, schema: string, name = ''): Child {
  const args = [program.file, work, 'postgres', `${server.url()} ${schema}`, name]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}
const linesOf = (child: Child): AsyncIterator<string> => createInterface({ input: child.stdout })[Symbol.asyncIterator]()
const line = async (lines: AsyncIterator<string>): Promise<string> => (await lines.next()).value as string

async function kill(child: Child): Promise<void> {
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((x, y) => x - y)
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n)

describe.skipIf(isAbsent)(nameOf('processes on one PostgreSQL'), () => {
  beforeAll(async () => {
    program = await compile('tests/stores/child.ts')
    server = await startPostgres()
  })

  // Kills processes that a failed test left running.
  afterEach(async () => {
    await Promise.all([...children].map(kill))
  })

  afterAll(async () => {
    await server?.remove()
  })

  describe('concurrent writers', () => {
    it('neither lose, duplicate nor reorder records', async () => {
      const schema = newSchema()
      const writers = [start('writeMany', schema, 'a'), start('writeMany', schema, 'b')]
      const output = writers.map(linesOf)
      expect(await Promise.all(output.map(line))).toEqual(['ready', 'ready'])
      for (const { stdin } of writers) stdin.write('go\n')
      const said = (await Promise.all(output.map(line))).map((text) => JSON.parse(text) as { taken: number[]; seen: string[] })
      expect(ascending(said.flatMap(({ taken }) => taken))).toEqual(upTo(900))
      // Both processes together filled the replay capacity of 700, each request once.
      const seen = said.flatMap((one) => one.seen)
      expect([seen.length, new Set(seen).size]).toEqual([700, 700])

      const store = await open(schema)
      const items = (await everyPage(store, {}, 500)).items as PlacedEntry[]
      expect(items.map(({ position }) => position)).toEqual(upTo(900))
      expect(new Set(items.map(({ jti }) => jti)).size).toBe(900)
      for (const [at, name] of ['a', 'b'].entries()) {
        const own = items.flatMap(({ receipt }) => (receipt?.startsWith(`${name}-`) ? [Number(receipt.slice(2))] : []))
        // Each writer's records are in the order in which it wrote them.
        expect(own).toEqual(said[at]?.taken)
      }

      const edge = emptyEdge()
      for (const { statementId } of items) edge.append(leafHash(Buffer.from(statementId, 'base64url')))
      const expected = edge.settle()
      expect(expected.length).toBe(3)
      for (const { level, index, hash } of expected) expect((await store.tileRoots(level, index, index + 1)).map(hex)).toEqual([hex(hash)])
      expect(await store.tileRoots(1, 0, 256)).toHaveLength(3)
      const log = await store.readLog()
      expect([log.size, log.checkpoint?.slice(2)]).toEqual([900, '900'])
      await store.close()
    })

    it('can all open one new database at once', async () => {
      const schema = newSchema()
      const writers = Array.from({ length: 4 }, (_, n) => start('writeMany', schema, String(n)))
      expect(await Promise.all(writers.map((child) => line(linesOf(child))))).toEqual(['ready', 'ready', 'ready', 'ready'])
      expect(await server.run(`SELECT version FROM ${schema}.schema_version`)).toEqual([{ version: 6 }])
    })

    it('can be killed: every acknowledged record is stored, and the lock is free', async () => {
      const schema = newSchema()
      const child = start('writeOn', schema)
      const lines = linesOf(child)
      const acknowledged: string[] = []
      for (let n = 0; n < 60; n++) acknowledged.push(await line(lines))
      await kill(child)
      const store = await open(schema)
      expect((await put(store, storedRecord(1_000_000))).isNew).toBe(true)
      const ids = await store.statementIds(0, 1000)
      expect(ids.slice(0, 60)).toEqual(acknowledged)
      expect(ids.at(-1)).toBe('statement-1000000')
      expect(ids).toHaveLength((await store.readLog()).size)
      await store.close()
    })

    it('can be killed in the middle of a transaction: it is rolled back, and the lock is free', async () => {
      const schema = newSchema()
      const child = start('stayInTransaction', schema)
      expect(await line(linesOf(child))).toBe('in transaction')
      const store = await open(schema)
      const waiting = put(store, storedRecord(7))
      expect(await store.readLog()).toMatchObject({ size: 0 })
      await kill(child)
      expect((await waiting).isNew).toBe(true)
      expect(await store.statementIds(0, 9)).toEqual(['statement-7'])
      await store.close()
    })
  })

  describe('a server crash', () => {
    it('loses no acknowledged record; the store fails during it, and works afterwards', async () => {
      const schema = newSchema()
      const store = await open(schema)
      for (let n = 0; n < 20; n++) await put(store, storedRecord(n))
      const request = { iss: 'A', jti: 'one', until: 2000, now: 1000, capacity: 10 }
      expect(await remember(store, request)).toBe('new')
      // Open every connection of the pool and leave it idle.
      await Promise.all(upTo(10).map(() => store.readLog()))
      await server.crash()
      for (const attempt of [() => put(store, storedRecord(20)), () => store.readLog(), () => remember(store, request), () => open(schema)])
        await expect(attempt()).rejects.toThrow()
      await server.start()
      expect(await store.statementIds(0, 99)).toEqual(upTo(20).map((n) => `statement-${n}`))
      expect((await put(store, storedRecord(20))).isNew).toBe(true)
      expect(await remember(store, request)).toBe('seen')
      await store.close()
    })

    it('rolls back the open transaction; those that wait fail or continue, and none hangs', async () => {
      const schema = newSchema()
      const store = await open(schema)
      await put(store, storedRecord(0))
      const broken = store.sequence(async (transaction) => {
        await transaction.append({ entries: [storedRecord(1)], tileRoots: [] })
        await server.crash()
      })
      const waiting = put(store, storedRecord(2))
      await expect(broken).rejects.toThrow()
      await expect(waiting).rejects.toThrow()
      await server.start()
      expect(await store.statementIds(0, 9)).toEqual(['statement-0'])
      expect((await put(store, storedRecord(2))).isNew).toBe(true)
      await store.close()
    })

    it('loses no acknowledged record of other writers', async () => {
      const schema = newSchema()
      const child = start('writeOn', schema)
      const lines = linesOf(child)
      const acknowledged: string[] = []
      for (let n = 0; n < 15; n++) acknowledged.push(await line(lines))
      await server.crash()
      for (let said = await line(lines); said !== 'failed'; said = await line(lines)) acknowledged.push(said)
      await server.start()
      const store = await open(schema)
      const ids = await store.statementIds(0, 1000)
      expect(ids.slice(0, acknowledged.length)).toEqual(acknowledged)
      // At most one more: the record in flight, whose answer was lost.
      expect(ids.length - acknowledged.length).toBeLessThanOrEqual(1)
      await store.close()
    })
  })

  describe('nodes on one database', () => {
    let stores: Store[]
    let worlds: [World, World]

    beforeAll(async () => {
      const schema = newSchema()
      stores = await Promise.all([open(schema), open(schema)])
      const [first, second] = await Promise.all(stores.map((store) => openWorld({ store })))
      worlds = [first as World, second as World]
    })

    afterAll(async () => {
      await Promise.all(stores.map((store) => store.close()))
    })

    it('write one log: every receipt of either node has a proved position, under one key', async () => {
      const { authorities } = worlds[0]
      const statements = await Promise.all(upTo(60).map((n) => authorities.sign('CD', taximeter(`川检-${n}`))))
      const clients = worlds.map((world) => world.client('CD'))
      // Submit each to both nodes at once: one stores it first, and the other answers with the first receipt.
      const receipts = await Promise.all(statements.flatMap((statement) => clients.map((client) => client.records.submit(statement))))
      expect(receipts.filter(({ isNew }) => isNew)).toHaveLength(60)
      const places = new Set<number>()
      for (const [at, { receipt }] of receipts.entries()) {
        const claims = await readReceipt(receipt, authorities.trust)
        expect(claims).toMatchObject({ decision: 'accepted', sub: statementIdOf(statements[at >> 1] as string) })
        expect(receipt).toBe(receipts[at ^ 1]?.receipt)
        places.add(claims.log?.index ?? -1)
      }
      expect(ascending([...places])).toEqual(upTo(60))
      for (const { store } of worlds) expect((await store.readLog()).size).toBe(60)
      expect(await worlds[0].client(undefined).log.checkpoint()).toBe(await worlds[1].client(undefined).log.checkpoint())
      // A request that one node has seen is a replay for the other.
      const path = `/v1/records/${statementIdOf(statements[0] as string)}`
      const authorization = await worlds[0].authorize({ path })
      expect((await worlds[0].send({ path, authorization })).status).toBe(200)
      expect((await worlds[1].send({ path, authorization })).status).toBe(401)
    })

    it("see each other's new documents after a while: a specification, a notice", async () => {
      const [one, other] = worlds
      const { authorities } = one
      const later = (): void => {
        other.clock.now += 6
      }
      const record = await send(authorities, fixtures.F01)
      await one.client('CD').records.submit(record)
      const certificate = async (): Promise<string> => (await other.node.judge(record, { region: '50' })).outcome
      const calibration = await send(authorities, fixtures.F13)
      const rests = async (): Promise<string> => (await other.node.judge(calibration, { region: '51' })).outcome
      const before = [await certificate(), await rests()]
      expect(before).toEqual(['recognised', 'indeterminate'])

      const notice = await signNotice(
        { iss: uscc('CD'), iat: NOW - 60, action: 'revoke', statements: [statementIdOf(record)], from: NOW - 60, reason: { zh: '误发' } },
        authorities.signer('CD'),
      )
      await one.client('CD').notices.submit(notice)
      await one.client('CQ-AMR').records.submit(await send(authorities, fixtures.F10))
      expect([await certificate(), await rests()]).toEqual(before)
      later()
      expect([await certificate(), await rests()]).toEqual(['not-recognised', 'not-recognised'])
    })
  })
})
