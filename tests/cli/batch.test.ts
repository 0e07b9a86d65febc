// Why this exists: one meter of a batch certificate is revoked by the clerk who signs the others again and again; the commands must touch its line alone.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { VerificationRecord } from 'tongheng/records'
import { certificates, createFakeAuthorities, type FakeAuthorities, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'
import { type Cli, openCli } from './run.js'

const URI = 'https://status.example/sc/1'
const ISS = organisation('SC-INST').uscc
const record = certificates['energy-meters'].record as VerificationRecord
let cli: Cli
let world: FakeAuthorities

const status = (...args: string[]) => cli.run(['status', ...args, '--key', 'key.json', '--lang', 'en'])
const text = async (name: string) => (await readFile(join(cli.folder, name), 'utf8')).trim()
const verify = async (...more: string[]) => {
  const { anchors, trustLists, signedAgreement } = world
  await cli.write('trust.json', { anchors, trustLists, agreements: [signedAgreement], statusLists: [await text('list.jws')] })
  return cli.run(['verify', 'batch.jws', '--trust', 'trust.json', '--region', '51', '--lang', 'en', ...more])
}

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities()
  await cli.write('key.json', world.keys.get('SC-INST')?.privateJwk as object)
  await cli.write('batch.json', record)
  await cli.write('single.json', certificates['energy-meter'].record)
  await cli.write('short.json', change(record, ['/instruments', record.instruments?.slice(0, 3)], ['/results', record.results.slice(2)]))
  await cli.write('counter.json', { uri: URI, size: 12, next: 3 })
  await status('create', '--list', 'list.jws', '--uri', URI, '--iss', ISS, '--size', '12')
})
afterAll(() => cli.close())

const sign = (name: string) =>
  cli.run([
    'sign',
    `${name}.json`,
    '--key',
    'key.json',
    '--status-file',
    'counter.json',
    '--out',
    `${name}.jws`,
    '--at',
    '2025-05-21T09:00:00+08:00',
  ])

describe('a batch on the command line', () => {
  it('allocates an index for each line', async () => {
    expect((await sign('batch')).code).toBe(0)
    expect(JSON.parse(await text('counter.json'))).toMatchObject({ next: 9 })
    expect((await sign('single')).code).toBe(0)
    expect(JSON.parse(await text('counter.json'))).toMatchObject({ next: 10 })
    const full = await sign('short')
    expect([full.code, full.err.includes('[status-index.full]')]).toEqual([2, true])
  })

  it('revokes the line that is named, and no other', async () => {
    expect((await verify()).code).toBe(0)
    const revoked = await status('revoke', 'batch.jws', '--list', 'list.jws', '--line', '2', '--reason', '接线端子损坏', '--yes')
    expect([revoked.code, revoked.out.includes('4')]).toEqual([0, true])
    expect((await status('show', '--list', 'list.jws')).out).toMatch(/valid {2}11\n {2}revoked {2}1\n/)
    const second = await verify('--line', '2')
    expect([second.code, second.out.includes('[status.revoked]') || second.out.includes('revoked')]).toEqual([1, true])
    expect((await verify('--line', '1')).code).toBe(0)
    expect((await verify('--line', '6')).code).toBe(0)
    const whole = await verify('--full')
    expect([whole.code, /lines 2/.test(whole.out)]).toEqual([1, true])
  })

  it('writes the evidence of one line, which replays to the verdict on that line and says so', async () => {
    for (const [line, code, word] of [
      ['1', 0, /Line of the batch: 1\n/],
      ['2', 1, /revoked/],
    ] as const) {
      const judged = await verify('--line', line, '--bundle', `line-${line}.json`)
      expect([judged.code, judged.out]).toEqual([code, expect.stringMatching(word)])
      expect(JSON.parse(await text(`line-${line}.json`))).toMatchObject({ line: Number(line), verdict: { line: Number(line) } })
      const again = await cli.run(['replay', `line-${line}.json`, '--trust', 'trust.json', '--lang', 'en'])
      expect([again.code, again.out]).toEqual([0, expect.stringContaining(`Line of the batch: ${line}\n`)])
    }
    const good = JSON.parse(await text('line-1.json')) as object
    await cli.write('forged.json', { ...good, line: 2 })
    expect((await cli.run(['replay', 'forged.json', '--trust', 'trust.json', '--lang', 'en'])).code).toBe(1)
  })

  it('lists the line and its serial number in CSV, of a bundle too', async () => {
    for (const more of [[], ['--bundle', 'listed.json']]) {
      const { out } = await verify('--line', '2', '--format', 'csv', ...more)
      const [head, row] = out.split('\r\n').map((line) =>
        line
          .replace(/^\ufeff/, '')
          .slice(1, -1)
          .split('","'),
      )
      expect([head?.[5], row?.[5]]).toEqual(['Line of certificate', '2'])
      expect(row?.[head?.indexOf('Serial number') ?? -1]).toBe(record.instruments?.[1]?.serialNumber)
    }
    const { out } = await verify('--format', 'csv')
    expect(out.split('\r\n')[1]?.split('","')[5]).toBe('')
  })

  it.each([
    ['0', 'verify'],
    ['x', 'verify'],
  ])('takes no line %s', async (line) => {
    expect((await verify('--line', line)).code).toBe(2)
  })

  it('rejects a line that does not exist, and a line beside a notice', async () => {
    const reason = ['--reason', '误', '--yes']
    for (const line of ['0', '7', '1.5', '-1'])
      expect((await status('revoke', 'batch.jws', '--list', 'list.jws', `--line=${line}`, ...reason)).err).toContain('[cli.option-value]')
    expect((await status('revoke', 'single.jws', '--list', 'list.jws', '--line', '1', ...reason)).code).toBe(2)
    const noticed = await status('revoke', 'batch.jws', '--list', 'list.jws', '--line', '1', '--notice', 'n.jws', ...reason)
    expect([noticed.code, noticed.err.includes('--notice')]).toEqual([2, true])
    expect((await status('show', '--list', 'list.jws')).out).toMatch(/revoked {2}1\n/)
  })

  it('revokes every line if none is named', async () => {
    const others = ['1', '3', '4', '5', '6'].flatMap((line) => ['--line', line])
    const some = await status('revoke', 'batch.jws', '--list', 'list.jws', ...others, '--reason', '装置超差', '--yes')
    expect(some.code).toBe(0)
    expect((await verify()).out).toMatch(/revoked/)
    expect((await status('show', '--list', 'list.jws')).out).toMatch(/valid {2}6\n {2}revoked {2}6\n/)
  })
})
