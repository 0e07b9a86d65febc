// Why this exists: a node can run on any store, so every adapter must pass this one suite with the same behaviour.
import type { EntryQuery, Store, StoredEntry } from 'tongheng/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { put, type Remember, remember as rememberIn, storedRecord } from './stored-record.js'

/** Reads all records of a query, page by page. */
export async function everyPage(store: Store, query: EntryQuery, limit: number): Promise<{ items: StoredEntry[]; pages: number }> {
  const items: StoredEntry[] = []
  let pages = 0
  let from: number | undefined = 0
  while (from !== undefined) {
    const page: Awaited<ReturnType<Store['listEntries']>> = await store.listEntries(query, { from, limit })
    expect(page.items.length).toBeLessThanOrEqual(limit)
    items.push(...page.items)
    pages++
    from = page.next
  }
  return { items, pages }
}

const idsOf = (records: readonly StoredEntry[]): string[] => records.map(({ statementId }) => statementId)

/** An independent implementation of EntryQuery, as plain as possible. */
function fitsPlainly(record: StoredEntry, query: EntryQuery): boolean {
  const { search } = record
  if (query.number !== undefined && search.number !== query.number) return false
  if (query.serial !== undefined && search.serial !== query.serial && !(search.serials ?? []).includes(query.serial)) return false
  if (query.plate !== undefined && search.plate !== query.plate) return false
  if (query.kind !== undefined && record.kind !== query.kind) return false
  if (query.issuer !== undefined && record.iss !== query.issuer) return false
  if (query.region !== undefined && search.region !== query.region) return false
  if (query.validOn === undefined) return true
  return search.factDate <= query.validOn && (search.validUntil === undefined || query.validOn <= search.validUntil)
}

const HOSTILE = [
  "' OR '1'='1",
  "'; DROP TABLE records; --",
  '" OR ""="',
  "x' UNION SELECT * FROM requests --",
  '%',
  '_%',
  '*',
  '?',
  '?1',
  ':number',
  '\\',
  '\u0000',
  "川'); DELETE FROM records; --",
]

