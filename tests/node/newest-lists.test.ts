// Why this exists: daily limits, and the number of lists of one address that a node opens at start, must hold even if the clock is changed.
import { createMemoryStore } from 'tongheng/stores/memory'
import { expect, it } from 'vitest'
import { createDailyCounts } from '../../src/node/daily.js'
import { newestLists } from '../../src/node/status-lists.js'
import { statusListName } from '../../src/node/store.js'

const DAY = 86_400

it('a daily counter survives a clock that is set back, and restarts at zero on the next day', () => {
  let now = 10 * DAY + 5
  const counts = createDailyCounts<number>(() => now)
  counts.set('A', 3)
  expect([counts.get('A'), counts.secondsLeft()]).toEqual([3, DAY - 5])
  for (const back of [10 * DAY, 9 * DAY + 1, 0]) {
    now = back
    expect(counts.get('A')).toBe(3)
  }
  now = 11 * DAY
  expect(counts.get('A')).toBeUndefined()
})

it('the four newest status lists of each address are opened at start, the oldest first', async () => {
  const store = createMemoryStore()
  const name = statusListName('11510000MB1F23451P', 'https://node-51.example/v1/status-lists/11510000MB1F23451P/2025')
  for (let version = 1; version <= 6; version++)
    await store.putDocument({ collection: 'status-list', name, version, signed: [`list ${version}`] })
  expect(await newestLists(store, await store.listDocumentNames())).toEqual(['list 3', 'list 4', 'list 5', 'list 6'])
})
