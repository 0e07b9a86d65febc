// Why this exists: number plates are personal data; one table states who may read what, and only this test proves that every call
// obeys it.
import { createSigner, generateKey, signStatement } from 'tongheng/envelope'
import { admitReader, listReaders, revokeReader, type Store } from 'tongheng/node'
import { ACCESS, ROLES } from 'tongheng/server'
import { auditLog } from 'tongheng/sync'
import { fixtures, send } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../../src/contract/contract.js'
import { writeOpenApi } from '../../src/server/openapi.js'
import {
  claimsOf,
  NOW,
  openWorld,
  problemOf,
  recordPath,
  reissue,
  type Sent,
  statementIdOf,
  taximeter,
  uscc,
  type World,
} from '../support/nodes/world.js'

type Key = Awaited<ReturnType<typeof generateKey>>

let world: World
let own: string
let other: string
const keys = new Map<string, Key>()

/** Options for changes to the register. */
const register = (of: World, now = NOW) => ({
  store: of.store,
  trust: of.node.trust,
  authority: uscc('SC-AMR'),
  now,
  signer: of.authorities.signer('SC-AMR'),
})

async function reader(name: string, role: 'inspector' | 'clerk', body: string, days?: number, now = NOW): Promise<void> {
  const key = await generateKey('ES256')
  keys.set(name, key)
  await admitReader(register(world, now), { key: key.publicJwk, name, role, body, ...(days !== undefined && { days }) })
}

beforeAll(async () => {
  world = await openWorld()
  const { authorities, node } = world
  own = await authorities.sign('CD', taximeter('川检-甲'))
  other = await send(authorities, fixtures.F02)
  await node.submit({ statement: own, sender: uscc('CD'), requestId: 'r' })
  expect((await node.submit({ statement: other, sender: claimsOf(other).iss, requestId: 'r' })).isNew).toBe(true)
  await reader('inspector', 'inspector', uscc('SC-AMR'))
  await reader('clerk', 'clerk', uscc('CD'))
  await reader('expired', 'inspector', uscc('SC-AMR'), 1, NOW - 86_401)
  await reader('revoked', 'inspector', uscc('SC-AMR'))
  await revokeReader(register(world), keys.get('revoked')?.kid ?? '')
  keys.set('stranger', await generateKey('ES256'))
  // The first request loads the register.
  world.clock.now = NOW
})

const CALLERS = ['stranger', 'institute', 'authority', 'peer', 'inspector', 'clerk', 'expired', 'revoked'] as const
type Caller = (typeof CALLERS)[number]

async function as(caller: Caller, sent: Omit<Sent, 'as' | 'signer'>): Promise<Response> {
  const listed = { institute: 'CD', authority: 'SC-AMR', peer: 'CQ-AMR' } as const
  if (caller in listed) return world.send({ ...sent, as: listed[caller as keyof typeof listed] })
  const iss = caller === 'clerk' ? uscc('CD') : uscc('SC-AMR')
  return world.send({ ...sent, signer: await createSigner((keys.get(caller) as Key).privateJwk), claims: { ...sent.claims, iss } })
}

/** By call: the request, and the roles that get an answer (2xx), are rejected (403), or are unknown (401). */
const get = (path: string) => (): Omit<Sent, 'as' | 'signer'> => ({ path })
const put = (statement: () => string) => (): Omit<Sent, 'as' | 'signer'> => ({
  method: 'PUT',
  path: recordPath(statement()),
  body: statement(),
})
const query = (values: Record<string, string>): string => new URLSearchParams(values).toString()
const otherNumber = (): string => (fixtures.F02.record as { certificateNo: string }).certificateNo
const otherSerial = (): string => (fixtures.F02.record as { instrument: { serialNumber: string } }).instrument.serialNumber

