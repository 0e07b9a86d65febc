// Why this exists: the inputs and outputs of `sign` (status indices, key files by any path, $schema removed) end in a signature that
// cannot be withdrawn.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createFakeAuthorities, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

const uri = 'https://status.example/cd/1'
const at = ['--at', '2025-03-12T17:00:00+08:00']
let cli: Cli
let world: FakeAuthorities

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true, algorithms: ['ES256', 'SGD_SM3_SM2'] })
  await cli.write('key.json', world.keys.get('CD')?.privateJwk as object)
  await cli.write('key, spare.json', world.keys.get('CD')?.privateJwk as object)
  await cli.write('f01.json', fixtures.F01.record)
})
afterAll(() => cli.close())

const claimsOf = (statement: string) => JSON.parse(Buffer.from(statement.split('.')[1] ?? '', 'base64url').toString())
const sign = (...more: string[]) => cli.run(['sign', 'f01.json', '--key', 'key.json', ...at, ...more])
const indexOf = (out: string): number => claimsOf(out).status.status_list.idx
const stored = async (name: string) => JSON.parse(await readFile(join(cli.folder, name), 'utf8'))

describe('sign --status-file', () => {
  it('creates the file for a list, and assigns each index once', async () => {
    expect((await sign('--status-file', 'new.json')).err).toContain('[cli.status-counter]')
    const runs = [await sign('--status-file', 'new.json', '--status-list', uri), await sign('--status-file', 'new.json')]
    expect(runs.map(({ code, out }) => [code, indexOf(out)])).toEqual([
      [0, 0],
      [0, 1],
    ])
    expect(await stored('new.json')).toEqual({ uri, size: 100_000, next: 2 })
  })

  it('uses up no index for a time that is none, and takes none from two places', async () => {
    await cli.write('slip.json', { uri, size: 10, next: 3 })
    const slip = ['sign', 'f01.json', '--key', 'key.json', '--status-file', 'slip.json']
    expect((await cli.run([...slip, '--at', '2025-03-12'])).err).toContain('[cli.option-time]')
    expect((await cli.run([...slip, '--status-index', '7'])).err).toContain('[cli.sign-index-twice]')
    expect((await stored('slip.json')).next).toBe(3)
  })

  it('never overwrites a signed record: its id and its index would be lost', async () => {
    expect((await sign('--out', 'kept.jws')).code).toBe(0)
    const before = await readFile(join(cli.folder, 'kept.jws'))
    const again = await sign('--out', 'kept.jws', '--lang', 'en')
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('kept.jws is there already and is not overwritten')])
    expect(await readFile(join(cli.folder, 'kept.jws'))).toEqual(before)
    await cli.write('other.txt', 'a note')
    expect((await sign('--out', 'other.txt')).code).toBe(0)
  })

  it('says that a time of signing lies ahead', async () => {
    const ahead = await cli.run(['sign', 'f01.json', '--key', 'key.json', '--at', '2099-03-12T00:00:00+08:00', '--lang', 'en'])
    expect([ahead.code, ahead.err]).toEqual([0, expect.stringContaining('2099-03-12T00:00:00+08:00, lies ahead')])
    expect((await sign('--lang', 'en')).err).not.toContain('lies ahead')
  })

  it('assigns no index to two processes', async () => {
    await cli.write('both.json', { uri, size: 10, next: 0 })
    const args = ['sign', 'f01.json', '--key', 'key.json', ...at, '--status-file', 'both.json']
    const runs = await Promise.all([cli.runProcess(args), cli.runProcess(args)])
    expect(runs.map(({ out }) => indexOf(out)).sort()).toEqual([0, 1])
  })

  it('loses the index of a record that was not signed, and never assigns it again', async () => {
    await cli.write('lost.json', { uri, size: 10, next: 5 })
    expect((await sign('--status-file', 'lost.json', '--jti', 'no ulid')).code).toBe(2)
    expect(indexOf((await sign('--status-file', 'lost.json')).out)).toBe(6)
  })

  it('refuses a full list and a damaged file, signs nothing and changes nothing', async () => {
    await cli.write('full.json', { uri, size: 5, next: 5 })
    const full = await sign('--status-file', 'full.json')
    expect([full.code, full.out]).toEqual([2, ''])
    expect(full.err).toContain('[status-index.full]')
    for (const content of ['', '{"uri":', '{"next":7}', JSON.stringify({ uri: `${uri}2`, size: 9, next: 1 })]) {
      await cli.write('broken.json', content)
      const { code, out, err } = await sign('--status-file', 'broken.json', '--status-list', uri, '--lang', 'en')
      expect([code, out], content).toEqual([2, ''])
      expect(err).toMatch(/broken\.json.*\[cli\.status-counter\].*restore it/s)
      expect(await readFile(join(cli.folder, 'broken.json'), 'utf8')).toBe(content)
    }
  })
})

describe('a record file', () => {
  it('may name its JSON Schema for an editor; the signed record does not', async () => {
    const address = 'https://tongheng.example/schemas/verification-record.v1.json'
    for (const $schema of [address, '../node_modules/tongheng/schemas/standalone/verification-record.v1.json', './检定.json']) {
      await cli.write('named.json', { $schema, ...fixtures.F01.record })
      expect((await cli.run(['check', 'named.json'])).code).toBe(0)
      const signed = await cli.run(['sign', 'named.json', '--key', 'key.json', ...at])
      expect(claimsOf(signed.out).record).toEqual(fixtures.F01.record)
    }
    for (const $schema of ['not an address', '', 7, { a: 1 }]) {
      await cli.write('odd.json', { $schema, ...fixtures.F01.record })
      expect((await cli.run(['check', 'odd.json'])).code).toBe(1)
      expect((await cli.run(['sign', 'odd.json', '--key', 'key.json', ...at])).code).toBe(2)
    }
    await cli.write('twice.json', `{"$schema":"https://a.example/","$schema":"https://a.example/"}`)
    expect((await cli.run(['check', 'twice.json'])).out).toContain('json.duplicate-name')
  })
})

describe('an option that names a file', () => {
  it('is read literally, commas included', async () => {
    const { code, out } = await cli.run(['sign', 'f01.json', '--key', 'key, spare.json', ...at])
    expect([code, out.split('.').length]).toEqual([0, 3])
  })
})
