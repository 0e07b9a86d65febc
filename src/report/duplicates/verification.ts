/** One verification in the search for duplicates. It does not contain the statement itself, so that each needs little memory. */
import type { Check } from '../../base/check.js'
import type { CivilDate } from '../../base/date.js'
import { isSameClass } from '../../base/identifier.js'
import type { Text } from '../../base/message.js'
import { type InstrumentIdentity, identityOf, type Replaced, type VerificationRecord } from '../../records/index.js'
import type { Verdict } from '../../verify/index.js'
import { type DuplicateReason, reasonOf } from './messages.js'

/** An instrument as a record states it: without holder, vehicle identification number and most of the plate. */
export interface DuplicateInstrument {
  /** Slug of the category. */
  readonly category: string
  readonly name: string
  readonly model?: string
  readonly serialNumber?: string
  readonly manufacturer?: string
  /** All but the first two and the last two characters are asterisks, because a plate identifies a person. */
  readonly plate?: string
  /** Nozzle or compartment, if it was verified separately. */
  readonly component?: string
}

/**
 * Last day of the interval that began with a verification; `open` if there is none (only an initial verification is required); undefined if
 * it is not known.
 */
export type Period = CivilDate | 'open' | undefined

export interface Verification {
  readonly statementId: string
  /** Line of a batch certificate, from 1. */
  readonly line?: number | undefined
  readonly certificateNo: string
  /** USCC of the issuer. */
  readonly issuer: string
  readonly issuerName: Text
  /** Two-digit code of its province. */
  readonly region: string
  readonly jti: string
  readonly iat: number
  readonly outcome: 'pass' | 'fail'
  readonly verifiedOn: CivilDate
  readonly validUntil?: CivilDate | undefined
  readonly type: VerificationRecord['verificationType']
  readonly cause?: VerificationRecord['cause']
  readonly scope?: VerificationRecord['scope']
  readonly instrument: DuplicateInstrument
  readonly identity: InstrumentIdentity
  readonly replaces: Replaced
  readonly period: Period
  /** Set if it passed at another class than the instrument is of. */
  readonly limited?: DuplicateReason | undefined
  /** Set if its form or content is faulty: the first fault. */
  readonly fault?: Text | undefined
  /** Reasons by province; a province without an entry recognises it, apart from its status and the end of its interval. */
  readonly unrecognised: ReadonlyMap<string, DuplicateReason>
  /** Message of the status check, if the verification is now revoked, suspended or superseded, or its status is undecided. */
  readonly fallen?: Text | undefined
  /** Returns why it was not in force at the end of a day; undefined if it was. Absent if no notice or status check concerns it. */
  readonly statusOn?: ((day: CivilDate) => Promise<DuplicateReason | undefined>) | undefined
}

const STATUS = 'status'
const VALIDITY = 'record.validity'
/** Rows that depend on the moment of the verdict: the search evaluates them for the day of the later verification. */
const OF_THE_DAY: readonly string[] = [STATUS, VALIDITY, 'condition.validity-remaining']
const isLacking = ({ status, blockedBy }: Check): boolean => status === 'skip' && blockedBy?.startsWith('fact:') === true

/** Returns the check by which a statement is not genuine; undefined if it is genuine. Its status is judged separately. */
export const notGenuine = ({ checks, issuer }: Verdict): Check | undefined => {
  const own = checks.filter(({ group, id }) => group === 'authenticity' && id !== STATUS)
  const wrong = own.find(({ status }) => status === 'fail') ?? own.find(isLacking)
  return wrong ?? (issuer === undefined ? checks[0] : undefined)
}

/** Returns the first fault of form or content. */
export const faultIn = ({ checks }: Verdict): Text | undefined =>
  checks.find((check) => (check.group === 'shape' || check.group === 'conformance') && (check.status === 'fail' || isLacking(check)))
    ?.message

