// Why this exists: a partner agency sends its statements as one .zip, and so may an attacker. Each file inside is judged where it can be read,
// and answered by a code where it cannot; no archive uses more memory than its limit, and none prevents the verdict of another.
import { execFileSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { largeEntries, type Sample, sampleArchives } from '../support/archives.ts'
import { makeZip } from '../support/zip.ts'
import { type Cli, openCli } from './run.js'

let cli: Cli
let world: FakeAuthorities
let good: string
let samples: readonly Sample[]
let judge: string[]
const hasZip = (() => {
  try {
    execFileSync('zip', ['-v'])
    return true
  } catch {
    // Not installed: its test is skipped by name.
    return false
  }
})()

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  await cli.write('trust.json', { anchors: world.anchors, trustLists: world.trustLists, agreements: [world.signedAgreement] })
  judge = ['--trust', 'trust.json', '--region', '50', '--at', DEMONSTRATION_TIME]
  good = await world.sign('CD', fixtures.F01.record)
  const other = await world.sign('CD', { ...fixtures.F01.record, certificateNo: '川检证2025-2' } as typeof fixtures.F01.record)
  samples = sampleArchives({ good, lines: `${good}\n${other}\n`, broken: `${good.slice(0, -8)}AAAAAAAA` })
  for (const { name, octets } of samples) await cli.write(name, octets)
})
afterAll(() => cli.close())

interface Row {
  readonly file: string
  readonly code: string
}
/** File, line and deciding code of every row. */
async function rowsOf(
  args: readonly string[],
): Promise<{ readonly rows: readonly Row[]; readonly code: number | null; readonly err: string }> {
  const { out, code, err } = await cli.run(['verify', ...args, ...judge, '--format', 'json'])
  const answers = JSON.parse(out) as {
    file: string
    error?: { code: string }
    decidedBy?: string
    checks?: { id: string; code: string }[]
  }[]
  const rows = answers.map(({ file, error, decidedBy, checks }) => ({
    file,
    code: error?.code ?? checks?.find(({ id }) => id === decidedBy)?.code ?? '',
  }))
  return { rows, code, err }
}

describe('verify of an archive', () => {
  it('answers every file of every archive, ordinary and hostile, by its place and code', async () => {
    expect(samples.length).toBeGreaterThan(35)
    for (const { name, rows: expected } of samples) {
      const { rows, code, err } = await rowsOf([name])
      expect([
        name,
        rows.map(({ file, code }) => [
          file.replaceAll(/[\u001b\u202e]/g, (hidden) => `\\u${hidden.charCodeAt(0).toString(16).padStart(4, '0')}`),
          code,
        ]),
      ]).toEqual([name, expected.map(([place, code]) => [`${name}${place}`, code])])
      const isGood = expected.every(([, code]) => code === 'agreement.clause')
      expect([name, code === 0]).toEqual([name, isGood])
      expect(err).not.toMatch(/[\u001b\u202e]/)
    }
  })

  it('holds no more than one file at a time: a bomb of many gigabytes is answered in bounded memory', async () => {
    await cli.write('bomb.zip', makeZip([{ name: 'first.jws', data: good }, ...largeEntries(12)]))
    const told = "data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS+'\\n'))"
    const child = await cli.runProcess(['verify', 'bomb.zip', ...judge, '--format', 'csv'], { node: ['--import', told] })
    expect(child.out).toContain('archive.total-large')
    // The header, nine files that fit, and the archive itself.
    expect(child.out.trimEnd().split('\r\n')).toHaveLength(11)
    const peak = Number(/peak (\d+)/.exec(child.err)?.[1])
    expect(peak).toBeGreaterThan(0)
    expect(peak).toBeLessThan(512 * 1024)
    expect(child.code).toBe(2)
  })

  it('reads archives from folders and patterns, beside other files', async () => {
    await mkdir(join(cli.folder, 'in'), { recursive: true })
    await cli.write('in/a.jws', good)
    await cli.write('in/z.zip', makeZip([{ name: 'b.jws', data: good }]))
    for (const given of ['in', 'in/*']) {
      const { rows, code } = await rowsOf([given])
      expect([rows, code]).toEqual([
        [
          { file: 'in/a.jws', code: 'agreement.clause' },
          { file: 'in/z.zip › b.jws', code: 'agreement.clause' },
        ],
        0,
      ])
    }
    const { out } = await cli.run(['verify', 'in/z.zip', ...judge])
    expect(out).toContain('in/z.zip › b.jws')
  })

  it('judges a certificate in PDF and the texts of labels inside an archive as outside', async () => {
    await cli.write('one.jws', good)
    await cli.write('codes.txt', 'https://example.com/menu\n')
    await cli.write('codes.zip', makeZip([{ name: 'codes.txt', data: 'https://example.com/menu\n' }]))
    const [plain, packed] = await Promise.all([rowsOf(['codes.txt']), rowsOf(['codes.zip'])])
    expect(packed.rows.map(({ code }) => code)).toEqual(plain.rows.map(({ code }) => code))
    expect(plain.rows).toHaveLength(1)
  })

  it.skipIf(!hasZip)('reads what zip itself packs: folders, Chinese names, a comment, a stream without sizes in its headers', async () => {
    await mkdir(join(cli.folder, '批次/子目录'), { recursive: true })
    await cli.write('批次/甲.jws', good)
    await cli.write('批次/子目录/乙.jws', good)
    execFileSync('zip', ['-q', '-r', 'real.zip', '批次'], { cwd: cli.folder })
    // With descriptors the headers before the data state no sizes.
    execFileSync('zip', ['-q', '-9', '-fd', 'real-9.zip', 'one.jws'], { cwd: cli.folder })
    execFileSync('bash', ['-c', "echo 'batch of November' | zip -q -z real-9.zip"], { cwd: cli.folder })
    expect((await rowsOf(['real.zip'])).rows.map(({ file, code }) => [file, code]).sort()).toEqual([
      ['real.zip › 批次/子目录/乙.jws', 'agreement.clause'],
      ['real.zip › 批次/甲.jws', 'agreement.clause'],
    ])
    expect((await rowsOf(['real-9.zip'])).code).toBe(0)
  })
})
