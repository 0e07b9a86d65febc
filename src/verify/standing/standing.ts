/**
 * The standing of an instrument: what applies today according to all known verification records from both provinces. A failed
 * verification prevails over a certificate that is not later, whichever side issued either; and an instrument is never valid if a
 * relevant statement could not be read or verified.
 */

import { civilDateOf, formatInstant, type Instant, parseInstant } from '../../base/date.js'
import { isNoSerial } from '../../base/identifier.js'
import { type Code, messageOf, type Text } from '../../base/message.js'
import { otherWork } from '../../base/other-work.js'
import { byInstrument, type InstrumentIdentity } from '../../records/index.js'
import { checkStandingOptions, checkStatements } from '../verdict/check-options.js'
import type { SignedRecord } from '../verdict/verify.js'
import { coded } from './messages.js'
import { conflictsOf, nameConflicts, numberConflicts } from './standing-conflicts.js'
import { ambiguous, type Entry, endOf, entryOf, newestFirst, type StandingEntry, type StatedInstrument } from './standing-entries.js'
import { type Doubt, judgeMaterial, numberKey, reasonOf, type StandingMaterial, type StandingOptions } from './standing-material.js'

/** A statement that may be a failure of this instrument, and could not be read or verified. */
export interface NotJudged {
  readonly statementId?: string
  readonly certificateNo?: string
  /** Line of a batch certificate, from 1. */
  readonly line?: number
  readonly reason: { readonly code: string } & Text
  /** Absent if it may be any instrument. */
  readonly instrument?: StatedInstrument
  readonly verifiedOn?: string
  readonly scope?: string
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
 * Judges statements of verification records and decides the standing of each instrument, in the order in which instruments
 * first occur. A nozzle or compartment with its own certificates has its own standing. Records of other kinds are ignored. A
 * record that another names as replaced no longer counts.
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
  options: StandingOptions,
): Promise<readonly Standing[]> {
  checkStandingOptions('standings', options)
  checkStatements('standings', statements)
  return standingsIn(await judgeMaterial(statements, options), options)
}

/** Standings from judged material. `isPart`: further records exist, so that every standing but a failure is undecided. */
export async function standingsIn(
  { records, doubts }: StandingMaterial,
  { at, isPart = false }: Pick<StandingOptions, 'at'> & { readonly isPart?: boolean },
): Promise<readonly Standing[]> {
  // Run other work between the steps: each needs a few milliseconds for a thousand records.
  await otherWork()
  const named = nameConflicts(records)
  const namedTwice = new Set(named.flatMap(({ statementIds }) => statementIds))
  const twice = [...named, ...numberConflicts(records)]
  await otherWork()
  const missing: Doubt[] = isPart ? [furtherPages()] : []
  return standAll({ at: parseInstant(at), entries: records.map((one) => entryOf(one, namedTwice)), doubts: [...doubts, ...missing], twice })
}

interface Judged {
  readonly at: Instant
  readonly entries: readonly Entry[]
  readonly doubts: readonly Doubt[]
  /** Names and certificate numbers used twice. */
  readonly twice: readonly StandingConflict[]
}

