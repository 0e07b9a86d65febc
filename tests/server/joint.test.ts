// Why this exists: a log proves when a joint statement was made. A node must store each genuine statement once, even with faults, report
// the faults, and allow a body to read its own statements and those of a piece of work whose number it has.
import { readReceipt } from 'tongheng/client'
import { signStatement } from 'tongheng/envelope'
import type { AnyJointDocument } from 'tongheng/joint'
import { openJoint, roundOf, signJoint } from 'tongheng/joint'
import { signNotice } from 'tongheng/status'
import { createFakeAuthorities, jointFixtures, type OrganisationKey } from 'tongheng/testing'
import { openLogEvidence } from 'tongheng/verify'
import { beforeEach, describe, expect, it } from 'vitest'
import { entriesOf, follow, openChongqing, signMany, takeOver } from '../support/nodes/pair.js'
import { claimsOf, fakeAuthorities, NOW, openWorld, problemOf, type Sent, statementIdOf, uscc, type World } from '../support/nodes/world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})

const { protocol } = jointFixtures
const claim = (key: OrganisationKey, number = 'CAP-1') => ({
  ...jointFixtures.capability,
  holder: { uscc: uscc(key), name: '示例' },
  number,
})
const idOf = (statement: string): string => statementIdOf(statement, 'metrology-joint+jwt')
const sign = (key: OrganisationKey, document: AnyJointDocument, at = NOW): Promise<string> =>
  signJoint(document, { iss: uscc(key), signer: world.authorities.signer(key), at })
const put = (statement: string, changes: Partial<Sent> = {}): Promise<Response> => {
  const { iss, jti } = claimsOf(statement)
  return world.send({ method: 'PUT', path: `/v1/joint/${iss}/${jti}`, body: statement, ...changes })
}
const own = (number?: string): Promise<string> => sign('CD', claim('CD', number))
const listed = async (client: ReturnType<World['client']>, query: Parameters<typeof client.joint.list>[0] = {}) => {
  const found = []
  for await (const one of client.joint.list(query)) found.push(one)
  return found
}

