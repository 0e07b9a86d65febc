// Why this exists: an inspector searches for a plate or a serial number. Which records belong to it must not depend on their number, and
// for a number that many instruments share, the node must not read all records.
import type { PlacedEntry, Store } from 'tongheng/node'
import { describe, expect, it } from 'vitest'
import { entriesInParts } from '../../src/node/entries-in-parts.js'
import { recordsOfInstrument } from '../../src/node/search.js'

interface Named {
  readonly serial?: string
  readonly plate?: string
}
/** A store of verification records with these names, in pages; and the queries. */
function storeOf(records: readonly Named[]) {
  const asked: (Named & { readonly from: number })[] = []
  const entries = records.map((search, position) => ({ position, statementId: `id-${position}`, search })) as unknown as PlacedEntry[]
  const listEntries: Store['listEntries'] = async ({ kind, serial, plate }, { from, limit }) => {
    expect(kind).toBe('verification-record')
    asked.push({ from, ...(serial !== undefined && { serial }), ...(plate !== undefined && { plate }) })
    const found = entries.filter(
      ({ position, search }) =>
        position >= from && (serial === undefined || search.serial === serial) && (plate === undefined || search.plate === plate),
    )
    const items = found.slice(0, limit)
    return { items, ...(found.length > limit && { next: (items.at(-1) as PlacedEntry).position + 1 }) }
  }
  return { asked, store: { listEntries } as unknown as Store }
}
const positions = ({ entries }: Awaited<ReturnType<typeof recordsOfInstrument>>) => entries.map(({ position }) => position)
const names = (asked: readonly Named[]) => [...new Set(asked.map(({ serial, plate }) => serial ?? plate))]

describe('the records of an instrument', () => {
  it('are found two links far, in the order of the log; those of the query itself are named', async () => {
    const { store, asked } = storeOf([
      { serial: 'C', plate: 'P3' },
      { serial: 'B', plate: 'P2' },
      { serial: 'B', plate: 'P1' },
      { serial: 'A', plate: 'P1' },
      { serial: 'C', plate: 'P2' },
      { serial: 'A' },
      { serial: 'X', plate: 'P9' },
    ])
    const found = await recordsOfInstrument(store, { serial: 'A' })
    expect(positions(found)).toEqual([1, 2, 3, 5])
    expect([[...found.named].sort(), found.next]).toEqual([['id-3', 'id-5'], undefined])
    expect(names(asked)).toEqual(['A', 'P1', 'B'])
  })

  it('are read page by page, and none is there twice', async () => {
    const { store, asked } = storeOf(Array.from({ length: 40 }, () => ({ serial: 'A', plate: 'P1' })))
    expect(positions(await recordsOfInstrument(store, { plate: 'P1' }))).toEqual([...Array(40).keys()])
    expect(asked.filter(({ plate }) => plate === 'P1').map(({ from }) => from)).toContain(16)
  })

  it('are returned in pages if there are more than a thousand: the first page, and the pages from a position', async () => {
    for (const [count, next] of [
      [1000, undefined],
      [1001, 250],
    ] as const) {
      const { store } = storeOf(Array.from({ length: count }, () => ({ serial: 'A' })))
      const found = await recordsOfInstrument(store, { serial: 'A' })
      expect([found.entries.length, found.next, found.named.size]).toEqual([next ?? 1000, next, next ?? 1000])
    }
    const { store, asked } = storeOf(Array.from({ length: 600 }, (_, n) => ({ serial: n % 2 === 0 ? 'A' : 'B', plate: 'P1' })))
    const second = await recordsOfInstrument(store, { serial: 'A' }, 100)
    expect([positions(second)[0], second.entries.length, second.next, second.named.size]).toEqual([100, 250, undefined, 250])
    const third = await recordsOfInstrument(store, { plate: 'P1' }, 100)
    expect([positions(third).at(-1), third.next]).toEqual([349, 350])
    // The caller follows the links.
    expect(names(asked)).toEqual(['A', 'P1'])
  })

  it('are returned in pages if more than two hundred names would have to be looked up', async () => {
    for (const [serials, isWhole] of [
      [199, true],
      [200, false],
    ] as const) {
      const { store, asked } = storeOf([
        ...Array.from({ length: 300 }, () => ({ plate: 'P1' })),
        ...Array.from({ length: serials }, (_, n) => ({ serial: `S${n}`, plate: 'P1' })),
      ])
      const found = await recordsOfInstrument(store, { plate: 'P1' })
      expect([found.entries.length, found.next, found.named.size]).toEqual(isWhole ? [499, undefined, 499] : [250, 250, 250])
      expect(names(asked)).toHaveLength(200)
    }
  })

  it('without a number are not looked up by it', async () => {
    const { store, asked } = storeOf([{ plate: 'P1', serial: '无' }, { plate: 'P1' }, { serial: '无' }])
    expect(positions(await recordsOfInstrument(store, { plate: 'P1' }))).toEqual([0, 1])
    expect(names(asked)).toEqual(['P1'])
  })
})

describe('many keys', () => {
  it.each([
    [0, [0]],
    [32, [32]],
    [33, [32, 1]],
    [100, [32, 32, 32, 4]],
  ])('%i are looked up in batches of %j, each once', async (count, batches) => {
    const asked: number[] = []
    const keys = Array.from({ length: count }, (_, n) => ({ iss: 'x', value: String(n) }))
    const reader = {
      entriesBy: async (by: string, some: readonly { value: string }[], limit: number) => {
        expect([by, limit]).toEqual(['number', 7])
        asked.push(some.length)
        return some.map(({ value }) => ({ value }))
      },
    }
    const found = await entriesInParts(reader as unknown as Parameters<typeof entriesInParts>[0], 'number', keys, 7)
    expect([asked, found.map((one) => (one as unknown as { value: string }).value)]).toEqual([batches, keys.map(({ value }) => value)])
  })
})
