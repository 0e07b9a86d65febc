/** Judges a label by the steps of a record: the same rows, as far as its members suffice. Each row that needs more is marked as not carried. */

import { type Check, failed, missingFact, notApplicable, type Row } from '../base/check.js'
import { parseInstant } from '../base/date.js'
import { isTonghengError } from '../base/error.js'
import { rowText } from '../base/message.js'
import { octets as someOctets } from '../base/options.js'
import { rules, shapeRows } from '../conformance/index.js'
import { isCompact } from '../envelope/index.js'
import type { Lacks } from '../recognition/index.js'
import { type AnyRecord, kindOf } from '../records/index.js'
import type { Status, StatusQuestion } from '../status/index.js'
import { checkStatus } from '../status/inside.js'
import type { Verdict, VerifyOptions } from '../verify/index.js'
import {
  type Authenticated,
  checkSignatures,
  checkStatement,
  checkVerifyOptions,
  judge,
  key as keyRow,
  lexing,
  refused,
  type Subject,
  unknownKey,
} from '../verify/inside.js'
import { LABEL, LabelClaims, statusListName } from './label.js'
import { coded, say } from './messages.js'
import { keyWith, readPacked, rebuild } from './pack.js'
import { readScanned } from './text.js'

/** The verdict of a label. */
export type LabelVerdict = Verdict & {
  readonly scope: 'label'
  /** The content of the label, if its signature is valid and its origin has no fault; show nothing of any other label. */
  readonly label?: LabelClaims
}

const notCarriedRows = new WeakMap<Row, Check>()

/** The row rests on what a label does not carry, and does not decide its verdict. */
function notCarried(row: Row): Check {
  let check = notCarriedRows.get(row)
  if (check === undefined) {
    const { zh, en } = say('label.not-carried', { row: rowText(row.id) })
    check = Object.freeze({ ...notApplicable(row), code: coded('label.not-carried'), message: { zh, en } })
    notCarriedRows.set(row, check)
  }
  return check
}

/** Rules need the record; its kind is what every label is of. */
const CONTENT: readonly Check[] = [shapeRows.kind, shapeRows.schema, ...rules].map(notCarried)

const KIND = kindOf({ kind: 'verification-record' } as AnyRecord)

const NONE: readonly never[] = Object.freeze([])

/** The record as far as a label carries it. Of its other members nothing is known, and `lacks` answers for what rests on them. */
function recordOf({ iss, number, category, outcome, serial, plate, verifiedOn, validUntil }: LabelClaims): AnyRecord {
  // Members are assigned one by one: a spread of each optional one costs more than the rest of this step.
  const instrument: Record<string, unknown> = { category, name: '' }
  if (serial !== undefined) instrument.serialNumber = serial
  if (plate !== undefined) instrument.mobile = { plate }
  const carried: Record<string, unknown> = {
    kind: 'verification-record',
    version: 1,
    certificateNo: number,
    issuer: { uscc: iss, name: '' },
    instrument,
    basis: NONE,
    standards: NONE,
    results: NONE,
    outcome,
    verifiedOn,
  }
  if (validUntil !== undefined) carried.validUntil = validUntil
  return carried as unknown as AnyRecord
}

/** Conditions that what a label carries decides. Any other rests on the record, those of later versions included. */
const DECIDED: Readonly<Record<string, (claims: LabelClaims) => boolean>> = {
  'condition.validity-remaining': () => true,
  'condition.mobile-only': ({ plate }) => plate !== undefined,
}

const lacksOf =
  (claims: LabelClaims): Lacks =>
  (row, clause) => {
    if (clause === undefined || clause.labelSuffices === true) return DECIDED[row.id]?.(claims) === true ? undefined : notCarried(row)
    if (DECIDED[row.id]?.(claims) === true) return undefined
    return missingFact(row, 'record', { code: coded('label.not-carried'), params: { row: rowText(row.id) } })
  }

/** Addresses of the lists of status that are at hand, by issuer and by the name that labels have for them. */
const addresses = new WeakMap<Status, Map<string, string | undefined>>()

/** The address of the one list of the issuer at hand that has the name; undefined where there is none, or two. */
function addressOf(known: Status | undefined, iss: string, name: string): string | undefined {
  if (known === undefined) return undefined
  let byName = addresses.get(known)
  if (byName === undefined) {
    byName = new Map()
    for (const { claims } of known.lists) {
      const own = `${claims.iss} ${statusListName(claims.sub)}`
      byName.set(own, !byName.has(own) || byName.get(own) === claims.sub ? claims.sub : undefined)
    }
    addresses.set(known, byName)
  }
  return byName.get(`${iss} ${name}`)
}

