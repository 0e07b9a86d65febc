/** A node: an authority's trust, agreements and store, and what it does with a statement. No sockets here. */

import type { Check } from '../base/check.js'
import { civilDateOf, type Instant } from '../base/date.js'
import { isTonghengError, TonghengError } from '../base/error.js'
import { identifierKey, plateKey } from '../base/identifier.js'
import type { Text } from '../base/messages/index.js'
import {
  decideReceipt,
  nameTaken,
  numberTaken,
  type Place,
  type ReceiptClaims,
  type ReceiptDecision,
  reasonsOf,
  signReceipt,
} from '../contract/index.js'
import type { Statement } from '../envelope/index.js'
import { dueOf } from '../trust/index.js'
import { decidingCheck, examine, type LogEvidence, openLogEvidence, openStatus, type SignedRecord, standings } from '../verify/index.js'
import { createAlarms } from './alarms.js'
import { checkNodeOptions } from './check-node-options.js'
import { createFacts, type Facts } from './facts.js'
import { createForeignKeeper, isOfFacts } from './foreign.js'
import { createHeadKeeper, tellingAfter } from './head.js'
import { type Arrival, createLogWriter, type Kept } from './log-writer.js'
import { nameAlarms, withNamesakes } from './name-twice.js'
import { notTaken, ownLacks, textOfCode } from './not-taken.js'
import { earlierUse, isNumbered } from './number-twice.js'
import { identityOf, mustBeListed } from './own-keys.js'
import { rejectionOf } from './refused-notice.js'
import { requireAlgorithms } from './required-algorithms.js'
import { recordsOfInstrument, searchOf } from './search.js'
import { isByItsKey, isUnproven, seenHere, seenIn } from './seen-here.js'
import type { Halt, Node, NodeOptions } from './shapes.js'
import { NOTICE, type StoredEntry } from './store.js'
import type { Received, Submission, Submitted } from './submission.js'
import { replaceableOf, statusesOf, statusWithSuccessors } from './successors.js'

interface Examination {
  readonly at?: Instant
  /** Two-digit province that is asked to recognise. */
  readonly asked?: string
  readonly parsed?: Statement | undefined
  /** Another node's receipt for the statement. */
  readonly receipt?: string | undefined
}

type ReceiptInput = Pick<ReceiptClaims, 'aud' | 'sub' | 'iat' | 'req' | 'decision' | 'reasons' | 'reliedOn'>

/**
 * Opens a node: verifies its trust lists and agreements, keeps them, and reads what is already published.
 * @throws `trust-list.*`, `agreement.*`; `node.key-not-listed`, `log.not-listed` where the trust list does not have a key of the node
 */
