/** Submits any number of statements in bulk requests; yields an answer for each, in order. */

import { isTonghengError, type TonghengError } from '../base/error.js'
import { otherWork } from '../base/other-work.js'
import { pause } from '../base/pause.js'
import { parseShape } from '../base/shape.js'
import { BulkAnswer, entryTypeOf, type Problem, problemOf, type ReceiptClaims, receiptFor, splitLines } from '../contract/index.js'
import { MAX_STATEMENT_LENGTH, statementId } from '../envelope/index.js'
import type { Trust } from '../trust/index.js'
import { eachText } from './check-arguments.js'
import { fault } from './messages.js'
import { type CallOptions, jsonIn, type Send } from './transport.js'

/** The node's answer to one statement: its receipt, or a problem. */
export type SubmissionAnswer = {
  /** Index of the statement in the input, from 0. */
  readonly index: number
  readonly statement: string
} & (
  | { readonly receipt: string; readonly claims: ReceiptClaims; readonly isNew: boolean; readonly problem?: undefined }
  | { readonly problem: Problem; readonly receipt?: undefined }
)

export interface SubmitManyOptions extends CallOptions {
  /** Maximum number of statements per request. @default 1000 */
  readonly batchSize?: number
}

/** The node's answer to one statement, unverified. */
export interface UnreadAnswer {
  readonly index: number
  readonly statement: string
  readonly receipt?: string | undefined
  readonly problem?: Problem | undefined
  /** `jti` of the request that was answered: a rejection for another request is a replay. */
  readonly request?: string | undefined
}

type Answer = BulkAnswer & Pick<UnreadAnswer, 'request'>

/**
 * Submits any number of records and notices in bulk requests, and yields an answer for each, in order; a rejection is an answer
 * too. The next request is sent while the answers to one are consumed. A consumer that stops iterating aborts it; the node may then
 * have stored a part of it. After a lost connection the unanswered request is sent again, which is idempotent.
 */
export interface SubmitMany {
  /** `unread`: for a caller that verifies each receipt itself, so that one bad receipt does not hide the others. */
  (
    statements: Iterable<string> | AsyncIterable<string>,
    options: SubmitManyOptions & { readonly unread: true },
  ): AsyncGenerator<UnreadAnswer, void, undefined>
  (statements: Iterable<string> | AsyncIterable<string>, options?: SubmitManyOptions): AsyncGenerator<SubmissionAnswer, void, undefined>
}

interface Options extends SubmitManyOptions {
  readonly trust: Trust | undefined
}

const BATCH = 1000
/** Number of receipts verified before the event loop runs other work. */
const SIDE_BY_SIDE = 64
/** Maximum number of characters per request, well below the limit of a node. */
const MAX_CHARACTERS = 8_000_000
/** Maximum number of attempts if the connection is lost while the answers arrive. */
const ATTEMPTS = 5
const LONGEST_WAIT = 8000
/** Milliseconds during which statements are sent again that the node could not store, because its database was unavailable. */
const RESEND_TIME = 120_000

/** @throws `client.*` */
export async function* submitUnread(
  send: Send,
  statements: Iterable<string> | AsyncIterable<string>,
  { batchSize = BATCH, signal }: SubmitManyOptions,
): AsyncGenerator<UnreadAnswer, void, undefined> {
  let index = 0
  for await (const { part, answers } of oneAhead((ended) => sendParts(send, parts(statements, batchSize), ended), signal)) {
    for (const [at, statement] of part.entries()) {
      const { receipt, problem, request } = answers[at] as Answer
      yield { index: index++, statement, receipt, problem, request }
    }
  }
}

/** @throws `client.*`; `receipt.invalid` if a receipt does not verify */
export async function* submitAll(
  send: Send,
  statements: Iterable<string> | AsyncIterable<string>,
  { batchSize = BATCH, trust, signal }: Options,
): AsyncGenerator<SubmissionAnswer, void, undefined> {
  let index = 0
  for await (const { part, answers } of oneAhead((ended) => sendParts(send, parts(statements, batchSize), ended), signal)) {
    for (let start = 0; start < part.length; start += SIDE_BY_SIDE) {
      const checked = part
        .slice(start, start + SIDE_BY_SIDE)
        .map((statement, at) => submissionOf(answers[start + at] as Answer, { index: index + at, statement }, trust))
      // Yield in order, and throw the first error at its position.
      for (const one of checked) one.catch(() => undefined)
      for (const one of checked) yield await one
      index += checked.length
      await otherWork()
    }
  }
}

/** Sequential, because a statement may depend on earlier ones. */
async function* sendParts(send: Send, all: AsyncIterable<readonly string[]>, signal: AbortSignal) {
  for await (const part of all) yield { part, answers: await storedAnswersTo(send, part, signal) }
}

const isUnstored = ({ problem }: Answer): boolean => problem?.code === 'store.unavailable'

/**
 * The node can lose its database while it answers: some statements then have a receipt, and others were not stored. Sends the latter again
 * until they are stored, for at most two minutes. Statements rejected after the first of them are sent again too, because they may depend
 * on it.
 */
