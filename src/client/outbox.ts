/**
 * The outbox: statements that must reach a node, whatever happens on the way. They are written down before they are sent, and
 * settled by a receipt that the node's own key signed for that statement, and by nothing else: what answers in the node's
 * name without its key (a proxy, a hijacked address) settles nothing. After a crash the rest is sent again. A node gives the
 * same receipt for the same statement, so each has exactly one effect.
 */

import { digestText } from '#native'
import { isTonghengError, type TonghengError } from '../base/error.js'
import { anObject, checkOptions, hasFunctions, isString, type OptionTable } from '../base/options.js'
import { pause } from '../base/pause.js'
import { entryTypeOf, errorOfProblem, problemOf, type ReceiptDecision, receiptFor } from '../contract/index.js'
import { fault as contractFault } from '../contract/messages.js'
import { parsePayload, parseStatement } from '../envelope/index.js'
import type { Trust } from '../trust/index.js'
import { fault as clientFault } from './messages.js'
import { idOf, type SubmitMany, type UnreadAnswer } from './submit-many.js'

export interface OutboxItem {
  /** Digest of the text: one statement is waiting once. */
  readonly id: string
  readonly statement: string
}

export interface OutboxResult {
  readonly id: string
  /** `refused`: the text is no statement; it was not sent, and the code says why. Everything else is what the receipt says. */
  readonly outcome: ReceiptDecision | 'refused'
  /** Signed by the receiver, of acceptance or rejection. */
  readonly receipt?: string | undefined
  readonly code?: string | undefined
}

/** What was settled; or what was answered without proof, and waits to be sent again. */
export type Drained = Pick<OutboxItem, 'statement'> &
  (OutboxResult | { readonly id: string; readonly outcome: 'waiting'; readonly fault: TonghengError })

export type OutboxCounts = Readonly<Record<OutboxResult['outcome'] | 'waiting', number>>

/** Where an outbox is written down. `tongheng/stores/sqlite` has one that survives. */
export interface OutboxQueue {
  /** Those that are new; the others are here already, sent or not. */
  add(items: readonly OutboxItem[]): Promise<number>
  /** Not settled, oldest first; with `after`, those that were added later than that one. */
  next(limit: number, after?: string): Promise<readonly OutboxItem[]>
  settle(results: readonly OutboxResult[]): Promise<void>
  /** Removes those of these ids that are not settled; gives how many. What was settled stays as proof. */
  drop(ids: readonly string[]): Promise<number>
  counts(): Promise<OutboxCounts>
  /** What was settled, oldest first. */
  results(): AsyncIterable<OutboxResult & Pick<OutboxItem, 'statement'>>
  close(): Promise<void>
}

export interface DrainOptions {
  readonly signal?: AbortSignal
  /**
   * Seconds for which a node that cannot be reached, is busy, or answers without proof is asked again, after longer and longer
   * pauses. @default 0: the error is thrown
   */
  readonly retrySeconds?: number
}

export interface Outbox {
  /** Resolves once they are written down; gives how many were not there before. */
  add(statements: Iterable<string> | AsyncIterable<string>): Promise<number>
  /**
   * Sends what is waiting, and gives the result of each as it is settled. What was answered without a receipt that proves it is
   * given once as `waiting` (the first thousand of them), stays, and is sent again.
   * @throws `client.*`; `outbox.unproven` where at the end something waits that the node did answer
   */
  drain(options?: DrainOptions): AsyncGenerator<Drained, void, undefined>
  counts(): Promise<OutboxCounts>
}

/** Written down, sent and struck off together. */
const TOGETHER = 500
const FIRST_WAIT = 1000
const LONGEST_WAIT = 60_000

/** Answers without proof that a caller of `drain` is told one by one; the error at the end has their number. */
const MOST_TOLD = 1000

export interface OutboxOptions {
  /** A client, or whatever sends as it does. It needs no trust: the outbox verifies every receipt itself. */
  readonly client: { readonly records: { readonly submitMany: SubmitMany } }
  readonly queue: OutboxQueue
  /** The trust list in it names the keys of the receiver. */
  readonly trust: Trust
  /** USCC of the authority that runs the node: its receipts count, no other's. */
  readonly receiver: string
}

