/** The verdict: what was decided, of what, as of when, check by check, and on which documents it rests. */

import type { Check } from '../../base/check.js'
import type { RowId, Text } from '../../base/message.js'
import { coded as recognitionCoded } from '../../recognition/messages.js'
import { checkVerdict } from './check-options.js'
import { fault } from './messages.js'

/**
 * `recognised`: every check that applies passed (warnings may stand). `not-recognised`: something is wrong.
 * `indeterminate`: the verifier lacks a fact; it is never read as recognised and never used for what is wrong.
 */
export type Outcome = 'recognised' | 'not-recognised' | 'indeterminate'

/** A document the verdict rests on. */
export type ReliedDocument = {
  readonly id: string
  readonly version: number
  readonly statementId: string
}

export type Verdict = {
  readonly outcome: Outcome
  /** RFC 3339, Asia/Shanghai: the moment asked about. */
  readonly at: string
  /** Id of the row that decided. */
  readonly decidedBy: RowId
  /** `label`: of the label on an instrument, which carries a part of its record. Absent where the record itself was judged. */
  readonly scope?: 'label'
  /**
   * `failure`: a failed verification that is genuine, in order and covered by the agreement. It is accepted as what it is: the
   * instrument is not to be used. Its outcome stays `not-recognised`. Absent on every other verdict.
   */
  readonly acceptedAs?: 'failure'
  readonly statementId?: string
  /** USCC of the issuer whose key signed. */
  readonly issuer?: string
  /** Its name in the trust list. */
  readonly issuerName?: Text
  readonly kind?: string
  /** Certificate or specification number. */
  readonly number?: string
  /** What recognition means, in the words of the clause; on `recognised` across provinces only. */
  readonly effect?: Text
  readonly checks: readonly Check[]
  readonly reliedOn: {
    readonly trustLists: readonly ReliedDocument[]
    readonly agreement?: ReliedDocument
    readonly statusList?: ReliedDocument
    readonly specifications: readonly { readonly number: string; readonly source: string }[]
  }
}

/** The row that fails where the verification itself failed. */
const CONCLUSION: RowId = recognitionCoded('record.outcome')

/**
 * Outcome of checks: any failure decides; else any check kept from running by a missing fact; else recognised. A conclusion of
 * failure decides where nothing else fails: what is wrong with the record comes before what the record says of the instrument.
 */
export function outcomeOf(checks: readonly Check[]): { outcome: Outcome; decidedBy: Check; acceptedAs?: 'failure' } {
  let lacking: Check | undefined
  let kept: Check | undefined
  let failure: Check | undefined
  for (const check of checks) {
    const { status } = check
    if (status === 'fail') {
      if (check.id !== CONCLUSION) return { outcome: 'not-recognised', decidedBy: check }
      failure = check
    }
    if (status !== 'skip' || check.blockedBy === undefined) continue
    kept ??= check
    if (check.blockedBy.startsWith('fact:')) lacking ??= check
  }
  const unknown = lacking ?? kept
  if (failure !== undefined)
    return { outcome: 'not-recognised', decidedBy: failure, ...(unknown === undefined && { acceptedAs: 'failure' }) }
  if (unknown !== undefined) return { outcome: 'indeterminate', decidedBy: unknown }
  // It stands near the end.
  return { outcome: 'recognised', decidedBy: checks.findLast(({ id }) => id === 'agreement.clause') ?? (checks.at(-1) as Check) }
}

/**
 * The check that decided a verdict.
 * @example
 * ```ts
 * import { decidingCheck, verify } from 'tongheng'
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const statement = await world.sign('CD', fixtures.F01.record)
 * const verdict = await verify(statement, {
 *   at: '2025-06-16T09:00:00+08:00',
 *   trust: world.trust,
 *   agreements: [world.agreement],
 *   policy: { region: '50' },
 * })
 * decidingCheck(verdict).code // => 'agreement.clause'
 * ```
 */
export function decidingCheck(verdict: Verdict): Check {
  checkVerdict('decidingCheck', verdict)
  return outcomeOf(verdict.checks).decidedBy
}

/**
 * The throwing twin, for callers that cannot go on without recognition.
 * @throws `verdict.not-recognised` with the verdict in its details
 * @example
 * ```ts
 * import { assertRecognised, verify } from 'tongheng'
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const statement = await world.sign('CD', fixtures.F01.record)
 * const verdict = await verify(statement, {
 *   at: '2025-06-16T09:00:00+08:00',
 *   trust: world.trust,
 *   agreements: [world.agreement],
 *   policy: { region: '50' },
 * })
 * assertRecognised(verdict)
 * verdict.outcome // => 'recognised'
 * ```
 */
export function assertRecognised(verdict: Verdict): asserts verdict is Verdict & { outcome: 'recognised' } {
  checkVerdict('assertRecognised', verdict)
  if (verdict.outcome === 'recognised') return
  throw fault('verdict.not-recognised', { verdict, reason: decidingCheck(verdict).message })
}
