/** `tongheng/stores/memory`: a store without persistence, for tests and for verifiers that store no records. */
import type {
  EntryName,
  EntryQuery,
  Growth,
  LogState,
  LogTransaction,
  PeerLog,
  PlacedEntry,
  SkippedEntry,
  Store,
  StoredDocument,
  StoredEntry,
} from '../../node/index.js'
import { createFaultCounter } from '../faults.js'
import { createMutex } from '../mutex.js'

export { createMemoryTiles } from './tiles.js'

/**
 * Creates a store that holds all data in memory and loses it when the process ends.
 * @example
 * ```ts
 * import { createMemoryStore } from 'tongheng/stores/memory'
 *
 * const store = createMemoryStore()
 * ;(await store.readLog()).size // => 0
 * ```
 */
export function createMemoryStore(): Store {
  const log = createLog()
  const requests = createRequests()
  const peers = new Map<string, PeerLog>()
  const exclusively = createMutex()
  return {
    sequence: (work) =>
      exclusively(async () => {
        let growth: Growth | undefined
        const result = await work({
          ...log.reading,
          log: log.state(),
          async append(given) {
            growth = given
          },
        })
        if (growth !== undefined) log.grow(growth)
        return result
      }),
    ...log.calls,
    statementIds: log.reading.statementIds,
    tileRoots: log.reading.tileRoots,
    entriesBy: log.reading.entriesBy,
    rememberRequests: requests.remember,
    ...peerCalls(peers),
    ...skippedCalls(),
    ...documentCalls(),
    inspect: async () => ({
      faults: [],
      unproved: [],
      ...log.counts(),
      heads: 1,
      ...requests.counts(),
      peers: [...peers.values()].sort((a, b) => compare(a.origin, b.origin)),
    }),
    async probe() {
      // Always ready: a process that runs out of memory ends.
    },
    faults: createFaultCounter().faults,
    async close() {
      requests.clear()
    },
  }
}

type LogCalls = Pick<
  Store,
  'readLog' | 'statements' | 'putCosigned' | 'getEntry' | 'getEntryByName' | 'listEntries' | 'putReceipt' | 'storedSerials' | 'countSerials'
>

/** Entries, the tree over them, and the newest checkpoint. */
interface Tables {
  readonly entries: PlacedEntry[]
  readonly byId: Map<string, PlacedEntry>
  /** Positions of the entries with a given name, in ascending order. */
  readonly byName: Map<string, number[]>
  /** Roots of tiles by level. */
  readonly tiles: Map<number, Uint8Array[]>
  log: LogState
  cosignedSize: number
}

const nameOf = ({ iss, jti }: EntryName): string => `${iss}/${jti}`

function put({ entries, byId }: Tables, entry: PlacedEntry): void {
  entries[entry.position] = entry
  byId.set(entry.statementId, entry)
}

function createLog() {
  const tables: Tables = { entries: [], byId: new Map(), byName: new Map(), tiles: new Map(), log: { size: 0 }, cosignedSize: -1 }
  const { entries, tiles } = tables
  return {
    state: () => tables.log,
    reading: readingOf(tables),
    calls: logCalls(tables),
    grow: (growth: Growth) => grow(tables, growth),
    counts: () => ({
      size: tables.log.size,
      cosigned: tables.log.cosigned,
      cosignedSize: tables.cosignedSize,
      entries: entries.length,
      tiles: [...tiles.values()].reduce((sum, roots) => sum + roots.length, 0),
    }),
  }
}

/** Read operations shared by the transaction and the store. */
function readingOf({ entries, byId, byName, tiles }: Tables): Omit<LogTransaction, 'log' | 'append'> {
  return {
    byNames: async (names) => names.map((name) => entries[byName.get(nameOf(name))?.[0] ?? -1]),
    byIds: async (ids) => ids.map((id) => byId.get(id)),
    statementIds: async (start, end) => entries.slice(start, end).map(({ statementId }) => statementId),
    tileRoots: async (level, start, end) => tiles.get(level)?.slice(start, end) ?? [],
    entriesBy: async (by, keys, limit) =>
      keys.map(({ iss, value }) => {
        const has = ({ jti, search: { number, supersedes, amends } }: PlacedEntry): boolean =>
          by === 'replaced' ? supersedes === value || amends === value : value === (by === 'number' ? number : jti)
        return entries.filter((entry) => entry.iss === iss && has(entry)).slice(0, limit)
      }),
  }
}

/** Atomic: validates all entries before it changes any table. */
function grow(tables: Tables, { entries: more, tileRoots: roots, checkpoint }: Growth): void {
  const { entries, byId, byName, tiles } = tables
  const ids = new Set<string>()
  for (const { statementId } of more) {
    if (byId.has(statementId) || ids.has(statementId)) throw new Error(`statement ${statementId} is stored already`)
    ids.add(statementId)
  }
  for (const entry of more) {
    const name = nameOf(entry)
    byName.set(name, [...(byName.get(name) ?? []), entries.length])
    put(tables, { ...entry, position: entries.length })
  }
  for (const { level, index, hash } of roots) {
    const own = tiles.get(level) ?? []
    tiles.set(level, own)
    own[index] = hash
  }
  tables.log = { ...tables.log, size: entries.length, checkpoint: checkpoint ?? tables.log.checkpoint }
}

