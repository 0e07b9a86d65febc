// Why this exists: what the client sends, how long it waits, and which listeners it leaves cannot be tested at a server.
import { getEventListeners } from 'node:events'
import { type ClientOptions, createClient } from 'tongheng/client'
import { fixtures } from 'tongheng/testing'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { signMany } from '../support/nodes/pair.js'
import { pass, passUntil } from '../support/nodes/timers.js'
import { claimsOf, openWorld, uscc, type World } from '../support/nodes/world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
const caller = () => ({ iss: uscc('CD'), signer: world.authorities.signer('CD') })
const create = (options: Partial<ClientOptions>) =>
  createClient({ node: { url: 'https://node.example', id: 'tongheng-51' }, retries: 0, ...options })

describe('the options of a client', () => {
  it.each([
    [{ timeout: 0 }, 'timeout'],
    [{ timeout: -1 }, 'timeout'],
    [{ timeout: Number.NaN }, 'timeout'],
    [{ timeout: 2_147_483_648 }, 'timeout'],
    [{ timeout: '30000' }, 'timeout'],
    [{ caller: {} }, 'caller.iss'],
    [{ caller: { iss: '12510100450770010L', signer: 'key' } }, 'caller.signer'],
    [{ node: {} }, 'node.url'],
    [{ node: { url: 'https://node.example', id: 7 } }, 'node.id'],
    [{ retries: 1.5 }, 'retries'],
    [{ fetch: 'fetch' }, 'fetch'],
    [{ now: 1_750_000_000 }, 'now'],
    [{ trust: {} }, 'trust'],
  ])('%o are rejected at %s', (options, member) => {
    expect(() => create(options as Partial<ClientOptions>)).toThrow(
      expect.objectContaining({ code: 'verify.options', details: expect.objectContaining({ member }) }),
    )
  })

  it('may have a timeout of a millisecond, and one of the longest that a timer has', () => {
    for (const timeout of [1, 2_147_483_647]) expect(() => create({ timeout, caller: caller() })).not.toThrow()
  })

  it('leave the clock to the machine, in seconds', async () => {
    const tokens: string[] = []
    const fetch = async (request: Request): Promise<Response> => {
      tokens.push((request.headers.get('authorization') ?? '').slice('Metrology '.length))
      return new Response('{}')
    }
    const before = Math.floor(Date.now() / 1000)
    await create({ caller: caller(), fetch })
      .whoami()
      .catch(() => undefined)
    const { iat } = claimsOf<{ iat: number }>(tokens[0] as string)
    expect(iat).toBeGreaterThanOrEqual(before)
    expect(iat).toBeLessThanOrEqual(Math.floor(Date.now() / 1000))
  })
})

describe('a path', () => {
  it('has each parameter as one segment, unless the parameter of the call is a path', async () => {
    const paths: string[] = []
    const fetch = async (request: Request): Promise<Response> => {
      paths.push(new URL(request.url).pathname)
      return new Response('', { status: 404 })
    }
    const { records, reader, log } = create({ fetch, caller: caller() })
    await records.get('a/b c').catch(() => undefined)
    await reader('a/b?c').catch(() => undefined)
    await log.witnessed('node-50.example/v1/log').catch(() => undefined)
    expect(paths).toEqual(['/v1/records/a%2Fb%20c', '/v1/readers/a%2Fb%3Fc', '/v1/log/witnessed/node-50.example/v1/log'])
  })
})

