/**
 * Judges statements on this thread, alone or with the thread pool of the runtime, which uses a second processor without a thread to start.
 */
import { parseInstant } from '../base/date.js'
import type { VerifyOptions } from '../verify/index.js'
import { inBatches } from '../verify/inside.js'
import type { ThreadAnswer } from './answer.js'
import { checkBatch, type Given, judgeBatch, type Signed } from './judge-batch.js'

/** An item, and the answer for its statement; undefined if it has no statement. */
export interface ItemAnswer<T> {
  readonly item: T
  readonly judged: ThreadAnswer | undefined
}

/** Returns the statement of an item; undefined if it has none. */
export type GivenOf<T> = (item: T) => Given | undefined

/** Joins items with the answers for their statements. */
export function* joined<T>(items: readonly T[], given: GivenOf<T>, answers: readonly ThreadAnswer[]): Generator<ItemAnswer<T>> {
  let next = 0
  for (const item of items) yield { item, judged: given(item) === undefined ? undefined : answers[next++] }
}

/**
 * Judges the statements of items, in order: the pool verifies the signatures of a batch while this thread judges the contents of the one
 * before. Items without a statement are yielded in their place, without an answer.
 */
export async function* judgeOnPool<T>(
  items: AsyncIterable<T>,
  given: GivenOf<T>,
  options: VerifyOptions,
): AsyncGenerator<ItemAnswer<T>, void, undefined> {
  const at = parseInstant(options.at)
  let before:
    | { readonly batch: readonly T[]; readonly statements: readonly Given[]; readonly signed: Promise<readonly Signed[]> }
    | undefined
  let fault: { readonly error: unknown } | undefined
  const batches = inBatches(
    items,
    () => undefined,
    (error) => {
      fault = { error }
    },
  )
  const finish = async ({ batch, statements, signed }: NonNullable<typeof before>): Promise<Iterable<ItemAnswer<T>>> =>
    joined(batch, given, await judgeBatch(statements, await signed, options, at))
  for await (const batch of batches) {
    const statements = batch.map(given).filter((one) => one !== undefined)
    const begun = { batch, statements, signed: checkBatch(statements, options, at, 'threadPool') }
    // An error is thrown when this batch is awaited, and is lost with the batch if the caller stops before.
    begun.signed.catch(() => undefined)
    if (before !== undefined) yield* await finish(before)
    before = begun
  }
  if (before !== undefined) yield* await finish(before)
  // Answers of the items before the error were already yielded.
  if (fault !== undefined) throw fault.error
}

/** Judges each statement before it reads the next, so that a sender that waits for one answer before it sends the next is not blocked. */
export async function* judgeOneByOne<T>(
  items: AsyncIterable<T>,
  given: GivenOf<T>,
  options: VerifyOptions,
): AsyncGenerator<ItemAnswer<T>, void, undefined> {
  const at = parseInstant(options.at)
  for await (const item of items) {
    const statements = [given(item)].filter((one) => one !== undefined)
    yield* joined([item], given, await judgeBatch(statements, await checkBatch(statements, options, at), options, at))
  }
}
