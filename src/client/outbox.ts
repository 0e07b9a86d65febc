/**
 * The outbox delivers statements to a node reliably. It stores them before it sends them, and settles a statement only by a receipt that
 * the node's own key signed for it: an answer of a proxy, or from a hijacked address, settles nothing. After a crash, it sends unsettled
 * statements again. A node returns the same receipt for the same statement, so each statement takes effect exactly once.
 */

import { digestText } from '#native'
import { isTonghengError, type TonghengError } from '../base/error.js'
import { anObject, checkOptions, hasFunctions, isString, type OptionTable } from '../base/options.js'
import { pause } from '../base/pause.js'
import { entryTypeOf, errorOfProblem, problemOf, type ReceiptDecision, receiptFor } from '../contract/index.js'
import { fault as contractFault } from '../contract/messages.js'
import { parsePayload, parseStatement } from '../envelope/index.js'
import type { Trust } from '../trust/index.js'
import { checkDraining, eachText } from './check-arguments.js'
import { fault as clientFault } from './messages.js'
import { idOf, type SubmitMany, type UnreadAnswer } from './submit-many.js'

/** A queued statement. */
export interface OutboxItem {
  /** Digest of the text, so that a statement is queued only once. */
  readonly id: string
  readonly statement: string
}

/** A settled statement. */
export interface OutboxResult {
  readonly id: string
  /**
   * `refused`: the text is not a statement; it was not sent, and `code` states why. Every other outcome is the decision in the
   * receipt.
   */
  readonly outcome: ReceiptDecision | 'refused'
  /** Signed by the receiver: proof of acceptance or rejection. */
  readonly receipt?: string | undefined
  readonly code?: string | undefined
}

/** A settled statement; or one that was answered without proof, and is sent again later. */
export type Drained = Pick<OutboxItem, 'statement'> &
  (OutboxResult | { readonly id: string; readonly outcome: 'waiting'; readonly fault: TonghengError })

/** Number of items by outcome; `waiting` for items that are not settled. */
export type OutboxCounts = Readonly<Record<OutboxResult['outcome'] | 'waiting', number>>

/** Persistent storage of an outbox. `tongheng/stores/sqlite` has one that survives a crash. */
export interface OutboxQueue {
  /** Stores the new items and returns their number; items with a known id are ignored, sent or not. */
  add(items: readonly OutboxItem[]): Promise<number>
  /** Returns unsettled items, oldest first; with `after`, only those added later than that one. */
  next(limit: number, after?: string): Promise<readonly OutboxItem[]>
  settle(results: readonly OutboxResult[]): Promise<void>
  /** Removes the unsettled items among these ids and returns their number. Settled items remain as proof. */
  drop(ids: readonly string[]): Promise<number>
  counts(): Promise<OutboxCounts>
  /** Yields settled items, oldest first. */
  results(): AsyncIterable<OutboxResult & Pick<OutboxItem, 'statement'>>
  close(): Promise<void>
}

export interface DrainOptions {
  readonly signal?: AbortSignal
  /**
   * Seconds to keep retrying while the node is unreachable, busy, or answers without proof; pauses grow exponentially. @default 0:
   * the error is thrown at once
   */
  readonly retrySeconds?: number
}

/** Sends queued statements to one node, until each is settled by a receipt. */
export interface Outbox {
  /** Resolves once the statements are stored; returns the number of new ones. */
  add(statements: Iterable<string> | AsyncIterable<string>): Promise<number>
  /**
   * Sends the queued statements and yields each result once it is settled. A statement that was answered without a valid receipt is
   * yielded once as `waiting` (at most a thousand of them), remains queued, and is sent again.
   * @throws `client.*`; `outbox.unproven` if statements remain that the node answered without proof
   */
  drain(options?: DrainOptions): AsyncGenerator<Drained, void, undefined>
  counts(): Promise<OutboxCounts>
}

/** Number of statements stored, sent and settled as one batch. */
const BATCH = 500
const FIRST_WAIT = 1000
const LONGEST_WAIT = 60_000

/** Maximum number of answers without proof that `drain` yields; the error at the end has the total number. */
const MAX_UNPROVEN = 1000

