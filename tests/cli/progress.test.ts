// Why this exists: nobody knows the number of statements in a folder before its end; the time that remains is told from the octets read.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMeter } from '../../src/cli/meter.js'
import { lineOf } from '../../src/cli/progress.js'

let folder = ''
const file = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-meter-'))
  await writeFile(file('a'), 'x'.repeat(300))
  await writeFile(file('b'), 'x'.repeat(700))
})
afterAll(() => rm(folder, { recursive: true }))

describe('progress', () => {
  it('shows the remaining time by a number or by a share', () => {
    expect(lineOf({ done: 500, total: 2000, rate: 100 }, 'en')).toBe('500 / 2,000 (25 %)  100/s  15 s left')
    expect(lineOf({ done: 500, total: undefined, share: 0.25, rate: 100 }, 'zh')).toBe('500 (25 %)  100/秒  还需 15秒')
    expect(lineOf({ done: 500, total: undefined, rate: 100 }, 'en')).toBe('500  100/s')
    expect(lineOf({ done: 500, total: undefined, share: 0, rate: 100 }, 'en')).toBe('500 (0 %)  100/s')
    expect(lineOf({ done: 29, total: 100, rate: 0 }, 'en')).toBe('29 / 100 (29 %)')
  })

  it('computes the share by the octets of all files, and never counts more than each has', async () => {
    const meter = await createMeter([file('a'), file('b')])
    const shares = [meter.share()]
    meter.next()
    meter.read(150)
    shares.push(meter.share())
    meter.read(1000)
    shares.push(meter.share())
    meter.next()
    meter.read(350)
    shares.push(meter.share())
    meter.read(350)
    shares.push(meter.share())
    expect(shares).toEqual([0, 0.15, 0.3, 0.65, 1])
  })

  it('has no share for standard input, and counts files if there are very many', async () => {
    expect((await createMeter(['-'])).share()).toBeUndefined()
    const many = await createMeter(Array.from({ length: 20_000 }, (_, at) => file(`none-${at}`)))
    for (let at = 0; at < 5001; at++) many.next()
    many.read(1_000_000)
    expect(many.share()).toBe(0.25)
  })
})
