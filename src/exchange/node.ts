/** A node: an authority's trust, agreements and store, and what it does with a record. No sockets here. */
import type { Instant } from '../base/date.js'
import { identifierKey, isNoSerial } from '../base/identifier.js'
import type { Text } from '../base/messages/index.js'
import { messageOf } from '../base/messages/index.js'
import type { Signer } from '../envelope/index.js'
import { type Agreement, openAgreement, type Specifications } from '../recognition/index.js'
import { type AnyRecord, decodeRecord, kindOf } from '../records/index.js'
import { dueOf, openTrust, type SignedTrustList, seenIn, type Trust, type TrustAnchor } from '../trust/index.js'
import {
  openStatus,
  readSpecifications,
  type SignedStatus,
  type Standing,
  type Status,
  standings,
  type Verdict,
  verify,
} from '../verify/index.js'
import { decideReceipt, type ReceiptDecision, reasonsOf, signReceipt } from './receipt.js'
import type { RecordPage, RecordQuery, RecordSearch, Store, StoredRecord } from './store.js'

export interface NodeOptions extends SignedStatus {
  /** Id of the node: what callers put into `aud`. */
  readonly id: string
  /** Address under which callers reach it; part of what they sign. No trailing slash. */
  readonly url: string
  /** USCC of the authority that runs the node; must be an entity of its own trust list. */
  readonly authority: string
  readonly name: Text
  /** Two-digit province. */
  readonly region: string
  /** Signs receipts. */
  readonly signer: Signer
  readonly store: Store
  readonly anchors: readonly TrustAnchor[]
  readonly trustLists: readonly SignedTrustList[]
  readonly agreements: readonly (readonly string[])[]
  /** Seconds since 1970; the clock of the process at its edge. */
  readonly now: () => Instant
}

export interface Submission {
  readonly statement: string
  /** USCC of the sender. */
  readonly sender: string
  /** Id of the request that brought it. */
  readonly requestId: string
}

export interface Submitted {
  readonly verdict: Verdict
  readonly decision: ReceiptDecision
  readonly receipt: string
  /** Present where the statement is genuine and its record readable: only such are kept. */
  readonly record?: StoredRecord
  /** False where the same name was already taken, by this statement or by another. */
  readonly isNew: boolean
}

export interface InstrumentQuery {
  readonly serial?: string | undefined
  readonly plate?: string | undefined
}

export interface Node {
  readonly options: NodeOptions
  readonly trust: Trust
  /** Judges a statement as of a moment, for a province. */
  judge(statement: string, options?: { readonly at?: Instant; readonly region?: string }): Promise<Verdict>
  /** Judges, decides, signs the receipt and keeps all of it at once. The same statement again gives the same receipt. */
  submit(submission: Submission): Promise<Submitted>
  /** How the instruments stand that a serial number or a plate names, by every verification record kept of them. */
  standings(of: InstrumentQuery, options?: { readonly at?: Instant; readonly region?: string }): Promise<readonly Standing[]>
  /** Why the node could not judge now; empty where it can. */
  unready(): readonly Text[]
  /** What will keep it from judging soon: lists to be updated within three days, or overdue. */
  warnings(): readonly Text[]
}

/**
 * Opens a node: verifies its trust lists and agreements, keeps them, and reads the specifications already published.
 * @throws `trust-list.*`, `agreement.*`
 */
