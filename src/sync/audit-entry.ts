/** Audits one log entry: each stored column must follow from the statement, or from the receipt that this node signed. */

import { civilDateOf } from '../base/date.js'
import { isTonghengError, type TonghengError } from '../base/error.js'
import type { Code } from '../base/message.js'
import { decideReceipt, type EntryType, type ReceiptClaims, readReceipt } from '../contract/index.js'
import { statementId } from '../envelope/index.js'
import { coded as envelopeCoded } from '../envelope/messages.js'
import { type JointKindRow, jointKinds, openJoint } from '../joint/index.js'
import { coded as jointCoded } from '../joint/messages.js'
import type { PlacedEntry, RecordSearch } from '../node/index.js'
import { DIRECTORY, JOINT_STATEMENT, NOTICE, searchOf, workKey } from '../node/inside.js'
import { decodeRecord } from '../records/index.js'
import { coded as statusCoded } from '../status/messages.js'
import type { Trust } from '../trust/index.js'
import { coded as trustCoded } from '../trust/messages.js'
import { decidingCheck, examine, openListedCheckpoint, openStatus, type Status } from '../verify/index.js'
import { coded as verifyCoded } from '../verify/verdict/messages.js'
import type { Head } from './audit-heads.js'
import type { SerialAudit } from './audit-serials.js'
import { coded } from './messages.js'

export interface Reporter {
  /** Reports an error. */
  fault(code: Code, params: Record<string, unknown>): void
  /** Reports a value that could not be verified either way. */
  note(code: Code, params: Record<string, unknown>): void
}

export interface EntryAudit {
  readonly trust: Trust
  readonly authority: string
  readonly status: Status
  readonly reporter: Reporter
  /** Serial numbers of the lines of batches, as the store has them and as the statements state them. */
  readonly serials: SerialAudit
  /** Provinces in which any version of a trust list has the body. */
  readonly regionsOf: (uscc: string) => ReadonlySet<string>
  /** Called with each document that a receipt relies on. */
  readonly reliedOn: (id: string, version: number) => void
}

/** Columns that are determined by the statement. */
type Derived = Pick<PlacedEntry, 'iss' | 'jti' | 'kind'> & RecordSearch

/**
 * Checks that the columns match the statement, that the receipt is for this entry, and that the stored decision is the one in the
 * receipt. Returns the tree head under which the receipt was signed.
 */
export async function checkEntry(entry: PlacedEntry, audit: EntryAudit): Promise<Head | undefined> {
  const { kind, statement, position, statementId: stored } = entry
  if (statementId(kindNamed(kind).typ, statement.split('.')[1] ?? '') !== stored) {
    audit.reporter.fault(coded('audit.statement'), { position, statementId: stored })
    audit.serials.skip(entry)
  } else await checkContent(entry, audit)
  const claims = await receiptOf(entry, audit)
  if (claims === undefined) return undefined
  checkReceipt(entry, claims, audit)
  return headOf(entry, claims, audit)
}

interface EntryKind {
  readonly typ: EntryType
  /** Computes the columns that the statement determines; undefined if the statement cannot be read. */
  derive(entry: PlacedEntry, audit: EntryAudit): Promise<Derived | undefined>
}

const RECORD: EntryKind = { typ: 'metrology-record+jwt', derive: ofRecord }
const JOINT: EntryKind = { typ: 'metrology-joint+jwt', derive: ofJoint }
/**
 * Entries that are not records. A map, not an object: the kind comes from a database that may have been altered, and could be the name of
 * an inherited member.
 */
const OTHERS: ReadonlyMap<string, EntryKind> = new Map([
  [NOTICE, { typ: 'metrology-notice+jwt', derive: ofNotice }],
  [JOINT_STATEMENT, JOINT],
  [DIRECTORY, JOINT],
])
const kindNamed = (kind: string): EntryKind => OTHERS.get(kind) ?? RECORD

async function checkContent(entry: PlacedEntry, audit: EntryAudit): Promise<void> {
  const derived = await kindNamed(entry.kind).derive(entry, audit)
  if (derived === undefined) return audit.serials.skip(entry)
  await audit.serials.check(entry.position, derived.serials ?? [])
  const { position, iss, search } = entry
  const stored: Derived = { iss, jti: entry.jti, kind: entry.kind, ...search }
  for (const column of COLUMNS) {
    const [found, expected] = [stored[column], derived[column]]
    if (found !== expected)
      audit.reporter.fault(coded('audit.column'), { position, column, found: found ?? null, expected: expected ?? null })
  }
  const regions = audit.regionsOf(derived.iss)
  if (regions.size > 0 && !regions.has(search.region))
    audit.reporter.fault(coded('audit.column'), { position, column: 'region', found: search.region, expected: [...regions].join('/') })
}

const COLUMNS = ['iss', 'jti', 'kind', 'number', 'serial', 'plate', 'factDate', 'validUntil', 'supersedes', 'amends'] as const

/** Codes of a statement that was never genuine. Any other check that fails now may have passed at the time of receipt. */
const NEVER_GENUINE: ReadonlySet<unknown> = new Set([
  envelopeCoded('signature.invalid'),
  verifyCoded('signature.form'),
  trustCoded('key.unknown'),
  envelopeCoded('alg.not-of-key'),
  trustCoded('issuer.key-mismatch'),
])

