/**
 * Collects the material of a standing: verified statements of verification records, and those that could not be read or verified.
 * No input that may be a failed verification is dropped silently.
 */

import type { Check } from '../../base/check.js'
import { isCivilDate } from '../../base/date.js'
import { isTonghengError } from '../../base/error.js'
import { identifierKey } from '../../base/identifier.js'
import { messageOf, type Text } from '../../base/message.js'
import { otherWork } from '../../base/other-work.js'
import { parsePayload, parseStatement } from '../../envelope/index.js'
import {
  decodeRecord,
  type InstrumentIdentity,
  identityOf,
  kinds,
  MAX_LINES,
  recordsByLine,
  type VerificationRecord,
} from '../../records/index.js'
import { knownTogether } from '../../status/inside.js'
import { checkStatement } from '../verdict/check-options.js'
import type { Examined, VerifyOptions } from '../verdict/judge.js'
import { decidingCheck, type Verdict } from '../verdict/verdict.js'
import { examine, type SignedRecord } from '../verdict/verify.js'
import { coded } from './messages.js'

type Reason = { readonly code: string } & Text

/** A verification record of a known body. */
export interface JudgedRecord {
  readonly statementId: string
  readonly issuer: string
  /** Name, unique per issuer. */
  readonly jti: string
  /** Of a batch, the record of one line. */
  readonly record: VerificationRecord
  /** Line of a batch, from 1. */
  readonly line?: number
  /** The whole record as it was signed. */
  readonly signed: VerificationRecord
  readonly verdict: Verdict
  readonly proof: Proof
  readonly identity: InstrumentIdentity
}

/** A statement that may be a failed verification and could not be read or verified. */
export interface Doubt {
  readonly statementId?: string | undefined
  readonly certificateNo?: string | undefined
  readonly reason: Reason
  readonly line?: number | undefined
  /** Absent if the instrument is unknown: it may be any. */
  readonly identity?: InstrumentIdentity | undefined
  readonly verifiedOn?: string | undefined
  readonly scope?: string | undefined
  /** False if no signature is by a key that may be listed: the text is then no evidence that an instrument exists. */
  readonly isStatement: boolean
}

export interface StandingMaterial {
  readonly records: readonly JudgedRecord[]
  readonly doubts: readonly Doubt[]
}

/**
 * How far a statement is proved: `genuine`; `undecided` if a fact is missing, or the key is not listed, perhaps not yet; `refused`
 * if a known body was not permitted to sign it; `forged` if no signature verifies.
 */
export type Proof = 'genuine' | 'undecided' | 'refused' | 'forged'

export interface StandingOptions extends Omit<VerifyOptions, 'line'> {
  /** Serial numbers of the instruments in question: only their lines of a batch certificate are judged. @default every line */
  readonly serials?: readonly string[]
}

const RECORD = 'metrology-record+jwt'
/** Maximum number of signatures of one statement that are verified separately if they do not verify together. */
const MAX_ALONE = 8

/** Number of statements verified, and read, before the event loop runs other work: about one millisecond. */
const BATCH = 4
const READ_BATCH = 32

export async function judgeMaterial(
  statements: Iterable<SignedRecord> | AsyncIterable<SignedRecord>,
  options: StandingOptions,
): Promise<StandingMaterial> {
  const given: string[][] = []
  const doubts: Doubt[] = []
  for await (const statement of statements) {
    checkStatement('standings', statement)
    const { byContent, unreadable } = signaturesIn(statement)
    given.push(...byContent)
    if (given.length % READ_BATCH === 0) await otherWork()
    for (let n = 0; n < unreadable; n++) doubts.push({ reason: reasonOf(coded('standing.unreadable')), isStatement: false })
  }
  const status = await knownTogether(given.flat(), options)
  const judging = { ...options, ...(status && { status }) }
  const records = new Map<string, JudgedRecord>()
  const doubted = new Map<string, Doubt>()
  for (const [at, signatures] of given.entries()) {
    if (at % BATCH === BATCH - 1) await otherWork()
    for (const found of await judgeOne(signatures, judging)) {
      const key = `${found.statementId ?? signatures.join()} ${found.line ?? ''}`
      if ('record' in found) {
        const before = records.get(key)
        if (before === undefined || isBetter(found, before)) records.set(key, found)
      } else doubted.set(key, found)
    }
  }
  // A statement of which an intact copy exists is no longer in doubt.
  const still = [...doubted].filter(([key]) => !records.has(key)).map(([, doubt]) => doubt)
  return { records: [...records.values()], doubts: [...doubts, ...still] }
}

