// Why this exists: a change without a command is made in an editor, and an editor reports no changes to anybody.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateKey } from 'tongheng/envelope'
import { createFakeAuthorities, organisation } from 'tongheng/testing'
import type { TrustListPayload } from 'tongheng/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

const { uscc: SC } = organisation('SC-AMR')
const { uscc: CD, authorisations } = organisation('CD')
const { uscc: LZ } = organisation('LZ')
const [held] = authorisations
const YEAR = ['--from', '2021-01-01T00:00:00+08:00', '--to', '2030-12-31T00:00:00+08:00']
let cli: Cli
let base: { payload: TrustListPayload }
const kids = new Map<string, string>()
const kid = (name: string): string => kids.get(name) as string
const trust = (action: string, ...args: string[]) => cli.run(['trust', action, '--lang', 'en', ...args])
const edit = (action: string, ...args: string[]) => trust(action, '--draft', 'draft.json', '--yes', ...args)
const payload = async (): Promise<TrustListPayload> =>
  (JSON.parse(await readFile(join(cli.folder, 'draft.json'), 'utf8')) as typeof base).payload
const lines = (out: string): string[] => out.split('\n').filter((line) => line.startsWith('  '))

beforeAll(async () => {
  cli = await openCli()
  for (const [name, alg] of [
    ['root', 'ES256'],
    ['lab', 'ES256'],
    ['log', 'Ed25519'],
    ['witness', 'Ed25519'],
  ] as const) {
    const key = await generateKey(alg)
    kids.set(name, key.kid)
    await cli.write(`${name}.json`, key.privateJwk)
    await cli.write(`${name}.pub.json`, key.publicJwk)
  }
  await cli.write('held.json', [held as object])
  await cli.write('renewed.json', [{ ...held, from: '2026-01-01', to: '2030-12-31' }])
  await cli.write('other-number.json', [{ ...held, number: '另一号' }])
  await cli.write('no-list.json', { number: 'x' })
  await cli.write('half.json', [{ number: 'x' }])
  await cli.write('misspelt.json', [held as object, { ...held, kinds: ['verification-record', 'calibraton-result'] }])
  await cli.write('strange.json', [{ ...held, number: '又一号', categories: ['taximeter', 'taxi-meter'] }])
  await edit('init', '--iss', SC, '--region', '51', '--root', 'root.pub.json', '--threshold', '1')
  await edit('add-entity', '--uscc', CD, '--name', '成都计量院', '--name-en', 'Chengdu', '--authorisations', 'held.json')
  await edit('add-entity', '--uscc', LZ, '--name', '泸州计量院')
  for (const uscc of [CD, LZ]) await edit('add-key', '--uscc', uscc, '--jwk', 'lab.pub.json', ...YEAR)
  base = JSON.parse(await readFile(join(cli.folder, 'draft.json'), 'utf8'))
})

beforeEach(() => cli.write('draft.json', base))
afterAll(() => cli.close())

describe('the first version of a trust list', () => {
  const first = (...more: string[]) =>
    trust('init', '--draft', 'first.json', '--yes', '--iss', SC, '--root', 'root.pub.json', '--threshold', '1', ...more)
  it('is no second one of an authority that has published', async () => {
    const { anchors, trustLists } = await createFakeAuthorities()
    await cli.write('begun.json', { anchors, trustLists })
    const { code, err } = await first('--region', '51', '--trust', 'begun.json')
    expect([code, err]).toEqual([2, expect.stringContaining(`has version 1 of the list of ${SC}`)])
    await expect(readFile(join(cli.folder, 'first.json'))).rejects.toThrow('ENOENT')
  })

  it('is of the province in which the authority is registered, or that is pointed out', async () => {
    const { code, err } = await first('--region', '50', '--trust', 'none-yet.json')
    expect([code, err]).toEqual([0, expect.stringContaining(`${SC} is registered in 51, which is not --region 50`)])
  })
})

