// Why this exists: a clerk revokes a certificate once a year, in a hurry; the command must show what it will do and undo nothing.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createFakeAuthorities, type FakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

const URI = 'https://status.example/cd/1'
const CD = organisation('CD').uscc
let cli: Cli
let world: FakeAuthorities
const status = (...args: string[]) => cli.run(['status', ...args, '--key', 'key.json', '--lang', 'en'])
const revoke = (...args: string[]) => status('revoke', 'f01.jws', '--list', 'list.jws', '--reason', '标准器超差', ...args)

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  await cli.write('key.json', world.keys.get('CD')?.privateJwk as object)
  await cli.write('authority.json', world.keys.get('SC-AMR')?.privateJwk as object)
  await cli.write('f01.json', fixtures.F01.record)
  for (const [name, index] of [
    ['f01', '7'],
    ['other', '8'],
  ]) {
    const at = ['--at', '2025-03-12T17:00:00+08:00']
    const signed = await cli.run([
      'sign',
      'f01.json',
      '--key',
      'key.json',
      ...at,
      '--status-list',
      URI,
      '--status-index',
      index as string,
      '--out',
      `${name}.jws`,
    ])
    expect(signed.code).toBe(0)
  }
  expect(await status('create', '--list', 'list.jws', '--uri', URI, '--iss', CD, '--size', '100')).toEqual({
    code: 0,
    out: '',
    err: expect.anything(),
  })
})

afterAll(() => cli.close())

const text = async (name: string) => (await readFile(join(cli.folder, name), 'utf8')).trim()
const verify = async (...more: string[]) => {
  const notices = await Promise.all(more.filter((name) => name.endsWith('.notice')).map(text))
  const { anchors, trustLists, signedAgreement } = world
  await cli.write('trust.json', { anchors, trustLists, agreements: [signedAgreement], statusLists: [await text('list.jws')], notices })
  const flags = more.filter((name) => !name.endsWith('.notice'))
  return cli.run(['verify', 'f01.jws', '--trust', 'trust.json', '--region', '50', '--lang', 'en', ...flags])
}

