// Why this exists: a node that is restored from an old backup while its witness is unreachable would sign another history of the same log,
// and the receipts of two provinces would contradict each other. The head in the second place must prevent that without cost for an honest
// node.
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HeadPlace, NodeOptions, Store } from 'tongheng/node'
import { createMemoryStore } from 'tongheng/stores/memory'
import { createSqliteStore } from 'tongheng/stores/sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHeadFile } from '../../src/cli/head-file.js'
import { fault as nodeFault } from '../../src/node/messages.js'
import { headInMemory } from '../support/nodes/head-in-memory.js'
import { follow, openChongqing, signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, problemOf, recordPath, uscc, type World } from '../support/nodes/world.js'

let folder: string
let statements: string[]
let count = 0
const opened: Store[] = []
const name = (): string => join(folder, `${count++}`)

const open = async (file: string, head?: HeadPlace, more: object = {}): Promise<World> => {
  const store = await createSqliteStore({ file })
  opened.push(store)
  return openWorld({ store, node: { head, ...more } })
}
const submit = ({ node }: World, n: number) => node.submit({ statement: statements[n] as string, sender: uscc('CD'), requestId: 'r' })
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'taken',
    ({ code }: { code: string }) => code,
  )
const sizeIn = (text: string | undefined): number => Number(text?.split('\n')[1])
/** The current content of a file, to make a backup of it without closing the store. */
async function backup(world: World, file: string): Promise<string> {
  await world.store.close()
  opened.splice(opened.indexOf(world.store), 1)
  const copy = name()
  await copyFile(file, copy)
  return copy
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'head-'))
  statements = await signMany(await fakeAuthorities(), 40)
})
afterAll(async () => {
  for (const store of opened.splice(0)) await store.close()
  await rm(folder, { recursive: true })
})

describe('a node without rollback protection', () => {
  it('reports a readiness warning until it has a second place or waits for a peer', async () => {
    const lacking = expect.stringContaining('has no second place (head), and there is no peer to wait for (peers)')
    const texts = async (node: Partial<NodeOptions>) => (await openWorld({ node })).node.warnings().map(({ en }) => en)
    expect(await texts({})).toContainEqual(lacking)
    for (const node of [{ head: headInMemory() }, { awaitsWitness: true }, { log: undefined }])
      expect(await texts(node), Object.keys(node).join()).not.toContainEqual(lacking)
    const ready = await (await openWorld()).send({ path: '/readyz', as: null })
    expect([ready.status, await ready.text()]).toEqual([200, expect.stringContaining('日志头没有第二存放处')])
  })
})

describe('an old backup, while the witness is unreachable,', () => {
  it('stops signing and rejects submissions with the reason', async () => {
    const [file, head] = [name(), createHeadFile(name())]
    const first = await open(file, head)
    await submit(first, 0)
    const old = await backup(first, file)
    const second = await open(file, head)
    await submit(second, 1)

    const restored = await open(old, head)
    expect(await codeOf(submit(restored, 2))).toBe('log.behind-head')
    expect((await restored.store.readLog()).size).toBe(1)
    expect(restored.node.unready().map(({ en }) => en)).toEqual([
      expect.stringContaining('has 1 entries, and its head in the second place has 2'),
    ])
    const ready = await restored.send({ path: '/readyz', as: null })
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('第二存放处')])
    expect(await (await restored.send({ path: '/metrics', as: null })).text()).toContain('tongheng_log_confirmed 0')
    // Not even its current checkpoint is published.
    expect((await restored.send({ path: '/v1/log/checkpoint', as: null })).status).toBe(404)
    const refused = await restored.send({ method: 'PUT', path: recordPath(statements[2] as string), body: statements[2] as string })
    expect([refused.status, (await problemOf(refused)).code]).toEqual([503, 'log.behind-head'])
  })

  it('is detected even if it has the same size and another history', async () => {
    const head = headInMemory()
    const one = await openWorld({ store: createMemoryStore(), node: { head } })
    await submit(one, 0)
    const other = createMemoryStore()
    await submit(await openWorld({ store: other }), 1)
    expect(await codeOf(submit(await openWorld({ store: other, node: { head } }), 2))).toBe('log.behind-head')
  })

  it('halts a running node at its next answer', async () => {
    const [head, store] = [headInMemory(), createMemoryStore()]
    const world = await openWorld({ store, node: { head } })
    await submit(world, 0)
    const elsewhere = await openWorld({ store: createMemoryStore(), node: {} })
    await submit(elsewhere, 5)
    await submit(elsewhere, 6)
    await submit(elsewhere, 7)
    head.text = (await elsewhere.store.readLog()).checkpoint
    expect(await codeOf(submit(world, 1))).toBe('log.behind-head')
    expect(await codeOf(submit(world, 1))).toBe('log.behind-head')
  })
})

