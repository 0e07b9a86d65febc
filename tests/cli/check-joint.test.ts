// Why this exists: a protocol or a task with a slip in it is found by `check` before a body signs it and before others rest on it.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parsePayload, parseStatement, signStatement } from 'tongheng/envelope'
import { jointKinds } from 'tongheng/joint'
import { change, createFakeAuthorities, type FakeAuthorities, fixtures, jointFixtures, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cli, openCli } from './run.js'

interface Found {
  readonly code: string
  readonly level: string
  readonly pointer: string
  readonly line: number
  readonly rule: string
  readonly message: { readonly zh: string; readonly en: string }
}
type Json = Record<string, unknown>

const golden: readonly { readonly kind: string; readonly signed: string }[] = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../golden/joint/v1.json'), 'utf8'),
).statements
const payloadOf = (signed: string): Json => parsePayload(parseStatement(signed, 'metrology-joint+jwt', { maxLength: signed.length }))
const goldenOf = (kind: string): string => (golden.find((one) => one.kind === kind) as (typeof golden)[number]).signed
const { protocol, task, assessment } = jointFixtures
/** A valid check character of GB 11643 is needed; the person is invented. */
const RESIDENT = '11010519491231002X'

let cli: Cli
let world: FakeAuthorities
const check = async (content: string | object, name = 'document.json', ...more: string[]) => {
  await cli.write(name, content)
  const { code, out } = await cli.run(['check', name, '--format', 'json', ...more])
  const { records } = JSON.parse(out) as { records: { kind?: string; findings: Found[] }[] }
  return { code, kinds: records.map(({ kind }) => kind), findings: records.flatMap(({ findings }) => findings) }
}
/** Signs any payload as a joint statement, also an invalid one. */
const signed = (document: unknown, claims: Json = {}) =>
  signStatement(
    {
      iss: organisation('SC-AMR').uscc,
      jti: '01JQ0000000000000000000000',
      iat: Date.parse('2025-04-01T17:00:00+08:00') / 1000,
      document,
      ...claims,
    },
    { typ: 'metrology-joint+jwt', signer: world.signer('SC-AMR') },
  )

beforeAll(async () => {
  cli = await openCli()
  world = await createFakeAuthorities()
})
afterAll(() => cli.close())

