/** `tongheng/client`: the contract from the caller's side. Signs each request, retries only what has no second effect. */

import ky, { type KyInstance } from 'ky'
import type * as z from 'zod/mini'
import { encodeUtf8 } from '#native'
import { concat } from '../base/concat.js'
import type { Instant } from '../base/date.js'
import { isTonghengError, TonghengError } from '../base/error.js'
import { parseShape } from '../base/shape.js'
import { type Signer, statementId } from '../envelope/index.js'
import { decodeRecord } from '../records/index.js'
import type { Trust } from '../trust/index.js'
import type { Standing, Verdict } from '../verify/index.js'
import { type Call, type CallName, contract, PROBLEM_TYPE } from './contract.js'
import { errorOfProblem } from './problem.js'
import { type ReceiptClaims, readReceipt } from './receipt.js'
import { type RequestClaims, signRequest } from './request.js'
import { type Discovery, type DocumentList, Problem, type RecordEntry, type SignedDocument } from './shapes.js'

export { type ReceiptClaims, readReceipt } from './receipt.js'
export type { Discovery, Problem, RecordEntry, SignedDocument } from './shapes.js'

export interface ClientOptions {
  readonly node: {
    /** Address of the node, without a trailing slash. */
    readonly url: string
    /** Id of the node, as its operator states it; it is signed into every request. @default the address */
    readonly id?: string
  }
  /** Who calls. Needed for signed calls; without it only the open ones work. */
  readonly caller?: { readonly iss: string; readonly signer: Signer }
  /** With it, receipts are taken only where the node's own key signed them. */
  readonly trust?: Trust
  /** @default the runtime's fetch */
  readonly fetch?: (request: Request) => Promise<Response>
  /** Seconds since 1970. @default the clock of the process */
  readonly now?: () => Instant
  /** Tries beside the first, for calls without a second effect. @default 3 */
  readonly retries?: number
  /** Longest wait for one try, in milliseconds. @default 30000 */
  readonly timeout?: number
}

export interface CallOptions {
  readonly signal?: AbortSignal
}

export interface Receipt {
  /** Compact JWS, to be kept. */
  readonly receipt: string
  readonly claims: ReceiptClaims
  /** False where the node had this statement already. */
  readonly isNew: boolean
}

export interface ListQuery extends CallOptions {
  readonly certificateNo?: string
  readonly serial?: string
  readonly plate?: string
  readonly kind?: string
  readonly issuer?: string
  readonly region?: string
  readonly validOn?: string
  /** Where to go on from; give the last page's `next`. */
  readonly cursor?: string
  /** Items a request, at most 500. @default 100 */
  readonly limit?: number
}

export interface Client {
  readonly records: {
    /** Sends a signed record; the receipt says accepted, rejected or pending. Sending it again gives the same receipt. */
    submit(statement: string, options?: CallOptions): Promise<Receipt>
    get(statementId: string, options?: CallOptions): Promise<RecordEntry>
    /** Every record that fits, page after page. */
    list(query?: ListQuery): AsyncIterable<RecordEntry>
  }
  /** Has the node judge a signed record. */
  /** How the instruments stand that a serial number or a plate names. */
  standings(
    of: CallOptions & { readonly serial?: string; readonly plate?: string; readonly at?: string; readonly region?: string },
  ): Promise<readonly Standing[]>
  verify(statement: string, options?: CallOptions & { readonly at?: string; readonly region?: string }): Promise<Verdict>
  readonly trustLists: { get(authority: string, options?: CallOptions & { readonly version?: number }): Promise<SignedDocument> }
  readonly agreements: { list(options?: CallOptions): Promise<readonly SignedDocument[]> }
  readonly specifications: { list(options?: CallOptions): AsyncIterable<RecordEntry> }
  discover(options?: CallOptions): Promise<Discovery>
}

interface Outgoing extends CallOptions {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly body?: string
}

interface Answered {
  readonly status: number
  readonly text: string
}

/** Longest answer taken, in bytes. */
const MOST_ANSWER = 64 * 1024 * 1024
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/**
 * A client of one node.
 * @throws from its calls: `client.problem` where the node refuses (details carry its code, all checks and the request id),
 * `client.network` where it cannot be reached, `client.answer` where the answer is not what the contract says
 */
