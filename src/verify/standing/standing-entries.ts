/** The entries of a standing: one for each judged record, or for each line of a batch. */

import type { Check } from '../../base/check.js'
import type { Text } from '../../base/message.js'
import type { InstrumentIdentity } from '../../records/index.js'
import { decidingCheck, type Outcome, type Verdict } from '../verdict/verdict.js'
import { coded } from './messages.js'
import { type Doubt, type JudgedRecord, reasonOf, reasonOfCheck } from './standing-material.js'

/** An instrument as a record states it. */
export interface StatedInstrument {
  readonly category: string
  readonly serialNumber?: string
  readonly manufacturer?: string
  readonly model?: string
  readonly mobile?: { readonly plate?: string }
  readonly components?: readonly { readonly name: string; readonly serialNumber?: string }[]
}

export interface StandingEntry {
  readonly statementId: string
  readonly certificateNo: string
  /** Line of a batch certificate, from 1. */
  readonly line?: number
  /** USCC of the issuer. */
  readonly issuer: string
  /** Conclusion of the verification itself. */
  readonly outcome: 'pass' | 'fail'
  readonly verifiedOn: string
  /** 首次检定、后续检定、使用中检查 …; absent in the answer of an earlier node. */
  readonly verificationType?: string
  readonly validUntil?: string
  /** Last day of the interval of the regulation, for a certificate that states no validity. */
  readonly intervalEnd?: string
  /** Verdict on the record. */
  readonly recognition: Outcome
  /** Whether the entry counts: a genuine failure always does, a certificate only if it is valid. */
  readonly isCounted: boolean
  /** The check that decided the verdict. */
  readonly reason: { readonly code: string } & Text
  readonly instrument: StatedInstrument
  /** Whether the device alone was verified, or as installed. */
  readonly scope?: string
}

export type Entry = StandingEntry & {
  readonly identity: InstrumentIdentity
  /** Present for a failure that may not be genuine, or may have been withdrawn. */
  readonly doubt?: Doubt | undefined
}

/** A certificate that may be about another instrument instead does not count. A failure always counts. */
export const ambiguous = (entry: Entry): Entry =>
  entry.isCounted && entry.outcome === 'pass' ? { ...entry, isCounted: false, reason: reasonOf(coded('standing.ambiguous')) } : entry

/** The last day of validity, inclusive, as stated or by the interval; undefined if there is none, or none is known. */
export const endOf = ({ validUntil, intervalEnd }: Pick<StandingEntry, 'validUntil' | 'intervalEnd'>): string | undefined =>
  validUntil ?? intervalEnd

/** `namedTwice`: ids of the statements whose name has a second content. Such a certificate does not count. */
export function entryOf(judged: JudgedRecord, namedTwice: ReadonlySet<string>): Entry {
  const { verdict, record, line, statementId, issuer, jti, proof, identity } = judged
  const { outcome, certificateNo, verificationType, verifiedOn, validUntil, scope, instrument } = record
  const isFlawed = (groups: readonly Check['group'][]): boolean =>
    verdict.checks.some(({ group, status, blockedBy }) => groups.includes(group) && (status === 'fail' || blockedBy?.startsWith('fact:')))
  const isInOrder = !isFlawed(['authenticity', 'shape', 'conformance'])
  const isNamedTwice = namedTwice.has(statementId)
  return {
    statementId,
    certificateNo,
    ...(line !== undefined && { line }),
    issuer,
    outcome,
    verifiedOn,
    verificationType,
    ...(validUntil === undefined ? intervalEndIn(verdict) : { validUntil }),
    recognition: verdict.outcome,
    isCounted: outcome === 'fail' ? proof === 'genuine' : isInOrder && !isNamedTwice,
    reason:
      isNamedTwice && isInOrder && outcome === 'pass'
        ? reasonOf(coded('standing.name-twice'), { jti })
        : reasonOfCheck(decidingCheck(verdict)),
    instrument: statedIn(instrument),
    ...(scope !== undefined && { scope }),
    identity,
    doubt: doubtOfFailure(judged),
  }
}

/** The last day that the verdict computed from the interval of the regulation. */
function intervalEndIn({ checks }: Verdict): Pick<StandingEntry, 'intervalEnd'> {
  const latest = checks.find(({ id }) => id === 'record.validity')?.evidence?.latest
  return typeof latest === 'string' ? { intervalEnd: latest } : {}
}

/** The members by which an instrument is found and distinguished, without the vehicle identification number and personal data. */
function statedIn({
  category,
  serialNumber,
  manufacturer,
  model,
  mobile,
  components,
}: JudgedRecord['record']['instrument']): StatedInstrument {
  return {
    category,
    ...(serialNumber !== undefined && { serialNumber }),
    ...(manufacturer !== undefined && { manufacturer }),
    ...(model !== undefined && { model }),
    ...(mobile?.plate !== undefined && { mobile: { plate: mobile.plate } }),
    ...(components !== undefined && {
      components: components.map(({ name, serialNumber: own }) => ({ name, ...(own !== undefined && { serialNumber: own }) })),
    }),
  }
}

/** A failure that may not be genuine, or may have been withdrawn. */
function doubtOfFailure({ record, line, proof, statementId, verdict, identity }: JudgedRecord): Doubt | undefined {
  if (record.outcome !== 'fail' || proof !== 'undecided') return undefined
  const { certificateNo, verifiedOn, scope } = record
  const lacking = verdict.checks.find(
    ({ group, blockedBy, code }) => group === 'authenticity' && (blockedBy?.startsWith('fact:') || code === 'status.suspended'),
  )
  return {
    statementId,
    certificateNo,
    line,
    reason: reasonOfCheck(lacking ?? decidingCheck(verdict)),
    identity,
    verifiedOn,
    scope,
    isStatement: true,
  }
}

/** Ordered by the day of the work; on one day, a failure before a certificate, and a recognised record before another. */
export function newestFirst(a: Entry, b: Entry): number {
  if (a.verifiedOn !== b.verifiedOn) return a.verifiedOn < b.verifiedOn ? 1 : -1
  if (a.outcome !== b.outcome) return a.outcome === 'fail' ? -1 : 1
  const byRecognition = Number(b.recognition === 'recognised') - Number(a.recognition === 'recognised')
  return byRecognition !== 0 ? byRecognition : a.statementId < b.statementId ? -1 : 1
}
