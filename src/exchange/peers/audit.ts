/**
 * The whole log proved anew from what the store holds: ids from statements, the tree from ids, tiles, checkpoints and receipts
 * against the tree. What it finds is either a fault of the disk or of somebody's hand.
 */
import { encodeBase64url } from '#native'
import { isTonghengError } from '../../base/error.js'
import type { Code } from '../../base/messages/index.js'
import { statementId } from '../../envelope/index.js'
import { type Edge, emptyEdge, type FilledTile, isSameHash, rootOf } from '../../log/index.js'
import type { Trust } from '../../trust/index.js'
import { leafOf, openListedCheckpoint } from '../../verify/index.js'
import { readReceipt } from '../receipt.js'
import { NOTICE, type PlacedEntry, type Store } from '../store.js'

export interface AuditFinding {
  readonly code: Code
  readonly params: Readonly<Record<string, unknown>>
}

export interface AuditProgress {
  /** Entries proved so far. */
  readonly checked: number
  readonly size: number
  /** What was found since the last progress. */
  readonly findings: readonly AuditFinding[]
}

export interface AuditOptions {
  readonly store: Store
  readonly trust: Trust
  /** USCC of the authority whose log it is. */
  readonly authority: string
}

const PAGE = 256

/** Proves page by page; the last progress has `checked` equal to `size`, unless entries are missing, which is a finding. */
export async function* auditLog({ store, trust, authority }: AuditOptions): AsyncGenerator<AuditProgress, void, undefined> {
  const { size, checkpoint, cosigned } = await store.readLog()
  const edge = emptyEdge()
  const heads = await headsOf([checkpoint, cosigned], trust, authority)
  let found: AuditFinding[] = [...heads.findings]
  const tell = (code: Code, params: Record<string, unknown>): void => void found.push({ code, params })
  const roots = rootsToMeet(heads.met, edge, tell)

  for (let from = 0; from < size; from += PAGE) {
    const { items } = await store.listEntries({}, { from, limit: Math.min(PAGE, size - from) })
    for (const [at, entry] of items.entries()) {
      if (entry.position !== from + at) tell('audit.gap', { position: from + at, found: entry.position })
      checkId(entry, tell)
      const receipt = await receiptOf(entry, trust, tell)
      if (receipt !== undefined) roots.expect(receipt)
      edge.append(leafOf(entry.statementId))
      roots.meet()
    }
    for (const tile of edge.settle()) await checkTile(store, tile, tell)
    if (items.length < Math.min(PAGE, size - from)) tell('audit.gap', { position: from + items.length, found: null })
    yield { checked: edge.size, size, findings: found }
    found = []
  }
  roots.end()
  for (const origin of new Set(trust.lists.flatMap(({ payload }) => payload.logs.map((log) => log.origin)))) {
    const peer = await store.getPeer(origin)
    if (peer !== undefined) found.push(...(await headsOf([peer.checkpoint], trust)).findings)
  }
  yield { checked: edge.size, size, findings: found }
}

type Tell = (code: Code, params: Record<string, unknown>) => void

function checkId({ kind, statement, statementId: kept, position }: PlacedEntry, tell: Tell): void {
  const typ = kind === NOTICE ? 'metrology-notice+jwt' : 'metrology-record+jwt'
  if (statementId(typ, statement.split('.')[1] ?? '') !== kept) tell('audit.statement', { position, statementId: kept })
}

async function checkTile(store: Store, { level, index, hash }: FilledTile, tell: Tell): Promise<void> {
  const [kept] = await store.tileRoots(level, index, index + 1)
  if (kept === undefined || !isSameHash(kept, hash)) tell('audit.tile', { level, index })
}

/** What a root must be at a size. */
interface Head {
  readonly size: number
  readonly root: Uint8Array
  readonly of: string
}

/** Checkpoints, where they are genuine. */
async function headsOf(notes: readonly (string | undefined)[], trust: Trust, authority?: string) {
  const met: Head[] = []
  const findings: AuditFinding[] = []
  for (const note of notes) {
    if (note === undefined) continue
    try {
      const { size, root, origin } = await openListedCheckpoint(note, trust, authority === undefined ? undefined : { authority })
      met.push({ size, root, of: origin })
    } catch (error) {
      if (!isTonghengError(error)) throw error
      findings.push({ code: 'audit.checkpoint', params: { reason: error.text } })
    }
  }
  return { met, findings }
}

/** The checkpoint of a receipt, where all of the receipt holds. */
async function receiptOf({ receipt, statementId: id, position }: PlacedEntry, trust: Trust, tell: Tell): Promise<Head | undefined> {
  if (receipt === undefined) return undefined
  try {
    const { sub, iss, log } = await readReceipt(receipt, trust)
    if (sub !== id || (log !== undefined && log.index !== position))
      tell('audit.receipt', { position, reason: sub === id ? 'index' : 'sub' })
    if (log === undefined) return undefined
    const { size, root } = await openListedCheckpoint(log.checkpoint, trust, { authority: iss })
    return { size, root, of: `#${position}` }
  } catch (error) {
    if (!isTonghengError(error)) throw error
    tell('audit.receipt', { position, reason: error.text })
    return undefined
  }
}

/** Roots that were signed, compared as the tree reaches their sizes. */
function rootsToMeet(heads: readonly Head[], edge: Edge, tell: Tell) {
  const waiting = new Map<number, Map<string, Head>>()
  const expect = (head: Head): void => {
    const same = waiting.get(head.size) ?? new Map<string, Head>()
    waiting.set(head.size, same)
    const root = encodeBase64url(head.root)
    if (!same.has(root)) same.set(root, head)
  }
  for (const head of heads) expect(head)
  const meet = (): void => {
    const here = waiting.get(edge.size)
    if (here === undefined) return
    waiting.delete(edge.size)
    const root = rootOf(edge.size, edge.nodeAt)
    for (const { size, root: signed, of } of here.values()) if (!isSameHash(root, signed)) tell('audit.root', { size, of })
  }
  meet()
  return {
    expect,
    meet,
    /** Nothing may have been signed beyond the log. */
    end(): void {
      for (const [size, here] of waiting) for (const { of } of here.values()) tell('audit.beyond', { size, of, found: edge.size })
    },
  }
}
