/**
 * Finds duplicate verifications: instruments that were verified in both provinces within one interval, which mutual recognition is meant to
 * avoid.
 */
import { type CivilDate, daysBetween, formatInstant, isCivilDate, parseInstant } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import { anObject, checkArgument, checkMembers, type Expectation, isObject } from '../../base/options.js'
import { divisionOf } from '../../conformance/inside.js'
import { type Agreement, findClause } from '../../recognition/index.js'
import { agreementsFor } from '../../recognition/inside.js'
import type { SignedRecord, VerifyOptions } from '../../verify/index.js'
import { checkStatements, checkVerifyOptions } from '../../verify/inside.js'
import { collectVerifications } from './collect.js'
import { type DuplicateReason, reasonOf } from './messages.js'
import { hasIdentity, isEnd, type LeastRemaining, type Pair, pairsOf } from './pairs.js'
import type { DuplicateInstrument, Verification } from './verification.js'

export interface DuplicateOptions extends Omit<VerifyOptions, 'line' | 'policy'> {
  /** Like the policy of `VerifyOptions`, without a province: a certificate is judged for the province of the later verification. */
  readonly policy?: Omit<VerifyOptions['policy'], 'region'>
  /** First day of the later verification. @default no limit */
  readonly from?: CivilDate
  /** Last day of the later verification, inclusive. @default no limit */
  readonly to?: CivilDate
}

/** One of the two verifications of an instrument. */
export interface DuplicateRecord {
  readonly statementId: string
  /** Line of a batch certificate, from 1. */
  readonly line?: number
  readonly certificateNo: string
  readonly issuer: { readonly uscc: string; readonly name: Text }
  /** Two-digit code of the province of the issuer. */
  readonly region: string
  readonly outcome: 'pass' | 'fail'
  readonly verifiedOn: CivilDate
  readonly validUntil?: CivilDate
}

/** An instrument with both of its verifications. */
export interface DuplicateVerification {
  readonly instrument: DuplicateInstrument
  readonly earlier: DuplicateRecord
  readonly later: DuplicateRecord
  /** Days left in the interval on the day of the later verification; absent if the interval has no known end. */
  readonly daysLeft?: number
  /** Division of the body that made the later verification, six digits, from its USCC (GB 32100—2015). */
  readonly division: string
  /** Month of the later verification, `YYYY-MM`. */
  readonly month: string
  /** Reasons why it could not be decided; empty for a duplicate. */
  readonly reasons: readonly DuplicateReason[]
}

/** A row of the table: one category, county and month. */
export interface DuplicateRow {
  readonly category: string
  /** Division of the bodies that made the later verifications, six digits. */
  readonly division: string
  /** `YYYY-MM` */
  readonly month: string
  readonly duplicates: number
  readonly undecided: number
}

/** A statement, or a verification in it, that could not be compared with others. */
export interface NotCompared extends Text {
  readonly statementId?: string
  readonly certificateNo?: string
  readonly line?: number
  /** Code of the check that decided, or a code of this report. */
  readonly code: string
}

/** Report on duplicate verifications. */
export interface DuplicateReport {
  /** RFC 3339. */
  readonly at: string
  readonly from?: CivilDate
  readonly to?: CivilDate
  /** Numbers of different statements, of verifications in them (a batch has one per line), and of genuine records of other kinds. */
  readonly counts: { readonly statements: number; readonly verifications: number; readonly others: number }
  readonly duplicates: readonly DuplicateVerification[]
  /** Pairs for which it could not be decided whether they are duplicates. */
  readonly undecided: readonly DuplicateVerification[]
  /** Numbers of later verifications within an interval that are not duplicates, by reason; one sentence represents each reason. */
  readonly excepted: readonly (Text & { readonly code: string; readonly count: number })[]
  /** By category, division and month. */
  readonly table: readonly DuplicateRow[]
  readonly notCompared: readonly NotCompared[]
}

const aDay: Expectation = {
  is: (value) => typeof value === 'string' && isCivilDate(value),
  expected: { zh: '日期 YYYY-MM-DD', en: 'a date YYYY-MM-DD' },
  isOptional: true,
}

/**
 * Finds instruments that bodies of both provinces verified within one interval. A later verification is a duplicate if a certificate of the
 * other province was in force on its day and recognised in its province. It is not a duplicate if it was made after repair, for a dispute
 * or a sampling, or after a failure, or if the earlier certificate was revoked, passed at a lower class, or is of the device alone.
 * Undecided pairs are listed separately. Instruments are identified like in `standings`. Statements are read one by one, with little memory
 * for each. Their order has no effect, and a statement given twice counts once.
 * @throws `verify.options`
 * @example
 * ```ts
 * import { findDuplicates } from 'tongheng/report'
 * import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const options = { at: DEMONSTRATION_TIME, trust: world.trust, agreements: [world.agreement] }
 * const report = await findDuplicates([await world.sign('CD', fixtures.F01.record)], options)
 * report.duplicates.length // => 0
 * ```
 */
