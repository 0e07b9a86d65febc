/** Judges a label by the steps of a record, with the same rows. A row that needs a member which labels lack is marked as not carried. */

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
  /** The content of the label; present only if its signature is valid and its origin has no fault. Do not show content of other labels. */
  readonly label?: LabelClaims
}

const notCarriedRows = new WeakMap<Row, Check>()

/** The check of a row that needs members which labels lack; it does not decide the verdict. */
function notCarried(row: Row): Check {
  let check = notCarriedRows.get(row)
  if (check === undefined) {
    const { zh, en } = say('label.not-carried', { row: rowText(row.id) })
    check = Object.freeze({ ...notApplicable(row), code: coded('label.not-carried'), message: { zh, en } })
    notCarriedRows.set(row, check)
  }
  return check
}

/** Checks of the content, which need the record. */
const CONTENT: readonly Check[] = [shapeRows.kind, shapeRows.schema, ...rules].map(notCarried)

const KIND = kindOf({ kind: 'verification-record' } as AnyRecord)

const NONE: readonly never[] = Object.freeze([])

/** The record as far as the label states it. `lacks` lists the other members, so that checks which need them do not decide. */
function recordOf({ iss, number, category, outcome, serial, plate, verifiedOn, validUntil }: LabelClaims): AnyRecord {
  // Members are assigned one by one, because spreading each optional one costs more than the rest of this step.
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

/** Conditions that the content of a label decides. All others need the record, including those of later versions. */
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

/** Addresses of the known status lists, by issuer and by their name in labels. */
const addresses = new WeakMap<Status, Map<string, string | undefined>>()

/** The address of the known list of the issuer with this name; undefined if there is none, or two. */
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

/** The status of the record of a label and of the label itself; the stricter one counts. */
function fate(
  question: Omit<StatusQuestion, 'claims'> & { readonly claims: LabelClaims },
  known: Status | undefined,
): ReturnType<typeof checkStatus> {
  const { iss, iat, record, status } = question.claims
  const spoken = { iss, iat, jti: '', record: undefined }
  // Only notices can name the label itself; the status list is about the record.
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
 * Judges a label: the text of its code, its octets, or its compact JWS. A forged, damaged or unrelated code is a verdict, not an error. The
 * rows are those of the verdict of a record; `scope` is `label`.
 * @throws `verify.options` for an argument of another type
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

/** Translates JSON pointers into the record to those into the payload of the label, which is flat. */
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

/** Runs a step; returns its value, or the failed check that ends the judgement. */
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
