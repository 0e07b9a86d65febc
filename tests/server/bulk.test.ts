// Why this exists: a million records are submitted in bulk; each line needs its own answer in its position, whatever the other lines
// contain.
import { readReceipt } from 'tongheng/client'
import { fixtures, send } from 'tongheng/testing'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { entriesOf, signMany } from '../support/nodes/pair.js'
import {
  digest,
  fakeAuthorities,
  openWorld,
  type ProblemBody,
  problemOf,
  type Sent,
  statementIdOf,
  taximeter,
  uscc,
  type World,
} from '../support/nodes/world.js'

interface Line {
  readonly status: number
  readonly receipt?: string
  readonly problem?: ProblemBody
}

let statements: readonly string[]
let world: World

beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 300)
})

beforeEach(async () => {
  world = await openWorld()
})

const bulk = (body: string, changes: Partial<Sent> = {}, to = world): Promise<Response> =>
  to.send({
    method: 'POST',
    path: '/v1/records',
    body,
    ...changes,
    headers: { 'content-type': 'application/jose+ndjson', ...changes.headers },
  })
const linesOf = async (response: Response): Promise<Line[]> => {
  const text = await response.text()
  expect([response.status, response.headers.get('content-type'), text.at(-1)]).toEqual([200, 'application/x-ndjson', '\n'])
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}
const codes = (lines: readonly Line[]): string[] =>
  lines.map(({ status, problem }) => `${status}${problem === undefined ? '' : ` ${problem.code}`}`)

