// Why this exists: what callers can request for free must be cheap for the node, and must not delay others.
import { EventEmitter, once } from 'node:events'
import { Agent, createServer, type IncomingMessage, type RequestOptions, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Listening, listen } from '../../src/cli/listen.js'
import { oneByOne } from '../../src/cli/one-by-one.js'
import { splitLines } from '../../src/contract/lines.js'
import { closing, speak } from '../support/nodes/http.js'
import { openWorld, problemOf, type Sent, type World } from '../support/nodes/world.js'

let world: World
let listening: Listening

beforeAll(async () => {
  listening = await listen('127.0.0.1', 0)
  world = await openWorld({ node: { url: `http://127.0.0.1:${listening.port}` } })
  listening.serve(world.server.fetch)
})
afterAll(() => listening.close())

const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: node\r\n${more}\r\n`

describe('a constant answer', () => {
  it('is built once, and served with an entity tag for conditional requests', async () => {
    const written = vi.spyOn(JSON, 'stringify')
    for (const path of ['/openapi.json', '/.well-known/tongheng']) {
      const [first, second] = [await world.send({ path, as: null }), await world.send({ path, as: null })]
      expect(await first.text()).toBe(await second.text())
      const etag = first.headers.get('etag') as string
      expect(etag).toMatch(/^"[A-Za-z0-9_-]{43}"$/)
      expect((await world.send({ path, as: null, headers: { 'if-none-match': etag } })).status).toBe(304)
    }
    const documents = written.mock.calls.filter(([value]) => value?.openapi !== undefined || value?.kinds !== undefined)
    expect(documents.length).toBeLessThanOrEqual(2)
    written.mockRestore()
  })
})

describe('requests of one connection', () => {
  it('in thousands per packet do not delay those of others', async () => {
    world.events.length = 0
    const flood = connect(listening.port, '127.0.0.1')
    flood.on('error', () => undefined).resume()
    flood.write(get('/openapi.json').repeat(1500))
    expect(await speak(listening.port, get('/healthz', 'Connection: close\r\n'))).toMatch(/^HTTP\/1.1 200/)
    // The requests of the flood are answered in steps; a later one from elsewhere does not wait for their end.
    expect(world.events.findIndex(({ call }) => call === 'health')).toBeLessThan(30)
    flood.destroy()
    await closing(flood)
  })

  it('on many connections at once are answered one per round of the event loop', async () => {
    let inRound = 0
    const rounds: number[] = []
    const { answer } = oneByOne((_, outgoing) => {
      inRound++
      setImmediate(() => outgoing.emit('close'))
    })
    for (let n = 0; n < 10; n++) {
      const socket = new EventEmitter()
      for (let at = 0; at < 6; at++) answer({ socket } as never, new EventEmitter() as never)
    }
    expect(inRound).toBe(10)
    for (let n = 0; n < 80; n++) {
      inRound = 0
      await new Promise((next) => setImmediate(next))
      rounds.push(inRound)
    }
    expect(Math.max(...rounds)).toBe(1)
    expect(rounds.reduce((sum, count) => sum + count)).toBe(50)
  })

  it('are answered in order if they are few; otherwise the first are, and the connection is closed', async () => {
    world.events.length = 0
    const few = await speak(listening.port, get('/healthz').repeat(20) + get('/readyz', 'Connection: close\r\n'))
    expect(few.match(/HTTP\/1.1 200/g)).toHaveLength(21)
    expect(world.events.map(({ call }) => call)).toEqual([...Array(20).fill('health'), 'readiness'])
    const many = (await speak(listening.port, get('/healthz').repeat(1000))).match(/HTTP\/1.1 200/g)
    expect(many).toHaveLength(25)
  })
})

describe('requests of one connection beyond the queue limit', () => {
  it('are not even parsed, however many one read returned', async () => {
    let parsed = 0
    const { answer, parse } = oneByOne((_, outgoing) => outgoing.end('ok'))
    const server = createServer((incoming, outgoing) => {
      parsed++
      answer(incoming, outgoing)
    })
    server.on('connection', parse).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    expect((await speak(port, get('/').repeat(1000))).match(/HTTP\/1.1 200/g)).toHaveLength(25)
    // The answered ones, and one more piece.
    expect(parsed).toBeLessThan(60)
    // A body is not cut off by it.
    const body = 'a'.repeat(300_000)
    expect(
      await speak(port, `POST / HTTP/1.1\r\nHost: node\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
    ).toMatch(/ok$/)
    server.close()
  })
})

