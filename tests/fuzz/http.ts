// Requests to a node's handler, damaged in method, path, query, headers, body and authorisation.
import { contract } from '../../src/contract/contract.js'
import { problemCodes } from '../../src/contract/problem.js'
import { openWorld, uscc, type World } from '../support/nodes/world.js'
import { promise, type Reader } from './fuzz.js'
import type { FuzzWorld } from './world.js'

interface Sketch {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly isSigned?: boolean
}

const QUERIES = [
  '',
  '?limit=2',
  '?after=0&limit=1',
  '?at=2025-06-16T09:00:00%2B08:00',
  '?plate=%E5%B7%9DA12345',
  '?number=1&iss=x',
  '?statement=AAAA',
]

function sketches({ records, statusList, notice, checkpoint, authorities }: FuzzWorld): Sketch[] {
  const values: Readonly<Record<string, string>> = {
    authority: uscc('SC-AMR'),
    version: '1',
    iss: uscc('CD'),
    jti: '01JP4ZZZZZABCDEFGHJKMNPQRS',
    name: '1',
    level: '0',
    index: '000',
    page: '000',
    statementId: 'A'.repeat(43),
    origin: encodeURIComponent(authorities.log('SC-AMR').origin),
  }
  const bodies = [...records.slice(0, 4), records.join('\n'), statusList, notice, `old 0\n\n${checkpoint}`, '', '{}']
  return Object.values(contract).flatMap((call): Sketch[] => {
    const path = call.path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'x')
    const isSigned = call.access === 'signed'
    if (call.method === 'GET')
      return QUERIES.map((query) => ({ method: 'GET', path: `${path}${query}`, headers: { accept: '*/*' }, isSigned }))
    const types = ['application/jose', 'application/x-ndjson', 'text/plain', 'application/json']
    return bodies.map((body, at) => ({
      method: call.method,
      path,
      body,
      headers: { 'content-type': types[at % types.length] as string, 'if-none-match': '*' },
      isSigned,
    }))
  })
}

const MAX_OCTETS = 8 * 2 ** 20
const CODES: ReadonlySet<string> = new Set(problemCodes())

/** The promises of an answer: no fault of ours, a coded problem for each refusal, bounded. */
async function checkAnswer(response: Response, method: string): Promise<boolean> {
  const { status, headers } = response
  const body = new Uint8Array(await response.arrayBuffer())
  promise(status < 500 || status === 503, `status ${status}`)
  promise(body.length <= MAX_OCTETS, `${body.length} octets`)
  if (status < 400) return true
  const type = headers.get('content-type') ?? ''
  // C2SP tlog-witness: the size that the witness has seen.
  if (status === 409 && type.startsWith('text/x.tlog.size')) return false
  promise(type.startsWith('application/problem+json'), `${status} of type ${type}`)
  if (method === 'HEAD') return false
  const problem = JSON.parse(Buffer.from(body).toString('utf8')) as { code: string; status: number }
  promise(CODES.has(problem.code) && problem.status === status, `problem ${problem.code} under ${status}`)
  promise(body.length < 100_000, `a problem of ${body.length} octets`)
  return false
}

/** A request, or undefined where the platform itself refuses to build one. */
function requestOf({ method, path, headers, body }: Sketch, base: string): Request | undefined {
  try {
    return new Request(`${base}${path}`, {
      method,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      ...(body !== undefined && !['GET', 'HEAD'].includes(method) && { body }),
    })
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Requests after which the node is created again: what it stored must not make a case depend on all before it. */
const CASES_OF_A_NODE = 500

export function httpReaders(world: FuzzWorld): Reader[] {
  let held: { readonly node: World; left: number } | undefined
  async function nodeNow(): Promise<World> {
    if (held === undefined || held.left === 0) {
      const limits = { rate: 1e9, burst: 1e9 }
      held = { node: await openWorld({ authorities: world.authorities, limits }), left: CASES_OF_A_NODE }
    }
    held.left--
    return held.node
  }
  return [
    {
      name: 'http',
      form: 'json',
      seeds: sketches(world).map((sketch) => new TextEncoder().encode(JSON.stringify(sketch))),
      async read(input) {
        const sketch = sketchOf(input)
        if (sketch === undefined) return false
        const { node, server, events, authorize } = await nodeNow()
        const request = requestOf(sketch, node.options.url)
        if (request === undefined) return false
        const { pathname, search } = new URL(request.url)
        if (sketch.isSigned === true && !request.headers.has('authorization')) {
          const sent = { method: request.method, path: `${pathname}${search}`, ...(sketch.body !== undefined && { body: sketch.body }) }
          request.headers.set('authorization', await authorize(sent))
        }
        const isAccepted = await checkAnswer(await server.fetch(request), request.method)
        const error = events.find((event) => event.error !== undefined)?.error
        events.length = 0
        if (error !== undefined) throw error
        return isAccepted
      },
    },
  ]
}

/** The request that a damaged sketch still describes. */
function sketchOf(input: Uint8Array): Sketch | undefined {
  let value: Partial<Record<keyof Sketch, unknown>> | null
  try {
    value = JSON.parse(Buffer.from(input).toString('utf8')) as typeof value
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { method, path, headers, body, isSigned } = value
  if (typeof method !== 'string' || typeof path !== 'string' || !path.startsWith('/')) return undefined
  return {
    method,
    path,
    headers: typeof headers === 'object' && headers !== null ? (headers as Record<string, string>) : {},
    ...(typeof body === 'string' && { body }),
    isSigned: isSigned === true,
  }
}
