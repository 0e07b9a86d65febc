// Why this exists: every node has the current status lists of all bodies in memory. One issuer, or one authority with many bodies, must not
// fill it; the rejection names the owner of the exhausted limit.
import { createMemoryStore } from 'tongheng/stores/memory'
import type { Trust } from 'tongheng/trust'
import { describe, expect, it } from 'vitest'
import { createStatusListQuota, newestLists } from '../../src/node/status-lists.js'
import { statusListName } from '../../src/node/store.js'

const MIB = 1_048_576
const DAY = 86_400
/** All bodies are in the list of one authority, except those of another. */
const trust = (): Trust =>
  ({ entity: (iss: string) => ({ list: { payload: { iss: iss.startsWith('other') ? 'B' : 'A' } } }) }) as unknown as Trust
function open() {
  const clock = { now: 10 * DAY }
  const { take } = createStatusListQuota(createMemoryStore(), trust, () => clock.now)
  const list = (iss: string, address: number | string, octets: number) =>
    take({ iss, authority: iss.startsWith('other') ? 'B' : 'A', name: statusListName(iss, `https://lists.example/${address}`), octets })
  return { clock, list }
}

describe('the room for status lists', () => {
  it('of one issuer is 32 MiB of current lists: a list that is replaced no longer counts', async () => {
    const { list } = open()
    await list('one', 1, 16 * MIB)
    await list('one', 2, 16 * MIB)
    await expect(list('one', 3, 1)).rejects.toMatchObject({ code: 'status-list.room', details: { iss: 'one', megabytes: 32 } })
    await expect(list('one', 2, 16 * MIB)).resolves.toBeUndefined()
    // A smaller one is accepted nevertheless, and frees memory.
    await list('one', 2, 8 * MIB)
    await list('one', 3, 8 * MIB)
  })

  it('of all bodies of one authority is 128 MiB; those of another have their own', async () => {
    const { list } = open()
    for (const iss of ['one', 'two', 'three', 'four']) await list(iss, 1, 32 * MIB)
    await expect(list('five', 1, 1)).rejects.toMatchObject({ code: 'status-list.room', details: { iss: 'A', megabytes: 128 } })
    await expect(list('other', 1, 32 * MIB)).resolves.toBeUndefined()
  })

  it('is for a hundred addresses, 250 lists and 64 MiB a day of one issuer', async () => {
    const quota = (iss: string) => ({ code: 'status-list.quota', details: { iss, addresses: 100, lists: 250, megabytes: 64 } })
    const { list, clock } = open()
    for (let n = 0; n < 100; n++) await list('addresses', n, 1)
    await expect(list('addresses', 100, 1)).rejects.toMatchObject(quota('addresses'))
    await expect(list('addresses', 0, 1)).resolves.toBeUndefined()
    for (let n = 0; n < 250; n++) await list('lists', 1, 1)
    await expect(list('lists', 1, 1)).rejects.toMatchObject(quota('lists'))
    for (let n = 0; n < 4; n++) await list('octets', 1, 16 * MIB)
    await expect(list('octets', 1, 1)).rejects.toMatchObject(quota('octets'))
    clock.now += DAY
    for (const iss of ['lists', 'octets']) await expect(list(iss, 1, 1)).resolves.toBeUndefined()
    await expect(list('addresses', 100, 1)).rejects.toMatchObject(quota('addresses'))
  })
})

describe('the lists that are opened at start', () => {
  it('are of every address the newest, and older ones as far as their octets allow: 16 MiB of one issuer, 64 MiB of all', async () => {
    const store = createMemoryStore()
    const put = async (iss: string, version: number, octets: number) =>
      store.putDocument({
        collection: 'status-list',
        name: statusListName(iss, 'https://lists.example/1'),
        version,
        signed: [`${iss} ${version} `.padEnd(octets, '.')],
      })
    for (const version of [1, 2, 3]) await put('big', version, 16 * MIB)
    for (const version of [1, 2, 3]) await put('small', version, 10)
    await store.putDocument({
      collection: 'agreement',
      name: statusListName('small', 'https://lists.example/1'),
      version: 9,
      signed: ['agreement'],
    })
    const opened = (await newestLists(store, await store.listDocumentNames())).map((list) => list.slice(0, 7).trim())
    // The second list of `big` uses its whole limit, so the first is left out. The newest are last.
    expect(opened).toEqual(['small 1', 'small 2', 'big 2 .', 'small 3', 'big 3 .'].map((one) => one.slice(0, 7).trim()))
  })

  it('are of many issuers the newest of each, and older ones up to 64 MiB', async () => {
    const signed = ['.'.repeat(16 * MIB)]
    const store = {
      ...createMemoryStore(),
      getDocument: async () => ({ collection: 'status-list' as const, name: '', version: 1, signed }),
    }
    const names = ['one', 'two', 'three', 'four', 'five', 'six'].flatMap((iss) =>
      [1, 2].map((version) => ({ collection: 'status-list' as const, name: statusListName(iss, 'https://lists.example/1'), version })),
    )
    expect(await newestLists(store, names)).toHaveLength(6 + 4)
  })

  it('leave out one that is listed and gone', async () => {
    const name = statusListName('one', 'https://lists.example/1')
    expect(await newestLists(createMemoryStore(), [{ collection: 'status-list', name, version: 1 }])).toEqual([])
  })
})
