/**
 * The node's register of readers: keys of browsers and desks that may read from this node only. Each entry is signed by the
 * operator's key and stored with the public documents; it is never part of a trust list and never sent to other nodes.
 */

import * as z from 'zod/mini'
import type { Instant } from '../base/date.js'
import { isTonghengError } from '../base/error.js'
import { aNumber, anObject, aStore, aText, aTrust, checkArgument, checkMembers, type OptionTable } from '../base/options.js'
import { about, Line, named, Seconds, Uscc } from '../base/schema.js'
import { parseShape } from '../base/shape.js'
import { RECEIPT } from '../contract/index.js'
import {
  importKey,
  PublicJwk,
  parsePayload,
  parseStatement,
  type Signer,
  signStatement,
  thumbprint,
  type VerificationKey,
  verifySignature,
} from '../envelope/index.js'
import { checkKeyInterval, type Trust } from '../trust/index.js'
import { fault } from './messages.js'
import type { Store } from './store.js'

const TYP = 'metrology-reader+jwt'
const COLLECTION = 'reader'
const DAY = 86_400
/** Maximum admission of a reader, in days. */
export const READER_DAYS = 90
/** Maximum number of keys in a register, including revoked and expired ones. */
const MAX_READERS = 10_000

/** 读者登记载荷 — Payload of an entry in the register of readers (typ `metrology-reader+jwt`). Zod schema. */
export const ReaderClaims = named(
  'reader',
  about(
    z.strictObject({
      iss: about(Uscc, '运行节点的主管部门', 'Authority that runs the node'),
      iat: Seconds,
      exp: about(Seconds, '失效时间，距 iat 至多 90 天', 'End, at most 90 days after iat'),
      version: about(z.int().check(z.minimum(1), z.maximum(1_000_000)), '该公钥的第几次登记', 'Number of the entry of this key'),
      action: about(z.enum(['admit', 'revoke']), '准入或撤销', 'Admits or revokes'),
      key: about(PublicJwk, '读者的公钥', 'Public key of the reader'),
      name: about(Line, '姓名或岗位', 'Name or post'),
      role: about(z.enum(['inspector', 'clerk']), '监管读者（两地），机构读者（本机构）', 'Inspector: both provinces; clerk: of a body'),
      body: about(Uscc, '所代表的机构：请求令牌的 iss', 'Body the reader speaks for: the iss of its requests'),
    }),
    '读者登记载荷',
    'Payload of an entry of the register of readers',
  ),
)
export type ReaderClaims = z.infer<typeof ReaderClaims>

/** A reader whose entry is in force. */
export interface Reader {
  readonly kid: string
  readonly name: string
  readonly role: ReaderClaims['role']
  readonly body: string
  readonly exp: Instant
  readonly verification: VerificationKey
}

/** The newest entry of a key, whether or not it is in force. */
export interface ReaderEntry extends Reader {
  readonly state: 'admitted' | 'revoked' | 'expired'
  readonly iat: Instant
  readonly version: number
}

export interface Register {
  readonly store: Store
  readonly trust: Trust
  /** USCC of the authority that runs the node. */
  readonly authority: string
  readonly now: Instant
}

/** Verifies an entry. @throws `reader.invalid` if no key of the node signed it, or a trust list has the reader's key */
export async function openReader(signed: string, { trust, authority, now }: Omit<Register, 'store'>): Promise<ReaderEntry> {
  const refuse = (reason: string): never => {
    throw fault('reader.invalid', { reason })
  }
  const statement = parseStatement(signed, TYP)
  const operator = trust.holders(statement.kid).find(({ entity, key }) => entity.uscc === authority && key.typ.includes(RECEIPT))
  if (operator === undefined || !(await verifySignature(statement, operator.verification))) return refuse('signature')
  const { value, faults } = parseShape<ReaderClaims>(ReaderClaims, parsePayload(statement))
  if (value === undefined) return refuse(faults[0]?.path ?? '')
  const { iss, iat, exp, key, name, role, body, action, version } = value
  if (iss !== authority) refuse('iss')
  if (exp - iat > READER_DAYS * DAY) refuse('exp')
  // Every revocation of the key counts, whatever its time: a thief can backdate `iat`.
  if (checkKeyInterval(operator.key, iat, Number.POSITIVE_INFINITY).status !== 'pass') refuse('key')
  const verification = await importKey(key)
  if (trust.holders(verification.kid).length > 0) refuse('listed')
  const state = action === 'revoke' ? 'revoked' : now > exp ? 'expired' : 'admitted'
  return { kid: verification.kid, name, role, body, exp, verification, state, iat, version }
}

const REGISTER: OptionTable = { store: aStore, trust: aTrust, authority: aText, now: aNumber }

