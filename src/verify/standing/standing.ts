/**
 * The standing of an instrument: what applies today according to all known verification records from both provinces. A failed
 * verification prevails over a certificate that is not later, whichever side issued either; and an instrument is never valid if a
 * relevant statement could not be read or verified.
 */

import type { Check } from '../../base/check.js'
import { civilDateOf, formatInstant, parseInstant } from '../../base/date.js'
import { isNoSerial } from '../../base/identifier.js'
import { type Code, messageOf, type Text } from '../../base/message.js'
import { otherWork } from '../../base/other-work.js'
import { byInstrument, type InstrumentIdentity } from '../../records/index.js'
import { checkStatements, checkVerifyOptions } from '../verdict/check-options.js'
import type { VerifyOptions } from '../verdict/judge.js'
import { decidingCheck, type Outcome } from '../verdict/verdict.js'
import type { SignedRecord } from '../verdict/verify.js'
import { coded } from './messages.js'
import { conflictsOf, nameConflicts, numberConflicts } from './standing-conflicts.js'
import { type Doubt, type JudgedRecord, judgeMaterial, numberKey, reasonOf, reasonOfCheck } from './standing-material.js'

export interface StandingEntry {
  readonly statementId: string
  readonly certificateNo: string
  /** USCC of the issuer. */
  readonly issuer: string
  /** Conclusion of the verification itself. */
  readonly outcome: 'pass' | 'fail'
  readonly verifiedOn: string
  readonly validUntil?: string
  /** Verdict on the record. */
  readonly recognition: Outcome
  /** Whether the entry counts: a genuine failure always does, a certificate only if it is valid. */
  readonly isCounted: boolean
  /** The check that decided the verdict. */
  readonly reason: { readonly code: string } & Text
}

/** A statement that may be a failure of this instrument, and could not be read or verified. */
export interface NotJudged {
  readonly statementId?: string
  readonly certificateNo?: string
  readonly reason: { readonly code: string } & Text
}

export interface StandingConflict extends Text {
  readonly code: 'standing.fail-wins' | 'standing.duplicate' | 'standing.name-twice' | 'standing.number-twice' | 'standing.identity-differs'
  readonly statementIds: readonly string[]
}

export interface Standing extends Text {
  readonly code:
    | 'standing.valid'
    | 'standing.failed'
    | 'standing.expired'
    | 'standing.not-recognised'
    | 'standing.undecided'
    | 'standing.device-only'
    | 'standing.none'
  /** RFC 3339. */
  readonly at: string
  /** `component`: the nozzle or compartment, if each has its own certificates. */
  readonly instrument: {
    readonly category: string
    readonly serialNumber?: string
    readonly plate?: string
    readonly component?: string
  }
  /** The decisive statement; absent if no entry counts. */
  readonly decidedBy?: string
  /** Newest first. */
  readonly entries: readonly StandingEntry[]
  readonly conflicts: readonly StandingConflict[]
  readonly notJudged: readonly NotJudged[]
}

/**
 * Judges statements of verification records and says how each instrument stands, in the order in which instruments are
 * met; a nozzle or compartment with certificates of its own stands by itself. Records of other kinds say nothing. Where
 * one names another that it replaces, that one no longer counts.
 * @example
 * ```ts
 * import { standings } from 'tongheng'
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const statement = await world.sign('CD', fixtures.F01.record)
 * const [taximeter] = await standings([statement], {
 *   at: '2025-06-16T09:00:00+08:00',
 *   trust: world.trust,
 *   agreements: [world.agreement],
 *   policy: { region: '50' },
 * })
 * taximeter?.entries.length // => 1
 * ```
 */
export async function standings(
  statements: Iterable<SignedRecord> | AsyncIterable<SignedRecord>,
  options: VerifyOptions,
): Promise<readonly Standing[]> {
  checkVerifyOptions('standings', options)
  checkStatements('standings', statements)
  const { records, doubts } = await judgeMaterial(statements, options)
  // From here on, each step takes a few milliseconds for a thousand records.
  await otherWork()
  const at = parseInstant(options.at)
  const moment = { at: formatInstant(at), today: civilDateOf(at) }
  const ofAny = doubts.filter(({ identity }) => identity === undefined)
  const items = [
    ...records.map((item) => ({ item, identity: item.identity, own: numberKey(item.issuer, item.record.certificateNo) })),
    ...doubts.flatMap((item, at) => (item.identity === undefined ? [] : [{ item, identity: item.identity, own: `doubt ${at}` }])),
  ]
  const named = nameConflicts(records)
  const namedTwice = new Set(named.flatMap(({ statementIds }) => statementIds))
  const twice = [...named, ...numberConflicts(records)]
  await otherWork()
  const found: Standing[] = []
  for (const group of byInstrument<JudgedRecord | Doubt>(items)) {
    const parts = new Map(group.flatMap(({ item }) => [...(item.identity as InstrumentIdentity).parts]))
    const isOfPart = (part: string | undefined, { identity }: JudgedRecord | Doubt): boolean =>
      part === undefined || identity === undefined || identity.parts.size === 0 || identity.parts.has(part)
    for (const [part, component] of parts.size === 0 ? [[undefined, undefined] as const] : parts) {
      const own = group.filter(({ item }) => isOfPart(part, item))
      const subject: Subject = { ...moment, component, records: [], doubts: [...ofAny], ambiguous: new Set(), namedTwice, twice }
      for (const { item, isAmbiguous } of own) {
        if ('record' in item) subject.records.push(item)
        else subject.doubts.push(item)
        if (isAmbiguous && 'record' in item) subject.ambiguous.add(item.statementId)
      }
      const isAnything = subject.records.length > 0 || own.some(({ item }) => 'isStatement' in item && item.isStatement)
      if (!isAnything) continue
      await otherWork()
      found.push(standingOf(subject))
    }
  }
  return found
}

