// Why this exists: a report of `check` over any number of records is written as the records are read, in bounded memory.
import { faultyRecords, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

let cli: Cli

beforeAll(async () => {
  cli = await openCli()
})

afterAll(() => cli.close())

describe('a report of check', () => {
  it('on ten thousand records is written in bounded memory', async () => {
    const [good, bad] = [fixtures.F01, faultyRecords.find(({ id }) => id === 'N22')].map((fixture) => JSON.stringify(fixture?.record))
    const file = await cli.write('many.ndjson', Array.from({ length: 10_000 }, (_, n) => `${n % 10 === 0 ? bad : good}\n`).join(''))
    const args = ['check', file, '--format', 'json', '--out', 'many.out', '--lang', 'en']
    // The program alone occupies 20 MB. These records would add 46 MB as text and 60 MB parsed if they were held.
    const { code, out, err } = await cli.runProcess(args, { node: ['--max-old-space-size=52'] })
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('10000 record(s) in 1 file(s): 9000 passed, 1000 did not')
  })
})
