// Both bureaus must compute the same parties, and neither can favour one: the draw is reproducible from published values, independent of
// the order of the list, and unbiased.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { chiSquaredCritical } from '../../../src/comparison/index.js'
import { drawParties, nonceDigest, populationOf } from '../../../src/joint/index.js'
import { examplePopulation, organisation } from '../../../src/testing/index.js'

const [sc, cq] = [organisation('SC-AMR').uscc, organisation('CQ-AMR').uscc]
const nonceOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
const seeded = (text: string, count: number) => ({
  taskNo: 'CY-LJ-2025-007',
  task: nonceOf('task'),
  nonces: [
    { bureau: sc, nonce: nonceOf(`${text} sc`) },
    { bureau: cq, nonce: nonceOf(`${text} cq`) },
  ],
  count,
})

/** A second implementation of the draw, by the description in docs/joint.md: it removes parties from a list, with big integers. */
function drawnAgain(population: readonly string[], { taskNo, task, nonces, count }: ReturnType<typeof seeded>): string[] {
  const sha = (...parts: (string | Buffer)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
  const [first, second] = [...nonces].sort((a, b) => a.bureau.localeCompare(b.bureau, 'en'))
  const seed = sha(`tongheng-draw-1\n${taskNo}\n${task}\n${first?.nonce}\n${second?.nonce}\n`)
  const blocks = Array.from({ length: 500 }, (_, index) => {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(index)
    return sha(seed, number)
  })
  const stream = Buffer.concat(blocks)
  const list = [...new Set(population)].sort()
  const drawn: string[] = []
  let at = 0
  for (let index = 0; index < count; index++) {
    const bound = BigInt(list.length - index)
    let value = BigInt(stream.readUInt32BE(4 * at++))
    while (value >= 2n ** 32n - (2n ** 32n % bound)) value = BigInt(stream.readUInt32BE(4 * at++))
    const other = index + Number(value % bound)
    const [one, here] = [list[other] as string, list[index] as string]
    list[other] = here
    list[index] = one
    drawn.push(one)
  }
  return drawn
}

describe('the draw of parties', () => {
  it('returns the parties of a fixed example', () => {
    expect(drawParties(examplePopulation(40), seeded('example', 5))).toMatchInlineSnapshot(`
      [
        "915116000000002202",
        "91511600000000150F",
        "91511600000000160G",
        "91511600000000320P",
        "91511600000000400B",
      ]
    `)
  })

  it('returns the same as another implementation of the description', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 60 }), fc.nat(), (text, size, part) => {
        const [population, options] = [examplePopulation(size), seeded(text, 1 + (part % size))]
        expect(drawParties(population, options)).toEqual(drawnAgain(population, options))
      }),
      { numRuns: 100 },
    )
  })

  it('does not depend on the order or on repetitions of the list, nor on the order of the bureaus', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.shuffledSubarray([...examplePopulation(30)], { minLength: 30 }),
        fc.integer({ min: 1, max: 30 }),
        (text, shuffled, count) => {
          const options = seeded(text, count)
          const drawn = drawParties(examplePopulation(30), options)
          expect(drawParties([...shuffled, ...shuffled.slice(0, 7)], { ...options, nonces: [...options.nonces].reverse() })).toEqual(drawn)
          expect(new Set(drawn).size).toBe(count)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('changes with the number of the task, its statement and either nonce', () => {
    const options = seeded('a', 20)
    const [one, other] = options.nonces as [(typeof options.nonces)[number], (typeof options.nonces)[number]]
    const all = [
      options,
      { ...options, taskNo: 'CY-LJ-2025-008' },
      { ...options, task: nonceOf('other task') },
      { ...options, nonces: [{ ...one, nonce: nonceOf('x') }, other] },
      { ...options, nonces: [one, { ...other, nonce: nonceOf('x') }] },
      {
        ...options,
        nonces: [
          { ...one, nonce: other.nonce },
          { ...other, nonce: one.nonce },
        ],
      },
    ].map((each) => drawParties(examplePopulation(40), each).join())
    expect(new Set(all).size).toBe(all.length)
  })

  it('of fewer parties is the beginning of that of more', () => {
    const all = drawParties(examplePopulation(12), seeded('a', 12))
    for (let count = 1; count <= 12; count++) expect(drawParties(examplePopulation(12), seeded('a', count))).toEqual(all.slice(0, count))
  })

  describe('over 100,000 draws', () => {
    // The nonces are numbers, so that the test has the same result on each run. The test above shows that the first n of each are a draw of
    // n.
    const DRAWS = 100_000
    const drawn: (readonly string[])[] = []
    beforeAll(() => {
      const [population, options] = [examplePopulation(5), seeded('', 5)]
      const [one, other] = options.nonces as [(typeof options.nonces)[number], (typeof options.nonces)[number]]
      for (let draw = 0; draw < DRAWS; draw++) {
        const nonces = [{ ...one, nonce: String(draw).padStart(42, '0').padEnd(43, 'A') }, other]
        drawn.push(drawParties(population, { ...options, nonces }))
      }
    })

    it.each([
      [1, 5],
      [2, 10],
      [3, 10],
      [4, 5],
    ])('returns each subset of %i of 5 parties equally often (chi-squared)', (size, subsets) => {
      const counts = countsOf(drawn.map((parties) => [...parties.slice(0, size)].sort().join()))
      expect(counts).toHaveLength(subsets)
      expect(chiSquared(counts, DRAWS)).toBeLessThan(chiSquaredCritical(0.001, subsets - 1))
    })

    it('returns each order of 5 parties equally often (chi-squared)', () => {
      const counts = countsOf(drawn.map((parties) => parties.join()))
      expect(counts).toHaveLength(120)
      expect(chiSquared(counts, DRAWS)).toBeLessThan(chiSquaredCritical(0.001, 119))
    })
  })

  it('would show a draw that favours some parties (chi-squared finds a bias of one percent)', () => {
    // The first of five parties has 20.2 % instead of 20 %, at ten times as many draws.
    expect(chiSquared([202_000, 199_500, 199_500, 199_500, 199_500], 1_000_000)).toBeGreaterThan(chiSquaredCritical(0.001, 4))
  })

  it.each([
    ['draw.party', ['915116000000010'], {}],
    ['draw.party', [...examplePopulation(9), '911511600000000104'], {}],
    ['draw.population', [], {}],
    ['draw.count', examplePopulation(4), {}],
    ['draw.count', examplePopulation(9), { count: 0 }],
    ['draw.count', examplePopulation(9), { count: 1.5 }],
    ['draw.nonces', examplePopulation(9), { nonces: [] }],
    [
      'draw.nonces',
      examplePopulation(9),
      {
        nonces: [
          { bureau: sc, nonce: 'short' },
          { bureau: cq, nonce: nonceOf('') },
        ],
      },
    ],
    [
      'draw.nonces',
      examplePopulation(9),
      {
        nonces: [
          { bureau: sc, nonce: nonceOf('a') },
          { bureau: sc, nonce: nonceOf('b') },
        ],
      },
    ],
  ])('is refused with wrong arguments (%s)', (code, population, change) => {
    expect(() => drawParties(population, { ...seeded('a', 5), ...change })).toThrow(expect.objectContaining({ code }))
  })

  it('is of a list whose digest anybody can compute (sort -u | sha256sum)', () => {
    const list = examplePopulation(40)
    const text = [...list]
      .sort()
      .map((one) => `${one}\n`)
      .join('')
    expect(populationOf([...list].reverse())).toMatchObject({
      count: 40,
      digest: createHash('sha256').update(text).digest('base64url'),
    })
  })

  it('binds a nonce to its bureau and its task', () => {
    const of = { bureau: sc, task: nonceOf('task') }
    const digests = [of, { ...of, bureau: cq }, { ...of, task: nonceOf('other') }].map((each) => nonceDigest(nonceOf('n'), each))
    expect(new Set(digests).size).toBe(3)
    expect(digests[0]).toBe(nonceOf(`tongheng-draw-nonce-1\n${of.bureau}\n${of.task}\n${nonceOf('n')}\n`))
  })
})

const chiSquared = (counts: readonly number[], total: number): number => {
  const expected = total / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

function countsOf(values: readonly string[]): readonly number[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts.values()]
}