const OPTIONS: OptionTable = {
  client: anObject,
  queue: anObject,
  trust: { is: hasFunctions('holders', 'entity'), expected: { zh: 'openTrust 的结果', en: 'what openTrust gives' } },
  receiver: { is: isString, expected: { zh: '运行节点的主管部门的统一社会信用代码', en: 'the USCC of the authority that runs the node' } },
}

/**
 * An outbox over a queue: `put` stores a statement, `drain` submits what waits and removes it once a receipt for it is verified.
 * @throws `verify.options` without trust or receiver: nothing could be settled
 */
export function createOutbox(options: OutboxOptions): Outbox {
  checkOptions('createOutbox', options, OPTIONS)
  const { queue } = options

  async function* drain({ signal, retrySeconds = 0 }: DrainOptions = {}): ReturnType<Outbox['drain']> {
    const told = new Set<string>()
    let waited = 0
    let wait = FIRST_WAIT
    for (;;) {
      // One pass over all that waits. What is answered without proof does not keep back what stands behind it.
      let fault: unknown
      let first: TonghengError | undefined
      let unproven = 0
      let after: string | undefined
      while (fault === undefined) {
        const items = await queue.next(TOGETHER, after)
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
            if (told.has(one.id) || told.size >= MOST_TOLD) continue
            told.add(one.id)
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
      for await (const statement of statements) {
        items.push({ id: digestText(statement), statement })
        if (items.length < TOGETHER) continue
        added += await queue.add(items)
        items = []
      }
      return added + (items.length > 0 ? await queue.add(items) : 0)
    },
    drain,
    counts: () => queue.counts(),
  }
}

/** Over after some time: too many requests, a node that is being restarted. */
const PASSING: readonly number[] = [429, 500, 502, 503, 504]

/** What no second try mends: the caller's own set-up, its signal, and what is no error of ours. */
const isFinal = (error: unknown): boolean =>
  !isTonghengError(error) || error.code === 'client.no-caller' || [401, 403].includes(problemOf(error)?.status ?? 0)

/** What became of some items, in their order; those that nobody answered are not among them. */
interface Sent {
  readonly drained: readonly Drained[]
  /** Why the rest was not answered, or could not be taken in. */
  readonly fault: unknown
}

async function sendItems(items: readonly OutboxItem[], options: OutboxOptions, signal: AbortSignal | undefined): Promise<Sent> {
  const malformed = items.map(({ statement }) => faultIn(statement))
  const whole = items.filter((_, at) => malformed[at] === undefined)
  const answers: UnreadAnswer[] = []
  let fault: unknown
  try {
    const texts = whole.map(({ statement }) => statement)
    const sent = options.client.records.submitMany(texts, { batchSize: TOGETHER, unread: true, ...(signal && { signal }) })
    if (texts.length > 0) for await (const answer of sent) answers.push(answer)
  } catch (error) {
    fault = error
  }
  // What was answered before a fault is settled all the same.
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

/** The node could not take it in now: nothing is decided. */
const isPassing = (error: TonghengError): boolean => PASSING.includes(problemOf(error)?.status ?? 0)

/** Why a text can be no statement, which is seen here: a receipt could not name it. */
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

/** Settled where the receiver's receipt for this statement says so, also one within a refusal. */
async function judge(
  { id, statement }: OutboxItem,
  { receipt, problem }: UnreadAnswer,
  { trust, receiver }: OutboxOptions,
): Promise<Drained> {
  const waiting = (fault: TonghengError): Drained => ({ id, statement, outcome: 'waiting', fault })
  const proof = receipt ?? problem?.receipt
  if (problem !== undefined && (proof === undefined || PASSING.includes(problem.status))) return waiting(errorOfProblem(problem))
  try {
    const { iss, aud, decision, log } = await receiptFor(proof ?? '', idOf(statement), trust)
    if (iss !== receiver) throw contractFault('receipt.invalid', { reason: 'iss' })
    // The id of a statement covers its content alone: a sender of the same content under a bad signature gets a rejection of the same id.
    if (decision === 'rejected' && log === undefined && aud !== receiver && aud !== issuerOf(statement))
      throw contractFault('receipt.invalid', { reason: 'aud' })
    // What a node took in stands in its log; pending without a place was not taken in, and waits for a fact.
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

/** A queue that forgets at exit. */
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
