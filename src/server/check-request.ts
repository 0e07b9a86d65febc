/** Request authentication: one function over one object. The digest is always present, also for an empty body. */

import { decodeBase64url, encodeBase64url, latin1 } from '#native'
import { CLOCK_SKEW, formatInstant, type Instant } from '../base/date.js'
import { isTonghengError } from '../base/error.js'
import { parseShape } from '../base/shape.js'
import { bodyDigest, LIFETIME, ProblemError, REQUEST, RequestClaims } from '../contract/index.js'
import { parsePayload, parseStatement, type Statement, verifySignature } from '../envelope/index.js'
import type { Reader, RememberedRequest } from '../node/index.js'
import type { Remembered } from '../node/inside.js'
import type { KeyHolder, Trust } from '../trust/index.js'
import type { CheckSignature } from './admission.js'

const MAX_LENGTH = 4096

export interface IncomingRequest {
  readonly authorization: string | null
  readonly method: string
  /** Built from the node's own URL, path and query, never from the Host header. */
  readonly uri: string
  readonly now: Instant
}

export interface AuthenticatedRequest {
  readonly claims: RequestClaims
  /** Present if a trust list contains the key. */
  readonly caller?: KeyHolder
  /** Present if the node's register of readers contains the key. */
  readonly reader?: Reader
}

/**
 * Authenticates a request before its body is read, cheapest checks first: size, parsing, header, key lookup, audience and clock,
 * binding, signature, then replay protection.
 * @throws ProblemError `request.*`
 */
export async function checkRequest(
  request: IncomingRequest,
  node: {
    readonly id: string
    readonly trust: Trust
    /** Looks up a reader by key. */
    readonly reader: (kid: string) => Promise<Reader | undefined>
    /** Throws if this caller exceeds its rate. */
    readonly throttle: (caller: string) => void
    /** Queues the verification of the signature. */
    readonly check: CheckSignature
    readonly remember: (request: RememberedRequest, now: Instant) => Promise<Remembered>
  },
): Promise<AuthenticatedRequest> {
  const { authorization, now } = request
  if (authorization === null) throw new ProblemError('request.missing')
  // Scheme names are case-insensitive (RFC 9110 §11.1).
  const [, token] = /^metrology (.*)$/is.exec(authorization) ?? []
  if (token === undefined) throw new ProblemError('request.missing')
  const statement = readRequest(token)
  const holders = node.trust.holders(statement.kid)
  // A key of a trust list cannot be a reader's.
  const reader = holders.length === 0 ? await node.reader(statement.kid) : undefined
  if (holders.length === 0 && reader === undefined) throw new ProblemError('request.key', { kid: statement.kid })
  const claims = readClaims(statement)
  const { iss, aud, iat, exp, jti, htm, uri } = claims
  if (aud !== node.id) throw new ProblemError('request.audience', { aud, expected: node.id })
  if (exp <= iat || exp - iat > LIFETIME) throw new ProblemError('request.lifetime', { seconds: exp - iat, most: LIFETIME })
  if (iat > now + CLOCK_SKEW || exp < now - CLOCK_SKEW) {
    const offset = now - iat
    const serverTime = formatInstant(now)
    throw new ProblemError('request.clock', { iat: formatInstant(iat), serverTime, offset }, { serverTime, offset })
  }
  // A GET token is valid for HEAD (RFC 9110 §9.3.2), which returns a subset of the answer.
  if (htm !== (request.method === 'HEAD' ? 'GET' : request.method))
    throw new ProblemError('request.method', { htm, method: request.method })
  if (uri !== request.uri) throw new ProblemError('request.uri', { uri, expected: request.uri })
  const caller = holders.find(({ entity, key }) => entity.uscc === iss && mayRequest(key, now))
  const verification = caller?.verification ?? (reader?.body === iss ? reader.verification : undefined)
  if (verification === undefined) throw new ProblemError('request.key', { kid: statement.kid })
  const isValid = await node.check(statement, async () => verifySignature(statement, verification, 'threadPool'))
  if (!isValid) throw new ProblemError('request.signature')
  node.throttle(iss)
  const remembered = await node.remember({ iss, jti, until: exp + CLOCK_SKEW }, now)
  if (remembered === 'seen') throw new ProblemError('request.replayed', { jti })
  if (remembered === 'forgotten')
    throw new ProblemError('request.clock-back', { serverTime: formatInstant(now) }, { serverTime: formatInstant(now) })
  if (remembered === 'full') throw new ProblemError('request.replay-full')
  return { claims, ...(caller && { caller }), ...(reader && { reader }) }
}

/** Maximum number of octets digested on this thread; a larger body is digested on the thread pool. */
const DIGESTED = 65_536

/** @throws ProblemError `request.digest` */
export async function checkBody(claims: RequestClaims, body: Uint8Array): Promise<void> {
  const digest = body.length <= DIGESTED ? bodyDigest(body) : encodeBase64url(await digestOnPool(body))
  if (claims.dig !== digest) throw new ProblemError('request.digest')
}

const digestOnPool = async (body: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', body as Uint8Array<ArrayBuffer>))

/** Returns the kid stated in a request without any check; undefined if there is none. */
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
  typ.includes(REQUEST) && now >= notBefore && now <= notAfter && !(revoked !== undefined && revoked.at <= now)

function readRequest(text: string): Statement {
  try {
    return parseStatement(text, REQUEST, { maxLength: MAX_LENGTH })
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