/** Returns why a certificate is not recognised, regardless of checks that depend on the moment; undefined if it is recognised. */
export function unrecognisedIn({ checks }: Verdict): DuplicateReason | undefined {
  const rest = checks.filter(({ id }) => !OF_THE_DAY.includes(id))
  const wrong = rest.find(({ status }) => status === 'fail')
  if (wrong !== undefined) return reasonOf('duplicate.not-recognised', { reason: textOf(wrong) })
  const lacking = rest.find(isLacking)
  return lacking && reasonOf('duplicate.recognition-undecided', { reason: textOf(lacking) })
}

const textOf = ({ message: { zh, en } }: Check): Text => ({ zh, en })

/** Returns the end of the interval: as stated, otherwise from the regulation. */
export function periodIn({ checks }: Verdict, { validUntil }: VerificationRecord): Period {
  if (validUntil !== undefined) return validUntil
  const validity = checks.find(({ id }) => id === VALIDITY)
  if (validity?.code === 'validity.initial-only') return 'open'
  const latest = validity?.evidence?.latest
  return typeof latest === 'string' ? latest : undefined
}

/** Returns the status check that failed or could not run at the moment of a verdict; undefined if the status is in order. */
function againstStatus({ checks }: Verdict): Check | undefined {
  const own = checks.filter(({ id }) => id === STATUS)
  return own.find(({ status }) => status === 'fail') ?? own.find(({ blockedBy }) => blockedBy !== undefined)
}

export const fallenIn = (verdict: Verdict): Text | undefined => {
  const check = againstStatus(verdict)
  return check && textOf(check)
}

/** Returns why a certificate was not in force at the moment of a verdict, or why that is undecided; undefined if it was in force. */
export function statusReason(verdict: Verdict): DuplicateReason | undefined {
  const check = againstStatus(verdict)
  if (check === undefined) return undefined
  return check.status === 'fail' ? reasonOf('duplicate.not-in-force') : reasonOf('duplicate.status-undecided', { reason: textOf(check) })
}

/** Replaces all but the first two and the last two characters of a plate. */
const masked = (plate: string): string => {
  const characters = [...plate.replace(/[·.\s]/g, '')]
  return characters.map((one, at) => (at < 2 || (at >= characters.length - 2 && characters.length > 4) ? one : '*')).join('')
}

const NO_PARTS: InstrumentIdentity['parts'] = new Map()

/** Copies a value with its texts. A substring of a payload would keep the whole payload in memory, which is several times larger. */
export const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Returns the members of a record that the search needs. */
export function membersOf(record: VerificationRecord) {
  const { certificateNo, outcome, verifiedOn, validUntil, verificationType: type, cause, scope, instrument, concludedClass } = record
  const { category, name, model, serialNumber, manufacturer, mobile, accuracyClass } = instrument
  const { parts, ...identity } = identityOf(instrument) as InstrumentIdentity
  const [component] = parts.values()
  const isLimited = concludedClass !== undefined && accuracyClass !== undefined && !isSameClass(concludedClass, accuracyClass)
  const members = copied({
    certificateNo,
    outcome,
    verifiedOn,
    ...(validUntil !== undefined && { validUntil }),
    type,
    ...(cause !== undefined && { cause }),
    ...scopeIn(scope, mobile?.plate),
    instrument: {
      category,
      name,
      ...(model !== undefined && { model }),
      ...(serialNumber !== undefined && { serialNumber }),
      ...(manufacturer !== undefined && { manufacturer }),
      ...(mobile?.plate !== undefined && { plate: masked(mobile.plate) }),
      ...(component !== undefined && { component }),
    },
    identity,
    ...(isLimited && { limited: reasonOf('duplicate.limited', { stated: accuracyClass, concluded: concludedClass }) }),
  })
  return { ...members, identity: { ...members.identity, parts: parts.size === 0 ? NO_PARTS : new Map(copied([...parts])) } }
}

/** Returns the scope as stated; without one, an instrument with a plate is installed on a vehicle. */
const scopeIn = (scope: VerificationRecord['scope'], plate: string | undefined): Pick<Verification, 'scope'> =>
  scope !== undefined ? { scope } : plate !== undefined ? { scope: 'installed' } : {}
