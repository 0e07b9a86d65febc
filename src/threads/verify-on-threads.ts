/** Judges many statements on worker threads, in order, with a bounded number of them in memory. */
import { availableParallelism } from 'node:os'
import { parseInstant } from '../base/date.js'
import { type Expectation, isArrayOf, isObject } from '../base/options.js'
import type { SignedRecord, Verdict } from '../verify/index.js'
import { checkStatement, checkStatements, checkThreadOptions, inBatches } from '../verify/inside.js'
import type { ThreadAnswer } from './answer.js'
import type { Given } from './judge-batch.js'
import { type GivenOf, type ItemAnswer, joined } from './judge-on-pool.js'
import { openPool, type Task, type ThreadOptions } from './pool.js'

/** Number of batches per thread: one in work and one queued. */
const AHEAD = 2
const MOST_BY_DEFAULT = 16
const MOST_THREADS = 64

const OWN = {
  seenCatalogues: {
    is: isArrayOf(isObject),
    expected: { zh: '以前 openCatalogues 的 seen', en: 'seen of an earlier openCatalogues' },
    isOptional: true,
  },
  threads: {
    is: (value) => Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= MOST_THREADS,
    expected: { zh: `1 至 ${MOST_THREADS} 的整数`, en: `a whole number from 1 to ${MOST_THREADS}` },
    isOptional: true,
  },
  file: { is: (value) => value instanceof URL, expected: { zh: '一个 URL', en: 'a URL' }, isOptional: true },
} satisfies Record<string, Expectation>

/**
 * Judges many statements on worker threads of Node, in order. The verdicts are those of `verify`, octet for octet as JSON. Each thread
 * opens the documents of `material` itself, so pass them as signed texts. The start of a thread takes as much processor time as about five
 * thousand verdicts: for fewer statements, or on two processors, `verifyMany` is faster. At most 64 statements per thread are in memory; 32
 * are read from the source before they are judged. The threads end with the iteration, even if the consumer stops early.
 * @throws `verify.options`: for invalid options before the first verdict, for an item that is not a statement after the verdicts of those
 * before it; errors of `openMaterial` and `openCatalogues`; `threads.file` if the worker file is not found; `threads.ended` if a thread
 * ends early
 * @example
 * ```ts
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 * import { verifyOnThreads } from 'tongheng/threads'
 *
 * const world = await createFakeAuthorities()
 * const statement = await world.sign('CD', fixtures.F01.record)
 * const { anchors, trustLists, signedAgreement } = world
 * const verdicts = verifyOnThreads([statement, 'no statement'], {
 *   material: { anchors, trustLists, agreements: [signedAgreement] },
 *   at: '2025-06-16T09:00:00+08:00',
 *   policy: { region: '50' },
 * })
 * const outcomes: string[] = []
 * for await (const { outcome } of verdicts) outcomes.push(outcome)
 * outcomes // => ['recognised', 'not-recognised']
 * ```
 */
export async function* verifyOnThreads(
  statements: Iterable<SignedRecord> | AsyncIterable<SignedRecord>,
  options: ThreadOptions,
): AsyncGenerator<Verdict, void, undefined> {
  checkThreadOptions('verifyOnThreads', options, OWN)
  checkStatements('verifyOnThreads', statements)
  const check = (statement: SignedRecord): void => checkStatement('verifyOnThreads', statement)
  for await (const { answers } of answered(statements, { ...options, withRecord: false }, asGiven, check))
    for (const { verdict } of answers) yield verdict
}
const asGiven = (statement: SignedRecord): Given => statement

/** Judges the statements of items, in order. Items without a statement are yielded in their place, without an answer. */
export async function* judgeOnThreads<T>(
  items: AsyncIterable<T>,
  given: GivenOf<T>,
  options: ThreadOptions,
): AsyncGenerator<ItemAnswer<T>, void, undefined> {
  for await (const { batch, answers } of answered(items, { ...options, withRecord: true }, given)) yield* joined(batch, given, answers)
}

interface Answered<T> {
  readonly batch: readonly T[]
  /** One per item that has a statement. */
  readonly answers: readonly ThreadAnswer[]
}

/** Yields batches with their answers, in order; threads judge the next batches meanwhile. */
async function* answered<T>(
  items: Iterable<T> | AsyncIterable<T>,
  { threads, file, ...task }: Task & Pick<ThreadOptions, 'threads' | 'file'>,
  given: GivenOf<T>,
  check: (item: T) => void = () => undefined,
): AsyncGenerator<Answered<T>, void, undefined> {
  const count = threads ?? Math.min(availableParallelism(), MOST_BY_DEFAULT)
  const pool = await openPool({ ...task, at: parseInstant(task.at) }, count, file)
  const underWay: Promise<Answered<T>>[] = []
  let fault: { readonly error: unknown } | undefined
  const batches = inBatches(items, check, (error) => {
    fault = { error }
  })
  try {
    for await (const batch of batches) {
      const statements = batch.map(given).filter((one) => one !== undefined)
      const answer = pool.judge(statements).then((answers) => ({ batch, answers }))
      // A rejection is thrown when this answer is yielded; until then, it must not count as unhandled.
      answer.catch(() => undefined)
      if (underWay.push(answer) > AHEAD * count) yield await (underWay.shift() as Promise<Answered<T>>)
    }
    for (const answer of underWay) yield await answer
    // Verdicts of the statements before the error were already yielded.
    if (fault !== undefined) throw fault.error
  } finally {
    await pool.close()
  }
}