describe('a database that lost entries under a running process, as after the promotion of a standby that was behind,', () => {
  /** The store of a process whose database can be replaced while it runs. */
  async function promoted(lost: number) {
    const head = headInMemory()
    const [primary, standby] = [createMemoryStore(), createMemoryStore()]
    let current = primary
    const store = new Proxy(primary, { get: (_, member) => Reflect.get(current, member, current) })
    const world = await openWorld({ store, node: { head } })
    const replica = await openWorld({ store: standby })
    for (let n = 0; n < 10; n++) {
      await submit(world, n)
      if (n < 10 - lost) await submit(replica, n)
    }
    const told = head.text
    current = standby
    return { world, head, told, standby }
  }

  it('halts the process at its next submission, before a receipt is returned', async () => {
    const { world, head, told } = await promoted(3)
    expect(await codeOf(submit(world, 20))).toBe('log.behind-head')
    expect(await codeOf(submit(world, 21))).toBe('log.behind-head')
    expect(head.text).toBe(told)
  })

  it('halts it at its next read of the log', async () => {
    const { world, head, told } = await promoted(3)
    expect((await world.node.options.store.readLog()).checkpoint).toBeUndefined()
    expect(world.node.head.fault?.code).toBe('log.behind-head')
    expect(head.text).toBe(told)
  })

  it('halts it even if other entries have filled the log to the same size and beyond', async () => {
    const { world, head, told, standby } = await promoted(3)
    const other = await openWorld({ store: standby })
    for (let n = 20; n < 26; n++) await submit(other, n)
    expect(await codeOf(submit(world, 30))).toBe('log.behind-head')
    expect(head.text).toBe(told)
  })

  it('continues with a standby that lost nothing', async () => {
    const { world, head } = await promoted(0)
    expect(await codeOf(submit(world, 20))).toBe('taken')
    expect(sizeIn(head.text)).toBe(11)
  })

  it('reports a fault of the store as such, not as a lost head', async () => {
    const head = headInMemory()
    const store = createMemoryStore()
    const world = await openWorld({ store, node: { head } })
    await submit(world, 0)
    const other = await openWorld({ store, node: { head } })
    await submit(other, 1)
    const { tileRoots, statementIds } = store
    const away = async () => Promise.reject(nodeFault('store.away', { cause: 'ECONNRESET' }))
    Object.assign(store, { tileRoots: away, statementIds: away })
    await expect(world.node.options.store.readLog()).rejects.toMatchObject({ code: 'store.away' })
    Object.assign(store, { tileRoots, statementIds })
    expect(world.node.head.fault).toBeUndefined()
    expect(await codeOf(submit(world, 2))).toBe('taken')
  })
})

