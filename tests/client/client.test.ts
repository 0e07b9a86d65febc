// Why this exists: institutes build on the client; between it and the node there are clocks, proxies, unreliable connections and
// attackers.
import { connect, type Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { createClient, problemOf } from 'tongheng/client'
import { coSign, createSigner, generateKey, signStatement } from 'tongheng/envelope'
import { isTonghengError, type TonghengError } from 'tongheng/errors'
import type { VerificationRecord } from 'tongheng/records'
import { faultyRecords, fixtures, send, sendOnTheWay } from 'tongheng/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { closing, type Served, serve, serveBytes } from '../support/nodes/http.js'
import { passUntil } from '../support/nodes/timers.js'
import { claimsOf, NOW, openWorld, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

let world: World
let statement: string

beforeEach(async () => {
  world = await openWorld()
  statement = await send(world.authorities, fixtures.F01)
})

const faultOf = async (work: Promise<unknown>): Promise<TonghengError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isTonghengError(error)) throw new Error(`not an error of ours: ${String(error)}`)
  return error
}

/** Decodes the token of a request. */
const tokenOf = (request: Request) =>
  claimsOf<{ iat: number; exp: number; jti: string; uri: string; dig: string }>(
    (request.headers.get('authorization') ?? '').slice('Metrology '.length),
  )

/** A fetch that returns the scripted answers first, then those of the node, and records the requests. */
function script(...answers: (Response | Error)[]) {
  const asked: Request[] = []
  const fetch = async (request: Request): Promise<Response> => {
    asked.push(request.clone())
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return answer ?? world.server.fetch(request)
  }
  return { asked, fetch }
}

const busy = (status = 503, headers: Record<string, string> = { 'retry-after': '0' }) =>
  new Response(JSON.stringify({ type: 'about:blank' }), { status, headers: { 'content-type': 'application/problem+json', ...headers } })

describe('a call', () => {
  it('is signed by the caller for this node, this URL and this body', async () => {
    const { asked, fetch } = script()
    await world.client('CD', { fetch }).records.submit(statement)
    const [request] = asked as [Request]
    expect(request.headers.get('authorization')).toMatch(/^Metrology /)
    expect([...request.headers.keys()].sort()).toEqual(['authorization', 'content-type'])
    expect(tokenOf(request)).toEqual({
      iss: uscc('CD'),
      aud: 'tongheng-51',
      iat: NOW,
      exp: NOW + 120,
      jti: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      htm: 'PUT',
      uri: `https://node.example/v1/records/${uscc('CD')}/${claimsOf(statement).jti}`,
      dig: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    })
  })

  it('that is open has no token, even if the caller has a key', async () => {
    const { asked, fetch } = script()
    const client = world.client('CD', { fetch })
    await client.discover()
    await client.verify(statement)
    await client.agreements.list()
    await client.trustLists.get(uscc('CQ-AMR'))
    expect(asked).toHaveLength(4)
    for (const request of asked) expect(request.headers.get('authorization')).toBeNull()
    for (const request of asked) expect(request.headers.get('x-tongheng-call')).toBeNull()
  })

  it('that must be signed is not sent without a caller', async () => {
    const { asked, fetch } = script()
    const client = world.client(undefined, { fetch })
    for (const work of [
      client.records.submit(statement),
      client.records.get('A'.repeat(43)),
      client.records.list()[Symbol.asyncIterator]().next(),
    ]) {
      expect((await faultOf(work)).code).toBe('client.no-caller')
    }
    expect(asked).toEqual([])
  })

  it('uses the URL as the node’s id if none is given, with or without a trailing slash', async () => {
    const node = await openWorld({ node: { id: 'https://node.example/sichuan', url: 'https://node.example/sichuan' } })
    // A proxy that removes the path prefix.
    const fetch = (request: Request): Promise<Response> => {
      expect(request.url).toMatch(/^https:\/\/node\.example\/sichuan\/(?!\/)/)
      return node.server.fetch(new Request(request.url.replace('/sichuan', ''), request))
    }
    for (const url of ['https://node.example/sichuan', 'https://node.example/sichuan/', 'https://node.example/sichuan//']) {
      const client = createClient({
        node: { url },
        caller: { iss: uscc('CD'), signer: world.authorities.signer('CD') },
        trust: world.authorities.trust,
        fetch,
        now: () => NOW,
      })
      expect((await client.records.submit(statement)).claims.decision, url).toBe('accepted')
      expect((await client.discover()).url).toBe('https://node.example/sichuan')
      const found = []
      for await (const { iss } of client.records.list({ certificateNo: '川计检字20250312-00417', limit: 1 })) found.push(iss)
      expect(found, url).toEqual([uscc('CD')])
    }
  })

  it('sends query values unchanged', async () => {
    const { asked, fetch } = script()
    const numbers = ['川检+1', 'a b', "O'Neill (川)〔2021〕", '50%', 'a&b=c', '#1?', '(x)*!~', '川/1']
    for (const [n, certificateNo] of numbers.entries()) {
      const record = taximeter(certificateNo)
      const one = await world.authorities.sign('CD', { ...record, instrument: { ...record.instrument, serialNumber: `Q-${n}` } })
      await world.client('CD').records.submit(one)
      const found = []
      for await (const { statementId } of world.client('CD', { fetch }).records.list({ certificateNo, serial: `Q-${n}` }))
        found.push(statementId)
      expect(found, certificateNo).toEqual([statementIdOf(one)])
    }
    expect(asked.map((request) => tokenOf(request).uri)).toEqual(asked.map(({ url }) => url))
  })
})