export function storeContract(open: () => Promise<Store>): void {
  let store: Store

  beforeEach(async () => {
    store = await open()
  })

  afterEach(async () => {
    await store.close()
  })

  describe('records', () => {
    it('stores a new record completely, with and without optional members', async () => {
      const full = storedRecord(1, { search: { serial: 'TX9A2303117', plate: '川AT0001' } })
      const bare = storedRecord(2, { search: { serial: undefined, plate: undefined, validUntil: undefined } })
      for (const record of [full, bare]) {
        const kept = await put(store, record)
        expect(kept.isNew).toBe(true)
        expect(kept.entry).toMatchObject(record)
        expect(await store.getEntry(record.statementId)).toEqual(expect.objectContaining(record))
        expect(await store.getEntryByName(record.iss, record.jti)).toEqual(expect.objectContaining(record))
      }
    })

    it('stores every decision and outcome unchanged', async () => {
      const decisions = ['accepted', 'rejected', 'pending'] as const
      const outcomes = ['recognised', 'not-recognised', 'indeterminate'] as const
      let n = 0
      for (const decision of decisions) {
        for (const outcome of outcomes) {
          const record = storedRecord(++n, { decision, outcome, code: `code-${n}`, receivedAt: 253_402_300_799 - n })
          await put(store, record)
          expect(await store.getEntry(record.statementId)).toMatchObject({
            decision,
            outcome,
            code: `code-${n}`,
            receivedAt: record.receivedAt,
          })
        }
      }
    })

    it('returns characters of every Unicode plane unchanged', async () => {
      const record = storedRecord(1, { search: { number: '（川）法计〔2021〕𠀀𪚥 É' }, statement: 'x'.repeat(262_144) })
      await put(store, record)
      expect(await store.getEntry(record.statementId)).toMatchObject(record)
      expect(idsOf((await store.listEntries({ number: record.search.number }, { from: 0, limit: 5 })).items)).toEqual(['statement-1'])
    })

    it('returns the first receipt for a retry', async () => {
      const record = storedRecord(1)
      await put(store, record)
      const again = await put(store, { ...record, receipt: 'another receipt', receivedAt: 5, decision: 'rejected' })
      expect(again.isNew).toBe(false)
      expect(again.entry).toMatchObject(record)
      expect((await everyPage(store, {}, 10)).items).toHaveLength(1)
    })

    it('returns the existing record for another content under the same name, and changes nothing', async () => {
      const record = storedRecord(1)
      await put(store, record)
      const other = await put(store, storedRecord(2, { jti: record.jti }))
      expect(other.isNew).toBe(false)
      expect(other.entry).toMatchObject(record)
      expect(await store.getEntry('statement-2')).toBeUndefined()
      expect(idsOf((await everyPage(store, {}, 10)).items)).toEqual(['statement-1'])
    })

    it('accepts the same name from two issuers', async () => {
      const record = storedRecord(1)
      const other = storedRecord(2, { jti: record.jti, iss: '12510500450820022C' })
      expect((await put(store, record)).isNew).toBe(true)
      expect((await put(store, other)).isNew).toBe(true)
      expect(await store.getEntryByName(record.iss, record.jti)).toMatchObject(record)
      expect(await store.getEntryByName(other.iss, other.jti)).toMatchObject(other)
    })

    it('rejects one statement id under two names without storing either: the id is a digest over the name, so this is a defect', async () => {
      const record = storedRecord(1)
      const clash = storedRecord(2, { statementId: record.statementId })
      await put(store, record)
      await expect(put(store, clash)).rejects.toThrow()
      expect(await store.getEntry(record.statementId)).toMatchObject(record)
      expect(await store.getEntryByName(clash.iss, clash.jti)).toBeUndefined()
      expect((await everyPage(store, {}, 10)).items).toHaveLength(1)
    })

    it('accepts exactly one of many concurrent submissions of a name', async () => {
      const attempts = Array.from({ length: 20 }, (_, n) => storedRecord(n, { jti: '01JQ0000000000000000000000' }))
      const results = await Promise.all(attempts.map((record) => put(store, record)))
      const [winner, ...others] = results.filter(({ isNew }) => isNew)
      expect(others).toEqual([])
      expect(new Set(results.map(({ entry }) => entry.receipt))).toEqual(new Set([winner?.entry.receipt]))
      expect((await everyPage(store, {}, 10)).items).toHaveLength(1)
    })

    it('loses none of many concurrent submissions', async () => {
      await Promise.all(Array.from({ length: 60 }, (_, n) => put(store, storedRecord(n))))
      const { items } = await everyPage(store, {}, 7)
      expect(new Set(idsOf(items)).size).toBe(60)
      expect(items).toHaveLength(60)
    })

    it('returns undefined for an unknown name or id', async () => {
      await put(store, storedRecord(1))
      expect(await store.getEntry('')).toBeUndefined()
      expect(await store.getEntry('statement-2')).toBeUndefined()
      expect(await store.getEntryByName('12510100450770010L', '01JQ0000000000000000000009')).toBeUndefined()
    })
  })

  describe('pages', () => {
    it('lists in order of arrival, regardless of names and dates', async () => {
      for (const n of [5, 1, 9, 3]) await put(store, storedRecord(n, { receivedAt: 2_000_000_000 - n }))
      const { items } = await everyPage(store, {}, 10)
      expect(idsOf(items)).toEqual(['statement-5', 'statement-1', 'statement-9', 'statement-3'])
    })

    it('returns each record once at every page size, and ends without a cursor', async () => {
      const all = Array.from({ length: 9 }, (_, n) => storedRecord(n))
      for (const record of all) await put(store, record)
      for (let limit = 1; limit <= 11; limit++) {
        const { items, pages } = await everyPage(store, {}, limit)
        expect(idsOf(items)).toEqual(idsOf(all))
        expect(pages).toBe(Math.ceil(9 / limit))
      }
    })

    it('returns ascending positions, and a cursor after the last position of the page', async () => {
      for (let n = 0; n < 5; n++) await put(store, storedRecord(n))
      const page = await store.listEntries({}, { from: 0, limit: 3 })
      const positions = page.items.map(({ position }) => position)
      expect(positions).toEqual([...positions].sort((a, b) => a - b))
      expect(new Set(positions).size).toBe(3)
      expect(positions).toEqual([0, 1, 2])
      expect(page.next).toBe(3)
    })

    it('shows a record that arrives between two pages on a later one', async () => {
      for (let n = 0; n < 3; n++) await put(store, storedRecord(n))
      const first = await store.listEntries({}, { from: 0, limit: 2 })
      await put(store, storedRecord(3))
      const second = await store.listEntries({}, { from: first.next as number, limit: 2 })
      expect(idsOf([...first.items, ...second.items])).toEqual(['statement-0', 'statement-1', 'statement-2', 'statement-3'])
      expect(second.next).toBeUndefined()
    })

    it('shows a record once if it is submitted again while a reader pages', async () => {
      for (const n of [0, 0, 1, 0, 2, 1]) await put(store, storedRecord(n))
      await put(store, storedRecord(7, { jti: storedRecord(0).jti }))
      await put(store, storedRecord(3))
      for (let limit = 1; limit <= 5; limit++) {
        expect(idsOf((await everyPage(store, {}, limit)).items)).toEqual(['statement-0', 'statement-1', 'statement-2', 'statement-3'])
      }
    })

    it('is empty past the end, and in an empty store', async () => {
      expect(await store.listEntries({}, { from: 0, limit: 1 })).toEqual({ items: [] })
      await put(store, storedRecord(1))
      for (const from of [1, 2, Number.MAX_SAFE_INTEGER, 1e40])
        expect(await store.listEntries({}, { from, limit: 1 })).toEqual({ items: [] })
    })
  })

  describe('filters', () => {
    const kinds = ['verification-record', 'calibration-result']
    const issuers = ['12510100450770010L', '125000004504012315']
    const records = Array.from({ length: 48 }, (_, n) =>
      storedRecord(n, {
        kind: kinds[n % 2] as string,
        iss: issuers[Math.floor(n / 2) % 2] as string,
        search: {
          number: `N-${Math.floor(n / 4) % 3}`,
          serial: n % 3 === 0 ? undefined : `S-${n % 4}`,
          plate: n % 5 === 0 ? undefined : `川A${n % 3}`,
          region: n % 7 < 4 ? '51' : '50',
          factDate: `2025-0${1 + (n % 6)}-10`,
          validUntil: n % 4 === 0 ? undefined : `2025-1${n % 3}-10`,
        },
      }),
    )
    const queryOf = (record: StoredEntry): Required<Omit<EntryQuery, 'except'>> => ({
      number: record.search.number,
      serial: record.search.serial,
      plate: record.search.plate,
      kind: record.kind,
      issuer: record.iss,
      region: record.search.region,
      validOn: record.search.factDate,
    })
    const members = ['number', 'serial', 'plate', 'kind', 'issuer', 'region', 'validOn'] as const

    beforeEach(async () => {
      for (const record of records) await put(store, record)
    })

    it('find the matching records, for every combination of filters, page by page', async () => {
      let found = 0
      for (let chosen = 0; chosen < 1 << members.length; chosen++) {
        const from = queryOf(records[(chosen * 7 + 1) % records.length] as StoredEntry)
        const query = Object.fromEntries(members.filter((_, at) => (chosen & (1 << at)) !== 0).map((member) => [member, from[member]]))
        const { items } = await everyPage(store, query, 3)
        const expected = records.filter((record) => fitsPlainly(record, query))
        expect(idsOf(items), JSON.stringify(query)).toEqual(idsOf(expected))
        found += items.length
      }
      expect(found).toBeGreaterThan(500)
    })

    it('find nothing if any one filter does not match', async () => {
      const record = records[1] as StoredEntry
      const fitting = queryOf(record)
      expect(idsOf((await everyPage(store, fitting, 50)).items)).toContain(record.statementId)
      for (const member of members) {
        const query = { ...fitting, [member]: member === 'validOn' ? '1999-01-01' : 'nothing-like-it' }
        expect(await store.listEntries(query, { from: 0, limit: 50 }), member).toEqual({ items: [] })
      }
    })

    it('find a batch by the serial number of each of its lines, once, and no other record by them', async () => {
      const serials = Array.from({ length: 1000 }, (_, n) => `M-${n}`)
      const [batch, other] = [
        storedRecord(2001, { search: { serial: undefined, serials } }),
        storedRecord(2002, { search: { serial: 'M-7', serials: undefined } }),
      ]
      await put(store, batch)
      await put(store, other)
      const found = async (query: EntryQuery) => idsOf((await everyPage(store, query, 1)).items)
      for (const serial of ['M-0', 'M-500', 'M-999']) expect(await found({ serial })).toEqual([batch.statementId])
      expect(await found({ serial: 'M-7' })).toEqual([batch.statementId, other.statementId])
      expect(await found({ serial: 'M-7', kind: other.kind, number: other.search.number })).toContain(other.statementId)
      expect(await found({ serial: 'M-1000' })).toEqual([])
      const { position = -1 } = (await store.getEntry(batch.statementId)) ?? {}
      expect(new Set(await store.storedSerials(position, [...serials, 'M-1000']))).toEqual(new Set(serials))
      expect(await store.storedSerials(position + 1, serials)).toEqual([])
      const before = await store.countSerials(position)
      expect([await store.countSerials(position + 1), await store.countSerials()]).toEqual([before + 1000, before + 1000])
    })

    it('do not match a missing serial number or plate with an empty one', async () => {
      expect(await store.listEntries({ serial: '' }, { from: 0, limit: 50 })).toEqual({ items: [] })
      expect(await store.listEntries({ plate: '' }, { from: 0, limit: 50 })).toEqual({ items: [] })
      expect(await store.listEntries({ number: '' }, { from: 0, limit: 50 })).toEqual({ items: [] })
    })

    it('bind every value, so that none is interpreted as SQL', async () => {
      for (const value of HOSTILE) {
        for (const member of members) {
          const { items } = await store.listEntries({ [member]: value }, { from: 0, limit: 50 })
          if (member !== 'validOn') expect(items, `${member} = ${value}`).toEqual([])
        }
        expect(await store.getEntry(value)).toBeUndefined()
        expect(await store.getEntryByName(value, value)).toBeUndefined()
        expect(await store.getDocument('trust-list', value)).toBeUndefined()
      }
      expect((await everyPage(store, {}, 50)).items).toHaveLength(records.length)
    })

    it('store and find hostile values unchanged', async () => {
      for (const [n, value] of HOSTILE.entries()) {
        const record = storedRecord(1000 + n, { search: { number: value, serial: value, plate: value } })
        await put(store, record)
        const { items } = await store.listEntries({ number: value, serial: value, plate: value }, { from: 0, limit: 50 })
        expect(idsOf(items), value).toEqual([record.statementId])
      }
    })
  })

  describe('entries by a key of their issuer', () => {
    const [iss, other] = ['12510100450770010L', '12510500450820022C']
    const by = async (kind: 'number' | 'replaced', keys: readonly { iss: string; value: string }[], limit = 10): Promise<string[][]> =>
      (await store.entriesBy(kind, keys, limit)).map(idsOf)

    beforeEach(async () => {
      const entries = [
        storedRecord(0, { search: { number: 'A-1' } }),
        storedRecord(1, { search: { number: 'A-2', supersedes: 'statement-0' } }),
        storedRecord(2, { search: { number: 'A-1', amends: 'A-1' } }),
        storedRecord(3, { search: { number: 'A-3', supersedes: 'statement-0', amends: 'statement-0' } }),
        storedRecord(4, { iss: other, search: { number: 'A-1', supersedes: 'statement-0', amends: 'A-1' } }),
      ]
      for (const entry of entries) await put(store, entry)
    })

    it('are those of that issuer only, each once, for each key in order of arrival', async () => {
      const keys = [
        { iss, value: 'A-1' },
        { iss: other, value: 'A-1' },
        { iss, value: 'A-9' },
        { iss, value: 'A-1' },
      ]
      expect(await by('number', keys)).toEqual([['statement-0', 'statement-2'], ['statement-4'], [], ['statement-0', 'statement-2']])
      const replaced = [
        { iss, value: 'statement-0' },
        { iss, value: 'A-1' },
        { iss: other, value: 'statement-0' },
        { iss, value: 'statement-1' },
      ]
      expect(await by('replaced', replaced)).toEqual([['statement-1', 'statement-3'], ['statement-2'], ['statement-4'], []])
      expect(await by('number', [])).toEqual([])
    })

    it('are limited per key, so that many of one key do not displace another', async () => {
      for (let n = 10; n < 30; n++) await put(store, storedRecord(n, { search: { number: 'B', amends: 'B' } }))
      const keys = [
        { iss, value: 'B' },
        { iss: other, value: 'A-1' },
      ]
      expect(await by('number', keys, 3)).toEqual([['statement-10', 'statement-11', 'statement-12'], ['statement-4']])
      expect(await by('replaced', keys, 3)).toEqual([['statement-10', 'statement-11', 'statement-12'], ['statement-4']])
    })

    it('are complete, inside and outside a transaction, and every value is bound', async () => {
      const inside = await store.sequence((transaction) => transaction.entriesBy('replaced', [{ iss, value: 'A-1' }], 5))
      expect(inside).toEqual(await store.entriesBy('replaced', [{ iss, value: 'A-1' }], 5))
      expect(inside[0]?.[0]).toMatchObject({ position: 2, search: { number: 'A-1', amends: 'A-1' } })
      for (const value of HOSTILE)
        for (const kind of ['number', 'replaced'] as const) expect(await by(kind, [{ iss, value }])).toEqual([[]])
    })
  })

  describe('validity', () => {
    const on = async (validOn: string): Promise<string[]> => idsOf((await store.listEntries({ validOn }, { from: 0, limit: 10 })).items)

    it('includes the first and the last day', async () => {
      await put(store, storedRecord(1, { search: { factDate: '2025-03-12', validUntil: '2026-03-11' } }))
      expect(await on('2025-03-11')).toEqual([])
      expect(await on('2025-03-12')).toEqual(['statement-1'])
      expect(await on('2025-12-31')).toEqual(['statement-1'])
      expect(await on('2026-03-11')).toEqual(['statement-1'])
      expect(await on('2026-03-12')).toEqual([])
    })

    it('has no end if none is stated', async () => {
      await put(store, storedRecord(1, { search: { factDate: '2025-03-12', validUntil: undefined } }))
      expect(await on('2025-03-11')).toEqual([])
      expect(await on('2025-03-12')).toEqual(['statement-1'])
      expect(await on('9999-12-31')).toEqual(['statement-1'])
    })

    it('can begin and end on the same day', async () => {
      await put(store, storedRecord(1, { search: { factDate: '2025-03-12', validUntil: '2025-03-12' } }))
      expect(await on('2025-03-12')).toEqual(['statement-1'])
      expect(await on('2025-03-13')).toEqual([])
    })
  })

  describe('requests', () => {
    const remember = (jti: string, changes: Partial<Remember> = {}) =>
      rememberIn(store, { iss: 'A', jti, until: 1100, now: 1000, capacity: 100, ...changes })

    it('are recognised as replays until they expire', async () => {
      expect(await remember('one')).toBe('new')
      expect(await remember('one')).toBe('seen')
      expect(await remember('one', { now: 1099 })).toBe('seen')
      expect(await remember('one', { now: 1100 })).toBe('seen')
      expect(await remember('one', { now: 1101, until: 1201 })).toBe('new')
      expect(await remember('one', { now: 1201 })).toBe('seen')
    })

    it('retain their first expiry: a replay neither extends nor shortens it', async () => {
      await remember('one')
      await remember('one', { until: 5000 })
      await remember('one', { until: 1001 })
      expect(await remember('one', { now: 1100 })).toBe('seen')
      expect(await remember('one', { now: 1101, until: 1300 })).toBe('new')
    })

    it('are separate per issuer', async () => {
      expect(await remember('one')).toBe('new')
      expect(await remember('one', { iss: 'B' })).toBe('new')
      expect(await remember('one', { iss: 'B' })).toBe('seen')
    })

    it('are rejected at capacity; none is evicted, and known ones are still recognised', async () => {
      for (const jti of ['a', 'b', 'c']) expect(await remember(jti, { capacity: 3 })).toBe('new')
      expect(await remember('d', { capacity: 3 })).toBe('full')
      for (const jti of ['a', 'b', 'c']) expect(await remember(jti, { capacity: 3 })).toBe('seen')
      expect(await remember('d', { capacity: 3 })).toBe('full')
      expect(await remember('d', { capacity: 4 })).toBe('new')
    })

    it('are deleted at capacity if they have expired, and only then', async () => {
      await remember('old', { until: 1050, capacity: 2 })
      await remember('young', { until: 1500, capacity: 2 })
      expect(await remember('next', { now: 1050, capacity: 2 })).toBe('full')
      expect(await remember('next', { now: 1051, until: 1500, capacity: 2 })).toBe('new')
      expect(await remember('young', { now: 1051, capacity: 2 })).toBe('seen')
      expect(await remember('next', { now: 1051, capacity: 2 })).toBe('seen')
      expect(await remember('old', { now: 1051, capacity: 2 })).toBe('full')
    })

    it('are accepted again under an expired name at capacity', async () => {
      await remember('a', { until: 1050, capacity: 1 })
      expect(await remember('a', { now: 1051, until: 1200, capacity: 1 })).toBe('new')
      expect(await remember('a', { now: 1100, capacity: 1 })).toBe('seen')
    })

    it('are all rejected at capacity 0', async () => {
      expect(await remember('a', { capacity: 0 })).toBe('full')
    })

    it('are new for exactly one of many concurrent calls', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => remember('one')))
      expect(answers.filter((answer) => answer === 'new')).toHaveLength(1)
      expect(answers.filter((answer) => answer === 'seen')).toHaveLength(19)
    })

    it('do not exceed the capacity in concurrent calls', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => remember(`jti-${n}`, { capacity: 8 })))
      expect(answers.filter((answer) => answer === 'new')).toHaveLength(8)
      expect(answers.filter((answer) => answer === 'full')).toHaveLength(12)
    })

    it('are rejected if their expiry is not later than a deleted one, for every issuer, while later ones are accepted', async () => {
      await remember('used', { capacity: 1 })
      // The clock is ahead, so the expired request is deleted.
      expect(await remember('other', { now: 90_000, until: 90_180, capacity: 1 })).toBe('new')
      expect(await remember('used', { capacity: 9 })).toBe('forgotten')
      expect(await remember('never-seen', { until: 1100, capacity: 9 })).toBe('forgotten')
      expect(await remember('after', { until: 1101, capacity: 9 })).toBe('new')
      expect(await remember('other', { until: 90_180, capacity: 9 })).toBe('seen')
    })

    it('are matched by their exact name', async () => {
      for (const jti of HOSTILE) {
        expect(await remember(jti), jti).toBe('new')
        expect(await remember(jti), jti).toBe('seen')
      }
    })
  })

  describe('documents', () => {
    const putList = (name: string, version: number, signed: string[] = [`${name}-${version}`]) =>
      store.putDocument({ collection: 'trust-list', name, version, signed })

    it('are returned by version, or the highest version in numeric order', async () => {
      for (const version of [2, 10, 9, 1]) await putList('sichuan', version)
      expect(await store.getDocument('trust-list', 'sichuan')).toEqual({
        collection: 'trust-list',
        name: 'sichuan',
        version: 10,
        signed: ['sichuan-10'],
      })
      expect((await store.getDocument('trust-list', 'sichuan', 9))?.signed).toEqual(['sichuan-9'])
      expect(await store.getDocument('trust-list', 'sichuan', 3)).toBeUndefined()
      expect(await store.getDocument('trust-list', 'chongqing')).toBeUndefined()
    })

    it('never change once stored', async () => {
      await putList('sichuan', 1, ['first', 'second'])
      await putList('sichuan', 1, ['other'])
      expect((await store.getDocument('trust-list', 'sichuan', 1))?.signed).toEqual(['first', 'second'])
      expect(await store.listDocuments('trust-list')).toHaveLength(1)
    })

    it('are separate per collection', async () => {
      await putList('same', 3)
      await store.putDocument({ collection: 'agreement', name: 'same', version: 1, signed: ['agreement'] })
      expect((await store.getDocument('agreement', 'same'))?.version).toBe(1)
      expect((await store.getDocument('trust-list', 'same'))?.version).toBe(3)
      expect((await store.listDocuments('agreement')).map(({ signed }) => signed)).toEqual([['agreement']])
    })

    it('are listed by name, then by version', async () => {
      await putList('sichuan', 10)
      await putList('chongqing', 1)
      await putList('sichuan', 2)
      expect((await store.listDocuments('trust-list')).map(({ name, version }) => `${name} ${version}`)).toEqual([
        'chongqing 1',
        'sichuan 2',
        'sichuan 10',
      ])
      expect(await store.listDocuments('agreement')).toEqual([])
    })
  })
}
