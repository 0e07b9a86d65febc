/** Signs the label of a signed record. */

import { parseInstant } from '../base/date.js'
import {
  aMoment,
  anObject,
  checkArgument,
  checkMembers,
  checkOptions,
  type Expectation,
  isArrayOf,
  isString,
  optional,
  signers as someSigners,
  whole,
} from '../base/options.js'
import { checkRecord } from '../conformance/index.js'
import { checkSigners, coSign, type Signer, signTogether } from '../envelope/index.js'
import { type AnyRecord, linesOf, type RecordOf, type SignRecordOptions, signRecord } from '../records/index.js'
import { factsOf, LABEL, type LabelFacts, recordIn } from './label.js'
import { fault } from './messages.js'
import { packLabel } from './pack.js'

export interface SignLabelOptions {
  /** Signers of the label, one signature each: ES256, and also SM2 if national cryptography is required. */
  readonly signers: readonly [Signer, ...Signer[]]
  /** Time of signing: RFC 3339 with an offset, a Date, or seconds. */
  readonly at: string | Date | number
  /** Line of a batch certificate, from 1; each instrument has its own label. */
  readonly line?: number
}

/** A label: its compact JWS, one per signer, and its packed octets. */
export interface SignedLabel {
  readonly signed: readonly string[]
  readonly octets: Uint8Array
}

export const SIGNED: Expectation = {
  is: (value) => isString(value) || isArrayOf(isString)(value),
  expected: { zh: '签名记录的文本，或其各个签名的数组', en: 'the text of a signed record, or an array of its signatures' },
}

/**
 * Signs the label of a signed verification record. A record that fails its own rules gets none, because the findings are not visible at the
 * roadside.
 * @param statement the signed record; if it has several signatures, one or all of them
 * @throws `label.no-record`, `label.kind`, `label.line`, `label.record-fails`; `label.not-packable` if it is too long for a sticker
 * @example
 * ```ts
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 * import { labelUrl, signLabel } from 'tongheng/label'
 *
 * const world = await createFakeAuthorities()
 * const record = await world.sign('CD', fixtures.F01.record)
 * const { octets } = await signLabel(record, { signers: [world.signer('CD')], at: '2025-03-12T17:00:00+08:00' })
 * labelUrl(octets, 'https://jl.example.cn').startsWith('https://jl.example.cn/l#') // => true
 * ```
 */
export async function signLabel(statement: string | readonly string[], options: SignLabelOptions): Promise<SignedLabel> {
  checkArgument('signLabel', 'statement', statement, SIGNED)
  checkOptions('signLabel', options, { signers: someSigners, at: aMoment, line: optional(whole) })
  checkSigners(options.signers)
  const [first = ''] = [statement].flat() as readonly string[]
  const read = recordIn(first)
  assertLabelable(read.record)
  return signFacts(factsOf(read, options.line), options)
}

export async function signFacts(
  { iss, ...facts }: LabelFacts,
  { signers, at }: Pick<SignLabelOptions, 'signers' | 'at'>,
): Promise<SignedLabel> {
  const signed = await signTogether({ iss, iat: parseInstant(at), ...facts }, signers, { typ: LABEL })
  return { signed, octets: packLabel(signed) }
}

/**
 * Rejects a record that cannot have a label: one of another kind than a verification, or one that fails its own rules.
 * @throws `label.kind`, `label.record-fails`
 */
export function assertLabelable(record: AnyRecord): asserts record is RecordOf<'verification-record'> {
  const { kind, checks } = checkRecord(record)
  if (kind?.kind !== 'verification-record') throw fault('label.kind', { kind: kind?.title })
  const failed = checks.find(({ status }) => status === 'fail')
  if (failed !== undefined) throw fault('label.record-fails', { reason: failed.message })
}

/** Options of `signRecord`, with the signers of record and label. */
export type SignWithLabelOptions = Omit<SignRecordOptions, 'signer'> & Pick<SignLabelOptions, 'signers'>

/** A record and its label, each signed by every signer. */
export interface SignedWithLabel {
  readonly record: readonly string[]
  readonly label: SignedLabel
}

/**
 * Signs a verification record of one instrument and its label, with two signatures per signer. For a batch use `signWithLabels`.
 * @throws the errors of `signRecord` and `signLabel`; nothing is returned then
 */
export async function signWithLabel(record: AnyRecord, options: SignWithLabelOptions): Promise<SignedWithLabel> {
  checkArgument('signWithLabel', 'options', options, anObject)
  checkMembers('signWithLabel', options, { signers: someSigners })
  const { signers, ...rest } = options
  checkSigners(signers)
  assertLabelable(record)
  const lines = linesOf(record)
  if (lines !== undefined) throw fault('label.line', { lines })
  const signed = await signByAll(record, signers, rest)
  return { record: signed, label: await signLabel(signed, { signers, at: options.at }) }
}

/** Signs a record with every signer. */
export async function signByAll(
  record: AnyRecord,
  [signer, ...others]: readonly [Signer, ...Signer[]],
  options: Omit<SignRecordOptions, 'signer'>,
): Promise<readonly string[]> {
  const first = await signRecord(record, { ...options, signer })
  return [first, ...(await Promise.all(others.map((other) => coSign(first, { typ: 'metrology-record+jwt', signer: other }))))]
}