const PROOFS: readonly Proof[] = ['forged', 'refused', 'undecided', 'genuine']
const OUTCOMES: readonly string[] = ['not-recognised', 'indeterminate', 'recognised']
const rankOf = ({ proof, verdict }: JudgedRecord): number => PROOFS.indexOf(proof) * 3 + OUTCOMES.indexOf(verdict.outcome)
const faultsOf = ({ verdict: { checks } }: JudgedRecord): number => checks.filter(({ status }) => status === 'fail').length

/** Prefers the copy of a statement with fewer faults, so that the result does not depend on the order of input. */
const isBetter = (one: JudgedRecord, other: JudgedRecord): boolean =>
  rankOf(one) === rankOf(other) ? faultsOf(one) < faultsOf(other) : rankOf(one) > rankOf(other)

/** Groups signatures by content, regardless of blanks, line breaks and other statements around them. */
function signaturesIn(statement: SignedRecord): { readonly byContent: string[][]; readonly unreadable: number } {
  const texts = (typeof statement === 'string' ? [statement] : [...statement]).map(String)
  const lines = texts.flatMap((text) => text.split(/[\r\n]+/)).map((line) => line.trim())
  const byContent = new Map<string, string[]>()
  let unreadable = 0
  for (const line of lines) {
    if (line === '') continue
    try {
      const { payloadSegment } = parseStatement(line, RECORD)
      byContent.set(payloadSegment, [...(byContent.get(payloadSegment) ?? []), line])
    } catch (error) {
      if (!isTonghengError(error)) throw error
      unreadable++
    }
  }
  // An empty text represents a statement that was cut off.
  return { byContent: [...byContent.values()], unreadable: lines.some((line) => line !== '') ? unreadable : 1 }
}

/** Judges the signatures of one content. A batch certificate has one result per line; a record of another kind has none. */
async function judgeOne(signatures: readonly string[], options: StandingOptions): Promise<readonly (JudgedRecord | Doubt)[]> {
  const [first = ''] = signatures
  const together = await examine(signatures.length === 1 ? first : signatures, options)
  const { verdict, record: read, claims: claimed, ofLine } = together
  const examined = [together]
  // One genuine signature proves a failure: additional signatures, or a policy that requires more, do not undo it.
  const { algorithms: _, ...policy } = options.policy
  if (proofOf(verdict) !== 'genuine' && (signatures.length > 1 || options.policy.algorithms !== undefined))
    for (const signature of signatures.slice(0, MAX_ALONE)) examined.push(await examine(signature, { ...options, policy }))
  const { proof, issuer } = proofIn(examined)
  const decoded = read === undefined || claimed === undefined ? decodeRecord(first) : undefined
  const record = read ?? decoded?.record
  const jti = (claimed ?? decoded?.claims)?.jti
  if (record !== undefined && record.kind !== 'verification-record') return []
  const { statementId } = verdict
  if (record !== undefined && issuer !== undefined && statementId !== undefined && jti !== undefined) {
    const common = { statementId, issuer, jti, signed: record }
    if (record.instruments === undefined)
      return [{ ...common, record, verdict, proof, identity: identityOf(record.instrument) as InstrumentIdentity }]
    const recordOfLine = recordsByLine(record)
    return linesInQuestion(record.instruments, options).map((line): JudgedRecord => {
      const own = recordOfLine(line) as VerificationRecord
      const identity = identityOf(own.instrument) as InstrumentIdentity
      // A line may be revoked where the others are not.
      return { ...common, line, record: own, verdict: ofLine?.(line) ?? verdict, proof: proofIn(examined, line).proof, identity }
    })
  }
  return doubtsOf(first, verdict, proof, options)
}

/** The best proof among the examinations of one content: of the whole, or of one line of a batch. */
function proofIn(examined: readonly Examined[], line?: number): { readonly proof: Proof; readonly issuer: string | undefined } {
  const all = examined.map(({ verdict, ofLine }) => {
    const own = line === undefined ? verdict : (ofLine?.(line) ?? verdict)
    return { proof: proofOf(own), issuer: own.issuer }
  })
  return all.reduce((best, one) => (PROOFS.indexOf(one.proof) > PROOFS.indexOf(best.proof) ? one : best))
}