export async function createNode(options: NodeOptions): Promise<Node> {
  checkNodeOptions(options)
  const { store, now, region } = options
  const alarms = createAlarms(options.alarm)
  const facts = await createFacts({ ...options, alarms })
  mustBeListed(options, facts.last.trust)
  const identity = await identityOf(options, facts.last.trust)
  const place = identity && options.head
  const awaitsWitness = identity !== undefined && options.awaitsWitness === true
  const head = createHeadKeeper({ store, origin: options.log?.origin ?? '', place, awaitsWitness })
  const writer = createLogWriter(store, identity, head.settle)
  let halted: Halt | undefined
  if (await head.open()) await writer.seal()

  const examineBy = async (
    given: Facts,
    statement: SignedRecord,
    { at = now(), asked = region, parsed, receipt }: Examination = {},
  ): Promise<Received> => {
    const { trust, agreements, specifications, status } = given
    const asking = { at, trust, agreements, specifications, status, policy: { ...options.policy, region: asked } }
    let log: LogEvidence | undefined
    let examined = await examine(statement, asking, { where: 'aside', parsed })
    if (isUnproven(examined.verdict)) {
      // The key was revoked: what this node has seen itself counts, and what another node's receipt proves.
      const [here, there] = [
        await seenHere(store, trust, typeof statement === 'string' ? [statement] : statement),
        await openLogEvidence(receipt === undefined ? [] : [receipt], trust),
      ]
      log = { seen: (id) => [...here.seen(id), ...there.seen(id)] }
      examined = await examine(statement, { ...asking, log }, { where: 'aside', parsed })
    }
    const { verdict, claims, record } = examined
    if (claims !== undefined && record !== undefined) {
      const known = await statusWithSuccessors(given, store, [replaceableOf(verdict.statementId as string, claims.iss, record)])
      if (known !== status) examined = await examine(statement, { ...asking, status: known, ...(log && { log }) }, { parsed })
    }
    return { examined, at, facts: given }
  }

  const judge: Node['judge'] = async (statement, { at = now(), region: asked = region } = {}) =>
    (await examineBy(await facts.current(), statement, { at, asked })).examined.verdict

  const receive: Node['receive'] = async (statement) => examineBy(await facts.current(), statement)

  /** What was judged by facts that have changed since is judged again. */
  async function upToDate(statement: string, received: Received | undefined): Promise<Received> {
    return received !== undefined && received.facts === (await facts.current()) ? received : receive(statement)
  }

  const inquire: Node['standings'] = async ({ serial, plate }, { at = now(), region: asked = region } = {}) => {
    const {
      entries: found,
      isWhole,
      named,
    } = await recordsOfInstrument(store, {
      ...(serial !== undefined && { serial: identifierKey(serial) }),
      ...(plate !== undefined && { plate: plateKey(plate) }),
    })
    const entries = await withNamesakes(store, found)
    const given = await facts.current()
    const { trust, agreements, specifications } = given
    const records = entries.map(({ statementId, iss, search: { number } }) => ({ statementId, iss, number }))
    const status = await statusWithSuccessors(given, store, records)
    // What was not looked for may be a failure: an empty statement leaves the standing undecided.
    const statements = [...entries.map(({ statement }) => statement), ...(isWhole ? [] : [''])]
    const log = await seenHere(store, trust, statements)
    const all = await standings(statements, {
      at,
      trust,
      agreements,
      specifications,
      status,
      log,
      policy: { ...options.policy, region: asked },
    })
    const isNamed = ({ statementId }: { readonly statementId?: string }): boolean => statementId !== undefined && named.has(statementId)
    return all.filter(({ entries, notJudged }) => entries.some(isNamed) || notJudged.some(isNamed))
  }

  const receiptOf = (claims: ReceiptInput, log: Place | undefined): Promise<string> =>
    signReceipt({ iss: options.authority, ...claims, ...(log && { log: { ...log, proof: [...log.proof] } }) }, options.signer)

  /** What of a statement is kept; undefined where it is a forgery, or no record that can be read: such leave nothing behind. */
  function entryOf(statement: string, { examined, at }: Received): Omit<StoredEntry, 'receipt'> | undefined {
    const { verdict, claims, record } = examined
    if (claims === undefined || record === undefined || !isByItsKey(verdict)) return undefined
    return {
      statementId: verdict.statementId as string,
      statement,
      iss: claims.iss,
      jti: claims.jti,
      kind: record.kind,
      decision: decideReceipt(verdict),
      code: decidingCheck(verdict).code,
      outcome: verdict.outcome,
      receivedAt: seenIn(verdict) ?? at,
      search: searchOf(claims, record, facts.last.trust.entity(claims.iss)?.entity.region ?? region),
    }
  }

  async function keepAll(arrivals: readonly Arrival[]): Promise<readonly (Kept | TonghengError)[]> {
    if (halted !== undefined) throw new TonghengError('log.halted', halted)
    await head.ready()
    const kept = await writer.write(arrivals)
    for (const alarm of nameAlarms(kept)) alarms.raise(alarm)
    if (kept.some((one) => 'entry' in one && one.isNew && isOfFacts(one.entry))) facts.outdate()
    return kept
  }
  async function keep(arrival: Arrival): Promise<Kept> {
    const [kept] = (await keepAll([arrival])) as [Kept | TonghengError]
    if (isTonghengError(kept)) throw kept
    return kept
  }

  const submit: Node['submit'] = async (submission) => {
    const received = await upToDate(submission.statement, submission.received)
    const { claims } = received.examined
    if (claims !== undefined) submission.admit?.(claims)
    return decideAndKeep(submission, received, entryOf(submission.statement, received))
  }

  async function decideAndKeep(
    { sender, requestId }: Submission,
    { examined: { verdict, record }, at, facts: given }: Received,
    judged: Omit<StoredEntry, 'receipt'> | undefined,
  ): Promise<Submitted> {
    const { reliedOn, statementId = '', number = '' } = verdict
    const sign = (decision: ReceiptDecision, more: readonly Check[]) => (place: Place | undefined) => {
      const reasons = [...reasonsOf(verdict), ...more]
      return receiptOf({ aud: sender, sub: statementId, iat: at, req: requestId, decision, reasons, reliedOn }, place)
    }
    const decision = decideReceipt(verdict)
    if (judged === undefined) return { verdict, decision, receipt: await sign(decision, [])(undefined), isNew: true }
    const asJudged: Arrival = { entry: judged, receipt: sign(decision, []) }
    const settle: Arrival['settle'] = async (earlier, turn) => {
      const taken = await earlierUse(judged, earlier, (entries) => statusesOf(given, turn, entries, { region, at }))
      // What is rejected stays so.
      if (taken === undefined || decision === 'rejected') return asJudged
      const reason = numberTaken(number, taken.statementId)
      if (options.numberTwice === 'refuse')
        return new TonghengError('record.number-taken', {
          number,
          earlier: taken.statementId,
          receipt: await sign('rejected', [reason])(undefined),
        })
      // The issuer is to say which of the two holds.
      return { entry: { ...judged, decision: 'pending' }, receipt: sign('pending', [reason]) }
    }
    const { entry, isNew } = await keep({ ...asJudged, ...(record !== undefined && isNumbered(record) && { settle }) })
    if (entry.statementId !== statementId)
      return {
        verdict,
        decision: 'rejected',
        receipt: await sign('rejected', [nameTaken(entry.jti, entry.statementId)])(undefined),
        entry,
        isNew,
      }
    return { verdict, decision: entry.decision, receipt: entry.receipt ?? '', entry, isNew }
  }

  const noticeEntry = async (statement: string): Promise<Omit<StoredEntry, 'receipt'>> => {
    const { trust } = await facts.current()
    requireAlgorithms(statement, 'metrology-notice+jwt', options.policy?.algorithms)
    const { notices, refused } = await openStatus({ notices: [statement] }, trust, undefined, await seenHere(store, trust, [statement]))
    const [notice] = notices
    if (notice === undefined) throw (refused[0] as (typeof refused)[number]).error
    const { claims } = notice
    return {
      statementId: notice.statementId,
      statement,
      iss: claims.iss,
      jti: claims.jti,
      kind: NOTICE,
      ...(notice.isUnproven ? UNPROVEN : notice.newer === undefined ? UNDERSTOOD : PARTLY_READ),
      receivedAt: now(),
      search: { number: '', region: trust.entity(claims.iss)?.entity.region ?? region, factDate: civilDateOf(claims.from) },
    }
  }

  const submitNotice: Node['submitNotice'] = async ({ statement, sender, requestId }) => {
    const entry = await noticeEntry(statement)
    const { statementId: sub, receivedAt: iat, decision } = entry
    const claims = { aud: sender, sub, iat, req: requestId, decision, reasons: [], reliedOn: {} }
    const { entry: kept, isNew } = await keep({ entry, receipt: (place) => receiptOf(claims, place) })
    if (kept.statementId === sub) return { decision, receipt: kept.receipt ?? '', entry: kept, isNew }
    const reasons = [nameTaken(kept.jti, kept.statementId)]
    return { decision: 'rejected', receipt: await receiptOf({ ...claims, decision: 'rejected', reasons }, undefined), entry: kept, isNew }
  }

  const rejectNotice: Node['rejectNotice'] = async ({ statement, sender: aud, requestId: req }, error) => {
    const rejection = rejectionOf(statement, error, (await facts.current()).trust, now())
    if (rejection === undefined) return undefined
    const { sub, reasons } = rejection
    return receiptOf({ aud, sub, iat: now(), req, decision: 'rejected', reasons: [...reasons], reliedOn: {} }, undefined)
  }

  const { receiveForeign, takeOver } = createForeignKeeper({
    current: facts.current,
    async judge(given, statement, parsed, receipt) {
      const received = await examineBy(given, statement, { parsed, receipt })
      return entryOf(statement, received) ?? decidingCheck(received.examined.verdict).code
    },
    noticeEntry,
    keepAll,
  })

  const due = (isExpired: boolean): readonly Text[] =>
    facts.last.trust.lists.flatMap((list) => {
      const found = dueOf(list, now())
      if (found === undefined || (found.code === 'trust-list.expired') !== isExpired) return []
      return [textOfCode(found.code, found.params)]
    })

  return {
    options: { ...options, store: tellingAfter(store, head) },
    head,
    get trust() {
      return facts.last.trust
    },
    identity,
    judge,
    receive,
    submit,
    submitNotice,
    rejectNotice,
    receiveForeign,
    takeOver,
    standings: inquire,
    statusesOf: async (entries) => statusesOf(await facts.current(), store, entries, { region, at: now() }),
    noticesOf: async (statementId) => (await facts.current()).status.noticesOf(statementId),
    async refresh() {
      await facts.current()
    },
    learn: facts.learn,
    alarms,
    get halted() {
      return halted
    },
    halt(found) {
      halted = found
    },
    unready: () => [
      ...due(true),
      ...(head.fault === undefined ? [] : [head.fault.text]),
      ...(halted === undefined ? [] : [textOfCode('log.halted', halted)]),
    ],
    warnings: () => [...due(false), ...notTaken(facts.last), ...ownLacks(options, facts.last.trust)],
  }
}

/** What the log says of a notice: genuine both, and acted upon as far as it is understood. */
const UNDERSTOOD = { decision: 'accepted', code: 'notice', outcome: 'recognised' } as const
const PARTLY_READ = { decision: 'pending', code: 'status.notice-newer-members', outcome: 'indeterminate' } as const

const UNPROVEN = { decision: 'pending', code: 'status.notice-unproven', outcome: 'indeterminate' } as const
