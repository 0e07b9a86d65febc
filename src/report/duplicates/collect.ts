/** Verifies statements one by one, and collects the data of each verification that the search needs. */
import { digestText } from '#native'
import { type CivilDate, type Instant, parseInstant, startOfDay } from '../../base/date.js'
import { isTonghengError } from '../../base/error.js'
import type { Text } from '../../base/message.js'
import { otherWork } from '../../base/other-work.js'
import { parsePayload, parseStatement, type Statement } from '../../envelope/index.js'
import { linesOf, recordsByLine, replacedIn, type VerificationRecord } from '../../records/index.js'
import { decidingCheck, type Examined, examine, type SignedRecord, type Verdict, type VerifyOptions } from '../../verify/index.js'
import type { DuplicateOptions, NotCompared } from './find-duplicates.js'
import { reasonOf } from './messages.js'
import {
  copied,
  fallenIn,
  faultIn,
  membersOf,
  notGenuine,
  periodIn,
  statusReason,
  unrecognisedIn,
  type Verification,
} from './verification.js'

const RECORD = 'metrology-record+jwt'
const DAY = 86_400
/** Number of statements verified before the event loop runs other work. */
const BATCH = 4

interface Collected {
  readonly verifications: readonly Verification[]
  readonly notCompared: readonly NotCompared[]
  /** Number of different statements. */
  readonly statements: number
  /** Number of genuine records of other kinds. */
  readonly others: number
}

/** Result for one statement. */
type Result = readonly Verification[] | NotCompared | 'other'

export async function collectVerifications(
  statements: Iterable<SignedRecord> | AsyncIterable<SignedRecord>,
  options: DuplicateOptions,
): Promise<Collected> {
  const at = parseInstant(options.at)
  const provinces = [...new Set(options.trust.lists.map(({ payload }) => payload.region))].sort()
  const results = new Map<string, Result>()
  const names = new Map<string, Text>()
  let count = 0
  for await (const signed of statements) {
    if (++count % BATCH === 0) await otherWork()
    const stated = statedIn(signed)
    // A statement may be given again: a copy that is not genuine must not replace one that is.
    const before = results.get(stated.key)
    if (before !== undefined && !isRefused(before)) continue
    const found = await verificationsIn(signed, { at, provinces, names, options, ...stated })
    const isBetter = before === undefined || !isRefused(found) || found.code < before.code
    if (isBetter) results.set(stated.key, found)
  }
  const all = [...results.values()]
  return {
    statements: results.size,
    others: all.filter((one) => one === 'other').length,
    verifications: all.flatMap((one) => (one === 'other' || isRefused(one) ? [] : one)),
    notCompared: all.filter(isRefused),
  }
}

const isRefused = (result: Result): result is NotCompared => typeof result === 'object' && 'code' in result

interface Stated {
  /** Equal for equal content. */
  readonly key: string
  /** Issuer stated in the claims, unverified. */
  readonly iss?: string
  /** The parsed statement, if it has a single signature. */
  readonly parsed?: { readonly parsed: Statement }
}

function statedIn(signed: SignedRecord): Stated {
  const text = typeof signed === 'string' ? signed : (signed[0] ?? '')
  try {
    const statement = parseStatement(text, RECORD)
    const { iss } = parsePayload(statement) as { readonly iss?: unknown }
    return {
      key: statement.id,
      ...(typeof iss === 'string' && { iss }),
      ...(typeof signed === 'string' && { parsed: { parsed: statement } }),
    }
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return { key: digestText(text) }
  }
}

interface Collecting extends Stated {
  readonly at: Instant
  readonly provinces: readonly string[]
  readonly names: Map<string, Text>
  readonly options: DuplicateOptions
}

