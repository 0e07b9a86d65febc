// Why this exists: an authority that renews its list weekly has 150 versions in three years; its trust file is still to be read and added to.
import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSigner, generateKey } from 'tongheng/envelope'
import { createFakeAuthorities, fixtures, send } from 'tongheng/testing'
import { anchorOf, openTrust, type SignedTrustList, signTrustList, type TrustListPayload } from 'tongheng/trust'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

const VERSIONS = 150
let cli: Cli
let iss: string

beforeAll(async () => {
  cli = await openCli()
  const world = await createFakeAuthorities({ witnessKeys: true })
  const [own, other] = world.trust.lists as [(typeof world.trust.lists)[number], (typeof world.trust.lists)[number]]
  const root = await generateKey()
  const signer = await createSigner(root.privateJwk)
  iss = own.payload.iss
  const first = { ...own.payload, roots: { keys: [root.publicJwk], threshold: 1 } }
  const lists: SignedTrustList[] = []
  let payload: TrustListPayload = first
  for (let version = 1; version <= VERSIONS; version++) {
    const signed = await signTrustList(payload, [signer])
    lists.push(signed)
    const { lists: opened } = await openTrust({ anchors: [anchorOf(payload)], lists: [signed] })
    payload = { ...payload, version: version + 1, previous: opened[0]?.statementId as string }
  }
  const anchors = [anchorOf(first), ...world.anchors.filter(({ authority }) => authority !== iss)]
  await cli.write('trust.json', { anchors, trustLists: [...lists, other.signed], agreements: [world.signedAgreement] })
  await cli.write('f01.jws', await send(world, fixtures.F01))
  await cli.write('root.json', root.privateJwk)
  await chmod(join(cli.folder, 'root.json'), 0o600)
})
afterAll(() => cli.close())

it('a trust file of 150 versions is shown, judged by, and given its next version', async () => {
  const shown = await cli.run(['trust', 'show', '--trust', 'trust.json', '--iss', iss, '--lang', 'en'])
  expect([shown.err, shown.out]).toEqual(['', expect.stringContaining(`version ${VERSIONS}, `)])
  const judged = await cli.run(['verify', 'f01.jws', '--trust', 'trust.json', '--region', '50', '--lang', 'en'])
  expect([judged.err, judged.code]).toEqual(['', 0])
  const of = ['--draft', 'next.json', '--trust', 'trust.json', '--iss', iss, '--yes', '--lang', 'en']
  const edited = await cli.run(['trust', 'add-entity', ...of, '--uscc', '91510100MA62KCT03J', '--name', '示例计量有限公司'])
  expect([edited.err, edited.code]).toEqual(['', 0])
  expect(await cli.run(['trust', 'publish', ...of, '--key', 'root.json'])).toMatchObject({ err: '', code: 0 })
  const { trustLists } = JSON.parse(await readFile(join(cli.folder, 'trust.json'), 'utf8')) as { trustLists: unknown[] }
  expect(trustLists).toHaveLength(VERSIONS + 2)
  expect((await cli.run(['trust', 'show', '--trust', 'trust.json', '--iss', iss, '--lang', 'en'])).out).toContain(
    `version ${VERSIONS + 1}, `,
  )
})
