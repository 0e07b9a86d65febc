/**
 * The node's register of readers: a chain of signed entries, each of which names the statement id of the entry before it. An entry
 * removed from the middle breaks the chain. The number and id of the newest entry are also in a second place (a file on another disk),
 * so that the removal of the newest entries is detected too: without it, an intruder with access to the database could undo a revocation.
 */

import type { Instant } from '../base/date.js'
import { isTonghengError, type TonghengError } from '../base/error.js'
import { aNumber, anObject, aStore, aText, aTrust, checkArgument, checkMembers, type OptionTable } from '../base/options.js'
import { importKey, PublicJwk, parsePayload, parseStatement, type Signer, signStatement, thumbprint } from '../envelope/index.js'
import type { Trust } from '../trust/index.js'
import type { HeadPlace } from './head.js'
import { coded, fault } from './messages.js'
import { openReader, READER_DAYS, READER_TYPE, type Reader, type ReaderClaims, type ReaderEntry } from './readers.js'
import type { Store } from './store.js'

const COLLECTION = 'reader'
const DAY = 86_400
/** Maximum number of keys in a register, including revoked and expired ones. */
const MAX_READERS = 10_000
/** Maximum number of attempts to append while other processes append. */
const ATTEMPTS = 16

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
interface RegisterHead {
  readonly version: number
  readonly id: string
}

/** What the entries of a register say, as far as they were read. */
interface Chain {
  readonly head: RegisterHead | undefined
  /** The newest head whose entry verified. */
  readonly verified: RegisterHead | undefined
  /** Newest entry of each key. */
  readonly readers: ReadonlyMap<string, ReaderEntry>
}

const EMPTY: Chain = { head: undefined, verified: undefined, readers: new Map() }

