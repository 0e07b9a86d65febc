/**
 * Audits a whole log against its store: ids and columns against statements, decisions against receipts, the tree against ids,
 * tiles, checkpoints and receipts, and the other tables. A finding means that the disk is damaged or that someone altered the
 * data.
 */

import type { Code } from '../base/message.js'
import { aNumber, anObject, aStore, aText, aTrust, checkOptions, optional } from '../base/options.js'
import { emptyEdge, type FilledTile, isSameHash } from '../log/index.js'
import type { HeadPlace, Store } from '../node/index.js'
import { NOTICE } from '../node/inside.js'
import type { Trust } from '../trust/index.js'
import { leafOf, openStatus } from '../verify/index.js'
import { checkEntry, type EntryAudit, type Reporter } from './audit-entry.js'
import { createRootChecks, openHead } from './audit-heads.js'
import { auditSerials } from './audit-serials.js'
import { checkDocuments, checkInspection, checkReaders } from './audit-store.js'
import { createFindings } from './findings.js'
import { coded } from './messages.js'

export interface AuditFinding {
  readonly code: Code
  readonly params: Readonly<Record<string, unknown>>
}

export interface AuditProgress {
  /** Number of entries checked so far. */
  readonly checked: number
  readonly size: number
  /** Errors since the last progress. */
  readonly findings: readonly AuditFinding[]
  /** Values that could not be verified either way, since the last progress. */
  readonly notes: readonly AuditFinding[]
}

export interface AuditOptions {
  readonly store: Store
  readonly trust: Trust
  /** USCC of the authority that operates the log. */
  readonly authority: string
  /** Seconds. If given, requests with too late an expiry are reported. */
  readonly now?: number
  /** Second place of the register of readers: reports entries that it has seen and the store does not have. */
  readonly readersHead?: HeadPlace | undefined
}

const PAGE = 256

/**
 * Audits a log page by page and yields progress after each. In the last progress `checked` equals `size`, unless entries are missing,
 * which is a finding.
 * @example
 * ```ts
 * import { createMemoryStore } from 'tongheng/stores/memory'
 * import { auditLog } from 'tongheng/sync'
 * import { createFakeAuthorities, organisation } from 'tongheng/testing'
 *
 * const { trust } = await createFakeAuthorities()
 * const store = createMemoryStore() // in production, the store of the node
 * for await (const { findings } of auditLog({ store, trust, authority: organisation('SC-AMR').uscc })) {
 *   findings // => []
 * }
 * ```
 */
export async function* auditLog(options: AuditOptions): AsyncGenerator<AuditProgress, void, undefined> {
  checkOptions('auditLog', options, {
    store: aStore,
    trust: aTrust,
    authority: aText,
    now: optional(aNumber),
    readersHead: optional(anObject),
  })
  const { store, trust, authority, now, readersHead: place } = options
  const { size, checkpoint, cosigned } = await store.readLog()
  const edge = emptyEdge()
  const reporter = createFindings()
  const roots = createRootChecks(edge, reporter)
  const progress = (): AuditProgress => ({ checked: edge.size, size, ...reporter.take() })
  for (const note of [checkpoint, cosigned]) if (note !== undefined) roots.expect(await openHead(note, trust, reporter, authority))
  roots.meet()
  await checkInspection(await store.inspect(), trust, reporter, now)
  const register = { store, trust, authority, now: now ?? 0, place }
  await checkReaders(register, reporter)
  await checkDocuments(register, reporter)
  const relied = createReliedVersions(trust, reporter)
  const audit: EntryAudit = {
    trust,
    authority,
    reporter,
    serials: auditSerials(store, reporter),
    status: await statusOf(store, trust),
    regionsOf: regionsIn(trust),
    reliedOn: relied.add,
  }

  for (let from = 0; from < size; from += PAGE) {
    const { items } = await store.listEntries({}, { from, limit: Math.min(PAGE, size - from) })
    const heads = await Promise.all(items.map((entry) => checkEntry(entry, audit)))
    for (const [at, { position, statementId }] of items.entries()) {
      if (position !== from + at) reporter.fault(coded('audit.gap'), { position: from + at, found: position })
      roots.expect(heads[at])
      edge.append(leafOf(statementId))
      roots.meet()
    }
    for (const tile of edge.settle()) await checkTile(store, tile, reporter)
    if (items.length < Math.min(PAGE, size - from)) reporter.fault(coded('audit.gap'), { position: from + items.length, found: null })
    yield progress()
  }
  roots.end()
  await audit.serials.end(size)
  relied.end()
  yield progress()
}

/** Remembers the newest version of each trust list on which a receipt relies. */
function createReliedVersions(trust: Trust, reporter: Reporter) {
  const newest = new Map<string, number>()
  return {
    add(authority: string, version: number): void {
      newest.set(authority, Math.max(version, newest.get(authority) ?? 0))
    },
    /** Reports each version that is newer than the newest known one: the document is missing. */
    end(): void {
      for (const [authority, version] of newest) {
        const found = trust.versions(authority).at(-1)?.payload.version ?? 0
        if (version > found) reporter.fault(coded('audit.document-missing'), { authority, version, found })
      }
    },
  }
}

async function checkTile(store: Store, { level, index, hash }: FilledTile, reporter: Reporter): Promise<void> {
  const [stored] = await store.tileRoots(level, index, index + 1)
  if (stored === undefined || !isSameHash(stored, hash)) reporter.fault(coded('audit.tile'), { level, index })
}

/** Returns the provinces of a body in all versions of all trust lists: a body that moved belongs to both provinces. */
function regionsIn(trust: Trust): EntryAudit['regionsOf'] {
  const regions = new Map<string, Set<string>>()
  for (const { payload } of trust.lists.flatMap(({ payload: { iss } }) => trust.versions(iss)))
    for (const { uscc, region } of payload.entities) regions.set(uscc, (regions.get(uscc) ?? new Set<string>()).add(region))
  const none: ReadonlySet<string> = new Set()
  return (uscc) => regions.get(uscc) ?? none
}

/** Opens the other facts that decisions depend on: all notices, and the newest version of each status list. */
async function statusOf(store: Store, trust: Trust) {
  const notices: string[] = []
  for (let from: number | undefined = 0; from !== undefined; ) {
    const page: Awaited<ReturnType<Store['listEntries']>> = await store.listEntries({ kind: NOTICE }, { from, limit: PAGE })
    notices.push(...page.items.map(({ statement }) => statement))
    from = page.next
  }
  const statusLists: string[] = []
  for (const { name } of await store.listDocumentNames({ collection: 'status-list', newest: 1 }))
    statusLists.push(...((await store.getDocument('status-list', name))?.signed ?? []))
  return openStatus({ notices, statusLists }, trust)
}