/** Codes of a statement whose signer may have been permitted at the time of receipt. */
const OF_TODAY: ReadonlySet<string> = new Set([statusCoded('status.signer'), jointCoded('joint.signer'), jointCoded('joint.not-authority')])

function reportRefused(position: number, error: TonghengError, reporter: Reporter): undefined {
  const isForged = !OF_TODAY.has(error.code) || NEVER_GENUINE.has(error.details.reason)
  if (isForged) reporter.fault(coded('audit.not-genuine'), { position, reason: error.text })
  else reporter.note(coded('audit.unproved'), { what: `#${position}: ${error.code}` })
}

async function ofNotice({ statement, position, search }: PlacedEntry, { trust, reporter }: EntryAudit): Promise<Derived | undefined> {
  const { notices, refused } = await openStatus({ notices: [statement] }, trust)
  const [notice] = notices
  if (notice === undefined) return reportRefused(position, (refused[0] as (typeof refused)[number]).error, reporter)
  const { iss, jti, from } = notice.claims
  return { iss, jti, kind: NOTICE, number: '', region: search.region, factDate: civilDateOf(from) }
}

async function ofJoint({ statement, position, receivedAt: at, search }: PlacedEntry, { trust, reporter }: EntryAudit) {
  const { statements, refused } = await openJoint([statement], { trust, at })
  const [opened] = statements
  if (opened === undefined) return reportRefused(position, (refused[0] as (typeof refused)[number]).error, reporter)
  const { claims, document } = opened
  const row = jointKinds.get(document.kind) as JointKindRow
  const derived: Derived = {
    iss: claims.iss,
    jti: claims.jti,
    kind: row.isPublic ? DIRECTORY : JOINT_STATEMENT,
    number: workKey(row.subject(document)),
    region: search.region,
    factDate: row.on(document),
  }
  return derived
}

async function ofRecord(entry: PlacedEntry, { trust, status, authority, reporter }: EntryAudit): Promise<Derived | undefined> {
  const { statement, position, search, decision, receipt, receivedAt } = entry
  const region = trust.lists.find(({ payload }) => payload.iss === authority)?.payload.region ?? search.region
  const { verdict } = await examine(statement, { at: receivedAt, trust, status, policy: { region } }, { execution: 'threadPool' })
  const decided = decidingCheck(verdict)
  if (NEVER_GENUINE.has(decided.code)) {
    reporter.fault(coded('audit.not-genuine'), { position, reason: decided.message })
    return undefined
  }
  const decoded = decodeRecord(statement)
  if (decoded?.record === undefined) {
    reporter.note(coded('audit.unproved'), { what: `#${position}: ${decided.code}` })
    return undefined
  }
  const expected = decideReceipt(verdict)
  if (receipt === undefined && expected !== decision && expected !== 'pending')
    reporter.note(coded('audit.decision'), { position, found: decision, expected, reason: decided.message })
  const { iss, jti } = decoded.claims
  return { iss, jti, kind: decoded.record.kind, ...searchOf(decoded.claims, decoded.record, search.region) }
}

/** Returns the claims of the receipt if it verifies. */
async function receiptOf({ receipt, position }: PlacedEntry, { trust, reporter }: EntryAudit): Promise<ReceiptClaims | undefined> {
  if (receipt === undefined) return undefined
  try {
    return await readReceipt(receipt, trust)
  } catch (error) {
    if (!isTonghengError(error)) throw error
    reporter.fault(coded('audit.receipt'), { position, reason: error.text })
    return undefined
  }
}

function checkReceipt({ position, statementId: id, decision, receivedAt }: PlacedEntry, claims: ReceiptClaims, audit: EntryAudit): void {
  const { reporter, authority, reliedOn } = audit
  const { sub, iss, iat, log, decision: stated } = claims
  if (sub !== id) reporter.fault(coded('audit.receipt'), { position, reason: 'sub' })
  if (iss !== authority) reporter.fault(coded('audit.receipt'), { position, reason: 'iss' })
  if (log !== undefined && log.index !== position) reporter.fault(coded('audit.receipt'), { position, reason: 'index' })
  // A peer entry is received first and gets its receipt later, when its sender submits it here; the reverse order is impossible.
  if (iat < receivedAt) reporter.fault(coded('audit.column'), { position, column: 'received_at', found: receivedAt, expected: iat })
  if (stated !== decision) {
    if (iat > receivedAt) reporter.note(coded('audit.decision'), { position, found: decision, expected: stated, reason: `iat ${iat}` })
    else reporter.fault(coded('audit.column'), { position, column: 'decision', found: decision, expected: stated })
  }
  const { trustLists } = claims.reliedOn as { readonly trustLists?: unknown }
  if (!Array.isArray(trustLists)) return
  for (const one of trustLists as readonly { id?: unknown; version?: unknown }[])
    if (typeof one?.id === 'string' && typeof one.version === 'number') reliedOn(one.id, one.version)
}

/** Returns the tree head under which the receipt was signed. `readReceipt` has verified it, so opening it again does not fail. */
async function headOf({ position }: PlacedEntry, { log, iss }: ReceiptClaims, { trust }: EntryAudit): Promise<Head | undefined> {
  if (log === undefined) return undefined
  const { size, root } = await openListedCheckpoint(log.checkpoint, trust, { authority: iss })
  return { size, root, of: `#${position}` }
}
