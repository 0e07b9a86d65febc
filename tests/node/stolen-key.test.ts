// Why this exists: a thief with a revoked key submits back-dated statements to a node. Statements that the node stored before, or that a
// peer's receipt proves older, remain valid; all others are undecided, in every call.
import { signStatement } from 'tongheng/envelope'
import { createFakeAuthorities, type FakeAuthorities } from 'tongheng/testing'
import type { TrustListPayload } from 'tongheng/trust'
import { decidingCheck } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { entriesOf, follow, nextList, openChongqing } from '../support/nodes/pair.js'
import { NOW, openWorld, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

const HOUR = 3600
const REVOKED = NOW + 2 * HOUR
let authorities: FakeAuthorities
let sichuan: World
let genuine: string
let forged: string
let replaced: string
let list: readonly string[]

/** The thief signs after the revocation, with a date before it. */
function backdated(no: string, plate: string): Promise<string> {
  const { instrument } = taximeter(no)
  const mobile = { ...instrument.mobile, plate } as typeof instrument.mobile
  return authorities.sign('CD', taximeter(no, { instrument: { ...instrument, serialNumber: no, mobile } }), { at: NOW - HOUR })
}
const submit = (world: World, statement: string) => world.node.submit({ statement, sender: uscc('CD'), requestId: 'r' })
const codeOf = async (world: World, statement: string): Promise<string> => decidingCheck(await world.node.judge(statement)).code
const at = (world: World, now: number): World => {
  world.clock.now = now
  return world
}

beforeAll(async () => {
  authorities = await createFakeAuthorities({ witnessKeys: true })
  const [first] = authorities.trust.lists as unknown as [{ payload: TrustListPayload; statementId: string }]
  const entity = first.payload.entities.findIndex((one) => one.uscc === uscc('CD'))
  const revoked = { at: REVOKED, reason: '私钥泄露', retroactive: false }
  list = (await nextList(first, authorities.rootSigners('SC-AMR'), ['/iat', REVOKED], [`/entities/${entity}/keys/0/revoked`, revoked]))
    .signed
  sichuan = await openWorld({ authorities })
  genuine = await backdated('真-1', '川A·DT1234')
  expect((await submit(sichuan, genuine)).decision).toBe('accepted')
  replaced = await backdated('旧-1', '川A·DT5678')
  const { instrument } = taximeter('旧-1')
  const mobile = { ...instrument.mobile, plate: '川A·DT5678' } as typeof instrument.mobile
  const replacing = taximeter('旧-1G', { instrument: { ...instrument, serialNumber: '旧-1', mobile } })
  for (const one of [replaced, await authorities.sign('CD', replacing, { at: NOW - HOUR + 60, supersedes: statementIdOf(replaced) })])
    expect((await submit(sichuan, one)).decision).toBe('accepted')
  at(sichuan, REVOKED + HOUR)
  expect(await sichuan.node.learn({ trustLists: [list] })).toEqual([])
  forged = await backdated('伪-1', '川A·DT4321')
})

describe('a node, after the revocation of a key', () => {
  it('stores a record that it first receives afterwards as pending', async () => {
    const { decision, verdict } = await submit(sichuan, forged)
    expect([decision, decidingCheck(verdict).code]).toEqual(['pending', 'key.revoked-unproven'])
    // Its own receipt of the current time does not prove it older.
    expect(await codeOf(sichuan, forged)).toBe('key.revoked-unproven')
  })

  it('does not change its decision on a record that it stored before', async () => {
    expect(await codeOf(sichuan, genuine)).toBe('clause.domestic')
    const standings = await Promise.all(['真-1', '伪-1'].map(async (serial) => (await sichuan.node.standings({ serial })).items))
    const codes = standings.map(([standing]) => standing?.code)
    expect(codes[0]).toBe('standing.valid')
    expect(codes[1]).not.toBe('standing.valid')
  })

  it('says of a replaced record, which it saw before, that it is superseded: not that its time is unproved', async () => {
    expect(await codeOf(sichuan, replaced)).toBe('status.superseded')
    const { checks } = await sichuan.node.judge(replaced)
    expect(checks.find(({ id }) => id === 'key.interval')?.status).toBe('pass')
  })

  it('returns the same verdicts on both over HTTP', async () => {
    const [one, other] = await Promise.all([genuine, forged].map((statement) => sichuan.client('SC-AMR').verify(statement)))
    expect([one?.checks, other?.checks].map((checks) => checks?.find(({ id }) => id === 'key.interval')?.status)).toEqual(['pass', 'skip'])
  })
})

describe('a peer that was offline during the revocation', () => {
  it('accepts the other node’s receipt for older records, and leaves records with a later receipt undecided', async () => {
    const chongqing = at(await openChongqing({ authorities }), REVOKED + 2 * HOUR)
    await follow(chongqing, sichuan)
    const entries = await entriesOf(chongqing)
    const nameOf = (statement: string): string =>
      statement === genuine ? 'genuine' : statement === forged ? 'forged' : 'replaced or replacing'
    expect(entries.map(({ statement, decision }) => [nameOf(statement), decision])).toEqual([
      ['genuine', 'accepted'],
      ['replaced or replacing', 'accepted'],
      ['replaced or replacing', 'accepted'],
      ['forged', 'pending'],
    ])
    // The same later: the node has stored the moment that the receipt proved.
    expect([await codeOf(chongqing, genuine), await codeOf(chongqing, forged)]).toEqual(['agreement.clause', 'key.revoked-unproven'])
    expect((await chongqing.node.standings({ serial: '真-1' })).items.map(({ code }) => code)).toEqual(['standing.valid'])
  })

  it('accepts only receipts by that node, for that record, from before the revocation', async () => {
    const receipts: Record<string, (id: string) => Promise<string | undefined>> = {
      none: async () => undefined,
      'of another record': async () => (await submit(sichuan, genuine)).receipt,
      'dated back by a thief': async (sub) =>
        signStatement(
          { iss: uscc('SC-AMR'), aud: uscc('CD'), sub, iat: NOW, req: 'r', decision: 'accepted', reasons: [], reliedOn: {} },
          { typ: 'metrology-receipt+jwt', signer: authorities.signer('CD') },
        ),
      'a text': async () => 'hello',
    }
    for (const [how, receipt] of Object.entries(receipts)) {
      // It has no log, because the witness already has the checkpoint of the previous test.
      const chongqing = at(await openChongqing({ authorities, node: { log: undefined } }), REVOKED + 2 * HOUR)
      await chongqing.node.learn({ trustLists: [list] })
      const client = sichuan.client('CQ-AMR')
      const answering = {
        ...client,
        records: { ...client.records, get: async (id: string) => ({ ...(await client.records.get(id)), receipt: await receipt(id) }) },
      } as typeof client
      await follow(chongqing, sichuan, { client: answering })
      const found = (await entriesOf(chongqing)).find(({ statement }) => statement === forged)
      expect([how, found?.decision]).toEqual([how, 'pending'])
    }
  })
})
