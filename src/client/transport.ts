/** Transport of all calls: signs each attempt, retries idempotent calls, and reads the answer within limits. */

import type { KyInstance } from 'ky'
import { decodeUtf8, encodeUtf8 } from '#native'
import { concat } from '../base/concat.js'
import type { Instant } from '../base/date.js'
import { isTonghengError } from '../base/error.js'
import { checkArgument } from '../base/options.js'
import { originOf } from '../base/origin.js'
import { pause } from '../base/pause.js'
import { parseShape } from '../base/shape.js'
import {
  type Call,
  type CallName,
  contract,
  errorOfProblem,
  newNonce,
  PROBLEM_TYPE,
  Problem,
  type RequestClaims,
  signRequest,
} from '../contract/index.js'
import { MAX_STATEMENT_LENGTH, type Signer } from '../envelope/index.js'
import { TILE_WIDTH } from '../log/index.js'
import type { Trust } from '../trust/index.js'
import { aSignal } from './check-arguments.js'
import { createKnownAnswers } from './known-answers.js'
import { fault } from './messages.js'
import { addressFault, networkFault, timeoutFault } from './network-fault.js'

export interface ClientOptions {
  readonly node: {
    /** URL of the node, without a trailing slash. */
    readonly url: string
    /** Id of the node, as its operator states it; it is signed into every request. @default the URL */
    readonly id?: string
  }
  /** The caller that signs requests. Without it, only open calls work. */
  readonly caller?: { readonly iss: string; readonly signer: Signer }
  /** If given, only receipts signed by the node's own key are accepted. */
  readonly trust?: Trust
  /** @default the runtime's fetch */
  readonly fetch?: (request: Request) => Promise<Response>
  /** Seconds since 1970. @default the clock of the process */
  readonly now?: () => Instant
  /**
   * Maximum number of retries of idempotent calls. While the node reports that its database is unavailable, the attempts are
   * repeated twice more, unless this is 0. @default 3
   */
  readonly retries?: number
  /** Timeout of one attempt, in milliseconds. @default 30000 */
  readonly timeout?: number
}

export interface CallOptions {
  readonly signal?: AbortSignal
}

export interface Outgoing extends CallOptions {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly body?: string
}

export interface Answered {
  /** `jti` of the signed request that was answered: the last attempt. */
  readonly request?: string | undefined
  readonly status: number
  readonly bytes: Uint8Array
}

/** Maximum length of an answer, in bytes: a full page of a log whose statements have the maximum length. */
const MAX_ANSWER = TILE_WIDTH * (MAX_STATEMENT_LENGTH + 1)
/** Maximum pause that a node can request between two attempts, in milliseconds. */
const LONGEST_WAIT = 120_000
/**
 * Maximum number of rounds of attempts while the node reports that its database is unavailable. With the pauses that a node requests, they
 * last about two minutes, longer than a failover to a new primary.
 */
const ROUNDS = 3
/** Pause in milliseconds if the node sends no `Retry-After`. */
const USUAL_WAIT = 5000

export type Send = (name: CallName, outgoing: Outgoing) => Promise<Answered>

/** The caller's clock, or that of the machine. */
export const clockOf = ({ now }: Pick<ClientOptions, 'now'>): (() => Instant) => now ?? (() => Math.floor(Date.now() / 1000))

/** State of one transport. */
interface Open {
  readonly options: ClientOptions
  /** URL of the node, without a trailing slash. */
  readonly url: string
  /** Origin of the URL, for messages. */
  readonly origin: string
  readonly timeout: number
  readonly now: () => Instant
  /** Seconds by which the node's clock is ahead of the caller's. */
  readonly clock: { offset: number }
  /** Requests in flight, referenced here so that the garbage collector does not break their link to the abort signal. */
  readonly underWay: Set<Request>
}

