/**
 * Request authentication: `Authorization: Metrology <jwt>`, bound to method, address, query and body, good for two minutes,
 * once. One check over one object; the digest is always there, also for no body.
 */

import * as z from 'zod/mini'
import { decodeBase64url, encodeBase64url, latin1, sha256 } from '#native'
import { formatInstant, type Instant } from '../base/date.js'
import { isTonghengError } from '../base/error.js'
import { randomOctets } from '../base/random.js'
import { about, Digest, named, Seconds, Uscc } from '../base/schema.js'
import { parseShape } from '../base/shape.js'
import { parsePayload, parseStatement, type Signer, type Statement, signStatement, verifySignature } from '../envelope/index.js'
import type { KeyHolder, Trust } from '../trust/index.js'
import type { CheckSignature } from './admission.js'
import type { Remembered } from './node/remember.js'
import { ProblemError } from './problem.js'
import type { Reader } from './readers.js'
import type { RememberedRequest } from './store.js'

const TYP = 'metrology-request+jwt'
const SCHEME = 'Metrology'
const MAX_LENGTH = 4096
/** Longest life of a request, and how far clocks may differ, in seconds. */
const LIFETIME = 120
const SKEW = 60

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
}

/** Value of the Authorization header. */
export async function signRequest(request: OutgoingRequest, signer: Signer): Promise<string> {
  const claims: RequestClaims = {
    iss: request.iss,
    aud: request.aud,
    iat: request.now,
    exp: request.now + LIFETIME,
    jti: encodeBase64url(randomOctets(16)),
    htm: request.method,
    uri: request.uri,
    dig: bodyDigest(request.body),
  }
  return `${SCHEME} ${await signStatement(claims, { typ: TYP, signer })}`
}

export interface IncomingRequest {
  readonly authorization: string | null
  readonly method: string
  /** The node's own address, path and query: never what the Host header says. */
  readonly uri: string
  readonly now: Instant
}

export interface AuthenticatedRequest {
  readonly claims: RequestClaims
  /** Present where a trust list has the key. */
  readonly caller?: KeyHolder
  /** Present where the node's register of readers has it. */
  readonly reader?: Reader
}

/**
 * Checks a request before its body is read, cheapest first: size, lexing, header, key in memory, audience and clock,
 * binding, signature, and then once only.
 * @throws ProblemError `request.*`
 */
export async function checkRequest(
  request: IncomingRequest,
  node: {
    readonly id: string
    readonly trust: Trust
    /** The reader whose key it is. */
    readonly reader: (kid: string) => Promise<Reader | undefined>
    /** Throws where this caller asks too often. */
    readonly pass: (caller: string) => void
    /** Runs the check of the signature when it is its turn. */
    readonly check: CheckSignature
    readonly remember: (request: RememberedRequest, now: Instant) => Promise<Remembered>
  },
): Promise<AuthenticatedRequest> {
  const { authorization, now } = request
  if (authorization === null) throw new ProblemError('request.missing')
  // The name of a scheme has no case (RFC 9110 §11.1).
  const [, token] = /^metrology (.*)$/is.exec(authorization) ?? []
  if (token === undefined) throw new ProblemError('request.missing')
  const statement = readRequest(token)
  const holders = node.trust.holders(statement.kid)
  // A key of a trust list is never a reader's.
  const reader = holders.length === 0 ? await node.reader(statement.kid) : undefined
  if (holders.length === 0 && reader === undefined) throw new ProblemError('request.key', { kid: statement.kid })
  const claims = readClaims(statement)
  const { iss, aud, iat, exp, jti, htm, uri } = claims
  if (aud !== node.id) throw new ProblemError('request.audience', { aud, expected: node.id })
  if (exp <= iat || exp - iat > LIFETIME) throw new ProblemError('request.lifetime', { seconds: exp - iat, most: LIFETIME })
  if (iat > now + SKEW || exp < now - SKEW) {
    const offset = now - iat
    const serverTime = formatInstant(now)
    throw new ProblemError('request.clock', { iat: formatInstant(iat), serverTime, offset }, { serverTime, offset })
  }
  // HEAD is what GET would answer, without the content (RFC 9110 §9.3.2): who may see the one may see the other.
  if (htm !== (request.method === 'HEAD' ? 'GET' : request.method))
    throw new ProblemError('request.method', { htm, method: request.method })
  if (uri !== request.uri) throw new ProblemError('request.uri', { uri, expected: request.uri })
  const caller = holders.find(({ entity, key }) => entity.uscc === iss && mayRequest(key, now))
  const verification = caller?.verification ?? (reader?.body === iss ? reader.verification : undefined)
  if (verification === undefined) throw new ProblemError('request.key', { kid: statement.kid })
  const isValid = await node.check(statement, async () => verifySignature(statement, verification, 'aside'))
  if (!isValid) throw new ProblemError('request.signature')
  node.pass(iss)
  const remembered = await node.remember({ iss, jti, until: exp + SKEW }, now)
  if (remembered === 'seen') throw new ProblemError('request.replayed', { jti })
  if (remembered === 'forgotten')
    throw new ProblemError('request.clock-back', { serverTime: formatInstant(now) }, { serverTime: formatInstant(now) })
  if (remembered === 'full') throw new ProblemError('request.replay-full')
  return { claims, ...(caller && { caller }), ...(reader && { reader }) }
}

/** Octets that are digested at once; a larger body beside other work, by the runtime. */
const DIGESTED = 65_536

/** @throws ProblemError `request.digest` */
export async function checkBody(claims: RequestClaims, body: Uint8Array): Promise<void> {
  const digest = body.length <= DIGESTED ? bodyDigest(body) : encodeBase64url(await digestAside(body))
  if (claims.dig !== digest) throw new ProblemError('request.digest')
}

const digestAside = async (body: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', body as Uint8Array<ArrayBuffer>))

/** The key that a request says it is signed by; nothing of it is checked. Undefined where it says none. */
export function kidOf(authorization: string | null): string | undefined {
  const [, header] = /^metrology ([A-Za-z0-9_-]{1,512})\./i.exec(authorization ?? '') ?? []
  if (header === undefined) return undefined
  try {
    return /"kid":"([A-Za-z0-9_-]+)"/.exec(latin1(decodeBase64url(header)))?.[1]
  } catch (error) {
    if (isTonghengError(error)) return undefined
    throw error
  }
}

const mayRequest = ({ typ, notBefore, notAfter, revoked }: KeyHolder['key'], now: Instant): boolean =>
  typ.includes(TYP) && now >= notBefore && now <= notAfter && !(revoked !== undefined && revoked.at <= now)

function readRequest(text: string): Statement {
  try {
    return parseStatement(text, TYP, { maxLength: MAX_LENGTH })
  } catch (error) {
    if (!isTonghengError(error)) throw error
    throw new ProblemError('request.format', { reason: error.text, reasonCode: error.code })
  }
}

function readClaims(statement: Statement): RequestClaims {
  let payload: unknown
  try {
    payload = parsePayload(statement, { maxLength: MAX_LENGTH, maxDepth: 2 })
  } catch (error) {
    if (!isTonghengError(error)) throw error
    throw new ProblemError('request.format', { reason: error.text, reasonCode: error.code })
  }
  const { value, faults } = parseShape<RequestClaims>(RequestClaims, payload)
  if (value === undefined)
    throw new ProblemError('request.format', { reason: `${faults[0]?.code} ${faults[0]?.path}`, reasonCode: faults[0]?.code ?? '' })
  return value
}