describe('status', () => {
  it('creates a list in which all is valid, and never over another', async () => {
    expect((await status('show', '--list', 'list.jws')).out).toMatch(/100 entries, signed 2025-06-16T09:.*\n {2}valid {2}100\n/)
    expect((await verify()).code).toBe(0)
    const again = await status('create', '--list', 'list.jws', '--uri', URI, '--iss', CD)
    expect([again.code, again.err.includes('(EEXIST) [cli.file]')]).toEqual([2, true])
  })

  it('requests confirmation before it signs, and changes nothing without a terminal', async () => {
    const before = await text('list.jws')
    const { code, out, err } = await revoke('--notice', 'never.notice')
    expect([code, err.includes('[cli.confirm-needed]')]).toEqual([2, true])
    expect(out).toMatch(/f01\.jws {2}index 7: valid → revoked {2}\S+\nfrom 2025-06-16T09:.*; reason: 标准器超差\n/)
    expect(await text('list.jws')).toBe(before)
    await expect(text('never.notice')).rejects.toThrow('ENOENT')
  })

  it('overwrites no concurrent change: of two clerks at once each change is in the list, or fails with the advice to repeat', async () => {
    await status('create', '--list', 'both.jws', '--uri', URI, '--iss', CD, '--size', '100')
    const change = (action: string, file: string) => status(action, file, '--list', 'both.jws', '--reason', '复核', '--yes')
    const ran = await Promise.all([change('revoke', 'f01.jws'), change('suspend', 'other.jws')])
    const done = ran.filter(({ code }) => code === 0)
    expect(done.length).toBeGreaterThan(0)
    for (const { code, err } of ran) if (code !== 0) expect(err).toContain('[cli.file-changed]')
    const { out } = await status('show', '--list', 'both.jws')
    expect(out).toContain(`valid  ${100 - done.length}\n`)
  })

  it('reports that the list was signed by another key before', async () => {
    await status('create', '--list', 'own.jws', '--uri', URI, '--iss', CD, '--size', '100')
    const by = async (key: string, ...args: string[]) =>
      (await cli.run(['status', ...args, '--list', 'own.jws', '--lang', 'en', '--key', key])).err.includes('The list was signed by the key')
    expect(await by('authority.json', 'revoke', 'f01.jws', '--reason', '复核', '--yes')).toBe(true)
    expect(await by('authority.json', 'renew')).toBe(false)
    expect(await by('key.json', 'renew')).toBe(true)
  })

  it('suspends and reinstates, and revokes for good; every step is in the verdict', async () => {
    const step = (action: string, notice: string, ...more: string[]) =>
      status(action, 'f01.jws', '--list', 'list.jws', '--notice', notice, '--reason', '复核', '--yes', ...more)
    expect((await step('suspend', '1.notice')).code).toBe(0)
    const later = ['--at', '2025-06-16T10:00:00+08:00']
    expect((await verify('1.notice', ...later)).out).toContain('The statement is suspended from 2025-06-16T09:')
    expect((await step('suspend', 'x.notice')).err).toContain('[cli.status-final]')
    expect((await step('reinstate', '2.notice')).code).toBe(0)
    expect((await verify('1.notice', '2.notice', ...later)).code).toBe(0)
    expect((await step('reinstate', 'x.notice')).err).toContain('[cli.status-final]')
    expect((await step('revoke', '3.notice', '--from', '2025-05-01T00:00:00+08:00')).code).toBe(0)
    const revoked = await verify('1.notice', '2.notice', '3.notice', ...later)
    expect([revoked.code, revoked.out]).toEqual([1, expect.stringContaining('revoked retroactively from 2025-05-01T00:00:00+08:00')])
    for (const action of ['reinstate', 'suspend', 'revoke']) expect((await step(action, 'x.notice')).err).toContain('[cli.status-final]')
    await expect(text('x.notice')).rejects.toThrow('ENOENT')
    expect((await status('show', '--list', 'list.jws')).out).toMatch(/valid {2}99\n {2}revoked {2}1\n$/)
  })

  it('is remembered by a verifier once seen, whatever it is given later', async () => {
    const later = ['--at', '2025-06-16T10:00:00+08:00', '--state', 'seen.json']
    const current = await text('list.jws')
    expect((await verify('3.notice', ...later)).code).toBe(1)
    // An older list, and no notice.
    const { anchors, trustLists, signedAgreement } = world
    await cli.write('poor.json', { anchors, trustLists, agreements: [signedAgreement] })
    const poor = await cli.run(['verify', 'f01.jws', '--trust', 'poor.json', '--region', '50', '--lang', 'en', ...later])
    expect([poor.code, poor.out]).toEqual([1, expect.stringContaining('revoked retroactively')])
    expect(JSON.parse(await text('seen.json')).statusLists).toEqual([current])
  })

  it('is contained in the evidence bundle', async () => {
    await verify('3.notice', '--at', '2025-06-16T10:00:00+08:00', '--bundle', 'evidence.json')
    const { code, out } = await cli.run(['replay', 'evidence.json', '--trust', 'trust.json', '--lang', 'en'])
    expect([code, out]).toEqual([0, expect.stringContaining('byte for byte')])
    expect(out).toContain('revoked retroactively')
  })

  it('of an authority overrules by a notice alone', async () => {
    const overruled = await cli.run([
      'status',
      'suspend',
      'other.jws',
      '--notice',
      'sc.notice',
      '--iss',
      organisation('SC-AMR').uscc,
      '--key',
      'authority.json',
      '--reason',
      '联合监督',
      '--yes',
    ])
    expect(overruled.code).toBe(0)
    // Without the list its status is not known, and is not said to be.
    expect(overruled.out).toMatch(/^other\.jws {2}\S+：公告为“暂停”\n/)
    const { anchors, trustLists } = world
    await cli.write('overruled.json', { anchors, trustLists, statusLists: [await text('list.jws')], notices: [await text('sc.notice')] })
    const { out } = await cli.run([
      'verify',
      'other.jws',
      '--trust',
      'overruled.json',
      '--region',
      '50',
      '--at',
      '2025-06-16T10:00:00+08:00',
    ])
    expect(out).toContain('该记录已暂停使用，自 2025-06-16T09:')
    expect(out).toContain('原因：联合监督')
  })

  it('renews a list with its values, later than the one before', async () => {
    const signedAt = async () => / signed (\S+),/.exec((await status('show', '--list', 'list.jws')).out)?.[1] as string
    const before = await signedAt()
    expect((await status('renew', '--list', 'list.jws', '--days', '30')).code).toBe(0)
    const after = await status('show', '--list', 'list.jws')
    expect(after.out).toMatch(/valid {2}99\n {2}revoked {2}1\n$/)
    expect(Date.parse(await signedAt())).toBeGreaterThan(Date.parse(before))
  })

  it('shows what takes the place of a statement, and never lets it be the statement itself', async () => {
    const supersede = (by: string, ...more: string[]) =>
      status('supersede', 'other.jws', '--list', 'list.jws', '--reason', '更正', '--replaced-by', by, ...more)
    const before = await text('list.jws')
    const itself = await supersede('other.jws', '--notice', 'self.notice', '--yes')
    expect([itself.code, itself.err]).toEqual([2, expect.stringContaining('other.jws itself')])
    expect([await text('list.jws'), itself.err.includes('[cli.status-self]')]).toEqual([before, true])
    const asked = await supersede('f01.jws')
    expect([asked.code, asked.out]).toEqual([2, expect.stringContaining(`superseded by f01.jws  川计检字20250312-00417 (${CD})`)])
    expect(asked.err).not.toContain('another body')
    const f02 = await cli.write('f02.json', fixtures.F02.record)
    expect((await cli.run(['sign', f02, '--key', 'key.json', '--out', 'f02.jws'])).code).toBe(0)
    expect((await supersede('f02.jws')).err).toContain('f02.jws was issued by another body')
  })

  it('refuses a line where it has no meaning', async () => {
    const line = (...more: string[]) => status('revoke', 'other.jws', '--reason', 'x', '--line', '2', '--list', 'list.jws', ...more)
    expect((await line('--notice', 'line.notice')).err).toContain('[cli.status-line-notice]')
    expect((await line()).err).toContain('no batch certificate and has no lines [cli.status-no-lines]')
  })

  it('names what is wrong with its input', async () => {
    const list = ['--list', 'list.jws']
    const errors = await Promise.all([
      status(),
      status('erase'),
      status('revoke', '--reason', 'x', ...list),
      status('revoke', 'f01.jws', '--reason', 'x'),
      status('revoke', 'f01.jws', ...list),
      status('revoke', 'f01.json', '--reason', 'x', ...list),
      status('supersede', 'other.jws', '--reason', 'x', ...list, '--yes'),
      status('create', '--list', 'n.jws', '--uri', URI, '--iss', CD, '--size', '-1'),
      status('create', '--list', 'n.jws', '--uri', 'ftp://x', '--iss', CD),
      status('show', '--list', 'f01.jws'),
    ])
    const expected = [
      'action-missing',
      'action-unknown',
      'status-files',
      'status-nothing-to',
      'option-missing',
      undefined,
      'option-missing',
      'option-value',
    ]
    expect(errors.map(({ code }) => code)).toEqual(Array(10).fill(2))
    for (const [at, code] of expected.entries()) if (code !== undefined) expect(errors[at]?.err).toContain(`[cli.${code}]`)
    expect(errors[5]?.err).toContain('[content.record]')
    expect(errors[8]?.err).toContain('[status-list.shape]')
    expect(errors[9]?.err).toContain('[content.signed-record]')
    const half = await cli.run(['sign', 'f01.json', '--key', 'key.json', '--status-list', URI])
    expect(half.err).toContain('[cli.option-missing]')
    const odd = await cli.run(['sign', 'f01.json', '--key', 'key.json', '--status-list', URI, '--status-index', '1e3'])
    expect(odd.err).toContain('[cli.option-value]')
  })
})
