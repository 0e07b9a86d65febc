// Why this exists: an institute must not lose statements; whatever fails in between, each is effective exactly once, and has its
// receipt.
import { createMemoryQueue, createOutbox, type Outbox, type OutboxQueue } from 'tongheng/client'
import { isTonghengError, type TonghengError } from 'tongheng/errors'
import { faultyRecords, send } from 'tongheng/testing'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { entriesOf, signMany } from '../support/nodes/pair.js'
import { passUntil } from '../support/nodes/timers.js'
import { fakeAuthorities, openWorld, taximeter, uscc, type World } from '../support/nodes/world.js'

let statements: readonly string[]
let world: World
let queue: OutboxQueue

beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 40)
})

beforeEach(async () => {
  world = await openWorld()
  queue = createMemoryQueue()
})

type Results = Awaited<ReturnType<typeof drained>>
async function drained(outbox: Outbox, options?: Parameters<Outbox['drain']>[0]) {
  const results = []
  for await (const result of outbox.drain(options)) results.push(result)
  return results
}

const receiptIn = (result: Results[number]): string | undefined => ('receipt' in result ? result.receipt : undefined)

const faultOf = async (work: Promise<unknown>): Promise<TonghengError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isTonghengError(error)) throw new Error(`not an error of ours: ${String(error)}`)
  return error
}

/** Creates an outbox whose answers are modified, by their number from 1. */
function outboxThrough(change: (answer: () => Promise<Response>, n: number) => Promise<Response>, of = world): Outbox {
  let n = 0
  const client = of.client('CD', { retries: 0, fetch: (request) => change(() => of.server.fetch(request), ++n) })
  return createOutbox({ client, queue, trust: of.authorities.trust, receiver: uscc('SC-AMR') })
}
const outbox = (of = world): Outbox => outboxThrough((answer) => answer(), of)
const problem = (status: number, code = 'request.rate'): Response => {
  const body = { type: 'x', title: 'x', status, code, text: { zh: 'x', en: 'x' } }
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } })
}

/** Expects each statement once in the log, with the receipt that the node stored. */
async function expectOneEffect(results: Results): Promise<void> {
  const entries = await entriesOf(world)
  expect(entries.map(({ statement }) => statement).sort()).toEqual(results.map(({ statement }) => statement).sort())
  for (const result of results) expect(receiptIn(result)).toBe(entries.find(({ statement }) => statement === result.statement)?.receipt)
}