describe('a retry', () => {
  it('is signed again, after the requested pause', async () => {
    const { asked, fetch } = script(busy(), busy(503, { 'retry-after': '0' }))
    const { isNew, claims } = await world.client('CD', { fetch }).records.submit(statement)
    expect([isNew, claims.decision, asked.length]).toEqual([true, 'accepted', 3])
    expect(new Set(asked.map((request) => tokenOf(request).jti)).size).toBe(3)
    const bodies = await Promise.all(asked.map((request) => request.text()))
    expect(new Set(bodies)).toEqual(new Set([statement]))
  })

  it('follows an answer that was lost in transit, without a second effect', async () => {
    let lost = 0
    const fetch = async (request: Request): Promise<Response> => {
      const response = await world.server.fetch(request)
      if (lost++ === 0) throw new TypeError('fetch failed')
      return response
    }
    const { isNew } = await world.client('CD', { fetch, retries: 1 }).records.submit(statement)
    expect(isNew).toBe(false)
    expect((await world.store.listEntries({}, { from: 0, limit: 5 })).items).toHaveLength(1)
  })

  it('follows a temporary failure', async () => {
    const statuses = [408, 429, 502, 503, 504]
    const counts = statuses.map(async (status) => {
      const { asked, fetch } = script(busy(status, {}))
      await world.client('CD', { fetch, retries: 1 }).discover()
      return asked.length
    })
    expect(await Promise.all(counts)).toEqual(statuses.map(() => 2))
  })

  it('does not follow a rejection, nor a fault of the node', async () => {
    for (const status of [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 500, 501]) {
      const { asked, fetch } = script(busy(status, { 'retry-after': '0' }))
      await faultOf(world.client('CD', { fetch }).records.submit(statement))
      expect(asked, String(status)).toHaveLength(1)
    }
    const { asked, fetch } = script()
    const [forged] = await Promise.all(faultyRecords.filter(({ id }) => id === 'N21').map((one) => sendOnTheWay(world.authorities, one)))
    expect((await faultOf(world.client('CD', { fetch }).records.submit(forged as string))).code).toBe('record.refused')
    expect(asked).toHaveLength(1)
  })

  it('is attempted as often as configured, and then returns the last answer', async () => {
    const { asked, fetch } = script(...Array.from({ length: 9 }, () => busy()))
    const fault = await faultOf(world.client('CD', { fetch, retries: 2 }).discover())
    expect([fault.code, fault.details.status, asked.length]).toEqual(['client.answer', 503, 3])
    const none = script(busy())
    await faultOf(world.client('CD', { fetch: none.fetch, retries: 0 }).discover())
    expect(none.asked).toHaveLength(1)
  })
})

