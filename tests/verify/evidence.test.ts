// Why this exists: a verdict must be reproducible years later, for example in court.
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseStatement } from 'tongheng/envelope'
import type { VerificationRecord } from 'tongheng/records'
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
import { type EvidenceBundle, gatherEvidence, openStatus, readSpecifications, replayEvidence, verdictRows, verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { change, valueAt } from '../records/change.ts'

const GOLDEN = resolve(import.meta.dirname, '../golden')
const { version } = JSON.parse(readFileSync(resolve(GOLDEN, '../../package.json'), 'utf8')) as { version: string }
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
  world = await createFakeAuthorities({ witnessKeys: true })
  specifications = await Promise.all([...publications, fixtures.F10, fixtures.F11].map((fixture) => send(world, fixture)))
  bundle = await gather(await world.sign('CD', fixtures.F01.record))
})

describe('an evidence bundle', () => {
  it.each([...Object.values(fixtures), ...negatives])(
    'of $id reproduces its verdict byte for byte, from its text alone',
    async (fixture) => {
      const negative = negatives.find((one) => one === fixture)
      const statement = negative?.onTheWay === undefined ? await send(world, fixture) : await sendOnTheWay(world, negative)
      const made = await gather(statement, negative?.at)
      const { comparison, verdict } = await replayEvidence(throughFile(made), { anchors: world.anchors })
      expect([comparison.result, JSON.stringify(verdict)]).toEqual(['same', JSON.stringify(made.verdict)])
    },
  )

  it('names the package and catalogue that made it, and contains the inputs and nothing else', async () => {
    const bundle = await gather(await world.sign('CD', fixtures.F01.record))
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

  it('contains status lists and notices where there are any, and reproduces its verdict from them', async () => {
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
    for (const made of [listed, both]) expect((await replayEvidence(throughFile(made))).comparison.result).toBe('same')
    expect((await replayEvidence(change(throughFile(both), ['/notices', undefined]))).verdict.outcome).toBe('recognised')
  })

  it('gives the verdict that verify gives where the list of a newer record revokes that record', async () => {
    const iat = Date.parse(DEMONSTRATION_TIME) / 1000 - 60
    const iss = organisation('CD').uscc
    const uri = 'https://status.example/cd/2'
    const { validUntil: _, ...failed } = { ...(fixtures.F01.record as VerificationRecord), certificateNo: 'B-1', outcome: 'fail' as const }
    const failure = await world.sign('CD', failed)
    const supersedes = parseStatement(failure, 'metrology-record+jwt').id
    const newer = await world.sign('CD', fixtures.F01.record, { supersedes, status: { uri, idx: 3 } })
    const list = await signStatusList({ iss, uri, iat, exp: iat + 86_400, statuses: emptyStatuses(8).with(3, 1) }, world.signer('CD'))
    const options = { at: DEMONSTRATION_TIME, trust: world.trust, agreements: [world.agreement], policy: { region: '50' } }
    const status = await openStatus({ statusLists: [list], successors: [newer] }, world.trust)
    const direct = await verify(failure, {
      ...options,
      specifications: (await readSpecifications(specifications, { at: DEMONSTRATION_TIME, trust: world.trust })).specifications,
      status,
    })
    const made = await gatherEvidence(failure, {
      at: DEMONSTRATION_TIME,
      region: '50',
      anchors: world.anchors,
      trustLists: world.trustLists,
      agreements: [world.signedAgreement],
      specifications,
      statusLists: [list],
      successors: [newer],
    })
    expect(direct.checks.find(({ id }) => id === 'status')?.code).toBe('not-applicable')
    expect(made.verdict).toEqual(direct)
    expect((await replayEvidence(throughFile(made))).comparison.result).toBe('same')
  })

  it('stops relying on a specification once that is revoked', async () => {
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

  it('may contain trust lists alone', async () => {
    const statement = await world.sign('CD', fixtures.F01.record)
    const made = await gatherEvidence(statement, {
      at: DEMONSTRATION_TIME,
      region: '51',
      anchors: world.anchors,
      trustLists: world.trustLists,
    })
    expect([made.verdict.outcome, made.agreements, made.specifications]).toEqual(['recognised', [], []])
    expect((await replayEvidence(throughFile(made))).comparison.result).toBe('same')
  })

  it.each([
    ['/verdict/outcome', 'not-recognised', ['/outcome']],
    ['/verdict/decidedBy', 'signature', ['/decidedBy']],
    ['/verdict/issuer', undefined, ['/issuer']],
    ['/verdict/effect/zh', '另一效力', ['/effect']],
    ['/verdict/colour', 'red', ['/colour']],
    ['/verdict/reliedOn/trustLists/0/version', 2, ['/reliedOn']],
    ['/verdict/checks/3/basis', '另一依据', ['/checks/key.known']],
    ['/verdict/checks/3', undefined, ['/checks/key.known']],
    ['/verdict/checks/3', 'x', ['/checks/?', '/checks/key.known']],
    ['/verdict/checks/3/id', 'no.such-row', ['/checks/no.such-row', '/checks/key.known']],
    ['/verdict/checks', undefined, undefined],
    ['/verdict/checks', 'x', undefined],
  ])('names the member where its verdict was changed: %s to %s', async (pointer, to, places) => {
    const { comparison } = await replayEvidence(change(throughFile(bundle), [pointer as string, to]))
    expect([comparison.result, comparison.added, comparison.revised, comparison.reworded]).toEqual(['different', [], [], []])
    if (places !== undefined) expect(comparison.differing).toEqual(places)
    else expect(comparison.differing.length).toBeGreaterThan(20)
  })

  it('reports a changed order of checks, or of members', async () => {
    const { checks, ...rest } = throughFile(bundle).verdict as { checks: unknown[]; outcome: 'recognised' }
    for (const verdict of [
      { ...throughFile(bundle).verdict, checks: checks.toReversed() },
      { checks, ...rest },
    ]) {
      const { comparison } = await replayEvidence({ ...throughFile(bundle), verdict })
      expect(comparison).toEqual({ result: 'different', added: [], revised: [], reworded: [], differing: ['/checks'] })
    }
  })

  it('does not vouch for itself: root keys other than those pinned are rejected', async () => {
    const stranger = await createFakeAuthorities({ witnessKeys: true })
    await expect(replayEvidence(throughFile(bundle), { anchors: stranger.anchors })).rejects.toMatchObject({ code: 'trust-list.threshold' })
  })

  it('without one of its documents gives another verdict, or none', async () => {
    const withoutAgreement = change(throughFile(bundle), ['/agreements', []])
    const { comparison, verdict } = await replayEvidence(withoutAgreement)
    // A missing agreement is a missing fact; the record is not recognised.
    expect([comparison.result, verdict.outcome]).toEqual(['different', 'indeterminate'])
    await expect(replayEvidence(change(throughFile(bundle), ['/trustLists', []]))).rejects.toMatchObject({ code: 'evidence.shape' })
  })

  it('in another format is rejected with the pointer', async () => {
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

/** A bundle as created by a version without this row. */
function without(made: EvidenceBundle, row: string, outcome: EvidenceBundle['verdict']['outcome'], decidedBy: string): EvidenceBundle {
  const checks = (made.verdict.checks as { id: string }[]).filter(({ id }) => id !== row)
  const then: Record<string, unknown> = { outcome, decidedBy, checks }
  // Members in the original order: the comparison includes the order.
  const verdict = Object.fromEntries(Object.entries(made.verdict).map(([name, value]) => [name, then[name] ?? value]))
  return { ...made, madeBy: { ...made.madeBy, package: '0.0.9' }, verdict: verdict as EvidenceBundle['verdict'] }
}

describe('a bundle of an earlier version, which had fewer rows', () => {
  let older: EvidenceBundle
  beforeAll(() => {
    older = without(throughFile(bundle), 'key.use', 'recognised', 'agreement.clause')
  })

  it('reproduces its outcome and every check of its own; added rows are named separately', async () => {
    const { comparison, verdict } = await replayEvidence(older, { anchors: world.anchors })
    expect([comparison.result, comparison.differing, verdict.outcome]).toEqual(['extended', [], 'recognised'])
    expect(comparison.added.map(({ id, status }) => [id, status])).toEqual([['key.use', 'pass']])
  })

  it('is overruled by an added row that fails: claiming an old version evades no rule', async () => {
    const { record } = fixtures.F01
    const faulty = change(record, ['/signatories/checker', valueAt(record, '/signatories/verifier')])
    const made = throughFile(await gather(await world.sign('CD', faulty)))
    const row = made.verdict.decidedBy as string
    expect([made.verdict.outcome, row]).toEqual(['not-recognised', 'signatories.independent'])
    const forged = without(made, row, 'recognised', 'agreement.clause')
    const { comparison, verdict } = await replayEvidence(forged, { anchors: world.anchors })
    expect([comparison.result, comparison.differing, verdict.outcome]).toEqual(['overruled', [], 'not-recognised'])
    expect(comparison.added).toMatchObject([{ id: row, status: 'fail', code: 'signatories.same-person' }])
    // An outcome that does not follow from the other rows occurs in no version.
    const odd = without(made, row, 'indeterminate', 'agreement.clause')
    expect((await replayEvidence(odd, { anchors: world.anchors })).comparison).toMatchObject({
      result: 'different',
      differing: ['/outcome'],
    })
  })

  it('is different where it lacks a row that its version had, or names no version', async () => {
    for (const claimed of [version, '1.0.0', '0.1', 'x', '0.0.9-1', '-1.0.0']) {
      const { comparison } = await replayEvidence({ ...older, madeBy: { ...older.madeBy, package: claimed } })
      expect([claimed, comparison.result, comparison.differing]).toEqual([claimed, 'different', ['/checks/key.use']])
    }
  })

  it('is different where one of its own checks changes, whatever was added', async () => {
    for (const [member, value] of [
      ['status', 'warn'],
      ['code', 'key.unknown'],
      ['path', '/iss'],
      ['evidence', { number: 1 }],
    ]) {
      const { comparison } = await replayEvidence(change(older, [`/verdict/checks/3/${member as string}`, value]))
      expect([comparison.result, comparison.differing, comparison.added.length]).toEqual(['different', ['/checks/key.known'], 1])
    }
  })

  it('is reworded where only message, advice or basis differ, and the rows are named', async () => {
    const inOtherWords = change(
      older,
      ['/verdict/checks/3/basis', '另一依据'],
      ['/verdict/checks/4/message/zh', '另一说法'],
      ['/verdict/checks/5/advice', { zh: '另一建议', en: 'other advice' }],
    )
    const { comparison } = await replayEvidence(inOtherWords)
    expect([comparison.result, comparison.reworded, comparison.revised, comparison.differing]).toEqual([
      'extended',
      ['key.known', 'signature', 'statement.payload'],
      [],
      [],
    ])
    // A bundle of this version must have the texts of this version.
    const claimed = { ...throughFile(bundle), verdict: inOtherWords.verdict }
    expect((await replayEvidence(claimed)).comparison.result).toBe('different')
  })

  it('may differ in a row whose rule was revised since; it is different where that changes the outcome', async () => {
    const row = verdictRows.find(({ id }) => id === 'issuer.named') as { revised?: string }
    row.revised = version
    try {
      const warned = older.verdict.checks as { id: string; status: string }[]
      const checks = warned.map((check) => (check.id === 'issuer.named' ? { ...check, status: 'warn' } : check))
      const { comparison } = await replayEvidence({ ...older, verdict: { ...older.verdict, checks } as EvidenceBundle['verdict'] })
      expect([comparison.result, comparison.revised, comparison.differing]).toEqual(['extended', ['issuer.named'], []])
      const failed = warned.map((check) => (check.id === 'issuer.named' ? { ...check, status: 'fail' } : check))
      const then = { ...older.verdict, outcome: 'not-recognised', decidedBy: 'issuer.named', effect: undefined, checks: failed }
      const other = await replayEvidence({ ...older, verdict: then as unknown as EvidenceBundle['verdict'] })
      expect([other.comparison.result, other.comparison.revised, other.verdict.outcome]).toEqual([
        'overruled',
        ['issuer.named'],
        'recognised',
      ])
      // A value that is no check cannot be a finding of an earlier version.
      const none = warned.map((check) => (check.id === 'issuer.named' ? { id: check.id } : check))
      const forged = await replayEvidence({ ...older, verdict: { ...older.verdict, checks: none } as unknown as EvidenceBundle['verdict'] })
      expect([forged.comparison.result, forged.comparison.differing]).toEqual(['different', ['/checks/issuer.named']])
    } finally {
      delete row.revised
    }
  })
})

describe('the bundles of releases', () => {
  const files = readdirSync(GOLDEN).filter((file) => file.endsWith('.json'))
  const root = resolve(GOLDEN, '../..')
  const changelog = readFileSync(`${root}/CHANGELOG.md`, 'utf8')
  const releases = [...changelog.matchAll(/^## (\d+\.\d+\.\d+)$/gm)].map(([, number]) => number as string)

  it('exist for each release of the changelog; this version is the newest of them, or unreleased', () => {
    expect(files.sort()).toEqual(releases.map((number) => `${number}.json`).sort())
    if (releases[0] !== version) expect(changelog).toMatch(/^# Changelog\n\n## Unreleased\n/)
  })

  it.each(files)(
    '%s reproduces its outcome: byte for byte in its own version, and in later ones except for rows added or revised',
    async (file) => {
      const released = JSON.parse(readFileSync(`${GOLDEN}/${file}`, 'utf8')) as EvidenceBundle
      const { comparison, verdict } = await replayEvidence(released)
      expect([released.madeBy.package, verdict.outcome]).toEqual([file.replace('.json', ''), 'recognised'])
      expect([comparison.result, comparison.differing]).toEqual([file === `${version}.json` ? 'same' : 'extended', []])
    },
  )
})

describe('a bundle with many status lists', () => {
  const lists = async (uri: string, count: number): Promise<string[]> => {
    const issuer = { iss: organisation('CD').uscc, statuses: emptyStatuses(1000), exp: NOW + 86_400 }
    return Promise.all(Array.from({ length: count }, (_, n) => signStatusList({ ...issuer, uri, iat: NOW - n }, world.signer('CD'))))
  }
  const NOW = Date.parse(DEMONSTRATION_TIME) / 1000

  it('opens only the lists that its statements name: each inflates to a thousand times its size', async () => {
    const uri = 'https://node.example/v1/status-lists/x/a'
    const statement = await world.sign('CD', fixtures.F01.record, { status: { idx: 1, uri } })
    const made = await gatherEvidence(statement, {
      at: DEMONSTRATION_TIME,
      region: '50',
      anchors: world.anchors,
      trustLists: world.trustLists,
      agreements: [world.signedAgreement],
      specifications,
      statusLists: [...(await lists(uri, 1)), ...(await lists('https://node.example/other', 40))],
    })
    expect(made.verdict.reliedOn.statusList?.id).toBe(uri)
    expect((await replayEvidence(throughFile(made), { anchors: world.anchors })).comparison.result).toBe('same')
    const many = { ...throughFile(made), statusLists: await lists(uri, 33) }
    await expect(replayEvidence(many, { anchors: world.anchors })).rejects.toMatchObject({
      code: 'evidence.lists',
      details: { count: 33, most: 32 },
    })
    expect(
      (await replayEvidence({ ...many, statusLists: many.statusLists.slice(1) }, { anchors: world.anchors })).bundle.statusLists,
    ).toHaveLength(32)
  })
})