describe('a signal', () => {
  it('that is none is named before anything is sent', async () => {
    let sent = 0
    const client = create({ caller: caller(), fetch: async () => new Response(String(++sent)) })
    await expect(client.whoami({ signal: { aborted: false } as never })).rejects.toMatchObject({
      code: 'verify.options',
      details: { member: 'signal' },
    })
    expect(sent).toBe(0)
  })

  it('is left without listeners, whether the call succeeds, fails or is retried', async () => {
    const { signal } = new AbortController()
    let asked = 0
    const fetch = async (request: Request): Promise<Response> =>
      ++asked === 1 ? new Response('', { status: 503, headers: { 'retry-after': '0' } }) : world.server.fetch(request)
    await create({ fetch, retries: 1 }).discover({ signal })
    await create({ fetch: () => Promise.reject(new Error('gone')) })
      .discover({ signal })
      .catch(() => undefined)
    await create({ fetch: async () => new Response('no') })
      .discover({ signal })
      .catch(() => undefined)
    expect(asked).toBe(2)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('that was aborted while a request was signed prevents that request', async () => {
    const controller = new AbortController()
    const { iss, signer } = caller()
    const asked: Request[] = []
    const slow = {
      ...signer,
      sign: async (...args: Parameters<typeof signer.sign>) => {
        controller.abort(new Error('enough'))
        return signer.sign(...args)
      },
    }
    const fetch = async (request: Request): Promise<Response> => {
      asked.push(request)
      return world.server.fetch(request)
    }
    await expect(create({ fetch, caller: { iss, signer: slow } }).whoami({ signal: controller.signal })).rejects.toThrow('enough')
    expect(asked).toEqual([])
  })
})

describe('an answer', () => {
  const endless = (chunk: Uint8Array): Response =>
    new Response(new ReadableStream({ pull: (controller) => controller.enqueue(chunk) }, { highWaterMark: 0 }))

  it('that does not end in time is a timeout of the answer, and its connection is released', async () => {
    let cancelled = 0
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(10)),
      cancel: () => void cancelled++,
    })
    const work = create({ timeout: 30, fetch: async () => new Response(body) }).agreements.list()
    await expect(work).rejects.toMatchObject({
      code: 'client.network',
      details: { node: 'https://node.example', reason: 'timeout', during: 'answer' },
      text: { zh: '连不上节点 https://node.example：超时，没有收到完整的答复' },
    })
    expect(cancelled).toBe(1)
  })

  it('that has begun ends at once when its signal aborts, with the reason of the caller, and its connection is released', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      let cancelled = 0
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new Uint8Array(10)),
        cancel: () => void cancelled++,
      })
      const controller = new AbortController()
      let ended: unknown
      create({ fetch: async () => new Response(body) })
        .agreements.list({ signal: controller.signal })
        .catch((error: unknown) => {
          ended = error
        })
      for (let n = 0; n < 100 && !body.locked; n++) await pass(0)
      expect(body.locked).toBe(true)
      const reason = new Error('enough')
      controller.abort(reason)
      for (let n = 0; n < 100 && ended === undefined; n++) await pass(0)
      expect([ended, cancelled]).toEqual([reason, 1])
    } finally {
      vi.useRealTimers()
    }
  })

  it.each([
    ['20', 20_000],
    ['1', 1000],
    ['9999', 120_000],
    ['10000', 5000],
    ['-1', 5000],
    ['soon', 5000],
    [undefined, 5000],
  ])('that the database is away, with Retry-After: %s, is followed by another round after %i ms', async (retryAfter, pause) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] })
    try {
      const at: number[] = []
      const problem = {
        type: 'about:blank',
        title: 'x',
        status: 503,
        detail: 'x',
        code: 'store.unavailable',
        text: { zh: '库', en: 'away' },
      }
      const fetch = async (): Promise<Response> => {
        at.push(Date.now())
        const headers = { 'content-type': 'application/problem+json', ...(retryAfter !== undefined && { 'retry-after': retryAfter }) }
        return new Response(JSON.stringify(problem), { status: 503, headers })
      }
      let ended: unknown
      // One attempt per round: the pauses between the attempts of a round are those of the HTTP client.
      create({ fetch, retries: 1 })
        .discover()
        .catch((error: unknown) => {
          ended = error
        })
      for (let n = 0; n < 1000 && ended === undefined; n++) {
        await vi.advanceTimersToNextTimerAsync()
        await pass(0)
      }
      expect(ended).toMatchObject({ code: 'store.unavailable' })
      const pauses = at.slice(1).map((time, n) => time - (at[n] as number))
      expect(pauses.filter((_, n) => n % 2 === 1)).toEqual([pause, pause])
    } finally {
      vi.useRealTimers()
    }
  })

  it('that breaks off is an error of the network during the answer, with its cause', async () => {
    const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
    const body = new ReadableStream({ pull: (controller) => controller.error(cause) })
    await expect(create({ fetch: async () => new Response(body) }).agreements.list()).rejects.toMatchObject({
      code: 'client.network',
      details: { node: 'https://node.example', networkCode: 'ECONNRESET', during: 'answer' },
      cause,
    })
  })

  it('of more than a page of the longest statements is rejected with its length', async () => {
    const work = create({ fetch: async () => endless(new Uint8Array(4_194_304)) }).agreements.list()
    await expect(work).rejects.toMatchObject({ code: 'client.answer', details: { status: 200, length: 17 * 4_194_304 } })
  })

  it('without a body is read as empty', async () => {
    await expect(create({ fetch: async () => new Response(null) }).agreements.list()).rejects.toMatchObject({
      code: 'client.answer',
      details: { status: 200, path: '', body: '' },
    })
  })

  it('whose beginning is shown is cut at two hundred octets', async () => {
    const page = 'x'.repeat(300)
    for (const status of [200, 418])
      await expect(create({ fetch: async () => new Response(page, { status }) }).agreements.list()).rejects.toMatchObject({
        code: 'client.answer',
        details: { status, body: 'x'.repeat(200) },
      })
  })

  it('to a bulk request that is larger than that is requested again in halves', async () => {
    const statements = await signMany(world.authorities, 4)
    const lines: number[] = []
    const fetch = async (request: Request): Promise<Response> => {
      const { length } = (await request.clone().text()).split('\n')
      lines.push(length)
      return length > 1 ? endless(new Uint8Array(16_777_216)) : world.server.fetch(request)
    }
    const found: number[] = []
    for await (const { index, problem } of world.client('CD', { fetch, retries: 0 }).records.submitMany(statements.slice(0, 3)))
      if (problem === undefined) found.push(index)
    expect([found, lines]).toEqual([
      [0, 1, 2],
      [3, 2, 1, 1, 1],
    ])
  })

  it('to a bulk request that breaks off each time is requested four more times, after pauses that double', async () => {
    const statements = await signMany(world.authorities, 1)
    const at: number[] = []
    vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] })
    try {
      const fetch = async (): Promise<Response> => {
        at.push(Date.now())
        return new Response(new ReadableStream({ pull: (controller) => controller.error(new Error('ECONNRESET')) }))
      }
      const { records } = world.client('CD', { fetch, retries: 0 })
      const work = expect(records.submitMany(statements)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'client.network' })
      await passUntil(work)
    } finally {
      vi.useRealTimers()
    }
    expect(at.slice(1).map((time, n) => time - (at[n] as number))).toEqual([500, 1000, 2000, 4000])
  })
})

