// Why this exists: both sides later rely on what a node stores, rejects and signs.
import { readReceipt } from 'tongheng/client'
import { coSign, createSigner, generateKey, signStatement } from 'tongheng/envelope'
import type { VerificationRecord } from 'tongheng/records'
import { createMemoryStore } from 'tongheng/stores/memory'
import { faultyRecords, fixtures, negatives, publications, send, sendOnTheWay } from 'tongheng/testing'
import { type EntityKey, openTrust } from 'tongheng/trust'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  claimsOf,
  NOW,
  nonce,
  openWorld,
  problemOf,
  recordPath,
  reissue,
  statementIdOf,
  taximeter,
  uscc,
  type World,
} from '../support/nodes/world.js'

let world: World

beforeEach(async () => {
  world = await openWorld()
})

const put = (statement: string, as: Parameters<World['client']>[0] = 'CD', path = recordPath(statement)) =>
  world.send({ method: 'PUT', path, body: statement, ...(as && { as }) })

const everything = async () => (await world.store.listEntries({}, { from: 0, limit: 500 })).items

/** Signs a well-formed statement with any payload. */
const signAnything = (payload: object): Promise<string> =>
  signStatement(payload, { typ: 'metrology-record+jwt', signer: world.authorities.signer('CD') })

describe('a submitted record', () => {
  it('is stored and answered with 201 and a signed receipt, and again with 200 and the same bytes', async () => {
    const statement = await send(world.authorities, fixtures.F01)
    const first = await put(statement)
    expect(first.status).toBe(201)
    expect(first.headers.get('content-type')).toBe('application/jose')
    expect(first.headers.get('cache-control')).toBe('no-store')
    const receipt = await first.text()
    const claims = await readReceipt(receipt, world.authorities.trust)
    expect(claims).toMatchObject({ decision: 'accepted', sub: statementIdOf(statement), aud: uscc('CD'), iss: uscc('SC-AMR') })
    expect(claims.reliedOn).toMatchObject({ trustLists: [{ id: uscc('SC-AMR'), version: 1 }] })

    for (let n = 0; n < 3; n++) {
      world.clock.now += 1
      const again = await put(statement)
      expect(again.status).toBe(200)
      expect(await again.text()).toBe(receipt)
    }
    expect(await everything()).toHaveLength(1)
  })

  it('is answered once with 201 and otherwise with 200 if many copies arrive at once, always with one receipt', async () => {
    const statement = await send(world.authorities, fixtures.F01)
    const responses = await Promise.all(Array.from({ length: 12 }, () => put(statement)))
    expect(responses.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 11 }, () => 200), 201])
    expect(new Set(await Promise.all(responses.map((response) => response.text()))).size).toBe(1)
    expect(await everything()).toHaveLength(1)
  })

  it('is the same statement under a second signature: it returns the first receipt and the first text', async () => {
    const statement = await send(world.authorities, fixtures.F01)
    const resigned = await coSign(statement, { typ: 'metrology-record+jwt', signer: world.authorities.signer('CD') })
    expect(resigned).not.toBe(statement)
    const receipt = await (await put(statement)).text()
    const again = await put(resigned)
    expect(again.status).toBe(200)
    expect(await again.text()).toBe(receipt)
    expect((await everything()).map((record) => record.statement)).toEqual([statement])
  })

  it('is rejected with 409 and the stored id if its name has another content', async () => {
    const jti = '01JQ0000000000000000000001'
    const first = await world.authorities.sign('CD', taximeter('川检-一'), { jti })
    const second = await world.authorities.sign('CD', taximeter('川检-二'), { jti })
    const receipt = await (await put(first)).text()
    const response = await put(second)
    expect(response.status).toBe(409)
    expect(await problemOf(response)).toMatchObject({ code: 'record.conflict', storedStatementId: statementIdOf(first) })
    expect((await everything()).map(({ statementId }) => statementId)).toEqual([statementIdOf(first)])
    expect(await (await put(first)).text()).toBe(receipt)
  })

  it('that is genuine and does not conform is stored as evidence, rejected with reasons', async () => {
    const conforming = faultyRecords.filter(({ id, onTheWay }) => onTheWay === undefined && id !== 'N11')
    for (const fixture of conforming) {
      const statement = await send(world.authorities, fixture)
      const response = await put(statement, fixture.signer)
      expect(response.status, fixture.id).toBe(201)
      const claims = await readReceipt(await response.text(), world.authorities.trust)
      const stored = await world.store.getEntry(statementIdOf(statement))
      expect(stored?.decision, fixture.id).toBe(claims.decision)
      expect(stored?.code, fixture.id).toBe(fixture.code)
      if (claims.decision === 'rejected') expect(claims.reasons.map(({ code }) => code)).toContain(fixture.code)
    }
    const kept = await everything()
    expect(kept).toHaveLength(conforming.length)
    expect(kept.filter(({ decision }) => decision === 'rejected').length).toBeGreaterThan(8)
  })

  it('gets a receipt with the path of each fault, in both languages', async () => {
    const fixture = faultyRecords.find(({ id }) => id === 'N22')
    if (fixture === undefined) throw new Error('N22 is gone')
    const { claims } = await world.client('CD').records.submit(await send(world.authorities, fixture))
    expect(claims.decision).toBe('rejected')
    const [reason] = claims.reasons.filter(({ status }) => status === 'fail')
    expect(reason).toMatchObject({ code: 'verdict.outside-limits', group: 'conformance' })
    expect(reason?.path).toMatch(/^\/record\/results\/0\//)
    expect(reason?.message.zh).toMatch(/[一-鿿]/)
    expect(reason?.message.en).toMatch(/[a-z]{4}/)
  })

  it('that expired or is not covered by the agreement is accepted, because recognition is decided by the other side', async () => {
    const expired = negatives.find(({ id }) => id === 'N01')
    if (expired === undefined) throw new Error('N01 is gone')
    const statement = await send(world.authorities, expired)
    const { claims } = await world.client('LZ').records.submit(statement)
    // Its tables state no requirements, which is reported as a warning.
    expect([claims.decision, [...new Set(claims.reasons.map(({ code }) => code))]]).toEqual(['accepted', ['verdict.no-limits']])
    expect(await world.store.getEntry(statementIdOf(statement))).toMatchObject({ outcome: 'not-recognised', code: 'validity.expired' })
  })

  it('that is indeterminate is stored as pending, with the missing fact', async () => {
    const statement = await signAnything({
      iss: uscc('CD'),
      jti: '01JQ0000000000000000000002',
      iat: NOW - 3600,
      status: { status_list: { idx: 7, uri: 'https://status.example/1' } },
      record: taximeter('川检-待定'),
    })
    const { claims, isNew } = await world.client('CD').records.submit(statement)
    expect(isNew).toBe(true)
    expect(claims.decision).toBe('pending')
    expect(claims.reasons).toMatchObject([{ code: 'status.not-supplied', status: 'skip', blockedBy: 'fact:status-list' }])
    expect(await world.store.getEntry(statementIdOf(statement))).toMatchObject({ decision: 'pending', outcome: 'indeterminate' })
  })

  it('that is not genuine is not stored, and answered with 422, all checks and a signed rejection', async () => {
    for (const fixture of [...negatives, ...faultyRecords].filter(({ onTheWay }) => onTheWay !== undefined)) {
      const statement = await sendOnTheWay(world.authorities, fixture)
      const response = await put(statement, fixture.signer)
      expect(response.status, fixture.id).toBe(422)
      const problem = await problemOf(response)
      expect(problem.code).toBe('record.refused')
      expect(problem.checks?.map(({ code }) => code)).toContain(fixture.code)
      const claims = await readReceipt(problem.receipt ?? '', world.authorities.trust)
      expect(claims).toMatchObject({ decision: 'rejected', aud: uscc('CD'), sub: statementIdOf(statement) })
      expect(claims.reasons.map(({ code }) => code)).toContain(fixture.code)
    }
    expect(await everything()).toEqual([])
  })

  it('by an unlisted key is rejected, even if it names a listed issuer', async () => {
    const stranger = await createSigner((await generateKey('ES256')).privateJwk)
    const statement = await world.authorities
      .sign('CD', taximeter('川检-陌生'))
      .then((text) => coSign(text, { typ: 'metrology-record+jwt', signer: stranger }))
    const problem = await problemOf(await put(statement))
    expect(problem).toMatchObject({ status: 422, code: 'record.refused' })
    expect(problem.checks?.map(({ code }) => code)).toContain('key.unknown')
    expect(await everything()).toEqual([])
  })

  it('of an unknown kind or a malformed shape is rejected, even if genuine, because it could not be found', async () => {
    const base = { iss: uscc('CD'), iat: NOW - 60 }
    const { certificateNo: _, ...withoutNumber } = taximeter('x')
    const cases = [
      { jti: '01JQ0000000000000000000004', record: withoutNumber },
      { jti: '01JQ0000000000000000000005', record: null },
      { jti: '01JQ0000000000000000000006', record: { ...taximeter('y'), results: 'none' } },
    ]
    for (const one of cases) {
      const statement = await signAnything({ ...base, ...one })
      const problem = await problemOf(await put(statement))
      expect(problem, one.jti).toMatchObject({ status: 422, code: 'record.refused' })
      expect(problem.checks?.some(({ status }) => status === 'fail')).toBe(true)
      expect(await readReceipt(problem.receipt ?? '', world.authorities.trust)).toMatchObject({ decision: 'rejected' })
    }
    expect(await everything()).toEqual([])
  })

  it('of a kind that a later release may know is pending, and not stored', async () => {
    const record = { kind: 'poem', version: 1 }
    const statement = await signAnything({ iss: uscc('CD'), jti: '01JQ0000000000000000000003', iat: NOW - 60, record })
    const problem = await problemOf(await put(statement))
    expect(problem).toMatchObject({ status: 422, code: 'record.refused', checks: [{ blockedBy: 'fact:kind' }] })
    expect(await readReceipt(problem.receipt ?? '', world.authorities.trust)).toMatchObject({ decision: 'pending' })
    expect(await everything()).toEqual([])
  })

  it('that is not a statement at all is answered with reasons and a receipt without an id', async () => {
    for (const [text, code] of [
      ['', 'format.segments'],
      ['hello', 'format.segments'],
      ['a.b', 'format.segments'],
      ['{"payload":"","signatures":[]}', 'format.segments'],
      [`\u00ff${await send(world.authorities, fixtures.F01)}`, 'format.alphabet'],
    ] as const) {
      const response = await world.send({ method: 'PUT', path: `/v1/records/${uscc('CD')}/01JQ0000000000000000000000`, body: text })
      const problem = await problemOf(response)
      expect([problem.status, problem.code], JSON.stringify(text)).toEqual([422, 'record.refused'])
      expect(problem.checks?.filter(({ status }) => status === 'fail').map((check) => check.code)).toEqual([code])
      expect(await readReceipt(problem.receipt ?? '', world.authorities.trust)).toMatchObject({ decision: 'rejected', sub: '' })
    }
    expect(await everything()).toEqual([])
  })

  it('can be a saved file; one with several statements is rejected', async () => {
    const [statement, other] = [await send(world.authorities, fixtures.F01), await send(world.authorities, fixtures.F06)]
    const path = recordPath(statement)
    expect((await world.send({ method: 'PUT', path, body: `${statement}\r\n${other}\n` })).status).toBe(400)
    expect(await everything()).toEqual([])
    for (const [body, status] of [
      [`\ufeff${statement}\r\n`, 201],
      [`${statement}\n`, 200],
      [statement, 200],
    ] as const)
      expect((await world.send({ method: 'PUT', path, body })).status).toBe(status)
    expect(await everything()).toHaveLength(1)
  })

  it('under an expired list is pending, and not stored, because a current list is missing', async () => {
    const statement = await send(world.authorities, fixtures.F01)
    world.clock.now = NOW + 40 * 86_400
    const problem = await problemOf(await put(statement))
    expect(problem.checks).toMatchObject([{ code: 'trust-list.expired', blockedBy: 'fact:trust-list' }])
    expect(await readReceipt(problem.receipt ?? '', world.authorities.trust)).toMatchObject({ decision: 'pending' })
    expect(await everything()).toEqual([])
  })
})