/** Everything known about one instrument, or one part of it. */
interface Subject {
  readonly at: string
  readonly today: string
  readonly component: string | undefined
  readonly records: JudgedRecord[]
  readonly doubts: Doubt[]
  /** Statements that may be about another instrument instead. */
  readonly ambiguous: Set<string>
  /** Statements whose name another content has too. */
  readonly namedTwice: ReadonlySet<string>
  readonly twice: readonly StandingConflict[]
}

type Entry = StandingEntry & Pick<JudgedRecord, 'identity' | 'record'> & Pick<Doubt, 'scope'>
/** What says when, and whether of the device alone. */
type Dated = {
  readonly verifiedOn?: string | undefined
  readonly scope?: string | undefined
  readonly identity?: InstrumentIdentity | undefined
}

function standingOf(subject: Subject): Standing {
  const { at, today, records, twice } = subject
  const all = records.map((judged) => entryOf(judged, reservationOn(judged, subject))).sort(newestFirst)
  const counted = all.filter(({ isCounted, verifiedOn }) => isCounted && verifiedOn <= today)
  const certificates = counted.filter(({ outcome, validUntil }) => outcome === 'pass' && validUntil !== undefined)
  const isLifted = (one: Dated): boolean => certificates.some((certificate) => lifts(certificate, one))
  const failure = counted.find((one) => one.outcome === 'fail' && !isLifted(one))
  const certificate = decisiveOf(certificates, today)
  const doubts = [...subject.doubts, ...records.flatMap(doubtOfFailure)]
  const doubt = doubts.find((one) => (one.verifiedOn === undefined || one.verifiedOn <= today) && !isLifted(one))
  const decided = failure ?? certificate
  const code = failure === undefined ? codeOf(certificate, doubt, all) : coded('standing.failed')
  const isDoubted =
    code === 'standing.undecided' && doubt !== undefined && (certificate === undefined || certificate.recognition === 'recognised')
  const said = isDoubted ? { certificateNo: doubt.certificateNo, reason: doubt.reason } : (decided ?? {})
  const decidedBy = isDoubted ? doubt.statementId : decided?.statementId
  return {
    code,
    ...textOf(code, said),
    at,
    instrument: describe(all, subject),
    ...(decidedBy !== undefined && { decidedBy }),
    entries: all.map(({ identity: _, record: __, scope: ___, ...entry }) => entry),
    conflicts: conflictsOf({ counted, failure, today, twice, all }),
    notJudged: doubts.map(({ statementId, certificateNo, reason }) => ({
      ...(statementId !== undefined && { statementId }),
      ...(certificateNo !== undefined && { certificateNo }),
      reason,
    })),
  }
}

/** The newest certificate; one of the device alone only if no certificate of the installed instrument is valid. */
function decisiveOf(certificates: readonly Entry[], today: string): Entry | undefined {
  const [newest] = certificates
  if (newest === undefined || !isDeviceOnly(newest)) return newest
  return certificates.find((one) => !isDeviceOnly(one) && (one.validUntil as string) >= today) ?? newest
}

const isDeviceOnly = ({ scope }: Dated): boolean => scope === 'device'

/**
 * A later certificate lifts a failure; but one of the device alone does not lift a failure of the installed instrument (JJG
 * 517—2016: 本机检定 is not 装车后检定). If the scope is not stated, a plate implies that the instrument was installed.
 */
function lifts(certificate: Entry, one: Dated): boolean {
  if (one.verifiedOn === undefined || one.verifiedOn >= certificate.verifiedOn) return false
  const given = scopeOf(certificate)
  if (given === 'installed') return true
  return given === 'device' ? scopeOf(one) !== 'installed' : one.scope !== 'installed'
}

const scopeOf = ({ scope, identity }: Dated): string | undefined => scope ?? (identity?.plate === undefined ? undefined : 'installed')

