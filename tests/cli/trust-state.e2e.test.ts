// Why this exists: a verifier in a police car gets trust files by hand. An old one must not undo a newer one.
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { signNotice } from 'tongheng/status'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { openTrust, signTrustList, type TrustListPayload } from 'tongheng/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isStale } from '../../src/base/file-lock.node.js'
import { locked } from '../../src/cli/file-lock.js'
import { change } from '../records/change.ts'
import { type Cli, openCli } from './run.js'

let cli: Cli
let world: FakeAuthorities
const verify = (trust: string, ...more: string[]) =>
  cli.run(['verify', 'f01.jws', '--trust', trust, '--region', '50', '--lang', 'en', ...more])

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  const { anchors, trustLists, signedAgreement: agreement } = world
  const [sichuan, chongqing] = world.trust.lists
  const { payload, statementId } = sichuan as { payload: TrustListPayload; statementId: string }
  const chengdu = payload.entities.findIndex(({ uscc }) => uscc === organisation('CD').uscc)

  const revoked = { at: payload.iat, reason: '私钥泄露', retroactive: true }
  const next = change(payload, ['/version', 2], ['/previous', statementId], [`/entities/${chengdu}/keys/0/revoked`, revoked])
  const signed = await signTrustList(next, world.rootSigners('SC-AMR'))
  await cli.write('old.json', { anchors, trustLists, agreements: [agreement] })
  await cli.write('new.json', { anchors, trustLists: [...trustLists, signed], agreements: [agreement] })
  await cli.write('newest-only.json', { anchors, trustLists: [signed, chongqing?.signed], agreements: [agreement] })
  await cli.write('f01.jws', await world.sign('CD', fixtures.F01.record))
})

afterAll(() => cli.close())

describe('verify --state', () => {
  it('remembers what it has seen, and refuses an older trust file', async () => {
    expect((await verify('old.json', '--state', 'seen.json')).code).toBe(0)
    const first = JSON.parse(await readFile(join(cli.folder, 'seen.json'), 'utf8')) as {
      seen: { version: number }[]
      trustLists: unknown[]
    }
    expect([first.seen.map(({ version }) => version), first.trustLists.length]).toEqual([[1, 1], 2])

    const revoked = await verify('new.json', '--state', 'seen.json')
    expect(revoked.out).toContain('revoked retroactively')

    const old = await verify('old.json', '--state', 'seen.json')
    expect([old.code, old.out.includes('revoked retroactively')]).toEqual([1, true])
    // Without a state file, the old trust file decides.
    expect((await verify('old.json')).code).toBe(0)
  })

  it('refuses an older list where the memory has only what was seen', async () => {
    await verify('new.json', '--state', 'bare.json')
    const state = JSON.parse(await readFile(join(cli.folder, 'bare.json'), 'utf8')) as { seen: object[]; trustLists: string[][] }
    await cli.write('bare.json', { ...state, trustLists: world.trustLists })
    const { code, err } = await verify('old.json', '--state', 'bare.json')
    expect([code, err.includes('[trust-list.rollback]')]).toEqual([2, true])
  })

  it('accepts the newest list alone, with the earlier versions from its memory', async () => {
    await verify('old.json', '--state', 'step.json')
    expect((await verify('newest-only.json', '--state', 'step.json')).code).toBe(1)
  })

  it('does not start afresh where its file is unreadable, and does not change that file', async () => {
    await cli.write('broken-state.json', '{"seen":[],"trustLists":[]}')
    const { code, err } = await verify('old.json', '--state', 'broken-state.json')
    expect([code, err.includes('[cli.trust-file]')]).toEqual([2, true])
    expect(await readFile(join(cli.folder, 'broken-state.json'), 'utf8')).toBe('{"seen":[],"trustLists":[]}')
  })
})

