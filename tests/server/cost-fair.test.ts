// Why this exists: one caller's requests must not delay others, and failures must be charged to their source.
import { createSigner, generateKey } from 'tongheng/envelope'
import { addSignatures, cosignCheckpoint, createNoteSigner, noteKeyOf, openCheckpoint, signCheckpoint } from 'tongheng/log'
import { createMemoryStore } from 'tongheng/stores/memory'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { callerKey } from '../../src/base/caller-key.js'
import { callerAddress } from '../../src/cli/caller-address.js'
import { statementUnits, turnUnits } from '../../src/server/cost.js'
import { createHeld } from '../../src/server/held.js'
import { createWorkQueue, type WorkQueueOptions } from '../../src/server/work-queue.js'
import { entriesOf, signMany } from '../support/nodes/pair.js'
import { claimsOf, fakeAuthorities, openWorld, problemOf, type Sent, uscc } from '../support/nodes/world.js'

let statement: string
beforeAll(async () => {
  ;[statement] = (await signMany(await fakeAuthorities(), 1)) as [string]
})
afterEach(() => {
  vi.useRealTimers()
})

const told = async (response: Response): Promise<unknown[]> => [response.status, ...(response.ok ? [] : [(await problemOf(response)).code])]
const VERIFY: Sent = { method: 'POST', path: '/v1/verify', as: null }

describe('a failed authentication', () => {
  const limits = { rate: 1, burst: 5 }
  const stolen = { claims: { iss: uscc('CD') }, as: 'LZ' } as const
  const LIST: Sent = { path: '/v1/records' }

  it('is charged to the client address: after a few, requests from there are rejected unparsed, while others are served', async () => {
    const world = await openWorld({ limits })
    for (let n = 0; n < 5; n++)
      expect(await told(await world.send({ ...LIST, ...stolen, from: '192.0.2.1' }))).toEqual([401, 'request.key'])
    const refused = await world.send({ ...LIST, ...stolen, from: '192.0.2.1' })
    expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, 1])
    // Garbage as well as well-formed tokens.
    expect(await told(await world.send({ ...LIST, as: null, authorization: 'Metrology x', from: '192.0.2.1' }))).toEqual([
      429,
      'request.rate',
    ])
    expect(await told(await world.send({ ...LIST, from: '192.0.2.2' }))).toEqual([200])
    world.clock.now += 5
    expect(await told(await world.send({ ...LIST, from: '192.0.2.1' }))).toEqual([200])
  })

  it('is charged to the 64-bit prefix of an IPv6 address', async () => {
    const world = await openWorld({ limits })
    for (let n = 0; n < 5; n++) await world.send({ ...LIST, ...stolen, from: `2001:db8:0:1::${n}` })
    expect((await world.send({ ...LIST, ...stolen, from: '2001:db8:0:1:ffff::9' })).status).toBe(429)
    expect((await world.send({ ...LIST, ...stolen, from: '2001:db8:0:2::9' })).status).toBe(401)
  })

  it('does not delay a key that was proven from the same address', async () => {
    const world = await openWorld({ limits: { rate: 1, burst: 20 } })
    const from = '192.0.2.1'
    expect((await world.send({ ...LIST, from })).status).toBe(200)
    for (let n = 0; n < 30; n++) await world.send({ ...LIST, ...stolen, from })
    expect((await world.send({ ...LIST, ...stolen, from })).status).toBe(429)
    expect((await world.send({ ...LIST, from })).status).toBe(200)
  })

  it('by an invalid signature is rejected before it is verified again', async () => {
    const world = await openWorld({ limits })
    const verified = vi.spyOn(world.node.trust, 'holders')
    const good = await world.authorize(LIST)
    const forged = `${good.slice(0, -20)}AAAAAAAAAAAAAAAAAAAA`
    const codes: unknown[] = []
    for (let n = 0; n < 8; n++) codes.push((await told(await world.send({ ...LIST, authorization: forged, from: '192.0.2.7' })))[1])
    expect(codes.filter((code) => code === 'request.signature' || code === 'request.format')).toHaveLength(5)
    expect(codes.slice(5)).toEqual(Array(3).fill('request.rate'))
    verified.mockRestore()
  })
})

