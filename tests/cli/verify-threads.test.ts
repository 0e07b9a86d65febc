// Why this exists: a large input is judged on threads. Its list must be that of one thread, line by line, with labels and unreadable files in place.
import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { labelUrl, signLabel } from 'tongheng/label'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures, negatives, send, sendOnTheWay } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile, type Program } from './build.js'

let program: Program
let folder: string

/** More octets than one thread judges alone. */
const LARGE = 17_000_000
/** A file without a statement. */
const filler = (octets: number): string => `${'no statement '.repeat(octets / 13)}\n`

beforeAll(async () => {
  program = await compile('src/cli/bin.ts')
  folder = join(program.folder, 'in')
  await mkdir(folder)
  const world = await createFakeAuthorities()
  const { anchors, trustLists, signedAgreement } = world
  await writeFile(join(program.folder, 'trust.json'), JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] }))
  const statements = [
    ...(await Promise.all(Object.values(fixtures).map((fixture) => send(world, fixture)))),
    ...(await Promise.all(negatives.map((one) => (one.onTheWay === undefined ? send(world, one) : sendOnTheWay(world, one))))),
  ]
  const label = await signLabel(statements[0] as string, { signers: [world.signer('CD')], at: '2025-03-12T17:00:00+08:00' })
  const url = labelUrl(label.octets, 'https://jl.example.cn')
  await writeFile(join(folder, 'a.ndjson'), `${statements.join('\n')}\n`)
  await writeFile(join(folder, 'c.txt'), `${url}\n${url.slice(0, -9)}\n`)
  await writeFile(join(folder, 'd.jws'), statements[0] as string)
})
afterAll(() => program.remove())

async function run(...more: string[]): Promise<{ code: number; out: string; err: string }> {
  const args = ['verify', 'in', '--trust', 'trust.json', '--region', '50', '--at', DEMONSTRATION_TIME, ...more]
  const options = { cwd: program.folder, maxBuffer: 1e8 }
  const { code, stdout, stderr } = await promisify(execFile)(process.execPath, [program.file, ...args], options).then(
    (done) => ({ code: 0, ...done }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
  return { code, out: stdout, err: stderr }
}

describe('verify of a large input', () => {
  it('writes what it writes of a small one: records, labels, lines that are none, files that are none', async () => {
    for (const format of ['csv', 'json']) {
      await writeFile(join(folder, 'b.txt'), filler(1300))
      const small = await run('--format', format)
      await writeFile(join(folder, 'b.txt'), filler(LARGE))
      const large = await run('--format', format)
      expect(small.out.length).toBeGreaterThan(5_000)
      expect(large).toEqual(small)
    }
  })

  it('needs the file of the threads, and says so where it is gone', async () => {
    await writeFile(join(folder, 'b.txt'), filler(LARGE))
    await rm(join(program.folder, 'judging-thread.mjs'))
    const { code, out, err } = await run('--format', 'csv')
    expect([code, err]).toEqual([2, expect.stringContaining('threads.')])
    expect(out).not.toContain('予以互认')
  })
})
