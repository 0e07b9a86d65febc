// Why this exists: a host that impersonates a node must not be able to empty an outbox; only a receipt by the node's key for a
// statement settles it.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient, createMemoryQueue, createOutbox, type Outbox, type OutboxQueue, readReceipt } from 'tongheng/client'
import { createSigner, generateKey, signStatement } from 'tongheng/envelope'
import { isTonghengError, type TonghengError } from 'tongheng/errors'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { entriesOf, signMany } from '../support/nodes/pair.js'
import { passUntil } from '../support/nodes/timers.js'
import { fakeAuthorities, openWorld, taximeter, uscc, type World } from '../support/nodes/world.js'

const typ = 'metrology-receipt+jwt'
type DrainOptions = Parameters<Outbox['drain']>[0]
let world: World
let statements: readonly string[]
let queue: OutboxQueue
let server: Server | undefined

beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 3)
})
beforeEach(async () => {
  world = await openWorld()
  queue = createMemoryQueue()
})
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

type Line = { readonly status: number; readonly receipt?: string; readonly problem?: unknown }
/** Answers of a host that impersonates the node: it has the request body, but no key of the node. */
type Host = (sent: readonly string[]) => Promise<{ status?: number; type?: string; body: string }>

/** Creates an outbox that sends to a host on the loopback interface. */
async function outboxTo(host: Host) {
  server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const { status = 200, type = 'application/x-ndjson', body } = await host(Buffer.concat(parts).toString().split('\n'))
    response.writeHead(status, { 'content-type': type }).end(body)
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const client = createClient({
    node: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, id: world.node.options.id },
    caller: { iss: uscc('CD'), signer: world.authorities.signer('CD') },
    now: () => world.clock.now,
    retries: 0,
  })
  return createOutbox({ client, queue, trust: world.authorities.trust, receiver: uscc('SC-AMR') })
}

const outbox = () =>
  createOutbox({ client: world.client('CD', { retries: 0 }), queue, trust: world.authorities.trust, receiver: uscc('SC-AMR') })

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

const ofLines = (lines: readonly Line[]) => ({ body: lines.map((line) => JSON.stringify(line)).join('\n') })
const each =
  (answer: (statement: string, at: number) => Promise<Line>): Host =>
  async (sent) =>
    ofLines(await Promise.all(sent.map(answer)))
const refusal = (status: number, code: string, more: object = {}): Line => ({
  status,
  problem: { type: 'x', title: 'x', status, code, text: { zh: '不收', en: 'no' }, ...more },
})

/** Receipts from the real node, obtained by another connection. */
const genuine = async (statement: string): Promise<string> => (await world.client('CD').records.submit(statement)).receipt
const claimsOf = async (statement: string) => readReceipt(await genuine(statement))

async function drained(box: Outbox, options?: DrainOptions) {
  const results = []
  try {
    for await (const result of box.drain(options)) results.push(result)
    return { results, fault: undefined }
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return { results, fault: error as TonghengError }
  }
}

const attacks: readonly (readonly [string, Host, string])[] = [
  ['an unsigned 422', each(async () => refusal(422, 'record.refused')), 'record.refused'],
  ['an unsigned 409', each(async () => refusal(409, 'record.conflict')), 'record.conflict'],
  ['an unsigned 413', each(async () => refusal(413, 'body.too-large')), 'body.too-large'],
  ['a 201 with nothing that is a receipt', each(async () => ({ status: 201, receipt: 'yes' })), 'receipt.invalid'],
  [
    'the receipt of another statement',
    each(async (_, at) => ({ status: 201, receipt: await genuine(statements[(at + 1) % 3] as string) })),
    'receipt.invalid',
  ],
  [
    'a receipt by another key',
    each(async (statement) => {
      const signer = await createSigner((await generateKey('ES256')).privateJwk)
      return { status: 201, receipt: await signStatement(await claimsOf(statement), { typ, signer }) }
    }),
    'receipt.invalid',
  ],
  [
    'a receipt by an institute, whose key is listed for records',
    each(async (statement) => ({
      status: 201,
      receipt: await signStatement({ ...(await claimsOf(statement)), iss: uscc('CD') }, { typ, signer: world.authorities.signer('CD') }),
    })),
    'receipt.invalid',
  ],
  [
    'a genuine receipt of another receiver',
    each(async (statement) => {
      const { log: _, ...claims } = await claimsOf(statement)
      return {
        status: 201,
        receipt: await signStatement({ ...claims, iss: uscc('CQ-AMR') }, { typ, signer: world.authorities.signer('CQ-AMR') }),
      }
    }),
    'receipt.invalid',
  ],
  [
    'a rejection by another receiver, in a 422',
    each(async (statement) => {
      const { log: _, ...claims } = await claimsOf(statement)
      const rejection = { ...claims, iss: uscc('CQ-AMR'), decision: 'rejected' }
      return refusal(422, 'record.refused', {
        receipt: await signStatement(rejection, { typ, signer: world.authorities.signer('CQ-AMR') }),
      })
    }),
    'receipt.invalid',
  ],
  [
    'a rejection that another body got for the same content under a bad signature',
    each(async (statement) => {
      const forged = statement.replace(/.{6}$/, 'AAAAAA')
      const [answer] = await all(world.client('LZ').records.submitMany([forged]))
      return refusal(422, 'record.refused', { receipt: answer?.problem?.receipt })
    }),
    'receipt.invalid',
  ],
  [
    'a truncated receipt',
    each(async (statement) => ({ status: 201, receipt: (await genuine(statement)).slice(0, -40) })),
    'receipt.invalid',
  ],
  [
    'a rejection for no statement in particular',
    each(async (statement) => {
      const rejection = { ...(await claimsOf(statement)), sub: '', decision: 'rejected' }
      return refusal(422, 'record.refused', {
        receipt: await signStatement(rejection, { typ, signer: world.authorities.signer('SC-AMR') }),
      })
    }),
    'receipt.invalid',
  ],
]