describe('an edit of a trust list', () => {
  it('renames a body', async () => {
    const { code, out } = await edit('rename-entity', '--uscc', CD, '--name', '成都市计量检定测试院', '--name-en', 'Chengdu Institute')
    expect([code, lines(out)]).toEqual([0, [`  body ${CD} renamed: 成都计量院 / Chengdu → 成都市计量检定测试院 / Chengdu Institute`]])
    expect((await payload()).entities[0]?.name).toEqual({ zh: '成都市计量检定测试院', en: 'Chengdu Institute' })
  })

  it('ends a key and changes its types, for every body that has it or for the named one', async () => {
    const of = async () => (await payload()).entities.map(({ keys }) => [keys[0]?.notAfter, keys[0]?.typ.join()])
    const [before] = (await of()) as [unknown[], unknown[]]
    const end = Date.parse('2026-06-30T00:00:00Z') / 1000
    const one = await edit('change-key', '--kid', kid('lab'), '--uscc', LZ, '--to', '2026-06-30T08:00:00+08:00')
    expect(lines(one.out)).toEqual([expect.stringContaining(`泸州计量院: key ${kid('lab')} (ES256) now from 2021-01-01`)])
    expect(await of()).toEqual([before, [end, before[1]]])
    const both = await edit('change-key', '--kid', kid('lab'), '--to', '2026-06-30T08:00:00+08:00', '--typ', 'metrology-record+jwt')
    expect(lines(both.out)).toHaveLength(2)
    expect(await of()).toEqual([
      [end, 'metrology-record+jwt'],
      [end, 'metrology-record+jwt'],
    ])
  })

  it('revokes a key for every body that has it: the other entry would serve the thief', async () => {
    expect(lines((await edit('revoke-key', '--kid', kid('lab'), '--reason', '私钥泄露', '--retroactive')).out)).toHaveLength(2)
    expect((await payload()).entities.map(({ keys }) => keys[0]?.revoked?.retroactive)).toEqual([true, true])
  })

  it('adds an authorisation, and ends one', async () => {
    const added = await edit('add-authorisation', '--uscc', CD, '--authorisations', 'renewed.json')
    expect(lines(added.out)).toEqual([expect.stringContaining(`Chengdu: authorisation added: ${held?.number}, 2026-01-01 to 2030-12-31`)])
    const ended = await edit(
      'change-authorisation',
      '--uscc',
      CD,
      '--number',
      `${held?.number}`,
      '--from',
      `${held?.from}`,
      '--to',
      '2025-12-31',
    )
    expect(lines(ended.out)).toEqual([expect.stringContaining(`authorisation ${held?.number} now ${held?.from} to 2025-12-31`)])
    expect((await payload()).entities[0]?.authorisations.map(({ from, to }) => [from, to])).toEqual([
      [held?.from, '2025-12-31'],
      ['2026-01-01', '2030-12-31'],
    ])
  })

  it('adds a log', async () => {
    const { out } = await edit('add-log', '--origin', 'log.sc.example/2026', '--jwk', 'log.pub.json')
    expect(lines(out)).toEqual([`  log added: log.sc.example/2026, key ${kid('log')}`])
    expect((await payload()).logs).toEqual([{ origin: 'log.sc.example/2026', key: expect.objectContaining({ crv: 'Ed25519' }) }])
    expect(await edit('add-log', '--origin', 'log.sc.example/2026', '--jwk', 'log.pub.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('[cli.trust-twice]'),
    })
  })

  it('adds the key by which the node of the authority cosigns other logs, with a log or for a listed one', async () => {
    const named = ['--origin', 'log.sc.example/2026']
    const witness = expect.objectContaining({ kty: 'OKP', crv: 'Ed25519' })
    const told = [
      `  log added: log.sc.example/2026, key ${kid('log')}`,
      `  witness key added with the log log.sc.example/2026: ${kid('witness')}`,
    ]
    const both = await edit('add-log', ...named, '--jwk', 'log.pub.json', '--witness', 'witness.pub.json')
    expect(lines(both.out)).toEqual(told)
    expect((await payload()).logs).toMatchObject([{ key: witness, witness }])
    await cli.write('draft.json', base)
    await edit('add-log', ...named, '--jwk', 'log.pub.json')
    expect(lines((await edit('add-witness', ...named, '--jwk', 'witness.pub.json')).out)).toEqual(told.slice(1))
    expect((await payload()).logs).toMatchObject([{ key: witness, witness }])
    for (const [args, code] of [
      [['add-witness', ...named, '--jwk', 'witness.pub.json'], 'cli.trust-twice'],
      [['add-witness', '--origin', 'other', '--jwk', 'witness.pub.json'], 'cli.trust-log-none'],
      [['add-log', '--origin', 'other', '--jwk', 'witness.pub.json', '--witness', 'witness.pub.json'], 'trust-list.witness-key'],
      [['add-log', '--origin', 'other', '--jwk', 'witness.pub.json'], 'trust-list.witness-key'],
      [['add-log', '--origin', 'other', '--jwk', 'log.pub.json', '--witness', 'lab.pub.json'], 'cli.trust-log-key'],
    ] as const)
      expect(await edit(...(args as unknown as [string, ...string[]])), args.join(' ')).toMatchObject({
        code: 2,
        err: expect.stringContaining(`[${code}]`),
      })
  })

  const refused: [string[], string][] = [
    [['rename-entity', '--uscc', SC, '--name', 'x'], 'cli.trust-entity'],
    [['rename-entity', '--uscc', CD], 'cli.option-missing'],
    [['change-key', '--kid', 'x', '--to', '2030-12-31T00:00:00Z'], 'cli.trust-key'],
    [['change-key', '--kid', 'LAB'], 'cli.option-missing'],
    [['change-key', '--kid', 'LAB', '--to', '2030-12-31'], 'cli.option-time'],
    [['change-key', '--kid', 'LAB', '--to', '2020-12-31T00:00:00Z'], 'cli.trust-interval'],
    [['change-key', '--kid', 'LAB', '--uscc', SC, '--to', '2030-12-31T00:00:00Z'], 'cli.trust-key'],
    [['add-authorisation', '--uscc', CD, '--authorisations', 'held.json'], 'cli.trust-twice'],
    [['add-authorisation', '--uscc', CD, '--authorisations', 'no-list.json'], 'cli.trust-authorisations'],
    [['add-authorisation', '--uscc', CD, '--authorisations', 'half.json'], 'cli.trust-authorisations'],
    [['add-authorisation', '--uscc', LZ, '--authorisations', 'misspelt.json'], 'cli.trust-kind'],
    [['add-entity', '--uscc', `${CD.slice(0, 17)}X`, '--name', 'x'], 'cli.option-value'],
    [['change-authorisation', '--uscc', CD, '--number', 'x', '--to', '2025-12-31'], 'cli.trust-authorisation'],
    [['change-authorisation', '--uscc', CD, '--number', 'HELD', '--to', '1999-12-31'], 'cli.option-value'],
    [['change-authorisation', '--uscc', CD, '--number', 'HELD', '--to', '2025-13-01'], 'cli.trust-edit'],
    [['add-log', '--origin', 'x', '--jwk', 'lab.pub.json'], 'cli.trust-log-key'],
    [['add-log', '--origin', 'x', '--jwk', 'log.json'], 'cli.key-private'],
    [['add-log', '--origin', 'x', '--jwk', 'held.json'], 'cli.key-public'],
    [['add-log', '--origin', 'two words', '--jwk', 'log.pub.json'], 'cli.trust-edit'],
    [['add-log', '--origin', 'a+b', '--jwk', 'log.pub.json'], 'cli.trust-edit'],
    [['rotate-root', '--root', 'root.pub.json', '--root', 'root.pub.json', '--threshold', '2'], 'cli.trust-twice'],
    [['change-key', '--kid', 'LAB', '--typ', 'metrology-recrod+jwt'], 'cli.option-value'],
  ]
  it('names the place of a kind that is misspelt, and a category that the catalogue does not have', async () => {
    const kind = await edit('add-authorisation', '--uscc', LZ, '--authorisations', 'misspelt.json')
    expect(kind.err).toContain('misspelt.json: this version has no kind of record calibraton-result [/1/kinds/1] [cli.trust-kind]')
    expect(kind.err).toContain('Nearest: “calibration-result”')
    const { code, err } = await edit('add-authorisation', '--uscc', LZ, '--authorisations', 'strange.json')
    expect([code, err]).toEqual([0, expect.stringContaining('no category taxi-meter of strange.json [/0/categories/1]')])
    expect(err).not.toContain('taximeter')
  })

  it('says of a value that does not fit that it was given so, not that the draft is none', async () => {
    const { err } = await edit('change-authorisation', '--uscc', CD, '--number', `${held?.number}`, '--to', '2030-12-31T00:00:00+08:00')
    expect(err).toContain('A given value does not fit; the draft draft.json is unchanged [cli.trust-edit]')
    expect(err).toContain('/payload/entities/0/authorisations/0/to')
    const array = await edit('add-authorisation', '--uscc', CD, '--authorisations', 'no-list.json')
    expect(array.err).toContain('has a fault: the whole content [cli.trust-authorisations]')
    expect(array.err).not.toContain('“”')
  })

  it('is refused where it is meaningless', async () => {
    const real = { LAB: kid('lab'), HELD: `${held?.number}` } as Record<string, string>
    const ran = await Promise.all(refused.map(([args]) => edit(...(args.map((one) => real[one] ?? one) as [string, ...string[]]))))
    expect(ran.map(({ code, err }, at) => [refused[at]?.[0].join(' '), code, /\[([a-z.-]+)\]/.exec(err)?.[1]])).toEqual(
      refused.map(([args, code]) => [args.join(' '), 2, code]),
    )
    expect(await payload()).toEqual(base.payload)
  })

  it('requires a yes: a script passes --yes', async () => {
    const { code, out, err } = await trust('rename-entity', '--draft', 'draft.json', '--uscc', CD, '--name', '新名')
    expect([code, lines(out).length, err]).toEqual([2, 1, expect.stringContaining('[cli.confirm-needed]')])
    expect(await payload()).toEqual(base.payload)
  })

  it('names both authorisations where two have the number', async () => {
    await edit('add-authorisation', '--uscc', CD, '--authorisations', 'renewed.json')
    const { err } = await edit('change-authorisation', '--uscc', CD, '--number', `${held?.number}`, '--to', '2025-12-31')
    expect(err).toContain(`it has: ${held?.number} ${held?.from}, ${held?.number} 2026-01-01 [cli.trust-authorisation]`)
  })

  it('prints a name with a line break on one line: it must not look like another change', async () => {
    const { out } = await edit('rename-entity', '--uscc', CD, '--name', '新名\n  root key added: 假')
    expect(lines(out)).toHaveLength(1)
  })
})

describe('trust show', () => {
  it('lists the logs, and for a named body every key with its thumbprint and every authorisation', async () => {
    await edit('add-log', '--origin', 'log.sc.example/2026', '--jwk', 'log.pub.json')
    await edit('revoke-key', '--kid', kid('lab'), '--uscc', LZ, '--reason', '停用')
    await trust('publish', '--draft', 'draft.json', '--trust', 'trust.json', '--key', 'root.json', '--yes')
    const all = (await trust('show', '--trust', 'trust.json')).out
    expect(all).toContain(`  log log.sc.example/2026  key ${kid('log')}`)
    expect(all).not.toContain(kid('lab'))
    const one = (await trust('show', '--trust', 'trust.json', '--uscc', CD)).out
    expect(one).toContain(`    key ${kid('lab')} (ES256)  2021-01-01T00:00:00+08:00 to 2030-12-31T00:00:00+08:00`)
    expect(one).toContain(`    authorisation ${held?.number}  ${held?.from} to ${held?.to}`)
    expect(one).not.toContain('泸州')
    expect((await trust('show', '--trust', 'trust.json', '--uscc', LZ)).out).toContain('reason: 停用')
  })
})
