// Why this exists: proxies, caches and clients of all ages connect to the node's own socket, which must follow HTTP.
import { createSqliteStore } from 'tongheng/stores/sqlite'
import { fixtures, send } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Listening, listen } from '../../src/cli/listen.js'
import { speak } from '../support/nodes/http.js'
import { openWorld, uscc, type World } from '../support/nodes/world.js'

let world: World
let listening: Listening
let statement: string

beforeAll(async () => {
  listening = await listen('127.0.0.1', 0)
  world = await openWorld({
    store: await createSqliteStore({ file: ':memory:' }),
    node: { url: `http://127.0.0.1:${listening.port}` },
  })
  listening.serve(world.server.fetch)
  statement = await send(world.authorities, fixtures.F01)
  await world.client('CD').records.submit(statement)
})

afterAll(async () => {
  await listening.close()
  await world.store.close()
})

interface Heard {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Sends a raw request and reads until the connection is closed. */
async function ask(line: string, headers: readonly string[] = [], body = ''): Promise<Heard> {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const head = [line, ...(line.endsWith('1.1') ? ['Host: node', 'Connection: close'] : []), ...length, ...headers]
  const answer = await speak(listening.port, `${head.join('\r\n')}\r\n\r\n${body}`)
  const [top = '', ...rest] = answer.split('\r\n\r\n')
  const [first = '', ...lines] = top.split('\r\n')
  const pairs = lines.map((text): [string, string] => [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1).trim()])
  return { status: Number(first.split(' ')[1]), headers: new Headers(pairs), text: rest.join('\r\n\r\n') }
}

const get = (path: string, ...headers: string[]): Promise<Heard> => ask(`GET ${path} HTTP/1.1`, headers)
const codeOf = ({ text }: Heard): string => (/"code":"([^"]+)"/.exec(text) ?? [])[1] ?? ''
const LISTED = '/v1/records?limit=1'
const TRUST = `/v1/trust-lists/${uscc('SC-AMR')}`

describe('preconditions', () => {
  it('match weak tags, lists and * as well as the tag itself (RFC 9110 §13.1.2)', async () => {
    const etag = (await get(TRUST)).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[A-Za-z0-9_-]{43}"$/)
    for (const condition of [etag, `W/${etag}`, `"x", ${etag}`, `"a,b" , W/"c",W/${etag}`, '*', ` ${etag},`]) {
      const { status, headers, text } = await get(TRUST, `If-None-Match: ${condition}`)
      expect([status, headers.get('etag'), text], condition).toEqual([304, etag, ''])
    }
    for (const condition of ['"x"', 'W/"x"', etag.slice(1, -1), '""', `"${etag.slice(1, 20)}"`, `"x${etag.slice(1)}`])
      expect((await get(TRUST, `If-None-Match: ${condition}`)).status, condition).toBe(200)
    expect((await ask(`HEAD ${TRUST} HTTP/1.1`, [`If-None-Match: W/${etag}`])).status).toBe(304)
  })

  it('compare strongly in If-Match, and support no dates', async () => {
    const etag = (await get(TRUST)).headers.get('etag') ?? ''
    for (const condition of [etag, '*', `"x", ${etag}`]) expect((await get(TRUST, `If-Match: ${condition}`)).status, condition).toBe(200)
    for (const condition of [`W/${etag}`, '"x"']) {
      const heard = await get(TRUST, `If-Match: ${condition}`)
      expect([heard.status, codeOf(heard)], condition).toEqual([412, 'request.precondition'])
    }
    const dated = 'Sun, 01 Jan 2040 00:00:00 GMT'
    for (const name of ['If-Modified-Since', 'If-Unmodified-Since']) expect((await get(TRUST, `${name}: ${dated}`)).status).toBe(200)
  })
})

describe('HEAD', () => {
  it('is answered like GET without the content, wherever Allow lists it, also for signed calls', async () => {
    const full = await get(TRUST)
    const { status, headers, text } = await ask(`HEAD ${TRUST} HTTP/1.1`)
    expect([status, text, headers.get('etag'), headers.get('content-type')]).toEqual([
      200,
      '',
      full.headers.get('etag'),
      'application/json',
    ])
    expect((await ask('DELETE /v1/records HTTP/1.1')).headers.get('allow')).toBe('POST, GET, HEAD')
    const signed = await ask(`HEAD ${LISTED} HTTP/1.1`, [`Authorization: ${await world.authorize({ path: LISTED })}`])
    expect([signed.status, signed.text, signed.headers.get('content-type')]).toEqual([200, '', 'application/json'])
    expect((await ask(`HEAD ${LISTED} HTTP/1.1`)).status).toBe(401)
  })
})

