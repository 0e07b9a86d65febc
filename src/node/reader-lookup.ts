/** The cached lookup by which a node authenticates readers. */

import type { Instant } from '../base/date.js'
import { isTonghengError, type TonghengError } from '../base/error.js'
import type { Trust } from '../trust/index.js'
import { coded, fault } from './messages.js'
import type { Reader, ReaderEntry } from './readers.js'
import { type Chain, COLLECTION, EMPTY, idIn, type Register, readChain, settle } from './register-chain.js'

/** Seconds after which the store is checked for writes by other processes. */
const INTERVAL = 5

export interface ReaderLookup {
  /** Reads entries that another process may have written; cached for a few seconds. */
  refresh(): Promise<void>
  /** Returns the newest entry of a key, with its current state; undefined if there is none, or the register cannot be trusted. */
  find(kid: string): Promise<ReaderEntry | undefined>
  /** Returns the reader of a key whose entry is in force. */
  reader(kid: string): Promise<Reader | undefined>
  /** Why no reader is accepted: entries are missing, or the second place contradicts the register. Undefined if readers are accepted. */
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
  /** The last read, successful or not, so that a register that cannot be trusted is not read again at every request. */
  let last: { readonly at: Instant; readonly trust: Trust } | undefined
  let reading: Promise<void> | undefined
  let found: TonghengError | undefined

  async function read(at: Instant): Promise<void> {
    const current = trust()
    const register: Register = { store, authority, place, trust: current, now: at }
    try {
      const known = by === current ? chain : EMPTY
      await mustStillHave(register, chain)
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

/** @throws `reader.behind` if the newest entry that this process has read is no longer stored */
async function mustStillHave(register: Register, { head }: Chain): Promise<void> {
  if (head === undefined || (await idIn(register)(head.version)) === head.id) return
  const newest = await register.store.getDocument(COLLECTION, register.authority)
  throw fault('reader.behind', { authority: register.authority, version: newest?.version ?? 0, seen: head.version })
}
