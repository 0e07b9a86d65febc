// Why this exists: who asks at the command line who can measure something, who is a member, or whether a standard is assessed, must not be
// told yes where it is no, or where it is not known.
import { chmod, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { statementId } from 'tongheng/envelope'
import { signJoint } from 'tongheng/joint'
import { signCatalogue } from 'tongheng/recognition'
import { type AnyRecord, signRecord } from 'tongheng/records'
import { createFakeAuthorities, type FakeAuthorities, fixtures, jointFixtures, type OrganisationKey, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { usccCheckCharacter } from '../../src/base/identifier.js'
import { jointClause, signedWith } from '../support/joint-agreement.js'
import { type Served, serve } from '../support/nodes/http.js'
import { openWorld } from '../support/nodes/world.js'
import { type Cli, openCli } from './run.js'

const { assessment, authorisation, engineAlliance, joining, capability } = jointFixtures
const AT = ['--at', '2025-06-16T09:00:00+08:00', '--lang', 'en']
let cli: Cli
let world: FakeAuthorities
const run = (action: string, ...args: string[]) => cli.run(['joint', action, ...args, '--trust', 'trust.json', ...AT])
/** Signs a document with the key of a body into a file. */
async function sign(key: OrganisationKey, document: object, name: string) {
  await cli.write(`${name}.json`, document)
  await cli.write(`${key}.key`, world.keys.get(key)?.privateJwk ?? {})
  const iss = organisation(key).uscc
  return cli.run([
    'joint',
    'sign',
    `${name}.json`,
    '--iss',
    iss,
    '--key',
    `${key}.key`,
    '--out',
    `${name}.jws`,
    '--at',
    '2025-01-02T09:00:00+08:00',
    '--lang',
    'en',
  ])
}

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities()
  await cli.write('trust.json', { anchors: world.anchors, trustLists: world.trustLists, agreements: [world.signedAgreement] })
  expect(await sign('SC-AMR', assessment, 'assessment')).toMatchObject({ code: 0 })
  await sign('SC-AMR', authorisation, 'authorisation')
  await sign('CQ-INST', engineAlliance, 'alliance')
  await sign('SC-INST', joining, 'joining')
  await sign('CQ-INST', capability, 'capability')
})
afterAll(() => cli.close())