export function createClient(options: ClientOptions): Client {
  const url = options.node.url.replace(/\/+$/, '')
  const origin = URL.canParse(url) ? new URL(url).origin : url
  const now = options.now ?? (() => Math.floor(Date.now() / 1000))
  const clock = { offset: 0 }
  const timeout = options.timeout ?? 30_000
  const http = ky.create({
    retry: { limit: options.retries ?? 3, methods: ['get', 'put', 'post'], statusCodes: [408, 429, 502, 503, 504], backoffLimit: 10_000 },
    timeout,
    throwHttpErrors: true,
    credentials: 'omit',
    redirect: 'error',
  })

  /**
   * One try, ended by the caller or by its time. The runtime passes an abort from one Request to the next by weak
   * references, and loses it where the collector took a link away (Node 20, 22): so the links are here, and held.
   */
  const underWay = new Set<Request>()
  async function tryOnce(request: Request, signal: AbortSignal | undefined): Promise<Response> {
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

  /** Signs each try anew (a token is good once), and corrects the clock once where the node says by how much. */
  async function signedFetch(request: Request, signal: AbortSignal | undefined): Promise<Response> {
    const { caller } = options
    const call = request.headers.get('x-tongheng-call')
    request.headers.delete('x-tongheng-call')
    if (call !== 'signed' || caller === undefined) return tryOnce(request, signal)
    const body = new Uint8Array(await request.clone().arrayBuffer())
    const attempt = async (offset: number): Promise<Response> => {
      const { iss, signer } = caller
      const method = request.method as RequestClaims['htm']
      const aud = options.node.id ?? url
      const token = await signRequest({ iss, aud, method, uri: request.url, body, now: now() + offset }, signer)
      const copy = request.clone()
      copy.headers.set('authorization', token)
      return tryOnce(copy, signal)
    }
    const { offset } = clock
    const response = await attempt(offset)
    if (response.status !== 401) return response
    const text = await textOf(response.clone(), { node: origin, timeout, signal }).catch(() => '')
    const problem = parseShape<Problem>(Problem, parse(text)).value
    if (problem?.code !== 'request.clock' || problem.offset === undefined || offset !== 0) return response
    clock.offset = problem.offset
    return attempt(problem.offset)
  }

  async function send(name: CallName, outgoing: Outgoing): Promise<Answered> {
    const call: Call = contract[name]
    if (call.access === 'signed' && options.caller === undefined) throw new TonghengError('client.no-caller', { call: name })
    const path = call.path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(outgoing.params?.[key] ?? ''))
    const { signal } = outgoing
    const fetchThis = (request: Request): Promise<Response> => signedFetch(request, signal)
    const response = await reach(http, `${url}${path}${queryText(outgoing.query)}`, call, outgoing, { node: origin, fetch: fetchThis })
    const text = await textOf(response, { node: origin, timeout, signal })
    if (response.ok) return { status: response.status, text }
    const problem = response.headers.get('content-type')?.startsWith(PROBLEM_TYPE)
      ? parseShape<Problem>(Problem, parse(text)).value
      : undefined
    if (problem === undefined) throw new TonghengError('client.answer', { status: response.status, body: text.slice(0, 200) })
    throw errorOfProblem(problem)
  }

  async function sendForJson<T>(name: CallName, outgoing: Outgoing): Promise<T> {
    const { status, text } = await send(name, outgoing)
    const answers: Call['answers'] = contract[name].answers
    const schema = answers[status]?.schema as z.ZodMiniType | undefined
    const { value, faults } = schema === undefined ? { value: undefined, faults: [] } : parseShape<T>(schema, parse(text))
    if (value === undefined) throw new TonghengError('client.answer', { status, path: faults[0]?.path ?? '', body: text.slice(0, 200) })
    return value
  }

  async function* pages(
    name: 'listRecords' | 'listSpecifications',
    query: Outgoing['query'],
    rest: CallOptions,
  ): AsyncGenerator<RecordEntry> {
    let cursor = query?.cursor as string | undefined
    do {
      const page: { items: RecordEntry[]; next?: string } = await sendForJson(name, { ...rest, query: { ...query, cursor } })
      yield* page.items
      // A page that leads to itself would be read for ever.
      if (page.next !== undefined && page.next === cursor) throw new TonghengError('client.answer', { status: 200, path: '/next' })
      cursor = page.next
    } while (cursor !== undefined)
  }

  return {
    records: {
      async submit(statement, rest = {}) {
        const named = decodeRecord(statement)?.claims
        // A text that is no statement still goes out under a name, so that the node's own reasons come back.
        const params = { iss: named?.iss ?? options.caller?.iss ?? '', jti: named?.jti ?? '00000000000000000000000000' }
        const { status, text: receipt } = await send('submitRecord', { ...rest, params, body: statement })
        if (!(status in contract.submitRecord.answers && COMPACT.test(receipt)))
          throw new TonghengError('client.answer', { status, body: receipt.slice(0, 200) })
        const claims = await readReceipt(receipt, options.trust)
        // A receipt is genuine for one statement: that of another proves nothing for this one.
        if (claims.sub !== statementId('metrology-record+jwt', statement.split('.')[1] ?? ''))
          throw new TonghengError('receipt.invalid', { reason: 'sub' })
        return { receipt, claims, isNew: status === 201 }
      },
      get: (statementId, rest = {}) => sendForJson('getRecord', { ...rest, params: { statementId } }),
      list: ({ signal, ...query } = {}) => pages('listRecords', query, signal ? { signal } : {}),
    },
    standings: async ({ serial, plate, at, region, ...rest }) =>
      (await sendForJson<{ items: readonly Standing[] }>('listStandings', { ...rest, query: { serial, plate, at, region } })).items,
    verify: (statement, { at, region, ...rest } = {}) =>
      sendForJson('verifyStatement', { ...rest, query: { at, region }, body: statement }),
    trustLists: {
      get: (authority, { version, ...rest } = {}) =>
        version === undefined
          ? sendForJson('getTrustList', { ...rest, params: { authority } })
          : sendForJson('getTrustListVersion', { ...rest, params: { authority, version: String(version) } }),
    },
    agreements: {
      list: async (rest = {}) => (await sendForJson<z.infer<typeof DocumentList>>('listAgreements', rest)).items,
    },
    specifications: { list: (rest = {}) => pages('listSpecifications', {}, rest) },
    discover: (rest = {}) => sendForJson('discover', rest),
  }
}