describe('a bulk submission', () => {
  it('is answered line by line in order, over several transactions, and the log has the same order', async () => {
    const lines = await linesOf(await bulk(statements.join('\n')))
    expect(lines.map(({ status }) => status)).toEqual(statements.map(() => 201))
    const { trust } = world.authorities
    const claims = await Promise.all(lines.map(({ receipt }) => readReceipt(receipt ?? '', trust)))
    expect(claims.map(({ sub }) => sub)).toEqual(statements.map((statement) => statementIdOf(statement)))
    expect(claims.map(({ log }) => log?.index)).toEqual(statements.map((_, at) => at))
    expect((await entriesOf(world)).map(({ statement }) => statement)).toEqual(statements)
    // Submitted again: the same receipts, octet for octet, and no new entry.
    const again = await linesOf(await bulk(statements.join('\n')))
    expect(again).toEqual(lines.map(({ receipt }) => ({ status: 200, receipt })))
    expect((await entriesOf(world)).length).toBe(300)
  })

  it('accepts a saved file: byte order mark, CR LF, blanks around lines, blank lines', async () => {
    const [first, second, third] = statements
    const lines = await linesOf(await bulk(`\ufeff${first}\r\n\r\n ${second} \t\r\n\n${third}`))
    expect(codes(lines)).toEqual(['201', '201', '201'])
    expect((await entriesOf(world)).map(({ statement }) => statement)).toEqual([first, second, third])
    expect(codes(await linesOf(await bulk(`${first}\n\ufeff${second}\nx${' '.repeat(200_000)}x`)))).toEqual([
      '200',
      '422 record.refused',
      '422 record.refused',
    ])
  })

  it('answers valid, invalid, conflicting, third-party and malformed lines each in place', async () => {
    const jti = '01JQ0000000000000000000001'
    const { authorities } = world
    const [first, second] = await Promise.all(['甲', '乙'].map((no) => authorities.sign('CD', taximeter(no), { jti })))
    const foreign = await send(authorities, fixtures.F06)
    const forged = (statements[5] as string).replace(/.{6}$/, 'AAAAAA')
    const lines = [
      statements[0],
      'hello',
      first,
      second,
      foreign,
      forged,
      'x'.repeat(262_145),
      statements[1],
      statements[0],
      first,
      'a.b.c',
      '{"json":true}',
      ' ',
      '检定',
      statements[2],
    ].join('\n')
    expect(codes(await linesOf(await bulk(lines)))).toEqual([
      '201',
      '422 record.refused',
      '201',
      '409 record.conflict',
      '403 request.not-permitted',
      '422 record.refused',
      '413 body.too-large',
      '201',
      '200',
      '200',
      '422 record.refused',
      '422 record.refused',
      '422 record.refused',
      '422 record.refused',
      '201',
    ])
    expect((await entriesOf(world)).map(({ statement }) => statement)).toEqual([statements[0], first, statements[1], statements[2]])
  })

  it('answers each rejected line like a single submission: reasons, signed rejection, request id', async () => {
    const forged = (statements[5] as string).replace(/.{6}$/, 'AAAAAA')
    const response = await bulk(`${forged}\n${statements[0]}`)
    const [{ problem } = {}] = await linesOf(response)
    expect(problem?.checks?.map(({ code }) => code)).toContain('signature.invalid')
    const rejection = await readReceipt(problem?.receipt ?? '', world.authorities.trust)
    expect([rejection.decision, rejection.sub, rejection.aud]).toEqual(['rejected', statementIdOf(forged), uscc('CD')])
    expect(problem).toMatchObject({
      status: 422,
      type: 'https://unpkg.com/tongheng/schemas/problems.md#record.refused',
      instance: rejection.req,
    })
  })

  it('ignores empty lines, and accepts any line break and a last line without one', async () => {
    const [a, b, c] = statements as [string, string, string]
    for (const body of [
      `${a}\n${b}\n${c}`,
      `${a}\r\n${b}\r\n${c}\r\n`,
      `\n\n${a}\n\r\n\n${b}\n${c}\n\n`,
      `\r\n${a}\r\n\r\n${b}\n\r\n${c}`,
    ]) {
      const lines = await linesOf(await bulk(body))
      expect([lines.length, lines.every(({ status }) => status < 300)], JSON.stringify(body.slice(0, 5))).toEqual([3, true])
    }
    // A carriage return within a line is not a line break.
    expect(codes(await linesOf(await bulk(`${a}\r${b}`)))).toEqual(['422 record.refused'])
  })

  it('accepts the first of two statements with one name', async () => {
    const jti = '01JQ0000000000000000000009'
    const rivals = await Promise.all(Array.from({ length: 6 }, (_, n) => world.authorities.sign('CD', taximeter(`名-${n}`), { jti })))
    const lines = await linesOf(await bulk([...rivals, rivals[0]].join('\n')))
    expect(lines.map(({ status }) => status)).toEqual([201, 409, 409, 409, 409, 409, 200])
    expect(lines[1]?.problem?.storedStatementId).toBe(statementIdOf(rivals[0] as string))
  })

  it('by the authority can contain statements of other issuers; anyone else submits only their own', async () => {
    const mixed = [await send(world.authorities, fixtures.F06), statements[0] as string]
    expect(codes(await linesOf(await bulk(mixed.join('\n'), { as: 'SC-AMR' })))).toEqual(['201', '201'])
    expect(codes(await linesOf(await bulk(mixed.join('\n'), { as: 'CQ-AMR' })))).toEqual([
      '403 request.not-permitted',
      '403 request.not-permitted',
    ])
  })

  it('is rejected as a whole without lines, or with too many lines or octets', async () => {
    const small = await openWorld({ limits: { bulkLines: 3, bulkOctets: 5000 } })
    for (const [body, status, code] of [
      ['', 413, 'bulk.lines'],
      ['\n\r\n\n', 413, 'bulk.lines'],
      ['a\nb\nc\nd', 413, 'bulk.lines'],
      ['x'.repeat(5001), 413, 'body.too-large'],
    ] as const) {
      const response = await bulk(body, {}, small)
      expect([response.status, (await problemOf(response)).code], body.slice(0, 10)).toEqual([status, code])
    }
    expect(codes(await linesOf(await bulk('a\nb\nc', {}, small)))).toHaveLength(3)
    expect(codes(await linesOf(await bulk('x'.repeat(5000), {}, small)))).toEqual(['422 record.refused'])
    expect(await entriesOf(small)).toEqual([])
  })

  it('is bound to its body and media type like any signed call', async () => {
    const body = statements.slice(0, 3).join('\n')
    for (const [changes, status, code] of [
      [{ headers: { 'content-type': 'application/jose' } }, 415, 'body.media-type'],
      [{ headers: { 'content-type': 'application/json' } }, 415, 'body.media-type'],
      [{ headers: { 'content-encoding': 'gzip' } }, 415, 'body.encoding'],
      [{ claims: { dig: digest(`${body}\n`) } }, 401, 'request.digest'],
      [{ claims: { htm: 'PUT' } }, 401, 'request.method'],
      [{ claims: { aud: 'tongheng-50' } }, 401, 'request.audience'],
      [{ as: null }, 401, 'request.missing'],
    ] as const) {
      const response = await bulk(body, changes)
      expect([response.status, (await problemOf(response)).code]).toEqual([status, code])
    }
    expect(await entriesOf(world)).toEqual([])
  })

  it('whose caller disconnects half-way leaves its stored statements in the log, and stores the rest when it is repeated', async () => {
    const response = await bulk(statements.join('\n'))
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    await reader.cancel()
    const { length } = await entriesOf(world)
    expect(length).toBeGreaterThan(0)
    expect(length).toBeLessThan(300)
    const lines = await linesOf(await bulk(statements.join('\n')))
    expect(lines.map(({ status }) => status)).toEqual(statements.map((_, at) => (at < length ? 200 : 201)))
  })

  it('reports a store failure on the affected lines, and to the operator once', async () => {
    const { store } = world
    let turns = 0
    const sequence: World['store']['sequence'] = (work) => (++turns > 1 ? Promise.reject(new Error('disk full')) : store.sequence(work))
    const broken = await openWorld({ store: { ...store, sequence } })
    turns = 0
    const lines = await linesOf(await bulk(statements.slice(0, 200).join('\n'), {}, broken))
    expect(codes(lines)).toEqual([...Array(128).fill('201'), ...Array(72).fill('500 node.internal')])
    expect(JSON.stringify(lines)).not.toContain('disk')
    expect(broken.events.filter(({ error }) => (error as Error | undefined)?.message === 'disk full')).toHaveLength(1)
  })
})