/** Creates a function that sends calls of the contract to one node. */
export function createTransport(options: ClientOptions): Send {
  const url = options.node.url.replace(/\/+$/, '')
  const open: Open = {
    options,
    url,
    origin: originOf(url) ?? url,
    timeout: options.timeout ?? 30_000,
    now: clockOf(options),
    clock: { offset: 0 },
    underWay: new Set(),
  }
  const { origin, timeout } = open
  const answers = createKnownAnswers()
  let http: Promise<KyInstance> | undefined
  return async (name, outgoing) => {
    const call: Call = contract[name]
    if (call.access === 'signed' && options.caller === undefined) throw fault('client.no-caller', { call: name })
    const noAddress = addressFault(url)
    if (noAddress !== undefined) throw fault('client.network', noAddress)
    const path = call.path.replace(/\{(\w+)\}/g, (_, key: string) => segments(outgoing.params?.[key] ?? '', call.isDeep))
    const { signal } = outgoing
    if (signal !== undefined) checkArgument(name, 'signal', signal, aSignal)
    let nonce: string | undefined
    const fetchThis = (request: Request): Promise<Response> =>
      signedFetch(open, request, signal, () => {
        nonce = newNonce()
        return nonce
      })
    http ??= openHttp(open)
    const address = `${url}${path}${queryText(outgoing.query)}`
    const rounds = call.idempotent && options.retries !== 0 ? ROUNDS : 1
    for (let round = 1; ; round++) {
      const known = answers.get(name, address)
      const response = await reach(await http, address, call, outgoing, { node: origin, fetch: fetchThis, tag: known?.tag })
      const bytes = await bytesOf(response, { node: origin, timeout, signal })
      if (response.status === 304 && known !== undefined) return { status: 200, bytes: known.bytes, request: nonce }
      if (response.ok) answers.remember(name, address, response, bytes)
      if (response.ok || response.status in call.answers) return { status: response.status, bytes, request: nonce }
      const problem = response.headers.get('content-type')?.startsWith(PROBLEM_TYPE) ? problemIn(bytes) : undefined
      if (problem === undefined) throw fault('client.answer', { status: response.status, body: shown(bytes) })
      if (!PASSING.has(problem.code) || round >= rounds) throw errorOfProblem(problem)
      await pause(waitOf(response), signal)
    }
  }
}

/** Codes of a node that is reachable, but whose database, or second place of the head, is temporarily unavailable. */
const PASSING: ReadonlySet<string> = new Set(['store.unavailable', 'log.head-lost'])

function waitOf({ headers }: Response): number {
  const seconds = headers.get('retry-after') ?? ''
  return /^[0-9]{1,4}$/.test(seconds) ? Math.min(LONGEST_WAIT, Number(seconds) * 1000) : USUAL_WAIT
}

/** Loads the HTTP client at the first call, so that commands that send nothing do not load it. */
async function openHttp({ options, timeout }: Open): Promise<KyInstance> {
  const { default: ky } = await import('ky')
  return ky.create({
    retry: {
      limit: options.retries ?? 3,
      methods: ['get', 'put', 'post'],
      statusCodes: [408, 429, 502, 503, 504],
      backoffLimit: 10_000,
      maxRetryAfter: LONGEST_WAIT,
    },
    timeout,
    throwHttpErrors: true,
    credentials: 'omit',
    redirect: 'error',
  })
}

/**
 * Runs one attempt with a timeout, abortable by the caller. The runtime forwards an abort from one Request to the next through weak
 * references, which the garbage collector can clear (Node 20, 22); so we forward it here and hold strong references.
 */
async function tryOnce({ options, timeout, underWay }: Open, request: Request, signal: AbortSignal | undefined): Promise<Response> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  const abort = (): void => controller.abort(signal?.reason)
  const held = new Request(request, { signal: controller.signal })
  const timer = setTimeout(abort, timeout)
  signal?.addEventListener('abort', abort)
  underWay.add(held)
  try {
    return await (options.fetch ?? fetch)(held)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    underWay.delete(held)
  }
}

/**
 * Signs each attempt separately, because a token is valid once. If the node reports the clock difference, corrects the clock and
 * retries once.
 */