type Row = readonly [name: keyof typeof ACCESS, what: string, ask: () => Omit<Sent, 'as' | 'signer'>, allowed: readonly Caller[]]
const LISTED: readonly Caller[] = ['institute', 'authority', 'peer']
const ALL: readonly Caller[] = ['authority', 'peer', 'inspector']
const EVERY: readonly Caller[] = ['institute', 'authority', 'peer', 'inspector', 'clerk']
const rows: readonly Row[] = [
  ['submitRecord', 'own', put(() => own), ['institute', 'authority']],
  [
    'submitRecords',
    'own',
    () => ({ method: 'POST', path: '/v1/records', body: `${own}\n`, headers: { 'content-type': 'application/jose+ndjson' } }),
    LISTED,
  ],
  [
    'submitNotice',
    'a record in the place of a notice',
    () => ({ method: 'PUT', path: recordPath(own).replace('records', 'notices'), body: own }),
    [],
  ],
  [
    'submitJoint',
    'a record in the place of a joint statement',
    () => ({ method: 'PUT', path: recordPath(own).replace('records', 'joint'), body: own }),
    [],
  ],
  [
    'putStatusList',
    'own',
    () => ({
      method: 'PUT',
      path: `/v1/status-lists/${uscc('CD')}/a`,
      body: own,
      headers: { 'content-type': 'application/statuslist+jwt' },
    }),
    [],
  ],
  ['getRecord', 'own', () => ({ path: `/v1/records/${statementIdOf(own)}` }), EVERY],
  ['getRecord', "another's", () => ({ path: `/v1/records/${statementIdOf(other)}` }), ALL],
  ['listRecords', 'all', get('/v1/records'), EVERY],
  ['listRecords', 'own by name', () => ({ path: `/v1/records?issuer=${uscc('CD')}` }), EVERY],
  ['listRecords', "another's", () => ({ path: `/v1/records?issuer=${claimsOf(other).iss}` }), ALL],
  ['listRecords', "another's by certificate number", () => ({ path: `/v1/records?${query({ certificateNo: otherNumber() })}` }), EVERY],
  [
    'listRecords',
    "another's by serial number",
    () => ({ path: `/v1/records?${query({ serial: otherSerial(), issuer: claimsOf(other).iss })}` }),
    EVERY,
  ],
  [
    'listRecords',
    "another's by a placeholder",
    () => ({ path: `/v1/records?${query({ serial: '000000', issuer: claimsOf(other).iss })}` }),
    ALL,
  ],
  ['listRecords', 'what is published for everyone', get('/v1/records?kind=technical-specification'), EVERY],
  ['listStandings', 'by serial number', () => ({ path: `/v1/standings?${query({ serial: otherSerial() })}` }), EVERY],
  ['listStandings', 'by plate', () => ({ path: `/v1/standings?${query({ plate: '川A·T0001' })}` }), EVERY],
  ['listJoint', 'all', get('/v1/joint'), EVERY],
  ['listJoint', "another's", () => ({ path: `/v1/joint?issuer=${claimsOf(other).iss}` }), ALL],
  ['listJoint', "another's by the number of a piece of work", () => ({ path: `/v1/joint?${query({ work: 'CY-2025-03' })}` }), EVERY],
  ['getEntries', 'the log', get('/v1/log/entries/0?width=2'), ALL],
  ['getCaller', 'itself', get('/v1/caller'), EVERY],
]