/** Reads the chain from the entry after `known`. @throws `reader.broken` if an entry is missing or does not name the one before it */
async function readChain({ store, trust, authority, now }: Register, known: Chain = EMPTY): Promise<Chain> {
  const newest = await store.getDocument(COLLECTION, authority)
  const from = known.head?.version ?? 0
  if ((newest?.version ?? 0) < from) throw fault('reader.broken', { authority, version: from })
  const readers = new Map(known.readers)
  let { head, verified } = known
  // The first read lists all entries with one query; later ones ask for the few that are new.
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

/** Reads the place of an entry in the chain, before its signature is verified; undefined if it is no entry. */
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

/** Text of a head in its second place: the authority, the number and the statement id, a line each. */
const headText = (authority: string, { version, id }: RegisterHead): string => `${authority}\n${version}\n${id}\n`

/** @throws `reader.head` if the text is not a head of this register */
function headIn(text: string, authority: string): RegisterHead {
  const [, version, id] = new RegExp(`^${authority}\n([1-9][0-9]{0,6})\n([A-Za-z0-9_-]{43})\n$`).exec(text) ?? []
  if (version === undefined || id === undefined) throw fault('reader.head', { authority })
  return { version: Number(version), id }
}

/** A second place that cannot be reached is reported as `reader.head`, whatever holds it. */
function reaching(place: HeadPlace, authority: string): HeadPlace {
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
 * Compares the register with its second place, and writes a newer head there, as after a crash between the two.
 * @param idAt returns the statement id of the entry with this number
 * @throws `reader.behind`, `reader.unconfirmed`, `reader.head`
 */
async function settle(
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
  // Another process that wrote first has settled a head that is as new.
  if (verified !== undefined && verified.version > there.version) await swap(text, headText(authority, verified))
}

const idIn =
  ({ store, authority }: Register) =>
  async (version: number): Promise<string | undefined> =>
    linkOf((await store.getDocument(COLLECTION, authority, version))?.signed[0] ?? '')?.id

/** @throws `reader.broken`, `reader.behind`, `reader.unconfirmed`, `reader.head` */
async function readRegister(register: Register): Promise<Chain> {
  const chain = await readChain(register)
  await settle(register, chain, idIn(register))
  return chain
}

const REGISTER: OptionTable = { store: aStore, trust: aTrust, authority: aText, now: aNumber }

/** @throws `verify.options` */
function checkRegister(call: string, register: unknown): void {
  checkArgument(call, 'register', register, anObject)
  checkMembers(call, register as object, REGISTER, 'register')
}

const sorted = ({ readers }: Chain): readonly ReaderEntry[] => [...readers.values()].sort((a, b) => (a.name < b.name ? -1 : 1))

/**
 * Lists the newest entry of each key, sorted by reader name. Entries that do not verify are omitted.
 * @throws `reader.broken` if entries are missing, `reader.behind` if the second place has seen newer ones, `reader.unconfirmed` if the
 * second place is empty, `reader.head` if it cannot be read
 */
export async function listReaders(register: Register): Promise<readonly ReaderEntry[]> {
  checkRegister('listReaders', register)
  return sorted(await readRegister(register))
}

/**
 * Writes the head of the register as it is into its second place: once after `place` was configured, and after a restore from backup.
 * Compare the returned list with what you know before: a revocation that is missing from it stays undone.
 * @throws `reader.broken`, `reader.busy`
 */
export async function confirmReaders(register: Register): Promise<readonly ReaderEntry[]> {
  checkRegister('confirmReaders', register)
  const chain = await readChain(register)
  const { place, authority } = register
  if (place !== undefined && chain.verified !== undefined) {
    const { read, swap } = reaching(place, authority)
    const isSwapped = await swap(await read(), headText(authority, chain.verified))
    if (!isSwapped) throw fault('reader.busy', { authority })
  }
  return sorted(chain)
}

export interface Admission {
  readonly key: PublicJwk
  readonly name: string
  readonly role: ReaderClaims['role']
  /** The authority itself for an inspector. */
  readonly body: string
  /** @default 90 */
  readonly days?: number
}

export type Writing = Register & { readonly signer: Signer }

/**
 * Admits the key of a reader (person or authority) for 90 days and signs the entry; readers read, and sign nothing.
 * @throws `reader.listed` where a trust list has the key, `reader.body`, `reader.many`, `key.invalid`; `listReaders` describes the others
 */
export async function admitReader(register: Writing, admission: Admission): Promise<ReaderEntry> {
  checkRegister('admitReader', register)
  checkArgument('admitReader', 'admission', admission, anObject)
  checkMembers('admitReader', admission, { key: anObject, name: aText, role: aText, body: aText }, 'admission')
  const { days = READER_DAYS, ...given } = admission
  const { trust, authority, now } = register
  const kid = await thumbprint((await importKey(given.key)).jwk)
  if (trust.holders(kid).length > 0) throw fault('reader.listed', { kid })
  if (given.role === 'inspector' ? given.body !== authority : trust.entity(given.body) === undefined)
    throw fault('reader.body', { body: given.body })
  return append(register, ({ readers }) => {
    if (!readers.has(kid) && readers.size >= MAX_READERS) throw fault('reader.many', { most: MAX_READERS })
    return { ...given, action: 'admit', exp: now + Math.min(days, READER_DAYS) * DAY }
  })
}

/** Revokes the key of a reader with immediate effect; the entry remains in the register. @throws `reader.unknown` */
export async function revokeReader(register: Writing, kid: string): Promise<ReaderEntry> {
  checkRegister('revokeReader', register)
  checkArgument('revokeReader', 'kid', kid, aText)
  return append(register, ({ readers }) => {
    const found = readers.get(kid)
    if (found === undefined) throw fault('reader.unknown', { kid: kid.slice(0, 60) })
    const { name, role, body, verification } = found
    return { key: verification.jwk as PublicJwk, name, role, body, action: 'revoke', exp: register.now }
  })
}

type Entering = Pick<ReaderClaims, 'key' | 'name' | 'role' | 'body' | 'action' | 'exp'>

/** Signs and stores an entry after the newest one; starts again if another process stored one first. */
async function append({ signer, ...register }: Writing, enter: (chain: Chain) => Entering): Promise<ReaderEntry> {
  const { store, authority, now } = register
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const chain = await readRegister(register)
    const version = (chain.head?.version ?? 0) + 1
    const previous = chain.head === undefined ? {} : { previous: chain.head.id }
    const claims: ReaderClaims = { iss: authority, iat: now, version, ...previous, ...enter(chain) }
    const signed = await signStatement(claims, { typ: READER_TYPE, signer })
    const entry = await openReader(signed, register)
    await store.putDocument({ collection: COLLECTION, name: authority, version, signed: [signed] })
    const stored = await store.getDocument(COLLECTION, authority, version)
    if (stored?.signed[0] !== signed) continue
    await settleFirst(register, { version, id: parseStatement(signed, READER_TYPE).id })
    return entry
  }
  throw fault('reader.busy', { authority })
}

/** The very first entry initialises an empty second place; later ones replace the head there. */
async function settleFirst(register: Register, head: RegisterHead): Promise<void> {
  const { place, authority } = register
  if (place !== undefined && head.version === 1 && (await reaching(place, authority).swap(undefined, headText(authority, head)))) return
  await settle(register, { ...EMPTY, verified: head }, idIn(register))
}

/** Seconds after which the store is checked for writes by other processes. */
const INTERVAL = 5

export interface ReaderLookup {
  /** Reads entries that another process may have written; cached for a few seconds. */
  refresh(): Promise<void>
  /** Returns the newest entry of a key, with its state now. */
  find(kid: string): Promise<ReaderEntry | undefined>
  /** Returns the reader of a key whose entry is in force. */
  reader(kid: string): Promise<Reader | undefined>
  /** Why no reader is accepted: entries are missing, or the second place contradicts the register. */
  readonly fault: TonghengError | undefined
}

interface LookupOptions extends Pick<Register, 'store' | 'authority' | 'place'> {
  readonly trust: () => Trust
  readonly now: () => Instant
  /** Called for each fault. */
  readonly raise: (fault: TonghengError) => void
}

/**
 * Creates the cached lookup by which a node authenticates readers. Verified entries stay in memory, so that a read of the register
 * costs one document if nothing was appended, and a rollback of the database under a running process is noticed.
 */
export function createReaderLookup({ store, authority, place, trust, now, raise }: LookupOptions): ReaderLookup {
  let chain = EMPTY
  /** The trust under which the entries of the chain were verified. */
  let by: Trust | undefined
  /** The last reading, successful or not: a register that cannot be trusted is not read again at every request. */
  let last: { readonly at: Instant; readonly trust: Trust } | undefined
  let reading: Promise<void> | undefined
  let found: TonghengError | undefined

  async function read(at: Instant): Promise<void> {
    const current = trust()
    const register: Register = { store, authority, place, trust: current, now: at }
    try {
      const known = by === current ? chain : EMPTY
      await mustHold(register, chain)
      chain = await readChain(register, known)
      by = current
      await settle(register, chain, idIn(register))
      found = undefined
    } catch (error) {
      if (!isTonghengError(error) || !isRegisterFault(error)) throw error
      found = error
      raise(error)
    }
    last = { at, trust: current }
  }

  async function refresh(): Promise<void> {
    const at = now()
    if (last !== undefined && last.trust === trust() && Math.abs(at - last.at) < INTERVAL) return
    reading ??= read(at).finally(() => {
      reading = undefined
    })
    await reading
  }

  async function find(kid: string): Promise<ReaderEntry | undefined> {
    await refresh()
    const at = now()
    const entry = found === undefined ? chain.readers.get(kid) : undefined
    return entry === undefined || entry.state === 'revoked' ? entry : { ...entry, state: at > entry.exp ? 'expired' : 'admitted' }
  }

  return {
    refresh,
    find,
    async reader(kid) {
      const entry = await find(kid)
      return entry?.state === 'admitted' && now() >= entry.iat - INTERVAL ? entry : undefined
    },
    get fault() {
      return found
    },
  }
}

const FAULTS: ReadonlySet<string> = new Set([
  coded('reader.broken'),
  coded('reader.behind'),
  coded('reader.unconfirmed'),
  coded('reader.head'),
])

/** True if the register as a whole cannot be trusted, so that no reader is accepted. */
export const isRegisterFault = ({ code }: TonghengError): boolean => FAULTS.has(code)

/** @throws `reader.behind` if the entry that this process has read last is no longer there */
async function mustHold(register: Register, { head }: Chain): Promise<void> {
  if (head === undefined || (await idIn(register)(head.version)) === head.id) return
  const newest = await register.store.getDocument(COLLECTION, register.authority)
  throw fault('reader.behind', { authority: register.authority, version: newest?.version ?? 0, seen: head.version })
}