describe('the permission to submit', () => {
  it('belongs to the issuer, and to the authority of the node for what it received by other means', async () => {
    const statement = await send(world.authorities, fixtures.F01)
    const forwarded = await put(statement, 'SC-AMR')
    expect(forwarded.status).toBe(201)
    expect(await readReceipt(await forwarded.text(), world.authorities.trust)).toMatchObject({ aud: uscc('SC-AMR') })
    expect((await put(statement, 'CD')).status).toBe(200)
  })

  it('belongs to nobody else: not to another institute, and not to the other authority', async () => {
    const statement = await send(world.authorities, fixtures.F01)
    for (const other of ['LZ', 'SC-INST', 'YB', 'CQ-AMR'] as const) {
      const problem = await problemOf(await put(statement, other))
      expect([problem.status, problem.code], other).toEqual([403, 'request.not-permitted'])
    }
    expect(await everything()).toEqual([])
  })

  it('does not depend on the URL only: a caller cannot submit another’s record under its own name', async () => {
    const statement = await send(world.authorities, fixtures.F01)
    const { jti } = claimsOf(statement)
    const problem = await problemOf(await put(statement, 'LZ', `/v1/records/${uscc('LZ')}/${jti}`))
    expect([problem.status, problem.code]).toEqual([400, 'request.name'])
    expect(await everything()).toEqual([])
  })
})

