// Why this exists: two processes on one database append alternately. A few entries of the other process are replayed, because reading the
// right edge of a large log costs many reads; after many entries, the edge is read again.
import type { Store } from 'tongheng/node'
import { createMemoryStore } from 'tongheng/stores/memory'
import { beforeAll, expect, it } from 'vitest'
import { fill, signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, statementIdOf, uscc } from '../support/nodes/world.js'

let statements: readonly string[]
beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 1032)
})

it.each([
  [1, true],
  [1024, true],
  [1025, false],
])('%i entries of another process are replayed: %s', async (count, isReplayed) => {
  const shared = createMemoryStore()
  const replayed: [number, number][] = []
  const store: Store = {
    ...shared,
    sequence: (work) =>
      shared.sequence((transaction) => {
        const statementIds: typeof transaction.statementIds = async (start, end) => {
          replayed.push([start, end])
          return transaction.statementIds(start, end)
        }
        return work(Object.assign(Object.create(transaction), { statementIds }))
      }),
  }
  const [one, two] = [await openWorld({ store }), await openWorld({ store: shared })]
  await fill(one, statements.slice(0, 3))
  await fill(two, statements.slice(3, 3 + count))
  replayed.length = 0
  const last = statements.at(-1) as string
  await fill(one, [last])
  expect(replayed.some(([start, end]) => start === 3 && end === 3 + count)).toBe(isReplayed)
  // In both cases the tree has all entries: the inclusion of the last one is proved in it.
  const { receipt } = await one.node.submit({ statement: last, sender: uscc('CD'), requestId: 'r' })
  expect(receipt.length).toBeGreaterThan(0)
  expect((await one.client('CD').log.place(statementIdOf(last))).index).toBe(3 + count)
})
