/** Lists, admits and revokes the readers of a node. Each change is an entry of the register (`register-chain.ts`). */

import { aNumber, anObject, aStore, aText, aTrust, checkArgument, checkMembers, type OptionTable } from '../base/options.js'
import { importKey, type PublicJwk, parseStatement, type Signer, signStatement, thumbprint } from '../envelope/index.js'
import { fault } from './messages.js'
import { openReader, READER_DAYS, READER_TYPE, type ReaderClaims, type ReaderEntry } from './readers.js'
import {
  type Chain,
  COLLECTION,
  EMPTY,
  headText,
  idIn,
  type Register,
  type RegisterHead,
  reaching,
  readChain,
  readRegister,
  settle,
} from './register-chain.js'

const DAY = 86_400
/** Maximum number of keys in a register, including revoked and expired ones. */
const MAX_READERS = 10_000
/** Maximum number of attempts to append while other processes append. */
const ATTEMPTS = 16

const REGISTER: OptionTable = { store: aStore, trust: aTrust, authority: aText, now: aNumber }

/** @throws `verify.options` */
function checkRegister(call: string, register: unknown): void {
  checkArgument(call, 'register', register, anObject)
  checkMembers(call, register as object, REGISTER, 'register')
}

const sorted = ({ readers }: Chain): readonly ReaderEntry[] => [...readers.values()].sort((a, b) => (a.name < b.name ? -1 : 1))

/**
 * Lists the newest entry of each key, sorted by reader name. Entries that do not verify are omitted.
 * @throws `reader.broken` if entries are missing, `reader.behind` if the second place has a newer head, `reader.unconfirmed` if the second
 * place is empty, `reader.head` if it cannot be read
 */
export async function listReaders(register: Register): Promise<readonly ReaderEntry[]> {
  checkRegister('listReaders', register)
  return sorted(await readRegister(register))
}

/**
 * Writes the current head of the register into its second place. Call it once after `place` was configured, and after a restore from
 * backup. Compare the returned list with your own records: a revocation that a restored register lacks is not in force and must be
 * repeated.
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
 * Admits the key of a reader (person or authority) for up to 90 days and signs the entry. Readers can only read.
 * @throws `reader.listed` if a trust list has the key; `reader.body` if the body is not the authority itself (inspector), or is on no trust
 * list (clerk); `reader.many`; `key.invalid`; errors of `listReaders`; `reader.busy`
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

/** Signs and stores an entry after the newest one; retries if another process stored an entry first. */
async function append({ signer, ...register }: Writing, claimsAfter: (chain: Chain) => Entering): Promise<ReaderEntry> {
  const { store, authority, now } = register
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const chain = await readRegister(register)
    const version = (chain.head?.version ?? 0) + 1
    const previous = chain.head === undefined ? {} : { previous: chain.head.id }
    const claims: ReaderClaims = { iss: authority, iat: now, version, ...previous, ...claimsAfter(chain) }
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

/** Writes the head after a new entry. The first entry initialises an empty second place. */
async function settleFirst(register: Register, head: RegisterHead): Promise<void> {
  const { place, authority } = register
  if (place !== undefined && head.version === 1 && (await reaching(place, authority).swap(undefined, headText(authority, head)))) return
  await settle(register, { ...EMPTY, verified: head }, idIn(register))
}
