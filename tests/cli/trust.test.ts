// Why this exists: a trust list decides who is believed in a whole province; its operators change it by hand, two at a time, through files.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateKey } from 'tongheng/envelope'
import { fixtures, organisation } from 'tongheng/testing'
import { openTrust } from 'tongheng/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

const { uscc: SC } = organisation('SC-AMR')
const { uscc: CD, authorisations } = organisation('CD')
let cli: Cli
const trust = (...args: string[]) => cli.run(['trust', ...args, '--lang', 'en'])
const publish = (...args: string[]) => trust('publish', '--draft', 'draft.json', '--trust', 'trust.json', '--yes', ...args)
const edit = (action: string, ...args: string[]) =>
  trust(action, '--draft', 'draft.json', '--trust', 'trust.json', '--iss', SC, ...(action === 'publish' ? [] : ['--yes']), ...args)
const read = async (name: string) => JSON.parse(await readFile(join(cli.folder, name), 'utf8'))
const keys = new Map<string, Awaited<ReturnType<typeof generateKey>>>()
const kidOf = (name: string): string => keys.get(name)?.kid as string

beforeAll(async () => {
  cli = await openCli()
  for (const [name, alg] of [
    ['one', 'ES256'],
    ['two', 'SGD_SM3_SM2'],
    ['three', 'Ed25519'],
    ['lab', 'ES256'],
  ] as const) {
    const key = await generateKey(alg)
    keys.set(name, key)
    await cli.write(`${name}.json`, key.privateJwk)
    await cli.write(`${name}.pub.json`, key.publicJwk)
  }
  await cli.write('authorisations.json', authorisations)
  await cli.write('f01.json', fixtures.F01.record)
})

afterAll(() => cli.close())

describe('keygen', () => {
  it.each(['ES256', 'Ed25519', 'SM2'])('writes a public key that can be registered: %s', async (alg) => {
    const made = await cli.run(['keygen', '--out', `new-${alg}.json`, '--public', `new-${alg}.pub.json`, '--alg', alg])
    expect(made).toMatchObject({ code: 0 })
    const publicJwk = await read(`new-${alg}.pub.json`)
    expect(publicJwk).not.toHaveProperty('d')
    expect(made.out).toContain(JSON.stringify(publicJwk))
    const init = await trust(
      'init',
      '--draft',
      `new-${alg}.draft`,
      '--iss',
      SC,
      '--region',
      '51',
      '--root',
      `new-${alg}.pub.json`,
      '--threshold',
      '1',
      '--yes',
    )
    expect(init).toMatchObject({ code: 0 })
    expect(await cli.run(['keygen', '--out', `other-${alg}.json`, '--public', `new-${alg}.pub.json`])).toMatchObject({ code: 2 })
  })
})