/** @throws `verify.options` */
function checkRegister(call: string, register: unknown): void {
  checkArgument(call, 'register', register, anObject)
  checkMembers(call, register as object, REGISTER, 'register')
}

/** Lists the newest entry of each key, sorted by reader name. Entries that do not verify are omitted. */
export async function listReaders(register: Register): Promise<readonly ReaderEntry[]> {
  checkRegister('listReaders', register)
  const newest = new Map((await register.store.listDocuments(COLLECTION)).map((document) => [document.name, document]))
  const entries: ReaderEntry[] = []
  for (const { name, version, signed } of newest.values()) {
    try {
      const entry = await openReader(signed[0] ?? '', register)
      if (entry.kid === name && entry.version === version) entries.push(entry)
    } catch (error) {
      if (!isTonghengError(error)) throw error
    }
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
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
 * @throws `reader.listed` where a trust list has the key, `reader.body`, `reader.many`, `key.invalid`
 */
export async function admitReader(register: Writing, admission: Admission): Promise<ReaderEntry> {
  checkRegister('admitReader', register)
  checkArgument('admitReader', 'admission', admission, anObject)
  checkMembers('admitReader', admission, { key: anObject, name: aText, role: aText, body: aText }, 'admission')
  const { days = READER_DAYS, ...given } = admission
  const { store, trust, authority, now } = register
  const kid = await thumbprint((await importKey(given.key)).jwk)
  if (trust.holders(kid).length > 0) throw fault('reader.listed', { kid })
  if (given.role === 'inspector' ? given.body !== authority : trust.entity(given.body) === undefined)
    throw fault('reader.body', { body: given.body })
  const names = new Set((await store.listDocumentNames()).flatMap(({ collection, name }) => (collection === COLLECTION ? [name] : [])))
  if (!names.has(kid) && names.size >= MAX_READERS) throw fault('reader.many', { most: MAX_READERS })
  return enter(register, kid, { ...given, action: 'admit', exp: now + Math.min(days, READER_DAYS) * DAY })
}

/** Revokes the key of a reader with immediate effect; the entry remains in the register. @throws `reader.unknown` */
export async function revokeReader(register: Writing, kid: string): Promise<ReaderEntry> {
  checkArgument('revokeReader', 'kid', kid, aText)
  const found = (await listReaders(register)).find((one) => one.kid === kid)
  if (found === undefined) throw fault('reader.unknown', { kid: kid.slice(0, 60) })
  const { name, role, body, verification } = found
  return enter(register, kid, { key: verification.jwk as PublicJwk, name, role, body, action: 'revoke', exp: register.now })
}

type Entering = Pick<ReaderClaims, 'key' | 'name' | 'role' | 'body' | 'action' | 'exp'>

async function enter({ signer, ...register }: Writing, kid: string, entering: Entering): Promise<ReaderEntry> {
  const { store, authority, now } = register
  const version = ((await store.getDocument(COLLECTION, kid))?.version ?? 0) + 1
  const claims: ReaderClaims = { iss: authority, iat: now, version, ...entering }
  const signed = await signStatement(claims, { typ: TYP, signer })
  const entry = await openReader(signed, register)
  await store.putDocument({ collection: COLLECTION, name: kid, version, signed: [signed] })
  return entry
}

/** Returns the newest entry of a key, whether or not it is in force; reads one document. */
export async function findReader({ store, ...by }: Register, kid: string): Promise<ReaderEntry | undefined> {
  const document = await store.getDocument(COLLECTION, kid)
  if (document === undefined) return undefined
  try {
    const entry = await openReader(document.signed[0] ?? '', by)
    return entry.kid === kid && entry.version === document.version ? entry : undefined
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return undefined
  }
}

/** Seconds after which the store is checked for writes by other processes. */
const INTERVAL = 5

/** Creates the cached lookup by which requests of readers are authenticated. */
export function createRegister(store: Store, authority: string): (kid: string, trust: Trust, now: Instant) => Promise<Reader | undefined> {
  let readers: ReadonlyMap<string, ReaderEntry> = new Map()
  let by: Trust | undefined
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined
  async function read(trust: Trust, now: Instant): Promise<void> {
    readers = new Map((await listReaders({ store, trust, authority, now })).map((entry) => [entry.kid, entry]))
    by = trust
    readAt = now
  }
  return async (kid, trust, now) => {
    if (by !== trust || Math.abs(now - readAt) >= INTERVAL) {
      reading ??= read(trust, now).finally(() => {
        reading = undefined
      })
      await reading
    }
    const found = readers.get(kid)
    return found === undefined || found.state === 'revoked' || now > found.exp || now < found.iat - INTERVAL ? undefined : found
  }
}