export interface OutboxOptions {
  /** A client, or any object that submits in the same way. It needs no `trust`: the outbox verifies every receipt itself. */
  readonly client: { readonly records: { readonly submitMany: SubmitMany } }
  readonly queue: OutboxQueue
  /** Trust lists that contain the keys of the receiver. */
  readonly trust: Trust
  /** USCC of the authority that operates the node; only its receipts are accepted. */
  readonly receiver: string
}

const OPTIONS: OptionTable = {
  client: anObject,
  queue: anObject,
  trust: { is: hasFunctions('holders', 'entity'), expected: { zh: 'openTrust 的结果', en: 'what openTrust gives' } },
  receiver: { is: isString, expected: { zh: '运行节点的主管部门的统一社会信用代码', en: 'the USCC of the authority that runs the node' } },
}

/**
 * Creates an outbox on a queue: `add` stores statements, `drain` submits them and settles each once its receipt is verified.
 * @throws `verify.options` without trust or receiver, because nothing could be settled
 */
export function createOutbox(options: OutboxOptions): Outbox {
  checkOptions('createOutbox', options, OPTIONS)
  const { queue } = options

  async function* drain(given: DrainOptions = {}): ReturnType<Outbox['drain']> {
    checkDraining(given)
    const { signal, retrySeconds = 0 } = given
    const yielded = new Set<string>()
    let waited = 0
    let wait = FIRST_WAIT
    for (;;) {
      // One pass over all queued statements. An answer without proof does not block the statements after it.
      let fault: unknown
      let first: TonghengError | undefined
      let unproven = 0
      let after: string | undefined
      while (fault === undefined) {
        const items = await queue.next(BATCH, after)
        if (items.length === 0) break
        after = items.at(-1)?.id
        const sent = await sendItems(items, options, signal)
        fault = sent.fault
        const settled = sent.drained.filter((one): one is Extract<Drained, OutboxResult> => one.outcome !== 'waiting')
        await queue.settle(settled)
        if (settled.length > 0) [waited, wait] = [0, FIRST_WAIT]
        for (const one of sent.drained) {
          if (one.outcome === 'waiting') {
            unproven++
            first ??= one.fault
            if (yielded.has(one.id) || yielded.size >= MAX_UNPROVEN) continue
            yielded.add(one.id)
          }
          yield one
        }
      }
      if (fault === undefined && first === undefined) return
      const error = fault ?? clientFault('outbox.unproven', { count: unproven, reason: first?.text }, { cause: first })
      if (isFinal(error) || waited + wait > retrySeconds * 1000) throw error
      await pause(wait, signal)
      waited += wait
      wait = Math.min(LONGEST_WAIT, wait * 2)
    }
  }

  return {
    async add(statements) {
      let added = 0
      let items: OutboxItem[] = []
      for await (const statement of eachText('outbox.add', statements)) {
        items.push({ id: digestText(statement), statement })
        if (items.length < BATCH) continue
        added += await queue.add(items)
        items = []
      }
      return added + (items.length > 0 ? await queue.add(items) : 0)
    },
    drain,
    counts: () => queue.counts(),
  }
}

/** Temporary failures: too many requests, a node that restarts. */
const PASSING: readonly number[] = [429, 500, 502, 503, 504]

/** Errors that a retry cannot mend: the caller's configuration, its abort signal, and errors other than our own. */
const isFinal = (error: unknown): boolean =>
  !isTonghengError(error) || error.code === 'client.no-caller' || [401, 403].includes(problemOf(error)?.status ?? 0)

/** Results of a batch in order, without the statements that were not answered. */
interface Sent {
  readonly drained: readonly Drained[]
  /** Why the others were not answered, or were temporarily rejected. */
  readonly fault: unknown
}