describe('access', () => {
  it('has a row for every signed call, a column for every role, and a test for every row', () => {
    const signed = Object.entries(contract).flatMap(([name, { access }]) => (access === 'signed' ? [name] : []))
    expect(Object.keys(ACCESS).sort()).toEqual(signed.sort())
    for (const row of Object.values(ACCESS)) expect(Object.keys(row)).toEqual([...ROLES])
    expect(new Set(rows.map(([name]) => name))).toEqual(new Set(Object.keys(ACCESS)))
  })

  for (const [name, what, ask, allowed] of rows)
    it.each(CALLERS)(`${name}, ${what}: %s`, async (caller) => {
      const response = await as(caller, ask())
      if (['stranger', 'expired', 'revoked'].includes(caller)) {
        expect([response.status, (await problemOf(response)).code]).toEqual([401, 'request.key'])
      } else if (allowed.includes(caller)) expect(response.status).toBeLessThan(300)
      else if (['inspector', 'clerk'].includes(caller) || !['submitNotice', 'submitJoint', 'putStatusList'].includes(name)) {
        const problem = await problemOf(response)
        expect([response.status, problem.code]).toEqual([403, expect.stringMatching(/^request\.(?:reading|read-only|not-permitted)$/)])
        if (problem.code !== 'request.not-permitted') expect(problem.advice?.zh).toBeTruthy()
      } else expect(response.status).toBeGreaterThanOrEqual(400)
    })

  it("restricts lists of an institute to its own records, and those of a clerk to the body's", async () => {
    for (const caller of ['institute', 'clerk'] as const) {
      const { items } = (await (await as(caller, { path: '/v1/records' })).json()) as { items: { iss: string }[] }
      expect(items.map(({ iss }) => iss)).toEqual([uscc('CD')])
    }
    const { items } = (await (await as('inspector', { path: '/v1/records' })).json()) as { items: { iss: string }[] }
    expect(items).toHaveLength(2)
  })

  it('requires a reader to act for its own body', async () => {
    const signer = await createSigner((keys.get('clerk') as Key).privateJwk)
    for (const iss of [uscc('SC-AMR'), uscc('CQ-INST')]) {
      const refused = await world.send({ path: '/v1/records', signer, claims: { iss } })
      expect([refused.status, (await problemOf(refused)).code]).toEqual([401, 'request.key'])
    }
  })

  it('allows anyone to verify', async () => {
    expect((await world.send({ method: 'POST', path: '/v1/verify', body: other, as: null })).status).toBe(200)
  })

  it('of a reader ends after 90 days without a restart', async () => {
    const now = world.clock.now
    world.clock.now = NOW + 89 * 86_400
    expect((await as('inspector', { path: '/v1/records' })).status).toBe(200)
    world.clock.now = NOW + 90 * 86_400 + 61
    expect((await as('inspector', { path: '/v1/records' })).status).toBe(401)
    world.clock.now = now
  })

  it('is denied to a body whose list has expired, which can still submit', async () => {
    const expired = await openWorld({
      node: await reissue(world.authorities, 'SC-AMR', (payload) => ({ ...payload, nextUpdate: NOW + 5, exp: NOW + 10 })),
    })
    const statement = await world.authorities.sign('CD', taximeter('川检-乙'))
    expect((await expired.send({ path: '/v1/records' })).status).toBe(200)
    expired.clock.now = NOW + 100
    for (const path of ['/v1/records', '/v1/standings?serial=TX9A2303117', `/v1/records/${statementIdOf(own)}`]) {
      const refused = await expired.send({ path })
      expect([refused.status, (await problemOf(refused)).code]).toEqual([403, 'request.list-expired'])
    }
    const log = await expired.send({ path: '/v1/log/entries/0?width=1', as: 'SC-AMR' })
    expect((await problemOf(log)).code).toBe('request.list-expired')
    // Rejected or pending because of its content, not its caller.
    const sent = await expired.send({ method: 'PUT', path: recordPath(statement), body: statement })
    expect((await sent.text()).includes('request.list-expired')).toBe(false)
  })

  it('is denied to a listed key that is not for requests', async () => {
    const node = await reissue(world.authorities, 'SC-AMR', (payload) => ({
      ...payload,
      entities: payload.entities.map((entity) =>
        entity.uscc === uscc('CD')
          ? { ...entity, keys: entity.keys.map((key) => ({ ...key, typ: key.typ.filter((typ) => typ !== 'metrology-request+jwt') })) }
          : entity,
      ),
    }))
    const unable = await openWorld({ node })
    const refused = await unable.send({ path: '/v1/records' })
    expect([refused.status, (await problemOf(refused)).code]).toEqual([401, 'request.key'])
  })

  it('is what a caller is answered about itself: role, end, and the reach of each reading call', async () => {
    const told = async (caller: Caller) => (await (await as(caller, { path: '/v1/caller' })).json()) as object
    expect(await told('clerk')).toEqual({
      iss: uscc('CD'),
      role: 'clerk',
      name: 'clerk',
      until: NOW + 90 * 86_400,
      reads: { getRecord: 'own', listRecords: 'named', listStandings: 'named', listJoint: 'named', getEntries: 'none' },
    })
    expect(await told('inspector')).toMatchObject({ role: 'inspector', reads: { getRecord: 'all', getEntries: 'all' } })
    expect(await told('institute')).toMatchObject({ iss: uscc('CD'), role: 'institute' })
  })

  it('of a key is open to every caller that has its thumbprint, without the name', async () => {
    const state = async (caller: Caller) => {
      const response = await world.send({ path: `/v1/readers/${keys.get(caller)?.kid}`, as: null })
      expect(response.headers.get('cache-control')).toBe('no-store')
      return (await response.json()) as { state?: string; code?: string }
    }
    expect(await state('clerk')).toEqual({
      kid: keys.get('clerk')?.kid,
      state: 'admitted',
      role: 'clerk',
      body: uscc('CD'),
      from: NOW,
      until: NOW + 90 * 86_400,
    })
    expect((await state('expired')).state).toBe('expired')
    expect((await state('revoked')).state).toBe('revoked')
    expect((await state('stranger')).code).toBe('not-found')
  })

  it('is described by the OpenAPI document', () => {
    const { paths } = writeOpenApi({ url: 'https://x.example', version: '1' }) as {
      paths: Record<string, Record<string, { operationId: string; description?: string; responses: object; 'x-tongheng-access'?: object }>>
    }
    const told = Object.values(paths)
      .flatMap((methods) => Object.values(methods))
      .filter((operation) => operation['x-tongheng-access'])
    expect(Object.fromEntries(told.map((operation) => [operation.operationId, operation['x-tongheng-access']]))).toEqual(ACCESS)
    for (const { description, responses } of told) {
      expect(description).toContain('可用范围')
      expect(responses).toHaveProperty('403')
    }
  })
})