/** What has become of the record that it speaks for, and of the label itself: the stricter holds. */
function fate(
  question: Omit<StatusQuestion, 'claims'> & { readonly claims: LabelClaims },
  known: Status | undefined,
): ReturnType<typeof checkStatus> {
  const { iss, iat, record, status } = question.claims
  const spoken = { iss, iat, jti: '', record: undefined }
  // Of the label itself only notices speak; the list speaks of the record.
  const listed =
    status === undefined
      ? spoken
      : { ...spoken, status: { status_list: { idx: status.index, uri: addressOf(known, iss, status.list) ?? `#${status.list}` } } }
  const ofRecord = checkStatus({ ...question, statementId: record, claims: listed }, known)
  if (known === undefined || known.noticesOf(question.statementId).length === 0) return ofRecord
  const ofLabel = checkStatus({ ...question, claims: spoken }, known)
  const checks = [...ofLabel.checks, ...ofRecord.checks]
  const told = checks.filter(({ status: result, blockedBy }) => result === 'fail' || blockedBy !== undefined)
  return { ...ofRecord, checks: told.length > 0 ? told : ofRecord.checks }
}

const aLabel: Subject<LabelClaims> = {
  typ: LABEL,
  claims: LabelClaims,
  scope: 'label',
  read: (claims) => ({ kind: KIND, record: recordOf(claims), isPartlyRead: false, checks: CONTENT, lacks: lacksOf(claims) }),
  fate,
}

/**
 * Judges a label: the text of its code, its octets, or its compact JWS. Never throws on account of what it is given: a forged, damaged
 * or foreign code is an answer. The rows are those of a record's verdict; `scope` is `label`.
 * @throws `verify.options` where an argument is not what it should be
 * @example
 * ```ts
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 * import { labelUrl, signLabel, verifyLabel } from 'tongheng/label'
 *
 * const world = await createFakeAuthorities()
 * const record = await world.sign('CD', fixtures.F01.record)
 * const { octets } = await signLabel(record, { signers: [world.signer('CD')], at: '2025-03-12T17:00:00+08:00' })
 * const verdict = await verifyLabel(labelUrl(octets, 'https://jl.example.cn'), {
 *   at: '2025-06-16T09:00:00+08:00',
 *   trust: world.trust,
 *   agreements: [world.agreement],
 *   policy: { region: '50' },
 * })
 * verdict.outcome // => 'recognised'
 * ```
 */
export async function verifyLabel(given: string | Uint8Array | readonly string[], options: VerifyOptions): Promise<LabelVerdict> {
  checkVerifyOptions('verifyLabel', options)
  if (!someOctets.is(given)) checkStatement('verifyLabel', given)
  const at = parseInstant(options.at)
  const signed = await signaturesOf(given, options, at)
  const { verdict, stated, claims = stated } = judge(signed, at, options, aLabel)
  const isOfRecord = verdict.checks.some(({ path }) => path?.startsWith('/record/'))
  const checks = isOfRecord ? verdict.checks.map(inPayload) : verdict.checks
  const isGenuine =
    claims !== undefined &&
    !checks.some(({ status, group, id }) => status === 'fail' && group === 'authenticity' && !ABOUT_THE_RECORD.has(id))
  return Object.assign(verdict, { checks, scope: 'label' as const }, isGenuine && { label: claims })
}

/** Rows about the record and the body, not about the origin of the label. */
export const ABOUT_THE_RECORD: ReadonlySet<string> = new Set(['status', 'issuer.scope', 'statement.after-fact'])

/** Pointers into the payload of the label, in which members of the record are side by side. */
function inPayload(check: Check): Check {
  return check.path?.startsWith('/record/') ? { ...check, path: check.path.replace(/^\/record(?:\/instrument)?/, '') } : check
}

function signaturesOf(
  given: string | Uint8Array | readonly string[],
  options: VerifyOptions,
  at: number,
): Authenticated<LabelClaims> | Promise<Authenticated<LabelClaims>> {
  if (Array.isArray(given) || (typeof given === 'string' && isCompact(given)))
    return checkSignatures(given as string | readonly string[], options, at, aLabel, {})
  const read = typeof given === 'string' ? () => readScanned(given).packed : () => readPacked(given as Uint8Array)
  const packed = attempt(read)
  if ('check' in packed) return refused(packed.check)
  const { claims, signatures } = packed.value
  const keys = attempt(() => signatures.map(({ kid }) => keyWith(kid, claims.iss, options.trust).verification), options, at)
  if ('check' in keys) return refused(keys.check)
  const [first, ...others] = rebuild(packed.value, keys.value)
  const texts = [first?.text ?? '', ...others.map(({ text }) => text)]
  return checkSignatures(texts, options, at, aLabel, { parsed: first?.statement, payload: first?.payload })
}

/** The result, or the check that stops the judgement. */
function attempt<T>(read: () => T, options?: VerifyOptions, at = 0): { readonly value: T } | { readonly check: Check } {
  try {
    return { value: read() }
  } catch (error) {
    if (!isTonghengError(error)) throw error
    const { code, details } = error
    if (code === 'label.version') return { check: missingFact(lexing, 'newer-version', { code, params: details }) }
    if (code === 'label.kid-ambiguous') return { check: missingFact(keyRow, 'key', { code, params: details }) }
    if (code === 'label.key-unknown' && options !== undefined) return { check: unknownKey(`${details.kid}…`, options.trust, at) }
    return { check: failed(lexing, { code, params: details }) }
  }
}
