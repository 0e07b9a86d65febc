// Why this exists: the other tests run commands in their own process. Here is what only a process shows: its exit code, its pipes, its
// clock, and that its output and exit code are the ones the command returned.
import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePayload, parseStatement } from 'tongheng/envelope'
import { createFakeAuthorities, faultyRecords, fixtures, negatives, publications, send, sendOnTheWay } from 'tongheng/testing'
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

describe('sign and verify in processes of their own', () => {
  const ask = ['verify', '--trust', 'trust.json', '--region', '50']

  beforeAll(async () => {
    const authorities = await createFakeAuthorities({ witnessKeys: true })
    const { anchors, trustLists, signedAgreement } = authorities
    const specifications = await Promise.all([...publications, fixtures.F10, fixtures.F11].map((fixture) => send(authorities, fixture)))
    await cli.write('trust.json', { anchors, trustLists, agreements: [signedAgreement], specifications })
    await cli.write('cd.key', authorities.keys.get('CD')?.privateJwk ?? {})
    await chmod(join(cli.folder, 'cd.key'), 0o600)
    await cli.write('f01.jws', `${await send(authorities, fixtures.F01)}\n`)
    const n07 = [...negatives, ...faultyRecords].find(({ id }) => id === 'N07')
    if (n07 === undefined) throw new Error('N07 is gone')
    await cli.write('n07.jws', await sendOnTheWay(authorities, n07))
  })

  it('pass a statement from one to the other through a pipe', async () => {
    const input = await readFile(join(cli.folder, 'f01.json'), 'utf8')
    const signed = await cli.runProcess(['sign', '--key', 'cd.key'], { input })
    expect([signed.code, signed.out]).toEqual([0, expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)])
    const verified = await cli.runProcess(ask, { input: signed.out })
    expect([verified.code, verified.err, verified.out]).toEqual([0, '', expect.stringMatching(/^予以互认/)])
  })

  it('end with their own exit code if the reader closes the pipe', async () => {
    for (const [file, code] of [
      ['f01.jws', 0],
      ['n07.jws', 1],
    ] as const) {
      const child = await cli.startProcess([...ask, file, '--full'])
      child.stdout?.destroy()
      let err = ''
      child.stderr?.setEncoding('utf8').on('data', (part: string) => {
        err += part
      })
      expect([await new Promise((resolve) => child.on('close', resolve)), err]).toEqual([code, ''])
    }
  })
})
