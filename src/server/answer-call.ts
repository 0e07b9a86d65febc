/** Processes one call, from the head of its request to its answer: admission, authentication, body, charging, handler. */
import { type Call, type CallName, contract, ProblemError } from '../contract/index.js'
import { accessOf } from './access.js'
import { checkPath, queryOf, shaped } from './address.js'
import { type AuthenticatedRequest, checkBody, checkRequest } from './check-request.js'
import { bodyUnits, isReading, turnUnits } from './cost.js'
import type { Answer, Context, Handlers } from './handlers/context.js'
import { documentHandlers } from './handlers/documents.js'
import { jointHandlers } from './handlers/joint.js'
import { logHandlers } from './handlers/log.js'
import { operationHandlers } from './handlers/operation.js'
import { readerHandlers } from './handlers/readers.js'
import { recordHandlers } from './handlers/records.js'
import { createHolding, type Holding } from './held.js'
import type { ServerParts } from './parts.js'
import { type ConnectionInfo, readBody } from './read-body.js'
import type { Asked } from './reporting.js'
import { checkPreconditions, respond } from './respond.js'

const handlers: Handlers<CallName> = {
  ...recordHandlers,
  ...documentHandlers,
  ...jointHandlers,
  ...logHandlers,
  ...readerHandlers,
  ...operationHandlers,
}

export interface Asking {
  readonly name: CallName
  readonly call: Call
  readonly request: Request
  readonly params: Record<string, string>
  readonly connection: ConnectionInfo
}

export async function answerCall(parts: ServerParts, asking: Asking): Promise<Response> {
  const { reporting } = parts
  const asked = reporting.begin(asking.name)
  const held = createHolding()
  try {
    const response = await answer(parts, asking, asked, held)
    reporting.answered(asked, response.status)
    return response
  } catch (error) {
    held.end()
    return reporting.refuse(error, asked)
  }
}

async function answer(parts: ServerParts, asking: Asking, asked: Asked, held: Holding): Promise<Response> {
  const { name, call, request } = asking
  const context = await contextOf(parts, asking, asked, held)
  const { account } = context
  return account.take(turnUnits(name, context.body), async (spend) => {
    // Reserve memory for a page first: if this caller has too many unread answers, reject before reading the store.
    if (isReading(name)) held.add(account.hold(parts.limits.pageOctets))
    const spending: Context = { ...context, spend }
    if (call.method !== 'GET') await checkPreconditions(request, () => currentAt(call, spending))
    return respond(call, await handlers[name](spending), { requestId: asked.requestId, request, account, held, spend })
  })
}

/** Builds the context of a handler. A caller without permission is rejected before its body is read. */
async function contextOf(parts: ServerParts, asking: Asking, asked: Asked, held: Holding): Promise<Omit<Context, 'spend'>> {
  const { name, call, request, connection } = asking
  const { node, limits, admission, reporting } = parts
  await admission.enter(name, request.headers.get('authorization'), connection)
  const url = new URL(request.url)
  checkPath(url)
  const authenticated = call.access === 'signed' ? await authenticate(parts, request, url, connection) : undefined
  if (authenticated !== undefined) asked.caller = authenticated.claims.iss
  const access = authenticated && accessOf(name, authenticated, node.trust, node.options.now())
  const account =
    authenticated === undefined ? admission.ofOpenCall(name, url.pathname, connection) : admission.ofSigner(authenticated.claims.iss, name)
  const bounds = name === 'submitRecords' ? { most: limits.bulkOctets, lines: limits.bulkLines } : {}
  const body = await readBody(request, call.body, { ...bounds, connection, hold: (octets) => held.add(account.hold(octets)) })
  if (authenticated !== undefined) await checkBody(authenticated.claims, body)
  account.charge(bodyUnits(name, body))
  const { counters, metrics, ready, fixed, quota } = parts
  return {
    node,
    limits,
    counters,
    metrics,
    ready,
    fixed,
    quota,
    account,
    requestId: authenticated?.claims.jti ?? asked.requestId,
    report: (error) => reporting.defect(asked, error),
    params: shaped(call.params, asking.params),
    query: shaped(call.query, queryOf(url)),
    body,
    ...(authenticated && { request: authenticated }),
    ...(access && { access }),
  }
}

async function authenticate(parts: ServerParts, request: Request, url: URL, connection: ConnectionInfo): Promise<AuthenticatedRequest> {
  const { node, admission, remember } = parts
  const { id, url: address, now } = node.options
  await node.refresh()
  const uri = `${address}${url.pathname}${url.search}`
  const incoming = { authorization: request.headers.get('authorization'), method: request.method, uri, now: now() }
  const {
    trust,
    readers: { reader },
  } = node
  return admission.authenticate(connection, (check) =>
    checkRequest(incoming, { id, trust, reader, throttle: admission.throttleSigner, check, remember }),
  )
}

/** Returns the current representation at the URL of a writing call; undefined if there is none. */
async function currentAt({ path }: Call, context: Context): Promise<Answer | undefined> {
  const rows = Object.entries(contract) as [CallName, Call][]
  const [name] = rows.find(([, call]) => call.method === 'GET' && call.path === path && call.cache !== undefined) ?? []
  if (name === undefined) return undefined
  try {
    return await handlers[name](context)
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'not-found') return undefined
    throw error
  }
}
