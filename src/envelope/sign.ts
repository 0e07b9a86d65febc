/** Signing: a payload becomes one compact JWS. What we would not accept we do not sign. */
import { encodeBase64url, encodeUtf8 } from '#native'
import { TonghengError } from '../base/error.js'
import { parseJson } from '../base/json.js'
import { algorithms } from './algorithms.js'
import type { Signer } from './signer.js'
import type { StatementType } from './statement.js'

export interface SignOptions {
  readonly typ: StatementType
  readonly signer: Signer
  /** Most JSON values the payload may hold; only trust lists need more than the default. @default 50000 */
  readonly maxValues?: number
}

/**
 * Signs a JSON-ready payload.
 * @throws `json.*` where the payload is not I-JSON; `signer.length` where the signer answers with a wrong signature
 */
export async function signStatement(payload: object, options: SignOptions): Promise<string> {
  const bytes = encodeUtf8(JSON.stringify(payload))
  parseJson(bytes, { maxLength: 4_194_304, ...(options.maxValues !== undefined && { maxValues: options.maxValues }) })
  return signSegment(encodeBase64url(bytes), options)
}

/** Adds another signature to the same payload, byte for byte: a co-signature, a rotation, a second algorithm. */
export function coSign(statement: string, options: SignOptions): Promise<string> {
  const segment = statement.split('.')[1]
  if (segment === undefined) throw new TonghengError('format.segments')
  return signSegment(segment, options)
}

async function signSegment(payloadSegment: string, { typ, signer }: SignOptions): Promise<string> {
  const header = encodeBase64url(encodeUtf8(JSON.stringify({ alg: signer.alg, kid: signer.kid, typ })))
  const input = `${header}.${payloadSegment}`
  const signature = await signer.sign(encodeUtf8(input))
  const length = algorithms.get(signer.alg)?.signatureLength
  if (signature.length !== length) throw new TonghengError('signer.length', { length: signature.length, expected: length })
  return `${input}.${encodeBase64url(signature)}`
}
