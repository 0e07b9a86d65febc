/**
 * The outbox: statements that must reach a node, whatever happens on the way. They are written down before they are sent, and
 * struck off when the receipt is there; after a crash the rest is sent again. A node gives the same receipt for the same
 * statement, so each has exactly one effect.
 */

import { digestText } from '#native'
import { isTonghengError, type TonghengError } from '../../base/error.js'
import { anObject, checkOptions } from '../../base/options.js'
import { errorOfProblem } from '../problem.js'
import type { ReceiptDecision } from '../receipt.js'
import { pause, type Submission, type SubmitMany } from './submit-many.js'

export interface OutboxItem {
  /** Digest of the text: one statement is waiting once. */
  readonly id: string
  readonly statement: string
}

export interface OutboxResult {
  readonly id: string
  /** `refused`: the node did not take it, and will not; the code says why. */
  readonly outcome: ReceiptDecision | 'refused'
  /** Signed, of acceptance or rejection. */
  readonly receipt?: string | undefined
  readonly code?: string | undefined
}

export type OutboxCounts = Readonly<Record<OutboxResult['outcome'] | 'waiting', number>>

/** Where an outbox is written down. `tongheng/stores/sqlite` has one that survives. */
export interface OutboxQueue {
  /** Those that are new; the others are here already, sent or not. */
  add(items: readonly OutboxItem[]): Promise<number>
  /** Unsent, oldest first. */
  next(limit: number): Promise<readonly OutboxItem[]>
  settle(results: readonly OutboxResult[]): Promise<void>
  counts(): Promise<OutboxCounts>
  /** What was settled, oldest first. */
  results(): AsyncIterable<OutboxResult & Pick<OutboxItem, 'statement'>>
  close(): Promise<void>
}

export interface DrainOptions {
  readonly signal?: AbortSignal
  /** Seconds for which a node that cannot be reached, or is busy, is waited for. @default 0: the error is thrown */
  readonly patience?: number
}

export interface Outbox {
  /** Resolves once they are written down; gives how many were not there before. */
  add(statements: Iterable<string> | AsyncIterable<string>): Promise<number>
  /** Sends what is waiting, and gives the result of each as it is struck off. @throws `client.*` */
  drain(options?: DrainOptions): AsyncGenerator<OutboxResult & Pick<OutboxItem, 'statement'>, void, undefined>
  counts(): Promise<OutboxCounts>
}

/** Written down, sent and struck off together. */
const TOGETHER = 500
const FIRST_WAIT = 1000
const LONGEST_WAIT = 60_000

export interface OutboxOptions {
  /** A client, or whatever sends as it does. */
  readonly client: { readonly records: { readonly submitMany: SubmitMany } }
  readonly queue: OutboxQueue
}

export function createOutbox(options: OutboxOptions): Outbox {
  checkOptions('createOutbox', options, { client: anObject, queue: anObject })
  const { client, queue } = options
  async function* drain({ signal, patience = 0 }: DrainOptions = {}): ReturnType<Outbox['drain']> {
    let waited = 0
    let wait = FIRST_WAIT
    for (;;) {
      const items = await queue.next(TOGETHER)
      if (items.length === 0) return
      try {
        const results: (OutboxResult & Pick<OutboxItem, 'statement'>)[] = []
        let passing: TonghengError | undefined
        const sent = client.records.submitMany(
          items.map(({ statement }) => statement),
          { together: TOGETHER, ...(signal && { signal }) },
        )
        for await (const submission of sent) {
          const { problem } = submission
          // The node could not take it now: nothing is decided, and it stays.
          if (problem !== undefined && PASSING.includes(problem.status)) passing ??= errorOfProblem(problem)
          else results.push(resultOf(items[submission.index] as OutboxItem, submission))
        }
        await queue.settle(results)
        if (results.length > 0) {
          waited = 0
          wait = FIRST_WAIT
        }
        yield* results
        if (passing !== undefined) throw passing
      } catch (error) {
        if (!isPassing(error) || waited + wait > patience * 1000) throw error
        await pause(wait, signal)
        waited += wait
        wait = Math.min(LONGEST_WAIT, wait * 2)
      }
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

/** What is over some time: no line, too many requests, a node that is being restarted. */
const PASSING: readonly number[] = [429, 500, 502, 503, 504]
const isPassing = (error: unknown): boolean =>
  isTonghengError(error, 'client.network') || (isTonghengError(error, 'client.problem') && PASSING.includes(Number(error.details.status)))

function resultOf({ id, statement }: OutboxItem, { problem, ...submission }: Submission): OutboxResult & Pick<OutboxItem, 'statement'> {
  if (problem !== undefined) return { id, statement, outcome: 'refused', code: problem.code, receipt: problem.receipt }
  const { receipt, claims } = submission as Extract<Submission, { readonly receipt: string }>
  return { id, statement, outcome: claims.decision, receipt }
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
    async next(limit) {
      return [...items.values()].filter(({ result }) => result === undefined).slice(0, limit)
    },
    async settle(results) {
      for (const result of results) {
        const item = items.get(result.id)
        if (item !== undefined) item.result = result
      }
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