describe('the client address', () => {
  const of = (trusted: readonly string[], connection: string, headers: Record<string, string> = {}) =>
    callerAddress(trusted).of(connection, headers)

  it('is that of the connection, whatever the headers say, unless the connection is a trusted proxy’s', () => {
    for (const headers of [{ 'x-forwarded-for': '192.0.2.9' }, { forwarded: 'for=192.0.2.9' }]) {
      expect(of([], '10.0.0.1', headers)).toBe('10.0.0.1')
      expect(of(['10.0.0.0/24'], '10.0.1.1', headers)).toBe('10.0.1.1')
      expect(of(['10.0.0.0/24'], '10.0.0.1', headers)).toBe('192.0.2.9')
      expect(of(['10.0.0.0/24'], '::ffff:10.0.0.1', headers)).toBe('192.0.2.9')
    }
  })

  it('is what the nearest proxies wrote; anything the caller wrote before them is ignored', () => {
    const proxies = ['10.0.0.0/8', 'fd00::/8']
    expect(of(proxies, '10.0.0.1', { 'x-forwarded-for': '203.0.113.1, 192.0.2.9, 10.0.0.2' })).toBe('192.0.2.9')
    expect(of(proxies, 'fd00::1', { forwarded: 'for=203.0.113.1, for="[2001:db8::1]:4711";proto=https' })).toBe('2001:db8::1')
    expect(of(proxies, '10.0.0.1', { 'x-forwarded-for': '192.0.2.9, unknown' })).toBe('10.0.0.1')
    expect(of(proxies, '10.0.0.1', { 'x-forwarded-for': '' })).toBe('10.0.0.1')
    expect(of(proxies, '10.0.0.1')).toBe('10.0.0.1')
    // A proxy writes one of the two headers, and may pass the other through as the caller sent it.
    expect(of(proxies, '10.0.0.1', { 'x-forwarded-for': '192.0.2.9', forwarded: 'for=203.0.113.1' })).toBe('10.0.0.1')
  })

  it('of a configured proxy must be valid', () => {
    for (const entry of ['proxy', '10.0.0.0/33', '10.0.0.0/x', '::/129', '10.0.0.1/8/8', ''])
      expect(() => callerAddress([entry])).toThrow(expect.objectContaining({ code: 'cli.proxy' }))
  })

  it('is one key for all of its spellings', () => {
    expect(callerKey('::ffff:192.0.2.1')).toBe('192.0.2.1')
    const [first, ...rest] = ['2001:db8::1', '2001:0DB8:0:0::2', '2001:db8:0:0:5:6:7:8', '2001:db8::%eth0'].map(callerKey)
    expect(new Set(rest)).toEqual(new Set([first]))
    expect(callerKey('2001:db8:0:1::1')).not.toBe(first)
    expect(callerKey('::1')).toBe('0:0:0:0::/64')
  })
})

