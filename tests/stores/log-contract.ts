// Why this exists: the log, its followers and its witnesses rest on what a store promises of turns, places and peers; every adapter promises the same.
import type { Growth, Store } from 'tongheng/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { put, storedRecord } from './stored-record.js'

const hash = (n: number): Uint8Array => new Uint8Array(32).fill(n)
const bytes = (hashes: readonly Uint8Array[]): number[] => hashes.map(([first]) => first as number)
const entries = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => storedRecord(from + n))

export function logContract(open: () => Promise<Store>): void {
  let store: Store

  beforeEach(async () => {
    store = await open()
  })

  afterEach(async () => {
    await store.close()
  })

  const append = (growth: Growth): Promise<void> => store.sequence((turn) => turn.append(growth))

  describe('a turn', () => {
    it('keeps entries, tiles and checkpoint at once, and goes on from the size', async () => {
      expect(await store.readLog()).toEqual({ size: 0, checkpoint: undefined, cosigned: undefined })
      await append({ entries: entries(0, 3), tileRoots: [{ level: 1, index: 0, hash: hash(7) }], checkpoint: 'first' })
      expect(await store.readLog()).toEqual({ size: 3, checkpoint: 'first', cosigned: undefined })
      const size = await store.sequence(async (turn) => {
        expect(turn.log).toMatchObject({ size: 3, checkpoint: 'first' })
        expect(await turn.statementIds(0, 3)).toEqual(['statement-0', 'statement-1', 'statement-2'])
        expect(bytes(await turn.tileRoots(1, 0, 1))).toEqual([7])
        await turn.append({ entries: entries(3, 5), tileRoots: [] })
        return turn.log.size
      })
      expect(size).toBe(3)
      // A turn that signs nothing leaves the last checkpoint.
      expect(await store.readLog()).toMatchObject({ size: 5, checkpoint: 'first' })
      expect((await store.getEntry('statement-4'))?.position).toBe(4)
    })

    it('may sign without adding anything', async () => {
      await append({ entries: [], tileRoots: [], checkpoint: 'of nothing' })
      expect(await store.readLog()).toMatchObject({ size: 0, checkpoint: 'of nothing' })
    })

    it('that fails keeps nothing, and is in nobody’s way', async () => {
      await append({ entries: entries(0, 1), tileRoots: [], checkpoint: 'first' })
      const failing = store.sequence(async (turn) => {
        await turn.append({ entries: entries(1, 3), tileRoots: [{ level: 1, index: 0, hash: hash(1) }], checkpoint: 'second' })
        throw new Error('the signer is gone')
      })
      await expect(failing).rejects.toThrow('the signer is gone')
      expect(await store.readLog()).toMatchObject({ size: 1, checkpoint: 'first' })
      expect(await store.getEntry('statement-1')).toBeUndefined()
      expect(await store.tileRoots(1, 0, 1)).toEqual([])
      await append({ entries: entries(1, 2), tileRoots: [] })
      expect(await store.readLog()).toMatchObject({ size: 2 })
    })

    it('whose entries clash keeps none of them', async () => {
      await put(store, storedRecord(1))
      const clashing = [storedRecord(5), storedRecord(1, { statementId: 'other' })]
      await expect(append({ entries: clashing, tileRoots: [], checkpoint: 'wrong' })).rejects.toThrow()
      const doubled = [storedRecord(6), storedRecord(6)]
      await expect(append({ entries: doubled, tileRoots: [], checkpoint: 'wrong' })).rejects.toThrow()
      expect(await store.readLog()).toMatchObject({ size: 1, checkpoint: undefined })
      expect(await store.getEntry('statement-5')).toBeUndefined()
      expect(await store.getEntry('statement-6')).toBeUndefined()
    })

    it('finds names, each at its place, and says which are not there', async () => {
      for (const n of [1, 2]) await put(store, storedRecord(n))
      const found = await store.sequence((turn) => turn.byNames([2, 9, 1, 2].map((n) => storedRecord(n))))
      expect(found.map((entry) => entry?.statementId)).toEqual(['statement-2', undefined, 'statement-1', 'statement-2'])
      expect(await store.sequence((turn) => turn.byNames([]))).toEqual([])
    })

    it('comes after the other: of fifty at once each finds what those before it kept', async () => {
      const seen = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          store.sequence(async (turn) => {
            // Whatever is waited for inside, nobody else is let in.
            await new Promise((resolve) => setTimeout(resolve, n % 3))
            await turn.append({ entries: [storedRecord(n)], tileRoots: [], checkpoint: `of ${turn.log.size + 1}` })
            return turn.log.size
          }),
        ),
      )
      expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n))
      expect(await store.readLog()).toMatchObject({ size: 50, checkpoint: 'of 50' })
    })

    it('takes many entries at once', async () => {
      await append({ entries: entries(0, 512), tileRoots: [0, 1].map((index) => ({ level: 1, index, hash: hash(index) })) })
      expect((await store.statementIds(0, 1000)).length).toBe(512)
      expect(bytes(await store.tileRoots(1, 0, 9))).toEqual([0, 1])
      expect((await store.getEntry('statement-511'))?.position).toBe(511)
    })
  })

  describe('places', () => {
    it('are given in order, end excluded, fewer where the log is shorter', async () => {
      await append({ entries: entries(0, 6), tileRoots: [] })
      expect(await store.statementIds(2, 4)).toEqual(['statement-2', 'statement-3'])
      expect(await store.statements(4, 9)).toEqual(['header.payload-4.signature', 'header.payload-5.signature'])
      expect(await store.statementIds(6, 9)).toEqual([])
      expect(await store.statementIds(3, 3)).toEqual([])
    })

    it('of tiles are by level and index', async () => {
      const tileRoots = [
        { level: 1, index: 0, hash: hash(10) },
        { level: 1, index: 1, hash: hash(11) },
        { level: 2, index: 0, hash: hash(20) },
      ]
      await append({ entries: entries(0, 1), tileRoots })
      expect(bytes(await store.tileRoots(1, 0, 5))).toEqual([10, 11])
      expect(bytes(await store.tileRoots(1, 1, 2))).toEqual([11])
      expect(bytes(await store.tileRoots(2, 0, 5))).toEqual([20])
      expect(await store.tileRoots(3, 0, 5)).toEqual([])
      const [first] = await store.tileRoots(1, 0, 1)
      expect(first?.length).toBe(32)
    })
  })

  describe('a receipt', () => {
    it('that is absent may be given once; the first one stays', async () => {
      await put(store, storedRecord(1, { receipt: undefined }))
      expect((await store.getEntry('statement-1'))?.receipt).toBeUndefined()
      expect(await store.putReceipt('statement-1', 'first')).toBe('first')
      expect(await store.putReceipt('statement-1', 'second')).toBe('first')
      expect((await store.getEntryByName(storedRecord(1).iss, storedRecord(1).jti))?.receipt).toBe('first')
    })

    it('that was there from the start is not replaced, and none is given for what is not kept', async () => {
      await put(store, storedRecord(1))
      expect(await store.putReceipt('statement-1', 'other')).toBe('receipt-1')
      await expect(store.putReceipt('statement-2', 'other')).rejects.toThrow()
    })
  })

  describe('a cosigned checkpoint', () => {
    it('gives way to one of a larger tree, or of the same, never to one of a smaller', async () => {
      await store.putCosigned('of 5', 5)
      await store.putCosigned('of 3', 3)
      expect((await store.readLog()).cosigned).toBe('of 5')
      await store.putCosigned('of 5 again', 5)
      expect((await store.readLog()).cosigned).toBe('of 5 again')
      await store.putCosigned('of 9', 9)
      expect((await store.readLog()).cosigned).toBe('of 9')
    })
  })

  describe('peers', () => {
    const origin = 'node-50.example/v1/log'

    it('advance from the size expected, and only from it', async () => {
      expect(await store.getPeer(origin)).toBeUndefined()
      expect(await store.advancePeer({ origin, checkpoint: 'of 4', size: 4 }, 0)).toBe(false)
      expect(await store.advancePeer({ origin, checkpoint: 'of 4', size: 4 }, -1)).toBe(true)
      expect(await store.advancePeer({ origin, checkpoint: 'again', size: 4 }, -1)).toBe(false)
      expect(await store.advancePeer({ origin, checkpoint: 'of 9', size: 9 }, 3)).toBe(false)
      expect(await store.getPeer(origin)).toEqual({ origin, checkpoint: 'of 4', size: 4, cursor: 0 })
      expect(await store.advancePeer({ origin, checkpoint: 'of 9', size: 9 }, 4)).toBe(true)
      expect(await store.getPeer(origin)).toMatchObject({ checkpoint: 'of 9', size: 9 })
    })

    it('of many at once let exactly one advance', async () => {
      const attempts = Array.from({ length: 10 }, (_, n) => store.advancePeer({ origin, checkpoint: `by ${n}`, size: 4 }, -1))
      expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1)
    })

    it('keep their cursor when they advance, and each its own', async () => {
      await store.advancePeer({ origin, checkpoint: 'a', size: 4 }, -1)
      await store.advancePeer({ origin: 'other', checkpoint: 'b', size: 2 }, -1)
      await store.setCursor(origin, 3)
      await store.advancePeer({ origin, checkpoint: 'c', size: 8 }, 4)
      expect(await store.getPeer(origin)).toEqual({ origin, checkpoint: 'c', size: 8, cursor: 3 })
      expect((await store.getPeer('other'))?.cursor).toBe(0)
      await expect(store.setCursor('nobody', 1)).rejects.toThrow()
    })
  })

  describe('what was skipped', () => {
    const of = (index: number, mark: string, origin = 'a') => ({ origin, index, code: 'key.unknown', mark })

    it('is listed by index where it was judged by other lists, and may be dropped', async () => {
      await store.putSkipped([of(7, 'old'), of(2, 'old'), of(4, 'new'), of(1, 'old', 'b')])
      const list = async (not: string, limit = 10) => (await store.listSkipped('a', { not, limit })).map(({ index }) => index)
      expect(await list('new')).toEqual([2, 7])
      expect(await list('other')).toEqual([2, 4, 7])
      expect(await list('other', 2)).toEqual([2, 4])
      expect(await store.listSkipped('a', { not: 'new', limit: 1 })).toEqual([of(2, 'old')])
      await store.putSkipped([{ ...of(2, 'new'), code: 'signature.invalid' }])
      expect(await list('new')).toEqual([7])
      await store.dropSkipped('a', [7, 99])
      expect(await list('other')).toEqual([2, 4])
      expect(await store.listSkipped('b', { not: '', limit: 9 })).toEqual([of(1, 'old', 'b')])
    })

    it('may be nothing', async () => {
      await store.putSkipped([])
      await store.dropSkipped('a', [])
      expect(await store.listSkipped('a', { not: '', limit: 9 })).toEqual([])
    })
  })

  describe('documents by name', () => {
    it('are listed without their content, in order', async () => {
      for (const [collection, name, version] of [
        ['trust-list', 'b', 2],
        ['status-list', 'x', 9],
        ['trust-list', 'a', 1],
        ['trust-list', 'b', 10],
        ['fork', 'x', 1],
      ] as const)
        await store.putDocument({ collection, name, version, signed: ['content'] })
      expect(await store.listDocumentNames()).toEqual([
        { collection: 'fork', name: 'x', version: 1 },
        { collection: 'status-list', name: 'x', version: 9 },
        { collection: 'trust-list', name: 'a', version: 1 },
        { collection: 'trust-list', name: 'b', version: 2 },
        { collection: 'trust-list', name: 'b', version: 10 },
      ])
    })
  })

  describe('a listing', () => {
    it('may leave a kind out', async () => {
      await put(store, storedRecord(1))
      await put(store, storedRecord(2, { kind: 'notice' }))
      const ids = async (query: Parameters<Store['listEntries']>[0]) =>
        (await store.listEntries(query, { from: 0, limit: 9 })).items.map(({ statementId }) => statementId)
      expect(await ids({ except: 'notice' })).toEqual(['statement-1'])
      expect(await ids({ kind: 'notice' })).toEqual(['statement-2'])
      expect(await ids({ kind: 'notice', except: 'notice' })).toEqual([])
    })
  })
}
