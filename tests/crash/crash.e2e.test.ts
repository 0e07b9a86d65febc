// Why this exists: the short form of `npm run crash`, so that no change loses an acknowledged record before the long form runs.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile, type Program } from '../cli/build.js'
import { crash } from './crash.js'

let folder: string
let program: Program

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-crash-'))
  program = await compile('src/cli/bin.ts')
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe('a node that is killed under load', () => {
  it('has every acknowledged record, one leaf each, and stands by every checkpoint', async () => {
    const result = await crash({ folder, program: program.file, rounds: 3, callers: 4, leastCheckpoints: 4 })
    expect(result.faults).toEqual([])
    expect(result.acknowledged).toBeGreaterThan(10)
    expect(result.checkpoints).toBeGreaterThan(3)
  })
})