async function sendItems(items: readonly OutboxItem[], options: OutboxOptions, signal: AbortSignal | undefined): Promise<Sent> {
  const malformed = items.map(({ statement }) => faultIn(statement))
  const whole = items.filter((_, at) => malformed[at] === undefined)
  const answers: UnreadAnswer[] = []
  let fault: unknown
  try {
    const texts = whole.map(({ statement }) => statement)
    const sent = options.client.records.submitMany(texts, { batchSize: BATCH, unread: true, ...(signal && { signal }) })
    if (texts.length > 0) for await (const answer of sent) answers.push(answer)
  } catch (error) {
    fault = error
  }
  // Settle the answers received before the error.
  const judged = await Promise.all(answers.map((answer) => judge(whole[answer.index] as OutboxItem, answer, options)))
  const busy = judged.find((one) => one.outcome === 'waiting' && isPassing(one.fault))
  let next = 0
  const drained = items.flatMap(({ id, statement }, at): readonly Drained[] => {
    const code = malformed[at]
    if (code !== undefined) return [{ id, statement, outcome: 'refused', code }]
    const one = judged[next++]
    return one === undefined || (one.outcome === 'waiting' && isPassing(one.fault)) ? [] : [one]
  })
  return { drained, fault: fault ?? (busy?.outcome === 'waiting' ? busy.fault : undefined) }
}

/** True if the node is temporarily unable to store the statement: nothing is decided. */
const isPassing = (error: TonghengError): boolean => PASSING.includes(problemOf(error)?.status ?? 0)

/** Returns the code of the error if a text is not a statement. It is checked here, because no receipt could name it. */
function faultIn(text: string): string | undefined {
  const statement = text.trim()
  try {
    parseStatement(statement, entryTypeOf(statement) ?? 'metrology-record+jwt')
    return undefined
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return error.code
  }
}

/** Settles a statement if the receipt of the receiver decides it; a refusal may contain the receipt too. */
async function judge(
  { id, statement }: OutboxItem,
  { receipt, problem, request }: UnreadAnswer,
  { trust, receiver }: OutboxOptions,
): Promise<Drained> {
  const waiting = (fault: TonghengError): Drained => ({ id, statement, outcome: 'waiting', fault })
  const proof = receipt ?? problem?.receipt
  if (problem !== undefined && (proof === undefined || PASSING.includes(problem.status))) return waiting(errorOfProblem(problem))
  try {
    const { iss, aud, decision, log } = await receiptFor(proof ?? '', idOf(statement), trust, request)
    if (iss !== receiver) throw contractFault('receipt.invalid', { reason: 'iss' })
    // The statement id covers the content only: another sender of the same content with a bad signature gets a rejection with the same
    // id.
    if (decision === 'rejected' && log === undefined && aud !== receiver && aud !== issuerOf(statement))
      throw contractFault('receipt.invalid', { reason: 'aud' })
    // A stored statement has an index in the node's log. A pending receipt without one means that the statement was not stored.
    const isPlaced = log !== undefined || !trust.logs.some(({ authority }) => authority === receiver)
    if (decision !== 'rejected' && problem !== undefined) return waiting(errorOfProblem(problem))
    if (decision !== 'rejected' && !isPlaced) throw contractFault('receipt.invalid', { reason: 'log' })
    return { id, statement, outcome: decision, receipt: proof as string }
  } catch (error) {
    if (!isTonghengError(error, 'receipt.invalid')) throw error
    return waiting(error)
  }
}

function issuerOf(text: string): unknown {
  const statement = text.trim()
  const { iss } = parsePayload(parseStatement(statement, entryTypeOf(statement) ?? 'metrology-record+jwt'))
  return iss
}

/** Creates a queue in memory; its content is lost when the process ends. */
export function createMemoryQueue(): OutboxQueue {
  const items = new Map<string, OutboxItem & { result?: OutboxResult }>()
  return {
    async add(given) {
      const before = items.size
      for (const item of given) if (!items.has(item.id)) items.set(item.id, { ...item })
      return items.size - before
    },
    async next(limit, after) {
      const all = [...items.values()]
      const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
      return all
        .slice(from)
        .filter(({ result }) => result === undefined)
        .slice(0, limit)
    },
    async settle(results) {
      for (const result of results) {
        const item = items.get(result.id)
        if (item !== undefined) item.result = result
      }
    },
    async drop(ids) {
      const waiting = ids.filter((id) => items.has(id) && items.get(id)?.result === undefined)
      for (const id of waiting) items.delete(id)
      return waiting.length
    },
    async counts() {
      const counts = { waiting: 0, accepted: 0, rejected: 0, pending: 0, refused: 0 }
      for (const { result } of items.values()) counts[result?.outcome ?? 'waiting']++
      return counts
    },
    async *results() {
      for (const { statement, result } of items.values()) if (result !== undefined) yield { ...result, statement }
    },
    async close() {
      items.clear()
    },
  }
}