function logCalls(tables: Tables): LogCalls {
  const { entries, byId, byName } = tables
  return {
    readLog: async () => tables.log,
    statements: async (start, end) => entries.slice(start, end).map(({ statement }) => statement),
    async putCosigned(checkpoint, size) {
      if (size < tables.cosignedSize) return
      tables.cosignedSize = size
      tables.log = { ...tables.log, cosigned: checkpoint }
    },
    getEntry: async (statementId) => byId.get(statementId),
    getEntryByName: async (iss, jti) => entries[byName.get(nameOf({ iss, jti }))?.[0] ?? -1],
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
    async storedSerials(position, serials) {
      const stored = new Set(entries[position]?.search.serials ?? [])
      return serials.filter((serial) => stored.has(serial))
    },
    countSerials: async (before) => entries.slice(0, before).reduce((sum, { search }) => sum + (search.serials?.length ?? 0), 0),
    async putReceipt(statementId, receipt) {
      const entry = byId.get(statementId)
      if (entry === undefined) throw new Error(`no entry ${statementId}`)
      if (entry.receipt === undefined) put(tables, { ...entry, receipt })
      return entry.receipt ?? receipt
    },
  }
}

/** Replay protection: the expiry of each request, by issuer and `jti`. */
function createRequests() {
  const requests = new Map<string, number>()
  let forgottenUpTo = 0
  const remember: Store['rememberRequests'] = async (given, { now, capacity }) =>
    given.map(({ iss, jti, until }) => {
      const name = nameOf({ iss, jti })
      const known = requests.get(name)
      if (known !== undefined && known >= now) return 'seen'
      if (until <= forgottenUpTo) return 'forgotten'
      if (requests.size >= capacity)
        for (const [old, end] of requests) if (end < now && requests.delete(old)) forgottenUpTo = Math.max(forgottenUpTo, end)
      if (requests.size >= capacity) return 'full'
      requests.set(name, until)
      return 'new'
    })
  return {
    remember,
    counts: () => ({
      requests: requests.size,
      requestsCounted: requests.size,
      requestsUntil: [...requests.values()].reduce((latest, until) => Math.max(latest, until), 0),
    }),
    clear: () => requests.clear(),
  }
}

const peerCalls = (peers: Map<string, PeerLog>): Pick<Store, 'getPeer' | 'advancePeer' | 'setCursor'> => ({
  getPeer: async (origin) => peers.get(origin),
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
})

function skippedCalls(): Pick<Store, 'putSkipped' | 'listSkipped' | 'dropSkipped'> {
  let skipped: SkippedEntry[] = []
  return {
    async putSkipped(entries) {
      const isReplaced = (old: SkippedEntry): boolean => entries.some(({ origin, index }) => origin === old.origin && index === old.index)
      skipped = [...skipped.filter((old) => !isReplaced(old)), ...entries]
    },
    listSkipped: async (origin, { not, limit }) =>
      skipped
        .filter((entry) => entry.origin === origin && entry.mark !== not)
        .sort((a, b) => a.index - b.index)
        .slice(0, limit),
    async dropSkipped(origin, indices) {
      skipped = skipped.filter((entry) => entry.origin !== origin || !indices.includes(entry.index))
    },
  }
}

function documentCalls(): Pick<Store, 'putDocument' | 'getDocument' | 'listDocuments' | 'listDocumentNames'> {
  /** Versions of each document in ascending order, by collection and name. */
  const documents = new Map<StoredDocument['collection'], Map<string, StoredDocument[]>>()
  const versionsOf = (collection: StoredDocument['collection'], name: string): StoredDocument[] =>
    documents.get(collection)?.get(name) ?? []
  const namesIn = (collection: StoredDocument['collection']): [string, StoredDocument[]][] =>
    [...(documents.get(collection) ?? [])].sort(([a], [b]) => compare(a, b))
  return {
    async putDocument(document) {
      const { collection, name, version } = document
      const versions = versionsOf(collection, name)
      if (versions.some((one) => one.version === version)) return
      const names = documents.get(collection) ?? new Map<string, StoredDocument[]>()
      documents.set(
        collection,
        names.set(
          name,
          [...versions, document].sort((a, b) => a.version - b.version),
        ),
      )
    },
    getDocument: async (collection, name, version) =>
      version === undefined
        ? versionsOf(collection, name).at(-1)
        : versionsOf(collection, name).find((document) => document.version === version),
    listDocuments: async (collection) => namesIn(collection).flatMap(([, versions]) => versions),
    listDocumentNames: async ({ collection: only, newest = Number.POSITIVE_INFINITY } = {}) =>
      (only === undefined ? [...documents.keys()].sort() : [only]).flatMap((collection) =>
        namesIn(collection).flatMap(([name, versions]) => versions.slice(-newest).map(({ version }) => ({ collection, name, version }))),
      ),
  }
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

function fits({ kind, iss, search }: StoredEntry, query: EntryQuery): boolean {
  const { validOn } = query
  return (
    (query.number ?? search.number) === search.number &&
    (query.serial === undefined || query.serial === search.serial || search.serials?.includes(query.serial) === true) &&
    (query.plate === undefined || query.plate === search.plate) &&
    (query.kind === undefined || query.kind === kind || (typeof query.kind !== 'string' && query.kind.includes(kind))) &&
    query.except?.includes(kind) !== true &&
    (query.issuer ?? iss) === iss &&
    (query.region ?? search.region) === search.region &&
    (validOn === undefined || (search.factDate <= validOn && (search.validUntil === undefined || validOn <= search.validUntil)))
  )
}
