// A comparison round as its pilots and laboratories work it, with files and a terminal only: what a log did not hold in time does not count,
// nobody opens a result early, and everybody can check the report.
import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { signStatement, statementId } from 'tongheng/envelope'
import type { Round } from 'tongheng/joint'
import { createFakeAuthorities, type FakeAuthorities, jointFixtures, type OrganisationKey, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jointClause, signedWith } from '../support/joint-agreement.js'
import { type Cli, openCli } from './run.js'

const { protocol, roundResults, sealingKeys } = jointFixtures
type Laboratory = 'SC-INST' | 'CQ-INST' | 'CD' | 'LZ'
const LABORATORIES: readonly Laboratory[] = ['SC-INST', 'CQ-INST', 'CD', 'LZ']
let cli: Cli
let world: FakeAuthorities

const text = async (name: string): Promise<string> => (await readFile(join(cli.folder, name), 'utf8')).trim()
const json = async (name: string): Promise<Record<string, unknown>> => JSON.parse(await text(name))
const by = (key: OrganisationKey): string[] => ['--iss', organisation(key).uscc, '--key', `${key}.key`]
const round = (action: string, at: string, ...args: string[]) =>
  cli.run([
    'round',
    action,
    ...args,
    ...(action === 'open' ? [] : ['--trust', 'trust.json']),
    '--at',
    `${at}T12:00:00+08:00`,
    '--lang',
    'en',
  ])
const idOf = async (name: string): Promise<string> => statementId('metrology-joint+jwt', (await text(name)).split('.')[1] as string)

/** Writes a receipt, as a node returns it for a logged statement. */
async function log(name: string, at: string, folder = 'round'): Promise<void> {
  const claims = {
    iss: organisation('SC-AMR').uscc,
    aud: organisation('CD').uscc,
    sub: await idOf(name),
    iat: Date.parse(`${at}T12:00:00+08:00`) / 1000,
    decision: 'accepted',
  }
  const receipt = await signStatement(claims, { typ: 'metrology-receipt+jwt', signer: world.signer('SC-AMR') })
  await cli.write(`${folder}/${name.split('/').at(-1)?.replace('.jws', '')}.receipt.jws`, receipt)
}

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities()
  await mkdir(join(cli.folder, 'round'))
  const agreement = await signedWith(world, jointClause(['round-report'], { conditions: [{ name: 'pilots-of-both-sides' }] }))
  await cli.write('trust.json', { anchors: world.anchors, trustLists: world.trustLists, agreements: [agreement] })
  for (const key of ['SC-AMR', ...LABORATORIES] as const) await cli.write(`${key}.key`, world.keys.get(key)?.privateJwk ?? {})
  for (const key of ['SC-INST', 'CQ-INST'] as const) await cli.write(`${key}.open.key`, sealingKeys[key])
  await cli.write('protocol.json', protocol)
  const opened = await round('open', '2025-03-01', 'protocol.json', ...by('SC-AMR'), '--out', 'round/protocol.jws')
  expect(opened).toMatchObject({ code: 0, err: expect.stringContaining(await idOf('round/protocol.jws')) })
  await log('round/protocol.jws', '2025-03-01')
  for (const key of LABORATORIES) {
    if (key === 'CD' || key === 'LZ') {
      const named = key === 'CD' ? ['--named'] : []
      expect(await round('enrol', '2025-03-05', 'round', ...by(key), ...named, '--out', `round/${key}-enrol.jws`)).toMatchObject({
        code: 0,
      })
      await log(`round/${key}-enrol.jws`, '2025-03-05')
    }
    await cli.write(`${key}.result.json`, roundResults[key])
    const files = ['--result', `${key}.result.json`, '--secret', `${key}.secret`, '--out', `round/${key}-commit.jws`]
    expect(await round('commit', '2025-04-20', 'round', ...by(key), ...files)).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining(`${key}.secret`),
    })
    await log(`round/${key}-commit.jws`, '2025-04-20')
  }
})
afterAll(() => cli.close())

const state = async (at: string): Promise<Round> => JSON.parse((await round('show', at, 'round', '--format', 'json')).out)

