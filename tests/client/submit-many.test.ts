// Why this exists: a bulk answer is a sequence of lines that can break off, be too short, or report that the request is too large.
import { getEventListeners } from 'node:events'
import { createClient } from 'tongheng/client'
import { isTonghengError, type TonghengError } from 'tongheng/errors'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { entriesOf, signMany } from '../support/nodes/pair.js'
import { pass, passUntil } from '../support/nodes/timers.js'
import { fakeAuthorities, openWorld, statementIdOf, type World } from '../support/nodes/world.js'

let statements: readonly string[]
let world: World

beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 50)
})

beforeEach(async () => {
  world = await openWorld()
})

type Change = (answer: Response, n: number) => Response | Promise<Response>

/** A client whose answers are modified, by their number from 1, and which records the requests. */
function through(change: Change, options: Parameters<World['client']>[1] = {}) {
  const bodies: string[] = []
  const client = world.client('CD', {
    retries: 0,
    fetch: async (request) => {
      bodies.push(await request.clone().text())
      const answer = await world.server.fetch(request)
      const changed = await change(answer, bodies.length)
      // An HTTP server discards an unread answer; do the same here.
      if (changed !== answer && !answer.body?.locked) await answer.body?.cancel()
      return changed
    },
    ...options,
  })
  return { client, bodies }
}

const all = async (
  submissions: AsyncIterable<{ statement: string; isNew?: boolean; problem?: { code: string } | undefined; index: number }>,
) => {
  const found = []
  for await (const one of submissions) found.push(one)
  return found
}
const faultOf = async (work: Promise<unknown>): Promise<TonghengError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isTonghengError(error)) throw new Error(`not an error of ours: ${String(error)}`)
  return error
}

describe('a bulk submission', () => {
  it.each([
    ['one statement', () => statements[0], undefined, 'statements'],
    ['nothing', () => undefined, undefined, 'statements'],
    ['an item that is no text', () => [null], undefined, 'statements'],
    ['batches of a text', () => statements, { batchSize: '10' }, 'batchSize'],
    ['batches of one and a half', () => statements, { batchSize: 1.5 }, 'batchSize'],
    ['an unknown option', () => statements, { batch: 10 }, 'batch'],
    ['no signal', () => statements, { signal: true }, 'signal'],
  ])('of %s is refused, and nothing is sent', async (_, given, options, member) => {
    const { client, bodies } = through((answer) => answer)
    const work = async () => all(client.records.submitMany(given() as never, options as never))
    expect(await faultOf(work())).toMatchObject({ code: 'verify.options', details: { member } })
    expect(bodies).toEqual([])
  })

  it('yields answers in order with their index, over as many requests as needed', async () => {
    const { client, bodies } = through((answer) => answer)
    async function* given() {
      yield* statements
    }
    const found = await all(client.records.submitMany(given(), { batchSize: 20 }))
    expect(found.map(({ index, statement, isNew }) => [index, statement, isNew])).toEqual(statements.map((one, at) => [at, one, true]))
    expect(bodies.map((body) => body.split('\n').length)).toEqual([20, 20, 10])
    expect(await all(client.records.submitMany([]))).toEqual([])
    expect(bodies).toHaveLength(3)
  })

  it('reads statements only as needed, one request ahead', async () => {
    let given = 0
    function* endless() {
      for (;;) yield statements[given++ % 50] as string
    }
    for await (const { index } of world.client('CD').records.submitMany(endless(), { batchSize: 10 })) if (index === 14) break
    expect(given).toBeLessThanOrEqual(31)
  })

  it('has a line for each malformed statement too', async () => {
    const given = [statements[0] as string, '', '  \n', `${statements[1]}\n`, 'a\nb\r\nc', 'x'.repeat(1_000_000), `\n${statements[2]}`]
    const found = await all(world.client('CD').records.submitMany(given))
    expect(found.map(({ problem, isNew }) => problem?.code ?? isNew)).toEqual([
      true,
      'record.refused',
      'record.refused',
      true,
      'record.refused',
      'body.too-large',
      true,
    ])
  })

  it('sends oversized statements neither together nor whole', async () => {
    const { client, bodies } = through((answer) => answer)
    const found = await all(client.records.submitMany(['x'.repeat(20_000_000), ...statements.slice(0, 3), 'y'.repeat(20_000_000)]))
    expect(found.map(({ problem, isNew }) => problem?.code ?? isNew)).toEqual(['body.too-large', true, true, true, 'body.too-large'])
    for (const { length } of bodies) expect(length).toBeLessThan(1_000_000)
  })
})

