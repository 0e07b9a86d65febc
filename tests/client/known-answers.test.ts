// Why this exists: a follower requests the same documents every few seconds, for years. An unchanged document must not be sent again, and a
// new answer must never be confused with an earlier one.
import { createClient } from 'tongheng/client'
import { beforeEach, describe, expect, it } from 'vitest'
import { openWorld, uscc, type World } from '../support/nodes/world.js'

let world: World
let asked: (string | null)[]
beforeEach(async () => {
  world = await openWorld()
  asked = []
})

/** A client whose requests are recorded with their conditions, and whose answers may be replaced. */
const clientThrough = (answer: (request: Request, n: number) => Promise<Response> | Response) =>
  createClient({
    node: { url: 'https://node.example' },
    retries: 0,
    fetch: async (request) => {
      asked.push(request.headers.get('if-none-match'))
      return answer(request, asked.length)
    },
  })

describe('an answer that a follower requests again', () => {
  it('is requested with its entity tag and returned from the cache, unaffected by changes that a caller made to it', async () => {
    const client = clientThrough((request) => world.server.fetch(request))
    const first = await client.trustLists.get(uscc('SC-AMR'))
    const before = JSON.stringify(first)
    ;(first.signed as string[]).length = 0
    expect(JSON.stringify(await client.trustLists.get(uscc('SC-AMR')))).toBe(before)
    expect(asked).toEqual([null, expect.stringMatching(/^"[^"]+"$/)])
  })

  it('is not that of another address, of a version, or of a search', async () => {
    const client = clientThrough((request) => world.server.fetch(request))
    for (let n = 0; n < 2; n++) {
      expect((await client.trustLists.get(uscc('CQ-AMR'), { version: 1 })).version).toBe(1)
      for await (const _ of client.notices.list()) throw new Error('there is no notice')
    }
    await client.trustLists.get(uscc('SC-AMR'))
    expect((await client.trustLists.get(uscc('CQ-AMR'))).name).toBe(uscc('CQ-AMR'))
    expect(asked).toEqual(Array(6).fill(null))
  })

  it('is a whole one: a part is against the contract, and is not remembered', async () => {
    const body = { name: uscc('SC-AMR'), version: 1, signed: ['a.b.c'] }
    const client = clientThrough(() => Response.json(body, { status: 206, headers: { etag: '"part"' } }))
    for (let n = 0; n < 2; n++) await expect(client.trustLists.get(uscc('SC-AMR'))).rejects.toMatchObject({ code: 'client.answer' })
    expect(asked).toEqual([null, null])
  })

  it('is not cached if the node answers that there is nothing', async () => {
    const client = clientThrough(() =>
      Response.json({ type: 'about:blank', status: 404, code: 'not-found' }, { status: 404, headers: { etag: '"none"' } }),
    )
    for (let n = 0; n < 2; n++) await expect(client.trustLists.get(uscc('SC-AMR'))).rejects.toThrow()
    expect(asked).toEqual([null, null])
  })

  it('is replaced by a changed one, and removed if the node sends no tag any more', async () => {
    const body = (version: number): string => JSON.stringify({ name: uscc('SC-AMR'), version, signed: ['a.b.c'] })
    const answers: readonly (readonly [version: number, tag: string | undefined])[] = [
      [1, '"one"'],
      [2, '"two"'],
      [3, undefined],
      [4, '"four"'],
    ]
    const client = clientThrough((_, n) => {
      const [version, tag] = answers[n - 1] ?? [0, '']
      return new Response(body(version), { headers: { 'content-type': 'application/json', ...(tag !== undefined && { etag: tag }) } })
    })
    for (const [version] of answers) expect((await client.trustLists.get(uscc('SC-AMR'))).version).toBe(version)
    expect(asked).toEqual([null, '"one"', '"two"', null])
  })

  it('is an error if nothing was cached, or the node rejects the request', async () => {
    const client = clientThrough(() => new Response(null, { status: 304 }))
    await expect(client.trustLists.get(uscc('SC-AMR'))).rejects.toMatchObject({ code: 'client.answer', details: { status: 304 } })
    const failing = clientThrough((request, n) => (n % 2 === 1 ? world.server.fetch(request) : new Response('gone', { status: 500 })))
    asked.length = 0
    await failing.agreements.list()
    await expect(failing.agreements.list()).rejects.toMatchObject({ code: 'client.answer', details: { status: 500 } })
    expect((await failing.agreements.list()).length).toBe(1)
  })
})
