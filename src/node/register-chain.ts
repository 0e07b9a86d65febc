/**
 * The node's register of readers: a chain of signed entries, each of which names the statement id of the entry before it. An entry
 * removed from the middle breaks the chain. The number and id of the newest entry are also in a second place (a file on another disk),
 * so that the removal of the newest entries is detected too: without it, an intruder with access to the database could undo a revocation.
 */

import type { Instant } from '../base/date.js'
import { isTonghengError } from '../base/error.js'
import { PublicJwk, parsePayload, parseStatement, thumbprint } from '../envelope/index.js'
import type { Trust } from '../trust/index.js'
import type { HeadPlace } from './head.js'
import { fault } from './messages.js'
import { openReader, READER_TYPE, type ReaderEntry } from './readers.js'
import type { Store } from './store.js'

/** Collection of the store that holds the entries, under the name of the authority. */
export const COLLECTION = 'reader'

export interface Register {
  readonly store: Store
  readonly trust: Trust
  /** USCC of the authority that runs the node. */
  readonly authority: string
  readonly now: Instant
  /** Second place of the register's head, written after each entry. Without it, removal of the newest entries is not detected. */
  readonly place?: HeadPlace | undefined
}

/** Number and statement id of the newest entry. */
export interface RegisterHead {
  readonly version: number
  readonly id: string
}

/** State of a register after the entries that were read. */
export interface Chain {
  readonly head: RegisterHead | undefined
  /** The newest head whose entry verified. */
  readonly verified: RegisterHead | undefined
  /** Newest entry of each key. */
  readonly readers: ReadonlyMap<string, ReaderEntry>
}

export const EMPTY: Chain = { head: undefined, verified: undefined, readers: new Map() }

/** Reads the chain from the entry after `known`. @throws `reader.broken` if an entry is missing or does not name the one before it */
export async function readChain({ store, trust, authority, now }: Register, known: Chain = EMPTY): Promise<Chain> {
  const newest = await store.getDocument(COLLECTION, authority)
  const from = known.head?.version ?? 0
  if ((newest?.version ?? 0) < from) throw fault('reader.broken', { authority, version: from })
  const readers = new Map(known.readers)
  let { head, verified } = known
  // The first read lists all entries with one query; later reads fetch the few new ones.
  const all = from === 0 && newest !== undefined ? await store.listDocuments(COLLECTION) : undefined
  const stored = new Map(all?.flatMap((one) => (one.name === authority ? [[one.version, one] as const] : [])))
  for (let version = from + 1; version <= (newest?.version ?? 0); version++) {
    const document = stored.get(version) ?? (await store.getDocument(COLLECTION, authority, version))
    const [signed = ''] = document?.signed ?? []
    const link = linkOf(signed)
    if (link === undefined || link.version !== version || link.previous !== head?.id) throw fault('reader.broken', { authority, version })
    head = { version, id: link.id }
    try {
      const entry = await openReader(signed, { trust, authority, now })
      readers.set(entry.kid, entry)
      verified = head
    } catch (error) {
      if (!isTonghengError(error)) throw error
      // An entry that does not verify admits no reader, and voids an older admission of its key.
      const key = PublicJwk.safeParse(link.key)
      if (key.success) readers.delete(await thumbprint(key.data))
    }
  }
  return { head, verified, readers }
}

interface Link extends RegisterHead {
  readonly previous: unknown
  readonly key: unknown
}

/** Reads the link of an entry in the chain, before its signature is verified; undefined if the text is not an entry. */
function linkOf(signed: string): Link | undefined {
  try {
    const statement = parseStatement(signed, READER_TYPE)
    const { version, previous, key } = parsePayload(statement)
    return { id: statement.id, version: Number(version), previous, key }
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return undefined
  }
}

/** Writes a head for its second place: the authority, the number and the statement id, one per line. */
export const headText = (authority: string, { version, id }: RegisterHead): string => `${authority}\n${version}\n${id}\n`

/** @throws `reader.head` if the text is not a head of this register */
function headIn(text: string, authority: string): RegisterHead {
  const [, version, id] = new RegExp(`^${authority}\n([1-9][0-9]{0,6})\n([A-Za-z0-9_-]{43})\n$`).exec(text) ?? []
  if (version === undefined || id === undefined) throw fault('reader.head', { authority })
  return { version: Number(version), id }
}

/** Wraps a second place so that every failure to reach it is reported as `reader.head`. */
export function reaching(place: HeadPlace, authority: string): HeadPlace {
  const reach = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw fault('reader.head', { authority }, { cause: error })
    }
  }
  return { read: () => reach(() => place.read()), swap: (expected, next) => reach(() => place.swap(expected, next)) }
}

/**
 * Compares the register with its second place. If the register is newer, as after a crash between the two writes, writes its head there.
 * @param idAt returns the statement id of the entry with this number
 * @throws `reader.behind`, `reader.unconfirmed`, `reader.head`
 */
export async function settle(
  { place, authority }: Pick<Register, 'place' | 'authority'>,
  { verified }: Chain,
  idAt: (version: number) => Promise<string | undefined>,
): Promise<void> {
  if (place === undefined) return
  const { read, swap } = reaching(place, authority)
  const text = await read()
  if (text === undefined) {
    if (verified !== undefined) throw fault('reader.unconfirmed', { authority })
    return
  }
  const there = headIn(text, authority)
  if ((await idAt(there.version)) !== there.id)
    throw fault('reader.behind', { authority, version: verified?.version ?? 0, seen: there.version })
  // If the swap fails, another process has written a head that is at least as new.
  if (verified !== undefined && verified.version > there.version) await swap(text, headText(authority, verified))
}

/** Returns the lookup of the statement id of a stored entry by its number. */
export const idIn =
  ({ store, authority }: Register) =>
  async (version: number): Promise<string | undefined> =>
    linkOf((await store.getDocument(COLLECTION, authority, version))?.signed[0] ?? '')?.id

/** @throws `reader.broken`, `reader.behind`, `reader.unconfirmed`, `reader.head` */
export async function readRegister(register: Register): Promise<Chain> {
  const chain = await readChain(register)
  await settle(register, chain, idIn(register))
  return chain
}