describe('a request of a bulk submission', () => {
  /** A client of a host that rejects each line, and the number of lines of each request. */
  function refusing() {
    const lines: number[] = []
    const fetch = async (request: Request): Promise<Response> => {
      const { length } = (await request.text()).split('\n')
      lines.push(length)
      const problem = { type: 'x', title: 'x', status: 413, code: 'body.too-large', text: { zh: 'x', en: 'x' } }
      return new Response(`${JSON.stringify({ status: 413, problem })}\n`.repeat(length))
    }
    return { lines, client: world.client('CD', { retries: 0, fetch }) }
  }

  it('has at most eight million characters: a statement counts up to one more than its greatest length, and its line end', async () => {
    const oversized = Array.from({ length: 30 }, () => 'x'.repeat(300_000))
    // 30 · (262,144 + 1 + 1) leaves 135,620.
    for (const [length, expected] of [
      [135_620, [31]],
      [135_621, [30, 1]],
    ] as const) {
      const { client, lines } = refusing()
      await all(client.records.submitMany([...oversized, 'y'.repeat(length)]))
      expect(lines, String(length)).toEqual(expected)
    }
  })

  it('has one statement where a batch has none', async () => {
    const { client, lines } = refusing()
    await all(client.records.submitMany(statements.slice(0, 3), { batchSize: 0 }))
    expect(lines).toEqual([1, 1, 1])
  })

  it('ends at the signal of the caller, which is left without listeners', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const requests: Request[] = []
    const client = world.client('CD', {
      retries: 0,
      fetch: async (request) => {
        requests.push(request)
        controller.abort(reason)
        expect(request.signal.aborted).toBe(true)
        throw request.signal.reason
      },
    })
    await expect(all(client.records.submitMany(statements, { signal: controller.signal }))).rejects.toBe(reason)
    expect(requests).toHaveLength(1)
    // Aborted before the first request, nothing is sent.
    await expect(all(client.records.submitMany(statements, { signal: controller.signal }))).rejects.toBe(reason)
    expect(requests).toHaveLength(1)
    const { signal } = new AbortController()
    await all(world.client('CD').records.submitMany(statements, { signal }))
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

describe('the next request', () => {
  it('is sent while the answers before it are consumed, and not before they have arrived', async () => {
    let underWay = 0
    let most = 0
    const { client, bodies } = through((answer) => answer, {
      fetch: async (request) => {
        most = Math.max(most, ++underWay)
        bodies.push(request.url)
        const answer = await world.server.fetch(request)
        const bytes = await answer.arrayBuffer()
        underWay--
        return new Response(bytes, answer)
      },
    })
    const asked: number[] = []
    for await (const { index } of client.records.submitMany(statements, { batchSize: 20 })) {
      if (index % 20 === 0) await expect.poll(() => underWay).toBe(0)
      if (index % 20 === 0) asked.push(bodies.length)
    }
    expect([asked, most]).toEqual([[2, 3, 3], 1])
    expect((await entriesOf(world)).map(({ statement }) => statement)).toEqual(statements)
  })

  it('is aborted if the consumer stops iterating', async () => {
    let ended = false
    const slow = async (answer: Response, n: number): Promise<Response> => {
      if (n === 1) return answer
      const cancel = (): void => {
        ended = true
      }
      return new Response(new ReadableStream({ cancel }), answer)
    }
    // Only the abandoned iteration can end it.
    const { client } = through(slow, { timeout: 3_600_000 })
    for await (const { index } of client.records.submitMany(statements, { batchSize: 20 })) if (index === 3) break
    await expect.poll(() => ended).toBe(true)
  })

  it('does not block a consumer that stops while more statements are awaited', async () => {
    async function* live() {
      yield* statements.slice(0, 21)
      await new Promise(() => undefined)
    }
    for await (const { index } of world.client('CD').records.submitMany(live(), { batchSize: 20 })) if (index === 19) break
    expect(await entriesOf(world)).toHaveLength(20)
  })

  it('does not affect earlier answers if it fails, or its statements cannot be read', async () => {
    function* unreadable() {
      yield* statements.slice(0, 30)
      throw new Error('the disk')
    }
    for (const [given, fault] of [
      [statements, 'client.answer'],
      [unreadable(), 'the disk'],
    ] as const) {
      const { client } = through((answer, n) => (n === 1 ? answer : new Response('no', { status: 200 })))
      const found: number[] = []
      const work = (async () => {
        for await (const { index } of client.records.submitMany(given, { batchSize: 20 })) found.push(index)
      })()
      const error = await work.then(String, (reason: { code?: string; message: string }) => reason.code ?? reason.message)
      expect([error, found.length]).toEqual([fault, 20])
    }
  })
})

describe('a bulk answer', () => {
  it('is requested again if it breaks off, with one effect', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      const { client, bodies } = through((answer, n) => (n > 2 ? answer : broken(answer, 700)))
      const work = all(client.records.submitMany(statements))
      const found = await passUntil(work)
      expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]])
      expect(found.map(({ statement }) => statement)).toEqual(statements)
      expect(await entriesOf(world)).toHaveLength(50)
      const receipts = (await entriesOf(world)).map(({ receipt }) => receipt)
      expect(found.map((one) => (one as { receipt?: string }).receipt)).toEqual(receipts)
    } finally {
      vi.useRealTimers()
    }
  })

  it('is client.network if it breaks off every time, and stored statements remain stored', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      const { client, bodies } = through((answer) => broken(answer, 700))
      const work = faultOf(all(client.records.submitMany(statements)))
      expect((await passUntil(work)).code).toBe('client.network')
      expect(bodies).toHaveLength(5)
    } finally {
      vi.useRealTimers()
    }
    expect((await entriesOf(world)).length).toBeGreaterThan(0)
  })

  it('is client.answer if lines are missing, surplus, empty or malformed', async () => {
    const lines = async (answer: Response): Promise<string[]> => (await answer.text()).trimEnd().split('\n')
    for (const [name, spoil] of Object.entries({
      few: (all: string[]) => all.slice(1),
      many: (all: string[]) => [...all, all[0] as string],
      none: () => [],
      junk: (all: string[]) => ['<html>', ...all.slice(1)],
      shape: (all: string[]) => ['{"status":"201"}', ...all.slice(1)],
      array: (all: string[]) => ['[]', ...all.slice(1)],
    })) {
      const { client } = through(async (answer) => new Response(spoil(await lines(answer)).join('\n')))
      expect((await faultOf(all(client.records.submitMany(statements)))).code, name).toBe('client.answer')
    }
  })

  it('is rejected if receipts are reordered or missing', async () => {
    for (const spoil of [
      ([first, second, ...rest]: string[]) => [second as string, first as string, ...rest],
      ([, ...rest]: string[]) => ['{"status":201}', ...rest],
    ]) {
      const { client } = through(async (answer) => new Response(spoil((await answer.text()).trimEnd().split('\n')).join('\n')))
      expect((await faultOf(all(client.records.submitMany(statements)))).code).toBe('receipt.invalid')
    }
  })

  it('of 429 or 503 is retried after the requested pause', async () => {
    for (const status of [429, 503]) {
      vi.useFakeTimers({ toFake: ['setTimeout'] })
      try {
        const waits: number[] = []
        const { client, bodies } = through(
          (answer, n) => {
            if (n > 1) return answer
            return new Response('{}', { status, headers: { 'retry-after': '7', 'content-type': 'application/problem+json' } })
          },
          { retries: 3 },
        )
        const work = all(client.records.submitMany(statements.slice(0, 5)))
        for (let waited = 0; waited < 12_000; waited += 500) {
          await pass(500)
          waits.push(bodies.length)
        }
        expect((await passUntil(work)).length).toBe(5)
        // Nothing was sent before the seven seconds were over.
        expect([waits[12], waits.at(-1)], String(status)).toEqual([1, 2])
      } finally {
        vi.useRealTimers()
      }
    }
  })

  it('that requests a pause of years is retried after two minutes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      const { client, bodies } = through(
        (answer, n) => (n > 1 ? answer : new Response('{}', { status: 503, headers: { 'retry-after': '99999999' } })),
        { retries: 1 },
      )
      const work = all(client.records.submitMany(statements.slice(0, 2)))
      for (let n = 0; n < 110; n++) await pass(1000)
      expect(bodies).toHaveLength(1)
      expect((await passUntil(work, 1000)).length).toBe(2)
      expect(bodies).toHaveLength(2)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a node with a smaller limit', () => {
  it('gets smaller requests, and answers every statement', async () => {
    const small = await openWorld({ limits: { bulkLines: 7, bulkOctets: 20_000 } })
    const found = await all(small.client('CD').records.submitMany(statements))
    expect(found.map(({ statement, isNew }) => [statement, isNew])).toEqual(statements.map((one) => [one, true]))
    expect((await entriesOf(small)).map(({ statementId }) => statementId)).toEqual(statements.map((one) => statementIdOf(one)))
  })

  it('rejects only a single statement that exceeds it', async () => {
    const small = await openWorld({ limits: { bulkOctets: 9000 } })
    const given = [statements[0] as string, 'x'.repeat(9001), statements[1] as string]
    const found = await all(small.client('CD').records.submitMany(given))
    expect(found.map(({ problem, isNew }) => problem?.code ?? isNew)).toEqual([true, 'body.too-large', true])
  })
})

