/** Any number of statements to a node, many in a request; an answer for each, in order. */

import { isTonghengError, type TonghengError } from '../base/error.js'
import { otherWork } from '../base/other-work.js'
import { pause } from '../base/pause.js'
import { parseShape } from '../base/shape.js'
import { BulkAnswer, entryTypeOf, type Problem, problemOf, type ReceiptClaims, receiptFor, splitLines } from '../contract/index.js'
import { MAX_STATEMENT_LENGTH, statementId } from '../envelope/index.js'
import type { Trust } from '../trust/index.js'
import { fault } from './messages.js'
import { type CallOptions, jsonIn, type Send } from './transport.js'

/** What a node answered to one statement of many: its receipt, or the problem it has with it. */
export type SubmissionAnswer = {
  /** Which of those given, from 0. */
  readonly index: number
  readonly statement: string
} & (
  | { readonly receipt: string; readonly claims: ReceiptClaims; readonly isNew: boolean; readonly problem?: undefined }
  | { readonly problem: Problem; readonly receipt?: undefined }
)

export interface SubmitManyOptions extends CallOptions {
  /** Statements a request carries, at most. @default 1000 */
  readonly batchSize?: number
}

/** The answer to one statement of many, as it came: nothing of it is verified. */
export interface UnreadAnswer {
  readonly index: number
  readonly statement: string
  readonly receipt?: string | undefined
  readonly problem?: Problem | undefined
}

/**
 * Sends any number of records and notices, many in a request, and gives an answer for each, in order, as it comes. A refusal is
 * an answer, too. The next request is sent while the answers to one are given; a caller that stops reading aborts it, and the node
 * may have stored a part of it. After a break the part that was not answered is sent again, which has no second effect.
 */
export interface SubmitMany {
  /** `unread`: for a caller that verifies each receipt itself, so that one that is not genuine does not hide the others. */
  (
    statements: Iterable<string> | AsyncIterable<string>,
    options: SubmitManyOptions & { readonly unread: true },
  ): AsyncGenerator<UnreadAnswer, void, undefined>
  (statements: Iterable<string> | AsyncIterable<string>, options?: SubmitManyOptions): AsyncGenerator<SubmissionAnswer, void, undefined>
}

interface Options extends SubmitManyOptions {
  readonly trust: Trust | undefined
}

const TOGETHER = 1000
/** Receipts checked before the next request has its turn. */
const SIDE_BY_SIDE = 64
/** Most characters of a request: well under what a node takes. */
const MOST_CHARACTERS = 8_000_000
/** How often a part is sent again when the line breaks while its answers come. */
const ATTEMPTS = 5
const LONGEST_WAIT = 8000

/** @throws `client.*` */
export async function* submitUnread(
  send: Send,
  statements: Iterable<string> | AsyncIterable<string>,
  { batchSize = TOGETHER, signal }: SubmitManyOptions,
): AsyncGenerator<UnreadAnswer, void, undefined> {
  let index = 0
  for await (const { part, answers } of oneAhead((ended) => sendParts(send, parts(statements, batchSize), ended), signal)) {
    for (const [at, statement] of part.entries()) {
      const { receipt, problem } = answers[at] as BulkAnswer
      yield { index: index++, statement, receipt, problem }
    }
  }
}

/** @throws `client.*`; `receipt.invalid` where the node's answer proves nothing */
export async function* submitAll(
  send: Send,
  statements: Iterable<string> | AsyncIterable<string>,
  { batchSize = TOGETHER, trust, signal }: Options,
): AsyncGenerator<SubmissionAnswer, void, undefined> {
  let index = 0
  for await (const { part, answers } of oneAhead((ended) => sendParts(send, parts(statements, batchSize), ended), signal)) {
    for (let start = 0; start < part.length; start += SIDE_BY_SIDE) {
      const checked = part
        .slice(start, start + SIDE_BY_SIDE)
        .map((statement, at) => submissionOf(answers[start + at] as BulkAnswer, { index: index + at, statement }, trust))
      // Given in order, and the first fault with them.
      for (const one of checked) one.catch(() => undefined)
      for (const one of checked) yield await one
      index += checked.length
      await otherWork()
    }
  }
}

/** One after the other: what comes later may rest on what came before. */
async function* sendParts(send: Send, all: AsyncIterable<readonly string[]>, signal: AbortSignal) {
  for await (const part of all) yield { part, answers: await answersTo(send, part, signal) }
}

