// Why this exists: a reader that throws an error without a code, or accepts what nobody signed, is found by random damage only.
// The damage is the same each time (a fixed seed) and short here; `npm run fuzz` continues for as long as it is given.
import { beforeAll, describe, expect, it } from 'vitest'
import { Broken, fuzz, promise, type Reader } from './fuzz.js'
import { httpReaders } from './http.js'
import { readersOf } from './readers.js'
import { openFuzzWorld } from './world.js'

let readers: readonly Reader[]
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

beforeAll(async () => {
  const world = await openFuzzWorld()
  readers = [...readersOf(world), ...httpReaders(world)]
})

describe('fuzzing', () => {
  it('starts from inputs that every reader accepts', async () => {
    for (const { name, seeds, read } of readers) {
      let accepted = 0
      for (const seed of seeds.slice(0, 60)) {
        try {
          if (await read(seed)) accepted++
        } catch (error) {
          // Seeds of a test suite are refused with a code, too.
          if (error instanceof Broken) throw error
        }
      }
      expect(accepted, name).toBeGreaterThan(0)
    }
  })

  it('finds no uncoded error and nothing accepted that a second way refuses', async () => {
    const { counts, findings } = await fuzz(readers, { seed: 16, batch: 60, goesOn: (round) => round < 1 })
    expect(findings.map(({ reader, number, error }) => `${reader} ${number}: ${String(error)}`)).toEqual([])
    expect([...counts.values()].every(({ cases }) => cases === 60)).toBe(true)
  })

  it('reports a reader that crashes, and one that accepts too much, by an input that the seed gives again', async () => {
    const readers: Reader[] = [
      { name: 'crash', form: 'text', seeds: [encode('abc')], read: (input) => decodeURIComponent(Buffer.from(input).toString()) !== '' },
      {
        name: 'lenient',
        form: 'text',
        seeds: [encode('abc')],
        read: (input) => {
          promise(Buffer.from(input).toString() === 'abc', 'accepted another text')
          return true
        },
      },
    ]
    const run = () => fuzz(readers, { seed: 1, batch: 400, goesOn: (round) => round < 1 })
    const [first, second] = [await run(), await run()]
    expect(new Set(first.findings.map(({ reader }) => reader))).toEqual(new Set(['crash', 'lenient']))
    expect(second.findings.map(({ number, input }) => [number, [...input]])).toEqual(
      first.findings.map(({ number, input }) => [number, [...input]]),
    )
  })
})
