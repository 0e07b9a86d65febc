/**
 * Request authentication: `Authorization: Metrology <jwt>`, bound to method, URI, query and body, valid for two minutes and only
 * once. The digest is always present, also for an empty body.
 */

import * as z from 'zod/mini'
import { encodeBase64url, sha256 } from '#native'
import type { Instant } from '../base/date.js'
import { randomOctets } from '../base/random.js'
import { about, Digest, named, Seconds, Uscc } from '../base/schema.js'
import { type Signer, signStatement } from '../envelope/index.js'

export const REQUEST = 'metrology-request+jwt'
const SCHEME = 'Metrology'
/** Maximum lifetime of a request token, in seconds. */
export const LIFETIME = 120

export const RequestClaims = named(
  'request-claims',
  about(
    z.strictObject({
      iss: about(Uscc, '请求方', 'Caller'),
      aud: about(z.string().check(z.minLength(1), z.maxLength(300)), '节点标识', 'Id of the node, as configured'),
      iat: Seconds,
      exp: about(Seconds, '失效时间，距 iat 至多 120 秒', 'End, at most 120 s after iat'),
      jti: about(z.string().check(z.regex(/^[A-Za-z0-9_-]{22,64}$/)), '一次性编号，至少 128 位随机', 'Nonce, at least 128 random bits'),
      htm: about(z.enum(['GET', 'PUT', 'POST']), '方法', 'Method'),
      uri: about(z.string().check(z.maxLength(2000)), '完整地址，含查询串', 'Absolute address with query'),
      dig: about(Digest, '正文摘要', 'Digest of the body'),
    }),
    '请求令牌载荷',
    'Payload of a request',
  ),
)
export type RequestClaims = z.infer<typeof RequestClaims>

export const bodyDigest = (body: Uint8Array): string => encodeBase64url(sha256(body))

export interface OutgoingRequest {
  readonly iss: string
  readonly aud: string
  readonly method: RequestClaims['htm']
  readonly uri: string
  readonly body: Uint8Array
  readonly now: Instant
  /** @default a new nonce */
  readonly jti?: string
}

/** A nonce of 128 random bits. */
export const newNonce = (): string => encodeBase64url(randomOctets(16))

/** Returns the value of the Authorization header. */
export async function signRequest(request: OutgoingRequest, signer: Signer): Promise<string> {
  const claims: RequestClaims = {
    iss: request.iss,
    aud: request.aud,
    iat: request.now,
    exp: request.now + LIFETIME,
    jti: request.jti ?? newNonce(),
    htm: request.method,
    uri: request.uri,
    dig: bodyDigest(request.body),
  }
  return `${SCHEME} ${await signStatement(claims, { typ: REQUEST, signer })}`
}