const BY_RECOGNITION = {
  recognised: coded('standing.valid'),
  indeterminate: coded('standing.undecided'),
  'not-recognised': coded('standing.not-recognised'),
} as const

function codeOf(certificate: Entry | undefined, doubt: Doubt | undefined, all: readonly Entry[]): Standing['code'] {
  if (certificate === undefined) return all.length === 0 && doubt !== undefined ? coded('standing.undecided') : coded('standing.none')
  const { recognition, reason } = certificate
  if (reason.code === 'validity.expired') return coded('standing.expired')
  if (recognition !== 'recognised') return BY_RECOGNITION[recognition]
  if (doubt !== undefined) return coded('standing.undecided')
  return isDeviceOnly(certificate) ? coded('standing.device-only') : coded('standing.valid')
}

/** Why a valid certificate does not count. A failure always counts. */
function reservationOn({ statementId, jti }: JudgedRecord, { ambiguous, namedTwice }: Subject): StandingEntry['reason'] | undefined {
  if (namedTwice.has(statementId)) return reasonOf(coded('standing.name-twice'), { jti })
  return ambiguous.has(statementId) ? reasonOf(coded('standing.ambiguous')) : undefined
}

function entryOf(
  { verdict, record, statementId, issuer, proof, identity }: JudgedRecord,
  reservation: StandingEntry['reason'] | undefined,
): Entry {
  const { outcome, certificateNo, verifiedOn, validUntil, scope } = record
  const isFlawed = (groups: readonly Check['group'][]): boolean =>
    verdict.checks.some(({ group, status, blockedBy }) => groups.includes(group) && (status === 'fail' || blockedBy?.startsWith('fact:')))
  const isInOrder = !isFlawed(['authenticity', 'shape', 'conformance'])
  return {
    statementId,
    certificateNo,
    issuer,
    outcome,
    verifiedOn,
    ...(validUntil !== undefined && { validUntil }),
    recognition: verdict.outcome,
    isCounted: outcome === 'fail' ? proof === 'genuine' : isInOrder && reservation === undefined,
    reason: reservation !== undefined && isInOrder && outcome === 'pass' ? reservation : reasonOfCheck(decidingCheck(verdict)),
    identity,
    record,
    scope,
  }
}

/** A failure that may not be genuine, or may have been withdrawn. */
function doubtOfFailure({ record, proof, statementId, verdict, identity }: JudgedRecord): Doubt[] {
  if (record.outcome !== 'fail' || proof !== 'undecided') return []
  const { certificateNo, verifiedOn, scope } = record
  const lacking = verdict.checks.find(
    ({ group, blockedBy, code }) => group === 'authenticity' && (blockedBy?.startsWith('fact:') || code === 'status.suspended'),
  )
  return [
    {
      statementId,
      certificateNo,
      reason: reasonOfCheck(lacking ?? decidingCheck(verdict)),
      identity,
      verifiedOn,
      scope,
      isStatement: true,
    },
  ]
}

/** Ordered by the day of the work; on one day, a failure before a certificate, and a recognised record before another. */
function newestFirst(a: Entry, b: Entry): number {
  if (a.verifiedOn !== b.verifiedOn) return a.verifiedOn < b.verifiedOn ? 1 : -1
  if (a.outcome !== b.outcome) return a.outcome === 'fail' ? -1 : 1
  const byRecognition = Number(b.recognition === 'recognised') - Number(a.recognition === 'recognised')
  return byRecognition !== 0 ? byRecognition : a.statementId < b.statementId ? -1 : 1
}

/** From the newest record that states it. */
function describe(all: readonly Entry[], { doubts, component }: Subject): Standing['instrument'] {
  const instruments = all.map(({ record }) => record.instrument)
  const claimed = doubts.find(({ identity }) => identity !== undefined)?.identity
  const serialNumbers = instruments.flatMap(({ serialNumber }) => serialNumber ?? [])
  const serialNumber = serialNumbers.find((one) => !isNoSerial(one)) ?? serialNumbers[0] ?? claimed?.serial
  const plate = instruments.find(({ mobile }) => mobile?.plate !== undefined)?.mobile?.plate ?? claimed?.plate
  return {
    category: instruments[0]?.category ?? claimed?.category ?? '',
    ...(serialNumber !== undefined && { serialNumber }),
    ...(plate !== undefined && { plate }),
    ...(component !== undefined && { component }),
  }
}

type Said = { readonly [K in 'certificateNo' | 'verifiedOn' | 'validUntil' | 'reason']?: StandingEntry[K] | undefined }

function textOf(code: Code, { certificateNo, verifiedOn, validUntil, reason }: Said): Text {
  const { zh, en } = messageOf(code, { certificateNo, verifiedOn, validUntil, reason })
  return { zh, en }
}
