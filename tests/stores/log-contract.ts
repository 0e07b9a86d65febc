// Why this exists: the log, peers and receipts use the same port, so every adapter must pass this suite as well as the one for
// records.
import type { Growth, PeerLog, Store, StoredDocument } from 'tongheng/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { storedRecord } from './stored-record.js'

/** Copies to plain `Uint8Array`, because drivers return different byte arrays. */
const bytesOf = async (hashes: Promise<readonly Uint8Array[]>): Promise<Uint8Array[]> => (await hashes).map((hash) => Uint8Array.from(hash))
const hashOf = (n: number): Uint8Array => new Uint8Array(32).fill(n)
const entriesOf = (start: number, end: number) => Array.from({ length: end - start }, (_, n) => storedRecord(start + n))
const idsOf = (start: number, end: number) => entriesOf(start, end).map(({ statementId }) => statementId)

export function logContract(open: () => Promise<Store>): void {
  let store: Store
  const append = (growth: Partial<Growth>): Promise<void> =>
    store.sequence((transaction) => transaction.append({ entries: [], tileRoots: [], ...growth }))

  beforeEach(async () => {
    store = await open()
  })

  afterEach(async () => {
    await store.close()
  })

  describe('the log', () => {
    it('is empty at first', async () => {
      expect(await store.readLog()).toEqual({ size: 0, checkpoint: undefined, cosigned: undefined })
      expect(await store.sequence(async ({ log }) => log)).toEqual({ size: 0, checkpoint: undefined, cosigned: undefined })
      expect(await store.statementIds(0, 256)).toEqual([])
    })

    it('appends hundreds of entries at once, in order, at its end', async () => {
      await append({ entries: entriesOf(0, 3) })
      await append({ entries: entriesOf(3, 515), checkpoint: 'of 515' })
      expect(await store.readLog()).toMatchObject({ size: 515, checkpoint: 'of 515' })
      expect(await store.statementIds(0, 1000)).toEqual(idsOf(0, 515))
      expect(await store.statementIds(256, 259)).toEqual(idsOf(256, 259))
      expect(await store.statements(513, 600)).toEqual(['header.payload-513.signature', 'header.payload-514.signature'])
      expect(await store.statementIds(515, 600)).toEqual([])
      expect((await store.getEntry('statement-400'))?.position).toBe(400)
      expect((await store.getEntryByName(storedRecord(7).iss, storedRecord(7).jti))?.position).toBe(7)
    })

    it('stores entries with and without optional members in one batch', async () => {
      const entries = [
        storedRecord(1, { receipt: undefined, search: { serial: 'S' } }),
        storedRecord(2, { search: { plate: '川A', validUntil: undefined } }),
        storedRecord(3, { search: { number: '' } }),
      ]
      await append({ entries })
      for (const [position, entry] of entries.entries())
        expect(await store.getEntry(entry.statementId)).toEqual({
          ...entry,
          position,
          search: { serial: undefined, plate: undefined, ...entry.search },
        })
    })

    it('shows a transaction the state before it, and hides its appends until it commits', async () => {
      await append({ entries: entriesOf(0, 2), tileRoots: [{ level: 1, index: 0, hash: hashOf(1) }], checkpoint: 'first' })
      await store.sequence(async (transaction) => {
        expect(transaction.log).toMatchObject({ size: 2, checkpoint: 'first' })
        const names = [9, 1, 0, 9].map((n) => storedRecord(n))
        expect((await transaction.byNames(names)).map((entry) => entry?.position)).toEqual([undefined, 1, 0, undefined])
        expect(await transaction.byNames([])).toEqual([])
        expect(await transaction.statementIds(1, 5)).toEqual(idsOf(1, 2))
        expect(await bytesOf(transaction.tileRoots(1, 0, 5))).toEqual([hashOf(1)])
        await transaction.append({ entries: entriesOf(2, 4), tileRoots: [] })
        expect((await store.readLog()).size).toBe(2)
      })
      expect(await store.readLog()).toMatchObject({ size: 4, checkpoint: 'first' })
    })

    it('is unchanged by a transaction that fails, and the next one succeeds', async () => {
      const failing = store.sequence(async (transaction) => {
        await transaction.append({ entries: entriesOf(0, 2), tileRoots: [{ level: 1, index: 0, hash: hashOf(1) }], checkpoint: 'lost' })
        throw new Error('in the middle')
      })
      await expect(failing).rejects.toThrow('in the middle')
      expect(await store.readLog()).toEqual({ size: 0, checkpoint: undefined, cosigned: undefined })
      expect(await bytesOf(store.tileRoots(1, 0, 9))).toEqual([])
      await append({ entries: entriesOf(0, 1) })
      expect(await store.statementIds(0, 9)).toEqual(idsOf(0, 1))
    })

    it('stores two statements under one name, and returns the first by name and each by id', async () => {
      const { iss, jti } = storedRecord(1)
      const second = storedRecord(7, { jti })
      await append({ entries: entriesOf(0, 2) })
      await append({ entries: [second, storedRecord(8), storedRecord(9, { jti: storedRecord(8).jti })] })
      expect((await store.getEntryByName(iss, jti))?.position).toBe(1)
      expect((await store.getEntry(second.statementId))?.position).toBe(2)
      const keys = [jti, 'none', storedRecord(8).jti].map((value) => ({ iss, value }))
      const positionsOf = async (limit: number) =>
        (await store.entriesBy('name', keys, limit)).map((entries) => entries.map(({ position }) => position))
      expect([await positionsOf(9), await positionsOf(1)]).toEqual([
        [[1, 2], [], [3, 4]],
        [[1], [], [3]],
      ])
      await store.sequence(async (transaction) => {
        expect((await transaction.byNames([second, storedRecord(5)])).map((entry) => entry?.position)).toEqual([1, undefined])
        expect(
          (await transaction.byIds([second.statementId, 'none', storedRecord(0).statementId])).map((entry) => entry?.position),
        ).toEqual([2, undefined, 0])
        expect(await transaction.byIds([])).toEqual([])
      })
      await store.putReceipt(second.statementId, 'late')
      expect((await store.getEntryByName(iss, jti))?.position).toBe(1)
    })

    it('is unchanged by a growth that contains one entry twice', async () => {
      await append({ entries: entriesOf(0, 1) })
      await expect(append({ entries: [storedRecord(5), storedRecord(5)], checkpoint: 'lost' })).rejects.toThrow()
      await expect(append({ entries: [storedRecord(6), storedRecord(0)], checkpoint: 'lost' })).rejects.toThrow()
      expect(await store.readLog()).toEqual({ size: 1, checkpoint: undefined, cosigned: undefined })
      expect(await store.getEntry('statement-6')).toBeUndefined()
    })

    it('runs transactions serially, each with the entries of the one before', async () => {
      const sizes = await Promise.all(
        Array.from({ length: 12 }, () =>
          store.sequence(async (transaction) => {
            await transaction.append({ entries: entriesOf(transaction.log.size * 2, transaction.log.size * 2 + 1), tileRoots: [] })
            return transaction.log.size
          }),
        ),
      )
      expect([...sizes].sort((a, b) => a - b)).toEqual([...sizes.keys()])
    })

    it('stores tile roots by level and index', async () => {
      const tileRoots = [
        { level: 1, index: 0, hash: hashOf(1) },
        { level: 1, index: 1, hash: hashOf(2) },
        { level: 2, index: 0, hash: hashOf(3) },
      ]
      await append({ tileRoots })
      expect(await bytesOf(store.tileRoots(1, 0, 256))).toEqual([hashOf(1), hashOf(2)])
      expect(await bytesOf(store.tileRoots(1, 1, 2))).toEqual([hashOf(2)])
      expect(await bytesOf(store.tileRoots(2, 0, 1))).toEqual([hashOf(3)])
      expect(await bytesOf(store.tileRoots(3, 0, 1))).toEqual([])
    })

    it('accepts a checkpoint without entries, and never a cosigned one of a smaller tree', async () => {
      await append({ checkpoint: 'of 0' })
      await store.putCosigned('cosigned 5', 5)
      await store.putCosigned('cosigned 4', 4)
      expect(await store.readLog()).toEqual({ size: 0, checkpoint: 'of 0', cosigned: 'cosigned 5' })
      await store.putCosigned('cosigned 5, by two', 5)
      await append({ entries: entriesOf(0, 1), checkpoint: 'of 1' })
      expect(await store.readLog()).toEqual({ size: 1, checkpoint: 'of 1', cosigned: 'cosigned 5, by two' })
    })

    it('stores the first receipt of an entry that had none', async () => {
      await append({ entries: [storedRecord(1, { receipt: undefined }), storedRecord(2)] })
      const kept = await Promise.all(['first', 'second', 'third'].map((receipt) => store.putReceipt('statement-1', receipt)))
      expect(new Set(kept).size).toBe(1)
      expect((await store.getEntry('statement-1'))?.receipt).toBe(kept[0])
      expect(await store.putReceipt('statement-2', 'late')).toBe('receipt-2')
      await expect(store.putReceipt('statement-3', 'of nothing')).rejects.toThrow('statement-3')
    })
  })

  describe('a peer log', () => {
    const origin = 'log.example/cq'
    const peer = (size: number): Omit<PeerLog, 'cursor'> => ({ origin, checkpoint: `of ${size}`, size })

    it('advances only from the expected size', async () => {
      expect(await store.getPeer(origin)).toBeUndefined()
      expect(await store.advancePeer(peer(3), 0)).toBe(false)
      expect(await store.advancePeer(peer(3), -1)).toBe(true)
      expect(await store.advancePeer(peer(9), -1)).toBe(false)
      expect(await store.advancePeer(peer(9), 2)).toBe(false)
      await store.setCursor(origin, 2)
      expect(await store.advancePeer(peer(9), 3)).toBe(true)
      expect(await store.getPeer(origin)).toEqual({ ...peer(9), cursor: 2 })
      expect(await store.getPeer('another')).toBeUndefined()
      await expect(store.setCursor('another', 1)).rejects.toThrow('another')
    })

    it('advances once if many calls create or advance it concurrently', async () => {
      const begun = await Promise.all([1, 2, 3, 4].map((size) => store.advancePeer(peer(size), -1)))
      expect(begun.filter(Boolean)).toHaveLength(1)
      const { size = 0 } = (await store.getPeer(origin)) ?? {}
      const gone = await Promise.all([5, 6, 7, 8].map((next) => store.advancePeer(peer(next), size)))
      expect(gone.filter(Boolean)).toHaveLength(1)
    })

    it('has skipped entries to retry under other trust lists, ordered by index', async () => {
      const skipped = (index: number, mark: string, code = 'kid.unknown') => ({ origin, index, code, mark })
      await store.putSkipped([skipped(10, 'old'), skipped(9, 'old'), skipped(2, 'new')])
      await store.putSkipped([{ ...skipped(1, 'old'), origin: 'another' }])
      expect(await store.listSkipped(origin, { not: 'new', limit: 9 })).toEqual([skipped(9, 'old'), skipped(10, 'old')])
      expect(await store.listSkipped(origin, { not: 'old', limit: 9 })).toEqual([skipped(2, 'new')])
      expect(await store.listSkipped(origin, { not: '', limit: 1 })).toEqual([skipped(2, 'new')])
      await store.putSkipped([skipped(9, 'new', 'key.expired'), skipped(11, 'new')])
      expect(await store.listSkipped(origin, { not: '', limit: 9 })).toEqual([
        skipped(2, 'new'),
        skipped(9, 'new', 'key.expired'),
        skipped(10, 'old'),
        skipped(11, 'new'),
      ])
      await store.dropSkipped(origin, [9, 2, 77])
      await store.dropSkipped(origin, [])
      await store.putSkipped([])
      expect((await store.listSkipped(origin, { not: '', limit: 9 })).map(({ index }) => index)).toEqual([10, 11])
      expect(await store.listSkipped('another', { not: '', limit: 9 })).toHaveLength(1)
    })
  })

  describe('names of documents', () => {
    it('are listed by collection, name and version, without the documents', async () => {
      for (const [collection, name, version] of [
        ['trust-list', 'b', 10],
        ['trust-list', 'b', 9],
        ['fork', 'z', 1],
        ['trust-list', 'B', 1],
      ] as const)
        await store.putDocument({ collection, name, version, signed: ['x'] })
      expect(await store.listDocumentNames()).toEqual([
        { collection: 'fork', name: 'z', version: 1 },
        { collection: 'trust-list', name: 'B', version: 1 },
        { collection: 'trust-list', name: 'b', version: 9 },
        { collection: 'trust-list', name: 'b', version: 10 },
      ])
    })

    it('are listed of one collection, or by the newest versions of each name', async () => {
      const given: StoredDocument[] = []
      for (const [collection, name, versions] of [
        ['status-list', 'b', 7],
        ['status-list', 'a', 2],
        ['agreement', 'é', 3],
        ['reader', 'r', 12],
        ['status-list', '表', 4],
      ] as const)
        for (let version = versions; version > 0; version--) given.push({ collection, name, version: version * 1000, signed: ['x'] })
      for (const document of given) await store.putDocument(document)
      const all = await store.listDocumentNames()
      expect(all).toHaveLength(28)
      for (const newest of [1, 2, 4, 50]) {
        const expected = all.filter(
          ({ collection, name, version }) =>
            all.filter((one) => one.collection === collection && one.name === name && one.version > version).length < newest,
        )
        expect(await store.listDocumentNames({ newest })).toEqual(expected)
        const lists = expected.filter(({ collection }) => collection === 'status-list')
        expect(await store.listDocumentNames({ collection: 'status-list', newest })).toEqual(lists)
      }
      expect(await store.listDocumentNames({ collection: 'reader' })).toEqual(all.filter(({ collection }) => collection === 'reader'))
      expect(await store.listDocumentNames({ collection: 'fork', newest: 3 })).toEqual([])
    })

    it('are stored once if many calls add them concurrently', async () => {
      const bring = (n: number) => store.putDocument({ collection: 'agreement', name: 'one', version: 1, signed: [`${n}`] })
      await Promise.all(Array.from({ length: 8 }, (_, n) => bring(n)))
      expect(await store.listDocuments('agreement')).toHaveLength(1)
    })
  })

  describe('a listing', () => {
    it('can exclude kinds', async () => {
      await append({ entries: [storedRecord(1), storedRecord(2, { kind: 'notice' }), storedRecord(3, { kind: 'joint' })] })
      const ids = async (query: Parameters<Store['listEntries']>[0]) =>
        (await store.listEntries(query, { from: 0, limit: 9 })).items.map(({ statementId }) => statementId)
      expect(await ids({ except: ['notice', 'joint'] })).toEqual(['statement-1'])
      expect(await ids({ except: ['notice'] })).toEqual(['statement-1', 'statement-3'])
      expect(await ids({ except: [] })).toEqual(['statement-1', 'statement-2', 'statement-3'])
      expect(await ids({ kind: 'notice' })).toEqual(['statement-2'])
      expect(await ids({ kind: ['joint', 'notice'] })).toEqual(['statement-2', 'statement-3'])
      expect(await ids({ kind: [] })).toEqual([])
      expect(await ids({ kind: 'notice', except: ['notice'] })).toEqual([])
    })
  })

  describe('a lookup by names', () => {
    it('returns the entry or undefined at the index of each name', async () => {
      await append({ entries: [storedRecord(1), storedRecord(2)] })
      const found = await store.sequence((transaction) => transaction.byNames([2, 9, 1, 2].map((n) => storedRecord(n))))
      expect(found.map((entry) => entry?.statementId)).toEqual(['statement-2', undefined, 'statement-1', 'statement-2'])
      expect(await store.sequence((transaction) => transaction.byNames([]))).toEqual([])
    })
  })
}