/**
 * Yields the items in order and rethrows the errors of the source; one item is fetched ahead. A consumer that stops reading aborts
 * that fetch, by the signal.
 */
async function* oneAhead<T>(
  work: (ended: AbortSignal) => AsyncGenerator<T, void, undefined>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  const left = new AbortController()
  const leave = (): void => left.abort(signal?.reason)
  if (signal?.aborted) leave()
  signal?.addEventListener('abort', leave, { once: true })
  const source = work(left.signal)
  try {
    let next = source.next()
    for (;;) {
      const given = await next
      if (given.done) return
      next = source.next()
      // Reported in its place among the answers.
      next.catch(() => undefined)
      yield given.value
    }
  } finally {
    signal?.removeEventListener('abort', leave)
    left.abort()
    // Not waited for: what gives the statements may be waiting for more of them, and never come back.
    source.return(undefined).catch(() => undefined)
  }
}

async function* parts(statements: Iterable<string> | AsyncIterable<string>, batchSize: number): AsyncGenerator<string[]> {
  let part: string[] = []
  let characters = 0
  for await (const statement of statements) {
    const length = Math.min(statement.length, MAX_STATEMENT_LENGTH + 1)
    if (part.length > 0 && (part.length >= batchSize || characters + length > MOST_CHARACTERS)) {
      yield part
      part = []
      characters = 0
    }
    part.push(statement)
    characters += length + 1
  }
  if (part.length > 0) yield part
}

async function answersTo(send: Send, part: readonly string[], signal: AbortSignal | undefined): Promise<BulkAnswer[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { status, bytes } = await send('submitRecords', { body: part.map(lineOf).join('\n'), ...(signal && { signal }) })
      const answers = splitLines(bytes, 2 * part.length + 2).lines.map((line) => parseShape<BulkAnswer>(BulkAnswer, jsonIn(line)).value)
      if (answers.length === part.length && !answers.includes(undefined)) return answers as BulkAnswer[]
      throw fault('client.answer', { status, lines: answers.length, expected: part.length })
    } catch (error) {
      if (isTooMuch(error)) return await answersToHalves(send, part, signal, error)
      // A line that broke while the answers came: nothing is lost by asking again. One that never stood was tried often enough.
      if (!isTonghengError(error, 'client.network') || error.details.during !== 'answer' || attempt >= ATTEMPTS) throw error
      await pause(Math.min(LONGEST_WAIT, 250 * 2 ** attempt), signal)
    }
  }
}

/** More than this node takes at once, or an answer longer than is read. */
const isTooMuch = (error: unknown): error is TonghengError =>
  problemOf(error)?.status === 413 || (isTonghengError(error, 'client.answer') && error.details.length !== undefined)

/** Sent in two parts; of one statement alone the refusal is the answer. */
async function answersToHalves(
  send: Send,
  part: readonly string[],
  signal: AbortSignal | undefined,
  error: TonghengError,
): Promise<BulkAnswer[]> {
  if (part.length === 1) {
    const problem = problemOf(error)
    if (problem === undefined) throw error
    return [{ status: 413, problem }]
  }
  const middle = Math.ceil(part.length / 2)
  return [...(await answersTo(send, part.slice(0, middle), signal)), ...(await answersTo(send, part.slice(middle), signal))]
}

/** What is no statement still takes a line of its own, so that the node says what is wrong with it; of what is too long, enough. */
const lineOf = (statement: string): string =>
  statement
    .trim()
    .slice(0, MAX_STATEMENT_LENGTH + 1)
    .replace(/[\r\n]/g, ' ') || '.'

async function submissionOf(
  answer: BulkAnswer,
  of: { readonly index: number; readonly statement: string },
  trust: Trust | undefined,
): Promise<SubmissionAnswer> {
  if (answer.problem !== undefined) return { ...of, problem: answer.problem }
  const receipt = answer.receipt ?? ''
  return { ...of, receipt, claims: await receiptFor(receipt, idOf(of.statement), trust), isNew: answer.status === 201 }
}

/** Id of a statement by its own word for what it is. */
export function idOf(text: string): string {
  const statement = text.trim()
  return statementId(entryTypeOf(statement) ?? 'metrology-record+jwt', statement.split('.')[1] ?? '')
}
