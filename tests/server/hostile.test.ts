// Why this exists: anyone who can reach the node can send it anything, in any amount; it must answer with a code, use little
// memory, and serve the others.
import { connect, type Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { createClient } from 'tongheng/client'
import { isTonghengError, type TonghengError } from 'tongheng/errors'
import { fixtures, send } from 'tongheng/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { listen } from '../../src/cli/listen.js'
import { closing, type Served, serve, serveBytes, speak } from '../support/nodes/http.js'
import { claimsOf, NOW, openWorld, type ProblemBody, problemOf, recordPath, type Sent, uscc, type World } from '../support/nodes/world.js'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
/** Octets actually in use. */
const held = (): number => {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
const MB = 1_000_000

let world: World
let served: Served
let statement: string

beforeAll(async () => {
  served = await serve(async (url) => {
    world = await openWorld({ node: { url } })
    return world.server.fetch
  })
  statement = await send(world.authorities, fixtures.F01)
})

afterAll(() => served.close())

const head = (line: string, ...headers: string[]): string =>
  `${line} HTTP/1.1\r\n${['Host: x', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`
const statusOf = (answer: string): number => Number(answer.split(' ')[1])
const isAlive = async (): Promise<void> => expect(statusOf(await speak(served.port, head('GET /healthz')))).toBe(200)
const problemIn = (answer: string): ProblemBody => JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1)) as ProblemBody

describe('a gigabyte', () => {
  const LENGTH = 1_073_741_824
  const BULK: Sent = { method: 'POST', path: '/v1/records' }

  it('that is declared and sent is rejected at once and never held in memory', async () => {
    const authorization = await world.authorize(BULK)
    const before = held()
    const socket = connect(served.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(
      head('POST /v1/records', `Authorization: ${authorization}`, 'Content-Type: application/jose+ndjson', `Content-Length: ${LENGTH}`),
    )
    const chunk = Buffer.alloc(MB, 0x41)
    let [sent, peak, text] = [0, 0, '']
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    // Writes all of it for as long as the node reads.
    while (sent < LENGTH && !socket.destroyed) {
      sent += chunk.length
      if (!socket.write(chunk)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closing(socket)])
      if (text !== '' && sent > 50 * MB) break
      if (sent % (50 * MB) === 0) peak = Math.max(peak, held() - before)
    }
    socket.destroy()
    expect([statusOf(text), problemIn(text).code]).toEqual([413, 'body.too-large'])
    expect(peak).toBeLessThan(40 * MB)
    await isAlive()
  })

  it('with a false or missing length is cut off at the limit', async () => {
    const before = held()
    let peak = 0
    let given = 0
    const chunk = new Uint8Array(MB).fill(0x41)
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          given += chunk.length
          if (given % (4 * MB) === 0) peak = Math.max(peak, held() - before)
          if (given >= LENGTH) controller.close()
          else controller.enqueue(chunk.slice())
        },
      },
      { highWaterMark: 0 },
    )
    const headers = { authorization: await world.authorize(BULK), 'content-type': 'application/jose+ndjson', 'content-length': '10' }
    const response = await world.server.fetch(
      new Request(`${served.url}/v1/records`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit),
    )
    expect([response.status, (await problemOf(response)).code]).toEqual([413, 'body.too-large'])
    expect(given).toBeLessThan(19 * MB)
    expect(peak).toBeLessThan(40 * MB)
  })
})