describe('a work queue', () => {
  const WIDE: WorkQueueOptions = { atOnce: 8, ofCaller: 4, waiting: 100, waitingOfCaller: 50, rests: 'all' }
  /** Work that ends on command. */
  function createWork() {
    const started: string[] = []
    const endings: (() => void)[] = []
    return {
      started,
      of: (name: string) => () =>
        new Promise<void>((end) => {
          started.push(name)
          endings.push(end)
        }),
      async endAll() {
        for (const end of endings.splice(0)) end()
        for (let n = 0; n < 4; n++) await new Promise((next) => setImmediate(next))
      },
    }
  }

  it('serves callers round-robin: one with a hundred pieces of work does not go before one with one', async () => {
    const queue = createWorkQueue({ ...WIDE, atOnce: 1 })
    const work = createWork()
    for (let n = 0; n < 40; n++) void queue.take('flood', 1, work.of('flood'))
    void queue.take('honest', 1, work.of('honest'))
    for (let n = 0; n < 3; n++) await work.endAll()
    expect(work.started.slice(0, 3)).toEqual(['flood', 'honest', 'flood'])
  })

  it('releases units in the next round of the event loop, so that work that never awaits runs in steps too', async () => {
    const queue = createWorkQueue({ ...WIDE, waiting: 1000, waitingOfCaller: 1000 })
    let done = 0
    const all = Array.from({ length: 40 }, (_, n) => queue.take(`c${n % 10}`, 4, async () => void done++))
    const perRound: number[] = []
    while (done < 40) {
      const before = done
      await new Promise((next) => setImmediate(next))
      perRound.push(done - before)
    }
    await Promise.all(all)
    expect(Math.max(...perRound.slice(1))).toBeLessThanOrEqual(2)
  })

  it('runs fewer units at once while other queues have work', async () => {
    let isOther = true
    const queue = createWorkQueue({ ...WIDE, rests: 'caller', atOnceBeside: 1, isOtherWork: () => isOther })
    const work = createWork()
    for (let n = 0; n < 20; n++) void queue.take(`c${n}`, 1, work.of(`c${n}`))
    expect(work.started).toHaveLength(1)
    await work.endAll()
    expect(work.started).toHaveLength(2)
    isOther = false
    await work.endAll()
    expect(work.started).toHaveLength(10)
  })

  it('with a shared pause leaves half of the time to other work, however short each piece is', async () => {
    let isOther = true
    const queue = createWorkQueue({ ...WIDE, atOnce: 1, isOtherWork: () => isOther })
    const work = createWork()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      for (let n = 0; n < 20; n++) void queue.take(`c${n}`, 3, work.of(`c${n}`))
      await work.endAll()
      expect(work.started).toHaveLength(1)
      vi.advanceTimersByTime(2)
      expect(work.started).toHaveLength(1)
      vi.advanceTimersByTime(1)
      expect(work.started).toHaveLength(2)
      isOther = false
      await work.endAll()
      expect(work.started).toHaveLength(3)
    } finally {
      vi.useRealTimers()
    }
  })

  it('runs at most its units, fewer per caller, and work above the limit alone', async () => {
    const queue = createWorkQueue(WIDE)
    const work = createWork()
    for (let n = 0; n < 10; n++) void queue.take('a', 1, work.of('a'))
    for (let n = 0; n < 10; n++) void queue.take('b', 1, work.of('b'))
    for (let n = 0; n < 10; n++) void queue.take('c', 1, work.of('c'))
    expect(work.started).toEqual([...'aaaabbbb'])
    const alone = createWorkQueue(WIDE)
    const dear = createWork()
    for (let n = 0; n < 3; n++) void alone.take(`d${n}`, 60, dear.of('d'))
    expect(dear.started).toHaveLength(1)
    await dear.endAll()
    expect(dear.started).toHaveLength(2)
  })

  it('rejects work beyond its limit, and a caller with many pieces loses a place to one with none', async () => {
    const queue = createWorkQueue({ ...WIDE, atOnce: 1, waiting: 10, waitingOfCaller: 8 })
    const work = createWork()
    const outcomes: string[] = []
    const take = (name: string): void => void queue.take(name, 1, work.of(name)).catch(({ code }) => outcomes.push(`${name} ${code}`))
    for (let n = 0; n < 10; n++) take('flood')
    await work.endAll()
    expect(outcomes).toEqual(['flood request.busy'])
    for (const name of ['one', 'two', 'three', 'four', 'five']) take(name)
    await Promise.resolve()
    expect(outcomes.every((outcome) => outcome === 'flood request.busy')).toBe(true)
    for (let n = 0; n < 30; n++) await work.endAll()
    expect(['one', 'two', 'three', 'four', 'five'].every((name) => work.started.includes(name))).toBe(true)
  })

  it('pauses after long work while others are served, and not otherwise', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    let isOther = true
    const queue = createWorkQueue({ ...WIDE, isOtherWork: () => isOther })
    const work = createWork()
    for (let n = 0; n < 3; n++) void queue.take('a', 64, work.of('dear'))
    await work.endAll()
    expect(work.started).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1000)
    expect(work.started).toHaveLength(2)
    isOther = false
    await work.endAll()
    expect(work.started).toHaveLength(3)
  })
})

