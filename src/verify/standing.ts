/**
 * The standing of an instrument: of all verification records known of it, from both provinces, what counts today. A failed
 * verification prevails over a certificate that is not later than it, whichever side gave either.
 */
import type { Check } from '../base/check.js'
import { civilDateOf, formatInstant, parseInstant } from '../base/date.js'
import { identifierKey, isNoSerial } from '../base/identifier.js'
import { type Code, messageOf, type Text } from '../base/messages/index.js'
import { decodeRecord, type VerificationRecord } from '../records/index.js'
import { decidingCheck, type Outcome, type Verdict } from './verdict.js'
import { type SignedRecord, type VerifyOptions, verify } from './verify.js'

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
  /** Whether the entry takes part: a failure that is genuine always does, a certificate only where it is in order. */
  readonly isCounted: boolean
  /** The check that decided the verdict. */
  readonly reason: { readonly code: string } & Text
}

export interface StandingConflict extends Text {
  readonly code: 'standing.fail-wins' | 'standing.duplicate'
  readonly statementIds: readonly string[]
}

export interface Standing extends Text {
  readonly code:
    | 'standing.valid'
    | 'standing.failed'
    | 'standing.expired'
    | 'standing.not-recognised'
    | 'standing.undecided'
    | 'standing.none'
  /** RFC 3339. */
  readonly at: string
  readonly instrument: { readonly category: string; readonly serialNumber?: string; readonly plate?: string }
  /** Statement that decides; absent where nothing counts. */
  readonly decidedBy?: string
  /** Newest first. */
  readonly entries: readonly StandingEntry[]
  readonly conflicts: readonly StandingConflict[]
}

interface Judged {
  readonly verdict: Verdict
  readonly record: VerificationRecord
}

/**
 * Judges statements of verification records and says how each instrument stands, in the order in which instruments are
 * met. Statements that are no readable verification record, or whose issuer is not known, are left out: they say nothing.
 */
export async function standings(
  statements: Iterable<SignedRecord> | AsyncIterable<SignedRecord>,
  options: VerifyOptions,
): Promise<readonly Standing[]> {
  const instruments = new Map<string, Map<string, Judged>>()
  for await (const statement of statements) {
    const verdict = await verify(statement, options)
    const record =
      verdict.issuer === undefined ? undefined : decodeRecord(typeof statement === 'string' ? statement : (statement[0] as string))?.record
    if (record?.kind !== 'verification-record' || verdict.statementId === undefined) continue
    const key = instrumentKey(record)
    // One statement that came twice is one statement.
    instruments.set(key, (instruments.get(key) ?? new Map<string, Judged>()).set(verdict.statementId, { verdict, record }))
  }
  const at = parseInstant(options.at)
  return [...instruments.values()].map((judged) => standingOf([...judged.values()], formatInstant(at), civilDateOf(at)))
}

/**
 * Category and serial number; the maker is left out, since one side may not have written it and its failure would be missed.
 * Without a serial number only the certificate says which instrument it was.
 */
function instrumentKey({ instrument: { category, serialNumber }, certificateNo, issuer }: VerificationRecord): string {
  const isNamed = serialNumber !== undefined && !isNoSerial(serialNumber)
  return JSON.stringify(isNamed ? [category, identifierKey(serialNumber)] : [category, issuer.uscc, identifierKey(certificateNo)])
}

function standingOf(judged: readonly Judged[], at: string, today: string): Standing {
  const entries = judged.map(entryOf).sort(newestFirst)
  const counted = entries.filter(({ isCounted, verifiedOn }) => isCounted && verifiedOn <= today)
  const certificate = counted.find(({ outcome, validUntil }) => outcome === 'pass' && validUntil !== undefined)
  const failure = counted.find(({ outcome }) => outcome === 'fail')
  const hasFailed = failure !== undefined && (certificate === undefined || failure.verifiedOn >= certificate.verifiedOn)
  const decided = hasFailed ? failure : certificate
  const code = decided === undefined ? 'standing.none' : hasFailed ? 'standing.failed' : standingBy(decided)
  const { instrument } = (judged[0] as Judged).record
  return {
    code,
    ...textOf(code, {
      certificateNo: decided?.certificateNo,
      verifiedOn: decided?.verifiedOn,
      validUntil: decided?.validUntil,
      reason: decided?.reason,
    }),
    at,
    instrument: {
      category: instrument.category,
      ...(instrument.serialNumber !== undefined && { serialNumber: instrument.serialNumber }),
      ...(instrument.mobile?.plate !== undefined && { plate: instrument.mobile.plate }),
    },
    ...(decided && { decidedBy: decided.statementId }),
    entries,
    conflicts: conflictsOf(counted, hasFailed ? failure : undefined, today),
  }
}

const BY_RECOGNITION = {
  recognised: 'standing.valid',
  indeterminate: 'standing.undecided',
  'not-recognised': 'standing.not-recognised',
} as const

const standingBy = ({ recognition, reason }: StandingEntry): Standing['code'] =>
  reason.code === 'validity.expired' ? 'standing.expired' : BY_RECOGNITION[recognition]

function entryOf({ verdict, record }: Judged): StandingEntry {
  const { outcome, certificateNo, verifiedOn, validUntil } = record
  const check = decidingCheck(verdict)
  const isFlawed = (groups: readonly Check['group'][]): boolean =>
    verdict.checks.some(({ group, status, blockedBy }) => groups.includes(group) && (status === 'fail' || blockedBy?.startsWith('fact:')))
  return {
    statementId: verdict.statementId as string,
    certificateNo,
    issuer: verdict.issuer as string,
    outcome,
    verifiedOn,
    ...(validUntil !== undefined && { validUntil }),
    recognition: verdict.outcome,
    isCounted: !isFlawed(outcome === 'fail' ? ['authenticity'] : ['authenticity', 'shape', 'conformance']),
    reason: { code: check.code, zh: check.message.zh, en: check.message.en },
  }
}

/** By the day of the work; on one day a failure before a certificate, and one that is recognised before one that is not. */
function newestFirst(a: StandingEntry, b: StandingEntry): number {
  if (a.verifiedOn !== b.verifiedOn) return a.verifiedOn < b.verifiedOn ? 1 : -1
  if (a.outcome !== b.outcome) return a.outcome === 'fail' ? -1 : 1
  return Number(b.recognition === 'recognised') - Number(a.recognition === 'recognised')
}

function conflictsOf(counted: readonly StandingEntry[], failure: StandingEntry | undefined, today: string): StandingConflict[] {
  const current = counted.filter(({ outcome, validUntil }) => outcome === 'pass' && validUntil !== undefined && validUntil >= today)
  const conflicts: StandingConflict[] = []
  if (failure !== undefined && current.length > 0) {
    const params = { certificateNo: failure.certificateNo, others: current.map(({ certificateNo }) => certificateNo).join(', ') }
    conflicts.push({
      code: 'standing.fail-wins',
      ...textOf('standing.fail-wins', params),
      statementIds: [failure, ...current].map(({ statementId }) => statementId),
    })
  }
  if (new Set(current.map(({ issuer }) => issuer)).size > 1) {
    const params = { certificates: current.map(({ certificateNo }) => certificateNo).join(', ') }
    conflicts.push({
      code: 'standing.duplicate',
      ...textOf('standing.duplicate', params),
      statementIds: current.map(({ statementId }) => statementId),
    })
  }
  return conflicts
}

function textOf(code: Code, params: Record<string, unknown>): Text {
  const { zh, en } = messageOf(code, params)
  return { zh, en }
}