describe('a flood', () => {
  it('of requests with unknown keys is answered with the code each time, and stores nothing', async () => {
    const [header, claims, signature] = (await world.authorize({ path: '/v1/records' })).slice('Metrology '.length).split('.') as [
      string,
      string,
      string,
    ]
    const { alg, typ } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string; typ: string }
    const ask = async (n: number): Promise<string> => {
      const kid = Buffer.alloc(32, n.toString(36)).toString('base64url')
      const segment = Buffer.from(JSON.stringify({ alg, kid, typ })).toString('base64url')
      const authorization = `Metrology ${segment}.${claims}.${signature}`
      const response = await world.server.fetch(new Request(`${served.url}/v1/records`, { headers: { authorization } }))
      return `${response.status} ${(await problemOf(response)).code}`
    }
    const codes = new Map<string, number>()
    const flood = async (from: number, to: number): Promise<void> => {
      for (let n = from; n < to; n++) {
        const code = await ask(n)
        codes.set(code, (codes.get(code) ?? 0) + 1)
        world.events.length = 0
      }
    }
    await flood(0, 1000)
    const before = held()
    await flood(1000, 5000)
    expect(held() - before).toBeLessThan(2 * MB)
    expect(codes).toEqual(new Map([['401 request.key', 5000]]))
    const { jti } = claimsOf(`x.${claims}.x`)
    // The claimed identity is still free: nothing of the flood is in the replay store.
    const request = { iss: uscc('CD'), jti, until: NOW + 180 }
    expect(await world.store.rememberRequests([request], { now: NOW, capacity: 1_000_000 })).toEqual(['new'])
    expect((await speak(served.port, head('GET /metrics'))).length).toBeLessThan(30_000)
  })

  it('of one token lets one request through', async () => {
    const authorization = await world.authorize({ path: '/v1/records' })
    const responses = await Promise.all(Array.from({ length: 40 }, () => world.send({ path: '/v1/records', authorization })))
    expect(responses.map(({ status }) => status).sort()).toEqual([200, ...Array(39).fill(401)])
  })

  it('of a head sent octet by octet is closed, and answered with nothing but 408', async () => {
    const dripped = await listen('127.0.0.1', 0, { requestSeconds: 1 })
    let served = 0
    dripped.serve(async () => {
      served++
      return new Response('')
    })
    const socket = connect(dripped.port, '127.0.0.1')
    socket.on('error', () => undefined)
    let answer = ''
    socket.setEncoding('utf8').on('data', (part: string) => {
      answer += part
    })
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ')
    const drip = setInterval(() => socket.write('a'), 50)
    // Never complete, never silent: only the timeout for the head ends it.
    await new Promise((resolve) => socket.once('close', resolve))
    clearInterval(drip)
    expect([served, answer.slice(0, 12)]).toEqual([0, 'HTTP/1.1 408'])
    await dripped.close()
  })

  it('of idle connections, half heads and half bodies does not block other callers', async () => {
    const sockets: Socket[] = []
    const authorization = await world.authorize({ method: 'PUT', path: recordPath(statement), body: statement })
    const starts = [
      '',
      'GET /healthz HTT',
      'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ',
      `${head('POST /v1/verify', 'Content-Type: application/jose', 'Content-Length: 1000')}abc`,
    ]
    for (let n = 0; n < 80; n++) {
      const socket = connect(served.port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(starts[n % starts.length] as string)
      sockets.push(socket)
    }
    const slow = connect(served.port, '127.0.0.1')
    slow.on('error', () => undefined)
    const path = recordPath(statement)
    slow.write(
      head(`PUT ${path}`, `Authorization: ${authorization}`, 'Content-Type: application/jose', `Content-Length: ${statement.length}`),
    )
    for (const part of statement.match(/.{1,200}/g) ?? []) {
      await new Promise((resolve) => slow.write(part, resolve))
      await isAlive()
    }
    const answer = await new Promise<string>((resolve) => slow.setEncoding('utf8').once('data', (part: string) => resolve(part)))
    // Slow, but complete: it is served like any other.
    expect(statusOf(answer)).toBe(201)
    for (const socket of [...sockets, slow]) socket.destroy()
    await isAlive()
  })
})

describe('a request on the socket', () => {
  const chunked = (body: string, trailers = ''): string => `${body.length.toString(16)}\r\n${body}\r\n0\r\n${trailers}\r\n`

  it('with trailers is read as its body only: trailers are ignored', async () => {
    const path = '/v1/records'
    const body = 'hello'
    const type = 'Content-Type: application/jose+ndjson'
    const authorization = await world.authorize({ method: 'POST', path, body })
    const late = await speak(
      served.port,
      `${head('POST /v1/records', type, 'Transfer-Encoding: chunked', 'Trailer: Authorization')}${chunked(body, `Authorization: ${authorization}\r\n`)}`,
    )
    expect([statusOf(late), problemIn(late).code]).toEqual([401, 'request.missing'])
    const typed = await speak(
      served.port,
      `${head('POST /v1/verify', 'Transfer-Encoding: chunked', 'Trailer: Content-Type')}${chunked(statement, 'Content-Type: application/jose\r\n')}`,
    )
    expect(statusOf(typed)).toBe(415)
    const harmless = await speak(
      served.port,
      `${head('POST /v1/verify', 'Content-Type: application/jose', 'Transfer-Encoding: chunked')}${chunked(statement, 'X-Nothing: 1\r\n')}`,
    )
    expect(statusOf(harmless)).toBe(200)
  })

  it('with two lengths, even if equal, with chunks without size, or with an invalid length is rejected', async () => {
    const type = 'Content-Type: application/jose'
    for (const [headers, body] of [
      [['Content-Length: 5', 'Content-Length: 5'], 'hello'],
      [['Content-Length: 5, 5'], 'hello'],
      [['Content-Length: -5'], 'hello'],
      [['Content-Length: 0x5'], 'hello'],
      [['Content-Length: 5 5'], 'hello'],
      [['Transfer-Encoding: chunked'], 'z\r\nhello\r\n0\r\n\r\n'],
      [['Transfer-Encoding: chunked'], '-5\r\nhello\r\n0\r\n\r\n'],
      [['Transfer-Encoding: chunked, identity'], '5\r\nhello\r\n0\r\n\r\n'],
    ] as const) {
      const answer = await speak(served.port, `${head('POST /v1/verify', type, ...headers)}${body}`)
      expect([400, 501], `${headers.join()} ${body}`).toContain(statusOf(answer))
      expect(answer).not.toMatch(/node_modules| at /)
    }
    await isAlive()
  })

  it('with a head without an end is rejected', async () => {
    expect(statusOf(await speak(served.port, `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}`))).toBe(431)
    const many = Array.from({ length: 3000 }, (_, n) => `X-${n}: ${n}`)
    expect([200, 431]).toContain(statusOf(await speak(served.port, head('GET /healthz', ...many))))
    await isAlive()
  })

  it('for an odd URL is answered as not found, never as a fault of the node', async () => {
    world.events.length = 0
    for (const target of [
      '/%',
      '/%zz',
      '/v1/records/%E0%A4%A',
      '/v1/records/%00',
      '/v1/records/..%2f..%2fetc%2fpasswd',
      '/v1/../../etc/passwd',
      '//',
      '///v1/records',
      '/v1/trust-lists/%F0%9F%98%80',
      '/v1/log/tile/0/%2e%2e',
      '/v1/log/proofs/%ff',
      '/v1/status-lists/a/b?%ff=%fe',
      '/v1/agreements?__proto__=1',
      '/?'.padEnd(4000, 'x'),
      'http://evil.example/healthz',
      '*',
    ]) {
      const answer = await speak(served.port, head(`GET ${target}`))
      expect([200, 400, 401, 404], target).toContain(statusOf(answer))
      expect(answer, target).not.toMatch(/node\.internal|node_modules|passwd:/)
    }
    expect(world.events.filter(({ status }) => status === 500)).toEqual([])
    await isAlive()
  })
})