describe('the name in the URL', () => {
  it('must be that of the statement', async () => {
    const statement = await send(world.authorities, fixtures.F01)
    const { iss, jti } = claimsOf(statement)
    const otherJti = jti.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    const problem = await problemOf(await put(statement, 'CD', `/v1/records/${iss}/${otherJti}`))
    expect([problem.status, problem.code]).toEqual([400, 'request.name'])
    expect(problem.text.en).toContain(`${iss}/${jti}`)
    expect(await everything()).toEqual([])
  })

  it('must be well-formed', async () => {
    const statement = await send(world.authorities, fixtures.F01)
    const { iss, jti } = claimsOf(statement)
    for (const path of [
      `/v1/records/${iss}/${jti.toLowerCase()}`,
      `/v1/records/${iss}/8${jti.slice(1)}`,
      `/v1/records/${iss}/${jti}0`,
      `/v1/records/${iss.toLowerCase()}/${jti}`,
      `/v1/records/x/${jti}`,
      `/v1/records/${iss}/%2e%2e%2f`,
    ]) {
      const problem = await problemOf(await put(statement, 'CD', path))
      expect([problem.status, problem.code], path).toEqual([400, 'query.invalid'])
    }
    expect(await everything()).toEqual([])
  })
})

describe('the receipt', () => {
  it('contains the id of the request that submitted the statement, and the sender', async () => {
    const statement = await send(world.authorities, fixtures.F01)
    const jti = nonce()
    const response = await world.send({ method: 'PUT', path: recordPath(statement), body: statement, claims: { jti } })
    expect(await readReceipt(await response.text(), world.authorities.trust)).toMatchObject({ req: jti, aud: uscc('CD'), iat: NOW })
  })

  it('is rejected if signed by a stranger or an institute, under another name, or altered', async () => {
    const { receipt } = await world.client('CD').records.submit(await send(world.authorities, fixtures.F01))
    const claims = await readReceipt(receipt, world.authorities.trust)
    const typ = 'metrology-receipt+jwt'
    const stranger = await createSigner((await generateKey('ES256')).privateJwk)
    const [header, , signature] = receipt.split('.')
    const altered = Buffer.from(JSON.stringify({ ...claims, decision: 'rejected' })).toString('base64url')
    const forged = {
      stranger: await signStatement(claims, { typ, signer: stranger }),
      institute: await signStatement(claims, { typ, signer: world.authorities.signer('CD') }),
      'in another name': await signStatement({ ...claims, iss: uscc('CQ-AMR') }, { typ, signer: world.authorities.signer('SC-AMR') }),
      altered: `${header}.${altered}.${signature}`,
    }
    for (const [how, text] of Object.entries(forged)) {
      await expect(readReceipt(text, world.authorities.trust), how).rejects.toMatchObject({ code: 'receipt.invalid' })
    }
  })

  it('is rejected from a key that was revoked before, or compromised, or is outside its validity', async () => {
    const { receipt } = await world.client('CD').records.submit(await send(world.authorities, fixtures.F01))
    const trustWith = async (change: Partial<EntityKey>) => {
      const material = await reissue(world.authorities, 'SC-AMR', (payload) => ({
        ...payload,
        entities: payload.entities.map((entity) =>
          entity.uscc === uscc('SC-AMR') ? { ...entity, keys: entity.keys.map((key) => ({ ...key, ...change })) } : entity,
        ),
      }))
      return openTrust({ anchors: material.anchors, lists: material.trustLists })
    }
    const revoked = (at: number, retroactive: boolean) => ({ revoked: { at, reason: 'lost', retroactive } })
    for (const change of [
      { notBefore: NOW + 1 },
      { notAfter: NOW - 1 },
      revoked(NOW, false),
      revoked(NOW - 1, false),
      revoked(NOW + 500, true),
    ]) {
      await expect(readReceipt(receipt, await trustWith(change)), JSON.stringify(change)).rejects.toMatchObject({ code: 'receipt.invalid' })
    }
    for (const change of [{ notBefore: NOW }, { notAfter: NOW }, revoked(NOW + 1, false)]) {
      expect((await readReceipt(receipt, await trustWith(change))).decision, JSON.stringify(change)).toBe('accepted')
    }
  })

  it('is a receipt only: other statements and other texts are rejected', async () => {
    const record = await send(world.authorities, fixtures.F01)
    const noClaims = await signStatement(
      { iss: uscc('SC-AMR') },
      { typ: 'metrology-receipt+jwt', signer: world.authorities.signer('SC-AMR') },
    )
    for (const text of ['', 'hello', '<html></html>', record, `${record}\n`, noClaims]) {
      await expect(readReceipt(text, world.authorities.trust), text.slice(0, 20)).rejects.toMatchObject({ code: 'receipt.invalid' })
      await expect(readReceipt(text), text.slice(0, 20)).rejects.toMatchObject({ code: 'receipt.invalid' })
    }
  })
})

