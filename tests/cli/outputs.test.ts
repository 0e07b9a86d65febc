// Why this exists: a full disk, or an output that is an input by another name, must lose no record, report or certificate; and what
// could not be written must not end with the exit code of a verdict.
import { existsSync } from 'node:fs'
import { link, mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.js'
import { createTerminal } from '../../src/cli/terminal.js'
import { type Cli, openCli } from './run.js'

let cli: Cli
const text = (name: string): Promise<string> => readFile(join(cli.folder, name), 'utf8')

beforeAll(async () => {
  cli = await openCli()
  await cli.write('f01.json', fixtures.F01.record)
  await cli.run(['keygen', '--out', 'k.json'])
})
afterAll(() => cli.close())

describe('an output that is an input', () => {
  it.each([
    ['by its own name', 'same', async (): Promise<void> => undefined],
    ['by a hard link', 'hard.json', (): Promise<void> => link('in.json', 'hard.json')],
    ['by a symbolic link', 'soft.json', (): Promise<void> => symlink('in.json', 'soft.json')],
    ['by another path', './/sub/../in.json', (): Promise<unknown> => mkdir('sub')],
  ] as const)('%s is refused, and nothing is lost', async (_how, name, make) => {
    await cli.write('in.json', fixtures.F01.record)
    await make()
    const out = name === 'same' ? 'in.json' : name
    const runs = [await cli.run(['sign', 'in.json', '--key', 'k.json', '--out', out]), await cli.run(['check', 'in.json', '--out', out])]
    for (const { code, err } of runs) expect([code, err.includes('[cli.file-same]')]).toEqual([2, true])
    expect(await text('in.json')).toBe(JSON.stringify(fixtures.F01.record))
  })

  it('is refused for the key too', async () => {
    const before = await text('k.json')
    expect((await cli.run(['sign', 'f01.json', '--key', 'k.json', '--out', 'k.json'])).err).toContain('[cli.file-same]')
    expect(await text('k.json')).toBe(before)
  })
})

describe('an output file', () => {
  it('is not written through a link to nothing', async () => {
    await symlink('nowhere', 'dangling')
    for (const args of [
      ['sign', 'f01.json', '--key', 'k.json', '--out', 'dangling'],
      ['check', 'f01.json', '--out', 'dangling'],
    ]) {
      const { code, err } = await cli.run([...args, '--lang', 'en'])
      expect([code, err.includes('(DANGLING) [cli.file]'), existsSync('nowhere')]).toEqual([2, true, false])
    }
  })

  it('is replaced as a whole, without a temporary file left; a device is written to', async () => {
    expect((await cli.run(['sign', 'f01.json', '--key', 'k.json', '--out', 'out.jws'])).code).toBe(0)
    expect((await cli.run(['check', 'f01.json', '--out', 'report.txt'])).code).toBe(0)
    expect((await cli.run(['sign', 'f01.json', '--key', 'k.json', '--out', '/dev/null'])).code).toBe(0)
    expect((await readdir(cli.folder)).filter((name) => name.endsWith('.new'))).toEqual([])
    expect((await text('out.jws')).split('.')).toHaveLength(3)
  })

  it.runIf(existsSync('/dev/full'))('on a full disk is reported', async () => {
    const { code, err } = await cli.run(['check', 'f01.json', '--out', '/dev/full', '--lang', 'en'])
    expect([code, err]).toEqual([2, expect.stringContaining('the disk is full (ENOSPC) [cli.file]')])
  })
})

describe('standard output', () => {
  const run = async (args: readonly string[], code: string): Promise<[number, string]> => {
    const stdout = new Writable({ write: (_part, _encoding, done) => done(Object.assign(new Error(code), { code })) })
    const stderr = new PassThrough()
    const terminal = createTerminal({ stdin: new PassThrough(), stdout, stderr, env: {} }, Date.now)
    return [await main(args, terminal), String(stderr.read() ?? '')]
  }

  it('that is full exits with 2 and one line, whatever was judged', async () => {
    for (const args of [['check', 'f01.json'], ['--help'], ['--version'], ['explain'], ['sign', 'f01.json', '--key', 'k.json']]) {
      const [code, err] = await run([...args, '--lang', 'en'], 'ENOSPC')
      expect(code).toBe(2)
      // Signing without a status reference warns first.
      expect(err.split('\n').at(-2)).toBe('Error: The file (standard output) does not fit: the disk is full (ENOSPC) [cli.file]')
    }
  })

  it('whose reader has closed it changes nothing', async () => {
    expect(await run(['check', 'f01.json'], 'EPIPE')).toEqual([0, ''])
  })
})
