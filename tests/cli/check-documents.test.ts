// Why this exists: a trust file with a slip in it, or a list published with a wrong member, is found by `check` before others meet it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePayload, parseStatement, type Signer, type StatementType, signStatement } from 'tongheng/envelope'
import { emptyStatuses, signNotice, signStatusList } from 'tongheng/status'
import { createFakeAuthorities, type FakeAuthorities, fixtures, organisations, send } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

type Json = Record<string, unknown>

const ID = 'A'.repeat(43)
const SECONDS = 1_750_000_000
let cli: Cli
let world: FakeAuthorities
let signer: Signer
/** A valid document of each kind, as JSON. */
const documents = new Map<string, Json>()
/** The compact JWS of each signed kind. */
const signed = new Map<string, string>()

const payloadOf = (text: string, typ: StatementType): Json => parsePayload(parseStatement(text, typ))
const json = async (name: string): Promise<Json> => JSON.parse(await readFile(join(cli.folder, name), 'utf8'))
const check = async (content: string | object, name = 'document.json') => {
  await cli.write(name, content)
  const { code, out } = await cli.run(['check', name, '--format', 'json'])
  return { code, findings: JSON.parse(out).records[0].findings as { code: string; pointer: string; line: number }[] }
}

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities({ witnessKeys: true })
  signer = world.signer('CD')
  const iss = organisations.CD.uscc
  const { anchors, trustLists, signedAgreement } = world
  const add = async (kind: string, typ: StatementType, text: string) => {
    signed.set(kind, text)
    documents.set(kind, payloadOf(text, typ))
  }
  await add('trust-list', 'metrology-trust-list+jwt', trustLists[0]?.[0] as string)
  await add('agreement', 'metrology-agreement+jwt', signedAgreement[0] as string)
  const notice = { iss, iat: SECONDS, action: 'revoke' as const, statements: [ID], from: SECONDS, reason: { zh: '数据有误' } }
  await add('notice', 'metrology-notice+jwt', await signNotice(notice, signer))
  const list = { iss, uri: 'https://status.example/cd/1', iat: SECONDS, exp: SECONDS + 86_400, statuses: emptyStatuses(8) }
  await add('status-list', 'statuslist+jwt', await signStatusList(list, signer))
  const receipt = { iss, aud: iss, sub: ID, iat: SECONDS, req: 'r1', decision: 'accepted', reasons: [], reliedOn: {} }
  await add('receipt', 'metrology-receipt+jwt', await signStatement(receipt, { typ: 'metrology-receipt+jwt', signer }))
  documents.set('trust-file', { anchors, trustLists, agreements: [signedAgreement] })
  await cli.write('trust.json', documents.get('trust-file') as Json)
  await cli.write('f01.jws', await send(world, fixtures.F01))
  const asked = ['f01.jws', '--trust', 'trust.json', '--region', '50', '--lang', 'en']
  const verdicts = await cli.run(['verify', ...asked, '--format', 'json', '--bundle', 'bundle.json'])
  documents.set('verdict', [JSON.parse(verdicts.out)].flat()[0])
  documents.set('evidence-bundle', await json('bundle.json'))
  const standing = await cli.run(['standing', ...asked, '--format', 'json'])
  documents.set('standing', [JSON.parse(standing.out)].flat()[0])
})
afterAll(() => cli.close())

const PLAIN = ['agreement', 'evidence-bundle', 'notice', 'receipt', 'standing', 'status-list', 'trust-file', 'trust-list', 'verdict']
/** A required member of each kind, and the pointer of the fault if its value has another type. */
const SPOILT: Readonly<Record<string, string>> = {
  agreement: 'clauses',
  'evidence-bundle': 'statement',
  notice: 'statements',
  receipt: 'decision',
  standing: 'entries',
  'status-list': 'status_list',
  'trust-file': 'anchors',
  'trust-list': 'entities',
  verdict: 'checks',
}

describe('check', () => {
  it.each(PLAIN)('accepts a document of kind %s as JSON', async (kind) => {
    expect(documents.get(kind)).toBeTypeOf('object')
    expect(await check(documents.get(kind) as Json)).toEqual({ code: 0, findings: [] })
  })

  it.each(PLAIN)('names the wrong member of a document of kind %s', async (kind) => {
    const member = SPOILT[kind] as string
    const { code, findings } = await check(`${JSON.stringify({ ...documents.get(kind), [member]: 7 }, null, 1)}\n`)
    expect(code).toBe(1)
    expect(findings.map(({ pointer }) => pointer)).toContain(`/${member}`)
    expect(findings[0]?.line).toBeGreaterThan(1)
  })

  it.each(['agreement', 'notice', 'receipt', 'status-list', 'trust-list'])('accepts a signed document of kind %s', async (kind) => {
    expect(await check(signed.get(kind) as string, 'document.jws')).toEqual({ code: 0, findings: [] })
  })

  it('finds a schema error in a signed document', async () => {
    const payload = { ...documents.get('notice'), action: 'forgive' }
    const { code, findings } = await check(await signStatement(payload, { typ: 'metrology-notice+jwt', signer }), 'document.jws')
    expect([code, findings[0]?.pointer]).toEqual([1, '/action'])
  })

  it('runs the tests of an agreement', async () => {
    const agreement = documents.get('agreement') as { tests: Json[] }
    const tests = agreement.tests.map((test) => ({ ...test, clause: 'no-such-clause' }))
    const { code, findings } = await check({ ...agreement, tests })
    expect([code, findings[0]?.code]).toEqual([1, 'agreement.test-failed'])
  })

  it('accepts a list of verdicts, as verify --format json prints it', async () => {
    const verdict = documents.get('verdict') as Json
    expect((await check([verdict, verdict])).code).toBe(0)
    const { findings } = await check([verdict, { ...verdict, outcome: 'perhaps' }])
    expect(findings.map(({ pointer }) => pointer)).toEqual(['/1/outcome'])
  })

  it('reports a signed text that is no document, with advice', async () => {
    const request = await signStatement({ iss: 'x' }, { typ: 'metrology-request+jwt', signer })
    const { code, findings } = await check(request, 'document.jws')
    expect([code, findings[0]?.code]).toEqual([1, 'content.request'])
  })

  it('accepts a trust file longer than a record may be, and no record of that length', async () => {
    const trustFile = documents.get('trust-file') as { trustLists: string[][] }
    const many = Array.from({ length: 100 }, () => trustFile.trustLists).flat()
    expect(JSON.stringify(many).length).toBeGreaterThan(262_144)
    expect((await check({ ...trustFile, trustLists: many })).code).toBe(0)
    const { findings } = await check({ ...fixtures.F01.record, note: 'x'.repeat(262_144) })
    expect(findings.map(({ code }) => code)).toEqual(['json.too-large'])
  })
})