describe('an outbox does not settle a statement', () => {
  it.each(attacks)('after %s', async (_, host, code) => {
    const box = await outboxTo(host)
    await box.add(statements)
    const { results, fault } = await drained(box)
    expect(await box.counts()).toEqual({ waiting: 3, accepted: 0, rejected: 0, pending: 0, refused: 0 })
    // The caller is notified of each statement, and of the total.
    expect(results.map((result) => [result.outcome, result.statement, 'fault' in result && result.fault.code])).toEqual(
      statements.map((statement) => ['waiting', statement, code]),
    )
    expect([fault?.code, fault?.details.count]).toEqual(['outbox.unproven', 3])
    // The real node still receives them.
    expect((await drained(outbox())).results.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
    expect(await entriesOf(world)).toHaveLength(3)
  })

  it.each([
    ['a page of a proxy', { status: 403, type: 'text/html', body: '<h1>403</h1>' }, 'client.answer'],
    [
      'a 422 for the whole',
      { status: 422, type: 'application/problem+json', body: JSON.stringify(refusal(422, 'x').problem) },
      'client.problem',
    ],
    ['an answer that is cut off', { body: '{"status":201,"rec' }, 'client.answer'],
  ])('after %s', async (_, answer, code) => {
    const box = await outboxTo(async () => answer)
    await box.add(statements)
    const { fault } = await drained(box)
    expect([fault?.code, (await box.counts()).waiting]).toEqual([code, 3])
  })

  it('by a pending receipt for a statement that the node did not store', async () => {
    // The node does not know this key yet: the receipt is genuine and pending, and the statement is not in its log.
    const box = await outboxTo(
      each(async (statement) => {
        const { log: _, ...claims } = await claimsOf(statement)
        const pending = { ...claims, decision: 'pending' }
        return { status: 201, receipt: await signStatement(pending, { typ, signer: world.authorities.signer('SC-AMR') }) }
      }),
    )
    await box.add(statements)
    expect([(await drained(box)).fault?.code, (await box.counts()).waiting]).toEqual(['outbox.unproven', 3])
  })
})

describe('an outbox', () => {
  it('settles proved answers among unproved ones, and continues after them', async () => {
    const many = await signMany(world.authorities, 505, '后')
    // A whole batch is rejected without a signature; the node answers the others.
    const client = world.client('CD', {
      retries: 0,
      fetch: async (request) => {
        const { length } = (await request.clone().text()).split('\n')
        if (length < 500) return world.server.fetch(request)
        const { body } = ofLines(Array.from({ length }, () => refusal(422, 'record.refused')))
        return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } })
      },
    })
    const box = createOutbox({ client, queue, trust: world.authorities.trust, receiver: uscc('SC-AMR') })
    await box.add(many)
    const { fault, results } = await drained(box)
    expect([fault?.code, fault?.details.count, results.length]).toEqual(['outbox.unproven', 500, 505])
    expect(await box.counts()).toMatchObject({ waiting: 500, accepted: 5, refused: 0 })
  })

  it('retries with growing pauses, reports once, and settles when the proof arrives', async () => {
    const at: number[] = []
    const client = world.client('CD', {
      retries: 0,
      fetch: async (request) => {
        at.push(Date.now())
        if (at.length > 3) return world.server.fetch(request)
        const { body } = ofLines(statements.map(() => refusal(409, 'record.conflict')))
        return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } })
      },
    })
    const box = createOutbox({ client, queue, trust: world.authorities.trust, receiver: uscc('SC-AMR') })
    await box.add(statements)
    vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] })
    try {
      const work = drained(box, { retrySeconds: 300 })
      const { fault, results } = await passUntil(work)
      expect(fault).toBeUndefined()
      expect(results.map(({ outcome }) => outcome)).toEqual(['waiting', 'waiting', 'waiting', 'accepted', 'accepted', 'accepted'])
    } finally {
      vi.useRealTimers()
    }
    expect(at.slice(1).map((time, n) => time - (at[n] as number))).toEqual([1000, 2000, 4000])
  })

  it('settles a rejection that the node signed: another content under its name', async () => {
    const jti = '01JQ0000000000000000000001'
    const rivals = await Promise.all(['甲', '乙'].map((no) => world.authorities.sign('CD', taximeter(no), { jti })))
    const box = outbox()
    await box.add(rivals)
    const { results, fault } = await drained(box)
    expect([fault, results.map(({ outcome }) => outcome)]).toEqual([undefined, ['accepted', 'rejected']])
    const second = results[1] as (typeof results)[number] & { receipt: string }
    const claims = await readReceipt(second.receipt, world.authorities.trust)
    expect(claims).toMatchObject({ decision: 'rejected', reasons: [{ code: 'record.conflict', path: '/jti' }] })
    expect(claims.log).toBeUndefined()
  })

  it('does not settle on an earlier rejection that is replayed, and settles on the one that answers its own request', async () => {
    const jti = '01JQ0000000000000000000002'
    const [first, second] = await Promise.all(['甲', '乙'].map((no) => world.authorities.sign('CD', taximeter(no), { jti })))
    await genuine(first as string)
    const [answer] = await all(world.client('CD').records.submitMany([second as string]))
    const earlier = answer?.problem?.receipt as string
    expect(await readReceipt(earlier, world.authorities.trust)).toMatchObject({ decision: 'rejected', aud: uscc('CD') })
    for (const replay of [refusal(409, 'record.conflict', { receipt: earlier }), { status: 201, receipt: earlier }]) {
      const box = await outboxTo(each(async () => replay))
      await box.add([second as string])
      const { results, fault } = await drained(box)
      expect([fault?.code, results.map(({ outcome }) => outcome)]).toEqual(['outbox.unproven', ['waiting']])
      expect(results[0]).toMatchObject({ fault: { code: 'receipt.invalid', details: { reason: 'req' } } })
      server?.close()
    }
    const { results, fault } = await drained(outbox())
    expect([fault, results.map(({ outcome }) => outcome)]).toEqual([undefined, ['rejected']])
  })

  it.each([
    ['LZ', 'waiting'],
    ['CD', 'rejected'],
    ['SC-AMR', 'rejected'],
  ] as const)('that gets a rejection of its own request, made out to %s: %s', async (aud, outcome) => {
    // The host has read the token, so it has the number of the request; another body may have used the same number.
    const fetch = async (request: Request): Promise<Response> => {
      const [, payload = ''] = (request.headers.get('authorization') ?? '').replace('Metrology ', '').split('.')
      const { jti } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { jti: string }
      const { log: _, ...claims } = await claimsOf(statements[0] as string)
      const rejection = { ...claims, aud: uscc(aud), req: jti, decision: 'rejected' }
      const receipt = await signStatement(rejection, { typ, signer: world.authorities.signer('SC-AMR') })
      return new Response(JSON.stringify(refusal(422, 'record.refused', { receipt })), {
        headers: { 'content-type': 'application/x-ndjson' },
      })
    }
    const client = world.client('CD', { retries: 0, fetch: fetch as typeof globalThis.fetch })
    const box = createOutbox({ client, queue, trust: world.authorities.trust, receiver: uscc('SC-AMR') })
    await box.add([statements[0] as string])
    const { results } = await drained(box)
    expect(results.map((one) => one.outcome)).toEqual([outcome])
    if (outcome === 'waiting') expect(results[0]).toMatchObject({ fault: { code: 'receipt.invalid', details: { reason: 'aud' } } })
  })

  it('settles on the earlier receipt of a stored statement, accepted or rejected, which its place in the log proves', async () => {
    const { applicant, ...rest } = taximeter('不合规')
    const faulty = await world.authorities.sign('CD', { ...rest, applicant: { ...applicant, uscc: '91510100MA62KCT03W' } } as never)
    const both = [statements[0] as string, faulty]
    await all(world.client('CD').records.submitMany(both))
    const box = outbox()
    await box.add(both)
    expect((await drained(box)).results.map(({ outcome }) => outcome)).toEqual(['accepted', 'rejected'])
  })

  it('settles on a stored rejection of a node without a log, if its first answer was lost, but not on a replay of it', async () => {
    world = await openWorld({ node: { log: undefined } })
    const { applicant, ...rest } = taximeter('不合规')
    const faulty = await world.authorities.sign('CD', { ...rest, applicant: { ...applicant, uscc: '91510100MA62KCT03W' } } as never)
    const [lost] = await all(world.client('CD').records.submitMany([faulty]))
    const earlier = (lost as { receipt: string }).receipt
    expect(await readReceipt(earlier, world.authorities.trust)).toMatchObject({ decision: 'rejected' })
    const replayed = await outboxTo(each(async () => ({ status: 200, receipt: earlier })))
    await replayed.add([faulty])
    expect((await drained(replayed)).results.map(({ outcome }) => outcome)).toEqual(['waiting'])
    server?.close()
    const { results, fault } = await drained(outbox())
    expect([fault, results.map(({ outcome }) => outcome)]).toEqual([undefined, ['rejected']])
  })

  it('settles a notice that the node rejected with a signature; one with a forged rejection remains and is reported', async () => {
    const bad = await signStatement(
      { iss: uscc('CD'), jti: 'x', iat: world.clock.now },
      { typ: 'metrology-notice+jwt', signer: world.authorities.signer('CD') },
    )
    const unknown = await signStatement(
      { iss: uscc('CD'), jti: 'y', iat: world.clock.now },
      { typ: 'metrology-notice+jwt', signer: await createSigner((await generateKey()).privateJwk) },
    )
    const forger = await outboxTo(each(async () => refusal(422, 'notice.refused', { receipt: 'a.b.c' })))
    await forger.add([bad, unknown])
    const first = await drained(forger)
    expect([first.fault?.code, first.results.map(({ outcome }) => outcome)]).toEqual(['outbox.unproven', ['waiting', 'waiting']])
    const { results, fault } = await drained(outbox())
    expect([fault, results.map(({ outcome }) => outcome)]).toEqual([undefined, ['rejected', 'rejected']])
    const reasons = await Promise.all(
      results.map(async (one) => (await readReceipt((one as { receipt: string }).receipt, world.authorities.trust)).reasons),
    )
    expect(reasons.map(([reason]) => reason?.code)).toEqual(['notice.shape', 'status.signer'])
  })

  it('does not settle a notice whose key may be in a newer trust list', async () => {
    const notice = await signStatement(
      { iss: uscc('CD'), jti: 'y', iat: world.clock.now },
      { typ: 'metrology-notice+jwt', signer: await createSigner((await generateKey()).privateJwk) },
    )
    // The list of Chongqing has expired: a newer one may contain the key.
    const exp = world.authorities.trust.lists.find(({ payload }) => payload.iss === uscc('CQ-AMR'))?.payload.exp ?? 0
    const rejected = (statement: string) => world.node.submitNotice({ statement, sender: uscc('CD'), requestId: 'r' })
    expect(await rejected(notice)).toMatchObject({ decision: 'rejected', receipt: expect.any(String), error: { code: 'status.signer' } })
    world.clock.now = exp + 1
    for (const one of [notice, 'hello']) expect((await rejected(one)).receipt).toBeUndefined()
  })

  it('drops queued statements, but none that are settled', async () => {
    const box = outbox()
    await box.add(statements)
    const [first] = await queue.next(1)
    const id = first?.id as string
    expect([await queue.drop([id, 'other']), await queue.drop([id]), (await box.counts()).waiting]).toEqual([1, 0, 2])
    await drained(box)
    const settled = await all(queue.results())
    expect(await queue.drop(settled.map((one) => one.id))).toBe(0)
    expect(await box.counts()).toMatchObject({ accepted: 2, waiting: 0 })
  })

  it.each(['trust', 'receiver'])('is not created without %s', (member) => {
    const given = { client: world.client('CD'), queue, trust: world.authorities.trust, receiver: uscc('SC-AMR'), [member]: undefined }
    let fault: unknown
    try {
      createOutbox(given as unknown as Parameters<typeof createOutbox>[0])
    } catch (error) {
      fault = error
    }
    expect(isTonghengError(fault, 'verify.options') && fault.details.member).toBe(member)
  })
})
