/** One verification as the search for duplicates holds it: the statement itself is not held, so that memory grows by little a line. */
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
  /** With asterisks for all but the first two and the last two characters: a plate leads to a person. */
  readonly plate?: string
  /** Nozzle or compartment, where it was verified by itself. */
  readonly component?: string
}

/** The end of the interval that a verification began: a day, none (only an initial verification is needed), or not known. */
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
  /** By province: undefined if it is recognised there, apart from its status and the end of its interval. */
  readonly unrecognised: ReadonlyMap<string, DuplicateReason>
  /** Set if it is revoked, suspended or superseded now, or its status is undecided: what the check of its status says. */
  readonly fallen?: Text | undefined
  /** Whether it was in force at the end of a day; absent where nothing is known against it. */
  readonly statusOn?: ((day: CivilDate) => Promise<DuplicateReason | undefined>) | undefined
}

const STATUS = 'status'
const VALIDITY = 'record.validity'
/** Rows that depend on the day asked about: the search compares them for the day of the later verification. */
const OF_THE_DAY: readonly string[] = [STATUS, VALIDITY, 'condition.validity-remaining']
const isLacking = ({ status, blockedBy }: Check): boolean => status === 'skip' && blockedBy?.startsWith('fact:') === true

/** Why a statement is no evidence; undefined if it is genuine. Its status is a question of its own. */
export const notGenuine = ({ checks, issuer }: Verdict): Check | undefined => {
  const own = checks.filter(({ group, id }) => group === 'authenticity' && id !== STATUS)
  const wrong = own.find(({ status }) => status === 'fail') ?? own.find(isLacking)
  return wrong ?? (issuer === undefined ? checks[0] : undefined)
}

/** The first fault of form or content. */
export const faultIn = ({ checks }: Verdict): Text | undefined =>
  checks.find((check) => (check.group === 'shape' || check.group === 'conformance') && (check.status === 'fail' || isLacking(check)))
    ?.message

/** Why a certificate is not recognised, whatever depends on the day asked about; undefined if it is. */
export function unrecognisedIn({ checks }: Verdict): DuplicateReason | undefined {
  const rest = checks.filter(({ id }) => !OF_THE_DAY.includes(id))
  const wrong = rest.find(({ status }) => status === 'fail')
  if (wrong !== undefined) return reasonOf('duplicate.not-recognised', { reason: textOf(wrong) })
  const lacking = rest.find(isLacking)
  return lacking && reasonOf('duplicate.recognition-undecided', { reason: textOf(lacking) })
}

const textOf = ({ message: { zh, en } }: Check): Text => ({ zh, en })

/** The end of the interval: as stated, otherwise as the regulation gives it. */
export function periodIn({ checks }: Verdict, { validUntil }: VerificationRecord): Period {
  if (validUntil !== undefined) return validUntil
  const validity = checks.find(({ id }) => id === VALIDITY)
  if (validity?.code === 'validity.initial-only') return 'open'
  const latest = validity?.evidence?.latest
  return typeof latest === 'string' ? latest : undefined
}

/** The check that speaks against a statement at the moment of a verdict. One that was not reached leaves it undecided. */
function againstStatus({ checks }: Verdict): Check | undefined {
  const own = checks.filter(({ id }) => id === STATUS)
  return own.find(({ status }) => status === 'fail') ?? own.find(({ blockedBy }) => blockedBy !== undefined)
}

export const fallenIn = (verdict: Verdict): Text | undefined => {
  const check = againstStatus(verdict)
  return check && textOf(check)
}

/** Why an earlier certificate did not count at the moment of a verdict, or why that is undecided; undefined if it was in force. */
export function statusReason(verdict: Verdict): DuplicateReason | undefined {
  const check = againstStatus(verdict)
  if (check === undefined) return undefined
  return check.status === 'fail' ? reasonOf('duplicate.not-in-force') : reasonOf('duplicate.status-undecided', { reason: textOf(check) })
}

/** All but the first two and the last two characters of a plate are replaced. */
const masked = (plate: string): string => {
  const characters = [...plate.replace(/[·.\s]/g, '')]
  return characters.map((one, at) => (at < 2 || (at >= characters.length - 2 && characters.length > 4) ? one : '*')).join('')
}

const NO_PARTS: InstrumentIdentity['parts'] = new Map()

/**
 * Copies texts and what holds them. A text that was cut out of a payload keeps the whole payload in memory, several times what is held of it.
 */
export const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Members of a record that are held. */
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

/** The scope as stated; an instrument on a vehicle with a plate is installed. */
const scopeIn = (scope: VerificationRecord['scope'], plate: string | undefined): Pick<Verification, 'scope'> =>
  scope !== undefined ? { scope } : plate !== undefined ? { scope: 'installed' } : {}