describe('a Retry-After', () => {
  it.each(['soon', 'PT5S', '5 s'])('of %j, which is neither seconds nor a date, counts as none', async (stated) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      let sent = 0
      const fetch = async (): Promise<Response> =>
        ++sent === 1 ? new Response('busy', { status: 503, headers: { 'retry-after': stated } }) : Response.json({ items: [] })
      const items = create({ fetch, retries: 1 }).agreements.list()
      await vi.advanceTimersByTimeAsync(11_000)
      expect(sent).toBe(2)
      expect(await items).toEqual([])
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a network error', () => {
  const detailsOf = async (error: unknown) =>
    create({ fetch: () => Promise.reject(error) })
      .discover()
      .then(
        () => undefined,
        ({ details }: { details: Record<string, unknown> }) => details,
      )

  it('is named by the innermost error that has a code, or by the outermost if none has', async () => {
    const inner = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    expect(
      await detailsOf(new Error('outer', { cause: Object.assign(new Error('middle', { cause: inner }), { code: 'EWHATEVER' }) })),
    ).toMatchObject({
      networkCode: 'ECONNREFUSED',
    })
    const named = await detailsOf(new Error('outer', { cause: new Error('inner') }))
    expect([named?.reason, named?.networkCode]).toEqual(['outer', undefined])
    const numbered = await detailsOf(Object.assign(new Error('aborted'), { code: 20 }))
    expect([numbered?.reason, numbered?.networkCode]).toEqual(['aborted', undefined])
    const below = await detailsOf(
      Object.assign(new Error('aborted', { cause: Object.assign(new Error(''), { code: 'EPIPE' }) }), { code: 20 }),
    )
    expect(below).toMatchObject({ networkCode: 'EPIPE', reason: { en: 'the connection is closed (EPIPE)' } })
    expect((await detailsOf('a text'))?.reason).toBe('a text')
  })

  it('is searched for eight errors deep', async () => {
    const nested = (depth: number): Error => {
      let error: Error = Object.assign(new Error('deep'), { code: 'EDEEP' })
      for (let n = 1; n < depth; n++) error = new Error(`at ${n}`, { cause: error })
      return error
    }
    expect((await detailsOf(nested(8)))?.networkCode).toBe('EDEEP')
    expect((await detailsOf(nested(9)))?.networkCode).toBeUndefined()
  })
})

describe('a query', () => {
  it('omits parameters without a value, and is empty if there are none', async () => {
    const searches: string[] = []
    const fetch = async (request: Request): Promise<Response> => {
      searches.push(new URL(request.url).search)
      return world.server.fetch(request)
    }
    const client = create({ fetch })
    const statement = await world.authorities.sign('CD', fixtures.F01.record)
    await client.verify(statement)
    await client.verify(statement, { region: '50' })
    await client.verify(statement, { region: '50', at: '2025-06-16T09:00:00+08:00' })
    expect(searches).toEqual(['', '?region=50', '?at=2025-06-16T09%3A00%3A00%2B08%3A00&region=50'])
  })
})