describe('a submitted specification', () => {
  it('takes effect at once: a record that depends on it is verified again', async () => {
    const chongqing = await openWorld({
      node: {
        id: 'tongheng-50',
        url: 'https://node-50.example',
        authority: uscc('CQ-AMR'),
        region: '50',
        signer: world.authorities.signer('CQ-AMR'),
      },
    })
    const calibration = await send(world.authorities, fixtures.F13)
    const asked = async () => (await chongqing.node.judge(calibration, { region: '51' })).outcome
    expect(await asked()).toBe('indeterminate')
    await chongqing.client('CQ-AMR').records.submit(await send(world.authorities, fixtures.F10))
    expect(await asked()).toBe('not-recognised')
    const [adoption] = publications.filter(({ id }) => id === 'P01')
    await chongqing.client('SC-AMR').records.submit(await send(world.authorities, adoption as (typeof publications)[number]))
    expect(await asked()).toBe('recognised')
  })

  it('is published for everyone, unlike any other record', async () => {
    await world.client('SC-AMR').records.submit(await send(world.authorities, fixtures.F11))
    for (const fixture of publications.filter(({ signer }) => signer === 'SC-AMR')) {
      await world.client('SC-AMR').records.submit(await send(world.authorities, fixture))
    }
    await world.client('CD').records.submit(await send(world.authorities, fixtures.F01))
    const found = []
    for await (const { kind, iss } of world.client(undefined).specifications.list()) found.push([kind, iss])
    expect(found).toEqual(Array.from({ length: 3 }, () => ['technical-specification', uscc('SC-AMR')]))
  })
})