describe('a joint statement', () => {
  it('is stored with a receipt that proves its index, and returns the same receipt when repeated', async () => {
    const statement = await own()
    const first = await put(statement)
    const receipt = await first.text()
    expect(first.status).toBe(201)
    const claims = await readReceipt(receipt, world.authorities.trust)
    expect(claims).toMatchObject({ sub: idOf(statement), aud: uscc('CD'), decision: 'accepted', reasons: [], log: { index: 0 } })
    world.clock.now += 100
    const second = await put(statement)
    expect([second.status, await second.text()]).toEqual([200, receipt])
    expect(await world.client('CD').joint.submit(statement)).toEqual({ receipt, claims, isNew: false })
    const [found, ...rest] = await listed(world.client('CD'))
    expect([found, rest]).toEqual([
      {
        statementId: idOf(statement),
        statement,
        iss: uscc('CD'),
        jti: claimsOf(statement).jti,
        decision: 'accepted',
        position: 0,
        receivedAt: NOW,
        receipt,
      },
      [],
    ])
  })

  it('can be submitted in bulk with records and notices', async () => {
    const [statement, record] = [await own(), (await signMany(world.authorities, 1))[0] as string]
    const forged = statement.replace(/.{6}$/, 'AAAAAA')
    const answers = []
    for await (const answer of world.client('CD').records.submitMany([record, statement, await sign('LZ', claim('LZ')), statement, forged]))
      answers.push(answer.problem?.code ?? ('claims' in answer ? answer.claims?.sub : ''))
    expect(answers).toEqual([statementIdOf(record), idOf(statement), 'request.not-permitted', idOf(statement), 'joint.refused'])
    expect((await entriesOf(world)).map(({ kind }) => kind).toSorted()).toEqual(['joint-directory', 'verification-record'])
  })

  it('is no record: it is not among them, nor found by its id, nor does its number occupy a certificate number', async () => {
    const [record] = await signMany(world.authorities, 1)
    const { certificateNo } = claimsOf<{ record: { certificateNo: string } }>(record as string).record
    const statement = await own(certificateNo)
    const client = world.client('CD')
    await client.joint.submit(statement)
    expect((await client.records.submit(record as string)).claims.decision).toBe('accepted')
    const found = []
    for await (const { statementId } of client.records.list({ certificateNo })) found.push(statementId)
    expect(found).toEqual([statementIdOf(record as string)])
    expect((await world.send({ path: `/v1/records/${idOf(statement)}` })).status).toBe(404)
    expect((await listed(client, { work: certificateNo })).map(({ statementId }) => statementId)).toEqual([idOf(statement)])
  })

  it('is refused with a signed reason if another key signed it, if it is malformed, or its signer is no authority', async () => {
    const [record] = await signMany(world.authorities, 1)
    const foreign = await signJoint(claim('CD'), { iss: uscc('CD'), signer: world.authorities.signer('LZ'), at: NOW })
    const byLaboratory = await signJoint(jointFixtures.assessment, { iss: uscc('CD'), signer: world.authorities.signer('CD'), at: NOW })
    for (const [statement, reason] of [
      [foreign, 'joint.signer'],
      [(await own()).replace(/.{6}$/, 'AAAAAA'), 'joint.signer'],
      [record as string, undefined],
      [byLaboratory, 'joint.not-authority'],
    ] as const) {
      const response = await put(statement)
      const { code, receipt } = await problemOf(response)
      expect([response.status, code]).toEqual([422, 'joint.refused'])
      const reasons = receipt === undefined ? [] : (await readReceipt(receipt as string, world.authorities.trust)).reasons
      expect(reasons.map((one) => one.code)).toEqual(reason === undefined ? [] : [reason])
    }
    expect(await entriesOf(world)).toEqual([])
  })

  it('is stored as rejected, with its reasons, if it is genuine and contradicts itself', async () => {
    const { iat, ...claims } = claimsOf<{ iat: number }>(await own())
    const document = { ...claim('CD'), from: '2025-06-01', until: '2025-01-01' }
    const statement = await signStatement(
      { ...claims, iat, document },
      { typ: 'metrology-joint+jwt', signer: world.authorities.signer('CD') },
    )
    const response = await put(statement)
    expect(response.status).toBe(201)
    const { decision, reasons, log } = await readReceipt(await response.text(), world.authorities.trust)
    expect([decision, log?.index]).toEqual(['rejected', 0])
    expect(reasons).toMatchObject([{ id: 'joint.statement', code: 'joint.dates-order', message: { zh: expect.any(String) } }])
    expect((await entriesOf(world)).map((one) => [one.decision, one.code])).toEqual([['rejected', 'joint.dates-order']])
  })

  it('is stored as rejected after a notice revoked it', async () => {
    const statement = await own()
    const notice = {
      iss: uscc('CD'),
      iat: NOW,
      action: 'revoke' as const,
      statements: [idOf(statement)],
      from: NOW - 60,
      reason: { zh: '误发' },
    }
    await world.client('CD').notices.submit(await signNotice(notice, world.authorities.signer('CD')))
    expect((await world.client('CD').joint.submit(statement)).claims).toMatchObject({
      decision: 'rejected',
      reasons: [{ code: 'joint.revoked' }],
    })
  })

  it('cannot take the name of another', async () => {
    const first = await own()
    await put(first)
    const { jti } = claimsOf(first)
    const other = await signJoint(claim('CD', 'CAP-2'), { iss: uscc('CD'), signer: world.authorities.signer('CD'), at: NOW, jti })
    const { code, storedStatementId } = await problemOf(await put(other))
    expect([code, storedStatementId]).toEqual(['record.conflict', idOf(first)])
    expect((await problemOf(await put(first, { path: `/v1/joint/${uscc('CD')}/01JQ0000000000000000000009` }))).code).toBe('request.name')
    expect((await problemOf(await put(first, { as: 'LZ' }))).code).toBe('request.not-permitted')
  })

  it('counts towards a daily quota of its own', async () => {
    const small = await openWorld({ limits: { dailyJoint: 1 } })
    const sent = async (statement: string) => {
      const { iss, jti } = claimsOf(statement)
      return small.send({ method: 'PUT', path: `/v1/joint/${iss}/${jti}`, body: statement })
    }
    expect((await sent(await own('A'))).status).toBe(201)
    const { status, code } = await problemOf(await sent(await own('B')))
    expect([status, code]).toEqual([429, 'request.quota'])
    expect((await small.client('CD').records.submit((await signMany(world.authorities, 1))[0] as string)).isNew).toBe(true)
  })
})

