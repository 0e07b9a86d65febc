/** The contract as a fetch handler. Runs wherever Request and Response do. */

import { Hono } from 'hono'
import { encodeBase64url } from '#native'
import { aFunction, aNode, anObject, checkOptions, type Expectation, type OptionTable, optional } from '../base/options.js'
import { randomOctets } from '../base/random.js'
import { type Call, type CallName, contract, PROBLEM_TYPE, ProblemError, problemStatus, writeProblem } from '../contract/index.js'
import type { Node } from '../node/index.js'
import { createRegister, rememberTogether } from '../node/inside.js'
import { accessOf } from './access.js'
import { checkPath, queryOf, shaped } from './address.js'
import { createAdmission } from './admission.js'
import { type AuthenticatedRequest, checkBody, checkRequest } from './check-request.js'
import { bodyUnits, isReading, turnUnits } from './cost.js'
import { createFixedAnswers } from './fixed.js'
import type { Answer, Context, Handlers } from './handlers/context.js'
import { documentHandlers } from './handlers/documents.js'
import { logHandlers } from './handlers/log.js'
import { operationHandlers } from './handlers/operation.js'
import { recordHandlers } from './handlers/records.js'
import { createHolding } from './held.js'
import { defaultLimits, type Limits } from './limits.js'
import { createCounters, createMetrics } from './metrics.js'
import { problemOf } from './problem-of.js'
import { createQuota } from './quota.js'
import { type Edge, readBody } from './read-body.js'
import { createReadiness } from './readiness.js'
import { checkPreconditions, respond } from './respond.js'

export interface ServerOptions {
  readonly node: Node
  readonly limits?: Partial<Limits>
  /** Called after every response; use it for request logging. Paths carry no plates and no names. */
  readonly log?: (event: ServerEvent) => void
}

export interface ServerEvent {
  readonly requestId: string
  readonly call: CallName | 'unknown'
  readonly status: number
  readonly milliseconds: number
  readonly code?: string
  readonly caller?: string
  /** What went wrong inside; never shown to the caller. */
  readonly error?: unknown
}

export interface Server {
  fetch(request: Request, edge?: Edge): Promise<Response>
}

const handlers: Handlers<CallName> = { ...recordHandlers, ...documentHandlers, ...logHandlers, ...operationHandlers }

const rows = Object.entries(contract) as [CallName, Call][]

/** What is known of a request while it is answered. */
interface Asked {
  readonly requestId: string
  readonly call: CallName | 'unknown'
  readonly started: number
  caller?: string
}

const A_NUMBER: Expectation = {
  is: (value) => typeof value === 'number' && value >= 0,
  expected: { zh: '非负的数', en: 'a number that is not negative' },
  isOptional: true,
}
const LIMITS: OptionTable = Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, A_NUMBER]))
const SERVER: OptionTable = {
  node: aNode,
  limits: optional(anObject),
  log: optional(aFunction),
}

