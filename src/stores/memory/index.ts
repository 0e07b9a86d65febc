/** `tongheng/stores/memory`: a store that forgets at exit. For tests, and for a verifier that keeps nothing. */
import type {
  EntriesBy,
  EntryName,
  EntryQuery,
  Growth,
  LogState,
  PeerLog,
  PlacedEntry,
  SkippedEntry,
  Store,
  StoredDocument,
  StoredEntry,
} from '../../node/index.js'
import { createFaultCounter } from '../faults.js'
import { createTurns } from '../turns.js'

/** A store that holds everything in memory and loses it with the process. */
export function createMemoryStore(): Store {
  const entries: PlacedEntry[] = []
  const byId = new Map<string, PlacedEntry>()
  /** Positions, the first one first. */
  const byName = new Map<string, number[]>()
  const tiles = new Map<number, Uint8Array[]>()
  const requests = new Map<string, number>()
  let forgottenUpTo = 0
  const documents: StoredDocument[] = []
  const peers = new Map<string, PeerLog>()
  let skipped: SkippedEntry[] = []
  const inTurn = createTurns()
  let log: LogState = { size: 0 }
  let cosignedSize = -1
  const nameOf = (iss: string, jti: string): string => `${iss}/${jti}`
  const firstOf = ({ iss, jti }: EntryName): PlacedEntry | undefined => entries[byName.get(nameOf(iss, jti))?.[0] ?? -1]
  const tileRoots = async (level: number, start: number, end: number): Promise<readonly Uint8Array[]> =>
    tiles.get(level)?.slice(start, end) ?? []
  const statementIds = async (start: number, end: number): Promise<readonly string[]> =>
    entries.slice(start, end).map(({ statementId }) => statementId)
  const entriesBy: EntriesBy = async (by, keys, limit) =>
    keys.map(({ iss, value }) => {
      const has = ({ jti, search: { number, supersedes, amends } }: PlacedEntry): boolean =>
        by === 'replaced' ? supersedes === value || amends === value : value === (by === 'number' ? number : jti)
      return entries.filter((entry) => entry.iss === iss && has(entry)).slice(0, limit)
    })
  const put = (entry: PlacedEntry): void => {
    entries[entry.position] = entry
    byId.set(entry.statementId, entry)
  }
  /** Whole or not at all. */
  function keep({ entries: more, tileRoots: roots, checkpoint }: Growth): void {
    const ids = new Set<string>()
    for (const { statementId } of more) {
      if (byId.has(statementId) || ids.has(statementId)) throw new Error(`statement ${statementId} is stored already`)
      ids.add(statementId)
    }
    for (const entry of more) {
      const name = nameOf(entry.iss, entry.jti)
      byName.set(name, [...(byName.get(name) ?? []), entries.length])
      put({ ...entry, position: entries.length })
    }
    for (const { level, index, hash } of roots) {
      const own = tiles.get(level) ?? []
      tiles.set(level, own)
      own[index] = hash
    }
    log = { ...log, size: entries.length, checkpoint: checkpoint ?? log.checkpoint }
  }

  return {
    sequence: (work) =>
      inTurn(async () => {
        let growth: Growth | undefined
        const result = await work({
          log,
          byNames: async (names) => names.map(firstOf),
          byIds: async (ids) => ids.map((id) => byId.get(id)),
          entriesBy,
          statementIds,
          tileRoots,
          async append(given) {
            growth = given
          },
        })
        if (growth !== undefined) keep(growth)
        return result
      }),
    async readLog() {
      return log
    },
    statementIds,
    async statements(start, end) {
      return entries.slice(start, end).map(({ statement }) => statement)
    },
    tileRoots,
    async putCosigned(checkpoint, size) {
      if (size < cosignedSize) return
      cosignedSize = size
      log = { ...log, cosigned: checkpoint }
    },
    async getEntry(statementId) {
      return byId.get(statementId)
    },
    async getEntryByName(iss, jti) {
      return firstOf({ iss, jti })
    },
    async listEntries(query, { from, limit }) {
      const items: PlacedEntry[] = []
      for (let at = from; at < entries.length; at++) {
        const entry = entries[at] as PlacedEntry
        if (!fits(entry, query)) continue
        if (items.length === limit) return { items, next: (items.at(-1) as PlacedEntry).position + 1 }
        items.push(entry)
      }
      return { items }
    },
    entriesBy,
    async putReceipt(statementId, receipt) {
      const entry = byId.get(statementId)
      if (entry === undefined) throw new Error(`no entry ${statementId}`)
      if (entry.receipt === undefined) put({ ...entry, receipt })
      return entry.receipt ?? receipt
    },
    async rememberRequests(given, { now, capacity }) {
      return given.map(({ iss, jti, until }) => {
        const name = nameOf(iss, jti)
        const known = requests.get(name)
        if (known !== undefined && known >= now) return 'seen'
        if (until <= forgottenUpTo) return 'forgotten'
        if (requests.size >= capacity)
          for (const [old, end] of requests) if (end < now && requests.delete(old)) forgottenUpTo = Math.max(forgottenUpTo, end)
        if (requests.size >= capacity) return 'full'
        requests.set(name, until)
        return 'new'
      })
    },
    async getPeer(origin) {
      return peers.get(origin)
    },
    async advancePeer(peer, expectedSize) {
      const known = peers.get(peer.origin)
      if ((known?.size ?? -1) !== expectedSize) return false
      peers.set(peer.origin, { ...peer, cursor: known?.cursor ?? 0 })
      return true
    },
    async setCursor(origin, cursor) {
      const known = peers.get(origin)
      if (known === undefined) throw new Error(`no peer ${origin}`)
      peers.set(origin, { ...known, cursor })
    },
    async putSkipped(entries) {
      const isAnew = (old: SkippedEntry): boolean => entries.some(({ origin, index }) => origin === old.origin && index === old.index)
      skipped = [...skipped.filter((old) => !isAnew(old)), ...entries]
    },
    async listSkipped(origin, { not, limit }) {
      return skipped
        .filter((entry) => entry.origin === origin && entry.mark !== not)
        .sort((a, b) => a.index - b.index)
        .slice(0, limit)
    },
    async dropSkipped(origin, indices) {
      skipped = skipped.filter((entry) => entry.origin !== origin || !indices.includes(entry.index))
    },
    async putDocument(document) {
      const there = documents.some(
        ({ collection, name, version }) => collection === document.collection && name === document.name && version === document.version,
      )
      if (!there) documents.push(document)
    },
    async getDocument(collection, name, version) {
      return documents
        .filter(
          (document) => document.collection === collection && document.name === name && (version ?? document.version) === document.version,
        )
        .sort((a, b) => b.version - a.version)[0]
    },
    async listDocuments(collection) {
      return documents.filter((document) => document.collection === collection).sort(inOrder)
    },
    async listDocumentNames() {
      return documents.map(({ collection, name, version }) => ({ collection, name, version })).sort(inOrder)
    },
    async inspect() {
      return {
        faults: [],
        unproved: [],
        size: log.size,
        cosigned: log.cosigned,
        entries: entries.length,
        tiles: [...tiles.values()].reduce((sum, roots) => sum + roots.length, 0),
        heads: 1,
        cosignedSize,
        requests: requests.size,
        requestsCounted: requests.size,
        requestsUntil: [...requests.values()].reduce((latest, until) => Math.max(latest, until), 0),
        peers: [...peers.values()].sort((a, b) => compare(a.origin, b.origin)),
      }
    },
    async probe() {
      // What a process cannot keep in memory ends it.
    },
    faults: createFaultCounter().faults,
    async close() {
      requests.clear()
    },
  }
}

type Name = Omit<StoredDocument, 'signed'>

const inOrder = (a: Name, b: Name): number => compare(a.collection, b.collection) || compare(a.name, b.name) || a.version - b.version
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

function fits({ kind, iss, search }: StoredEntry, query: EntryQuery): boolean {
  const { validOn } = query
  return (
    (query.number ?? search.number) === search.number &&
    (query.serial === undefined || query.serial === search.serial) &&
    (query.plate === undefined || query.plate === search.plate) &&
    (query.kind ?? kind) === kind &&
    query.except !== kind &&
    (query.issuer ?? iss) === iss &&
    (query.region ?? search.region) === search.region &&
    (validOn === undefined || (search.factDate <= validOn && (search.validUntil === undefined || validOn <= search.validUntil)))
  )
}