describe('trust', () => {
  it('begins a list, never over another draft, and never with a threshold that its keys cannot meet', async () => {
    const roots = ['--root', 'one.pub.json', '--root', 'two.pub.json']
    const init = (threshold: string, ...more: string[]) =>
      trust('init', '--draft', 'draft.json', '--iss', SC, '--region', '51', '--yes', ...more, '--threshold', threshold)
    expect(await init('3', ...roots)).toMatchObject({ code: 2, err: expect.stringContaining('cli.option-value') })
    expect(await init('1', '--root', 'one.json')).toMatchObject({ code: 2, err: expect.stringContaining('cli.key-private') })
    const made = await init('2', ...roots)
    expect(made).toMatchObject({ code: 0 })
    expect(made.out).toContain(`The first trust list of ${SC}, province 51`)
    expect(made.out).toContain(`root key added: ${kidOf('two')} (SGD_SM3_SM2)`)
    expect(await init('2', ...roots)).toMatchObject({ code: 2, err: expect.stringContaining('EEXIST') })
  })

  it('changes the draft and prints each change', async () => {
    const entity = await edit(
      'add-entity',
      '--uscc',
      CD,
      '--name',
      '成都计量院',
      '--name-en',
      'Chengdu Institute',
      '--authorisations',
      'authorisations.json',
    )
    expect(entity.out).toContain(`body added: Chengdu Institute (${CD})`)
    expect(entity.out).toContain('authorisation added')
    const key = await edit(
      'add-key',
      '--uscc',
      CD,
      '--jwk',
      'lab.pub.json',
      '--from',
      '2021-01-01T00:00:00+08:00',
      '--to',
      '2030-12-31T00:00:00+08:00',
    )
    expect(key).toMatchObject({ code: 0 })
    expect(key.out).toContain(`Chengdu Institute: key added: ${kidOf('lab')} (ES256)`)
  })

  it.each([
    [['add-entity', '--uscc', CD, '--name', 'x'], 'cli.trust-twice'],
    [['add-entity', '--uscc', '12', '--name', 'x'], 'cli.option-value'],
    [['add-key', '--uscc', CD, '--jwk', 'lab.pub.json', '--to', '2030-12-31T00:00:00+08:00'], 'cli.trust-twice'],
    [['add-key', '--uscc', SC, '--jwk', 'lab.pub.json', '--to', '2030-12-31T00:00:00+08:00'], 'cli.trust-entity'],
    [['revoke-key', '--kid', 'x', '--reason', 'x'], 'cli.trust-key'],
    [['burn'], 'cli.action-unknown'],
    [['publish'], 'cli.option-missing'],
    [['publish', '--key', 'three.json', '--yes'], 'cli.trust-not-root'],
    [['publish', '--key', 'one.json'], 'cli.confirm-needed'],
  ])('refuses %s', async (args, code) => {
    const before = await read('draft.json')
    const [action, ...rest] = args as [string, ...string[]]
    expect(await edit(action, ...rest)).toMatchObject({ code: 2, err: expect.stringContaining(code) })
    expect(await read('draft.json')).toEqual(before)
  })

  it('is signed by one, passed on, unchangeable from then on, and published by the second', async () => {
    const first = await publish('--key', 'one.json')
    expect(first).toMatchObject({ code: 0 })
    expect(first.out).toContain('1 signed; still missing: 1 root key(s) of this version, 0 of the one before')
    expect(await publish('--key', 'one.json')).toMatchObject({ code: 0, out: expect.stringContaining('1 signed') })
    expect(await edit('add-entity', '--uscc', SC, '--name', 'x')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.trust-signed'),
    })
    const second = await publish('--key', 'two.json')
    expect(second.out).toContain('version 1 is published in trust.json')
    expect(second.out).toContain(kidOf('one'))
    const { anchors, trustLists } = await read('trust.json')
    expect((await openTrust({ anchors, lists: trustLists })).lists[0]?.payload.version).toBe(1)
    await expect(read('draft.json')).rejects.toThrow('ENOENT')
  })

  it('refuses a passed file that displays something other than what was signed', async () => {
    await edit('add-entity', '--uscc', SC, '--name', '四川省市场监管局')
    await publish('--key', 'one.json')
    const draft = await read('draft.json')
    await cli.write('draft.json', { ...draft, payload: { ...draft.payload, entities: draft.payload.entities.slice(0, 1) } })
    expect(await publish('--key', 'two.json')).toMatchObject({ code: 2, err: expect.stringContaining('trust-list.payload-differs') })
    await cli.write('draft.json', draft)
    expect(await publish('--key', 'two.json')).toMatchObject({ code: 0, out: expect.stringContaining('version 2 is published') })
    await cli.write('draft.json', draft)
    expect(await publish('--key', 'two.json')).toMatchObject({ code: 2, err: expect.stringContaining('cli.trust-stale') })
    await cli.write('draft.json', { ...draft, signed: [], payload: { ...draft.payload, version: 3, previous: 'A'.repeat(43) } })
    expect(await publish('--key', 'two.json')).toMatchObject({ code: 2, err: expect.stringContaining('cli.trust-stale') })
    await cli.run(['trust']) // Misuse does not change the files.
    await import('node:fs/promises').then(({ unlink }) => unlink(join(cli.folder, 'draft.json')))
  })

  it('publishes a list that judges, and whose next version revokes a key', async () => {
    await cli.run(['sign', 'f01.json', '--key', 'lab.json', '--at', '2025-03-12T17:00:00+08:00', '--out', 'f01.jws'])
    const verify = () => cli.run(['verify', 'f01.jws', '--trust', 'trust.json', '--region', '51', '--lang', 'en', '--full'])
    expect((await verify()).out).not.toContain('key.revoked')
    // Revoke at a fixed time: otherwise a slow process would revoke after the time at which the next one judges.
    const from = ['--from', '2025-06-16T08:00:00+08:00']
    const revoked = await edit('revoke-key', '--kid', kidOf('lab'), '--reason', '私钥泄露', '--retroactive', ...from)
    expect(revoked.out).toContain('revoked retroactively')
    expect(await publish('--key', 'one.json', '--key', 'two.json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('version 3 is published'),
    })
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining('revoked retroactively') })
    const told = await trust('diff', '--trust', 'trust.json', '--iss', SC)
    expect(told.out.split('\n').filter((line) => line.startsWith('  '))).toEqual([expect.stringContaining('私钥泄露')])
  })

  it('rotates the roots under both thresholds', async () => {
    const rotated = await edit('rotate-root', '--root', 'two.pub.json', '--root', 'three.pub.json', '--threshold', '2')
    expect(rotated.out).toContain(`root key dropped: ${kidOf('one')}`)
    expect((await publish('--key', 'two.json', '--key', 'three.json')).out).toContain('0 root key(s) of this version, 1 of the one before')
    expect((await publish('--key', 'one.json')).out).toContain('version 4 is published')
    expect(await edit('revoke-key', '--kid', kidOf('lab'), '--reason', 'x')).toMatchObject({ code: 0 })
    expect(await publish('--key', 'two.json', '--key', 'three.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('trust-list.removed'),
    })
  })

  it('shows the published list, and warns three days before it must be renewed', async () => {
    const show = (now?: string) => cli.run(['trust', 'show', '--trust', 'trust.json', '--lang', 'zh'], now === undefined ? {} : { now })
    const calm = await show()
    expect(calm).toMatchObject({ code: 0, err: '' })
    expect(calm.out).toContain('成都计量院  密钥 1 个（撤销 1）')
    const late = await show('2025-07-05T12:00:00+08:00')
    expect(late.out).toContain('更新期限已过 5 天，失效还有 10 天\n')
    expect(await show('2025-06-27T12:00:00+08:00')).toMatchObject({ code: 1, err: expect.stringContaining('trust-list.update-soon') })
    expect(await show('2025-07-05T12:00:00+08:00')).toMatchObject({ code: 1, err: expect.stringContaining('trust-list.update-due') })
    expect(await show('2025-08-05T12:00:00+08:00')).toMatchObject({ code: 1, err: expect.stringContaining('trust-list.expired') })
  })
})
