// Why this exists: a verdict that cannot be shown again in court years later was an opinion.
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseStatement } from 'tongheng/envelope'
import { emptyStatuses, signNotice, signStatusList } from 'tongheng/status'
import {
  createFakeAuthorities,
  DEMONSTRATION_TIME,
  type FakeAuthorities,
  fixtures,
  negatives,
  organisation,
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

  it('names the package and catalogue that made it, and holds what was asked and no more', async () => {
    const bundle = await gather(await world.sign('CD', fixtures.F01.record))
    const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string }
    expect(bundle).toMatchObject({
      madeBy: { package: version, catalogue: expect.stringMatching(/^20\d\d-\d\d$/) },
      at: DEMONSTRATION_TIME,
      region: '50',
    })
    expect(Object.keys(bundle)).toEqual([
      'format',
      'version',
      'madeBy',
      'at',
      'region',
      'statement',
      'anchors',
      'trustLists',
      'agreements',
      'specifications',
      'verdict',
    ])
    expect(bundle.anchors).toEqual(world.anchors)
    expect(bundle.trustLists).toEqual(world.trustLists)
    expect(bundle.agreements).toEqual([world.signedAgreement])
    expect(bundle.specifications).toEqual(specifications)
  })

  it('holds status lists and notices where there are any, and gives its verdict again from them', async () => {
    const iat = Date.parse(DEMONSTRATION_TIME) / 1000 - 60
    const iss = organisation('CD').uscc
    const uri = 'https://status.example/cd/1'
    const statement = await world.sign('CD', fixtures.F01.record, { status: { uri, idx: 3 } })
    const list = await signStatusList({ iss, uri, iat, exp: iat + 86_400, statuses: emptyStatuses(8) }, world.signer('CD'))
    const statements = [parseStatement(statement, 'metrology-record+jwt').id]
    const notice = await signNotice({ iss, iat, action: 'revoke', statements, from: iat, reason: { zh: '误发' } }, world.signer('CD'))
    const material = {
      at: DEMONSTRATION_TIME,
      region: '50',
      anchors: world.anchors,
      trustLists: world.trustLists,
      agreements: [world.signedAgreement],
    }
    const listed = await gatherEvidence(statement, { ...material, statusLists: [list] })
    expect([listed.verdict.outcome, listed.statusLists, listed.notices]).toEqual(['recognised', [list], undefined])
    const both = await gatherEvidence(statement, { ...material, statusLists: [list], notices: [notice] })
    expect([both.verdict.outcome, both.statusLists, both.notices]).toEqual(['not-recognised', [list], [notice]])
    for (const made of [listed, both]) expect((await replayEvidence(throughFile(made))).isSame).toBe(true)
    expect((await replayEvidence(change(throughFile(both), ['/notices', undefined]))).verdict.outcome).toBe('recognised')
  })

  it('of a specification that was revoked rests on it no more', async () => {
    const iat = Date.parse(DEMONSTRATION_TIME) / 1000 - 60
    const [first, ...others] = specifications as [string, ...string[]]
    const statement = await send(world, fixtures.F13)
    const basis = specifications.map((text) => parseStatement(text, 'metrology-record+jwt').id)
    const material = {
      at: DEMONSTRATION_TIME,
      region: '51',
      anchors: world.anchors,
      trustLists: world.trustLists,
      agreements: [world.signedAgreement],
    }
    const own = (await gatherEvidence(statement, { ...material, specifications: [first, ...others] })).verdict
    const [relied] = own.reliedOn.specifications.filter(({ source }) => basis.includes(source))
    expect([own.outcome, relied?.number]).toEqual(['recognised', 'JJF(渝)901-2024'])
    const notice = await signNotice(
      {
        iss: organisation('CQ-AMR').uscc,
        iat,
        action: 'revoke',
        statements: [relied?.source as string],
        from: iat,
        reason: { zh: '误发' },
      },
      world.signer('CQ-AMR'),
    )
    const { verdict } = await gatherEvidence(statement, { ...material, specifications, notices: [notice] })
    expect(verdict.outcome).toBe('indeterminate')
    expect(verdict.reliedOn.specifications.map(({ number }) => number)).not.toContain('JJF(渝)901-2024')
  })

  it('may rest on trust lists alone', async () => {
    const statement = await world.sign('CD', fixtures.F01.record)
    const made = await gatherEvidence(statement, {
      at: DEMONSTRATION_TIME,
      region: '51',
      anchors: world.anchors,
      trustLists: world.trustLists,
    })
    expect([made.verdict.outcome, made.agreements, made.specifications]).toEqual(['recognised', [], []])
    expect((await replayEvidence(throughFile(made))).isSame).toBe(true)
  })

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
