/** Judges statements on this thread, alone or with the thread pool of the runtime: two processors are then used, and nothing has to start. */
import { parseInstant } from '../base/date.js'
import type { VerifyOptions } from '../verify/index.js'
import { inBatches } from '../verify/inside.js'
import type { ThreadAnswer } from './answer.js'
import { checkBatch, type Given, judgeBatch, type Signed } from './judge-batch.js'

/** An item, and the answer for its statement; undefined where it has none. */
export interface ItemAnswer<T> {
  readonly item: T
  readonly judged: ThreadAnswer | undefined
}

/** The statement of an item; undefined where it has none. */
export type GivenOf<T> = (item: T) => Given | undefined

/** Joins items with the answers for their statements. */
export function* joined<T>(items: readonly T[], given: GivenOf<T>, answers: readonly ThreadAnswer[]): Generator<ItemAnswer<T>> {
  let next = 0
  for (const item of items) yield { item, judged: given(item) === undefined ? undefined : answers[next++] }
}

/**
 * Judges the statements of items, in order: the pool verifies the signatures of a batch while this thread judges the contents of the one
 * before. Items without a statement are passed on in their place.
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
    if (before !== undefined) yield* await finish(before)
    before = begun
  }
  if (before !== undefined) yield* await finish(before)
  // Answers of the items before the error were already yielded.
  if (fault !== undefined) throw fault.error
}

/** Judges each statement before the next is read: a person or a program that waits for the answer to one gets it. */
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
