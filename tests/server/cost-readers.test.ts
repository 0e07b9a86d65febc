// Why this exists: a caller that does not read an answer, or does not finish a body, must not fill the memory of the node or block
// others.
import { connect, type Socket } from 'node:net'
import { createMemoryStore } from 'tongheng/stores/memory'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type FetchHandler, type Listening, listen } from '../../src/cli/listen.js'
import { closing } from '../support/nodes/http.js'
import { signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, problemOf, type Sent, type World } from '../support/nodes/world.js'

let statements: readonly string[]
beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 12)
})

const VERIFY: Sent = { method: 'POST', path: '/v1/verify', as: null }
const fill = async (world: World): Promise<void> => {
  for (const statement of statements) await world.client('CD').records.submit(statement)
}

describe('a page', () => {
  it('is limited in octets, and the pages together are complete', async () => {
    const world = await openWorld({ limits: { pageOctets: 9000 } })
    await fill(world)
    const page = (await (await world.send({ path: '/v1/records?limit=500' })).json()) as { items: { statement: string }[]; next?: string }
    expect(page.items.length).toBeGreaterThan(0)
    expect(page.items.length).toBeLessThan(statements.length)
    const found = []
    for await (const { statement } of world.client('CD').records.list({ limit: 500 })) found.push(statement)
    expect(found).toEqual(statements)
    // One statement is always included, or the next page would begin at the same one.
    const narrow = await openWorld({ limits: { pageOctets: 1 } })
    await fill(narrow)
    const each = []
    for await (const { statement } of narrow.client('CD').records.list()) each.push(statement)
    expect(each).toEqual(statements)
  })

  it('is read from the store in small parts, never as a whole', async () => {
    const store = createMemoryStore()
    const asked: number[] = []
    const { listEntries, statements: read } = store
    Object.assign(store, {
      listEntries: (query: object, options: { from: number; limit: number }) => {
        asked.push(options.limit)
        return listEntries(query, options)
      },
      statements: (start: number, end: number) => {
        asked.push(end - start)
        return read(start, end)
      },
    })
    const world = await openWorld({ store })
    await fill(world)
    asked.length = 0
    await (await world.send({ path: '/v1/records?limit=500' })).text()
    const lines = await (await world.send({ path: '/v1/log/entries/0?width=12', as: 'CQ-AMR' })).text()
    expect(lines).toBe(`${statements.join('\n')}\n`)
    expect(Math.max(...asked)).toBeLessThanOrEqual(16)
  })

  it('of the log is streamed as it is read, and not read at all if its tag matches', async () => {
    const store = createMemoryStore()
    const read = vi.spyOn(store, 'statements')
    const world = await openWorld({ store })
    await fill(world)
    const path = '/v1/log/entries/0?width=12'
    read.mockClear()
    const response = await world.send({ path, as: 'CQ-AMR' })
    expect(read).not.toHaveBeenCalled()
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    expect(read).toHaveBeenCalledTimes(1)
    await reader.cancel()
    const etag = response.headers.get('etag') as string
    read.mockClear()
    expect((await world.send({ path, as: 'CQ-AMR', headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await world.send({ path, as: 'CQ-AMR', method: 'HEAD', claims: { htm: 'GET' } })).headers.get('etag')).toBe(etag)
    expect(read).not.toHaveBeenCalled()
  })
})

describe('many concurrent pages of the log', () => {
  it('are read one step per caller at a time', async () => {
    const store = createMemoryStore()
    const { statements: read } = store
    let [under, most] = [0, 0]
    store.statements = async (start, end) => {
      most = Math.max(most, ++under)
      await new Promise((done) => setImmediate(done))
      under--
      return read(start, end)
    }
    const world = await openWorld({ store })
    await fill(world)
    const path = '/v1/log/entries/0?width=12'
    const pages = await Promise.all(Array.from({ length: 20 }, async () => (await world.send({ path, as: 'CQ-AMR' })).text()))
    expect(new Set(pages)).toEqual(new Set([`${statements.join('\n')}\n`]))
    expect(most).toBe(1)
  })
})

describe('unread answers', () => {
  it('are held up to a limit; then other requests are rejected with Retry-After, until they are abandoned', async () => {
    // Half is for signed calls, and a quarter of that for one caller.
    const world = await openWorld({ limits: { heldOctets: 2_200_000 } })
    await fill(world)
    const ask = (): Promise<Response> => world.send({ path: '/v1/records' })
    const held: Response[] = []
    let refused: Response | undefined
    for (let n = 0; n < 12 && refused === undefined; n++) {
      const response = await ask()
      if (response.ok) held.push(response)
      else refused = response
    }
    expect(held.length).toBeLessThan(8)
    expect(refused?.status).toBe(503)
    expect(refused?.headers.get('retry-after')).toBe('1')
    expect((await problemOf(refused as Response)).code).toBe('request.busy')
    // Another caller has its own share.
    expect((await world.send({ path: '/v1/records', as: 'LZ' })).status).toBe(200)
    for (const response of held) await response.body?.cancel()
    const { items } = (await (await ask()).json()) as { items: unknown[] }
    expect(items).toHaveLength(12)
  })
})

describe('a connection', () => {
  let listening: Listening
  let sockets: Socket[]
  beforeEach(async () => {
    // Fake only the timer of the connection watch: signatures are verified on other threads, and sockets wait for the system.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    sockets = []
    listening = await listen('127.0.0.1', 0)
  })
  afterEach(async () => {
    for (const socket of sockets) socket.destroy()
    await listening.close()
    vi.useRealTimers()
  })
  const open = async (text: string): Promise<Socket> => {
    const socket = connect(listening.port, '127.0.0.1')
    sockets.push(socket)
    socket.on('error', () => undefined)
    await new Promise<void>((sent) => socket.write(text, () => sent()))
    return socket
  }
  const settle = async (): Promise<void> => {
    for (let n = 0; n < 20; n++) await new Promise((next) => setImmediate(next))
  }
  /** The watch runs every two seconds. */
  const look = async (times: number): Promise<void> => {
    for (let n = 0; n < times; n++) {
      vi.advanceTimersByTime(2000)
      await settle()
    }
  }
  const GET = 'GET / HTTP/1.1\r\nHost: node\r\n\r\n'
  /** An answer without an end that counts its reads. */
  function endless(): { readonly handler: FetchHandler; readonly seen: { pulls: number; isGivenUp: boolean } } {
    const seen = { pulls: 0, isGivenUp: false }
    const handler: FetchHandler = async () =>
      new Response(
        new ReadableStream<Uint8Array>({
          async pull(controller) {
            seen.pulls++
            await new Promise((next) => setTimeout(next, 1))
            controller.enqueue(new Uint8Array(65_536))
          },
          cancel() {
            seen.isGivenUp = true
          },
        }),
      )
    return { handler, seen }
  }

  it('whose caller does not read is closed, and its answer not written further', async () => {
    const { handler, seen } = endless()
    listening.serve(handler)
    const socket = await open(GET)
    socket.pause()
    const closed = closing(socket)
    // The buffers of the socket are full once many checks in a row found no read: on a loaded machine, a single check proves nothing.
    for (let before = -1, same = 0; same < 50; ) {
      same = before === seen.pulls ? same + 1 : 0
      before = seen.pulls
      await new Promise((next) => setTimeout(next, 4))
    }
    const { pulls } = seen
    await look(9)
    expect(seen.isGivenUp).toBe(false)
    await look(2)
    for (let n = 0; n < 50 && !seen.isGivenUp; n++) await settle()
    expect(seen.isGivenUp).toBe(true)
    expect(seen.pulls).toBeLessThan(pulls + 4)
    socket.resume()
    await closed
  })

  it('whose caller reads stays open, however long the answer is', async () => {
    const { handler, seen } = endless()
    listening.serve(handler)
    const socket = await open(GET)
    let length = 0
    socket.on('data', (part: Buffer) => {
      length += part.length
    })
    for (let n = 0; n < 12; n++) {
      const before = length
      await look(1)
      while (length < before + 65_536) await new Promise((next) => setTimeout(next, 2))
    }
    expect(seen.isGivenUp).toBe(false)
    expect(socket.destroyed).toBe(false)
  })

  it('whose body is never finished is closed, and its reservation released', async () => {
    // A quarter is for open calls, and the announced body uses all of it.
    const world = await openWorld({ limits: { heldOctets: 400_000 } })
    let isThere = false
    listening.serve((request) => {
      isThere = true
      return world.server.fetch(request, { boundsBodies: true, address: '192.0.2.1' })
    })
    const head = (length: number): string =>
      `POST /v1/verify HTTP/1.1\r\nHost: node\r\nContent-Type: application/jose\r\nContent-Length: ${length}\r\n\r\n`
    const unfinished = await open(`${head(99_000)}abc`)
    const closed = closing(unfinished)
    unfinished.resume()
    const statement = statements[0] as string
    const honest = async (): Promise<number> => {
      const headers = { 'content-length': String(statement.length) }
      const response = await world.send({ ...VERIFY, body: statement, headers, from: '198.51.100.7' })
      await response.text()
      return response.status
    }
    while (!isThere) await settle()
    await settle()
    expect(await honest()).toBe(503)
    await look(11)
    await closed
    for (let n = 0; n < 100 && (await honest()) === 503; n++) await settle()
    expect(await honest()).toBe(200)
  })

  it('is one of a quarter that an address can have; those of a trusted proxy are not counted', async () => {
    const answered = (socket: Socket): Promise<boolean> =>
      new Promise((resolve) => {
        socket.once('data', () => resolve(true)).once('close', () => resolve(false))
      })
    for (const [trustedProxies, wanted] of [
      [[], [true, true, false]],
      [['127.0.0.0/8'], [true, true, true]],
    ] as const) {
      await listening.close()
      listening = await listen('127.0.0.1', 0, { connections: 8, trustedProxies })
      listening.serve(async () => new Response('well'))
      const found: boolean[] = []
      for (let n = 0; n < 3; n++) found.push(await answered(await open(GET)))
      expect(found).toEqual(wanted)
      for (const socket of sockets) socket.destroy()
    }
  })
})