describe('joint', () => {
  it('shows statements, and says which count', async () => {
    const shown = await run('show', 'assessment.jws', 'capability.jws')
    expect(shown).toMatchObject({ code: 0, err: '' })
    expect(shown.out).toMatch(/^in order +claim of capabilities 能力 2025-1, Chongqing Example Institute of Metrology, signed 2025-01-02$/m)
    expect(shown.out).toMatch(/^in order +assessment of a measurement standard 〔2021〕川量标成证字第001号, Sichuan Example AMR/m)
  })

  it('leaves out what a body may not sign, and names file and reason', async () => {
    await sign('CD', assessment, 'forged')
    const shown = await run('show', 'forged.jws', 'assessment.jws')
    expect(shown.err).toContain('forged.jws')
    expect(shown.err).toContain('is neither')
    expect(await run('show', 'forged.jws')).toMatchObject({ code: 1 })
  })

  it('does not sign a document that contradicts itself', async () => {
    expect(await sign('SC-AMR', { ...assessment, validUntil: '2001-01-01' }, 'wrong')).toMatchObject({
      code: 2,
      err: expect.stringContaining('joint.fails'),
    })
    expect(await sign('SC-AMR', { ...assessment, number: 7 }, 'wrong')).toMatchObject({
      code: 2,
      err: expect.stringContaining('joint.shape'),
    })
  })

  it('lists as members those who consented, and exits with 1 while one has not', async () => {
    const asked = await run('members', 'alliance.jws', 'joining.jws', '--number', engineAlliance.number)
    expect(asked.code).toBe(1)
    expect(asked.out).toMatch(/四川示例计量测试研究院 \(role: deputy lead\): a member/)
    expect(asked.out).toMatch(/重庆示例计量质量检测院 \(role: lead\): not a member/)
    expect(asked.out).toContain('alliance.no-consent')
    expect(await run('members', 'joining.jws', '--number', engineAlliance.number)).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nothing'),
    })
  })

  it('finds who can do it, and exits with 1 where the grant is not known', async () => {
    const asked = await run('find', 'capability.jws', '--can', '转矩', '--range', '0..0.5 kN.m', '--uncertainty', '0.1 %')
    expect(asked.code).toBe(1)
    expect(asked.out).toMatch(
      /Chongqing Example Institute of Metrology \(Chongqing\): torque 0~500 N\.m, U = 0\.06 % \(k = 2\), by CNAS L0002; whether/,
    )
    expect(asked.out).toContain('claim.not-compared')
    expect(await run('find', 'capability.jws', '--can', '转矩', '--range', '0..501 N.m')).toMatchObject({ code: 1, out: '' })
  })

  it.each([
    ['--range', '500 N.m'],
    ['--range', '0..500'],
    ['--range', '0..500 牛米'],
    ['--uncertainty', 'small'],
    ['--uncertainty', '0.1'],
  ])('refuses %s %s, and shows how it is written', async (option, value) => {
    expect(await run('find', 'capability.jws', '--can', '转矩', option, value)).toMatchObject({
      code: 2,
      err: expect.stringContaining('joint.quantity-unread'),
    })
  })

  describe('with clauses on joint work in the agreement', () => {
    const ask = (action: string, ...args: string[]) => cli.run(['joint', action, ...args, '--trust', 'trust-clauses.json', ...AT])
    beforeAll(async () => {
      const claims = jointClause(['capability-statement', 'metrology-authorisation'], {
        conditions: [{ name: 'within-authorisation' }, { name: 'standard-assessed' }],
      })
      const weights = jointClause(['standard-assessment'], { categories: ['weights'] })
      const agreements = [await signedWith(world, claims, weights, jointClause(['alliance']))]
      await cli.write('trust-clauses.json', { anchors: world.anchors, trustLists: world.trustLists, agreements })
    })

    it('says what counts in the other province, what no clause covers, and what could not be compared', async () => {
      const shown = await ask('show', 'alliance.jws', 'assessment.jws', 'authorisation.jws', 'joining.jws')
      expect(shown).toMatchObject({ code: 0, err: '' })
      expect(shown.out).toMatch(
        /industry metrology alliance: counts in Sichuan by .*“Joint work \(example\)” .*the other side relies on it/,
      )
      expect(shown.out).toMatch(/assessment of a measurement standard: does not count in Chongqing\n {4}joint-clause\.no-category .*axi/)
      expect(shown.out).toMatch(
        /metrological authorisation: whether it counts in Chongqing is undecided\n {4}joint-clause\.standard-not-stated/,
      )
      expect(shown.out).toMatch(/^The agreement has no clause on: .*$/m)
      expect(shown.out.match(/no clause on/g)).toHaveLength(1)
    })

    it('prints it as JSON, and omits it if the trust file has no agreement', async () => {
      const shown = JSON.parse((await ask('show', 'alliance.jws', '--format', 'json')).out)
      expect(shown).toMatchObject([
        { recognitions: [{ from: '50', to: '51', outcome: 'recognised', clauses: [{ id: 'joint-alliance' }] }] },
      ])
      await cli.write('trust-none.json', { anchors: world.anchors, trustLists: world.trustLists })
      const without = await cli.run(['joint', 'show', 'alliance.jws', '--trust', 'trust-none.json', ...AT])
      expect(without.out.trim().split('\n')).toHaveLength(1)
      const found = await cli.run(['joint', 'find', 'capability.jws', '--can', '转矩', '--trust', 'trust-none.json', ...AT])
      expect(found.out).toContain('The trust file has no agreement')
    })

    it('prints where an alliance and a capability count', async () => {
      const alliance = await ask('members', 'alliance.jws', 'joining.jws', '--number', engineAlliance.number)
      expect(alliance.out).toContain('industry metrology alliance: counts in Sichuan')
      const { out } = await ask('find', 'capability.jws', '--can', '转矩')
      expect(out).toMatch(
        /Its certificates are recognised in Sichuan, each by the conditions of the clause .*“Metrology work results: calibration”/,
      )
      expect(out).toMatch(/claim of capabilities: whether it counts in Sichuan is undecided\n {4}joint-clause\.no-assessment/)
      // The finding that the claim could not be compared with the authorisation is printed once.
      expect(out.match(/claim\.not-compared/g)).toHaveLength(1)
    })
  })

  it('compares the standards of a certificate with their assessments', async () => {
    await cli.write('f01.jws', await world.sign('CD', fixtures.F01.record))
    const asked = await run('standards', 'assessment.jws', '--record', 'f01.jws')
    expect(asked).toMatchObject({ code: 1, out: expect.stringMatching(/standard\.not-(?:at-hand|stated)/) })
  })

  it('names the document by which the standards of an enterprise need no assessment, where a catalogue states it', async () => {
    const code = '91500112000000001'
    const enterprise = { uscc: `${code}${usccCheckCharacter(code)}`, name: '示例企业计量室' }
    const record = { ...fixtures.F01.record, issuer: enterprise, standards: [{ name: '标准金属量器' }] } as AnyRecord
    await cli.write('enterprise.jws', await signRecord(record, { signer: world.signer('CD'), at: '2025-03-12T17:00:00+08:00' }))
    const now = Date.parse(AT[1] as string) / 1000
    const waiver = {
      level: 'enterprise',
      holders: { zh: '企业（示例）' },
      documentNo: '示例公告〔2022〕4号',
      from: '2022-03-01',
      source: 'https://example.cn/4',
      grade: 'c',
    } as const
    const published = await signCatalogue(
      {
        iss: organisation('CQ-AMR').uscc,
        region: '50',
        version: 1,
        iat: now - 86_400,
        exp: now + 86_400,
        title: { zh: '目录（示例）' },
        assessmentWaivers: [waiver],
      },
      world.rootSigners('CQ-AMR'),
    )
    await cli.write('catalogue.json', published)
    const standards = (...more: string[]) => run('standards', 'assessment.jws', '--record', 'enterprise.jws', ...more)
    expect(await standards()).toMatchObject({ code: 1, out: expect.stringContaining('standard.waiver-unknown') })
    const waived = await standards('--catalogue', 'catalogue.json')
    expect(waived).toMatchObject({ code: 0, out: expect.stringContaining('standard.assessment-waived') })
    expect(waived.out).toContain('by 示例公告〔2022〕4号 the highest standards of enterprises need none since 2022-03-01')
  })

  it('lays out one statement as a sheet to print', async () => {
    const sheet = await run('show', 'assessment.jws', '--format', 'html', '--out', 'sheet.html')
    expect(sheet).toMatchObject({ code: 0, out: '', err: '' })
    const html = await readFile(join(cli.folder, 'sheet.html'), 'utf8')
    expect(html).toContain('Assessment of a measurement standard')
    expect(html).toContain(assessment.number)
    expect((await run('show', 'assessment.jws', '--format', 'html')).out).toBe(html)
    const two = await run('show', 'assessment.jws', 'capability.jws', '--format', 'html')
    expect(two).toMatchObject({ code: 2, err: expect.stringContaining('[cli.joint-one]') })
    expect(await run('show', 'assessment.jws', '--format', 'html', '--out', 'assessment.jws')).toMatchObject({ code: 2 })
  })

  it('draws authorisations for a trust list', async () => {
    const drawn = await run('draw', 'authorisation.jws')
    expect(JSON.parse(drawn.out)).toMatchObject([{ uscc: organisation('CD').uscc, authorisations: [{ number: authorisation.number }, {}] }])
    expect(await run('draw', 'assessment.jws')).toMatchObject({ code: 1, out: '[]\n' })
  })

  it('reports a missing action or file', async () => {
    expect(await run('dance', 'assessment.jws')).toMatchObject({ code: 2, err: expect.stringContaining('sign, show, members') })
    expect(await run('show')).toMatchObject({ code: 2 })
    expect(await run('show', 'absent.jws')).toMatchObject({ code: 2, err: expect.stringContaining('absent.jws') })
    expect(await run('show', 'trust.json')).toMatchObject({ code: 2, err: expect.stringContaining('content.') })
  })
})