describe('statements that the node could not store', () => {
  const lost = (lines: readonly string[], from: number): string[] => [
    ...lines.slice(0, from),
    ...lines.slice(from).map(() => JSON.stringify({ status: 503, problem: awayProblem })),
  ]
  const awayProblem = { type: 'about:blank', title: 't', status: 503, code: 'store.unavailable', text: { zh: '不可用', en: 'away' } }

  it('are sent again until they are stored, and no other', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      const given = statements.slice(0, 5)
      const { client, bodies } = through(async (answer, n) =>
        n > 2 ? answer : new Response(lost((await answer.text()).trimEnd().split('\n'), n === 1 ? 3 : 0).join('\n')),
      )
      const work = all(client.records.submitMany(given))
      const answers = await passUntil(work, 500)
      expect(bodies.map((body) => body.split('\n'))).toEqual([given, given.slice(3), given.slice(3)])
      expect(answers.map(({ statement, problem, index }) => [index, statement, problem])).toEqual(
        given.map((one, n) => [n, one, undefined]),
      )
    } finally {
      vi.useRealTimers()
    }
  })

  it('are answered as such after two minutes, in order', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      const { client, bodies } = through(
        async (answer, n) => new Response(lost((await answer.text()).trimEnd().split('\n'), n === 1 ? 1 : 0).join('\n')),
      )
      const work = all(client.records.submitMany(statements.slice(0, 3)))
      expect((await passUntil(work, 500)).map(({ problem }) => problem?.code)).toEqual([
        undefined,
        'store.unavailable',
        'store.unavailable',
      ])
      expect(bodies.length).toBeLessThan(25)
    } finally {
      vi.useRealTimers()
    }
  })

  it('are not repeated after the caller aborts', async () => {
    const abort = new AbortController()
    const { client, bodies } = through(async (answer) => {
      const lines = lost((await answer.text()).trimEnd().split('\n'), 0)
      setTimeout(() => abort.abort(new Error('enough')), 20)
      return new Response(lines.join('\n'))
    })
    const work = all(client.records.submitMany(statements.slice(0, 3), { signal: abort.signal }))
    await expect(work).rejects.toThrow('enough')
    expect(bodies).toHaveLength(1)
  })
})

it('bulk submission needs a caller', async () => {
  const client = createClient({ node: { url: 'https://node.example' }, fetch: world.server.fetch })
  expect((await faultOf(all(client.records.submitMany(statements)))).code).toBe('client.no-caller')
})

/** An answer that breaks off after some octets, as a lost connection does. */
function broken(answer: Response, octets: number): Response {
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  let left = octets
  return new Response(
    new ReadableStream({
      async pull(controller) {
        const { value } = await reader.read()
        if (value === undefined || value.length > left) {
          if (value !== undefined) controller.enqueue(value.subarray(0, left))
          controller.error(new Error('ECONNRESET'))
          await reader.cancel()
          return
        }
        left -= value.length
        controller.enqueue(value)
      },
    }),
    { status: answer.status, headers: answer.headers },
  )
}
