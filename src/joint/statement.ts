/**
 * A joint statement (协同记录): bodies of both provinces sign it about work that they do together. All are of the type `metrology-joint+jwt`;
 * the document inside states its kind.
 */
import { ulid } from 'ulid'
import * as z from 'zod/mini'
import { type Instant, parseInstant } from '../base/date.js'
import { faultDetails } from '../base/faults.js'
import {
  aMoment,
  anObject,
  aSigner,
  aText,
  checkArgument,
  checkOptions,
  faultOfReading,
  type OptionTable,
  optional,
} from '../base/options.js'
import { randomFraction } from '../base/random.js'
import { about, named, Seconds, Ulid, Uscc } from '../base/schema.js'
import { type Grown, parseGrown, parseShape, readGrown } from '../base/shape.js'
import { type Signer, signStatement } from '../envelope/index.js'
import { checkDocument } from './check-document.js'
import { type AnyJointDocument, type JointKindRow, jointKinds } from './kinds/list.js'
import { coded, fault } from './messages.js'

/** Type of a joint statement, `typ` of its header. */
export const JOINT = 'metrology-joint+jwt'

/** 协同记录的载荷 — Payload of a joint statement. Zod schema. */
export const JointClaims = named(
  'joint-claims',
  about(
    z.strictObject({
      iss: about(Uscc, '签名机构', 'Issuer', 'RFC 7519 §4.1.1'),
      jti: about(Ulid, '签名记录编号', 'Name of the statement within its issuer', 'RFC 7519 §4.1.7'),
      iat: about(Seconds, '签名时间', 'Time of signing', 'RFC 7519 §4.1.6'),
      document: about(z.unknown(), '内容', 'The document, of the kind that it states'),
    }),
    '协同记录的载荷',
    'Payload of a joint statement',
  ),
)
export interface JointClaims {
  readonly iss: string
  readonly jti: string
  readonly iat: Instant
  readonly document: AnyJointDocument
}

export interface SignJointOptions {
  readonly signer: Signer
  /** USCC of the body that signs. */
  readonly iss: string
  /** Time of signing: RFC 3339 with an offset, a Date, or seconds. */
  readonly at: string | Date | number
  /** Name of the statement, a ULID; pass the same one to retry with the same statement. @default a new one */
  readonly jti?: string
}

const OPTIONS: OptionTable = { signer: aSigner, iss: aText, at: aMoment, jti: optional(aText) }

/** Returns the row of the kind that a value states. @throws `joint.kind` */
function jointKindOf(value: unknown): JointKindRow {
  const { kind, version } = value !== null && typeof value === 'object' ? (value as { kind?: unknown; version?: unknown }) : {}
  const row = typeof kind === 'string' ? jointKinds.get(kind) : undefined
  if (row === undefined || row.version !== version)
    throw fault('joint.kind', { kind: String(kind).slice(0, 60), version: String(version).slice(0, 20) })
  return row
}

/** @throws `joint.kind`; `verify.options` if the value cannot be read */
function kindRead(value: unknown): JointKindRow {
  try {
    return jointKindOf(value)
  } catch (error) {
    throw faultOfReading('readJointDocument', value, error)
  }
}

/**
 * Converts an untrusted value, such as JSON from a file, to a document of the kind that it states.
 * @throws `joint.kind`; `joint.shape` with every fault and its pointer
 */
export function readJointDocument(value: unknown): AnyJointDocument {
  const row = kindRead(value)
  const { value: document, faults } = parseShape<AnyJointDocument>(row.schema, value)
  if (document === undefined) throw fault('joint.shape', faultDetails(faults, row.schema))
  return document
}

/**
 * Signs a document as `metrology-joint+jwt`. Rejects a document that contradicts itself.
 * @throws `joint.kind`, `joint.shape`, `joint.other-signer`, `joint.fails`
 * @example
 * ```ts
 * import { createFakeAuthorities, jointFixtures, organisation } from 'tongheng/testing'
 * import { signJoint } from 'tongheng/joint'
 *
 * const world = await createFakeAuthorities()
 * const { uscc: iss } = organisation('SC-AMR')
 * const signed = await signJoint(jointFixtures.assessment, { iss, signer: world.signer('SC-AMR'), at: '2025-03-12T17:00:00+08:00' })
 * signed.split('.').length // => 3
 * ```
 */
export async function signJoint(document: AnyJointDocument, options: SignJointOptions): Promise<string> {
  checkArgument('signJoint', 'document', document, anObject)
  checkOptions('signJoint', options, OPTIONS)
  const read = readJointDocument(document)
  mustBeSigner(read, options.iss)
  const iat = parseInstant(options.at)
  const [first] = checkDocument(read, iat).filter(({ status }) => status === 'fail')
  if (first !== undefined) throw fault('joint.fails', { first: first.message, code: first.code, path: first.path ?? '' })
  const claims = { iss: options.iss, jti: options.jti ?? ulid(iat * 1000, randomFraction), iat, document: read }
  const { faults } = parseShape(JointClaims, claims)
  if (faults.length > 0) throw fault('joint.shape', faultDetails(faults, JointClaims))
  return signStatement(claims, { typ: JOINT, signer: options.signer })
}

/** @throws `joint.other-signer` if the document states that another body signs it */
function mustBeSigner(document: AnyJointDocument, iss: string): void {
  const row = jointKinds.get(document.kind) as JointKindRow
  const named = row.signedBy?.(document)
  if (named !== undefined && named !== iss) throw fault('joint.other-signer', { title: row.title, named, iss })
}

/**
 * Parses claims that another system signed, possibly of a later version. `newer` lists RFC 6901 pointers to members that this version does
 * not know.
 * @throws `joint.kind`, `joint.shape`, `joint.other-signer`
 */
export function readForeignJoint(json: unknown): Grown<JointClaims> {
  const { value: claims, newer } = readGrown<JointClaims>(JointClaims, json, coded('joint.shape'))
  const row = jointKindOf(claims.document)
  const { value: document, faults, newer: inside = [] } = parseGrown<AnyJointDocument>(row.schema, claims.document)
  if (document === undefined) throw fault('joint.shape', faultDetails(faults, row.schema))
  mustBeSigner(document, claims.iss)
  return { value: { ...claims, document }, newer: [...newer, ...inside.map(({ path }) => `/document${path}`)] }
}