function proofOf({ checks, issuer }: Verdict): Proof {
  const authenticity = checks.filter(({ group }) => group === 'authenticity')
  const failed = authenticity.filter(({ status }) => status === 'fail')
  const lacksFact = authenticity.some(({ blockedBy }) => blockedBy?.startsWith('fact:'))
  if (issuer !== undefined) {
    if (failed.length === 0) return lacksFact ? 'undecided' : 'genuine'
    // A suspended record may be reinstated.
    return failed.every(({ code }) => code === 'status.suspended') ? 'undecided' : 'refused'
  }
  const isSigned = authenticity.some(({ id, status }) => id === 'signature' && status === 'pass')
  const isMismatch = failed.some(({ id }) => id === 'issuer.key')
  return lacksFact || failed.some(({ code }) => code === 'key.unknown') || (isSigned && !isMismatch) ? 'undecided' : 'forged'
}

/** Lines of a batch, from 1: those of the serial numbers in question, or all. */
function linesInQuestion(instruments: readonly unknown[], { serials }: StandingOptions): readonly number[] {
  const keys = serials && new Set(serials.map(identifierKey))
  return instruments.flatMap((own, at) => {
    const { serialNumber } = (own ?? {}) as { readonly serialNumber?: unknown }
    return keys === undefined || (typeof serialNumber === 'string' && keys.has(identifierKey(serialNumber))) ? [at + 1] : []
  })
}

/** Empty if it is certain that no failure is lost: the record is of another kind, or states “pass” in a known version. */
function doubtsOf(signature: string, verdict: Verdict, proof: Proof, options: StandingOptions): readonly Doubt[] {
  const record = recordIn(signature)
  const { instrument, instruments } = record
  if (!Array.isArray(instruments)) return doubtOf(record, verdict, proof)
  return linesInQuestion(instruments.slice(0, MAX_LINES), options).flatMap((line) => {
    const own = (instruments[line - 1] ?? {}) as Readonly<Record<string, unknown>>
    const ofLine = { ...record, outcome: own.outcome ?? record.outcome, instrument: { ...(instrument as object), ...own } }
    return doubtOf(ofLine, verdict, proof).map((doubt) => ({ ...doubt, line }))
  })
}

function doubtOf(record: Readonly<Record<string, unknown>>, verdict: Verdict, proof: Proof): readonly Doubt[] {
  const { kind, version, outcome, certificateNo, instrument, verifiedOn, scope } = record
  if (typeof kind === 'string' && kind !== 'verification-record' && kinds.has(kind)) return []
  const isKnown = kind === 'verification-record' && version === 1
  if (isKnown && outcome === 'pass' && (proof === 'forged' || proof === 'refused' || verdict.issuer !== undefined)) return []
  const check = decidingCheck(verdict)
  return [
    {
      statementId: verdict.statementId,
      certificateNo: typeof certificateNo === 'string' ? certificateNo.slice(0, 200) : undefined,
      reason: { code: check.code, zh: check.message.zh, en: check.message.en },
      identity: identityOf(instrument),
      verifiedOn: typeof verifiedOn === 'string' && isCivilDate(verifiedOn) ? verifiedOn : undefined,
      scope: typeof scope === 'string' ? scope : undefined,
      isStatement: proof !== 'forged',
    },
  ]
}

/** Reads the record without validation: its shape may be invalid, or of a later version. */
function recordIn(signature: string): Readonly<Record<string, unknown>> {
  try {
    const payload = parsePayload(parseStatement(signature, RECORD)) as { readonly record?: unknown }
    const { record } = payload
    return record !== null && typeof record === 'object' ? (record as Record<string, unknown>) : {}
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return {}
  }
}

export const reasonOf = (code: Parameters<typeof messageOf>[0], params: Readonly<Record<string, unknown>> = {}): Reason => {
  const { zh, en } = messageOf(code, params)
  return { code, zh, en }
}

export const reasonOfCheck = ({ code, message: { zh, en } }: Check): Reason => ({ code, zh, en })
export const numberKey = (issuer: string, number: string): string => `${issuer} ${identifierKey(number)}`