async function verificationsIn(signed: SignedRecord, collecting: Collecting): Promise<Result> {
  const { provinces, options, iss } = collecting
  const region = iss === undefined ? undefined : options.trust.entity(iss)?.entity.region
  const others = provinces.filter((one) => one !== region)
  const examined: [string, Examined][] = []
  for (const province of others.length > 0 ? others : [region ?? ANY]) {
    const each = await examine(signed, askedIn(province, collecting.at, options), collecting.parsed)
    examined.push([province, each])
    // A statement that is not genuine is not genuine for any province.
    if (notGenuine(each.verdict) !== undefined) break
  }
  const [[province, { verdict, record, claims }]] = examined as [[string, Examined]]
  const { statementId, number } = verdict
  const named = { ...(statementId !== undefined && { statementId }), ...(number !== undefined && { certificateNo: number }) }
  const wrong = notGenuine(verdict)
  if (wrong !== undefined || record === undefined || claims === undefined || statementId === undefined) {
    const { code, message } = wrong ?? decidingCheck(verdict)
    return { ...named, code, zh: message.zh, en: message.en }
  }
  if (record.kind !== 'verification-record') return 'other'
  if (region === undefined) return { ...named, ...reasonOf('duplicate.no-province') }
  return verificationsOf({ signed, province, examined, record, claims, statementId, region }, collecting)
}

/** A province to examine for, if no other is known. */
const ANY = '50'

function askedIn(region: string, at: Instant, { from: _, to: __, policy = {}, ...rest }: DuplicateOptions): VerifyOptions {
  return { ...rest, at, policy: { ...policy, region } }
}

interface Genuine {
  readonly signed: SignedRecord
  /** The province of the first verdict. */
  readonly province: string
  readonly examined: readonly (readonly [string, Examined])[]
  readonly record: VerificationRecord
  readonly claims: NonNullable<Examined['claims']>
  readonly statementId: string
  readonly region: string
}

function verificationsOf(genuine: Genuine, { options, names }: Collecting): readonly Verification[] {
  const { signed, province, examined, record, claims, statementId, region } = genuine
  const verdictOf = ({ verdict, ofLine }: Examined, line: number | undefined): Verdict =>
    line === undefined ? verdict : (ofLine?.(line) ?? verdict)
  const [[, first]] = examined as [[string, Examined]]
  const isNoticed = (options.status?.noticesOf(statementId) ?? []).length > 0
  const verificationOf = (own: VerificationRecord, line?: number): Verification => {
    const verdict = verdictOf(first, line)
    const fallen = fallenIn(verdict)
    const fault = faultIn(verdict)
    const unrecognised = examined.flatMap(([where, each]) => {
      const reason = unrecognisedIn(verdictOf(each, line))
      return reason === undefined ? [] : [[where, reason] as const]
    })
    const statusOn = async (day: CivilDate) =>
      statusReason(verdictOf(await examine(signed, askedIn(province, startOfDay(day) + DAY - 1, options)), line))
    return {
      ...membersOf(own),
      ...copied({
        statementId,
        issuer: claims.iss,
        jti: claims.jti,
        replaces: replacedIn(claims, record),
        period: periodIn(verdict, own),
        ...(fault !== undefined && { fault: { zh: fault.zh, en: fault.en } }),
        ...(fallen !== undefined && { fallen }),
      }),
      ...(line !== undefined && { line }),
      issuerName: nameIn(verdict, names),
      region,
      iat: claims.iat,
      unrecognised: unrecognised.length === 0 ? NOWHERE : new Map(unrecognised),
      // The closure holds the statement, so create it only if its status may differ from day to day.
      ...((fallen !== undefined || isNoticed) && { statusOn }),
    }
  }
  const ownOf = recordsByLine(record)
  const lines = linesOf(record)
  if (lines === undefined) return [verificationOf(record)]
  return Array.from({ length: lines }, (_, index) => verificationOf(ownOf(index + 1) as VerificationRecord, index + 1))
}

const NOWHERE: Verification['unrecognised'] = new Map()

/** Returns the same object for all statements of a body, to save memory. */
function nameIn({ issuer = '', issuerName = { zh: issuer, en: issuer } }: Verdict, names: Map<string, Text>): Text {
  const name = names.get(issuer) ?? { zh: issuerName.zh, en: issuerName.en }
  names.set(issuer, name)
  return name
}
