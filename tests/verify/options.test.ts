// Why this exists: a caller who writes the name of a province instead of its code, omits an await, or misspells a member must get
// an error. A verdict based on such a mistake would reject a correct certificate.
import { runInNewContext } from 'node:vm'
import { createClient } from 'tongheng/client'
import { evaluateComparison } from 'tongheng/comparison'
import { checkRecord } from 'tongheng/conformance'
import { createNode } from 'tongheng/node'
import { openAgreement } from 'tongheng/recognition'
import { createRecord, signRecord } from 'tongheng/records'
import { createServer } from 'tongheng/server'
import { signNotice, signStatusList } from 'tongheng/status'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, fixtures, send } from 'tongheng/testing'
import { openTrust } from 'tongheng/trust'
import {
  assertRecognised,
  gatherEvidence,
  openMaterial,
  openStatus,
  readSpecifications,
  replayEvidence,
  standings,
  verify,
  verifyMany,
} from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'

let world: FakeAuthorities
let statement: string
let good: Record<string, unknown>

beforeAll(async () => {
  world = await createFakeAuthorities({ witnessKeys: true })
  statement = await send(world, fixtures.F01)
  good = { at: DEMONSTRATION_TIME, trust: world.trust, agreements: [world.agreement], policy: { region: '50' } }
})

/** The member that the error names, and the English message. */
const told = async (call: () => Promise<unknown>): Promise<readonly [unknown, string] | 'nothing'> => {
  try {
    await call()
    return 'nothing'
  } catch (error) {
    const { code, details, message } = error as { code?: string; details?: { member?: unknown; problem?: { en: string } }; message: string }
    return code === 'verify.options' ? [details?.member, details?.problem?.en ?? ''] : [code, message]
  }
}
const drain = async (items: AsyncIterable<unknown>): Promise<number> => {
  let count = 0
  for await (const _ of items) count++
  return count
}

const OPTIONS: readonly (readonly [string, string, RegExp, object])[] = [
  ['policy.region', 'in words', /"50".*not "重庆"/, { policy: { region: '重庆' } }],
  ['policy.region', 'as a number', /not the number 50/, { policy: { region: 50 } }],
  ['policy.region', 'of six digits', /not "500000"/, { policy: { region: '500000' } }],
  ['policy.region', 'that is missing', /not undefined/, { policy: {} }],
  ['policy.regions', 'misspelt', /no such member; there are region/, { policy: { region: '50', regions: ['50'] } }],
  ['policy.maxLength', 'as text', /positive integer.*not "1"/, { policy: { region: '50', maxLength: '1' } }],
  ['policy.algorithms', 'by another name', /array of algorithms/, { policy: { region: '50', algorithms: ['SM2'] } }],
  ['policy.algorithms', 'not in an array', /not "ES256"/, { policy: { region: '50', algorithms: 'ES256' } }],
  ['policy', 'that is missing', /an object is expected/, { policy: undefined }],
  ['agreement', 'for agreements', /there are at, trust, agreements/, { agreement: [] }],
  ['agreements', 'as signed texts', /openAgreement/, { agreements: [['eyJ.a.b']] }],
  ['agreements', 'without an array', /not Object/, { agreements: {} }],
  ['trust', 'as JSON', /what openTrust gives.*not Object/, { trust: { anchors: [], lists: [] } }],
  ['trust', 'as a promise', /await is missing/, { trust: Promise.resolve() }],
  ['trust', 'as a promise of another realm', /await is missing/, { trust: runInNewContext('Promise.resolve()') }],
  ['trust', 'as text', /not "\{\}"/, { trust: '{}' }],
  ['specifications', 'as what readSpecifications gives', /specifications/, { specifications: { specifications: {}, refused: [] } }],
  ['status', 'as lists', /openStatus/, { status: [] }],
  ['at', 'that is a day', /a moment .*not "2025-06-16"/, { at: '2025-06-16' }],
  ['at', 'that is no date', /a moment/, { at: new Date('x') }],
  ['at', 'that is missing', /not undefined/, { at: undefined }],
  ['at', 'that is in milliseconds', /a moment/, { at: 1_750_000_000_000 }],
]

describe('an option', () => {
  it.each(OPTIONS)('%s %s is named in an error, and nothing is judged', async (member, _how, problem, change) => {
    const options = { ...good, ...change } as never
    const all = await Promise.all([
      told(() => verify(statement, options)),
      told(() => drain(verifyMany([statement], options))),
      told(() => standings([statement], options)),
    ])
    for (const said of all) expect(said).toEqual([member, expect.stringMatching(problem)])
  })

  it('that is right is accepted, a Date of another realm too', async () => {
    const at = runInNewContext(`new Date(${JSON.stringify(DEMONSTRATION_TIME)})`)
    expect(
      (await verify(statement, { ...good, at, policy: { region: '50', maxLength: 100_000, algorithms: ['ES256'] } } as never)).outcome,
    ).toBe('recognised')
  })

  it('that is missing or misspelt is named by every call', async () => {
    const { trust, anchors, trustLists } = world
    const cases: [() => Promise<unknown>, string][] = [
      [() => verify(statement, undefined as never), 'options'],
      [() => readSpecifications('eyJ' as never, { at: DEMONSTRATION_TIME, trust }), 'statements'],
      [() => readSpecifications([], { at: DEMONSTRATION_TIME, trust, region: '50' } as never), 'region'],
      [() => readSpecifications([], { at: DEMONSTRATION_TIME } as never), 'trust'],
      [() => openStatus({ notices: 'eyJ' } as never, trust), 'notices'],
      [() => openStatus({}, { anchors } as never), 'trust'],
      [() => openStatus({ statusLists: [], notice: ['eyJ'] } as never, trust), 'notice'],
      [() => openTrust(anchors as never), 'options'],
      [() => openTrust({ anchors, trustLists } as never), 'trustLists'],
      [() => openTrust({ anchors, lists: trustLists[0] } as never), 'lists'],
      [() => openMaterial({ anchors, lists: trustLists } as never, DEMONSTRATION_TIME), 'lists'],
      [() => openMaterial({ anchors, trustLists, agreements: ['eyJ'] } as never, DEMONSTRATION_TIME), 'agreements'],
      [() => gatherEvidence(statement, { anchors, trustLists, at: DEMONSTRATION_TIME, region: 50 } as never), 'region'],
    ]
    for (const [call, member] of cases) expect((await told(call))[0], member).toBe(member)
  })
})

