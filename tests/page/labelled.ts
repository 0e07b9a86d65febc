/** Pictures of labels in every state that an inspector meets, and the trust file to judge them by. */
import { correction, generate, mode } from 'lean-qr'
import { labelCode, packLabel, signLabel } from 'tongheng/label'
import { emptyStatuses, signStatusList } from 'tongheng/status'
import { type FakeAuthorities, fixtures, organisation, send } from 'tongheng/testing'
import { iatOf, labelFor, NODE } from '../label/labels.ts'
import { modulesOf, type Picture, photograph, type Spoiling } from '../support/label-picture.ts'
import { NOW } from '../support/nodes/world.ts'

const URI = 'https://node-51.example/v1/status-lists/CD-1'
const DAY = 86_400

type Modules = readonly (readonly boolean[])[]

/** Mulberry32: the same pictures in every run. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A photograph taken by hand: turned, tilted, slightly out of focus, with noise. */
export const taken = (modules: Modules, spoiling: Partial<Spoiling> = {}): Picture =>
  photograph(modules, { pixels: 5, turned: 6, tilted: 0.08, blurred: 0.8, noise: 10, random: randomFrom(7), ...spoiling })

const modulesOfLabel = (octets: Uint8Array): Modules => {
  const { path, size } = labelCode(octets, NODE)
  return modulesOf(path, size)
}

/** A code that is not a label. */
export function foreignModules(text: string): Modules {
  const code = generate(mode.multi(mode.ascii(text)), { minCorrectionLevel: correction.M })
  return Array.from({ length: code.size }, (_, y) => Array.from({ length: code.size }, (_, x) => code.get(x, y)))
}

/** A torn label: the missing part is white. The three finder patterns remain. */
const torn = (modules: Modules): Modules =>
  modules.map((row, y) => row.map((isDark, x) => isDark && !(x > 8 && y > 8 && x + y > modules.length * 0.8)))

export type Seen = 'good' | 'expired' | 'revoked' | 'scope' | 'failed' | 'forged' | 'damaged' | 'foreign' | 'unknown'

export async function labelled(
  authorities: FakeAuthorities,
): Promise<{ readonly trustFile: string; readonly pictures: Record<Seen, Picture> }> {
  const record = await authorities.sign('CD', fixtures.F01.record)
  const sealed = async (changes: Parameters<typeof labelFor>[3]): Promise<Modules> =>
    modulesOfLabel(packLabel(await labelFor(authorities, 'CD', record, changes)))
  const withStatus = async (index: number, uri = URI): Promise<Modules> => {
    const statement = await authorities.sign('CD', fixtures.F01.record, { status: { uri, idx: index } })
    return modulesOfLabel((await signLabel(statement, { signers: [authorities.signer('CD')], at: iatOf(statement) })).octets)
  }
  const failed = await send(authorities, fixtures.F02)
  const ofFailed = await signLabel(failed, { signers: [authorities.signer(fixtures.F02.signer)], at: iatOf(failed) })
  const good = packLabel(await labelFor(authorities, 'CD', record))
  const forged = good.slice()
  forged[forged.length - 3] = (forged[forged.length - 3] as number) ^ 1
  const statusList = await signStatusList(
    { iss: organisation('CD').uscc, uri: URI, iat: NOW - DAY, exp: NOW + DAY, statuses: emptyStatuses(100).with(7, 1) },
    authorities.signer('CD'),
  )
  const { anchors, trustLists, signedAgreement } = authorities
  return {
    trustFile: JSON.stringify({ anchors, trustLists, agreements: [signedAgreement], statusLists: [statusList] }),
    pictures: {
      good: taken(await withStatus(3)),
      expired: taken(await sealed({ validUntil: '2025-06-15' })),
      revoked: taken(await withStatus(7)),
      scope: taken(await sealed({ category: 'sound-level-meter' })),
      failed: taken(modulesOfLabel(ofFailed.octets)),
      forged: taken(modulesOfLabel(forged)),
      damaged: taken(torn(modulesOfLabel(good)), { turned: 0, tilted: 0 }),
      foreign: taken(foreignModules('https://example.com/menu')),
      unknown: taken(await withStatus(7, 'https://node-51.example/v1/status-lists/CD-2')),
    },
  }
}
