/** `tongheng/server`: the contract as a fetch handler. Runs wherever Request and Response do. */
import { Hono } from 'hono'
import { encodeBase64url } from '#native'
import { parseInstant } from '../base/date.js'
import { identifierKey } from '../base/identifier.js'
import { parseShape } from '../base/shape.js'
import { VERSION } from '../base/version.js'
import { decodeRecord, kinds } from '../records/index.js'
import { type Call, type CallName, contract, PROBLEM_TYPE } from './contract.js'
import { writeMetrics } from './metrics.js'
import { type Node, plateKey } from './node.js'
import { writeOpenApi } from './openapi.js'
import { ProblemError, writeProblem } from './problem.js'
import { readBody } from './read-body.js'
import { type AuthenticatedRequest, bodyDigest, checkBody, checkRequest } from './request.js'
import type { RecordEntry, SignedDocument } from './shapes.js'
import type { RecordPage, StoredDocument, StoredRecord } from './store.js'

export { createNode, type Node, type NodeOptions, type Submission, type Submitted } from './node.js'
export { writeOpenApi } from './openapi.js'
export { type Pulled, pull } from './pull.js'
export type { RecordPage, RecordQuery, RecordSearch, Store, StoredDocument, StoredRecord } from './store.js'

export interface ServerOptions {
  readonly node: Node
  /** Requests remembered at once against replay; beyond it the server answers 503. @default 1000000 */
  readonly replayCapacity?: number
  /** Told of every answer; the place for a structured log. Paths carry no plates and no names. */
  readonly log?: (event: ServerEvent) => void
}

export interface ServerEvent {
  readonly requestId: string
  readonly call: CallName | 'unknown'
  readonly status: number
  readonly code?: string
  readonly caller?: string
  /** What went wrong inside; never shown to the caller. */
  readonly error?: unknown
}

export interface Server {
  fetch(request: Request): Promise<Response>
}

