// Why this exists: a bureau signs its catalogue with root keys that several people hold; what they sign must be what is published, and check,
// verify and explain must follow it and nothing else.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSigner, generateKey } from 'tongheng/envelope'
import type { VerificationRecord } from 'tongheng/records'
import { createFakeAuthorities, type FakeAuthorities, fixtures } from 'tongheng/testing'
import { signTrustList } from 'tongheng/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'
import { type Cli, openCli } from './run.js'

let cli: Cli
let world: FakeAuthorities
let iss: string
const run = (action: string, ...args: string[]) =>
  cli.run(['catalogue', action, '--catalogue', 'catalogue.json', '--trust', 'trust.json', '--lang', 'en', ...args])
const under = ['--catalogue', 'catalogue.json', '--trust', 'trust.json', '--lang', 'en']
const read = async (name: string) => JSON.parse(await readFile(join(cli.folder, name), 'utf8'))

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities()
  const roots = await Promise.all([generateKey('ES256'), generateKey('ES256')])
  const anchor = world.anchors.find(({ region }) => region === '50') as (typeof world.anchors)[number]
  iss = anchor.authority
  const list = world.trust.versions(iss)[0]?.payload as Parameters<typeof signTrustList>[0]
  const keys = roots.map(({ publicJwk }) => publicJwk)
  const [first, second] = await Promise.all(roots.map(({ privateJwk }) => createSigner(privateJwk)))
  const signed = await signTrustList({ ...list, roots: { keys, threshold: 2 } }, [first as never, second as never])
  const others = world.trustLists.filter((_, at) => world.trust.lists[at]?.payload.iss !== iss)
  const anchors = [...world.anchors.filter((one) => one !== anchor), { ...anchor, keys, threshold: 2 }]
  await cli.write('trust.json', { anchors, trustLists: [...others, signed], agreements: [world.signedAgreement] })
  for (const [at, { privateJwk }] of roots.entries()) await cli.write(`root-${at}.json`, privateJwk)
  await cli.write('content.json', {
    iss,
    region: '50',
    title: { zh: '重庆市计量器具与规程目录' },
    categories: [
      { slug: 'drone-scale', number: '9.9', name: { zh: '无人机秤' }, aliases: ['飞秤'], control: 'V', regulations: ['JJG517'] },
    ],
    editions: [{ number: 'JJG 517-2016', effectiveOn: '2017-05-30', abolishedOn: '2025-01-01', basis: '渝市监〔2025〕1号' }],
  })
  await cli.write('record.json', change(fixtures.F01.record, ['/instrument/category', 'drone-scale']))
  await cli.write('f01.jws', await world.sign('CD', fixtures.F01.record))
})
afterAll(() => cli.close())