describe('check of joint documents', () => {
  it.each([...jointKinds.keys()])('accepts the golden %s, unsigned and signed', async (kind) => {
    const statement = goldenOf(kind)
    expect(await check(payloadOf(statement).document as Json)).toEqual({ code: 0, kinds: [kind], findings: [] })
    expect(await check(statement, 'document.jws')).toEqual({ code: 0, kinds: [kind], findings: [] })
  })

  it('names a wrong member by pointer, line and Chinese label', async () => {
    const { code, findings } = await check(`${JSON.stringify({ ...protocol, number: 7 }, null, 1)}\n`)
    expect([code, findings.length]).toEqual([1, 1])
    expect(findings[0]).toMatchObject({ code: 'shape.number', rule: 'record.schema', level: 'fail', pointer: '/number', line: 4 })
    expect(findings[0]?.message.zh).toMatch(/^比对项目编号：“number”写成了 JSON 数 7$/)
    expect(findings[0]?.message.en).toMatch(/^Number of the comparison project: /)
  })

  it('names a missing and an unknown member', async () => {
    const { organisers: _, ...rest } = protocol
    const { findings } = await check({ ...rest, organizers: protocol.organisers })
    expect(findings.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['shape.missing', '/organisers'],
      ['shape.unrecognised', '/organizers'],
    ])
  })

  it('finds dates out of order', async () => {
    const { code, findings } = await check(change(task, ['/draw/revealBy', '2025-04-09']))
    expect([code, findings.map((one) => [one.code, one.pointer, one.rule])]).toEqual([
      1,
      [['joint.dates-order', '/draw/revealBy', 'joint.statement']],
    ])
    expect(findings[0]?.message.zh).toContain('公布随机数的截止日期（2025-04-09）早于承诺截止日期（2025-04-10）')
  })

  it('finds a resident identity number', async () => {
    const { code, findings } = await check(change(task, ['/remarks', { zh: `联系人 ${RESIDENT}` }]))
    expect([code, findings.map((one) => [one.code, one.pointer])]).toEqual([1, [['joint.resident-number', '/remarks/zh']]])
  })

  it('warns where a task has bureaus of one side only, and exits with 0', async () => {
    const bureaus = [task.bureaus[0], { uscc: organisation('GA-AMR').uscc, name: organisation('GA-AMR').name.zh }]
    const { code, findings } = await check({ ...task, bureaus })
    expect([code, findings.map((one) => [one.code, one.level])]).toEqual([0, [['supervision-task.one-side', 'warn']]])
  })

  it('answers an unknown kind as before, and an unknown version of a joint kind with what to do', async () => {
    const unknown = await check({ ...protocol, kind: 'round-protocols' })
    expect([unknown.code, unknown.findings.map(({ code }) => code)]).toEqual([1, ['kind.unknown']])
    const later = await check({ ...protocol, version: 2 })
    expect([later.code, later.findings.map(({ code, pointer }) => [code, pointer])]).toEqual([1, [['joint.kind', '/version']]])
  })

  it('reads a list of documents', async () => {
    const { code, findings } = await check([assessment, { ...task, theme: 1 }, { kind: 'verification-record' }])
    expect([code, findings.map((one) => [one.code, one.pointer])]).toEqual([
      1,
      [
        ['shape.type', '/1/theme'],
        ['joint.kind', '/2/kind'],
      ],
    ])
  })

  it('checks a document among the records of an NDJSON file', async () => {
    const { record } = fixtures.F01
    const lines = [record, protocol, { ...task, number: '' }, record].map((each) => JSON.stringify(each))
    const { code, kinds, findings } = await check(`${lines.join('\n')}\n`, 'lines.ndjson')
    expect([code, kinds]).toEqual([1, ['verification-record', 'round-protocol', 'supervision-task', 'verification-record']])
    expect(findings.map((one) => [one.line, one.pointer])).toEqual([[3, '/number']])
  })

  it.each(['pretty', 'json', 'junit', 'sarif', 'github', 'gitlab'])(
    'writes findings of a joint document in the format %s',
    async (format) => {
      await cli.write('wrong.json', change(task, ['/draw/revealBy', '2025-04-09']))
      const { code, out } = await cli.run(['check', 'wrong.json', '--format', format])
      expect(code).toBe(1)
      expect(out).toContain('joint.dates-order')
    },
  )

  it('counts and leaves out findings by their code', async () => {
    const wrong = change(task, ['/draw/revealBy', '2025-04-09'])
    expect(await check(wrong, 'document.json', '--ignore', 'joint.dates-order')).toMatchObject({ code: 0, findings: [] })
    expect(await check(wrong, 'document.json', '--only', 'joint.resident-number')).toMatchObject({ code: 0, findings: [] })
  })
})

describe('check of signed joint statements', () => {
  it('finds what contradicts itself, with the pointer into the payload', async () => {
    const { code, kinds, findings } = await check(await signed(change(task, ['/draw/revealBy', '2025-04-09'])), 'document.jws')
    expect([code, kinds, findings.map((one) => [one.code, one.pointer])]).toEqual([
      1,
      ['supervision-task'],
      [['joint.dates-order', '/document/draw/revealBy']],
    ])
  })

  it('finds a statement signed before the day that it states', async () => {
    const { findings } = await check(await signed(task, { iat: Date.parse('2025-03-31T17:00:00+08:00') / 1000 }), 'document.jws')
    expect(findings.map(({ code }) => code)).toEqual(['joint.signed-before'])
  })

  it('finds a document that names another body as the one that signs', async () => {
    const { findings } = await check(await signed(jointFixtures.capability), 'document.jws')
    expect(findings.map((one) => [one.code, one.pointer])).toEqual([['joint.other-signer', '/iss']])
  })

  it('finds faults of the payload and of the document in it', async () => {
    const wrong = await check(await signed({ ...task, theme: 1 }, { jti: 'x' }), 'document.jws')
    expect(wrong.findings.map(({ pointer }) => pointer)).toEqual(['/jti', '/document/theme'])
    const none = await check(await signed({ kind: 'round-protocols', version: 1 }), 'document.jws')
    expect(none.findings.map((one) => [one.code, one.pointer])).toEqual([['joint.kind', '/document/kind']])
    const empty = await check(await signed(undefined), 'document.jws')
    expect(empty.code).toBe(1)
  })
})
