/** Signs all labels of a record: one for a single instrument, one per line of a batch. */

import { isTonghengError } from '../base/error.js'
import {
  aMoment,
  anObject,
  checkArgument,
  checkMembers,
  checkOptions,
  type Expectation,
  optional,
  signers as someSigners,
} from '../base/options.js'
import { checkSigners } from '../envelope/index.js'
import { type AnyRecord, linesOf, MAX_LINES } from '../records/index.js'
import { factsOf, type LabelFacts, recordIn } from './label.js'
import { fault } from './messages.js'
import {
  assertLabelable,
  SIGNED,
  type SignedLabel,
  type SignLabelOptions,
  type SignWithLabelOptions,
  signByAll,
  signFacts,
} from './sign-label.js'

/** Options of `signLabel`, with the lines of a batch. */
export interface SignLabelsOptions extends Pick<SignLabelOptions, 'signers' | 'at'> {
  /** Lines of a batch certificate, from 1, each once; at most 1,000. @default every line */
  readonly lines?: readonly number[]
}

/** A label and its instrument. */
export interface LineLabel extends SignedLabel {
  /** Line of the batch, from 1; absent for a record of one instrument. */
  readonly line?: number
  /** Serial number on the label; absent if the record states that there is none. */
  readonly serial?: string
}

const LINES: Expectation = {
  is: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MAX_LINES &&
    value.every((line) => Number.isSafeInteger(line) && line > 0) &&
    new Set(value).size === value.length,
  expected: {
    zh: `各不相同的行号的数组，从 1 计，至多 ${MAX_LINES} 个`,
    en: `an array of different line numbers, from 1, at most ${MAX_LINES}`,
  },
}

/** Number of labels signed concurrently, because a signer may be a remote service. */
const TOGETHER = 32

/**
 * Signs the labels of a signed verification record: for a batch, those of `lines` in their order; otherwise its one label. The record is
 * decoded and judged only once.
 * @param statement the signed record; if it has several signatures, one or all of them
 * @throws the errors of `signLabel`; `label.line` if a line does not exist, or lines are given for a record of one instrument;
 *   `label.line-fails` if the label of a line is too long for a sticker. No label is returned then
 * @example
 * ```ts
 * import { certificates, createFakeAuthorities } from 'tongheng/testing'
 * import { signLabels } from 'tongheng/label'
 *
 * const world = await createFakeAuthorities()
 * const batch = await world.sign('SC-INST', certificates['energy-meters'].record)
 * const labels = await signLabels(batch, { signers: [world.signer('SC-INST')], at: '2025-06-16T09:00:00+08:00', lines: [2, 3] })
 * labels.map(({ line }) => line) // => [2, 3]
 * ```
 */
export async function signLabels(statement: string | readonly string[], options: SignLabelsOptions): Promise<readonly LineLabel[]> {
  checkArgument('signLabels', 'statement', statement, SIGNED)
  checkOptions('signLabels', options, { signers: someSigners, at: aMoment, lines: optional(LINES) })
  checkSigners(options.signers)
  const [first = ''] = [statement].flat() as readonly string[]
  const read = recordIn(first)
  assertLabelable(read.record)
  const count = linesOf(read.record)
  const asked = options.lines ?? (count === undefined ? [undefined] : Array.from({ length: count }, (_, at) => at + 1))
  // Look up every line before the first signature.
  const wanted = asked.map((line) => ({ line, facts: factsOf(read, line) }))
  const labels: LineLabel[] = []
  for (let from = 0; from < wanted.length; from += TOGETHER)
    labels.push(...(await Promise.all(wanted.slice(from, from + TOGETHER).map((one) => signOne(one, options)))))
  return labels
}

/** @throws `label.line-fails`, which names the line */
async function signOne(
  { line, facts }: { readonly line: number | undefined; readonly facts: LabelFacts },
  options: SignLabelsOptions,
): Promise<LineLabel> {
  const { serial } = facts
  try {
    return { ...(await signFacts(facts, options)), ...(line !== undefined && { line }), ...(serial !== undefined && { serial }) }
  } catch (error) {
    if (line === undefined || !isTonghengError(error, 'label.not-packable')) throw error
    throw fault('label.line-fails', { line, serial: serial ?? '/', reason: error.text })
  }
}

/** A record and its labels, each signed by every signer. */
export interface SignedWithLabels {
  readonly record: readonly string[]
  /** One label per line of a batch, in order; one for a record of one instrument. */
  readonly labels: readonly LineLabel[]
}

/**
 * Signs a verification record and the labels of all its instruments.
 * @throws the errors of `signRecord` and `signLabels`; nothing is returned then
 */
export async function signWithLabels(record: AnyRecord, options: SignWithLabelOptions): Promise<SignedWithLabels> {
  checkArgument('signWithLabels', 'options', options, anObject)
  checkMembers('signWithLabels', options, { signers: someSigners })
  const { signers, ...rest } = options
  checkSigners(signers)
  assertLabelable(record)
  const signed = await signByAll(record, signers, rest)
  return { record: signed, labels: await signLabels(signed, { signers, at: options.at }) }
}