async function reach(
  http: KyInstance,
  address: string,
  call: Call,
  { body, signal }: Outgoing,
  { node, fetch }: { readonly node: string; readonly fetch: (request: Request) => Promise<Response> },
): Promise<Response> {
  signal?.throwIfAborted()
  try {
    return await http(address, {
      method: call.method,
      headers: { 'x-tongheng-call': call.access, ...(call.body && { 'content-type': call.body.mediaType }) },
      fetch: (input, init) => fetch(new Request(input as Request, init)),
      ...(body !== undefined && { body: encodeUtf8(body) as BodyInit }),
      ...(signal && { signal }),
      ...(!call.idempotent && { retry: 0 }),
    })
  } catch (error) {
    // ky wraps an answer outside 2xx in an error once its retries are spent; the answer itself is what we read.
    if (error instanceof Error && 'response' in error && error.response instanceof Response) return error.response
    if (signal?.aborted) throw signal.reason
    throw new TonghengError('client.network', { node, reason: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
}

interface Reading {
  readonly node: string
  readonly timeout: number
  readonly signal: AbortSignal | undefined
}

/** Text of an answer, within its limit and its time. A line that breaks on the way is the network's fault, not the answer's. */
async function textOf(response: Response, { node, timeout, signal }: Reading): Promise<string> {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const stop = { reason: undefined as unknown }
  const cancel = (reason: unknown): void => {
    stop.reason ??= reason
    reader.cancel().catch(() => undefined)
  }
  const timer = setTimeout(() => cancel(new TonghengError('client.network', { node, reason: 'timeout' })), timeout)
  const abort = (): void => cancel(signal?.reason)
  signal?.addEventListener('abort', abort)
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (stop.reason !== undefined) throw stop.reason
      if (done) return new TextDecoder().decode(concat(parts, length))
      length += value.length
      if (length > MOST_ANSWER) cancel(new TonghengError('client.answer', { status: response.status, length }))
      else parts.push(value)
    }
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (isTonghengError(error)) throw error
    throw new TonghengError('client.network', { node, reason: error instanceof Error ? error.message : String(error) }, { cause: error })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function queryText(query: Outgoing['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}
