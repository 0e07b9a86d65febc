// Why this exists: a node that is not trusted may answer without end, or never. Reads must be limited in octets and in time, and leave no
// timer that blocks the end of the process.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Allowance, allowanceOf, fetchBounded } from '../../src/client/inside.js'

const ADDRESS = 'https://node.example/v1/agreements'
type Sent = readonly [request: Request | string, options: RequestInit]
let sent: Sent[]
const tooLarge = (most: number): Error => new Error(`more than ${most} octets`)
const allowance = (octets: number, milliseconds = 1000): Allowance => allowanceOf(octets, milliseconds, { now: () => Date.now(), tooLarge })

/** Answers with `answer`, or waits until the request is aborted. */
function answerWith(answer?: () => Response | Promise<Response>): void {
  vi.stubGlobal('fetch', (request: Request | string, options: RequestInit) => {
    sent.push([request, options])
    if (answer !== undefined) return Promise.resolve().then(answer)
    return new Promise((_, reject) => options.signal?.addEventListener('abort', () => reject(options.signal?.reason)))
  })
}
const octets = (...parts: number[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const length of parts) controller.enqueue(new Uint8Array(length))
      controller.close()
    },
  })

beforeEach(() => {
  sent = []
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a bounded request', () => {
  it('carries no cookie and no referrer, is not cached, and follows no redirect', async () => {
    answerWith(() => new Response('x'))
    await (await fetchBounded(ADDRESS, allowance(1))).text()
    expect(sent).toEqual([
      [
        ADDRESS,
        { cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer', signal: expect.any(AbortSignal) },
      ],
    ])
  })

  it('ends with the error of a connection that fails', async () => {
    const broken = new TypeError('fetch failed')
    answerWith(() => Promise.reject(broken))
    await expect(fetchBounded(ADDRESS, allowance(1))).rejects.toBe(broken)
  })

  it('is aborted once its time is over, or at once if it was over before', async () => {
    for (const milliseconds of [1000, 0, -5]) {
      answerWith()
      const work = expect(fetchBounded(ADDRESS, allowance(1, milliseconds))).rejects.toMatchObject({ name: 'AbortError' })
      const signal = sent.at(-1)?.[1].signal
      if (milliseconds > 0) await vi.advanceTimersByTimeAsync(milliseconds - 1)
      expect(signal?.aborted).toBe(false)
      await vi.advanceTimersByTimeAsync(1)
      expect(signal?.aborted).toBe(true)
      await work
    }
  })

  it('is aborted with its own request, for the same reason', async () => {
    answerWith()
    const controller = new AbortController()
    const work = fetchBounded(new Request(ADDRESS, { signal: controller.signal }), allowance(1))
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(work).rejects.toBe(reason)
  })

  it('is aborted at once if its own request was aborted before', async () => {
    vi.stubGlobal('fetch', (_: Request, { signal }: { readonly signal: AbortSignal }) =>
      signal.aborted ? Promise.reject(signal.reason) : Promise.resolve(new Response(null)),
    )
    const reason = new Error('enough')
    const request = new Request(ADDRESS, { signal: AbortSignal.abort(reason) })
    await expect(fetchBounded(request, allowance(1))).rejects.toBe(reason)
  })
})

describe('a bounded answer', () => {
  it('has the status and the headers of the answer, and its body up to the last octet that is allowed', async () => {
    answerWith(() => new Response(octets(3, 4), { status: 206, headers: { etag: 'e' } }))
    const given = allowance(7)
    const response = await fetchBounded(ADDRESS, given)
    expect([response.status, response.headers.get('etag'), (await response.bytes()).length, given.octets]).toEqual([206, 'e', 7, 0])
  })

  it('fails with the error of its allowance at one octet more, even if earlier answers used a part of it', async () => {
    answerWith(() => new Response(octets(3, 4)))
    const given = allowance(6)
    await expect((await fetchBounded(ADDRESS, given)).bytes()).rejects.toThrow('more than 6 octets')
    const shared = allowance(13)
    await (await fetchBounded(ADDRESS, shared)).bytes()
    await expect((await fetchBounded(ADDRESS, shared)).bytes()).rejects.toThrow('more than 6 octets')
  })

  it('is aborted if its body does not end in time', async () => {
    answerWith(() => {
      const { signal } = (sent.at(-1) as Sent)[1]
      return new Response(new ReadableStream({ start: (it) => signal?.addEventListener('abort', () => it.error(signal.reason)) }))
    })
    const body = expect((await fetchBounded(ADDRESS, allowance(1))).bytes()).rejects.toMatchObject({ name: 'AbortError' })
    await vi.advanceTimersByTimeAsync(1000)
    await body
  })

  it('without a body is returned unchanged', async () => {
    const empty = new Response(null, { status: 204 })
    answerWith(() => empty)
    expect(await fetchBounded(ADDRESS, allowance(1))).toBe(empty)
  })
})