/** Groups judged entries and doubts by instrument and part, and decides on each. */
export async function standAll({ at, entries, doubts, twice }: Judged): Promise<readonly Standing[]> {
  const moment = { at: formatInstant(at), today: civilDateOf(at) }
  const ofAny = doubts.filter(({ identity }) => identity === undefined)
  const items = [
    ...entries.map((item) => ({ item, identity: item.identity, own: `${numberKey(item.issuer, item.certificateNo)} ${item.line ?? ''}` })),
    ...doubts.flatMap((item, at) => (item.identity === undefined ? [] : [{ item, identity: item.identity, own: `doubt ${at}` }])),
  ]
  const found: Standing[] = []
  for (const group of byInstrument<Entry | Doubt>(items)) {
    const parts = new Map(group.flatMap(({ item }) => [...(item.identity as InstrumentIdentity).parts]))
    const isOfPart = (part: string | undefined, { identity }: Entry | Doubt): boolean =>
      part === undefined || identity === undefined || identity.parts.size === 0 || identity.parts.has(part)
    for (const [part, component] of parts.size === 0 ? [[undefined, undefined] as const] : parts) {
      const own = group.filter(({ item }) => isOfPart(part, item))
      const subject: Subject = { ...moment, component, entries: [], doubts: [...ofAny], twice }
      for (const { item, isAmbiguous } of own) {
        if ('outcome' in item) subject.entries.push(isAmbiguous ? ambiguous(item) : item)
        else subject.doubts.push(item)
      }
      const isAnything = subject.entries.length > 0 || own.some(({ item }) => 'isStatement' in item && item.isStatement)
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
  readonly entries: Entry[]
  readonly doubts: Doubt[]
  readonly twice: readonly StandingConflict[]
}

/** Members that state the date, and whether the record is of the device alone. */
type Dated = {
  readonly verifiedOn?: string | undefined
  readonly scope?: string | undefined
  readonly identity?: InstrumentIdentity | undefined
}

function standingOf(subject: Subject): Standing {
  const { at, today, twice } = subject
  const all = [...subject.entries].sort(newestFirst)
  const counted = all.filter(({ isCounted, verifiedOn }) => isCounted && verifiedOn <= today)
  const certificates = counted.filter((one) => one.outcome === 'pass' && (endOf(one) !== undefined || isEndless(one)))
  const isLifted = (one: Dated): boolean => certificates.some((certificate) => lifts(certificate, one))
  const failure = counted.find((one) => one.outcome === 'fail' && !isLifted(one))
  const certificate = decisiveOf(certificates, today)
  const doubts = [...subject.doubts, ...subject.entries.flatMap(({ doubt }) => doubt ?? [])]
  const missing = doubts.find(isOfFurtherPages)
  const doubt = missing ?? doubts.find((one) => (one.verifiedOn === undefined || one.verifiedOn <= today) && !isLifted(one))
  const isRefused = certificate?.recognition === 'not-recognised'
  const open = certificate === undefined || isRefused ? openAfter(certificate, all, today) : undefined
  const decided = failure ?? open ?? certificate
  const judged = missing === undefined && open === undefined ? codeOf(certificate, doubt, all) : coded('standing.undecided')
  const code = failure === undefined ? judged : coded('standing.failed')
  const isDoubted =
    code === 'standing.undecided' &&
    doubt !== undefined &&
    (missing !== undefined || (open === undefined && (certificate?.recognition ?? 'recognised') === 'recognised'))
  const said = isDoubted ? { certificateNo: doubt.certificateNo, reason: doubt.reason } : (decided ?? {})
  const decidedBy = isDoubted ? doubt.statementId : decided?.statementId
  return {
    code,
    ...noteText(code, said),
    at,
    instrument: describe(all, subject),
    ...(decidedBy !== undefined && { decidedBy }),
    entries: all.map(({ identity: _, doubt: __, ...entry }) => entry),
    conflicts: conflictsOf({ certificates, failure, today, twice, all }),
    notJudged: doubts.map(notJudgedOf),
  }
}

/** The doubt that represents the records on further pages. */
export const furtherPages = (): Doubt => ({ reason: reasonOf(coded('standing.page')), isStatement: false })

/** True for the doubt that represents the records on further pages. */
export const isOfFurtherPages = ({ reason: { code } }: Pick<NotJudged, 'reason'>): boolean => code === coded('standing.page')

const notJudgedOf = ({ statementId, certificateNo, line, reason, identity, verifiedOn, scope }: Doubt): NotJudged => ({
  ...(statementId !== undefined && { statementId }),
  ...(certificateNo !== undefined && { certificateNo }),
  ...(line !== undefined && { line }),
  reason,
  ...(identity !== undefined && { instrument: statedBy(identity) }),
  ...(verifiedOn !== undefined && { verifiedOn }),
  ...(scope !== undefined && { scope }),
})

const statedBy = ({ category, serial, plate, maker, model, parts }: InstrumentIdentity): StatedInstrument => ({
  category,
  ...(serial !== undefined && { serialNumber: serial }),
  ...(maker !== undefined && { manufacturer: maker }),
  ...(model !== undefined && { model }),
  ...(plate !== undefined && { mobile: { plate } }),
  ...(parts.size > 0 && { components: [...parts.values()].map((name) => ({ name })) }),
})

/** The newest certificate; one of the device alone only if no certificate of the installed instrument is valid. */
function decisiveOf(certificates: readonly Entry[], today: string): Entry | undefined {
  const [newest] = certificates
  if (newest === undefined || !isDeviceOnly(newest)) return newest
  return certificates.find((one) => !isDeviceOnly(one) && (endOf(one) ?? today) >= today) ?? newest
}

/** An in-service inspection (使用中检查) or an arbitration begins no interval, so it says nothing about the time after it. */
const isVerification = ({ verificationType = 'subsequent' }: Entry): boolean =>
  verificationType === 'initial' || verificationType === 'subsequent'

/** A recognised verification whose validity has no end. */
const isEndless = (one: Entry): boolean => one.recognition === 'recognised' && isVerification(one)

/** The newest certificate after `certificate` that is neither recognised nor refused, because a fact is missing. `all`: newest first. */
const openAfter = (certificate: Entry | undefined, all: readonly Entry[], today: string): Entry | undefined =>
  all.find(
    (one) =>
      one.outcome === 'pass' &&
      one.recognition === 'indeterminate' &&
      isVerification(one) &&
      one.verifiedOn <= today &&
      one.verifiedOn > (certificate?.verifiedOn ?? ''),
  )

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
  if (reason.code === 'validity.expired' || reason.code === 'validity.interval-passed') return coded('standing.expired')
  if (recognition !== 'recognised') return BY_RECOGNITION[recognition]
  if (doubt !== undefined) return coded('standing.undecided')
  return isDeviceOnly(certificate) ? coded('standing.device-only') : coded('standing.valid')
}

/** Describes the instrument; each member is from the newest record that states it. */
function describe(all: readonly Entry[], { doubts, component }: Subject): Standing['instrument'] {
  const instruments = all.map(({ instrument }) => instrument)
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

type Said = { readonly [K in 'certificateNo' | 'verifiedOn' | 'validUntil' | 'intervalEnd' | 'reason']?: StandingEntry[K] | undefined }

/** Wording for a certificate that states no validity: with the last day of the interval, and without one. */
const WITHOUT_VALIDITY: ReadonlyMap<Code, readonly [byInterval: Code, noEnd: Code]> = new Map([
  [coded('standing.valid'), [coded('standing.valid-by-interval'), coded('standing.valid-no-end')]],
  [coded('standing.expired'), [coded('standing.expired-by-interval'), coded('standing.expired')]],
])

function noteText(code: Code, { certificateNo, verifiedOn, validUntil, intervalEnd, reason }: Said): Text {
  const [byInterval, noEnd] = (validUntil === undefined && WITHOUT_VALIDITY.get(code)) || [code, code]
  const wording = intervalEnd === undefined ? noEnd : byInterval
  const { zh, en } = messageOf(wording, { certificateNo, verifiedOn, validUntil: validUntil ?? intervalEnd, reason })
  return { zh, en }
}
