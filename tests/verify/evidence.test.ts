// Why this exists: a verdict that cannot be shown again in court years later was an opinion.
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  createFakeAuthorities,
  DEMONSTRATION_TIME,
  type FakeAuthorities,
  fixtures,
  negatives,
  publications,
  send,
  sendOnTheWay,
} from 'tongheng/testing'
import { type EvidenceBundle, gatherEvidence, replayEvidence } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { change } from '../records/change.ts'

const GOLDEN = resolve(import.meta.dirname, '../golden')
let world: FakeAuthorities
let specifications: string[]
let bundle: EvidenceBundle

const gather = (statement: string, at = DEMONSTRATION_TIME) =>
  gatherEvidence(statement, {
    at,
    region: '50',
    anchors: world.anchors,
    trustLists: world.trustLists,
    agreements: [world.signedAgreement],
    specifications,
  })
const throughFile = (value: EvidenceBundle): EvidenceBundle => JSON.parse(JSON.stringify(value)) as EvidenceBundle

beforeAll(async () => {
  world = await createFakeAuthorities()
  specifications = await Promise.all([...publications, fixtures.F10, fixtures.F11].map((fixture) => send(world, fixture)))
  bundle = await gather(await world.sign('CD', fixtures.F01.record))
})

describe('an evidence bundle', () => {
  it.each([...Object.values(fixtures), ...negatives])(
    'of $id gives its verdict again, byte for byte, from its text alone',
    async (fixture) => {
      const negative = negatives.find((one) => one === fixture)
      const statement = negative?.onTheWay === undefined ? await send(world, fixture) : await sendOnTheWay(world, negative)
      const made = await gather(statement, negative?.at)
      const { isSame, verdict } = await replayEvidence(throughFile(made), { anchors: world.anchors })
      expect([isSame, JSON.stringify(verdict)]).toEqual([true, JSON.stringify(made.verdict)])
    },
  )

  it('says where its verdict was changed', async () => {
    const changed = change(throughFile(bundle), ['/verdict/outcome', 'not-recognised'])
    expect((await replayEvidence(changed)).isSame).toBe(false)
    const detail = change(throughFile(bundle), ['/verdict/checks/3/basis', '另一依据'])
    expect((await replayEvidence(detail)).isSame).toBe(false)
  })

  it('does not vouch for itself: other root keys than those pinned are refused', async () => {
    const stranger = await createFakeAuthorities()
    await expect(replayEvidence(throughFile(bundle), { anchors: stranger.anchors })).rejects.toMatchObject({ code: 'trust-list.threshold' })
  })

  it('that lacks a document gives another verdict, or none', async () => {
    const withoutAgreement = change(throughFile(bundle), ['/agreements', []])
    const { isSame, verdict } = await replayEvidence(withoutAgreement)
    // A missing agreement is a missing fact, and never a recognition.
    expect([isSame, verdict.outcome]).toEqual([false, 'indeterminate'])
    await expect(replayEvidence(change(throughFile(bundle), ['/trustLists', []]))).rejects.toMatchObject({ code: 'evidence.shape' })
  })

  it('of another form is refused with the place', async () => {
    const cases: [string, unknown][] = [
      ['/format', 'bundle'],
      ['/version', 2],
      ['/anchors/0/threshold', 0],
      ['/colour', 'red'],
    ]
    for (const [pointer, to] of cases)
      await expect(replayEvidence(change(throughFile(bundle), [pointer, to])), pointer).rejects.toMatchObject({
        code: 'evidence.shape',
        details: { path: pointer },
      })
  })
})

describe('the bundles of releases', () => {
  const files = readdirSync(GOLDEN)

  it('has one at least', () => expect(files.length).toBeGreaterThan(0))

  it.each(files)('%s gives its verdict still', async (file) => {
    const { isSame, verdict } = await replayEvidence(JSON.parse(readFileSync(`${GOLDEN}/${file}`, 'utf8')) as EvidenceBundle)
    expect([isSame, verdict.outcome]).toEqual([true, 'recognised'])
  })
})
