// Why this exists: the main flow over real HTTP and a real database: a body submits, the node decides and signs, the other side
// finds and verifies.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, readReceipt } from 'tongheng/client'
import type { Store } from 'tongheng/node'
import { createSqliteStore } from 'tongheng/stores/sqlite'
import { followNode } from 'tongheng/sync'
import { fixtures, negatives, organisation, publications, send, sendOnTheWay } from 'tongheng/testing'
import { decidingCheck } from 'tongheng/verify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Served, serve, speak } from '../support/nodes/http.js'
import { NOW, openWorld, recordPath, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

let folder: string
let store: Store
let world: World
let served: Served

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-flow-'))
  store = await createSqliteStore({ file: join(folder, 'node.db') })
  served = await serve(async (url) => {
    world = await openWorld({ store, node: { url } })
    return world.server.fetch
  })
})

afterAll(async () => {
  await served.close()
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const overHttp = (caller: Parameters<World['client']>[0]) => {
  const { id } = world.node.options
  return createClient({
    node: { url: served.url, id },
    ...(caller !== undefined && { caller: { iss: uscc(caller), signer: world.authorities.signer(caller) } }),
    trust: world.authorities.trust,
    now: () => NOW,
  })
}

describe('over HTTP and SQLite', () => {
  it('a signed record gets a receipt, is found, and gets a verdict', async () => {
    const statement = await send(world.authorities, fixtures.F01)
    const { receipt, claims, isNew } = await overHttp('CD').records.submit(statement)
    expect(isNew).toBe(true)
    expect(claims).toMatchObject({
      iss: uscc('SC-AMR'),
      aud: uscc('CD'),
      sub: statementIdOf(statement),
      iat: NOW,
      decision: 'accepted',
      reasons: [],
    })
    expect(await readReceipt(receipt, world.authorities.trust)).toEqual(claims)

    const entry = await overHttp('CQ-AMR').records.get(statementIdOf(statement))
    expect(entry).toMatchObject({ statement, receipt, decision: 'accepted', iss: uscc('CD'), region: '51', kind: 'verification-record' })

    const found = []
    for await (const one of overHttp('YB').records.list({ certificateNo: '川计检字20250312-00417' })) found.push(one.statementId)
    expect(found).toEqual([statementIdOf(statement)])

    const verdict = await overHttp(undefined).verify(statement, { region: '50', at: '2025-06-16T09:00:00+08:00' })
    expect(verdict).toMatchObject({ outcome: 'recognised', decidedBy: 'agreement.clause', issuer: uscc('CD') })
  })

  it('a repeated submission returns the same receipt, byte for byte', async () => {
    const statement = await send(world.authorities, fixtures.F07)
    const first = await overHttp('SC-INST').records.submit(statement)
    world.clock.now += 30
    const second = await overHttp('SC-INST').records.submit(statement)
    world.clock.now = NOW
    expect([first.isNew, second.isNew]).toEqual([true, false])
    expect(second.receipt).toBe(first.receipt)
  })

  it('every fixture is stored, and the other node decides each as expected', async () => {
    const chongqing = await openWorld({
      node: {
        id: 'tongheng-50',
        url: 'https://node-50.example',
        authority: uscc('CQ-AMR'),
        region: '50',
        signer: world.authorities.signer('CQ-AMR'),
        log: world.authorities.log('CQ-AMR'),
      },
      authorities: world.authorities,
    })
    const worlds = { '51': world, '50': chongqing }
    const sent = [...publications, ...Object.values(fixtures), ...negatives.filter(({ onTheWay }) => onTheWay === undefined)]
    const statements = new Map<string, string>()
    for (const fixture of sent) {
      const statement = await send(world.authorities, fixture)
      statements.set(fixture.id, statement)
      const { claims } = await worlds[organisation(fixture.signer).region].client(fixture.signer).records.submit(statement)
      expect(claims.sub, fixture.id).toBe(statementIdOf(statement))
    }
    for (const [receiver, sender] of [
      [world, chongqing],
      [chongqing, world],
    ] as const) {
      const { authority } = sender.node.options
      for await (const event of followNode({ node: receiver.node, client: sender.client('SC-AMR'), authority }))
        if (event.kind === 'progress') expect(event.skipped).toBe(0)
      const { size } = await sender.store.readLog()
      for (const id of await sender.store.statementIds(0, size)) expect(await receiver.store.getEntry(id)).toBeDefined()
    }
    for (const fixture of negatives) {
      const receiver = organisation(fixture.signer).region === '51' ? chongqing : world
      const statement = statements.get(fixture.id) ?? (await sendOnTheWay(world.authorities, fixture))
      const verdict = await receiver.client(undefined).verify(statement)
      expect([fixture.id, verdict.outcome, decidingCheck(verdict).code]).toEqual([fixture.id, fixture.outcome, fixture.code])
    }
    for (const fixture of Object.values(fixtures).filter(({ id }) => id !== 'F02')) {
      const receiver = organisation(fixture.signer).region === '51' ? chongqing : world
      const verdict = await receiver.client(undefined).verify(statements.get(fixture.id) as string)
      expect([fixture.id, verdict.outcome]).toEqual([fixture.id, 'recognised'])
    }
  })

  it("the signed URL is compared with the node's own URL, whatever Host says", async () => {
    const statement = await send(world.authorities, fixtures.F09)
    const path = recordPath(statement)
    for (const host of ['node.example', 'evil.example:1234', `127.0.0.1.:${served.port}`, 'NODE']) {
      const authorization = await world.authorize({ method: 'PUT', path, body: statement, as: 'SC-INST' })
      const answer = await speak(
        served.port,
        `PUT ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nAuthorization: ${authorization}\r\nContent-Type: application/jose\r\nContent-Length: ${statement.length}\r\n\r\n${statement}`,
      )
      expect(answer, host).toMatch(/^HTTP\/1\.1 20[01] /)
    }
    const authorization = await world.authorize({
      method: 'PUT',
      path,
      body: statement,
      as: 'SC-INST',
      claims: { uri: `http://evil.example:1234${path}` },
    })
    const answer = await speak(
      served.port,
      `PUT ${path} HTTP/1.1\r\nHost: evil.example:1234\r\nConnection: close\r\nAuthorization: ${authorization}\r\nContent-Type: application/jose\r\nContent-Length: ${statement.length}\r\n\r\n${statement}`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 401 /)
    expect(answer).toContain('"code":"request.uri"')
  })

  it('concurrent requests are not mixed up', async () => {
    const statements = await Promise.all(Array.from({ length: 24 }, (_, n) => world.authorities.sign('CD', taximeter(`川检-并发-${n}`))))
    const client = overHttp('CD')
    const receipts = await Promise.all(statements.map((statement) => client.records.submit(statement)))
    expect(receipts.map(({ claims }) => claims.sub)).toEqual(statements.map((statement) => statementIdOf(statement)))
    expect(new Set(receipts.map(({ claims }) => claims.req)).size).toBe(24)
    const entries = await Promise.all(statements.map((statement) => client.records.get(statementIdOf(statement))))
    expect(entries.map(({ statement }) => statement)).toEqual(statements)
    expect(entries.map(({ receipt }) => receipt)).toEqual(receipts.map(({ receipt }) => receipt))
  })
})