export async function findDuplicates(
  statements: Iterable<SignedRecord> | AsyncIterable<SignedRecord>,
  options: DuplicateOptions,
): Promise<DuplicateReport> {
  checkStatements('findDuplicates', statements)
  checkArgument('findDuplicates', 'options', options, anObject)
  const { from, to, policy = {}, ...rest } = options
  checkVerifyOptions('findDuplicates', { ...rest, policy: isObject(policy) ? { ...policy, region: '50' } : policy })
  checkMembers('findDuplicates', options, { from: aDay, to: aDay }, 'options')
  const { verifications, notCompared, statements: count, others } = await collectVerifications(statements, options)
  const pairs = (await pairsOf(verifications, leastRemainingBy(options.agreements ?? []))).filter(
    ({ later: { verifiedOn } }) => (from === undefined || from <= verifiedOn) && (to === undefined || verifiedOn <= to),
  )
  const withStatus = (wanted: Pair['status']): readonly Pair[] => pairs.filter(({ status }) => status === wanted)
  const [duplicates, undecided] = [withStatus('duplicate').map(shown), withStatus('undecided').map(shown)]
  const nameless = verifications.filter((one) => !hasIdentity(one)).map(notIdentified)
  return {
    at: formatInstant(parseInstant(options.at)),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    counts: { statements: count, verifications: verifications.length, others },
    duplicates,
    undecided,
    excepted: countedByCode(withStatus('excepted').flatMap(({ reasons }) => reasons)),
    table: tableOf(duplicates, undecided),
    notCompared: [...notCompared, ...nameless].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
  }
}

/** Returns the parameter of the condition `validity-remaining` in the clause by which a certificate is recognised in another province. */
const leastRemainingBy =
  (agreements: readonly Agreement[]): LeastRemaining =>
  ({ region: from, verifiedOn: factDate, instrument: { category } }, to) => {
    const question = { kind: 'verification-record', category, from, to, factDate }
    const [clause] = agreementsFor(agreements, question).flatMap(({ payload }) => {
      const found = findClause(payload, question)
      return 'miss' in found ? [] : [found.clause]
    })
    const condition = clause?.conditions.find(({ name }) => name === 'validity-remaining')
    return typeof condition?.min === 'string' ? condition.min : undefined
  }

const orderOf = ({ code, statementId = '', line = 0 }: NotCompared): string => `${code} ${statementId} ${String(line).padStart(4, '0')}`

const notIdentified = ({ statementId, certificateNo, line }: Verification): NotCompared => ({
  statementId,
  certificateNo,
  ...(line !== undefined && { line }),
  ...reasonOf('duplicate.no-identity'),
})

function shown({ earlier, later, reasons }: Pair): DuplicateVerification {
  return {
    instrument: { ...earlier.instrument, ...later.instrument },
    earlier: recordShown(earlier),
    later: recordShown(later),
    ...(isEnd(earlier.period) && { daysLeft: daysBetween(later.verifiedOn, earlier.period) }),
    division: divisionOf({ uscc: later.issuer }),
    month: later.verifiedOn.slice(0, 7),
    reasons,
  }
}

const recordShown = ({
  statementId,
  line,
  certificateNo,
  issuer,
  issuerName,
  region,
  outcome,
  verifiedOn,
  validUntil,
}: Verification): DuplicateRecord => ({
  statementId,
  ...(line !== undefined && { line }),
  certificateNo,
  issuer: { uscc: issuer, name: issuerName },
  region,
  outcome,
  verifiedOn,
  ...(validUntil !== undefined && { validUntil }),
})

function countedByCode(reasons: readonly DuplicateReason[]): DuplicateReport['excepted'] {
  const counts = new Map<string, { code: string; zh: string; en: string; count: number }>()
  for (const { code, zh, en } of reasons) {
    const one = counts.get(code)
    if (one === undefined) counts.set(code, { code, zh, en, count: 1 })
    else Object.assign(one, { count: one.count + 1 }, zh < one.zh && { zh, en })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
}

function tableOf(duplicates: readonly DuplicateVerification[], undecided: readonly DuplicateVerification[]): readonly DuplicateRow[] {
  const rows = new Map<string, { category: string; division: string; month: string; duplicates: number; undecided: number }>()
  const count = (of: 'duplicates' | 'undecided', { instrument: { category }, division, month }: DuplicateVerification): void => {
    const key = `${category} ${division} ${month}`
    const row = rows.get(key) ?? { category, division, month, duplicates: 0, undecided: 0 }
    row[of]++
    rows.set(key, row)
  }
  for (const one of duplicates) count('duplicates', one)
  for (const one of undecided) count('undecided', one)
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
