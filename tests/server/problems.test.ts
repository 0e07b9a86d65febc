// Why this exists: an opaque 400 costs an institute days; every rejection must have a code, both languages and an id, and must reveal no
// secrets.
import { codes } from 'tongheng/errors'
import { createMemoryStore } from 'tongheng/stores/memory'
import { fixtures, send } from 'tongheng/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { contract } from '../../src/contract/contract.js'
import { problems } from '../../src/contract/problems.js'
import {
  expiredList,
  openWorld,
  type ProblemBody,
  problemOf,
  reader,
  recordPath,
  type Sent,
  taximeter,
  uscc,
  type World,
} from '../support/nodes/world.js'

let world: World
let statement: string

beforeEach(async () => {
  world = await openWorld()
  statement = await send(world.authorities, fixtures.F01)
})

/** A request for every code that a node answers with, and its status. */
const refusals = async (): Promise<[code: string, status: number, sent: Sent, of?: World][]> => {
  const path = recordPath(statement)
  const put: Sent = { method: 'PUT', path, body: statement }
  const jti = '01JQ0000000000000000000001'
  const [first, second] = [
    await world.authorities.sign('CD', taximeter('甲'), { jti }),
    await world.authorities.sign('CD', taximeter('乙'), { jti }),
  ]
  await world.send({ method: 'PUT', path: recordPath(first), body: first })
  const token = await world.authorize({ path: '/v1/records' })
  await world.send({ path: '/v1/records', authorization: token })
  const now = world.clock.now
  // An overloaded node, and one whose caller exceeds its rate.
  const [full, narrow] = [await openWorld({ limits: { replay: 0 } }), await openWorld({ limits: { burst: 0 } })]
  const [busy, spent] = [await openWorld({ limits: { heldOctets: 1 } }), await openWorld({ limits: { dailyRecords: 0 } })]
  const expired = await openWorld({ node: await expiredList(world.authorities) })
  const back = await openWorld({ store: { ...createMemoryStore(), rememberRequests: async (all) => all.map(() => 'forgotten') } })
  return [
    ['request.missing', 401, { ...put, as: null }],
    ['request.format', 401, { ...put, authorization: 'Metrology x' }],
    ['request.key', 401, { ...put, as: 'LZ', claims: { iss: uscc('CD') } }],
    ['request.clock', 401, { ...put, claims: { iat: now - 600, exp: now - 500 } }],
    ['request.lifetime', 401, { ...put, claims: { exp: now + 121 } }],
    ['request.audience', 401, { ...put, claims: { aud: 'tongheng-50' } }],
    ['request.signature', 401, { path: '/v1/records', authorization: `${token.slice(0, -6)}AAAAAA` }],
    ['request.method', 401, { ...put, claims: { htm: 'POST' } }],
    ['request.uri', 401, { ...put, claims: { uri: 'https://other.example/' } }],
    ['request.digest', 401, { ...put, claims: { dig: 'A'.repeat(43) } }],
    ['request.replayed', 401, { path: '/v1/records', authorization: token }],
    ['request.replay-full', 503, put, full],
    ['request.clock-back', 503, put, back],
    ['request.rate', 429, put, narrow],
    ['request.busy', 503, put, busy],
    ['request.quota', 429, put, spent],
    ['request.not-permitted', 403, { ...put, as: 'LZ' }],
    ['request.reading', 403, { path: `/v1/records?issuer=${uscc('CD')}`, as: 'LZ' }],
    ['request.read-only', 403, { ...put, as: 'SC-AMR', signer: await reader(world) }],
    ['request.list-expired', 403, { path: '/v1/records' }, expired],
    ['request.name', 400, { ...put, path: path.replace(/.$/, (last) => (last === '9' ? '8' : '9')) }],
    ['request.target', 400, { path: '/healthz', as: null, isTargetBroken: true }],
    ['request.precondition', 412, { path: '/v1/agreements', as: null, headers: { 'if-match': '"x"' } }],
    ['query.invalid', 400, { path: '/v1/records?limit=x' }],
    ['query.unknown', 400, { path: '/v1/records?x=1' }],
    ['query.twice', 400, { path: '/v1/records?kind=a&kind=a' }],
    ['body.too-large', 413, { ...put, body: 'x'.repeat(262_145) }],
    ['body.statement', 400, { ...put, body: `${statement}\n${first}` }],
    ['body.encoding', 415, { ...put, headers: { 'content-encoding': 'gzip' } }],
    ['body.media-type', 415, { ...put, headers: { 'content-type': 'application/json' } }],
    ['not-found', 404, { path: '/v1/nothing', as: null }],
    ['method-not-allowed', 405, { method: 'DELETE', path, as: null }],
    ['record.conflict', 409, { method: 'PUT', path: recordPath(second), body: second }],
    ['record.refused', 422, { ...put, body: 'hello' }],
  ]
}