describe('a list of joint statements', () => {
  it('is by page, of the own body, or of a piece of work in any spelling of its number', async () => {
    const paged = await openWorld({ limits: { page: 2 } })
    const [cd, lz] = [paged.client('CD'), paged.client('LZ')]
    const owns = await Promise.all(['A', 'B', 'C'].map((number) => own(number)))
    for (const one of owns) await cd.joint.submit(one)
    const shared = await sign('LZ', claim('LZ', '川能（2025）1号'))
    await lz.joint.submit(shared)
    const ids = async (...of: Parameters<typeof listed>) => (await listed(...of)).map(({ statementId }) => statementId)
    expect(await ids(cd)).toEqual(owns.map(idOf))
    expect(await ids(cd, { work: '川能(2025) 1号' })).toEqual([idOf(shared)])
    expect(await ids(cd, { work: '川能(2025)2号' })).toEqual([])
    expect(await ids(paged.client('SC-AMR'))).toEqual([...owns, shared].map(idOf))
    await expect(listed(cd, { issuer: uscc('LZ') })).rejects.toMatchObject({ code: 'request.reading' })
  })
})

describe('the directory', () => {
  it('has what is for everybody, and is open to anyone; the statements of a round beyond its protocol are not in it', async () => {
    const [claimed, plan] = [await own(), await sign('SC-AMR', protocol)]
    await world.client('CD').joint.submit(claimed)
    await world.client('SC-AMR').joint.submit(plan)
    const enrolment = { kind: 'round-enrolment', version: 1, number: protocol.number, round: idOf(plan), on: '2025-06-16' } as const
    const enrolled = await sign('CD', { ...enrolment, laboratory: { uscc: uscc('CD'), name: '示例' } })
    await world.client('CD').joint.submit(enrolled)
    const ids = []
    for await (const { statementId } of world.client(undefined).joint.directory()) ids.push(statementId)
    expect(ids).toEqual([claimed, plan].map(idOf))
    expect((await listed(world.client('LZ'), { work: protocol.number })).map(({ statementId }) => statementId)).toEqual(
      [plan, enrolled].map(idOf),
    )
  })
})

describe('two nodes', () => {
  it('follow the joint statements of each other, and the receipts of both prove the order of a round', async () => {
    const authorities = await fakeAuthorities()
    const chongqing = await openChongqing({ authorities })
    const plan = await sign('SC-AMR', protocol, Date.parse('2025-03-01T12:00:00+08:00') / 1000)
    world.clock.now = chongqing.clock.now = Date.parse('2025-03-01T13:00:00+08:00') / 1000
    await world.client('SC-AMR').joint.submit(plan)
    const enrolment = {
      kind: 'round-enrolment',
      version: 1,
      number: protocol.number,
      round: idOf(plan),
      laboratory: { uscc: uscc('YB'), name: '示例' },
      on: '2025-03-01',
    } as const
    await chongqing.client('YB').joint.submit(await sign('YB', enrolment, world.clock.now))
    for (const [receiver, sender] of [
      [world, chongqing],
      [chongqing, world],
    ] as const)
      expect((await follow(receiver, sender)).filter(({ kind }) => kind === 'failed')).toEqual([])
    const of = async (node: World) => listed(node.client('CD'), { work: protocol.number })
    const [here, there] = [await of(world), await of(chongqing)]
    expect(there.map(({ statementId }) => statementId).toSorted()).toEqual(here.map(({ statementId }) => statementId).toSorted())
    expect(here.map(({ receipt }) => receipt !== undefined)).toEqual([true, false])
    const log = await openLogEvidence(
      [...here, ...there].flatMap(({ receipt }) => receipt ?? []),
      authorities.trust,
    )
    const at = '2025-03-05T12:00:00+08:00'
    const joint = await openJoint(
      here.map(({ statement }) => statement),
      { trust: authorities.trust, at, log },
    )
    const round = roundOf(joint, { round: idOf(plan), at })
    expect(round.laboratories.find((one) => one.uscc === uscc('YB'))?.state).toBe('enrolled')
    expect(round.findings).toEqual([])
  })

  it('skip a joint statement whose signer is on no list here', async () => {
    const others = await createFakeAuthorities({ witnessKeys: true })
    const stray = await signJoint(claim('CD'), { iss: uscc('CD'), signer: others.signer('CD'), at: NOW })
    const [stored] = await takeOver(world, [stray])
    expect(stored).toMatchObject({ code: 'joint.signer' })
    expect(await entriesOf(world)).toEqual([])
  })
})