async function signedFetch(open: Open, request: Request, signal: AbortSignal | undefined, nonce: () => string): Promise<Response> {
  const { options, url, origin, timeout, now, clock } = open
  const { caller } = options
  const call = request.headers.get('x-tongheng-call')
  request.headers.delete('x-tongheng-call')
  if (call !== 'signed' || caller === undefined) return tryOnce(open, request, signal)
  const body = new Uint8Array(await request.clone().arrayBuffer())
  const attempt = async (offset: number): Promise<Response> => {
    const { iss, signer } = caller
    const method = request.method as RequestClaims['htm']
    const aud = options.node.id ?? url
    const token = await signRequest({ iss, aud, method, uri: request.url, body, now: now() + offset, jti: nonce() }, signer)
    const copy = request.clone()
    copy.headers.set('authorization', token)
    return tryOnce(open, copy, signal)
  }
  const { offset } = clock
  const response = await attempt(offset)
  if (response.status !== 401) return response
  const problem = await bytesOf(response.clone(), { node: origin, timeout, signal }).then(problemIn, () => undefined)
  if (problem?.code !== 'request.clock' || problem.offset === undefined) return response
  clock.offset = offset + problem.offset
  return attempt(clock.offset)
}

interface Reaching {
  readonly node: string
  readonly fetch: (request: Request) => Promise<Response>
  /** Entity tag of the cached answer of the address; undefined if there is none. */
  readonly tag: string | undefined
}

async function reach(
  http: KyInstance,
  address: string,
  call: Call,
  { body, signal }: Outgoing,
  { node, fetch, tag }: Reaching,
): Promise<Response> {
  signal?.throwIfAborted()
  try {
    return await http(address, {
      method: call.method,
      headers: {
        'x-tongheng-call': call.access,
        ...(call.body && { 'content-type': call.body.mediaType }),
        ...(tag !== undefined && { 'if-none-match': tag }),
      },
      fetch: async (input, init) => withReadableWait(await fetch(new Request(input as Request, init))),
      ...(body !== undefined && { body: encodeUtf8(body) as BodyInit }),
      ...(signal && { signal }),
      ...(!call.idempotent && { retry: 0 }),
    })
  } catch (error) {
    // After its retries, ky wraps an answer outside 2xx in an error; return the answer.
    if (error instanceof Error && 'response' in error && error.response instanceof Response) return error.response
    if (signal?.aborted) throw signal.reason
    throw fault('client.network', { node, ...networkFault(error) }, { cause: error })
  }
}

/** Without a `Retry-After` that is neither seconds nor a date: the HTTP client would wait for the longest time that it permits. */
function withReadableWait(response: Response): Response {
  const wait = response instanceof Response ? response.headers.get('retry-after') : null
  if (wait === null || /^\s*-?\d+(?:\.\d+)?\s*$/.test(wait) || !Number.isNaN(Date.parse(wait))) return response
  const headers = new Headers(response.headers)
  headers.delete('retry-after')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}

interface Reading {
  readonly node: string
  readonly timeout: number
  readonly signal: AbortSignal | undefined
}

/** Reads the body within limits of size and time. A lost connection is a network error, not an invalid answer. */
async function bytesOf(response: Response, { node, timeout, signal }: Reading): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array(0)
  const reader = response.body.getReader()
  const stop = { reason: undefined as unknown }
  const cancel = (reason: unknown): void => {
    stop.reason ??= reason
    reader.cancel().catch(() => undefined)
  }
  const timer = setTimeout(() => cancel(timeoutFault(node, 'answer')), timeout)
  const abort = (): void => cancel(signal?.reason)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (stop.reason !== undefined) throw stop.reason
      if (done) return concat(parts, length)
      length += value.length
      if (length > MAX_ANSWER) cancel(fault('client.answer', { status: response.status, length }))
      else parts.push(value)
    }
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (isTonghengError(error)) throw error
    throw fault('client.network', { node, ...networkFault(error), during: 'answer' }, { cause: error })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

const problemIn = (bytes: Uint8Array): Problem | undefined => parseShape<Problem>(Problem, jsonIn(bytes)).value

/** Returns the beginning of an invalid answer, for the error message: it often names the proxy that sent it. */
export const shown = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, 200))

/** Parses an answer as JSON; undefined if it is not JSON. */
export function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decodeUtf8(bytes) ?? '')
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/**
 * Encodes a path parameter. For `isDeep` calls slashes are preserved, since caches and file servers use them as path separators.
 */
const segments = (value: string, isDeep = false): string =>
  isDeep ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value)

function queryText(query: Outgoing['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}
