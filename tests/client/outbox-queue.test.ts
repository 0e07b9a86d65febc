// Why this exists: an outbox stores statements that an institute must not lose. Which of them it stores, sends and no longer retries must
// depend only on its queue, its signal and the receipts.
import { createClient, createMemoryQueue, createOutbox, type OutboxOptions, type OutboxQueue, readReceipt } from 'tongheng/client'
import { signStatement } from 'tongheng/envelope'
import { isTonghengError } from 'tongheng/errors'
import { faultyRecords, send } from 'tongheng/testing'
import type { Trust } from 'tongheng/trust'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { signMany } from '../support/nodes/pair.js'
import { pass } from '../support/nodes/timers.js'
import { fakeAuthorities, NOW, openWorld, uscc, type World } from '../support/nodes/world.js'
import { retrust } from '../trust/retrust.ts'

const typ = 'metrology-receipt+jwt'
type SubmitMany = OutboxOptions['client']['records']['submitMany']
let statements: readonly string[]
let world: World
let queue: OutboxQueue
beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 5)
})
beforeEach(async () => {
  world = await openWorld()
  queue = createMemoryQueue()
})

/** An outbox whose client answers each statement by this. */
function outboxOf(answer: (statement: string) => Promise<object>, trust: Trust = world.authorities.trust, by = queue) {
  const asked: { texts: string[]; options: unknown }[] = []
  const submitMany = async function* (texts: Iterable<string>, options: unknown) {
    asked.push({ texts: [...texts], options })
    for (const [index, statement] of [...texts].entries()) yield { index, statement, ...(await answer(statement)) }
  } as unknown as SubmitMany
  return { asked, box: createOutbox({ client: { records: { submitMany } }, queue: by, trust, receiver: uscc('SC-AMR') }) }
}
async function drained({ box }: Pick<ReturnType<typeof outboxOf>, 'box'>, options?: Parameters<typeof box.drain>[0]) {
  const results: { outcome: string; fault?: unknown }[] = []
  try {
    for await (const result of box.drain(options)) results.push(result)
    return { results, error: undefined }
  } catch (error) {
    return { results, error: error as Error & { cause?: unknown } }
  }
}
const genuine = async (statement: string, by: 'CD' | 'SC-AMR' = 'CD') => (await world.client(by).records.submit(statement)).receipt
const claimsOf = async (statement: string) => readReceipt(await genuine(statement))
const resigned = async (claims: object): Promise<string> => signStatement(claims, { typ, signer: world.authorities.signer('SC-AMR') })
/** Returns why a statement is still queued. */
const waitingFor = ({ results }: Awaited<ReturnType<typeof drained>>) =>
  results.map(({ outcome, fault }) => [outcome, isTonghengError(fault) && (fault.details.reason ?? fault.code)])

describe('adding', () => {
  it.each([
    [0, []],
    [1, [1]],
    [499, [499]],
    [500, [500]],
    [1100, [500, 500, 100]],
  ])('%i statements stores them in batches of at most five hundred, and counts the new ones', async (count, batches) => {
    const stored: number[] = []
    const counting: OutboxQueue = {
      ...queue,
      add: async (items) => {
        stored.push(items.length)
        return queue.add(items)
      },
    }
    const { box } = outboxOf(async () => ({}), undefined, counting)
    expect(await box.add(Array.from({ length: count }, (_, n) => `statement ${n}`))).toBe(count)
    expect(stored).toEqual(batches)
  })
})

describe('a queue in memory', () => {
  it('returns the requested number of the oldest items after the given one, and settled items as results', async () => {
    const items = ['a', 'b', 'c', 'd'].map((id) => ({ id, statement: `statement ${id}` }))
    await queue.add(items)
    const ids = async (...args: Parameters<OutboxQueue['next']>) => (await queue.next(...args)).map(({ id }) => id)
    expect([await ids(2), await ids(9), await ids(2, 'b'), await ids(2, 'd')]).toEqual([['a', 'b'], ['a', 'b', 'c', 'd'], ['c', 'd'], []])
    const settled = async () => {
      const found = []
      for await (const one of queue.results()) found.push(one)
      return found
    }
    expect(await settled()).toEqual([])
    await queue.settle([
      { id: 'b', outcome: 'accepted', receipt: 'r' },
      { id: 'unknown', outcome: 'rejected' },
    ])
    expect(await settled()).toEqual([{ id: 'b', statement: 'statement b', outcome: 'accepted', receipt: 'r' }])
    expect([await ids(2), await queue.counts()]).toEqual([['a', 'c'], { waiting: 3, accepted: 1, rejected: 0, pending: 0, refused: 0 }])
    await queue.close()
    expect([await ids(9), (await queue.counts()).waiting]).toEqual([[], 0])
  })
})

