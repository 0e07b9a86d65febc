// Why this exists: a verifier who has a record offline has its receipt, too. The command line must accept it, and must not accept a
// bundle's word for its own root keys.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { signStatement, statementId } from 'tongheng/envelope'
import { createFakeAuthorities, fixtures, organisation } from 'tongheng/testing'
import { signTrustList, type TrustListPayload } from 'tongheng/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'
import { type Cli, openCli } from './run.js'

let cli: Cli
const verify = (...more: string[]) => cli.run(['verify', 'f01.jws', '--trust', 'trust.json', '--region', '50', '--lang', 'en', ...more])

beforeAll(async () => {
  cli = await openCli()
  const world = await createFakeAuthorities({ witnessKeys: true })
  const { anchors, trustLists, signedAgreement: agreement } = world
  const { payload, statementId: previous } = world.trust.lists[0] as { payload: TrustListPayload; statementId: string }
  const chengdu = payload.entities.findIndex(({ uscc }) => uscc === organisation('CD').uscc)
  const revoked = { at: payload.iat, reason: '私钥泄露', retroactive: false }
  const next = change(payload, ['/version', 2], ['/previous', previous], [`/entities/${chengdu}/keys/0/revoked`, revoked])
  const lists = [...trustLists, await signTrustList(next, world.rootSigners('SC-AMR'))]
  await cli.write('trust.json', { anchors, trustLists: lists, agreements: [agreement] })
  const record = await world.sign('CD', fixtures.F01.record)
  await cli.write('f01.jws', record)
  const receipt = (iat: number) =>
    signStatement(
      {
        iss: organisation('SC-AMR').uscc,
        aud: organisation('CD').uscc,
        sub: statementId('metrology-record+jwt', record.split('.')[1] as string),
        iat,
        req: 'r',
        decision: 'accepted',
        reasons: [],
        reliedOn: {},
      },
      { typ: 'metrology-receipt+jwt', signer: world.signer('SC-AMR') },
    )
  await cli.write('receipt.jws', `${await receipt(payload.iat - 1)}\n`)
  await cli.write('late.jws', await receipt(payload.iat))
})

afterAll(() => cli.close())

describe('verify --log', () => {
  it('accepts a receipt from before the revocation of the key, and nothing later', async () => {
    const [none, late, good] = await Promise.all([verify(), verify('--log', 'late.jws'), verify('--log', 'receipt.jws')])
    expect([none.code, none.out.includes('no evidence was given that it existed before')]).toEqual([1, true])
    expect([late.code, late.out.includes('the evidence given goes back to')]).toEqual([1, true])
    expect([good.code, good.out]).toEqual([0, expect.stringMatching(/^Recognised/)])
  })

  it('names what proves nothing, and refuses a file that is no evidence', async () => {
    const record = await verify('--log', 'f01.jws')
    expect([record.code, record.err]).toEqual([1, expect.stringContaining('typ.unexpected')])
    await cli.write('place.json', { statementId: 'x' })
    expect(await verify('--log', 'place.json')).toMatchObject({ code: 2, err: expect.stringContaining('log-evidence.shape') })
  })

  it('adds its evidence to the bundle, which a reader replays under their own root keys', async () => {
    expect((await verify('--log', 'receipt.jws', '--bundle', 'evidence.json')).code).toBe(0)
    expect(JSON.parse(await readFile(join(cli.folder, 'evidence.json'), 'utf8'))).toMatchObject({ log: [expect.any(String)] })
    const [pinned, own, ownJson] = await Promise.all([
      cli.run(['replay', 'evidence.json', '--trust', 'trust.json', '--lang', 'en']),
      cli.run(['replay', 'evidence.json', '--lang', 'en']),
      cli.run(['replay', 'evidence.json', '--format', 'json']),
    ])
    expect([pinned.code, pinned.err]).toEqual([0, ''])
    expect([own.code, own.err]).toEqual([1, expect.stringContaining('vouches for itself')])
    expect([ownJson.code, ownJson.err]).toEqual([1, expect.stringContaining('自证')])
  })
})
