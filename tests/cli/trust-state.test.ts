// Why this exists: a verifier in a police car is handed trust files by hand; an old one must not undo what a newer one said.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createFakeAuthorities, type FakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { signTrustList, type TrustListPayload } from 'tongheng/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'
import { type Cli, openCli } from './run.js'

let cli: Cli
let world: FakeAuthorities
const verify = (trust: string, ...more: string[]) =>
  cli.run(['verify', 'f01.jws', '--trust', trust, '--region', '50', '--lang', 'en', ...more])

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities()
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
  it('remembers what it has seen, and an old trust file brings nothing back', async () => {
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
    // Without a memory the old file decides.
    expect((await verify('old.json')).code).toBe(0)
  })

  it('refuses an older list where the memory holds only what was seen', async () => {
    await verify('new.json', '--state', 'bare.json')
    const state = JSON.parse(await readFile(join(cli.folder, 'bare.json'), 'utf8')) as { seen: object[]; trustLists: string[][] }
    await cli.write('bare.json', { ...state, trustLists: world.trustLists })
    const { code, err } = await verify('old.json', '--state', 'bare.json')
    expect([code, err.includes('[trust-list.rollback]')]).toEqual([2, true])
  })

  it('takes the newest list alone, from what it kept', async () => {
    await verify('old.json', '--state', 'step.json')
    expect((await verify('newest-only.json', '--state', 'step.json')).code).toBe(1)
  })

  it('does not begin anew where its file cannot be read, and leaves it as it is', async () => {
    await cli.write('broken-state.json', '{"seen":[],"trustLists":[]}')
    const { code, err } = await verify('old.json', '--state', 'broken-state.json')
    expect([code, err.includes('[cli.trust-file]')]).toEqual([2, true])
    expect(await readFile(join(cli.folder, 'broken-state.json'), 'utf8')).toBe('{"seen":[],"trustLists":[]}')
  })
})
