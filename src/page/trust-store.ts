/**
 * Stores the data of the page in IndexedDB: pinned root keys, signed documents, and the newest versions seen. Several windows may write: each
 * write names the revision that it is based on, and is rejected if another window was first.
 */
import { parseShape } from '../base/shape.js'
import { TrustFile, TrustState } from '../verify/inside.js'
import { fault } from './messages.js'

/** The stored data: everything that a verdict is based on, and when it was stored. */
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
  /** True if the data persist after the page is closed. */
  readonly isLasting: boolean
  read(): Promise<SavedDocuments | undefined>
  /** Stores the data; false if another window has written meanwhile. */
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
 * Validates the stored data, which another version of the page or a third party may have written.
 * @throws `page.stored-damaged` if they are invalid, because starting without them would lose the versions seen
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

/** Opens the store of this browser; without IndexedDB, a store in the memory of this page. */
export async function openTrustStore(): Promise<TrustStore> {
  let database: IDBDatabase
  try {
    database = await openDatabase()
  } catch {
    // Private windows and some web views have no database; the page then shows that nothing is stored.
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