describe('a call whose cost is known only after it has read', () => {
  it('is followed by a pause for all that was spent', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const queue = createWorkQueue({ atOnce: 8, ofCaller: 8, waiting: 10, waitingOfCaller: 10, rests: 'caller', isOtherWork: () => true })
    const started: string[] = []
    const take = (name: string) =>
      queue.take('a', 8, async (spend) => {
        started.push(name)
        spend(name === 'first' ? 250 : 0)
      })
    const [first, second] = [take('first'), take('second')]
    await first
    for (let n = 0; n < 4; n++) await new Promise((next) => setImmediate(next))
    expect(started).toEqual(['first'])
    await vi.advanceTimersByTimeAsync(1000)
    await second
    expect(started).toEqual(['first', 'second'])
  })

  it('runs two standings at once, of any callers, without delaying a submission', async () => {
    const world = await openWorld()
    const endings: (() => void)[] = []
    let most = 0
    let running = 0
    world.node.standings = () =>
      new Promise((end) => {
        most = Math.max(most, ++running)
        endings.push(() => {
          running--
          end({ items: [] })
        })
      })
    const callers = ['CD', 'LZ', 'YB', 'CQ-AMR', 'SC-AMR'] as const
    const asked = callers.flatMap((as) => [1, 2].map(() => world.send({ path: '/v1/standings?serial=1', as })))
    const { iss, jti } = claimsOf(statement)
    const submitted = await world.send({ method: 'PUT', path: `/v1/records/${iss}/${jti}`, body: statement, as: 'CD' })
    expect(submitted.status).toBe(201)
    let answered = 0
    for (const one of asked) void one.finally(() => answered++)
    // Neither ends before both have started, however late their signatures are verified.
    await expect.poll(() => running).toBe(2)
    while (answered < asked.length) {
      for (const end of endings.splice(0)) end()
      await new Promise((next) => setImmediate(next))
    }
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(most).toBe(2)
  })

  it('of any bulk size delays no other caller, because its lines are queued', () => {
    expect(turnUnits('submitRecords', new Uint8Array(16_777_216))).toBeLessThanOrEqual(17)
  })
})

describe('the cost of a statement', () => {
  it('grows with its octets, and with signatures of SM2', async () => {
    const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
    expect(statementUnits(encode(statement))).toBeLessThanOrEqual(2)
    expect(statementUnits(new Uint8Array(262_144))).toBe(65)
    const header = Buffer.from('{"alg":"SGD_SM3_SM2","kid":"x","typ":"metrology-record+jwt"}').toString('base64url')
    expect(statementUnits(encode(`${header}.e30.AA`))).toBe(11)
    expect(statementUnits(encode(`${header}.e30.AA\n${header}.e30.AB`))).toBe(21)
    expect(statementUnits(encode('****.x.x'))).toBe(1)
  })
})