describe('a request that is rejected before its body has arrived', () => {
  it('is answered, the rest of its body is not parsed, and the connection is closed', async () => {
    let parsed = 0
    const { answer, parse } = oneByOne((incoming, outgoing) => {
      incoming.on('data', (part: Buffer) => {
        parsed += part.length
      })
      incoming.once('data', () => outgoing.writeHead(413).end('too much'))
    })
    const server = createServer(answer)
    server.on('connection', parse).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const body = '\n'.repeat(1_000_000)
    // All of it is written before the answer is read, followed by another request.
    const said = await speak(port, `POST / HTTP/1.1\r\nHost: node\r\nContent-Length: ${body.length}\r\n\r\n${body}${get('/')}`)
    expect(said).toMatch(/^HTTP\/1.1 413/)
    expect(said).toMatch(/^connection: close\r$/im)
    expect(said.match(/HTTP\/1.1/g)).toHaveLength(1)
    expect(parsed).toBeLessThan(200_000)
    server.close()
  })
})

describe('the request after one that was rejected before its body had arrived', () => {
  const send = (agent: Agent, options: RequestOptions, body = '') =>
    new Promise<IncomingMessage>((answered, failed) => {
      const sent = request({ host: '127.0.0.1', port: listening.port, agent, ...options }, (answer) => {
        answer.resume().once('end', () => answered(answer))
      })
      sent.once('error', failed).end(body)
    })

  it('is sent on another connection, for the answer says that its own ends', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const path = '/v1/records/12510100450770010L/01M8NDVBP827PEJYVEHFR4P09F'
    const rejected = await send(agent, { method: 'PUT', path, headers: { 'content-type': 'application/jose' } }, 'a'.repeat(300_000))
    expect([rejected.statusCode, rejected.headers.connection]).toEqual([401, 'close'])
    const next = await send(agent, { path: '/healthz' })
    expect([next.statusCode, next.headers.connection]).toEqual([200, 'keep-alive'])
    agent.destroy()
  })
})

describe('lines of a bulk request', () => {
  const bulk = (body: string): Sent => ({
    method: 'POST',
    path: '/v1/records',
    body,
    headers: { 'content-type': 'application/jose+ndjson' },
  })

  it('count towards the limit even if empty', async () => {
    const small = await openWorld({ limits: { bulkLines: 10 } })
    for (const body of ['\n'.repeat(11), '\r\n'.repeat(11), `${'\n'.repeat(10)}a`, 'a\n'.repeat(11)]) {
      const response = await small.send(bulk(body))
      expect([response.status, (await problemOf(response)).code], JSON.stringify(body)).toEqual([413, 'bulk.lines'])
    }
    expect((await small.send(bulk(`${'\n'.repeat(9)}a`))).status).toBe(200)
  })

  it('are counted as they arrive, and nothing after the limit is read', async () => {
    const small = await openWorld({ limits: { bulkLines: 100 } })
    let taken = 0
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          taken += 1000
          controller.enqueue(new Uint8Array(1000).fill(0x0a))
        },
      },
      { highWaterMark: 0 },
    )
    const headers = { 'content-type': 'application/jose+ndjson', authorization: await small.authorize(bulk('\n')) }
    const request = new Request('https://node.example/v1/records', { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
    const response = await small.server.fetch(request)
    expect([response.status, (await problemOf(response)).code]).toEqual([413, 'bulk.lines'])
    expect(taken).toBe(1000)
  })

  it('are split up to the limit only', () => {
    const body = new TextEncoder().encode('a\n'.repeat(1_000_000))
    const { lines, isCutOff } = splitLines(body, 10_000)
    expect([lines.length, isCutOff]).toEqual([10_000, true])
    expect(splitLines(body.subarray(0, 20_000), 10_000)).toMatchObject({ isCutOff: false })
  })
})

describe('a body of one statement', () => {
  it('is not searched through thousands of lines', async () => {
    const response = await world.send({ method: 'PUT', path: '/v1/records/91510100MA00000000/x', body: '\n'.repeat(200_000), as: 'CD' })
    expect(response.status).toBe(400)
  })
})