describe('several processes with one state file', () => {
  const inProcess = (file: string, ...args: string[]) =>
    cli.runProcess(['verify', 'f01.jws', '--trust', file, '--region', '50', '--lang', 'en', ...args])
  const remembered = async (file: string) =>
    JSON.parse(await readFile(join(cli.folder, file), 'utf8')) as { seen: { authority: string; version: number }[]; notices: string[] }

  it('lose nothing that any of them saw', async () => {
    const PROCESSES = 6
    const { anchors, trustLists, signedAgreement: agreement } = world
    const sichuan = world.trust.lists.find(({ payload }) => payload.region === '51')
    let { payload, statementId } = sichuan as { payload: TrustListPayload; statementId: string }
    const versions: string[][] = []
    for (let n = 1; n <= PROCESSES; n++) {
      payload = change(payload, ['/version', n + 1], ['/previous', statementId])
      const signed = await signTrustList(payload, world.rootSigners('SC-AMR'))
      versions.push(signed)
      ;({ statementId } = (await openTrust({ anchors, lists: [...trustLists, ...versions] })).lists.find(
        (one) => one.payload.iss === payload.iss,
      ) as { statementId: string })
      const about = {
        iss: organisation('CD').uscc,
        iat: payload.iat,
        action: 'revoke' as const,
        from: payload.iat,
        reason: { zh: `第 ${n} 号` },
      }
      const notice = await signNotice({ ...about, statements: [statementId] }, world.signer('CD'))
      await cli.write(`race-${n}.json`, { anchors, trustLists: [...trustLists, ...versions], agreements: [agreement], notices: [notice] })
    }
    // The newest first, so that the last writer has seen fewer versions.
    const ran = await Promise.all(
      Array.from({ length: PROCESSES }, (_, at) => inProcess(`race-${PROCESSES - at}.json`, '--state', 'race.json')),
    )
    expect(ran.map(({ code, err }) => [code, err])).toEqual(ran.map(() => [0, '']))
    const { seen, notices } = await remembered('race.json')
    expect(seen.find(({ authority }) => authority === payload.iss)?.version).toBe(PROCESSES + 1)
    expect(notices).toHaveLength(PROCESSES)
    expect(existsSync(join(cli.folder, 'race.json.lock'))).toBe(false)
  })

  it('consider a lock stale once it is older than 30 seconds, whichever host wrote it', async () => {
    const made = 1_750_000_000_000
    expect([0, 29_999, 30_000, 30_001, 31_000].map((age) => isStale(made, made + age))).toEqual([false, false, false, true, true])
    // A lock does not become stale when the clock is set back.
    expect(isStale(made, made - 3_600_000)).toBe(false)
    const lock = join(cli.folder, 'elsewhere.json.lock')
    await cli.write('elsewhere.json.lock', '1 elsewhere x\n')
    const old = Date.now() / 1000 - 31
    await utimes(lock, old, old)
    expect(await locked(join(cli.folder, 'elsewhere.json'), async () => readFile(lock, 'utf8'))).toContain(`${process.pid} ${hostname()}`)
    expect(existsSync(lock)).toBe(false)
  })

  it('do not wait for a dead process, nor write while a living one has the file', async () => {
    const dead = await cli.startProcess(['--version'])
    await once(dead, 'exit')
    await cli.write('dead.json.lock', `${dead.pid} ${hostname()} x\n`)
    await cli.write('old-lock.json.lock', `${process.pid} elsewhere x\n`)
    // Work under a lock takes less than half a minute, so an older lock belongs to a dead process.
    const older = Date.parse(DEMONSTRATION_TIME) / 1000 - 31
    await utimes(join(cli.folder, 'old-lock.json.lock'), older, older)
    await cli.write('held.json.lock', `${process.pid} ${hostname()} x\n`)
    // On a busy machine the three commands may take longer than the maximum age of a lock, so refresh it.
    await utimes(join(cli.folder, 'held.json.lock'), 4e9, 4e9)
    const [first, second, third] = await Promise.all([
      inProcess('old.json', '--state', 'dead.json'),
      inProcess('old.json', '--state', 'old-lock.json'),
      inProcess('old.json', '--state', 'held.json'),
    ])
    expect([first.code, second.code]).toEqual([0, 0])
    expect([third.code, third.err]).toEqual([2, expect.stringContaining(`The process ${process.pid} on ${hostname()} keeps holding`)])
    expect([existsSync(join(cli.folder, 'dead.json.lock')), existsSync(join(cli.folder, 'held.json'))]).toEqual([false, false])
  })
})

describe('verify --bundle and replay', () => {
  it('reproduce the verdict, under the root keys that the reader pinned', async () => {
    expect((await verify('old.json', '--bundle', 'evidence.json')).code).toBe(0)
    const [own, pinned, json] = await Promise.all([
      cli.run(['replay', 'evidence.json', '--lang', 'en'], { now: '2041-01-01T00:00:00Z' }),
      cli.run(['replay', 'evidence.json', '--trust', 'old.json']),
      cli.run(['replay', '--trust', 'old.json', '--format', 'json'], { input: await readFile(join(cli.folder, 'evidence.json'), 'utf8') }),
    ])
    // A bundle under its own root keys only vouches for itself: a forger would have created these keys too.
    expect([own.code, own.err.includes('the bundle vouches for itself')]).toEqual([1, true])
    expect(own.out).toMatch(/^Recognised: [\s\S]*\nThe same verdict as in the bundle, byte for byte/)
    expect([pinned.code, pinned.err, pinned.out.includes('逐字节相同')]).toEqual([0, '', true])
    expect((JSON.parse(json.out) as { comparison: object }).comparison).toEqual({
      result: 'same',
      added: [],
      revised: [],
      reworded: [],
      differing: [],
    })
  })

  it('name the change of a verdict, and refuse what is no bundle', async () => {
    await verify('old.json', '--bundle', 'true.json')
    const bundle = JSON.parse(await readFile(join(cli.folder, 'true.json'), 'utf8')) as object
    await cli.write('changed.json', change(bundle, ['/verdict/outcome', 'not-recognised']))
    const { checks } = (bundle as { verdict: { checks: { id: string }[] } }).verdict
    const fewer = checks.filter(({ id }) => id !== 'key.use')
    await cli.write('older.json', change(bundle, ['/verdict/checks', fewer], ['/madeBy/package', '0.0.9']))
    const older = await cli.run(['replay', 'older.json', '--trust', 'old.json'])
    expect([older.code, older.err]).toEqual([0, ''])
    expect(older.out).toMatch(
      /结论与证据包中的相同.*tongheng 0\.0\.9.*此后版本的变化不改变结论：\n {2}key\.use pass 密钥用途（签署记录）\n$/,
    )
    const [changed, none, two] = await Promise.all([
      cli.run(['replay', 'changed.json']),
      cli.run(['replay', 'old.json']),
      cli.run(['verify', 'f01.jws', 'f01.jws', '--trust', 'old.json', '--region', '50', '--bundle', 'x.json']),
    ])
    expect([changed.code, changed.out.includes('与证据包中的判定不同'), changed.out.includes('不同之处：/outcome')]).toEqual([
      1,
      true,
      true,
    ])
    expect([none.code, none.err.includes('[content.trust-file]')]).toEqual([2, true])
    expect([two.code, two.err.includes('[evidence.one-file]')]).toEqual([2, true])
  })
})
