// Why this exists: the other tests run commands in their own process. Here is what only a process shows: its exit code, its pipes, its
// clock, and that its output and exit code are the ones the command returned.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePayload, parseStatement } from 'tongheng/envelope'
import { faultyRecords, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

let cli: Cli

beforeAll(async () => {
  cli = await openCli()
  await cli.write('f01.json', fixtures.F01.record)
  await cli.write('n22.json', faultyRecords.find(({ id }) => id === 'N22')?.record as object)
})

afterAll(() => cli.close())

describe('the process', () => {
  it.each([
    [0, ['--version']],
    [0, ['check', 'f01.json']],
    [1, ['check', 'n22.json', '--lang', 'en']],
    [2, []],
    [2, ['verfy']],
    [2, ['check', 'absent.json']],
  ] as const)('exits with %i and the same texts on the same streams: %j', async (code, args) => {
    const ran = await cli.runProcess(args)
    expect(ran).toEqual(await cli.run(args))
    expect(ran.code).toBe(code)
  })

  it('does not wait for an input that it does not read', async () => {
    const child = await cli.startProcess(['check', 'f01.json'])
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
    child.stdin?.destroy()
  })

  it('refuses an endless input before it holds more than a file may have', async () => {
    expect((await cli.run(['keygen', '--out', 'large.key'])).code).toBe(0)
    const { code, out, err } = await cli.runProcess(['sign', '--key', 'large.key'], { input: new Uint8Array(16 * 1024 * 1024 + 1) })
    expect([code, out, err]).toEqual([2, '', expect.stringContaining('[cli.file-too-large]')])
  })

  it('signs with the time of its own clock', async () => {
    await cli.run(['keygen', '--out', 'clock.key'])
    const at = '2027-05-04T12:00:00+08:00'
    const { code, out } = await cli.runProcess(['sign', 'f01.json', '--key', 'clock.key', '--out', 'clock.jws'], { now: at })
    expect([code, out]).toEqual([0, ''])
    const statement = parseStatement((await readFile(join(cli.folder, 'clock.jws'), 'utf8')).trimEnd(), 'metrology-record+jwt')
    const { iat } = parsePayload(statement) as { iat: number }
    expect([iat >= Date.parse(at) / 1000, iat < Date.parse(at) / 1000 + 600]).toEqual([true, true])
  })
})
