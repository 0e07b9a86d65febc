/** The contract as a fetch handler; runs in any runtime with Request and Response. */
import { Hono } from 'hono'
import { aFunction, aNode, anObject, checkOptions, type Expectation, type OptionTable, optional } from '../base/options.js'
import { type Call, type CallName, contract, ProblemError } from '../contract/index.js'
import { checkPath } from './address.js'
import { answerCall } from './answer-call.js'
import { defaultLimits } from './limits.js'
import { answerPage } from './page-files.js'
import { openParts, type ServerOptions, type ServerParts } from './parts.js'
import type { ConnectionInfo } from './read-body.js'

/** A node as a fetch handler. */
export interface Server {
  fetch(request: Request, connection?: ConnectionInfo): Promise<Response>
}

const rows = Object.entries(contract) as [CallName, Call][]

const A_NUMBER: Expectation = {
  is: (value) => typeof value === 'number' && value >= 0,
  expected: { zh: '非负的数', en: 'a number that is not negative' },
  isOptional: true,
}
const LIMITS: OptionTable = Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, A_NUMBER]))
const SERVER: OptionTable = {
  node: aNode,
  limits: optional(anObject),
  onAnswer: optional(aFunction),
  page: optional({ is: (value) => value instanceof Map, expected: { zh: '路径到文件的 Map', en: 'a Map from paths to files' } }),
}

/**
 * Creates a server for a node. `fetch` never rejects: every error is an answer with a code.
 * @example
 * ```ts
 * import { createServer } from 'tongheng/server'
 * import { createNode } from 'tongheng/node'
 * import { createMemoryStore } from 'tongheng/stores/memory'
 * import { createFakeAuthorities, DEMONSTRATION_TIME, organisation } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities({ witnessKeys: true })
 * const { uscc, name, region } = organisation('SC-AMR')
 * const node = await createNode({
 *   id: 'https://sichuan.example',
 *   url: 'https://sichuan.example',
 *   authority: uscc,
 *   name,
 *   region,
 *   signer: world.signer('SC-AMR'),
 *   log: world.log('SC-AMR'),
 *   store: createMemoryStore(),
 *   anchors: world.anchors,
 *   trustLists: world.trustLists,
 *   agreements: [world.signedAgreement],
 *   now: () => Date.parse(DEMONSTRATION_TIME) / 1000,
 * })
 * const { fetch } = createServer({ node }) // for any server that speaks Request and Response
 * ;(await fetch(new Request('https://sichuan.example/healthz'))).status // => 200
 * ```
 */
export function createServer(options: ServerOptions): Server {
  checkOptions('createServer', options, SERVER)
  if (options.limits !== undefined) checkOptions('createServer', options.limits, LIMITS, 'limits')
  const parts = openParts(options)
  const { reporting } = parts
  const app = new Hono<{ Bindings: ConnectionInfo }>()
  for (const [name, call] of rows) {
    const path = call.path.replace(/\{(\w+)\}/g, ':$1')
    app.on(call.method, call.isDeep ? `${path}{.+}` : path, (c) =>
      answerCall(parts, { name, call, request: c.req.raw, params: c.req.param(), connection: c.env }),
    )
  }
  for (const [path, file] of options.page ?? []) app.on('GET', path, (c) => answerPage(parts, file, c.req.raw, c.env))
  app.notFound((c) => refuseUnknown(parts, c.req.raw, c.env))
  return {
    async fetch(request, connection = {}) {
      if (connection.isTargetBroken) return reporting.refuse(new ProblemError('request.target'), reporting.begin('unknown'))
      return app.fetch(request, connection)
    },
  }
}

/** Answers a request that matches no call; its caller is limited like any other. */
async function refuseUnknown({ admission, reporting }: ServerParts, request: Request, connection: ConnectionInfo): Promise<Response> {
  const url = new URL(request.url)
  const asked = reporting.begin('unknown')
  try {
    await admission.enter('unknown', request.headers.get('authorization'), connection)
    admission.ofOpenCall('unknown', url.pathname, connection)
    checkPath(url)
  } catch (error) {
    return reporting.refuse(error, asked)
  }
  const { pathname } = url
  const methods = rows.flatMap(([, call]) => (matches(call, pathname) ? [call.method] : []))
  const code = methods.length > 0 ? 'method-not-allowed' : 'not-found'
  const response = reporting.refuse(new ProblemError(code, { what: pathname }), asked)
  // RFC 9110 §15.5.6. HEAD is allowed wherever GET is.
  const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  if (allow.length > 0) response.headers.set('allow', [...new Set(allow)].join(', '))
  return response
}

/** True if a path template of the contract matches a path. */
function matches({ path, isDeep }: Call, asked: string): boolean {
  const wanted = path.split('/')
  const given = asked.split('/')
  const isLong = isDeep ? given.length >= wanted.length : given.length === wanted.length
  return isLong && wanted.every((step, at) => (step.startsWith('{') ? given[at] !== '' : step === given[at]))
}