describe('a malicious peer of a client', () => {
  let peer: Served | undefined
  afterEach(async () => {
    await peer?.close()
    peer = undefined
  })
  const faultOf = async (work: Promise<unknown>): Promise<TonghengError> => {
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    if (!isTonghengError(error)) throw new Error(`not an error of ours: ${String(error)}`)
    return error
  }
  const to = (url: string) => createClient({ node: { url }, retries: 0, timeout: 120_000, now: () => NOW })
  const answering = async (answer: (socket: Socket) => void): Promise<void> => {
    peer = await serveBytes((socket) => void socket.once('data', () => answer(socket)))
  }

  it('that answers with a decompression bomb is cut off at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(90 * MB), { level: 1 })
    await answering((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\nContent-Length: ${bomb.length}\r\n\r\n`)
      socket.write(bomb)
    })
    expect(bomb.length).toBeLessThan(MB)
    expect((await faultOf(to((peer as Served).url).agreements.list())).code).toBe('client.answer')
  })

  it('with a false length causes a network error or an invalid answer, and is never believed', async () => {
    const body = '{"items":[]}'
    for (const [length, code] of [
      [body.length + 5, 'client.network'],
      [body.length - 2, 'client.answer'],
      [0, 'client.answer'],
    ] as const) {
      await answering((socket) =>
        socket.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`),
      )
      expect((await faultOf(to((peer as Served).url).agreements.list())).code, String(length)).toBe(code)
      await peer?.close()
    }
  })

  it('that sends something other than HTTP, or a head without an end, is client.network', async () => {
    for (const bytes of [
      'hello\r\n\r\n',
      'HTTP/1.1 999999 X\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(200_000)}\r\n\r\n`,
    ]) {
      await answering((socket) => socket.end(bytes))
      expect((await faultOf(to((peer as Served).url).agreements.list())).code, bytes.slice(0, 40)).toBe('client.network')
      await peer?.close()
    }
  })

  it('can send a page of the longest statements, which is read completely', async () => {
    const line = 'x'.repeat(262_144)
    const page = `${Array.from({ length: 256 }, () => line).join('\n')}\n`
    const client = world.client('CD', { fetch: async () => new Response(page), retries: 0 })
    expect(await client.log.entries(0, 256)).toHaveLength(256)
    const more = world.client('CD', { fetch: async () => new Response(`${page}x`), retries: 0 })
    expect((await faultOf(more.log.entries(0, 256))).code).toBe('client.answer')
  })

  it('whose clock was wrong is followed again when it is right', async () => {
    const node = await openWorld()
    let own = NOW
    const client = node.client('CD', { now: () => own, retries: 0 })
    const ask = async (): Promise<number> => {
      let count = 0
      for await (const _ of client.records.list()) count++
      return count
    }
    own = NOW - 3600
    expect(await ask()).toBe(0)
    // After the caller's clock was corrected, the stored offset is one hour too much.
    own = NOW
    expect(await ask()).toBe(0)
    own = NOW + 7200
    expect(await ask()).toBe(0)
    expect(node.events.map(({ status, code }) => code ?? status)).toEqual([
      'request.clock',
      200,
      'request.clock',
      200,
      'request.clock',
      200,
    ])
  })
})