describe('an outbox', () => {
  it('stores neither the characters of a text nor anything else that is no statement', async () => {
    const box = outbox()
    for (const wrong of [statements[0], undefined, [null], [Promise.resolve(statements[0])].map((one) => [one])]) {
      expect(await faultOf(box.add(wrong as never))).toMatchObject({ code: 'verify.options', details: { call: 'outbox.add' } })
    }
    for (const options of [{ retrySeconds: '5' }, { retrySeconds: Number.NaN }, { retry: 5 }]) {
      expect(await faultOf(drained(box, options as never))).toMatchObject({ code: 'verify.options', details: { call: 'drain' } })
    }
    expect((await box.counts()).waiting).toBe(0)
  })

  it('stores new statements once, and sends them in order', async () => {
    const box = outbox()
    expect(await box.add(statements.slice(0, 30))).toBe(30)
    expect(await box.add(statements.slice(20, 40))).toBe(10)
    expect(await box.add([statements[0] as string, statements[0] as string])).toBe(0)
    expect(await box.counts()).toEqual({ waiting: 40, accepted: 0, rejected: 0, pending: 0, refused: 0 })
    const results = await drained(box)
    expect(results.map(({ statement }) => statement)).toEqual(statements)
    await expectOneEffect(results)
    expect(await box.counts()).toEqual({ waiting: 0, accepted: 40, rejected: 0, pending: 0, refused: 0 })
    expect(await drained(box)).toEqual([])
    // Statements that were sent are remembered for ever.
    expect(await box.add(statements)).toBe(0)
  })

  it('stores every result: receipts of stored statements, codes of malformed ones', async () => {
    const wrong = faultyRecords.find(({ id }) => id === 'N22')
    if (wrong === undefined) throw new Error('N22 is gone')
    const jti = '01JQ0000000000000000000001'
    const rivals = await Promise.all(['甲', '乙'].map((no) => world.authorities.sign('CD', taximeter(no), { jti })))
    const given = [statements[0] as string, await send(world.authorities, wrong), ...rivals, 'hello', 'x'.repeat(300_000)]
    const box = outbox()
    await box.add(given)
    const results = await drained(box)
    // A malformed statement is detected before it is sent; every other result has the node's signature.
    expect(results.map((result) => ('code' in result ? result.code : undefined) ?? result.outcome)).toEqual([
      'accepted',
      'rejected',
      'accepted',
      'rejected',
      'format.segments',
      'format.too-large',
    ])
    expect(results.map((result) => receiptIn(result) !== undefined)).toEqual([true, true, true, true, false, false])
    expect(await box.counts()).toEqual({ waiting: 0, accepted: 2, rejected: 2, pending: 0, refused: 2 })
    const kept = []
    for await (const result of queue.results()) kept.push(result)
    expect(kept).toEqual(results)
  })

  it('continues after a crash between sending and settling, with one effect and the same receipt', async () => {
    const { settle } = queue
    queue.settle = () => Promise.reject(new Error('killed'))
    const before = outbox()
    await before.add(statements.slice(0, 10))
    await expect(drained(before)).rejects.toThrow('killed')
    const first = (await entriesOf(world)).map(({ receipt }) => receipt)
    expect([first.length, (await before.counts()).waiting]).toEqual([10, 10])
    // Another process, later, on the same queue.
    queue.settle = settle
    world.clock.now += 3600
    const results = await drained(outbox())
    expect(results.map(receiptIn)).toEqual(first)
    await expectOneEffect(results)
  })

  it('continues after the connection was lost in the middle of the answer', async () => {
    const box = outboxThrough(async (answer, n) => {
      if (n > 6) return answer()
      const text = await (await answer()).text()
      return new Response(
        new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode(text.slice(0, 500))),
          pull: (controller) => controller.error(new Error('ECONNRESET')),
        }),
      )
    })
    await box.add(statements.slice(0, 10))
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      const work = faultOf(drained(box))
      expect((await passUntil(work)).code).toBe('client.network')
      expect((await box.counts()).waiting).toBe(10)
      const again = drained(box, { retrySeconds: 60 })
      await expectOneEffect(await passUntil(again))
    } finally {
      vi.useRealTimers()
    }
  })

  it('can be abandoned after any result, and what was settled remains settled', async () => {
    const box = outbox()
    await box.add(statements.slice(0, 10))
    for await (const _ of box.drain()) break
    expect((await box.counts()).waiting).toBe(0)
    expect(await drained(box)).toEqual([])
  })

  it('loses nothing if the node failed on single lines: they remain queued, the others are settled', async () => {
    const { store } = world
    let turns = 0
    const sequence: World['store']['sequence'] = (work) => (turns++ > 0 ? Promise.reject(new Error('disk full')) : store.sequence(work))
    const failing = await openWorld({ store: { ...store, sequence } })
    turns = 0
    const more = await signMany(world.authorities, 100, '后')
    const box = outbox(failing)
    await box.add([...statements, ...more])
    const results: Results = []
    const work = (async () => {
      for await (const result of box.drain()) results.push(result)
    })()
    expect((await faultOf(work)).details).toMatchObject({ status: 500, problemCode: 'node.internal' })
    expect(results).toHaveLength(128)
    expect(await box.counts()).toEqual({ waiting: 12, accepted: 128, rejected: 0, pending: 0, refused: 0 })
    await expectOneEffect([...results, ...(await drained(outbox()))])
  })

  it('loses nothing if the node is halted', async () => {
    world.node.halt({ origin: 'x', size: 1, seen: 2, witness: 'x', checkpoint: 'x' })
    const box = outbox()
    await box.add(statements.slice(0, 3))
    expect((await faultOf(drained(box))).details).toMatchObject({ status: 503, problemCode: 'log.halted' })
    expect(await box.counts()).toMatchObject({ waiting: 3, refused: 0 })
  })
})

describe('retrySeconds', () => {
  it('makes the outbox retry a busy or unreachable node, with growing pauses', async () => {
    const at: number[] = []
    const answers: (() => Response)[] = [
      () => problem(503),
      () => problem(429),
      () => {
        throw new TypeError('fetch failed')
      },
    ]
    vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] })
    try {
      const started = Date.now()
      const box = outboxThrough(async (answer, n) => {
        at.push(Date.now() - started)
        const failing = answers[n - 1]
        return failing === undefined ? answer() : failing()
      })
      await box.add(statements.slice(0, 5))
      const work = drained(box, { retrySeconds: 300 })
      expect(await passUntil(work)).toHaveLength(5)
    } finally {
      vi.useRealTimers()
    }
    const waits = at.slice(1).map((time, n) => time - (at[n] as number))
    expect(waits.slice(0, 2)).toEqual([1000, 2000])
    expect(waits.every((wait) => wait >= 500)).toBe(true)
  })

  it('ends with the error, and every statement is still queued', async () => {
    const box = outboxThrough(async () => problem(503))
    await box.add(statements.slice(0, 5))
    expect((await faultOf(drained(box))).details).toMatchObject({ status: 503 })
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      const work = faultOf(drained(box, { retrySeconds: 10 }))
      expect((await passUntil(work)).details).toMatchObject({ status: 503 })
    } finally {
      vi.useRealTimers()
    }
    expect((await box.counts()).waiting).toBe(5)
  })

  it('does not apply to permanent errors', async () => {
    for (const code of ['request.key', 'request.not-permitted']) {
      const box = outboxThrough(async () => problem(code === 'request.key' ? 401 : 403, code))
      await box.add(statements.slice(0, 5))
      expect((await faultOf(drained(box, { retrySeconds: 3600 }))).details.problemCode).toBe(code)
      expect((await box.counts()).waiting).toBe(5)
    }
  })

  it('ends with its signal', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const box = outboxThrough(async () => {
      controller.abort(reason)
      return problem(503)
    })
    await box.add(statements.slice(0, 5))
    await expect(drained(box, { retrySeconds: 3600, signal: controller.signal })).rejects.toBe(reason)
    expect((await box.counts()).waiting).toBe(5)
  })
})