/** A server over a node. `fetch` never rejects: every fault is an answer with a code. */
export function createServer(options: ServerOptions): Server {
  checkOptions('createServer', options, SERVER)
  const { node, limits: given, log } = options
  if (given !== undefined) checkOptions('createServer', given, LIMITS, 'limits')
  const limits: Limits = { ...defaultLimits, ...given }
  const counters = createCounters()
  const ready = createReadiness(node)
  const readerOf = createRegister(node.options.store, node.options.authority)
  const fixed = createFixedAnswers(node.options)
  const metrics = createMetrics(node, counters)
  const quota = createQuota(limits, node.options.now)
  const admission = createAdmission(limits, node.options.now)
  const remember = rememberTogether(node.options.store, limits.replay)
  const app = new Hono<{ Bindings: Edge }>()
  for (const [name, call] of rows) {
    const path = call.path.replace(/\{(\w+)\}/g, ':$1')
    app.on(call.method, call.isDeep ? `${path}{.+}` : path, (c) => answerCall(name, call, c.req.raw, c.req.param(), c.env))
  }
  app.notFound(async (c) => {
    const url = new URL(c.req.url)
    const asked = begin('unknown')
    try {
      await admission.enter('unknown', c.req.raw.headers.get('authorization'), c.env)
      admission.ofOpenCall('unknown', url.pathname, c.env)
      checkPath(url)
    } catch (error) {
      return refuse(error, asked)
    }
    const { pathname } = url
    const methods = rows.flatMap(([, call]) => (matches(call, pathname) ? [call.method] : []))
    const code = methods.length > 0 ? 'method-not-allowed' : 'not-found'
    const response = refuse(new ProblemError(code, { what: c.req.path }), asked)
    // RFC 9110 §15.5.6. HEAD is answered wherever GET is.
    const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    if (allow.length > 0) response.headers.set('allow', [...new Set(allow)].join(', '))
    return response
  })

  const begin = (call: Asked['call']): Asked => ({ requestId: newRequestId(), call, started: performance.now() })

  async function authenticate(request: Request, url: URL, edge: Edge): Promise<AuthenticatedRequest> {
    const { id, url: address, now } = node.options
    await node.refresh()
    const uri = `${address}${url.pathname}${url.search}`
    const incoming = { authorization: request.headers.get('authorization'), method: request.method, uri, now: now() }
    const { trust } = node
    const reader = (kid: string) => readerOf(kid, trust, now())
    return admission.authenticate(edge, (check) =>
      checkRequest(incoming, { id, trust, reader, pass: admission.passSigner, check, remember }),
    )
  }

  async function answerCall(name: CallName, call: Call, request: Request, params: Record<string, string>, edge: Edge): Promise<Response> {
    const asked = begin(name)
    const held = createHolding()
    try {
      await admission.enter(name, request.headers.get('authorization'), edge)
      const url = new URL(request.url)
      checkPath(url)
      const authenticated = call.access === 'signed' ? await authenticate(request, url, edge) : undefined
      if (authenticated !== undefined) asked.caller = authenticated.claims.iss
      // Before the body is read: a caller without the right to send it is refused first.
      const access = authenticated && accessOf(name, authenticated, node.trust, node.options.now())
      const account =
        authenticated === undefined ? admission.ofOpenCall(name, url.pathname, edge) : admission.ofSigner(authenticated.claims.iss, name)
      const bounds = name === 'submitRecords' ? { most: limits.bulkOctets, lines: limits.bulkLines } : {}
      const body = await readBody(request, call.body, { ...bounds, edge, hold: (octets) => held.add(account.hold(octets)) })
      if (authenticated !== undefined) await checkBody(authenticated.claims, body)
      account.charge(bodyUnits(name, body))
      const context: Omit<Context, 'spend'> = {
        node,
        limits,
        counters,
        metrics,
        ready,
        fixed,
        quota,
        account,
        requestId: authenticated?.claims.jti ?? asked.requestId,
        report: (error) => log?.({ ...asked, status: problemStatus(problemOf(error).code), milliseconds: since(asked), error }),
        params: shaped(call.params, params),
        query: shaped(call.query, queryOf(url)),
        body,
        ...(authenticated && { request: authenticated }),
        ...(access && { access }),
      }
      const response = await account.take(turnUnits(name, body), async (spend) => {
        // Refused before anything is read, where so much waits to be read by this caller that a page would be.
        if (isReading(name)) held.add(account.hold(limits.pageOctets))
        const spending: Context = { ...context, spend }
        if (call.method !== 'GET') await checkPreconditions(request, () => currentAt(call, spending))
        const answer = await handlers[name](spending)
        return respond(call, answer, { requestId: asked.requestId, request, account, held, spend })
      })
      tell(asked, response.status)
      return response
    } catch (error) {
      held.end()
      return refuse(error, asked)
    }
  }

  /** What is read at the address of a call that writes; undefined where nothing is. */
  async function currentAt({ path }: Call, context: Context): Promise<Answer | undefined> {
    const [name] = rows.find(([, call]) => call.method === 'GET' && call.path === path && call.cache !== undefined) ?? []
    if (name === undefined) return undefined
    try {
      return await handlers[name](context)
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'not-found') return undefined
      throw error
    }
  }

  function tell({ started: _, ...asked }: Asked, status: number, more: Pick<ServerEvent, 'code' | 'error'> = {}): void {
    const milliseconds = Math.round((performance.now() - _) * 10) / 10
    counters.answered(asked.call, status, milliseconds / 1000)
    log?.({ ...asked, status, milliseconds, ...more })
  }

  function refuse(error: unknown, asked: Asked): Response {
    const refusal = problemOf(error)
    const body = writeProblem(refusal, asked.requestId)
    const { status, code } = body
    // A caller's own fault is no news to the operator; what is ours is, with all that is known of it.
    const isOurs = code === 'node.internal' || code === 'store.unavailable'
    tell(asked, status, { code, ...(isOurs && { error }) })
    const headers: Record<string, string> = {
      'content-type': PROBLEM_TYPE,
      'cache-control': 'no-store',
      'x-request-id': asked.requestId,
    }
    if (status === 401) headers['www-authenticate'] = 'Metrology'
    // What would do (RFC 9110 §15.5.16).
    if (code === 'body.media-type') headers.accept = String(refusal.params.expected)
    if (code === 'body.encoding') headers['accept-encoding'] = 'identity'
    if (status === 503 || status === 429) headers['retry-after'] = String(refusal.extras.retryAfter ?? 5)
    return new Response(JSON.stringify(body), { status, headers })
  }

  return {
    async fetch(request, edge = {}) {
      if (edge.isTargetBroken) return refuse(new ProblemError('request.target'), begin('unknown'))
      return app.fetch(request, edge)
    },
  }
}

const since = ({ started }: Asked): number => Math.round(performance.now() - started)

const newRequestId = (): string => encodeBase64url(randomOctets(12))

/** Whether a path of the contract, with its parameters, fits a path asked for. */
function matches({ path, isDeep }: Call, asked: string): boolean {
  const wanted = path.split('/')
  const given = asked.split('/')
  const isLong = isDeep ? given.length >= wanted.length : given.length === wanted.length
  return isLong && wanted.every((step, at) => (step.startsWith('{') ? given[at] !== '' : step === given[at]))
}
