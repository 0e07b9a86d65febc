/** The key of this browser: a non-extractable WebCrypto key in IndexedDB, which signs requests to the node. */
import { importKey, type PublicJwk, type Signer } from '../../envelope/index.js'
import { openDatabase } from '../trust-store.js'

export interface ReaderKey {
  readonly kid: string
  readonly publicJwk: PublicJwk
  readonly signer: Signer
}

const TABLE = 'keys'
const NAME = 'reader'
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const

/** Reasons why this browser cannot have a key: `plain` HTTP, or no `store`. */
export type Unable = 'plain' | 'store'

/** Undefined if a key can be generated and stored. */
export async function whyUnable(): Promise<Unable | undefined> {
  if (!isSecureContext || globalThis.crypto?.subtle === undefined) return 'plain'
  try {
    ;(await openDatabase()).close()
    return undefined
  } catch {
    // Private windows and some web views have no database.
    return 'store'
  }
}

/** Runs one request on the table of keys; resolves when its transaction is complete. */
async function inTable<T>(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await openDatabase()
  try {
    const transaction = database.transaction(TABLE, mode)
    const request = act(transaction.objectStore(TABLE))
    return await new Promise<T>((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error)
      transaction.onerror = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

const isPair = (value: unknown): value is CryptoKeyPair =>
  (value as CryptoKeyPair | undefined)?.privateKey instanceof CryptoKey && (value as CryptoKeyPair).publicKey instanceof CryptoKey

/** The stored key; undefined if there is none, or if the stored value is not a non-extractable key of this page. */
export async function readKey(): Promise<ReaderKey | undefined> {
  const stored = await inTable<unknown>('readonly', (table) => table.get(NAME))
  return isPair(stored) && !stored.privateKey.extractable ? keyOf(stored) : undefined
}

/** Generates a key and stores it; requests persistent storage from the browser. */
export async function makeKey(): Promise<ReaderKey> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])
  const { privateKey, publicKey } = pair
  await inTable('readwrite', (table) => table.put({ privateKey, publicKey }, NAME))
  // Not awaited: Firefox shows a prompt that may never be answered. The key is stored in any case; without permission, the browser may evict it.
  navigator.storage?.persist?.().catch(() => false)
  return keyOf(pair)
}

export const deleteKey = async (): Promise<void> => void (await inTable('readwrite', (table) => table.delete(NAME)))

async function keyOf({ privateKey, publicKey }: CryptoKeyPair): Promise<ReaderKey> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  const publicJwk = { kty, crv, x, y } as PublicJwk
  const { kid, alg } = await importKey(publicJwk)
  const sign = async (data: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.sign(SIGNATURE, privateKey, data as Uint8Array<ArrayBuffer>))
  return { kid, publicJwk, signer: { kid, alg, sign } }
}
