// Why this exists: many statements are verified in batches for speed. The verdicts must equal those of single calls, in order, for
// any statements.
import { fixtures, type NegativeFixture, negatives, send, sendOnTheWay } from 'tongheng/testing'
import { type Verdict, verify, verifyMany } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from './world.ts'

let world: World
let statements: string[]
let verdicts: Verdict[]

beforeAll(async () => {
  world = await createWorld()
  const good = await Promise.all(Object.values(fixtures).map((fixture) => send(world, fixture)))
  const bad = await Promise.all((negatives as readonly NegativeFixture[]).map((fixture) => sendOnTheWay(world, fixture)))
  const mixture = [...good, '', ...bad, 'not a statement', '.'.repeat(300), 'A'.repeat(300_000), (good[0] as string).slice(0, -3)]
  statements = Array.from({ length: 200 }, (_, at) => mixture[(at * 7) % mixture.length] as string)
  verdicts = await Promise.all(statements.map((statement) => verify(statement, options())))
})

const options = () => world.optionsFor(fixtures.F01)
const collect = async (given: Iterable<string> | AsyncIterable<string>): Promise<Verdict[]> => {
  const all: Verdict[] = []
  for await (const verdict of verifyMany(given, options())) all.push(verdict)
  return all
}

describe('verifyMany', () => {
  it.each([0, 1, 2, 63, 64, 65, 127, 128, 129, 200])('gives for %i statements the verdicts of verify, in order', async (count) => {
    const given = statements.slice(0, count)
    expect(await collect(given)).toEqual(verdicts.slice(0, count))
  })

  it('is tested on a mixture of outcomes', () => {
    expect(new Set(verdicts.map(({ outcome }) => outcome))).toEqual(new Set(['recognised', 'not-recognised', 'indeterminate']))
    expect(new Set(statements).size).toBeGreaterThan(20)
  })

  it('leaves no unhandled rejection if the caller stops while the signatures of the next batch fail, and else throws the error', async () => {
    const { trust, ...rest } = options()
    const kidOf = (statement = ''): string => JSON.parse(Buffer.from(statement.split('.')[0] as string, 'base64url').toString()).kid
    const [first = '', ...others] = await Promise.all([fixtures.F01, fixtures.F02, fixtures.F03].map((fixture) => send(world, fixture)))
    const other = others.find((one) => kidOf(one) !== kidOf(first)) as string
    let isAsked = false
    const failing = Object.create(trust, {
      holders: {
        value(kid: string) {
          if (kid !== kidOf(other)) return trust.holders(kid)
          isAsked = true
          throw new Error('the trust list is gone')
        },
      },
    })
    const given = [...Array(32).fill(first), ...Array(40).fill(other)] as string[]
    const unhandled: unknown[] = []
    const note = (error: unknown): void => void unhandled.push(error)
    process.on('unhandledRejection', note)
    try {
      for await (const { outcome } of verifyMany(given, { ...rest, trust: failing })) {
        expect(outcome).toBe('recognised')
        break
      }
      await expect.poll(() => isAsked).toBe(true)
      await new Promise((resolve) => setImmediate(resolve))
      expect(unhandled).toEqual([])
      const all: Verdict[] = []
      const reading = async (): Promise<void> => {
        for await (const verdict of verifyMany(given, { ...rest, trust: failing })) all.push(verdict)
      }
      await expect(reading()).rejects.toThrow('the trust list is gone')
      expect(all).toHaveLength(32)
    } finally {
      process.off('unhandledRejection', note)
    }
  })

  it('accepts an asynchronous source', async () => {
    async function* arriving(): AsyncGenerator<string> {
      for (const statement of statements.slice(0, 70)) {
        await Promise.resolve()
        yield statement
      }
    }
    expect(await collect(arriving())).toEqual(verdicts.slice(0, 70))
    expect(await collect(new Set(statements.slice(0, 5)))).toEqual(verdicts.slice(0, 5))
  })

  it('reads no more than it judges where its caller stops', async () => {
    let asked = 0
    let ended = false
    function* counting(): Generator<string> {
      try {
        for (const statement of statements) {
          asked++
          yield statement
        }
      } finally {
        ended = true
      }
    }
    for await (const verdict of verifyMany(counting(), options())) {
      expect(verdict).toEqual(verdicts[0])
      break
    }
    expect(asked).toBeLessThanOrEqual(64)
    expect(ended).toBe(true)
  })

  it('re-throws errors of its source, and rejects a value that is no instant', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield statements[0] as string
      throw new Error('connection lost')
    }
    await expect(collect(broken())).rejects.toThrow('connection lost')
    // Not before all yielded statements were judged.
    for (const count of [1, 31, 32, 33, 64, 70]) {
      function* some(): Generator<string> {
        for (let n = 0; n < count; n++) yield statements[n % statements.length] as string
        throw new Error('file cut short')
      }
      let judged = 0
      const all = (async () => {
        for await (const _ of verifyMany(some(), options())) judged++
      })()
      await expect(all).rejects.toThrow('file cut short')
      expect(judged).toBe(count)
    }
    const bad = verifyMany(statements, { ...options(), at: 'today' })
    await expect(bad.next()).rejects.toMatchObject({ code: 'verify.options', details: { member: 'at' } })
  })
})