describe('an option of another call', () => {
  const cases: readonly (readonly [string, () => unknown])[] = [
    ['signed', () => openAgreement('eyJ' as never, world.trust)],
    ['trust', () => openAgreement(world.signedAgreement, Promise.resolve(world.trust) as never)],
    ['anchor', () => replayEvidence({}, { anchor: [] } as never)],
    ['anchors', () => openTrust({ anchors: [{}] as never, lists: world.trustLists })],
    ['keys', () => signRecord(fixtures.F01.record, { keys: [], signer: world.signer('CD'), at: 0 } as never)],
    ['signer', () => signRecord(fixtures.F01.record, { signer: Promise.resolve(world.signer('CD')) as never, at: 0 })],
    ['kind', () => createRecord(7 as never, {} as never)],
    ['at', () => checkRecord(fixtures.F01.record, { foreign: true } as never)],
    ['members', () => createRecord('verification-record', Promise.resolve({}) as never)],
    [
      'value',
      () =>
        checkRecord(
          new Proxy(
            {},
            {
              get: () => {
                throw new Error('a trap')
              },
            },
          ),
        ),
    ],
    ['url', () => createClient({ url: 'https://node.example' } as never)],
    ['node', () => createClient({ node: 'https://node.example' } as never)],
    ['node.uri', () => createClient({ node: { uri: 'https://node.example' } } as never)],
    ['caller.signer', () => createClient({ node: { url: 'https://node.example' }, caller: { iss: 'x', signer: {} } } as never)],
    ['timeout', () => createClient({ node: { url: 'https://node.example' }, timeout: '30' } as never)],
    ['node', () => createServer({ node: Promise.resolve({}) } as never)],
    ['store', () => createNode({ id: 'x', url: 'x', authority: 'x', name: {}, region: '50', signer: world.signer('CD') } as never)],
    ['results', () => evaluateComparison({ results: [{ code: 'A', value: 1.5, uncertainty: { standard: '1' } }], reference: {} } as never)],
    ['scoreScale', () => evaluateComparison({ results: [], reference: {}, scoreScale: '2' } as never)],
    ['notice.iat', () => signNotice({ iat: '2025-01-01' } as never, world.signer('CD'))],
    ['signer', () => signNotice({ iat: 1 } as never, {} as never)],
    ['input.statuses', () => signStatusList({ statuses: new Uint8Array(4) } as never, world.signer('CD'))],
    [
      'statement',
      () =>
        gatherEvidence(Buffer.from(statement) as never, {
          anchors: world.anchors,
          trustLists: world.trustLists,
          at: DEMONSTRATION_TIME,
          region: '50',
        }),
    ],
    ['verdict', () => assertRecognised(verify(statement, good as never) as never)],
  ]
  it.each(cases)('%s is named in an error (case %#)', async (member, call) => {
    expect((await told(async () => call()))[0]).toBe(member)
  })
})

describe('a statement', () => {
  it.each([
    ['a Buffer', () => Buffer.from(statement)],
    ['a promise', () => Promise.resolve(statement)],
    ['nothing', () => undefined],
    ['an empty array', () => []],
    ['a mixed array', () => [statement, 7]],
    ['what readStatements gives', () => ({ line: 1, signed: statement })],
  ])('that is %s is misuse in every call', async (_what, make) => {
    const given = make() as never
    expect((await told(() => verify(given, good as never)))[0]).toBe('statement')
    expect((await told(() => drain(verifyMany([statement, given], good as never))))[0]).toBe('statement')
    // Items of an async iterable are awaited one by one.
    if (Object.prototype.toString.call(given) !== '[object Promise]')
      expect((await told(() => standings([given], good as never)))[0]).toBe('statement')
  })

  it('is not split into letters by a call for many statements', async () => {
    for (const given of [statement, Buffer.from(statement), Promise.resolve([statement])]) {
      expect((await told(() => drain(verifyMany(given as never, good as never))))[0]).toBe('statements')
      expect((await told(() => standings(given as never, good as never)))[0]).toBe('statements')
    }
  })

  it('that is no signed text is still judged: its content is never misuse', async () => {
    for (const text of ['', 'x', `${statement}\n`, '\ud800']) expect((await verify(text, good as never)).outcome).toBe('not-recognised')
  })
})
