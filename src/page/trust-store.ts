/**
 * What the page holds between two openings, in IndexedDB: pinned root keys, signed documents, and the memory of what was seen.
 * Two windows may write at once: each write names the revision that it rests on, and is refused where another was faster.
 */
import { parseShape } from '../base/shape.js'
import { TrustFile, TrustState } from '../verify/inside.js'
import { fault } from './messages.js'

/** Held by the browser: everything a verdict rests on, and since when. */
export interface SavedDocuments {
  readonly revision: number
  readonly file: TrustFile
  readonly seen: TrustState['seen']
  /** The newest catalogue seen of each authority. */
  readonly seenCatalogues?: NonNullable<TrustState['seenCatalogues']>
  /** When documents were last stored, from a file or the node. */
  readonly updatedAt: number
}

export interface TrustStore {
  /** Whether what is written outlives the page. */
  readonly isLasting: boolean
  read(): Promise<SavedDocuments | undefined>
  /** False if another window has written in between. */
  write(next: SavedDocuments): Promise<boolean>
  clear(): Promise<void>
}

const NAME = 'tongheng'
const TABLE = 'held'
const KEY = 'trust'

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** Opens the database with its tables. */
export async function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(TABLE)
    request.result.createObjectStore('keys')
  }
  return done(request)
}

/**
 * Checks what another version of the page, or other hands, may have written there.
 * @throws `page.stored-damaged` where it cannot be read: to start again without it would forget what was seen
 */
function keptIn(value: unknown): SavedDocuments | undefined {
  if (value === undefined) return undefined
  const { revision, file, seen, seenCatalogues, updatedAt } = value as Partial<SavedDocuments>
  const parsed = parseShape<TrustFile>(TrustFile, file)
  const state = parseShape<TrustState>(TrustState, { seen, seenCatalogues, trustLists: parsed.value?.trustLists })
  if (parsed.value === undefined || state.value === undefined || typeof revision !== 'number' || typeof updatedAt !== 'number')
    throw fault('page.stored-damaged')
  const seenNow = state.value.seenCatalogues
  return { revision, file: parsed.value, seen: state.value.seen, ...(seenNow && { seenCatalogues: seenNow }), updatedAt }
}

/** The store of this browser; where it has none, the memory of this page. */
export async function openTrustStore(): Promise<TrustStore> {
  let database: IDBDatabase
  try {
    database = await openDatabase()
  } catch {
    // Private windows and some web views have no database: the page then shows that nothing is stored.
    return memoryStore()
  }
  const table = (mode: IDBTransactionMode): IDBObjectStore => database.transaction(TABLE, mode).objectStore(TABLE)
  return {
    isLasting: true,
    read: async () => keptIn(await done(table('readonly').get(KEY))),
    async write(next) {
      const held = table('readwrite')
      const before = keptIn(await done(held.get(KEY)))
      if ((before?.revision ?? 0) !== next.revision - 1) return false
      await done(held.put(next, KEY))
      return true
    },
    clear: async () => void (await done(table('readwrite').delete(KEY))),
  }
}

function memoryStore(): TrustStore {
  let kept: SavedDocuments | undefined
  return {
    isLasting: false,
    read: async () => kept,
    async write(next) {
      if ((kept?.revision ?? 0) !== next.revision - 1) return false
      kept = next
      return true
    },
    async clear() {
      kept = undefined
    },
  }
}