describe('open calls', () => {
  it('of many connections are verified one after another, and signed calls do not wait for them', async () => {
    const world = await openWorld()
    const done: string[] = []
    const judge = world.node.judge
    const dear = `${statement}\n${' '.repeat(200_000)}`
    let [running, most] = [0, 0]
    world.node.judge = async (...args) => {
      running++
      most = Math.max(most, running)
      await new Promise((next) => setImmediate(next))
      return judge(...args).finally(() => running--)
    }
    const flood = Array.from({ length: 32 }, async (_, n) => {
      const response = await world.send({ ...VERIFY, body: dear, from: `198.51.100.${n}` })
      done.push(`open ${response.status}`)
    })
    const honest = world.send({ path: '/v1/records', from: '192.0.2.1' }).then(({ status }) => done.push(`signed ${status}`))
    await honest
    expect(done.indexOf('signed 200')).toBeLessThan(6)
    world.node.judge = judge
    expect(most).toBe(1)
    await Promise.race([Promise.all(flood), honest])
    await Promise.all(flood)
    expect(done).toHaveLength(33)
  })

  it('are charged by their octets, and those of the log from a separate budget', async () => {
    const world = await openWorld({ limits: { rate: 1, burst: 60 } })
    const from = '192.0.2.1'
    const dear = `${statement}\n${' '.repeat(250_000)}`
    expect((await world.send({ ...VERIFY, body: dear, from })).status).toBe(200)
    expect(await told(await world.send({ ...VERIFY, body: statement, from }))).toEqual([429, 'request.rate'])
    expect((await world.send({ path: '/v1/log/checkpoint', as: null, from })).status).not.toBe(429)
    for (let n = 0; n < 80; n++) await world.send({ path: '/nothing', as: null, from: '192.0.2.2' })
    expect(await told(await world.send({ path: '/v1/agreements', as: null, from: '192.0.2.2' }))).toEqual([429, 'request.rate'])
    expect((await world.send({ path: '/v1/log/checkpoint', as: null, from: '192.0.2.2' })).status).not.toBe(429)
  })

  it('beyond the queue are rejected with a code, and nothing was stored', async () => {
    const world = await openWorld({ limits: { heldOctets: 1 } })
    expect(await told(await world.send({ ...VERIFY, body: statement }))).toEqual([503, 'request.busy'])
    expect(await entriesOf(world)).toEqual([])
  })

  it('that read are rejected before they read', async () => {
    const store = createMemoryStore()
    const world = await openWorld({ store, limits: { heldOctets: 1 } })
    const read = vi.spyOn(store, 'listEntries')
    expect(await told(await world.send({ path: '/v1/notices', as: null }))).toEqual([503, 'request.busy'])
    expect(await told(await world.send({ path: '/v1/records' }))).toEqual([503, 'request.busy'])
    expect(read).not.toHaveBeenCalled()
  })
})

describe('the memory budget', () => {
  it('is limited in octets and in number, per caller and in total, and is released once', () => {
    const held = createHeld({ octets: 100, octetsOfCaller: 40, count: 4, countOfCaller: 2 })
    const busy = expect.objectContaining({ code: 'request.busy' })
    const first = held.take('a', 30)
    expect(() => held.take('a', 20)).toThrow(busy)
    held.take('a', 10)
    expect(() => held.take('a', 0)).toThrow(busy)
    held.take('b', 60)
    expect(() => held.take('c', 1)).toThrow(busy)
    first()
    first()
    expect(held.octets).toBe(70)
    held.take('c', 30)
  })
})

describe('a repeated signature line', () => {
  it('is verified once: one line per key', async () => {
    const [log, witness] = [await generateKey('Ed25519'), await generateKey('Ed25519')]
    const signerOf = async (key: typeof log, name: string, role: 'log' | 'witness') => {
      return createNoteSigner({ name, role, signer: await createSigner(key.privateJwk), jwk: key.publicJwk })
    }
    const signer = await signerOf(log, 'node.example/v1/log', 'log')
    const note = await signCheckpoint({ origin: signer.name, size: 1, root: new Uint8Array(32).fill(7) }, signer)
    const logKey = await noteKeyOf(signer.name, log.publicJwk, 'log')
    const by = await signerOf(witness, 'w.example/w', 'witness')
    const witnessKey = await noteKeyOf(by.name, witness.publicJwk, 'witness')
    const lines = await Promise.all([1, 2, 3].map((at) => cosignCheckpoint(note, by, 1_750_000_000 + at)))
    const checked = [vi.spyOn(logKey.key, 'verify'), vi.spyOn(witnessKey.key, 'verify')]
    const [line] = note.split('\n').slice(-2)
    const found = await openCheckpoint(note + `${line}\n`.repeat(40) + lines.join('').repeat(10), logKey, [witnessKey])
    expect(found.cosignatures).toEqual([{ name: 'w.example/w', at: 1_750_000_003 }])
    expect(checked.map(({ mock }) => mock.calls.length)).toEqual([1, 1])
    expect(addSignatures(note, lines[0] as string)).toContain(line)
  })
})
