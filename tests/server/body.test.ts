// Why this exists: a stranger can send a body of any size, speed and content.
import { connect } from 'node:net'
import { fixtures, send } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBody } from '../../src/server/read-body.js'
import { type Served, serve, speak } from '../support/nodes/http.js'
import { claimsOf, NOW, openWorld, type ProblemBody, problemOf, recordPath, uscc, type World } from '../support/nodes/world.js'

const MOST = 262_144
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

/** A stream without an end that counts what was read. */
const endless = (size: number) => {
  const state = { taken: 0, cancelled: false }
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        state.taken += size
        controller.enqueue(new Uint8Array(size).fill(0x41))
      },
      cancel() {
        state.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { state, stream }
}

const post = (body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
  world.server.fetch(
    new Request(`${served.url}/v1/verify`, {
      method: 'POST',
      headers: { 'content-type': 'application/jose', ...headers },
      body,
      duplex: 'half',
    } as RequestInit),
  )

const problemIn = (answer: string): ProblemBody => JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1)) as ProblemBody
const statusOf = (answer: string): number => Number(answer.split(' ')[1])

describe('a body', () => {
  it('can have exactly the maximum length, and not one byte more', async () => {
    // The whole body is read; it is not a statement, and is rejected as such.
    expect((await post('A'.repeat(MOST))).status).toBe(400)
    const response = await post('A'.repeat(MOST + 1))
    expect([response.status, (await problemOf(response)).code]).toEqual([413, 'body.too-large'])
  })

  it('without an end is cut off at the limit and released', async () => {
    const { state, stream } = endless(50_000)
    const response = await post(stream)
    expect([response.status, (await problemOf(response)).code]).toEqual([413, 'body.too-large'])
    expect(state.taken).toBeLessThanOrEqual(MOST + 50_000)
    expect(state.cancelled).toBe(true)
  })

  it('with too large a Content-Length is not read at all', async () => {
    const { state, stream } = endless(1000)
    const response = await post(stream, { 'content-length': String(MOST + 1) })
    expect(response.status).toBe(413)
    expect(state.taken).toBe(0)
  })

  it('with a false Content-Length is measured', async () => {
    for (const length of ['5', '-1', 'x', '0', '1e3', '']) {
      const { state, stream } = endless(70_000)
      expect((await post(stream, { 'content-length': length })).status, length).toBe(413)
      expect(state.taken).toBeGreaterThan(MOST)
    }
  })

  it('with a malformed Content-Length reserves the maximum, and is measured', async () => {
    for (const length of ['-5', 'abc', '1e3', '']) {
      const request = new Request('https://node.example/v1/verify', {
        method: 'POST',
        body: 'abc',
        headers: { 'content-type': 'text/plain' },
      })
      request.headers.set('content-length', length)
      const reserved: number[] = []
      const options = { connection: { boundsBodies: true }, hold: (octets: number) => void reserved.push(octets) }
      const body = await readBody(request, { mediaType: 'text/plain', maxLength: 10 }, options)
      expect([length, new TextDecoder().decode(body), reserved]).toEqual([length, 'abc', [10]])
    }
  })

  it('of another media type is not read, while parameters of the right type are ignored', async () => {
    for (const type of [
      'application/json',
      'text/plain',
      'application/jose+json',
      'application/jwt',
      'application/josex',
      '',
      'multipart/form-data',
    ]) {
      const { state, stream } = endless(1000)
      const response = await post(stream, { 'content-type': type })
      const problem = await problemOf(response)
      expect([response.status, problem.code], type).toEqual([415, 'body.media-type'])
      expect(problem.text.en).toContain('application/jose')
      expect(state.taken).toBe(0)
    }
    for (const type of ['application/jose', 'Application/JOSE', 'application/jose; charset=utf-8', ' application/jose ;x=y']) {
      expect((await post(statement, { 'content-type': type })).status, type).toBe(200)
    }
  })

  it('with any content coding is rejected, because the signature covers the plain body', async () => {
    for (const coding of ['gzip', 'br', 'deflate', 'zstd', 'gzip, identity', 'x']) {
      const { state, stream } = endless(1000)
      const response = await post(stream, { 'content-encoding': coding })
      expect([response.status, (await problemOf(response)).code], coding).toEqual([415, 'body.encoding'])
      expect(state.taken).toBe(0)
    }
    expect((await post(statement, { 'content-encoding': 'identity' })).status).toBe(200)
  })
})