describe('a request', () => {
  it('can be HTTP/1.0, without a host, and with or without a length', async () => {
    const health = await ask('GET /healthz HTTP/1.0')
    expect([health.status, health.text]).toEqual([200, '{"status":"ok"}'])
    expect(health.headers.get('transfer-encoding')).toBeNull()
    const judged = await ask('POST /v1/verify HTTP/1.0', ['Content-Type: application/jose; charset=utf-8'], statement)
    expect([judged.status, judged.text.slice(0, 24)]).toEqual([200, '{"outcome":"recognised",'])
    const path = '/v1/records'
    const authorization = await world.authorize({ method: 'POST', path, body: statement })
    const many = await ask(`POST ${path} HTTP/1.0`, ['Content-Type: application/jose+ndjson', `Authorization: ${authorization}`], statement)
    expect([many.status, many.text.slice(0, 14), many.headers.get('transfer-encoding')]).toEqual([200, '{"status":200,', null])
  })

  it('can have its target in absolute form, as proxies send it (RFC 9112 §3.2.2)', async () => {
    const url = world.node.options.url
    expect((await get(`${url}/healthz`)).status).toBe(200)
    const authorization = await world.authorize({ path: LISTED })
    expect((await get(`${url}${LISTED}`, `Authorization: ${authorization}`)).status).toBe(200)
  })

  it('with an invalid target is rejected with a code, never with an empty answer or one that reads as “not found”', async () => {
    for (const line of ['OPTIONS * HTTP/1.1', 'GET \\healthz HTTP/1.1', 'GET http://[ HTTP/1.1', 'GET healthz HTTP/1.1']) {
      const heard = await ask(line)
      expect(heard.status, line).toBe(400)
      // Node itself answers what it cannot parse.
      if (heard.text !== '') expect(codeOf(heard), line).toBe('request.target')
    }
    const raw = Buffer.concat([
      Buffer.from('GET /v1/standings?plate='),
      Buffer.from([0xb4, 0xa8]),
      Buffer.from('A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    ])
    expect(await speak(listening.port, raw)).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('with another method gets the allowed ones, for any URL', async () => {
    for (const [line, allow] of [
      ['OPTIONS /v1/verify HTTP/1.1', 'POST'],
      ['TRACE /healthz HTTP/1.1', 'GET, HEAD'],
      ['POST /v1/log/tile/0/x001/067 HTTP/1.1', 'GET, HEAD'],
      ['HEAD /v1/verify HTTP/1.1', 'POST'],
    ] as const) {
      const heard = await ask(line)
      expect([heard.status, heard.headers.get('allow')], line).toEqual([405, allow])
    }
  })

  it('with a body of another media type gets the accepted one', async () => {
    const wrong = await ask('POST /v1/verify HTTP/1.1', ['Content-Type: application/json'], statement)
    expect([wrong.status, wrong.headers.get('accept')]).toEqual([415, 'application/jose'])
    const coded = await ask('POST /v1/verify HTTP/1.1', ['Content-Type: application/jose', 'Content-Encoding: gzip'], statement)
    expect([coded.status, coded.headers.get('accept-encoding')]).toEqual([415, 'identity'])
  })
})

describe('a URL', () => {
  const signed = async (path: string): Promise<Heard> => get(path, `Authorization: ${await world.authorize({ path })}`)

  it('with incomplete or non-UTF-8 escapes is rejected by name, because “no records” would read as “no certificate”', async () => {
    for (const path of [
      '/v1/records?certificateNo=%B4%A8%BC%C6%BC%EC',
      '/v1/records?certificateNo=%E5%B7',
      '/v1/records?certificateNo=%',
      '/v1/records?certificateNo=%zz',
      '/v1/records?certificateNo=%C0%AF',
      '/v1/records?certificateNo=%ED%A0%80',
      '/v1/records?%B4%A8=1',
    ]) {
      const heard = await signed(path)
      expect([heard.status, codeOf(heard)], path).toEqual([400, 'query.invalid'])
      expect(heard.text, path).toContain('UTF-8')
    }
    for (const path of ['/v1/trust-lists/%B4%A8', '/v1/trust-lists/%', '/v1/log/witnessed/a/%E5', '/nothing/%FF']) {
      const heard = await get(path)
      expect([heard.status, codeOf(heard)], path).toEqual([400, 'query.invalid'])
    }
    expect((await signed('/v1/records?certificateNo=%E5%B7%9D+1%2B1')).status).toBe(200)
  })

  it('must not have a parameter that the call does not know, or one twice', async () => {
    for (const [path, code] of [
      ['/v1/agreements?page=2', 'query.unknown'],
      [`${TRUST}?version=1`, 'query.unknown'],
      ['/healthz?x', 'query.unknown'],
      ['/v1/notices?cursor=1&cursor=2', 'query.twice'],
      ['/v1/notices?cursor=1&%63ursor=2', 'query.twice'],
      ['/v1/notices?cursor=', 'query.invalid'],
    ] as const) {
      const heard = await get(path)
      expect([heard.status, codeOf(heard)], path).toEqual([400, code])
    }
    expect((await get('/v1/notices?&&')).status).toBe(200)
  })

  it('with a time whose plus sign is a blank is answered with the advice %2B', async () => {
    const judge = (at: string): Promise<Heard> => ask(`POST /v1/verify?at=${at} HTTP/1.1`, ['Content-Type: application/jose'], statement)
    for (const at of ['2025-06-16T09:00:00+08:00', '2025-06-16T09:00:00%2008:00', '2025-06-16']) {
      const heard = await judge(at)
      expect([heard.status, codeOf(heard)], at).toEqual([400, 'query.invalid'])
      expect(heard.text, at).toContain('%2B')
    }
    expect((await judge('2025-06-16T09:00:00%2B08:00')).status).toBe(200)
    expect((await judge('2025-06-16T01:00:00Z')).status).toBe(200)
  })
})

describe('a statement in a body', () => {
  const judge = (body: string): Promise<Heard> => ask('POST /v1/verify HTTP/1.1', ['Content-Type: application/jose'], body)

  it('is verified as the file was saved: with a line break, with CRLF, with blank lines', async () => {
    for (const body of [
      `${statement}\n`,
      `\ufeff${statement}\r\n`,
      `${statement}\r\n`,
      `\r\n${statement}\r\n\r\n`,
      `\n${statement} \t\n`,
    ]) {
      const heard = await judge(body)
      const told = [heard.status, heard.text.slice(0, 23)]
      expect(told, JSON.stringify(body.slice(0, 3) + body.slice(-3))).toEqual([200, '{"outcome":"recognised"'])
    }
  })

  it('with two signatures is verified with both; an invalid one makes it fail, as in a file', async () => {
    const { record } = fixtures.F01
    const options = { jti: '01JQ0000000000000000000009' }
    const [one, other] = [await world.authorities.sign('CD', record, options), await world.authorities.sign('CD', record, options)]
    expect((await judge(`${one}\n${other}\n`)).text).toMatch(/^\{"outcome":"recognised"/)
    const broken = `${other.slice(0, -8)}AAAAAAAA`
    expect((await judge(`${one}\n${broken}\n`)).text).toMatch(/^\{"outcome":"not-recognised"/)
  })

  it('that is malformed, or has several contents, gets no verdict', async () => {
    expect(codeOf(await judge(`x${' '.repeat(200_000)}x`))).toBe('body.statement')
    const another = await send(world.authorities, fixtures.F06)
    for (const body of [
      '\n',
      ' \r\n',
      '\ufeff',
      `\ufeff\ufeff${statement}`,
      `\n\ufeff${statement}`,
      'hello',
      '{"kind":1}',
      `${statement}\n${another}\n`,
    ]) {
      const heard = await ask('POST /v1/verify HTTP/1.1', ['Content-Type: application/jose'], body)
      expect([heard.status, codeOf(heard)], JSON.stringify(body.slice(0, 5))).toEqual([400, 'body.statement'])
    }
    const wide = Buffer.from(`\ufeff${statement}`, 'utf16le')
    const head = `POST /v1/verify HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/jose\r\nContent-Length: ${wide.length}\r\n\r\n`
    expect(await speak(listening.port, Buffer.concat([Buffer.from(head), wide]))).toContain('body.statement')
  })
})