describe('a store fault', () => {
  it('is temporary: a failed read is repeated', async () => {
    const memory = createMemoryStore()
    const store = { ...memory }
    const troubled = await openWorld({ store })
    let failures = 1
    store.listEntries = async (...args) => {
      if (failures-- > 0) throw new Error('disk I/O error')
      return memory.listEntries(...args)
    }
    // Writes of another process are detected.
    troubled.clock.now += 10
    const statement = await send(troubled.authorities, fixtures.F01)
    expect((await troubled.send({ method: 'POST', path: '/v1/verify', body: statement, as: null })).status).toBe(500)
    expect((await troubled.send({ method: 'POST', path: '/v1/verify', body: statement, as: null })).status).toBe(200)
  })

  it('stores nothing and issues no receipt if the record could not be written', async () => {
    const memory = createMemoryStore()
    const store = { ...memory }
    const troubled = await openWorld({ store })
    store.sequence = async () => Promise.reject(new Error('disk full'))
    const statement = await send(troubled.authorities, fixtures.F01)
    const response = await troubled.send({ method: 'PUT', path: recordPath(statement), body: statement })
    expect(response.status).toBe(500)
    expect(await problemOf(response)).not.toHaveProperty('receipt')
  })
})

describe('records of a body that is listed in the other province', () => {
  it('have the province of their issuer, not that of the node', async () => {
    const record: VerificationRecord = fixtures.F05.record as VerificationRecord
    const statement = await world.authorities.sign('CQ-INST', record)
    await world.client('CQ-INST').records.submit(statement)
    expect((await world.store.getEntry(statementIdOf(statement)))?.search.region).toBe('50')
  })
})
