// Writes the evidence bundle of a release into tests/golden, once: a bundle there is never overwritten, or it would prove nothing.
//   npx tsx --tsconfig tests/tsconfig.json tests/support/write-golden.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures, publications, send } from 'tongheng/testing'
import { gatherEvidence } from 'tongheng/verify'

const root = resolve(import.meta.dirname, '../..')
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string }
const world = await createFakeAuthorities({ witnessKeys: true })
const specifications = await Promise.all([...publications, fixtures.F10, fixtures.F11].map((fixture) => send(world, fixture)))
const bundle = await gatherEvidence(await world.sign('CD', fixtures.F01.record), {
  at: DEMONSTRATION_TIME,
  region: '50',
  anchors: world.anchors,
  trustLists: world.trustLists,
  agreements: [world.signedAgreement],
  specifications,
})
writeFileSync(`${root}/tests/golden/${version}.json`, `${JSON.stringify(bundle)}\n`, { flag: 'wx' })
