/**
 * Judges a batch: verifies all signatures first, then judges all contents, so that the two do not evict each other's tables from the
 * processor cache.
 */
import type { Instant } from '../base/date.js'
import type { SignedText } from '../envelope/index.js'
import type { SignedRecord, VerifyOptions } from '../verify/index.js'
import { type Authenticated, aRecord, checkSignatures, judge } from '../verify/inside.js'
import type { ThreadAnswer } from './answer.js'

/** A signed record, or the text of a label. */
export type Given = SignedRecord | { readonly label: SignedText }

/** Undefined for a label, which is judged as a whole. */
export type Signed = Authenticated | undefined

const isLabel = (given: Given): given is { readonly label: SignedText } => typeof given !== 'string' && 'label' in given

/** Verifies the signatures of the records; with `execution`, on the thread pool of the runtime. */
export const checkBatch = (
  batch: readonly Given[],
  options: VerifyOptions,
  at: Instant,
  execution?: 'threadPool',
): Promise<readonly Signed[]> =>
  Promise.all(batch.map(async (given) => (isLabel(given) ? undefined : checkSignatures(given, options, at, aRecord, { execution }))))

/** Judges the contents. @param signed result of `checkBatch` for the batch */
export async function judgeBatch(
  batch: readonly Given[],
  signed: readonly Signed[],
  options: VerifyOptions,
  at: Instant,
): Promise<readonly ThreadAnswer[]> {
  const answers: ThreadAnswer[] = []
  for (const [index, given] of batch.entries()) {
    if (isLabel(given)) answers.push({ verdict: await verifyOneLabel(given.label, options) })
    else {
      const { verdict, record } = judge(signed[index] as Authenticated, at, options, aRecord)
      answers.push({ verdict, record })
    }
  }
  return answers
}

async function verifyOneLabel(label: SignedText, { line: _, ...options }: VerifyOptions): Promise<ThreadAnswer['verdict']> {
  const { verifyLabel } = await import('../label/index.js')
  return verifyLabel(label, options)
}
