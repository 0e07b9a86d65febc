/** Signs a payload as one compact JWS. Anything that we would not accept is not signed. */

import { encodeBase64url, encodeUtf8 } from '#native'
import { fault as baseFault } from '../base/messages.js'
import {
  anObject,
  aSigner,
  aText,
  checkArgument,
  checkMembers,
  type OptionTable,
  optional,
  signers as someSigners,
  whole,
} from '../base/options.js'
import { algorithms } from './algorithms/index.js'
import type { Signer } from './signer.js'
import { fault } from './signing-messages.js'
import { parsePayload, readHeader, type StatementType, splitStatement } from './statement.js'

const MAX_BYTES = 4_194_304

export interface SignOptions {
  readonly typ: StatementType
  readonly signer: Signer
  /** Maximum number of JSON values in the payload; only trust lists need more than the default. @default 50000 */
  readonly maxValues?: number
}

const OPTIONS: OptionTable = { typ: aText, signer: aSigner, maxValues: optional(whole) }

function checked(call: string, options: unknown): object {
  checkArgument(call, 'options', options, anObject)
  return options as object
}

/** @throws `verify.options` if the payload is cyclic, or cannot be read */
function payloadText(payload: unknown): string {
  try {
    return JSON.stringify(payload) ?? 'null'
  } catch (cause) {
    const problem = { zh: '不能写成 JSON', en: 'it cannot be written as JSON' }
    throw baseFault('verify.options', { call: 'signStatement', member: 'payload', problem }, { cause })
  }
}

/**
 * Signs a JSON-ready payload.
 * @throws `json.*` if the payload is not an I-JSON object; `signer.length` if the signer returns a malformed signature
 */
export async function signStatement(payload: object, options: SignOptions): Promise<string> {
  checkMembers('signStatement', checked('signStatement', options), OPTIONS)
  const bytes = encodeUtf8(payloadText(payload))
  parsePayload({ payload: bytes }, { maxLength: MAX_BYTES, ...(options.maxValues !== undefined && { maxValues: options.maxValues }) })
  return signSegment(encodeBase64url(bytes), options)
}

/**
 * Adds another signature to the same payload, byte for byte: a co-signature, a key rotation, a second algorithm.
 * @throws `format.*`, `header.*`, `alg.not-allowed`, `typ.unexpected`, `json.*` if the text is not a statement of that type
 */
export async function coSign(statement: string, options: SignOptions): Promise<string> {
  checkMembers('coSign', checked('coSign', options), OPTIONS)
  const { payload, payloadSegment } = readHeader(splitStatement(statement), options.typ)
  parsePayload({ payload }, { maxLength: MAX_BYTES, maxValues: options.maxValues ?? MAX_BYTES })
  return signSegment(payloadSegment, options)
}

/**
 * Signs one payload with several keys. A repeated key is rejected, because it would count once while readers of the file see two
 * signatures.
 * @returns one compact JWS per signer, in their order
 * @throws `signer.twice`, before anything is signed
 */
export async function signTogether(
  payload: object,
  signers: readonly [Signer, ...Signer[]],
  options: Omit<SignOptions, 'signer'>,
): Promise<string[]> {
  checkSigners(signers)
  const [first, ...others] = signers
  const statement = await signStatement(payload, { ...options, signer: first })
  return [statement, ...(await Promise.all(others.map((signer) => coSign(statement, { ...options, signer }))))]
}

/** Rejects a list of signers with a repeated key. @throws `signer.twice` */
export function checkSigners(signers: readonly Signer[]): void {
  checkArgument('checkSigners', 'signers', signers, someSigners)
  const twice = signers.find(({ kid }, at) => signers.findIndex((other) => other.kid === kid) !== at)
  if (twice !== undefined) throw fault('signer.twice', { kid: twice.kid })
}

async function signSegment(payloadSegment: string, { typ, signer }: SignOptions): Promise<string> {
  const header = encodeBase64url(encodeUtf8(JSON.stringify({ alg: signer.alg, kid: signer.kid, typ })))
  const input = `${header}.${payloadSegment}`
  const signature = await signer.sign(encodeUtf8(input))
  const length = algorithms.get(signer.alg)?.signatureLength
  if (signature.length !== length) throw fault('signer.length', { length: signature.length, expected: length })
  return `${input}.${encodeBase64url(signature)}`
}