describe('the register of readers', () => {
  const fresh = async (): Promise<{ of: World; key: Key }> => ({ of: await openWorld(), key: await generateKey('Ed25519') })
  const inspector = { name: '张三', role: 'inspector', body: uscc('SC-AMR') } as const

  it('admits, lists, revokes and readmits', async () => {
    const { of, key } = await fresh()
    const signer = await createSigner(key.privateJwk)
    const status = async (): Promise<number> => (await of.send({ path: '/v1/records', as: 'SC-AMR', signer })).status
    expect(await status()).toBe(401)
    await admitReader(register(of), { key: key.publicJwk, ...inspector })
    of.clock.now += 5
    expect(await status()).toBe(200)
    expect(await listReaders(register(of))).toMatchObject([
      { kid: key.kid, state: 'admitted', version: 1, exp: NOW + 90 * 86_400, name: '张三' },
    ])
    await revokeReader(register(of, of.clock.now), key.kid)
    of.clock.now += 5
    expect(await status()).toBe(401)
    expect(await listReaders(register(of, of.clock.now))).toMatchObject([{ state: 'revoked', version: 2 }])
    await admitReader(register(of, of.clock.now), { key: key.publicJwk, ...inspector })
    of.clock.now += 5
    expect(await status()).toBe(200)
  })

  it('rejects keys of trust lists, bodies other than the reader’s, and more than 90 days', async () => {
    const { of, key } = await fresh()
    const listed = of.authorities.keys.get('CD')?.publicJwk as Key['publicJwk']
    await expect(admitReader(register(of), { key: listed, ...inspector })).rejects.toMatchObject({ code: 'reader.listed' })
    await expect(admitReader(register(of), { key: key.publicJwk, ...inspector, body: uscc('CQ-AMR') })).rejects.toMatchObject({
      code: 'reader.body',
    })
    await expect(
      admitReader(register(of), { key: key.publicJwk, name: 'x', role: 'clerk', body: '91510100MA6C1A2B4Q' }),
    ).rejects.toMatchObject({ code: 'reader.body' })
    await expect(revokeReader(register(of), key.kid)).rejects.toMatchObject({ code: 'reader.unknown' })
    expect((await admitReader(register(of), { key: key.publicJwk, ...inspector, days: 400 })).exp).toBe(NOW + 90 * 86_400)
  })

  it('ignores entries that the operator did not sign, or that are not in their place, and the audit reports them', async () => {
    const { of, key } = await fresh()
    const claims = { iss: uscc('SC-AMR'), iat: NOW, exp: NOW + 86_400, version: 1, action: 'admit', key: key.publicJwk, ...inspector }
    const sign = (changes: object, by: 'SC-AMR' | 'CD' | 'CQ-AMR' = 'SC-AMR') =>
      signStatement({ ...claims, ...changes }, { typ: 'metrology-reader+jwt', signer: of.authorities.signer(by) })
    const forged = [
      await sign({}, 'CD'),
      await sign({}, 'CQ-AMR'),
      await sign({ iss: uscc('CQ-AMR') }),
      await sign({ exp: NOW + 91 * 86_400 }),
      await sign({ role: 'authority' }),
      await sign({ version: 7 }),
      'a.b.c',
    ]
    const signer = await createSigner(key.privateJwk)
    for (const [n, signed] of forged.entries()) {
      const attacked = await openWorld()
      const store: Store = attacked.store
      await store.putDocument({ collection: 'reader', name: uscc('SC-AMR'), version: 1, signed: [signed] })
      expect([n, (await attacked.send({ path: '/v1/records', as: 'SC-AMR', signer })).status]).toEqual([n, 401])
      const found: string[] = []
      for await (const { findings } of auditLog({ store, trust: attacked.node.trust, authority: uscc('SC-AMR'), now: NOW }))
        found.push(...findings.map(({ code }) => code))
      const isBroken = n >= forged.length - 2
      expect([n, found]).toEqual([n, isBroken ? ['audit.readers', 'audit.document'] : ['audit.document']])
    }
  })
})