/** What a handler gets: everything checked. */
interface Context {
  readonly node: Node
  readonly requestId: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  /** Present on signed calls. */
  readonly request?: AuthenticatedRequest
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

type Handler = (context: Context) => Promise<Answer> | Answer

const DEFAULT_PAGE = 100
const MOST_PAGE = 500
const ascii = new TextDecoder('latin1')

const entryOf = (record: StoredRecord): RecordEntry => ({
  statementId: record.statementId,
  statement: record.statement,
  iss: record.iss,
  jti: record.jti,
  kind: record.kind,
  number: record.search.number,
  region: record.search.region,
  decision: record.decision,
  receipt: record.receipt,
  receivedAt: record.receivedAt,
})

const pageOf = ({ items, next }: RecordPage) => ({ items: items.map(entryOf), ...(next !== undefined && { next: String(next) }) })
const documentOf = ({ name, version, signed }: StoredDocument): SignedDocument => ({ name, version, signed: [...signed] })
const ok = (body: unknown): Answer => ({ status: 200, body })

const handlers: Readonly<Record<CallName, Handler>> = {
  async submitRecord({ node, body, params, request, requestId }) {
    const statement = ascii.decode(body)
    const { claims, caller } = request as AuthenticatedRequest
    const named = decodeRecord(statement)?.claims
    if (named !== undefined && (named.iss !== params.iss || named.jti !== params.jti)) {
      throw new ProblemError('request.name', { iss: named.iss, jti: named.jti })
    }
    // An institute speaks for itself; the authority of the node may forward what reached it on paper or disk.
    if (claims.iss !== params.iss && caller.entity.uscc !== node.options.authority) {
      throw new ProblemError('request.not-permitted', { caller: claims.iss, iss: params.iss ?? '' })
    }
    const result = await node.submit({ statement, sender: claims.iss, requestId })
    if (result.record === undefined) {
      const checks = result.verdict.checks.filter(({ status, blockedBy }) => status === 'fail' || blockedBy?.startsWith('fact:'))
      throw new ProblemError('record.refused', {}, { checks, receipt: result.receipt })
    }
    if (!result.isNew && result.record.statementId !== result.verdict.statementId) {
      throw new ProblemError('record.conflict', { jti: params.jti ?? '' }, { storedStatementId: result.record.statementId })
    }
    return { status: result.isNew ? 201 : 200, body: result.receipt }
  },

  async getRecord({ node, params }) {
    const record = await node.options.store.getRecord(params.statementId ?? '')
    if (record === undefined) throw new ProblemError('not-found', { what: params.statementId ?? '' })
    return ok(entryOf(record))
  },

  async listRecords({ node, query }) {
    const { certificateNo, serial, plate, kind, issuer, region, validOn, cursor, limit } = query
    const page = await node.options.store.listRecords(
      {
        number: certificateNo === undefined ? undefined : identifierKey(certificateNo),
        serial: serial === undefined ? undefined : identifierKey(serial),
        plate: plate === undefined ? undefined : plateKey(plate),
        kind,
        issuer,
        region,
        validOn,
      },
      { after: Number(cursor ?? 0), limit: Math.min(Number(limit ?? DEFAULT_PAGE), MOST_PAGE) },
    )
    return ok(pageOf(page))
  },

  async listStandings({ node, query }) {
    const { serial, plate, at, region } = query
    // Without either every instrument would be judged anew.
    if (serial === undefined && plate === undefined) throw new ProblemError('query.invalid', { name: 'serial' })
    const items = await node.standings(
      { serial, plate },
      { ...(at !== undefined && { at: parseInstant(at) }), ...(region !== undefined && { region }) },
    )
    return ok({ items })
  },

  async verifyStatement({ node, body, query }) {
    let at: number | undefined
    if (query.at !== undefined) at = parseInstant(query.at)
    const verdict = await node.judge(ascii.decode(body), {
      ...(at !== undefined && { at }),
      ...(query.region !== undefined && { region: query.region }),
    })
    return ok(verdict)
  },

  getTrustList: ({ node, params }) => document(node, params.authority ?? ''),
  getTrustListVersion: ({ node, params }) => document(node, params.authority ?? '', Number(params.version)),

  async listAgreements({ node }) {
    const documents = await node.options.store.listDocuments('agreement')
    return ok({ items: documents.map(documentOf) })
  },

  async listSpecifications({ node, query }) {
    const page = await node.options.store.listRecords(
      { kind: 'technical-specification' },
      { after: Number(query.cursor ?? 0), limit: MOST_PAGE },
    )
    return ok(pageOf(page))
  },

  discover({ node }) {
    const { id, url, authority, name, region } = node.options
    return ok({ id, url, authority, name, region, version: VERSION, kinds: [...kinds.keys()] })
  },

  health: () => ok({ status: 'ok' }),

  readiness({ node }) {
    const reasons = node.unready()
    const warnings = node.warnings()
    const told = warnings.length > 0 ? { warnings } : {}
    return reasons.length === 0 ? ok({ status: 'ok', ...told }) : { status: 503, body: { status: 'not-ready', reasons, ...told } }
  },

  metrics: ({ node }) => ok(writeMetrics(node)),

  openapi: ({ node }) => ok(writeOpenApi({ url: node.options.url, version: VERSION })),
}

async function document(node: Node, authority: string, version?: number): Promise<Answer> {
  const found = await node.options.store.getDocument('trust-list', authority, version)
  if (found === undefined) throw new ProblemError('not-found', { what: authority })
  return ok(documentOf(found))
}

/** A server over a node. `fetch` never rejects: every fault is an answer with a code. */
export function createServer(options: ServerOptions): Server {
  const { node, replayCapacity = 1_000_000 } = options
  const app = new Hono()
  for (const [name, call] of Object.entries(contract) as [CallName, Call][]) {
    app.on(call.method, call.path.replace(/\{(\w+)\}/g, ':$1'), (c) => answerCall(name, call, c.req.raw, c.req.param()))
  }
  app.notFound((c) => {
    const { pathname } = new URL(c.req.url)
    const methods = Object.values(contract).flatMap(({ path, method }) => (matches(path, pathname) ? [method] : []))
    const code = methods.length > 0 ? 'method-not-allowed' : 'not-found'
    const response = problem(new ProblemError(code, { what: c.req.path }), newRequestId(), 'unknown')
    // RFC 9110 §15.5.6. HEAD is answered wherever GET is.
    const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    if (allow.length > 0) response.headers.set('allow', [...new Set(allow)].join(', '))
    return response
  })

  async function answerCall(name: CallName, call: Call, request: Request, params: Record<string, string>): Promise<Response> {
    const requestId = newRequestId()
    let caller: string | undefined
    try {
      const url = new URL(request.url)
      const address = `${node.options.url}${url.pathname}${url.search}`
      const read = async (): Promise<Uint8Array> => readBody(request, call.body)
      const authenticated =
        call.access === 'signed'
          ? await checkRequest(
              { authorization: request.headers.get('authorization'), method: request.method, uri: address, now: node.options.now() },
              { id: node.options.id, trust: node.trust, store: node.options.store, replayCapacity },
            )
          : undefined
      caller = authenticated?.claims.iss
      const body = await read()
      if (authenticated !== undefined) checkBody(authenticated.claims, body)
      const context: Context = {
        node,
        requestId: authenticated?.claims.jti ?? requestId,
        params: shaped(call.params, params),
        query: shaped(call.query, queryOf(url)),
        body,
        ...(authenticated && { request: authenticated }),
      }
      const { status, body: answer } = await handlers[name](context)
      options.log?.({ requestId, call: name, status, ...(caller !== undefined && { caller }) })
      return respond(call, status, answer, requestId, request)
    } catch (error) {
      return problem(error, requestId, name, caller)
    }
  }

  function problem(error: unknown, requestId: string, call: CallName | 'unknown', caller?: string): Response {
    const isOurs = error instanceof ProblemError
    const refusal = isOurs ? error : asProblem(error)
    const body = writeProblem(refusal, requestId)
    const { status, code } = body
    options.log?.({ requestId, call, status, code, ...(caller !== undefined && { caller }), ...(status === 500 && { error }) })
    const headers: Record<string, string> = { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store', 'x-request-id': requestId }
    if (status === 401) headers['www-authenticate'] = 'Metrology'
    if (status === 503) headers['retry-after'] = '5'
    return new Response(JSON.stringify(body), { status, headers })
  }

  return { fetch: async (request) => app.fetch(request) }
}

/** An error from below that a caller caused becomes a problem with its own code; anything else is ours. */
function asProblem(error: unknown): ProblemError {
  if (error instanceof Error && 'code' in error && error.code === 'date.instant') return new ProblemError('query.invalid', { name: 'at' })
  return new ProblemError('node.internal')
}

function shaped(schema: Call['params'], values: Record<string, string>): Record<string, string> {
  if (schema === undefined) return values
  const { faults } = parseShape(schema, values)
  const [fault] = faults
  if (fault !== undefined) throw new ProblemError('query.invalid', { name: fault.path.slice(1) })
  const foreign = Object.keys(values).find((name) => !Object.hasOwn(schema.shape, name))
  if (foreign !== undefined)
    throw new ProblemError('query.unknown', { name: foreign.slice(0, 40), known: Object.keys(schema.shape).join(', ') })
  return values
}

/** Query parameters; one given twice is refused, since two readers might take two values. */
function queryOf(url: URL): Record<string, string> {
  const names = new Set<string>()
  for (const name of url.searchParams.keys()) {
    if (names.has(name)) throw new ProblemError('query.twice', { name: name.slice(0, 40) })
    names.add(name)
  }
  // Not by assignment, which would set a prototype for `__proto__` instead of a member.
  return Object.fromEntries(url.searchParams)
}

function respond(call: Call, status: number, answer: unknown, requestId: string, request: Request): Response {
  const mediaType = call.answers[status]?.mediaType ?? 'application/json'
  const body = typeof answer === 'string' ? answer : JSON.stringify(answer)
  const headers: Record<string, string> = {
    'content-type': mediaType,
    'x-request-id': requestId,
    'cache-control': status === 200 ? (call.cache ?? 'no-store') : 'no-store',
  }
  if (call.cache !== undefined && status === 200) {
    headers.etag = `"${bodyDigest(new TextEncoder().encode(body))}"`
    if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers })
  }
  return new Response(body, { status, headers })
}

const newRequestId = (): string => encodeBase64url(crypto.getRandomValues(new Uint8Array(12)))

/** Whether a path of the contract, with its parameters, fits a path asked for. */
function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  return wanted.length === given.length && wanted.every((step, at) => (step.startsWith('{') ? given[at] !== '' : step === given[at]))
}