describe('round', () => {
  it('writes salt and result for their owner only, and nothing of them into the commitment', async () => {
    expect((await stat(join(cli.folder, 'CD.secret'))).mode & 0o777).toBe(0o600)
    const { salt } = await json('CD.secret')
    const payload = Buffer.from((await text('round/CD-commit.jws')).split('.')[1] as string, 'base64url').toString()
    expect(payload).not.toContain(salt)
    expect(payload).not.toContain('0.034')
    const again = await round('commit', '2025-04-21', 'round', ...by('CD'), '--result', 'CD.result.json', '--secret', 'CD.secret')
    expect(again).toMatchObject({ code: 2, out: '', err: expect.stringContaining('CD.secret') })
  })

  it('shows the state of the round', async () => {
    const shown = await round('show', '2025-04-21', 'round')
    expect(shown).toMatchObject({ code: 0, err: '' })
    expect(shown.out).toContain('laboratories measure and commit')
    expect(shown.out).toMatch(/Chengdu Example Verification Institute \(12510100450770010L\): committed/)
    expect(shown.out).toMatch(
      /\nNext: Open the result, by .*Chengdu Example Verification Institute.*, from 2025-04-26, until 2025-05-09, inclusive\n/,
    )
  })

  it('opens nothing before the last day to commit, for a laboratory or a pilot', async () => {
    const early = await round('reveal', '2025-04-25', 'round', ...by('CD'), '--secret', 'CD.secret')
    expect(early).toMatchObject({ code: 2, out: '', err: expect.stringContaining('cli.round-early') })
    const pilot = ['--laboratory', organisation('CD').uscc, '--sealing-key', 'SC-INST.open.key', '--out', 'x.json']
    expect(await round('reveal', '2025-04-25', 'round', ...pilot)).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.round-early'),
    })
  })

  it('opens what was committed, and refuses another result', async () => {
    await cli.write('other.secret', { ...(await json('CD.secret')), result: roundResults.LZ })
    await cli.write('no.secret', { salt: 7 })
    expect(await round('reveal', '2025-04-28', 'round', ...by('CD'), '--secret', 'other.secret')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('cli.round-other'),
    })
    expect(await round('reveal', '2025-04-28', 'round', ...by('CD'), '--secret', 'no.secret')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.round-secret'),
    })
    for (const key of ['SC-INST', 'CQ-INST', 'CD'] as const) {
      const files = ['--secret', `${key}.secret`, '--out', `round/${key}-open.jws`]
      expect(await round('reveal', '2025-04-28', 'round', ...by(key), ...files)).toMatchObject({ code: 0 })
    }
    expect((await state('2025-04-29')).laboratories.map((one) => one.state)).toEqual(['opened', 'opened', 'opened', 'committed'])
  })

  it('lets both pilots together open what a laboratory withholds, and neither alone', async () => {
    const of = ['--laboratory', organisation('LZ').uscc]
    const alone = await round('reveal', '2025-04-29', 'round', ...of, '--sealing-key', 'CQ-INST.open.key', ...by('CQ-INST'))
    expect(alone).toMatchObject({ code: 2, out: '', err: expect.stringContaining('round.not-this-key') })
    const first = await round('reveal', '2025-04-29', 'round', ...of, '--sealing-key', 'SC-INST.open.key', '--out', 'LZ.layer.json')
    expect(first).toMatchObject({ code: 0, out: '', err: expect.stringContaining('LZ.layer.json') })
    const next = ['--sealing-key', 'CQ-INST.open.key', '--sealed', 'LZ.layer.json', ...by('CQ-INST'), '--out', 'round/LZ-open.jws']
    const wrong = await round('reveal', '2025-04-29', 'round', '--laboratory', organisation('CD').uscc, ...next)
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('cli.round-sealed-file') })
    expect(await round('reveal', '2025-04-29', 'round', ...of, ...next)).toMatchObject({ code: 0 })
    expect((await state('2025-04-30')).laboratories.map((one) => one.state)).toEqual(Array(4).fill('opened'))
  })

  it('computes the record, which is signed as any record, and reports that everybody checks', async () => {
    const early = await round('close', '2025-04-24', 'round', '--out', 'record.json')
    expect(early).toMatchObject({ code: 2, err: expect.stringContaining('round.incomplete') })
    const closed = await round('close', '2025-05-12', 'round', '--out', 'record.json', '--key-out', 'names.json')
    expect(closed).toMatchObject({ code: 0 })
    expect(closed.out).toMatch(/p55 {2}reference value 0\.01800, U = 0\.0212\d* \(k = 2\)/)
    expect(closed.out).toMatch(/p55 {2}P-1 {2}0\.021 {2}En 0\.13 {2}satisfactory/)
    expect(await text('record.json')).not.toContain('泸州')
    expect(await text('record.json')).toContain('成都')
    expect((await stat(join(cli.folder, 'names.json'))).mode & 0o777).toBe(0o600)
    expect(
      (await cli.run(['sign', 'record.json', '--key', 'SC-AMR.key', '--at', '2025-05-12T17:00:00+08:00', '--out', 'record.jws'])).code,
    ).toBe(0)
    expect((await cli.run(['verify', 'record.jws', '--trust', 'trust.json', '--region', '50'])).out).toMatch(/采信/)
    const unsigned = await round('report', '2025-05-12', 'round', '--record', 'record.jws')
    expect(unsigned).toMatchObject({ code: 1, out: expect.stringContaining('0 of 2') })
    for (const key of ['SC-INST', 'CQ-INST'] as const)
      expect(
        await round('report', '2025-05-12', 'round', '--record', 'record.jws', ...by(key), '--out', `round/${key}-report.jws`),
      ).toMatchObject({ code: 0 })
    const confirmed = await round('report', '2025-05-20', 'round', '--record', 'record.jws')
    expect(confirmed).toMatchObject({ code: 0, out: expect.stringContaining('every pilot has signed it') })
    // The organiser who closes the round and the participant who checks it see the same digest.
    const [digest] = closed.out.match(/Digest of the report: [\w-]{43}/) ?? ['no digest']
    expect(confirmed.out).toContain(digest)
  })

  it('says by which clause the report of each pilot counts in the other province', async () => {
    const { out } = await round('report', '2025-05-20', 'round', '--record', 'record.jws')
    expect(
      out.match(/report of a comparison round: counts in (?:Chongqing|Sichuan) by .*, version 1: “Joint work \(example\)”/g),
    ).toHaveLength(2)
    const asJson = await round('report', '2025-05-20', 'round', '--record', 'record.jws', '--format', 'json')
    const { recognitions } = JSON.parse(asJson.out) as { recognitions: { to: string; outcome: string }[] }
    expect(recognitions.map(({ to, outcome }) => [to, outcome]).sort()).toEqual([
      ['50', 'recognised'],
      ['51', 'recognised'],
    ])
  })

  it('signs no report of a record with another number, and refutes the report of one', async () => {
    const record = await text('record.json')
    await cli.write('changed.json', record.replace('"0.034"', '"0.033"'))
    await cli.run(['sign', 'changed.json', '--key', 'SC-AMR.key', '--at', '2025-05-12T17:00:00+08:00', '--out', 'changed.jws'])
    const refused = await round('report', '2025-05-12', 'round', '--record', 'changed.jws', ...by('SC-INST'))
    expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('round.report-differs') })
    expect(refused.out).not.toContain('eyJ')
    const refuted = await round('report', '2025-05-20', 'round', '--record', 'changed.jws', '--format', 'json')
    expect(refuted.code).toBe(1)
    expect(JSON.parse(refuted.out)).toMatchObject({ isConfirmed: false, findings: [{ code: 'round.report-differs' }, {}, {}] })
  })

  it('leaves a commitment without a receipt undecided', async () => {
    await mkdir(join(cli.folder, 'bare'))
    for (const name of ['protocol', 'CD-enrol', 'CD-commit']) await cli.write(`bare/${name}.jws`, await text(`round/${name}.jws`))
    await log('bare/CD-enrol.jws', '2025-03-05', 'bare')
    const shown = await round('show', '2025-05-20', 'bare')
    expect(shown).toMatchObject({ code: 1, out: expect.stringMatching(/undecided[\s\S]*round\.undated/) })
    expect(await round('reveal', '2025-05-02', 'bare', ...by('CD'), '--secret', 'CD.secret')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.round-no-commitment'),
    })
  })

  it('reports a missing action, file or round', async () => {
    expect(await round('dance', '2025-05-20', 'round')).toMatchObject({ code: 2, err: expect.stringContaining('open, enrol, commit') })
    expect(await round('show', '2025-05-20')).toMatchObject({ code: 2 })
    await cli.write('assessment.json', jointFixtures.assessment)
    expect(await round('open', '2025-05-20', 'assessment.json', ...by('SC-AMR'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.round-not-protocol'),
    })
    expect(await round('open', '2025-05-20', 'protocol.json', 'extra.json', ...by('SC-AMR'))).toMatchObject({ code: 2 })
    expect(await round('show', '2025-05-20', 'round/CD-enrol.jws')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.round-which'),
    })
    expect(await round('show', '2025-05-20', 'round', '--round', 'A'.repeat(43))).toMatchObject({
      code: 2,
      err: expect.stringContaining('round.none'),
    })
    const stranger = ['--iss', '91510100MA6C1A2B4Q', '--key', 'CD.key']
    expect(await round('enrol', '2025-03-05', 'round', ...stranger)).toMatchObject({
      code: 2,
      err: expect.stringContaining('cli.round-not-listed'),
    })
  })
})