describe('an honest node', () => {
  it('continues after a crash between commit and swap, with the database ahead', async () => {
    const [file, head] = [name(), headInMemory()]
    const first = await open(file, head)
    await submit(first, 0)
    const before = head.text
    await submit(first, 1)
    head.text = before
    const again = await open(file, head)
    expect(await codeOf(submit(again, 2))).toBe('taken')
    expect(sizeIn(head.text)).toBe(3)
  })

  it('answers no request before the head is in its second place', async () => {
    const head = headInMemory()
    const world = await openWorld({ store: createMemoryStore(), node: { head } })
    await submit(world, 0)
    const told = (await world.store.readLog()).checkpoint
    head.isAway = true
    expect(await codeOf(submit(world, 1))).toBe('log.head-lost')
    // It is committed, but neither its receipt nor its checkpoint was published.
    expect((await world.store.readLog()).size).toBe(2)
    expect((await world.node.options.store.readLog()).checkpoint).toBeUndefined()
    head.isAway = false
    const { isNew, receipt } = await submit(world, 1)
    expect([isNew, receipt]).toEqual([false, expect.any(String)])
    expect((await world.node.options.store.readLog()).checkpoint).not.toBe(told)
    expect(sizeIn(head.text)).toBe(2)
  })

  it('swaps the head once per batch', async () => {
    const head = headInMemory()
    const world = await openWorld({ store: createMemoryStore(), node: { head } })
    const before = head.swaps
    await Promise.all(statements.map((_, n) => submit(world, n)))
    expect(sizeIn(head.text)).toBe(40)
    expect(head.swaps - before).toBeLessThan(20)
  })

  it('shares the head file with another process on its database, and neither reports a loss', async () => {
    const [file, place] = [name(), name()]
    const worlds = [await open(file, createHeadFile(place)), await open(file, createHeadFile(place))]
    const results = await Promise.all(statements.map((_, n) => submit(worlds[n % 2] as World, n)))
    expect(results.map(({ decision }) => decision).filter((decision) => decision === 'rejected')).toEqual([])
    const { size, checkpoint } = await (worlds[0] as World).store.readLog()
    expect([size, await createHeadFile(place).read()]).toEqual([40, checkpoint])
  })
})

describe('a head that was lost', () => {
  it('stops submissions until a witness has confirmed the log, and is then rewritten', async () => {
    const authorities = await fakeAuthorities()
    const [file, head] = [name(), headInMemory()]
    const first = await open(file, head)
    await submit(first, 0)
    const chongqing = await openChongqing({ authorities })
    await follow(first, chongqing)
    head.text = undefined
    expect(await codeOf(submit(first, 1))).toBe('log.head-lost')
    const again = await open(file, head)
    expect(await codeOf(submit(again, 2))).toBe('log.unconfirmed')
    expect(again.node.unready().map(({ zh }) => zh)).toEqual([expect.stringContaining('尚无人确认')])
    await follow(again, chongqing)
    expect(await codeOf(submit(again, 2))).toBe('taken')
    expect(sizeIn(head.text)).toBe(3)
  })

  it('stops submissions and is not overwritten if its file holds something else', async () => {
    const head = headInMemory()
    head.text = 'something else'
    const world = await openWorld({ store: createMemoryStore(), node: { head } })
    expect([await codeOf(submit(world, 0)), head.text]).toEqual(['log.head-lost', 'something else'])
  })
})

describe('a node without a second place', () => {
  it('rejects submissions until its witness confirms the log, and halts if the witness has seen more entries', async () => {
    const authorities = await fakeAuthorities()
    const file = name()
    const chongqing = await openChongqing({ authorities })
    const first = await open(file, undefined, { awaitsWitness: true })
    expect(await codeOf(submit(first, 0))).toBe('log.unconfirmed')
    await follow(first, chongqing)
    expect(await codeOf(submit(first, 0))).toBe('taken')
    const old = await backup(first, file)
    const second = await open(file, undefined, { awaitsWitness: true })
    await follow(second, chongqing)
    await submit(second, 1)
    await follow(second, chongqing)

    const restored = await open(old, undefined, { awaitsWitness: true })
    expect(await codeOf(submit(restored, 2))).toBe('log.unconfirmed')
    await expect(follow(restored, chongqing)).rejects.toMatchObject({ code: 'log.halted' })
    expect(await codeOf(submit(restored, 2))).toBe('log.halted')
  })
})
