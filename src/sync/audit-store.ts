/** Audits the rest of a store: counters, replay protection, peers and documents. */

import { isTonghengError } from '../base/error.js'
import type { Code } from '../base/message.js'
import { readForkEvidence, TILE_WIDTH, verifyFork } from '../log/index.js'
import { listReaders, type ReaderRegister, type StoredDocument, type StoreInspection, statusListName } from '../node/index.js'
import { isRegisterFault, openReader } from '../node/inside.js'
import { openAgreement } from '../recognition/index.js'
import { openPastCatalogue } from '../recognition/inside.js'
import type { Trust } from '../trust/index.js'
import { coded as trustCoded, fault as trustFault } from '../trust/messages.js'
import { openListedCheckpoint, openStatus } from '../verify/index.js'
import type { Reporter } from './audit-entry.js'
import { coded } from './messages.js'

/** Maximum time in seconds between now and the expiry of a stored request: its lifetime and the clock skew, with a margin. */
const LONGEST_MEMORY = 3600

/** @param now in seconds; without it, expiries of requests are not checked */
export async function checkInspection(
  inspection: StoreInspection,
  trust: Trust,
  reporter: Reporter,
  now: number | undefined,
): Promise<void> {
  const { faults, unproved, size, entries, tiles, heads, cosigned, cosignedSize, requests, requestsCounted, requestsUntil } = inspection
  for (const fault of faults) reporter.fault(coded('audit.database'), { fault })
  for (const what of unproved) reporter.note(coded('audit.unproved'), { what })
  const count = (what: string, found: number, expected: number): void => {
    if (found !== expected) reporter.fault(coded('audit.count'), { what, found, expected })
  }
  count('log', heads, 1)
  count('entries', entries, size)
  count('tile_roots', tiles, tilesOf(size))
  count('cosigned_size', cosignedSize, cosigned === undefined ? -1 : await sizeOf(cosigned, trust))
  count('requests', requests, requestsCounted)
  if (now !== undefined && requestsUntil > now + LONGEST_MEMORY)
    reporter.fault(coded('audit.count'), { what: 'requests.until', found: requestsUntil, expected: `≤ ${now + LONGEST_MEMORY}` })
  for (const { origin, checkpoint, size: seen, cursor } of inspection.peers) {
    const fault = (reason: unknown): void => reporter.fault(coded('audit.peer'), { origin, reason })
    try {
      const head = await openListedCheckpoint(checkpoint, trust)
      if (head.origin !== origin) fault(`origin ${head.origin}`)
      if (head.size !== seen) fault(`size ${seen}, ${head.size}`)
      if (!(cursor >= 0 && cursor <= head.size)) fault(`cursor ${cursor}`)
    } catch (error) {
      if (!isTonghengError(error)) throw error
      fault(error.text)
    }
  }
}

/** Number of full tiles on all levels above the leaf level. */
function tilesOf(size: number): number {
  let count = 0
  for (let full = Math.floor(size / TILE_WIDTH); full > 0; full = Math.floor(full / TILE_WIDTH)) count += full
  return count
}

/** NaN if the checkpoint does not verify: another check reports it, and NaN is never equal. */
async function sizeOf(note: string, trust: Trust): Promise<number> {
  try {
    return (await openListedCheckpoint(note, trust)).size
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return Number.NaN
  }
}

interface Of {
  readonly authority: string
  readonly now: number
}

type Opening = (document: StoredDocument, trust: Trust, of: Of) => Promise<readonly [name: string, version: number]>

/** Returns name and version of a document as stated in its signed content. */
const OPENINGS: Readonly<Record<StoredDocument['collection'], Opening>> = {
  async 'trust-list'({ name, version, signed }, trust) {
    const same = trust.versions(name).find((one) => one.payload.version === version && one.signed[0] === signed[0])
    if (same === undefined) throw trustFault('trust-list.no-anchor', { authority: name.slice(0, 40) })
    return [same.payload.iss, same.payload.version]
  },
  async agreement({ signed }, trust) {
    const { payload } = await openAgreement(signed, trust)
    return [payload.id, payload.version]
  },
  async catalogue({ signed }, trust) {
    const { payload } = await openPastCatalogue(signed, trust)
    return [payload.iss, payload.version]
  },
  async 'status-list'({ signed }, trust) {
    const { lists, refused } = await openStatus({ statusLists: signed }, trust)
    const [list] = lists
    if (list === undefined) throw (refused[0] as (typeof refused)[number]).error
    return [statusListName(list.claims.iss, list.claims.sub), list.claims.iat]
  },
  async reader({ signed: [entry = ''] }, trust, { authority, now }) {
    const { version } = await openReader(entry, { trust, authority, now })
    return [authority, version]
  },
  async fork({ signed: [evidence = ''] }) {
    const { origin, second } = await verifyFork(readForkEvidence(evidence))
    return [origin, second.size]
  },
}

/** Reports a register of readers in which entries are missing. If the newest are missing, only the second place shows it. */
export async function checkReaders(register: ReaderRegister, reporter: Reporter): Promise<void> {
  try {
    await listReaders(register)
  } catch (error) {
    if (!isTonghengError(error) || !isRegisterFault(error)) throw error
    reporter.fault(coded('audit.readers'), { authority: register.authority, reason: error.text })
  }
}

/** Reads one document at a time, because there can be many years of status lists. */
export async function checkDocuments({ store, trust, ...of }: ReaderRegister, reporter: Reporter): Promise<void> {
  for (const { collection, name, version } of await store.listDocumentNames()) {
    const fault = (reason: unknown): void =>
      reporter.fault(coded('audit.document'), { collection, name: name.slice(0, 200), version, reason })
    const document = await store.getDocument(collection, name, version)
    const open = Object.hasOwn(OPENINGS, collection) ? OPENINGS[collection] : undefined
    if (document === undefined || open === undefined) {
      fault('collection')
      continue
    }
    try {
      const [stated, at] = await open(document, trust, of)
      if (stated !== name || at !== version) fault(`${stated.slice(0, 200)} ${at}`)
    } catch (error) {
      if (!isTonghengError(error)) throw error
      // Two plain types, because the compiler cannot narrow the union of all errors by several codes.
      const { code, reason }: { readonly code: Code; readonly reason?: unknown } = {
        code: error.code,
        reason: (error.details as { readonly reason?: unknown }).reason,
      }
      // Not an error: the reader's key was listed later, or the key that admitted it was revoked later.
      if (code === 'reader.invalid' && (reason === 'listed' || reason === 'key')) continue
      // Not an error: a revoked key does not invalidate what was published before its revocation.
      if (code === 'status.signer' && String(reason).startsWith(trustCoded('key.revoked'))) continue
      fault(error.text)
    }
  }
}
