// Why this exists: several processes write one log under a lock; a transaction must use the state at the time the lock is granted,
// no matter who wrote it.
import { leafHash, openCheckpoint } from 'tongheng/log'
import type { Store } from 'tongheng/node'
import { createMemoryStore } from 'tongheng/stores/memory'
import { beforeAll, describe, expect, it } from 'vitest'
import { hex, naive } from '../log/trees.js'
import { entriesOf, fill, foreign, logHolder, signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, statementIdOf, type World } from '../support/nodes/world.js'

let statements: readonly string[]

beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 900)
})

/** Expects the newest checkpoint to be that of a tree built by the definition from all entries. */
async function expectTree(of: World, size: number): Promise<void> {
  const { checkpoint } = await of.store.readLog()
  const { key } = await logHolder(of.authorities, 'SC-AMR')
  const leaves = (await entriesOf(of)).map(({ statementId }) => leafHash(Buffer.from(statementId, 'base64url')))
  const head = await openCheckpoint(checkpoint as string, key)
  expect([head.size, hex(head.root)]).toEqual([size, hex(naive(leaves))])
}

/** A store whose lock is granted on command, as if another process held it; it counts the transactions. */
function held(store: Store) {
  let free: (() => void) | undefined
  let gate: Promise<void> = Promise.resolve()
  const turns = { count: 0 }
  return {
    turns,
    hold(): void {
      gate = new Promise((done) => {
        free = done
      })
    },
    release: (): void => free?.(),
    store: {
      ...store,
      sequence: async (work) => {
        await gate
        turns.count++
        return store.sequence(work)
      },
    } satisfies Store,
  }
}

const untilAsked = (): Promise<void> => new Promise((done) => setTimeout(done, 20))

describe('the log writer', () => {
  it('batches submissions that arrive while it waits for the store lock', async () => {
    const { store, hold, release, turns } = held(createMemoryStore())
    const of = await openWorld({ store })
    const received = await of.node.receiveFromPeer(statements.slice(0, 20).map(foreign))
    turns.count = 0
    hold()
    const [first, ...others] = received.map((one) => [one])
    const kept = [of.node.takeOver(first as (typeof others)[number])]
    await untilAsked()
    kept.push(...others.map((one) => of.node.takeOver(one)))
    await untilAsked()
    release()
    expect((await Promise.all(kept)).flat()).toMatchObject(statements.slice(0, 20).map(() => ({ isNew: true })))
    expect(turns.count).toBe(1)
    await expectTree(of, 20)
  })

  it('rejects every queued submission if the lock fails, and accepts later ones', async () => {
    const store = createMemoryStore()
    let fails = false
    const of = await openWorld({
      store: { ...store, sequence: (work) => (fails ? Promise.reject(new Error('no connection')) : store.sequence(work)) },
    })
    fails = true
    const results = await Promise.allSettled(statements.slice(0, 5).map((statement) => of.client('CD').records.submit(statement)))
    expect(results.map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
    fails = false
    await of.client('CD').records.submit(statements[0] as string)
    await expectTree(of, 1)
  })

  it('includes submissions that arrive before a retry of the transaction, each once', async () => {
    const store = createMemoryStore()
    let late: Promise<unknown> | undefined
    // Simulates a store where another process appended first: the result of the first attempt is discarded.
    const sequence: Store['sequence'] = async (work) => {
      if (isOnce) {
        isOnce = false
        await store.sequence((turn) => work({ ...turn, append: async () => undefined }))
        late = of.node.takeOver(received.slice(1))
        await untilAsked()
      }
      return store.sequence(work)
    }
    let isOnce = false
    const of = await openWorld({ store: { ...store, sequence } })
    const received = await of.node.receiveFromPeer(statements.slice(0, 3).map(foreign))
    isOnce = true
    await of.node.takeOver(received.slice(0, 1))
    expect((await entriesOf(of)).map(({ statementId }) => statementId)).toEqual(statements.slice(0, 3).map((one) => statementIdOf(one)))
    expect(await late).toMatchObject([{ isNew: true }, { isNew: true }])
    await expectTree(of, 3)
  })
})

describe('a log that another process has appended to', () => {
  it('is continued from its current size, across tile borders, by few entries and by many', async () => {
    const store = createMemoryStore()
    const [one, two] = [await openWorld({ store }), await openWorld({ store })]
    let at = 0
    const write = async (of: World, count: number): Promise<void> => {
      await fill(of, statements.slice(at, at + count))
      at += count
      await expectTree(of, at)
    }
    for (const [n, count] of [1, 1, 250, 3, 1, 0, 2, 256, 1, 255, 1, 1, 1, 100].entries()) await write(n % 2 === 0 ? one : two, count)
  })

  it('is reloaded if it has more new entries than are replayed', async () => {
    const store = createMemoryStore()
    const [one, two] = [await openWorld({ store }), await openWorld({ store })]
    const more = await signMany(one.authorities, 1100, '多')
    await fill(one, statements.slice(0, 5))
    await fill(two, more)
    await fill(one, statements.slice(5, 7))
    await expectTree(one, 1107)
  })

  it('is continued from the restored log after a backup was restored', async () => {
    const [kept, old] = [createMemoryStore(), createMemoryStore()]
    let store: Store = kept
    const of = await openWorld({
      store: {
        ...kept,
        sequence: (work) => store.sequence(work),
        readLog: () => store.readLog(),
        listEntries: (...given) => store.listEntries(...given),
      },
    })
    await fill(of, statements.slice(0, 40))
    const other = await openWorld({ store: old })
    await fill(other, statements.slice(100, 145))
    store = old
    await fill(of, statements.slice(200, 203))
    await expectTree(other, 48)
  })
})