const LEAKS = /node_modules|\.[jt]s:\d|\bat [A-Za-z.]+ \(|Error:|\/(?:work|home|tmp|usr|root)\/|\bundefined\b|\[object |\{[a-zA-Z]+\}/

function expectWellFormed(problem: ProblemBody, response: Response): void {
  const { code, status, type, title, detail, text, instance } = problem
  expect(type, code).toBe(`https://unpkg.com/tongheng/schemas/problems.md#${code}`)
  expect(Object.keys(codes), code).toContain(code)
  expect(status, code).toBe(response.status)
  expect(text.zh, code).toMatch(/[一-鿿]/)
  expect(text.en, code).toMatch(/^(?!.*[一-鿿]).*[a-z]{3}/)
  const { zh, en } = problems[code as keyof typeof problems].title
  expect(title, code).toBe(`${zh} | ${en}`)
  expect(detail, code).toBe(`${text.zh} | ${text.en}`)
  expect(instance, code).toMatch(/^[A-Za-z0-9_-]{16}$/)
  expect(response.headers.get('x-request-id'), code).toBe(instance)
  expect(response.headers.get('content-type'), code).toBe('application/problem+json')
  expect(response.headers.get('cache-control'), code).toBe('no-store')
  expect(response.headers.get('www-authenticate'), code).toBe(status === 401 ? 'Metrology' : null)
  expect(String(response.headers.get('retry-after')), code).toMatch(status === 429 || status === 503 ? /^[1-9][0-9]*$/ : /^null$/)
  expect(JSON.stringify(problem), code).not.toMatch(LEAKS)
  if (problem.advice !== undefined) expect([problem.advice.zh, problem.advice.en], code).not.toContain('')
}

describe('every rejection', () => {
  it('has its code, its status, both languages and the request id, and reveals no internals', async () => {
    const cases = await refusals()
    const instances = new Set<string>()
    for (const [code, status, sent, of = world] of cases) {
      const response = await of.send(sent)
      const problem = await problemOf(response)
      expect([problem.code, problem.status], code).toEqual([code, status])
      expectWellFormed(problem, response)
      instances.add(problem.instance ?? '')
    }
    expect(instances.size).toBe(cases.length)
  })

  it('is in the table above: a new code needs a row', async () => {
    const own = /^(?:request|query|body)\.|^(?:not-found|method-not-allowed|record\.conflict|record\.refused)$/
    const provoked = (await refusals()).map(([code]) => code)
    expect(provoked.sort()).toEqual(
      Object.keys(codes)
        .filter((code) => own.test(code))
        .sort(),
    )
  })

  it('is logged with the same id, code and status', async () => {
    for (const [code, status, sent, { send: sendTo, events } = world] of await refusals()) {
      events.length = 0
      const problem = await problemOf(await sendTo(sent))
      expect(events, code).toHaveLength(1)
      expect(events[0], code).toMatchObject({ requestId: problem.instance, code, status })
      expect(events[0], code).not.toHaveProperty('error')
    }
  })

  it('names the caller in the log only after authentication', async () => {
    await world.send({ path: '/v1/records?x=1', as: 'LZ' })
    await world.send({ path: '/v1/records', as: 'LZ', claims: { iss: uscc('CD') } })
    await world.send({ path: '/v1/records', as: 'LZ' })
    expect(world.events.map(({ code, caller }) => [code, caller])).toEqual([
      ['query.unknown', uscc('LZ')],
      ['request.key', undefined],
      [undefined, uscc('LZ')],
    ])
  })

  it('does not grow with the request', async () => {
    for (const sent of [
      { path: `/v1/${'x'.repeat(5000)}` },
      { path: `/v1/records/${'x'.repeat(5000)}` },
      { method: 'DELETE', path: `/v1/records/${'x'.repeat(5000)}` },
      { path: '/v1/records', claims: { aud: 'x'.repeat(300) } },
      { path: '/v1/records', claims: { uri: `https://${'x'.repeat(1900)}` } },
      { path: `/v1/records?kind=${'x'.repeat(5000)}` },
      { path: `/v1/records?${'x'.repeat(5000)}=1` },
      { path: `/v1/records?${'x'.repeat(5000)}=1&${'x'.repeat(5000)}=2` },
      { method: 'PUT', path: recordPath(statement), body: statement, headers: { 'content-encoding': 'x'.repeat(5000) } },
      { method: 'PUT', path: recordPath(statement), body: statement, headers: { 'content-type': 'x'.repeat(5000) } },
    ]) {
      const response = await world.send(sent)
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect((await response.text()).length, sent.path.slice(0, 20)).toBeLessThan(2500)
    }
  })
})

describe('a URL', () => {
  it('that does not exist is answered with 404, and one with another method with 405 and the allowed methods', async () => {
    for (const path of [
      '/',
      '/v1',
      '/v1/records/',
      '/v1/records/a/b/c',
      '/V1/records',
      '/v1//records',
      '/v1/verify/',
      '/.well-known/other',
      '/openapi.yaml',
    ]) {
      const response = await world.send({ path, as: null })
      expect([response.status, (await problemOf(response)).code], path).toEqual([404, 'not-found'])
    }
    const statementId = 'A'.repeat(43)
    for (const [method, path, allow] of [
      ['DELETE', `/v1/records/${statementId}`, 'GET, HEAD'],
      ['PATCH', '/v1/records', 'POST, GET, HEAD'],
      ['PUT', `/v1/records/${statementId}`, 'GET, HEAD'],
      ['GET', recordPath(statement), 'PUT'],
      ['GET', '/v1/verify', 'POST'],
      ['OPTIONS', '/v1/verify', 'POST'],
      ['POST', '/healthz', 'GET, HEAD'],
      ['DELETE', `/v1/trust-lists/${uscc('SC-AMR')}`, 'GET, HEAD'],
    ] as const) {
      const response = await world.send({ method, path, as: null })
      const problem = await problemOf(response)
      expect([response.status, problem.code], `${method} ${path}`).toEqual([405, 'method-not-allowed'])
      expect(response.headers.get('allow'), `${method} ${path}`).toBe(allow)
      expectWellFormed(problem, response)
    }
  })

  it('of every row answers its own method', async () => {
    for (const { method, path } of Object.values(contract)) {
      const response = await world.send({
        method,
        path: path.replace(/\{\w+\}/g, 'x'),
        as: null,
        ...(method === 'GET' ? {} : { body: 'x' }),
      })
      // A log without cosignatures has its own 404.
      const { code } = response.ok ? { code: '' } : await problemOf(response)
      expect(['not-found', 'method-not-allowed'], `${method} ${path}`).not.toContain(code)
    }
  })
})

describe('an internal error', () => {
  const secret = 'SQLITE_CORRUPT at /var/lib/tongheng/node.db'

  it('is answered with 500 without details, which are logged', async () => {
    const fails = async (): Promise<never> => Promise.reject(new Error(secret))
    const memory = createMemoryStore()
    // The store works while the node opens, and fails from then on.
    const store = { ...memory }
    const broken = await openWorld({ store })
    broken.clock.now += 10
    Object.assign(store, { getEntry: fails, listEntries: fails, sequence: fails, getDocument: fails, listDocuments: fails })
    for (const sent of [
      { path: `/v1/records/${'A'.repeat(43)}` },
      { path: '/v1/records' },
      { method: 'PUT', path: recordPath(statement), body: statement },
      { path: `/v1/trust-lists/${uscc('SC-AMR')}`, as: null },
      { path: '/v1/agreements', as: null },
      { path: '/v1/specifications', as: null },
      { method: 'POST', path: '/v1/verify', body: statement, as: null },
    ] satisfies Sent[]) {
      broken.events.length = 0
      const response = await broken.send(sent)
      const problem = await problemOf(response)
      expect([response.status, problem.code], sent.path).toEqual([500, 'node.internal'])
      expectWellFormed(problem, response)
      expect(JSON.stringify(problem)).not.toContain('SQLITE')
      expect(broken.events).toMatchObject([{ status: 500, code: 'node.internal', requestId: problem.instance, error: { message: secret } }])
    }
  })

  it('is answered with 500 if the store cannot remember a request: no request is admitted without replay protection', async () => {
    const memory = createMemoryStore()
    const broken = await openWorld({ store: { ...memory, rememberRequests: async () => Promise.reject(new Error(secret)) } })
    const response = await broken.send({ path: '/v1/records' })
    expect([response.status, (await problemOf(response)).code]).toEqual([500, 'node.internal'])
  })

  it('is answered with 500 if the thrown value is not an Error', async () => {
    const memory = createMemoryStore()
    const store = { ...memory }
    const broken = await openWorld({ store })
    Object.assign(store, { listDocuments: async () => Promise.reject('a text') })
    const response = await broken.send({ path: '/v1/agreements', as: null })
    expect([response.status, (await problemOf(response)).code]).toEqual([500, 'node.internal'])
    expect(broken.events).toMatchObject([{ error: 'a text' }])
  })
})

describe('the log callback', () => {
  it('is called once per answer, with the call, the status and the caller', async () => {
    await world.send({ method: 'PUT', path: recordPath(statement), body: statement })
    await world.send({ path: '/v1/records?plate=%E5%B7%9DA0001' })
    await world.send({ path: '/healthz', as: null })
    expect(world.events.map(({ call, status, caller }) => [call, status, caller])).toEqual([
      ['submitRecord', 201, uscc('CD')],
      ['listRecords', 200, uscc('CD')],
      ['health', 200, undefined],
    ])
    expect(new Set(world.events.map(({ requestId }) => requestId)).size).toBe(3)
    expect(JSON.stringify(world.events)).not.toContain('0001')
  })
})