describe('catalogue', () => {
  it('is signed by one holder of a root key, then by the other, and is not accepted before', async () => {
    expect(await run('sign', '--from', 'content.json', '--key', 'root-0.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.confirm-needed'),
    })
    const first = await run('sign', '--from', 'content.json', '--key', 'root-0.json', '--days', '30', '--yes')
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringMatching(/version 1, until .*1 categories, 0 intervals, 1 editions[\s\S]*1 signature/),
    })
    for (const action of ['show', 'publish'])
      expect(await run(action, '--yes')).toMatchObject({ code: 2, err: expect.stringContaining('catalogue.threshold') })
    expect(await run('sign', '--key', 'root-1.json')).toMatchObject({ code: 0, out: expect.stringContaining('2 signature(s)') })
    expect(await run('show')).toMatchObject({ code: 0, out: expect.stringContaining('version 1') })
    expect(await run('burn')).toMatchObject({ code: 2, err: expect.stringContaining('cli.action-unknown') })
  })

  it('is used by check and explain, which name it', async () => {
    expect((await cli.run(['check', 'record.json', '--lang', 'en'])).out).toContain('category.unknown')
    const checked = await cli.run(['check', 'record.json', ...under])
    expect(checked).toMatchObject({ code: 1, out: expect.stringMatching(/specification\.abolished/) })
    expect(checked.out).not.toContain('category.unknown')
    expect(checked.out).toContain('specification.catalogues-differ')
    const told = await cli.run(['explain', '飞秤', ...under])
    expect(told).toMatchObject({
      code: 0,
      out: expect.stringMatching(new RegExp(`Catalogue of ${iss}, version 1[\\s\\S]*drone-scale .*9\\.9; 飞秤; V; JJG517`)),
    })
    expect((await cli.run(['explain', 'JJG 517-2016', ...under])).out).toMatch(
      /abolished 2025-01-01; 渝市监〔2025〕1号[\s\S]*^JJG 517-2016 .*\[a\]/m,
    )
    expect(await cli.run(['check', 'record.json', '--catalogue', 'catalogue.json', '--lang', 'en'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--trust'),
    })
    expect(await cli.run(['check', 'record.json', '--catalogue', 'record.json', '--trust', 'trust.json'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.catalogue-file'),
    })
  })

  it('is published in the trust file once, and numbers the next', async () => {
    expect(await run('publish', '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('version 1') })
    expect((await read('trust.json')).catalogues).toEqual([await read('catalogue.json')])
    expect(await run('publish', '--yes')).toMatchObject({ code: 2, err: expect.stringContaining('cli.catalogue-stale') })
    const next = ['--from', 'content.json', '--key', 'root-0.json', '--key', 'root-1.json', '--yes']
    const second = await cli.run(['catalogue', 'sign', '--catalogue', 'second.json', '--trust', 'trust.json', ...next])
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining('第 2 版') })
  })

  it('decides a verdict of its province, stays in the bundle, and is remembered against older ones', async () => {
    const verify = (...args: string[]) =>
      cli.run(['verify', 'f01.jws', '--trust', 'trust.json', '--format', 'json', '--lang', 'en', ...args])
    const [own, other] = [await verify('--region', '50'), await verify('--region', '51')]
    expect(JSON.parse(own.out)[0]).toMatchObject({
      outcome: 'not-recognised',
      decidedBy: 'basis.in-force',
      reliedOn: { catalogues: [{ id: iss, version: 1 }] },
    })
    expect(JSON.parse(other.out)[0].reliedOn).not.toHaveProperty('catalogues')
    await verify('--region', '50', '--bundle', 'bundle.json')
    expect(await cli.run(['replay', 'bundle.json', '--trust', 'trust.json', '--lang', 'en'])).toMatchObject({
      code: expect.toBeOneOf([0, 1]),
    })
    expect((await read('bundle.json')).catalogues).toHaveLength(1)
    await verify('--region', '50', '--catalogue', 'second.json', '--state', 'state.json')
    expect((await read('state.json')).seenCatalogues).toMatchObject([{ authority: iss, version: 2 }])
    expect(await verify('--region', '50', '--state', 'state.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('catalogue.rollback'),
    })
  })

  it('is used for the ledger and the standing of an instrument, which name it', async () => {
    const { serialNumber, name } = (fixtures.F01.record as VerificationRecord).instrument
    await cli.write('own.csv', `器具名称,出厂编号\n${name},${serialNumber}\n`)
    const ledger = (region: string) =>
      cli.run(['ledger', 'match', 'own.csv', '--certificates', 'f01.jws', '--trust', 'trust.json', '--region', region, '--lang', 'en'])
    const standing = (region: string, ...more: string[]) =>
      cli.run(['standing', 'f01.jws', '--trust', 'trust.json', '--region', region, '--lang', 'en', ...more])
    const used = new RegExp(`judged by the catalogue of an authority: .*\\(${iss}\\), version 1`)
    for (const asked of [ledger, standing]) {
      const [own, other] = [await asked('50'), await asked('51')]
      expect([own.code, other.code]).toEqual([1, 0])
      expect(own.out).toMatch(used)
      expect(other.out).not.toMatch(used)
    }
    expect((await standing('50', '--catalogue', 'second.json')).out).toContain('version 2')
    // A forged catalogue is reported, and not used.
    await cli.write('half.json', [(await read('second.json'))[0]])
    const half = await standing('50', '--catalogue', 'half.json')
    expect(half.err).toContain('catalogue.threshold')
    expect(half.out).toMatch(used)
  })

  it('as plain JSON is checked for shape', async () => {
    await cli.write('plain.json', { ...(await read('content.json')), version: 1, iat: 1, exp: 2, editions: [{ number: 'JJG 517' }] })
    expect(await cli.run(['check', 'plain.json', '--lang', 'en'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('catalogue.edition'),
    })
  })
})