describe('on a socket', () => {
  const head = (line: string, ...headers: string[]): string =>
    `${line} HTTP/1.1\r\n${['Host: x', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`
  const JOSE = 'Content-Type: application/jose'

  it('a chunked body is measured as it arrives', async () => {
    const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`
    const good = await speak(
      served.port,
      `${head('POST /v1/verify', JOSE, 'Transfer-Encoding: chunked')}${chunk(statement.slice(0, 100))}${chunk(statement.slice(100))}0\r\n\r\n`,
    )
    expect(statusOf(good)).toBe(200)
    expect(good).toContain('"statementId"')
  })

  it('a chunked body without an end is answered before it ends', async () => {
    const socket = connect(served.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(head('POST /v1/verify', JOSE, 'Transfer-Encoding: chunked'))
    const chunk = `10000\r\n${'A'.repeat(0x10000)}\r\n`
    let sent = 0
    // Writes until it is answered; a node that waits for the end never answers.
    const pump = (): void => {
      while (!socket.destroyed && sent < 400_000_000) {
        sent += chunk.length
        if (!socket.write(chunk)) return void socket.once('drain', pump)
      }
    }
    const answer = new Promise<string>((resolve) => {
      let text = ''
      socket.setEncoding('utf8')
      socket.on('data', (part: string) => {
        text += part
        if (text.includes('"code"')) resolve(text)
      })
      socket.on('close', () => resolve(text))
    })
    pump()
    const text = await answer
    socket.destroy()
    expect(statusOf(text)).toBe(413)
    expect(sent).toBeLessThan(100_000_000)
  })

  it('a length above the limit is answered without reading the body', async () => {
    const socket = connect(served.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(head('POST /v1/verify', JOSE, 'Content-Length: 99999999999'))
    const text = await new Promise<string>((resolve) => socket.setEncoding('utf8').once('data', (part: string) => resolve(part)))
    socket.destroy()
    expect(statusOf(text)).toBe(413)
  })

  it('the length ends the body, and the next request follows', async () => {
    const answer = await speak(
      served.port,
      `POST /v1/verify HTTP/1.1\r\nHost: x\r\n${JOSE}\r\nContent-Length: 5\r\n\r\nhello${head('GET /healthz')}`,
    )
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 200'])
    expect(answer).toContain('body.statement')
    expect(answer.slice(answer.lastIndexOf('HTTP/1.1'))).toContain('{"status":"ok"}')
  })

  it('two lengths, or a length with chunks, are rejected, because two parsers might read different bodies', async () => {
    for (const headers of [
      ['Content-Length: 5', 'Content-Length: 6'],
      ['Content-Length: 5', 'Transfer-Encoding: chunked'],
    ]) {
      const answer = await speak(served.port, `${head('POST /v1/verify', JOSE, ...headers)}5\r\nhello\r\n0\r\n\r\n`)
      expect(statusOf(answer), headers.join()).toBe(400)
    }
  })

  it('a GET with a body is rejected if it declares one, and the body is never used', async () => {
    const withLength = await speak(served.port, `${head('GET /v1/agreements', 'Content-Length: 5')}hello`)
    expect([statusOf(withLength), problemIn(withLength).code]).toEqual([413, 'body.too-large'])
    const chunked = await speak(served.port, `${head('GET /v1/agreements', 'Transfer-Encoding: chunked')}5\r\nhello\r\n0\r\n\r\n`)
    expect([200, 413]).toContain(statusOf(chunked))

    const authorization = await world.authorize({ path: '/v1/records' })
    const signed = await speak(served.port, `${head('GET /v1/records', `Authorization: ${authorization}`, 'Content-Length: 5')}hello`)
    expect(statusOf(signed)).toBe(413)
  })

  it('a PUT without a body still needs its media type, and is then rejected as empty', async () => {
    const path = recordPath(statement)
    for (const [type, status, code] of [
      ['X: y', 415, 'body.media-type'],
      [JOSE, 422, 'record.refused'],
    ] as const) {
      const authorization = await world.authorize({ method: 'PUT', path })
      const answer = await speak(served.port, head(`PUT ${path}`, `Authorization: ${authorization}`, 'Content-Length: 0', type))
      expect([statusOf(answer), problemIn(answer).code]).toEqual([status, code])
    }
  })

  it('a caller that disconnects in the middle does no harm', async () => {
    const socket = connect(served.port, '127.0.0.1')
    socket.on('error', () => undefined)
    const path = recordPath(statement)
    const authorization = await world.authorize({ method: 'PUT', path, body: statement })
    socket.write(
      `${head(`PUT ${path}`, JOSE, `Authorization: ${authorization}`, `Content-Length: ${statement.length}`)}${statement.slice(0, 50)}`,
    )
    const { jti } = claimsOf(authorization)
    const claims = { iss: uscc('CD'), jti, until: NOW + 180 }
    // Authenticated, and now waiting for the body.
    await expect.poll(() => world.store.rememberRequests([claims], { now: NOW, capacity: 0 })).toEqual(['seen'])
    world.events.length = 0
    socket.destroy()
    await expect.poll(() => world.events).toMatchObject([{ call: 'submitRecord' }])
    const answer = await speak(served.port, head('GET /healthz'))
    expect(statusOf(answer)).toBe(200)
    expect(await world.store.listEntries({}, { from: 0, limit: 5 })).toEqual({ items: [] })
  })

  it('input that is not HTTP is closed without revealing internals', async () => {
    for (const text of [
      '\u0000\u0001\u0002\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'hello\r\n\r\n',
      `GET /${'x'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    ]) {
      const answer = await speak(served.port, text)
      expect(answer, JSON.stringify(text.slice(0, 20))).not.toMatch(/HTTP\/1\.1 (?:200|500)|node_modules| at /)
    }
    expect(statusOf(await speak(served.port, head('GET /healthz')))).toBe(200)
  })
})