describe('draining', () => {
  it('passes its signal to the client if it has one', async () => {
    const sending = outboxOf(async (statement) => ({ receipt: await genuine(statement) }))
    await sending.box.add(statements.slice(0, 1))
    await drained(sending)
    await sending.box.add(statements.slice(1, 2))
    const { signal } = new AbortController()
    await drained(sending, { signal })
    expect(sending.asked.map(({ options }) => options)).toEqual([
      { batchSize: 500, unread: true },
      { batchSize: 500, unread: true, signal },
    ])
  })

  it('ends with the number of statements that were answered without proof, and the first reason as its cause', async () => {
    const sending = outboxOf(async () => ({ receipt: 'a.b.c' }))
    await sending.box.add(statements.slice(0, 2))
    const { results, error } = await drained(sending)
    expect(error).toMatchObject({ code: 'outbox.unproven', details: { count: 2 } })
    expect(error?.cause).toBe(results[0]?.fault)
    expect(error?.cause).toMatchObject({ code: 'receipt.invalid' })
  })

  it('does not retry what no retry mends: an error that is not of ours, a client without a key', async () => {
    const failing = outboxOf(async () => Promise.reject(new Error('defect')))
    await failing.box.add(statements)
    const fetch = async (request: Request): Promise<Response> => world.server.fetch(request)
    const client = createClient({ node: { url: 'https://node.example', id: 'tongheng-51' }, fetch, now: () => NOW })
    const box = createOutbox({ client, queue, trust: world.authorities.trust, receiver: uscc('SC-AMR') })
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      const ended: unknown[] = []
      for (const one of [failing, { box }]) {
        const work = drained(one, { retrySeconds: 3600 }).then(({ error }) => ended.push(error))
        await pass(5000)
        expect(failing.asked).toHaveLength(1)
        await work
      }
      expect(ended).toMatchObject([{ message: 'defect' }, { code: 'client.no-caller' }])
    } finally {
      vi.useRealTimers()
    }
    expect((await box.counts()).waiting).toBe(5)
  })

  it('refuses a text of no type without sending it', async () => {
    const [, payload, signature] = (statements[0] as string).split('.') as [string, string, string]
    const header = Buffer.from(JSON.stringify({ alg: 'ES256', typ: '', kid: 'A'.repeat(43) })).toString('base64url')
    const sending = outboxOf(async () => ({}))
    await sending.box.add([`${header}.${payload}.${signature}`])
    expect((await drained(sending)).results).toMatchObject([{ outcome: 'refused', code: 'typ.unexpected' }])
    expect(sending.asked).toEqual([])
  })
})

describe('an answer', () => {
  const settledBy = async (answer: Parameters<typeof outboxOf>[0], trust?: Trust) => {
    const sending = outboxOf(answer, trust)
    await sending.box.add(statements.slice(0, 1))
    return waitingFor(await drained(sending))
  }

  it('with neither receipt nor problem settles nothing', async () => {
    expect(await settledBy(async () => ({}))).toEqual([['waiting', 'format.segments']])
  })

  it('that accepts must have a place in the log if the receiver has a log, regardless of the sender', async () => {
    const unplaced = async (statement: string) => {
      const { log: _, ...claims } = await claimsOf(statement)
      return { receipt: await resigned({ ...claims, aud: uscc('LZ') }) }
    }
    expect(await settledBy(unplaced)).toEqual([['waiting', 'log']])
  })

  it('that accepts needs no index if the receiver has no log, even if other authorities have logs', async () => {
    const trust = await retrust(world.authorities, '51', ['/logs', []])
    expect(trust.logs.map(({ authority }) => authority)).toEqual([uscc('CQ-AMR')])
    const unplaced = async (statement: string) => {
      const { log: _, ...claims } = await claimsOf(statement)
      return { receipt: await resigned(claims) }
    }
    expect(await settledBy(unplaced, trust)).toEqual([['accepted', false]])
  })

  it('that rejects and has a place in the log settles, regardless of the sender: the content itself was stored and rejected', async () => {
    const wrong = faultyRecords.find(({ id }) => id === 'N22')
    if (wrong === undefined) throw new Error('N22 is gone')
    const statement = await send(world.authorities, wrong)
    const claims = await claimsOf(statement)
    expect([claims.decision, claims.log?.index]).toEqual(['rejected', 0])
    const receipt = await resigned({ ...claims, aud: uscc('LZ') })
    const sending = outboxOf(async () => ({ receipt }))
    await sending.box.add([statement])
    expect(waitingFor(await drained(sending))).toEqual([['rejected', false]])
  })

  it('that rejects settles a statement with blanks around it', async () => {
    const statement = ` ${statements[0]}\n`
    const { log: _, ...claims } = await claimsOf(statements[0] as string)
    const receipt = await resigned({ ...claims, decision: 'rejected' })
    const sending = outboxOf(async () => ({ receipt }))
    await sending.box.add([statement])
    expect(waitingFor(await drained(sending))).toEqual([['rejected', false]])
  })
})