describe('joint pull', () => {
  let ours: FakeAuthorities
  let node: Served
  let lie: (path: string) => Response | undefined
  beforeAll(async () => {
    ours = await createFakeAuthorities({ witnessKeys: true })
    await cli.write('CQ-INST.node.key', ours.keys.get('CQ-INST')?.privateJwk ?? {})
    await chmod(join(cli.folder, 'CQ-INST.node.key'), 0o600)
    node = await serve(async (url) => {
      const { server } = await openWorld({ authorities: ours, node: { url } })
      return async (request) => lie(new URL(request.url).pathname) ?? server.fetch(request)
    })
  })
  beforeEach(() => {
    lie = () => undefined
  })
  afterAll(() => node.close())

  const as = (): string[] => [
    '--node',
    node.url,
    '--node-id',
    'tongheng-51',
    '--iss',
    organisation('CQ-INST').uscc,
    '--key',
    'CQ-INST.node.key',
  ]
  const at = '2025-06-16T08:00:00+08:00'

  it('fetches what `submit` sent: statements with the receipts of the node, once, whatever the spelling of the number', async () => {
    const signed = await signJoint(capability, { iss: organisation('CQ-INST').uscc, signer: ours.signer('CQ-INST'), at })
    await cli.write('claim.jws', signed)
    const sent = await cli.run(['submit', 'claim.jws', ...as(), '--lang', 'en'])
    expect([sent.code, sent.err]).toEqual([0, ''])
    const pulled = async () => cli.run(['joint', 'pull', '能力2025-1', ...as(), '--out', 'pulled', '--lang', 'en'])
    expect(await pulled()).toMatchObject({ code: 0, out: '1 joint statement(s), 1 of them new, are in pulled\n', err: '' })
    expect(await pulled()).toMatchObject({ code: 0, out: '1 joint statement(s), 0 of them new, are in pulled\n' })
    const id = statementId('metrology-joint+jwt', signed.split('.')[1] as string)
    expect((await readdir(join(cli.folder, 'pulled'))).sort()).toEqual([`${id}.${organisation('SC-AMR').uscc}.receipt.jws`, `${id}.jws`])
    expect((await readFile(join(cli.folder, 'pulled', `${id}.jws`), 'utf8')).trim()).toBe(signed)
  })

  it('leaves what is for everybody in the directory, which `find --can` and `joint find` ask without a key', async () => {
    await cli.write('ours.json', { anchors: ours.anchors, trustLists: ours.trustLists, agreements: [ours.signedAgreement] })
    const asked = [
      '--can',
      '转矩',
      '--range',
      '0..300 N.m',
      '--node',
      node.url,
      '--node-id',
      'tongheng-51',
      '--trust',
      'ours.json',
      '--lang',
      'en',
    ]
    const found = await cli.run(['find', ...asked])
    // The trust list does not state the range of the accreditation, so the claim cannot be compared and must not pass.
    expect([found.code, found.err]).toEqual([1, ''])
    expect(found.out).toMatch(/\(Chongqing\): torque 0~500 N\.m.*whether it is within its authorisation is undecided/)
    expect((await cli.run(['joint', 'find', ...asked])).out).toBe(found.out)
    expect((await cli.run(['find', ...asked, '--uncertainty', '0.01 %'])).code).toBe(1)
    expect(await cli.run(['find', '--can', '声级', ...asked.slice(4)])).toMatchObject({ code: 1, out: '' })
    expect(await cli.run(['joint', 'find', '--can', '转矩', '--trust', 'ours.json'])).toMatchObject({ code: 2 })
  })

  it('exits with 1 if the node has nothing, and writes no statement that the node returns for another id', async () => {
    const none = await cli.run(['joint', 'pull', '能力 2099-9', ...as(), '--out', 'none', '--lang', 'en'])
    expect(none).toMatchObject({ code: 1, out: '0 joint statement(s), 0 of them new, are in none\n' })
    lie = (path) =>
      path === '/v1/joint'
        ? Response.json({
            items: [
              {
                statementId: 'A'.repeat(43),
                statement: 'a.b.c',
                iss: organisation('CQ-INST').uscc,
                jti: 'x',
                decision: 'accepted',
                position: 0,
                receivedAt: 1,
              },
            ],
          })
        : undefined
    const lied = await cli.run(['joint', 'pull', '能力 2025-1', ...as(), '--out', 'none', '--lang', 'en'])
    expect(lied).toMatchObject({ code: 2, err: expect.stringContaining('cli.joint-other') })
    expect(await readdir(join(cli.folder, 'none'))).toEqual([])
  })
})