describe('a wrong clock', () => {
  for (const [name, off] of [
    ['an hour behind the node', 3600],
    ['an hour before the node', -3600],
  ] as const) {
    it(`${name} is corrected once for all later calls`, async () => {
      world.clock.now = NOW + off
      const { asked, fetch } = script()
      const client = world.client('CD', { fetch, now: () => NOW })
      expect((await client.records.submit(statement)).isNew).toBe(true)
      expect(asked.map((request) => tokenOf(request).iat)).toEqual([NOW, NOW + off])
      await client.records.get(statementIdOf(statement))
      expect(asked.map((request) => tokenOf(request).iat)).toEqual([NOW, NOW + off, NOW + off])
      expect(new Set(asked.map((request) => tokenOf(request).jti)).size).toBe(3)
    })
  }

  it('is corrected for every concurrent call', async () => {
    world.clock.now = NOW + 3600
    const client = world.client('CD', { now: () => NOW })
    const statements = await Promise.all(Array.from({ length: 6 }, (_, n) => world.authorities.sign('CD', taximeter(`川检-${n}`))))
    const receipts = await Promise.all(statements.map((one) => client.records.submit(one)))
    expect(receipts.map(({ isNew }) => isNew)).toEqual(Array.from({ length: 6 }, () => true))
  })

  it('is not corrected twice: a node whose clock changes again causes an error', async () => {
    const asked: number[] = []
    const fetch = async (request: Request): Promise<Response> => {
      const { iat } = tokenOf(request)
      asked.push(iat)
      world.clock.now = iat + 7200
      return world.server.fetch(request)
    }
    const fault = await faultOf(world.client('CD', { fetch, now: () => NOW }).records.submit(statement))
    expect(fault.code).toBe('request.clock')
    expect(fault.details).toMatchObject({ problemCode: 'request.clock', status: 401, problem: { offset: 7200 } })
    expect(asked).toEqual([NOW, NOW + 7200])
  })

  it('is not corrected by another kind of rejection, or one without an offset', async () => {
    for (const problem of [
      { code: 'request.key', offset: 500 },
      { code: 'request.clock' },
      { code: 'request.clock', offset: 1.5 },
      { code: 'request.clock', offset: '500' },
    ]) {
      const body = { type: 'x', title: 'x', status: 401, text: { zh: 'x', en: 'x' }, ...problem }
      const { asked, fetch } = script(
        new Response(JSON.stringify(body), { status: 401, headers: { 'content-type': 'application/problem+json' } }),
      )
      await faultOf(world.client('CD', { fetch }).records.get('A'.repeat(43)))
      expect(asked, JSON.stringify(problem)).toHaveLength(1)
    }
  })
})

