/** The verdict: the decision, its subject and time, all checks, and the documents on which it depends. */

import type { Check } from '../../base/check.js'
import type { RowId, Text } from '../../base/message.js'
import { coded as recognitionCoded } from '../../recognition/messages.js'
import { checkVerdict } from './check-options.js'

/**
 * `recognised`: every applicable check passed (warnings are allowed). `not-recognised`: a check failed. `indeterminate`: the
 * verifier lacks a fact; it is never treated as recognised and never used for a failed check.
 */
export type Outcome = 'recognised' | 'not-recognised' | 'indeterminate'

/** A document on which the verdict depends. */
export type ReliedDocument = {
  readonly id: string
  readonly version: number
  readonly statementId: string
}

export type Verdict = {
  readonly outcome: Outcome
  /** RFC 3339, Asia/Shanghai: the time of the verdict. */
  readonly at: string
  /** Id of the decisive row. */
  readonly decidedBy: RowId
  /**
   * `label`: verdict on the label of an instrument, which contains a part of its record. Absent if the record itself was verified.
   */
  readonly scope?: 'label'
  /**
   * `failure`: a failed verification that is genuine, valid and covered by the agreement. It is accepted as a failure: the
   * instrument must not be used. Its outcome remains `not-recognised`. Absent from every other verdict.
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
  /** Line of a batch certificate, from 1, if the verdict is of one line. */
  readonly line?: number
  /** Effect of recognition, in the words of the clause; only if `recognised` across provinces. */
  readonly effect?: Text
  readonly checks: readonly Check[]
  readonly reliedOn: {
    readonly trustLists: readonly ReliedDocument[]
    readonly agreement?: ReliedDocument
    readonly statusList?: ReliedDocument
    readonly specifications: readonly { readonly number: string; readonly source: string }[]
    /** Catalogues of authorities that counted; absent where none was given. */
    readonly catalogues?: readonly ReliedDocument[]
  }
}

/** The row that fails if the verification itself failed. */
const CONCLUSION: RowId = recognitionCoded('record.outcome')

/**
 * Outcome of checks: a failed check decides; otherwise a check blocked by a missing fact; otherwise recognised. A failed conclusion
 * decides only if nothing else fails: faults of the record take precedence over what it states about the instrument.
 */
export function outcomeOf(checks: readonly Check[]): { outcome: Outcome; decidedBy: Check; acceptedAs?: 'failure' } {
  let lacking: Check | undefined
  let unchecked: Check | undefined
  let failure: Check | undefined
  for (const check of checks) {
    const { status } = check
    if (status === 'fail') {
      if (check.id !== CONCLUSION) return { outcome: 'not-recognised', decidedBy: check }
      failure = check
    }
    if (status !== 'skip' || check.blockedBy === undefined) continue
    unchecked ??= check
    if (check.blockedBy.startsWith('fact:')) lacking ??= check
  }
  const unknown = lacking ?? unchecked
  if (failure !== undefined)
    return { outcome: 'not-recognised', decidedBy: failure, ...(unknown === undefined && { acceptedAs: 'failure' }) }
  if (unknown !== undefined) return { outcome: 'indeterminate', decidedBy: unknown }
  // The row is near the end, so search from there.
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