async function storedAnswersTo(send: Send, part: readonly string[], signal: AbortSignal): Promise<Answer[]> {
  const answers = await answersTo(send, part, signal)
  let wait = 500
  for (let waited = 0; waited < RESEND_TIME; waited += wait) {
    const first = answers.findIndex(isUnstored)
    if (first === -1) break
    wait = Math.min(LONGEST_WAIT, 2 * wait)
    await pause(wait, signal)
    const again = [...answers.keys()].filter((at) => at >= first && answers[at]?.problem !== undefined)
    const given = await answersTo(
      send,
      again.map((at) => part[at] as string),
      signal,
    )
    for (const [n, at] of again.entries()) answers[at] = given[n] as Answer
  }
  return answers
}

/**
 * Yields items in order and rethrows source errors; prefetches one item. If the consumer stops iterating, it aborts the prefetch through
 * the signal.
 */
async function* oneAhead<T>(
  work: (ended: AbortSignal) => AsyncGenerator<T, void, undefined>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  const stopped = new AbortController()
  const stop = (): void => stopped.abort(signal?.reason)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  const source = work(stopped.signal)
  try {
    let next = source.next()
    for (;;) {
      const given = await next
      if (given.done) return
      next = source.next()
      // The error is thrown when this item is awaited.
      next.catch(() => undefined)
      yield given.value
    }
  } finally {
    signal?.removeEventListener('abort', stop)
    stopped.abort()
    // Do not await: the source of statements may be blocked waiting for more of them and never return.
    source.return(undefined).catch(() => undefined)
  }
}

async function* parts(statements: Iterable<string> | AsyncIterable<string>, batchSize: number): AsyncGenerator<string[]> {
  let part: string[] = []
  let characters = 0
  for await (const statement of eachText('submitMany', statements)) {
    const length = Math.min(statement.length, MAX_STATEMENT_LENGTH + 1)
    if (part.length > 0 && (part.length >= batchSize || characters + length > MAX_CHARACTERS)) {
      yield part
      part = []
      characters = 0
    }
    part.push(statement)
    characters += length + 1
  }
  if (part.length > 0) yield part
}

async function answersTo(send: Send, part: readonly string[], signal: AbortSignal | undefined): Promise<Answer[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { status, bytes, request } = await send('submitRecords', { body: part.map(lineOf).join('\n'), ...(signal && { signal }) })
      const answers = splitLines(bytes, 2 * part.length + 2).lines.map((line) => parseShape<BulkAnswer>(BulkAnswer, jsonIn(line)).value)
      if (answers.length === part.length && !answers.includes(undefined))
        return answers.map((answer) => ({ ...(answer as BulkAnswer), request }))
      throw fault('client.answer', { status, lines: answers.length, expected: part.length })
    } catch (error) {
      if (isTooMuch(error)) return await answersToHalves(send, part, signal, error)
      // Retry a connection that was lost while the answers arrived: the request is idempotent. If it was never established, the
      // transport has retried already.
      if (!isTonghengError(error, 'client.network') || error.details.during !== 'answer' || attempt >= ATTEMPTS) throw error
      await pause(Math.min(LONGEST_WAIT, 250 * 2 ** attempt), signal)
    }
  }
}

/** The node's limit for a request was exceeded, or the client's limit for an answer. */
const isTooMuch = (error: unknown): error is TonghengError =>
  problemOf(error)?.status === 413 || (isTonghengError(error, 'client.answer') && error.details.length !== undefined)

/** Splits the request in two. If it has only one statement, the rejection is its answer. */
async function answersToHalves(
  send: Send,
  part: readonly string[],
  signal: AbortSignal | undefined,
  error: TonghengError,
): Promise<Answer[]> {
  if (part.length === 1) {
    const problem = problemOf(error)
    if (problem === undefined) throw error
    return [{ status: 413, problem }]
  }
  const middle = Math.ceil(part.length / 2)
  return [...(await answersTo(send, part.slice(0, middle), signal)), ...(await answersTo(send, part.slice(middle), signal))]
}

/**
 * A malformed statement still occupies one line, so that the node reports what is wrong; an oversized one is truncated just above
 * the limit.
 */
const lineOf = (statement: string): string =>
  statement
    .trim()
    .slice(0, MAX_STATEMENT_LENGTH + 1)
    .replace(/[\r\n]/g, ' ') || '.'

async function submissionOf(
  answer: Answer,
  of: { readonly index: number; readonly statement: string },
  trust: Trust | undefined,
): Promise<SubmissionAnswer> {
  if (answer.problem !== undefined) return { ...of, problem: answer.problem }
  const receipt = answer.receipt ?? ''
  return { ...of, receipt, claims: await receiptFor(receipt, idOf(of.statement), trust, answer.request), isNew: answer.status === 201 }
}

/** Id of a statement by its declared type. */
export function idOf(text: string): string {
  const statement = text.trim()
  return statementId(entryTypeOf(statement) ?? 'metrology-record+jwt', statement.split('.')[1] ?? '')
}