describe('an abort', () => {
  it('before the call prevents the request', async () => {
    const { asked, fetch } = script()
    const reason = new Error('not any more')
    const signal = AbortSignal.abort(reason)
    const client = world.client('CD', { fetch })
    await expect(client.records.submit(statement, { signal })).rejects.toBe(reason)
    await expect(client.records.list({ signal })[Symbol.asyncIterator]().next()).rejects.toBe(reason)
    expect(asked).toEqual([])
  })

  it('during the pause before a retry ends the pause', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const { asked, fetch } = script(busy(503, { 'retry-after': '3600' }))
    const work = world.client('CD', {
      fetch: async (request) => {
        const response = await fetch(request)
        setTimeout(() => controller.abort(reason), 20)
        return response
      },
    })
    await expect(work.discover({ signal: controller.signal })).rejects.toBe(reason)
    expect(asked).toHaveLength(1)
  })

  it('while the node processes the request closes the connection, also after a garbage collection', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    for (const caller of [undefined, { iss: uscc('CD'), signer: world.authorities.signer('CD') }]) {
      const controller = new AbortController()
      let answer: (socket: Socket) => void = () => undefined
      const asked = new Promise<Socket>((resolve) => {
        answer = resolve
      })
      const peer = await serveBytes((socket) => socket.once('data', () => answer(socket)))
      const client = createClient({ node: { url: peer.url }, ...(caller && { caller }) })
      const { signal } = controller
      const work = caller === undefined ? client.discover({ signal }) : client.records.submit(statement, { signal })
      const outcome = expect(work).rejects.toThrow('enough')
      const closed = closing(await asked)
      for (let n = 0; n < 5; n++) {
        collect()
        await new Promise((resolve) => setImmediate(resolve))
      }
      controller.abort(new Error('enough'))
      await outcome
      await closed
      await peer.close()
    }
  })

  it('between two pages ends the list', async () => {
    for (let n = 0; n < 4; n++) await world.client('CD').records.submit(await world.authorities.sign('CD', taximeter(`川检-${n}`)))
    const controller = new AbortController()
    const seen: string[] = []
    const work = (async () => {
      for await (const { number } of world.client('CD').records.list({ limit: 2, signal: controller.signal })) {
        seen.push(number)
        controller.abort(new Error('enough'))
      }
    })()
    await expect(work).rejects.toThrow('enough')
    expect(seen).toEqual(['川检-0', '川检-1'])
  })
})

describe('a list', () => {
  it('is fetched page by page, each when it is needed', async () => {
    for (let n = 0; n < 6; n++) await world.client('CD').records.submit(await world.authorities.sign('CD', taximeter(`川检-${n}`)))
    const { asked, fetch } = script()
    const list = world.client('CD', { fetch }).records.list({ limit: 2 })[Symbol.asyncIterator]()
    const numbers: string[] = []
    const counts: number[] = []
    expect(asked).toHaveLength(0)
    for (let n = 0; n < 6; n++) {
      numbers.push((await list.next()).value.number)
      counts.push(asked.length)
    }
    expect(numbers).toEqual(['川检-0', '川检-1', '川检-2', '川检-3', '川检-4', '川检-5'])
    expect(counts).toEqual([1, 1, 2, 2, 3, 3])
    expect((await list.next()).done).toBe(true)
    expect(asked).toHaveLength(3)
    expect(asked.map(({ url }) => new URL(url).search)).toEqual(['?limit=2', '?limit=2&cursor=2', '?limit=2&cursor=4'])
  })

  it('that is abandoned requests no more pages', async () => {
    for (let n = 0; n < 4; n++) await world.client('CD').records.submit(await world.authorities.sign('CD', taximeter(`川检-${n}`)))
    const { asked, fetch } = script()
    for await (const _ of world.client('CD', { fetch }).records.list({ limit: 1 })) break
    expect(asked).toHaveLength(1)
  })

  it('rejects a page whose cursor does not advance instead of looping', async () => {
    let asked = 0
    const page = { items: [], next: '7' }
    const fetch = async (): Promise<Response> => {
      if (++asked > 20) throw new Error('it turns for ever')
      return Response.json(page)
    }
    const fault = await faultOf(
      (async () => {
        for await (const _ of world.client('CD', { fetch, retries: 0 }).records.list()) break
      })(),
    )
    expect([fault.code, asked]).toEqual(['client.answer', 2])
  })
})

describe('standings', () => {
  it('for another moment than requested are rejected: they are unsigned, and may be a replay of an old answer', async () => {
    const own = await openWorld()
    await own.client('CD').records.submit(await own.authorities.sign('CD', fixtures.F01.record))
    const plate = (fixtures.F01.record as VerificationRecord).instrument.mobile?.plate as string
    const [asked, earlier] = ['2025-06-16T09:00:00+08:00', '2025-06-15T09:00:00+08:00']
    const inspector = own.client('SC-AMR')
    const [then] = await inspector.standings({ plate, at: earlier })
    expect(then?.at).toBeDefined()
    const replay = async (): Promise<Response> => Response.json({ items: [then] })
    const client = own.client('SC-AMR', { fetch: replay, retries: 0 })
    expect(await faultOf(client.standings({ plate, at: asked }))).toMatchObject({ code: 'client.answer', details: { path: '/items/0/at' } })
    expect(await client.standings({ plate, at: '2025-06-15T01:00:00Z' })).toHaveLength(1)
  })
})