export async function createNode(options: NodeOptions): Promise<Node> {
  const { store, now, region } = options
  const kept = await keptLists(store, options.anchors)
  const trust = await openTrust({ anchors: options.anchors, lists: [...kept, ...options.trustLists], seen: seenIn(kept) })
  const status = await openStatus(options, trust)
  const agreements: Agreement[] = []
  for (const signed of options.agreements) agreements.push(await openAgreement(signed, trust))
  for (const { payload, signed } of trust.lists.flatMap(({ payload: { iss } }) => trust.versions(iss))) {
    await store.putDocument({ collection: 'trust-list', name: payload.iss, version: payload.version, signed })
  }
  for (const { payload, signed } of agreements) {
    await store.putDocument({ collection: 'agreement', name: payload.id, version: payload.version, signed })
  }
  let specifications: Promise<Specifications> | undefined

  const facts = (): Promise<Specifications> => {
    specifications ??= readPublished(store, { trust, status, at: now() }).catch((error: unknown) => {
      // Read again next time; a store that failed once must not spoil every verdict after it.
      specifications = undefined
      throw error
    })
    return specifications
  }

  const judge: Node['judge'] = async (statement, { at = now(), region: asked = region } = {}) =>
    verify(statement, { at, trust, agreements, specifications: await facts(), status, policy: { region: asked } })

  const inquire: Node['standings'] = async ({ serial, plate }, { at = now(), region: asked = region } = {}) => {
    const query = {
      kind: 'verification-record',
      serial: serial === undefined ? undefined : identifierKey(serial),
      plate: plate === undefined ? undefined : plateKey(plate),
    }
    return standings(statementsOf(store, query), {
      at,
      trust,
      agreements,
      specifications: await facts(),
      status,
      policy: { region: asked },
    })
  }

  const submit: Node['submit'] = async ({ statement, sender, requestId }) => {
    const receivedAt = now()
    const verdict = await judge(statement, { at: receivedAt })
    const decision = decideReceipt(verdict)
    const receipt = await signReceipt(
      {
        iss: options.authority,
        aud: sender,
        sub: verdict.statementId ?? '',
        iat: receivedAt,
        req: requestId,
        decision,
        reasons: reasonsOf(verdict),
        reliedOn: verdict.reliedOn,
      },
      options.signer,
    )
    const decoded = verdict.issuer === undefined ? undefined : decodeRecord(statement)
    const record = decoded?.record
    // Only what its issuer really said is kept; a forgery is answered, and leaves nothing behind.
    if (decoded === undefined || record === undefined || verdict.issuer === undefined) return { verdict, decision, receipt, isNew: true }
    const entity = trust.entity(verdict.issuer)?.entity
    const kept = await store.putRecord({
      statementId: verdict.statementId as string,
      statement,
      iss: decoded.claims.iss,
      jti: decoded.claims.jti,
      kind: record.kind,
      decision,
      code: verdict.checks.find(({ id }) => id === verdict.decidedBy)?.code ?? verdict.decidedBy,
      outcome: verdict.outcome,
      receipt,
      receivedAt,
      search: searchOf(record, entity?.region ?? region),
    })
    if (kept.isNew && record.kind === 'technical-specification') specifications = undefined
    return { verdict, decision: kept.record.decision, receipt: kept.record.receipt, record: kept.record, isNew: kept.isNew }
  }

  const due = (isExpired: boolean): readonly Text[] =>
    trust.lists.flatMap((list) => {
      const found = dueOf(list, now())
      if (found === undefined || (found.code === 'trust-list.expired') !== isExpired) return []
      const { zh, en } = messageOf(found.code, found.params)
      return [{ zh, en }]
    })

  return { options, trust, judge, submit, standings: inquire, unready: () => due(true), warnings: () => due(false) }
}

/** The trust lists a store has kept, of the authorities that are pinned: a node that starts anew has forgotten nothing. */
async function keptLists(store: Store, anchors: readonly TrustAnchor[]): Promise<SignedTrustList[]> {
  const pinned = new Set(anchors.map(({ authority }) => authority))
  return (await store.listDocuments('trust-list')).filter(({ name }) => pinned.has(name)).map(({ signed }) => signed)
}

/** What a record can be found by. */
function searchOf(record: AnyRecord, region: string): RecordSearch {
  const kind = kindOf(record)
  const instrument = kind.instrument(record)
  const serial = instrument?.serialNumber
  const plate = instrument?.mobile?.plate
  return {
    number: identifierKey(kind.number(record)),
    serial: serial === undefined || isNoSerial(serial) ? undefined : identifierKey(serial),
    plate: plate === undefined ? undefined : plateKey(plate),
    region,
    factDate: kind.factDate(record),
    validUntil: kind.validUntil(record),
  }
}

/** Plates compare without the dot, whichever of the dots people type it is. */
export const plateKey = (plate: string): string => identifierKey(plate).replace(/[.·•‧∙⋅・]/g, '')

const PAGE = 500

async function readPublished(store: Store, options: { trust: Trust; status: Status; at: Instant }): Promise<Specifications> {
  const statements: string[] = []
  for await (const statement of statementsOf(store, { kind: 'technical-specification' })) statements.push(statement)
  return (await readSpecifications(statements, options)).specifications
}

/** Every statement that a query finds, page by page. */
async function* statementsOf(store: Store, query: RecordQuery): AsyncGenerator<string, void, undefined> {
  let after: number | undefined = 0
  while (after !== undefined) {
    const page: RecordPage = await store.listRecords(query, { after, limit: PAGE })
    for (const { statement } of page.items) yield statement
    after = page.next
  }
}
