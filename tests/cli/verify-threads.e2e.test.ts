// Why this exists: a large input is judged on threads. Its list must be that of one thread, line by line, with labels and unreadable files in place.
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { labelUrl, signLabel } from 'tongheng/label'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures, negatives, send, sendOnTheWay } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile } from './build.js'

/** Folder of a copy of the program, from which a test removes a file. */
let own: string
let folder: string

/** Size in octets from which several threads judge. */
const LARGE = 17_000_000
/** A file without a statement. */
const filler = (octets: number): string => `${'no statement '.repeat(octets / 13)}\n`

beforeAll(async () => {
  own = await mkdtemp(join(tmpdir(), 'tongheng-threads-'))
  await cp((await compile('src/cli/bin.ts')).folder, own, { recursive: true, verbatimSymlinks: true })
  folder = join(own, 'in')
  await mkdir(folder)
  const world = await createFakeAuthorities()
  const { anchors, trustLists, signedAgreement } = world
  await writeFile(join(own, 'trust.json'), JSON.stringify({ anchors, trustLists, agreements: [signedAgreement] }))
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
afterAll(() => rm(own, { recursive: true, force: true }))

/** Runs `verify` as on a machine with this number of processors. */
async function run(processors: number, ...more: string[]): Promise<{ code: number; out: string; err: string }> {
  const machine = `import os from 'node:os'
    import { syncBuiltinESMExports } from 'node:module'
    os.availableParallelism = () => ${processors}
    syncBuiltinESMExports()`
  const node = ['--import', `data:text/javascript,${encodeURIComponent(machine)}`, join(own, 'program.mjs')]
  const args = ['verify', 'in', '--trust', 'trust.json', '--region', '50', '--at', DEMONSTRATION_TIME, ...more]
  const options = { cwd: own, maxBuffer: 1e8 }
  const { code, stdout, stderr } = await promisify(execFile)(process.execPath, [...node, ...args], options).then(
    (done) => ({ code: 0, ...done }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
  return { code, out: stdout, err: stderr }
}

describe('verify of a large input', () => {
  it('writes what it writes of a small one: records, labels, lines that are none, files that are none', async () => {
    for (const format of ['csv', 'json']) {
      await writeFile(join(folder, 'b.txt'), filler(1300))
      const small = await run(4, '--format', format)
      expect(small.out.length).toBeGreaterThan(5_000)
      await writeFile(join(folder, 'b.txt'), filler(LARGE))
      expect(await run(4, '--format', format)).toEqual(small)
    }
  })

  it('needs the file of the threads where it uses them, and says so where it is gone; two processors need none', async () => {
    await writeFile(join(folder, 'b.txt'), filler(LARGE))
    await rm(join(own, 'judging-thread.mjs'))
    const { code, out, err } = await run(3, '--format', 'csv')
    expect([code, err]).toEqual([2, expect.stringContaining('threads.')])
    expect(out).not.toContain('予以互认')
    expect((await run(2, '--format', 'csv')).out).toContain('予以互认')
  })
})