describe('a rejection', () => {
  it('is an error with the node’s code, every check, the signed rejection and the request id', async () => {
    const forged = faultyRecords.find(({ id }) => id === 'N21')
    if (forged === undefined) throw new Error('N21 is gone')
    const fault = await faultOf(world.client('CD').records.submit(await sendOnTheWay(world.authorities, forged)))
    expect(fault.code).toBe('record.refused')
    expect(problemOf(fault)?.status).toBe(422)
    expect(fault.details).toMatchObject({ status: 422, problemCode: 'record.refused', requestId: world.events.at(-1)?.requestId })
    expect((fault.details.checks as { code: string }[]).map(({ code }) => code)).toContain('signature.form')
    expect((fault.details.problem as { receipt: string }).receipt).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(fault.message).toContain('record.refused')
    expect(fault.text.zh).toMatch(/[一-鿿]/)
    expect(fault.text.en).not.toMatch(/[一-鿿]|\[object/)
  })

  it('of a malformed statement has the node’s own reasons', async () => {
    for (const text of ['', 'hello', 'a.b.c', '{}', 'é€😀']) {
      const fault = await faultOf(world.client('CD').records.submit(text))
      expect([fault.code, fault.details.problemCode], text).toEqual(['record.refused', 'record.refused'])
    }
  })

  it('names the other record with the same name', async () => {
    const jti = '01JQ0000000000000000000001'
    const first = await world.authorities.sign('CD', taximeter('甲'), { jti })
    await world.client('CD').records.submit(first)
    const fault = await faultOf(world.client('CD').records.submit(await world.authorities.sign('CD', taximeter('乙'), { jti })))
    expect(fault.details).toMatchObject({
      status: 409,
      problemCode: 'record.conflict',
      problem: { storedStatementId: statementIdOf(first) },
    })
  })
})

describe('a receipt', () => {
  const typ = 'metrology-receipt+jwt'
  const answering = (receipt: string, status = 201) =>
    script(new Response(receipt, { status, headers: { 'content-type': 'application/jose' } })).fetch

  it('is rejected if a stranger, an institute or another node’s name signed it', async () => {
    const { claims } = await world.client('CD').records.submit(statement)
    const stranger = await createSigner((await generateKey('ES256')).privateJwk)
    for (const receipt of [
      await signStatement(claims, { typ, signer: stranger }),
      await signStatement(claims, { typ, signer: world.authorities.signer('CD') }),
      await signStatement({ ...claims, iss: uscc('CQ-AMR') }, { typ, signer: world.authorities.signer('SC-AMR') }),
    ]) {
      expect((await faultOf(world.client('CD', { fetch: answering(receipt) }).records.submit(statement))).code).toBe('receipt.invalid')
    }
  })

  it('of another statement is rejected even if genuine', async () => {
    const { receipt } = await world.client('LZ').records.submit(await send(world.authorities, fixtures.F06))
    const fault = await faultOf(world.client('CD', { fetch: answering(receipt, 200) }).records.submit(statement))
    expect(fault.code).toBe('receipt.invalid')
  })

  it('is accepted without verification if the client has no trust', async () => {
    const { claims } = await world.client('CD').records.submit(statement)
    const receipt = await signStatement(claims, { typ, signer: await createSigner((await generateKey('ES256')).privateJwk) })
    const { caller, ...rest } = {
      caller: { iss: uscc('CD'), signer: world.authorities.signer('CD') },
      node: { url: 'https://node.example', id: 'tongheng-51' },
    }
    const client = createClient({ ...rest, caller, fetch: answering(receipt), now: () => NOW })
    expect((await client.records.submit(statement)).claims).toEqual(claims)
  })

  it('is the same for a re-signed copy of the statement', async () => {
    const { receipt } = await world.client('CD').records.submit(statement)
    const copy = await coSign(statement, { typ: 'metrology-record+jwt', signer: world.authorities.signer('CD') })
    expect((await world.client('CD').records.submit(copy)).receipt).toBe(receipt)
  })
})

describe('an answer that violates the contract', () => {
  const mocks = setupServer()
  beforeAll(() => mocks.listen({ onUnhandledRequest: 'error' }))
  afterEach(() => mocks.resetHandlers())
  afterAll(() => mocks.close())

  const HTML = '<html><head><title>Sign in to the hotel network</title></head></html>'
  const html = (status: number) => new HttpResponse(HTML, { status, headers: { 'content-type': 'text/html' } })
  const client = () =>
    createClient({
      node: { url: 'https://node.example', id: 'tongheng-51' },
      caller: { iss: uscc('CD'), signer: world.authorities.signer('CD') },
      trust: world.authorities.trust,
      now: () => NOW,
      retries: 0,
    })
  const calls = {
    submit: () => client().records.submit(statement),
    get: () => client().records.get(statementIdOf(statement)),
    list: () => client().records.list()[Symbol.asyncIterator]().next(),
    verify: () => client().verify(statement),
    trustList: () => client().trustLists.get(uscc('SC-AMR')),
    agreements: () => client().agreements.list(),
    discover: () => client().discover(),
  }

  for (const [name, answer] of Object.entries({
    'HTML and 200': () => html(200),
    'HTML and 201': () => html(201),
    'HTML and 404': () => html(404),
    'HTML and 502': () => html(502),
    'truncated JSON': () => new HttpResponse('{"items":[{"statementId":"', { headers: { 'content-type': 'application/json' } }),
    'JSON of another shape': () => HttpResponse.json({ hello: 'world' }),
    'JSON null': () => HttpResponse.json(null),
    nothing: () => new HttpResponse(null, { status: 200 }),
    '204': () => new HttpResponse(null, { status: 204 }),
    'JSON and 500': () => HttpResponse.json({ error: 'boom' }, { status: 500 }),
    'a problem without a code': () =>
      HttpResponse.json({ title: 'x' }, { status: 400, headers: { 'content-type': 'application/problem+json' } }),
    'a broken problem': () => new HttpResponse('{"type":', { status: 400, headers: { 'content-type': 'application/problem+json' } }),
    'bytes that are no text': () => new HttpResponse(new Uint8Array([0xff, 0xfe, 0x00]), { status: 200 }),
  })) {
    it(`${name} is client.answer, in every call`, async () => {
      mocks.use(http.all('https://node.example/*', answer))
      for (const [call, work] of Object.entries(calls)) {
        const fault = await faultOf(work())
        expect([fault.code, fault.details.status], call).toEqual(['client.answer', answer().status])
        expect(JSON.stringify(fault.details).length).toBeLessThan(1000)
      }
    })
  }

  it('a redirection is not followed, because a signed request is for one URL', async () => {
    let elsewhere = 0
    mocks.use(
      http.all('https://node.example/*', () => HttpResponse.redirect('https://evil.example/', 307)),
      http.all('https://evil.example/*', () => {
        elsewhere++
        return HttpResponse.json({})
      }),
    )
    for (const work of Object.values(calls)) expect((await faultOf(work())).code).toMatch(/^client\./)
    expect(elsewhere).toBe(0)
  })

  it('unknown members from a newer node are preserved', async () => {
    mocks.use(
      http.get('https://node.example/.well-known/tongheng', async () =>
        HttpResponse.json({
          ...((await (await world.server.fetch(new Request('https://node.example/.well-known/tongheng'))).json()) as object),
          colour: 'red',
        }),
      ),
    )
    expect(await client().discover()).toMatchObject({ id: 'tongheng-51', colour: 'red' })
  })
})

describe('a connection failure', () => {
  let peer: Served | undefined
  afterEach(async () => peer?.close())

  const to = (url: string, rest: object = {}) => createClient({ node: { url }, retries: 0, ...rest })
  const answerWith = (say: (socket: Socket) => void) => serveBytes((socket) => socket.once('data', () => say(socket)))

  it('is client.network if no server listens, with the origin but without the path', async () => {
    const gone = await serveBytes(() => undefined)
    await gone.close()
    const fault = await faultOf(to(`${gone.url}/secret`).discover())
    expect(fault.code).toBe('client.network')
    expect(fault.details.node).toBe(gone.url)
    expect(fault.cause).toBeInstanceOf(Error)
    expect(fault.text.en).toContain(gone.url)
    expect(fault.details.networkCode).toBe('ECONNREFUSED')
    expect(fault.message).toMatch(
      /连接被拒绝，该端口没有服务（ECONNREFUSED） \| .*connection refused, nothing listens at this port \(ECONNREFUSED\)/,
    )
  })

  it('names the network error in both languages, however deep the runtime hides it', async () => {
    const hidden = (code: string): Error =>
      new TypeError('fetch failed', { cause: new AggregateError([Object.assign(new Error(`getaddrinfo ${code}`), { code })]) })
    const saying = async (error: unknown) => faultOf(to('https://node.example', { fetch: () => Promise.reject(error) }).discover())
    for (const [code, zh, en] of [
      ['ENOTFOUND', '域名无法解析', 'cannot be resolved'],
      ['CERT_HAS_EXPIRED', '服务器的 TLS 证书已过期', 'certificate of the server has expired'],
      ['ERR_TLS_CERT_ALTNAME_INVALID', '不是这个域名的', 'another host name'],
      ['EWHATEVER', 'getaddrinfo EWHATEVER', 'getaddrinfo EWHATEVER (EWHATEVER)'],
      ['constructor', 'getaddrinfo constructor', 'getaddrinfo constructor'],
    ] as const) {
      const fault = await saying(hidden(code))
      expect([fault.code, fault.details.networkCode]).toEqual(['client.network', code])
      expect(fault.text.zh).toContain(zh)
      expect(fault.text.en).toContain(en)
    }
    const cyclic = new Error('a ring')
    cyclic.cause = cyclic
    expect((await saying(cyclic)).text.en).toContain('a ring')
  })

  it('cannot be faked by a problem code from a node', async () => {
    const claiming = (code: string) => async () =>
      Response.json(
        { type: 'urn:x', title: 'x', status: 400, code, text: { zh: '甲', en: 'A' }, advice: { zh: '乙', en: 'B' } },
        { status: 400, headers: { 'content-type': 'application/problem+json' } },
      )
    for (const [code, thrown] of [
      ['client.network', 'client.problem'],
      ['receipt.invalid', 'client.problem'],
      ['of-a-later-version', 'client.problem'],
      ['__proto__', 'client.problem'],
      ['query.invalid', 'query.invalid'],
    ] as const) {
      const fault = await faultOf(to('https://node.example', { fetch: claiming(code) }).discover())
      expect([fault.code, fault.details.problemCode, problemOf(fault)?.code]).toEqual([thrown, code, code])
      expect(fault.text).toEqual({ zh: `节点答复 400 ${code}：甲`, en: `The node answered 400 ${code}: A`, advice: { zh: '乙', en: 'B' } })
    }
    expect(problemOf(new Error('x'))).toBeUndefined()
  })

  it('is client.network if the URL is invalid', async () => {
    for (const url of ['', 'node.example', 'not a url', 'ftp://127.0.0.1:1', 'http://', 'http://127.0.0.1:99999']) {
      expect((await faultOf(to(url).discover())).code, url).toBe('client.network')
    }
  })

  it('is client.network if the other side closes before, within, or after the head', async () => {
    for (const bytes of [
      '',
      'HTTP/1.1 20',
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"items":[',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"ite\r\n',
      'this is not HTTP\r\n\r\n',
    ]) {
      peer = await answerWith((socket) => socket.end(bytes))
      expect((await faultOf(to(peer.url).agreements.list())).code, bytes).toBe('client.network')
      await peer.close()
    }
  })

  it('is client.network if the answer stops half-way on an open connection', async () => {
    for (const bytes of ['', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"items":[']) {
      peer = await answerWith((socket) => socket.write(bytes))
      expect((await faultOf(to(peer.url, { timeout: 100 }).agreements.list())).code, bytes).toBe('client.network')
      await peer.close()
    }
  })

  it('can be aborted while the answer arrives', async () => {
    const controller = new AbortController()
    peer = await answerWith((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"items":[')
      setTimeout(() => controller.abort(new Error('enough')), 50)
    })
    await expect(to(peer.url).agreements.list({ signal: controller.signal })).rejects.toThrow('enough')
  })

  it('of an endless answer occurs at the limit', async () => {
    const closed: Promise<unknown>[] = []
    let sent = 0
    const chunk = `100000\r\n${'A'.repeat(0x100000)}\r\n`
    peer = await answerWith((socket) => {
      closed.push(closing(socket))
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
      const pour = (): void => {
        while (!socket.destroyed && sent < 2_000_000_000) {
          sent += chunk.length
          if (!socket.write(chunk)) return void socket.once('drain', pour)
        }
      }
      pour()
    })
    const fault = await faultOf(to(peer.url).agreements.list())
    expect(fault.code).toBe('client.answer')
    await Promise.all(closed)
    expect(sent).toBeLessThan(200_000_000)
  })
})

describe('a node whose database is unavailable', () => {
  const away = (code: string) => () =>
    new Response(JSON.stringify({ type: 'about:blank', title: code, status: 503, code, text: { zh: '不可用', en: 'away' } }), {
      status: 503,
      headers: { 'content-type': 'application/problem+json', 'retry-after': '10' },
    })
  /** Submits with faked time; resolves with the code of the error, or none, and the number of requests. */
  async function submitting(times: number, answer: () => Response, retries?: number): Promise<[string | undefined, number]> {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      let requests = 0
      const own = await openWorld()
      const fetch = async (request: Request) => (++requests <= times ? answer() : own.server.fetch(request))
      const work = own
        .client('CD', { fetch, ...(retries !== undefined && { retries }) })
        .records.submit(statement)
        .then(
          () => undefined,
          ({ code }: { code: string }) => code,
        )
      return [await passUntil(work, 500), requests]
    } finally {
      vi.useRealTimers()
    }
  }

  it.each(['store.unavailable', 'log.head-lost'])('is retried for longer than one round of retries (%s)', async (code) => {
    expect(await submitting(7, away(code))).toEqual([undefined, 8])
  })

  it('is no longer retried after three rounds: the call fails with its code', async () => {
    expect(await submitting(99, away('store.unavailable'))).toEqual(['store.unavailable', 12])
  })

  it('is called once if the caller allows no retries, and as often as before for any other reason', async () => {
    expect(await submitting(99, away('store.unavailable'), 0)).toEqual(['store.unavailable', 1])
    expect(await submitting(99, away('log.halted'))).toEqual(['log.halted', 4])
  })
})

describe('real HTTP', () => {
  it('retries after 503 until it succeeds', async () => {
    let requests = 0
    const served = await serve(async (url) => {
      const node = await openWorld({ node: { url, id: url } })
      return async (request) => (++requests === 1 ? busy() : node.server.fetch(request))
    })
    const client = createClient({
      node: { url: `${served.url}/` },
      caller: { iss: uscc('CD'), signer: world.authorities.signer('CD') },
      trust: world.authorities.trust,
      now: () => NOW,
    })
    expect((await client.records.submit(statement)).isNew).toBe(true)
    expect(requests).toBe(2)
    await served.close()
    await new Promise((resolve) => connect(served.port, '127.0.0.1').once('error', resolve))
  })
})
