// Why this exists: each method of the client sends one call of the contract. Its request, its result, and its error for an answer against
// the contract must be those of this call.
import { createClient } from 'tongheng/client'
import { generateKey, signStatement, thumbprint } from 'tongheng/envelope'
import { signJoint } from 'tongheng/joint'
import { emptyStatuses, signNotice, signStatusList } from 'tongheng/status'
import { certificates, change, fixtures, jointFixtures, organisation } from 'tongheng/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { fill, follow, openChongqing, signMany } from '../support/nodes/pair.js'
import { admit, claimsOf, NOW, openWorld, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

let world: World
beforeEach(async () => {
  world = await openWorld()
})

/** A client whose requests are recorded. */
function recorded(answer: (request: Request) => Response | Promise<Response> = (request) => world.server.fetch(request)) {
  const asked: Request[] = []
  const client = world.client('CD', {
    retries: 0,
    fetch: async (request) => {
      asked.push(request.clone())
      return answer(request)
    },
  })
  return { client, asked }
}

describe('status lists', () => {
  it('are published, named and given by issuer and name', async () => {
    const client = world.client('CD')
    const [iss, name] = [uscc('CD'), '2025']
    const uri = `${world.node.options.url}/v1/status-lists/${iss}/${name}`
    const list = await signStatusList({ iss, uri, iat: NOW, exp: NOW + 9000, statuses: emptyStatuses(16) }, world.authorities.signer('CD'))
    expect(await client.statusLists.put({ iss, name, list })).toBeUndefined()
    expect(await client.statusLists.get({ iss, name })).toBe(list)
    expect(await client.statusLists.names()).toEqual([{ iss, name, uri, iat: NOW }])
  })
})

describe('the calls of the log', () => {
  it('return the checkpoint with and without cosignatures, and the newest one known of a peer', async () => {
    const chongqing = await openChongqing({ authorities: world.authorities })
    await fill(world, await signMany(world.authorities, 2))
    await follow(world, chongqing)
    const { checkpoint, cosigned } = await world.store.readLog()
    const { log } = world.client(undefined)
    expect([await log.checkpoint(), await log.cosignedCheckpoint()]).toEqual([checkpoint, cosigned])
    expect(cosigned).not.toBe(checkpoint)
    const origin = 'node-51.example/v1/log'
    expect(await chongqing.client(undefined).log.witnessed(origin)).toContain(`${origin}\n2\n`)
  })

  it('reject a tile of another width, with its length', async () => {
    const { client } = recorded(() => new Response(new Uint8Array(96)))
    expect(await client.log.tile(0, 0, 3)).toHaveLength(3)
    for (const width of [2, 4])
      await expect(client.log.tile(0, 0, width)).rejects.toMatchObject({ code: 'client.answer', details: { status: 200, length: 96 } })
  })

  it('request a tile by the path of its index, three digits per segment', async () => {
    const { client, asked } = recorded(() => new Response(new Uint8Array(256 * 32)))
    await client.log.tile(1, 1_234_067, 256)
    expect(asked.map(({ url }) => new URL(url).pathname)).toEqual(['/v1/log/tile/1/x001/x234/067'])
  })

  it('read the size that a witness has seen, and no other text', async () => {
    const answered = (body: string) => recorded(() => new Response(body, { status: 409, headers: { 'content-type': 'text/x.tlog.size' } }))
    for (const [body, seen] of [
      ['0\n', 0],
      ['8\n', 8],
      ['9007199254740991\n', 9007199254740991],
    ] as const)
      expect(await answered(body).client.log.addCheckpoint('x')).toEqual({ seen })
    for (const body of [
      '',
      '8',
      '8\n\n',
      'x8\n',
      '08\n',
      '-8\n',
      '8.5\n',
      '9007199254740993\n',
      '99999999999999999\n',
      `${'x'.repeat(300)}\n`,
    ])
      await expect(answered(body).client.log.addCheckpoint('x'), body).rejects.toMatchObject({
        code: 'client.answer',
        details: { status: 409, body: body.slice(0, 200) },
      })
  })

  it('request a whole page without a width, and a partial page with its width', async () => {
    await fill(world, await signMany(world.authorities, 3))
    const asked: Request[] = []
    const fetch = async (request: Request): Promise<Response> => {
      asked.push(request)
      return world.server.fetch(request)
    }
    const { log } = world.client('CQ-AMR', { fetch })
    expect(await log.entries(0, 3)).toHaveLength(3)
    // The log has no whole page yet.
    await expect(log.entries(0, 256)).rejects.toMatchObject({ code: 'not-found' })
    expect(asked.map(({ url }) => new URL(url).search)).toEqual(['?width=3', ''])
  })
})

describe('what a node publishes', () => {
  it('is requested by authority and version, by statement and by the subject of a notice', async () => {
    const [authority, client] = [uscc('SC-AMR'), world.client('CD')]
    const [list] = world.authorities.trust.versions(authority)
    expect((await client.trustLists.get(authority)).signed).toEqual(list?.signed)
    expect((await client.trustLists.get(authority, { version: 1 })).signed).toEqual(list?.signed)
    await expect(client.trustLists.get(authority, { version: 2 })).rejects.toMatchObject({ code: 'not-found' })

    const [first, second] = await signMany(world.authorities, 2)
    for (const statement of [first, second]) await client.records.submit(statement as string)
    const place = await client.log.place(statementIdOf(second as string))
    expect(place).toMatchObject({ index: 1, checkpoint: expect.stringContaining('\n2\n') })

    const notices = await Promise.all(
      [first, second].map((statement) =>
        signNotice(
          {
            iss: uscc('CD'),
            iat: NOW,
            from: NOW,
            action: 'revoke',
            statements: [statementIdOf(statement as string)],
            reason: { zh: '误发' },
          },
          world.authorities.signer('CD'),
        ),
      ),
    )
    for (const notice of notices) await client.notices.submit(notice)
    const listed = async (of?: string) => {
      const found: string[] = []
      for await (const { statement } of client.notices.list(of === undefined ? {} : { statement: of })) found.push(statement)
      return found
    }
    expect(new Set(await listed())).toEqual(new Set(notices))
    expect(await listed(statementIdOf(first as string))).toEqual([notices[0]])
  })
})

describe('pages of a list', () => {
  it('end with an error that names the member if the cursor does not advance', async () => {
    const { client, asked } = recorded(() => Response.json({ items: [], next: '5' }))
    const listed = async (): Promise<void> => {
      for await (const _ of client.notices.list()) throw new Error('there is no notice')
    }
    await expect(listed()).rejects.toMatchObject({ code: 'client.answer', details: { status: 200, path: '/next' } })
    expect(asked).toHaveLength(2)
  })
})

describe('joint statements', () => {
  it('are submitted under the names in them, listed by work and issuer, and found in the directory', async () => {
    const { client, asked } = recorded()
    const { uscc: iss } = organisation('CD')
    const document = { ...jointFixtures.capability, holder: { uscc: iss, name: '示例' }, number: 'CAP-1' }
    const statement = await signJoint(document, { iss, signer: world.authorities.signer('CD'), at: NOW })
    expect(await client.joint.submit(statement)).toMatchObject({ isNew: true, claims: { decision: 'accepted' } })
    const found = async (of: AsyncIterable<{ readonly statement: string }>): Promise<string[]> => {
      const statements: string[] = []
      for await (const one of of) statements.push(one.statement)
      return statements
    }
    expect(await found(client.joint.list({ work: 'CAP-1', issuer: iss }))).toEqual([statement])
    expect(await found(client.joint.directory())).toEqual([statement])
    const { jti } = claimsOf(statement)
    expect(asked.map(({ method, url }) => `${method} ${new URL(url).pathname}${new URL(url).search}`)).toEqual([
      `PUT /v1/joint/${iss}/${jti}`,
      `GET /v1/joint?work=CAP-1&issuer=${iss}`,
      'GET /v1/directory',
    ])
  })

  it('that state no names are sent under names that belong to no statement', async () => {
    const signer = world.authorities.signer('CD')
    const { client, asked } = recorded()
    for (const half of [
      { iss: uscc('CD'), jti: 7 },
      { iss: 7, jti: '01JP50000000000000000000F1' },
    ]) {
      const statement = await signStatement(half as never, { typ: 'metrology-joint+jwt', signer })
      await expect(client.joint.submit(statement)).rejects.toThrow()
    }
    expect(asked.map(({ url }) => new URL(url).pathname)).toEqual(Array(2).fill(`/v1/joint/${uscc('CD')}/00000000000000000000000000`))
  })
})

describe('an answer to a submission that is no receipt', () => {
  it('is quoted as far as 200 characters', async () => {
    const { client } = recorded(() => new Response('x'.repeat(300), { status: 201 }))
    const [statement] = await signMany(world.authorities, 1)
    await expect(client.records.submit(statement as string)).rejects.toMatchObject({
      code: 'client.answer',
      details: { status: 201, body: 'x'.repeat(200) },
    })
  })
})

describe('a reader', () => {
  it('is looked up by the thumbprint of its key', async () => {
    const { publicJwk } = await generateKey('ES256')
    await admit(world, publicJwk)
    const kid = await thumbprint(publicJwk)
    expect(await world.client(undefined).reader(kid)).toMatchObject({ state: 'admitted' })
    await expect(world.client(undefined).reader('A'.repeat(43))).rejects.toMatchObject({ code: 'not-found' })
  })

  it('or another caller asks who it is for the node', async () => {
    expect(await world.client('CD').whoami()).toMatchObject({ iss: uscc('CD') })
  })
})

describe('issuing and amending', () => {
  const F01 = fixtures.F01.record
  const reason = { zh: '封印号有误' }
  const JTI = ['01JQ0000000000000000000001', '01JQ0000000000000000000002']

  it('need a signer, and name the call that lacks it', async () => {
    const { server } = world
    const client = createClient({ node: { url: 'https://node.example', id: 'tongheng-51' }, fetch: server.fetch })
    await expect(client.records.issue(F01)).rejects.toMatchObject({ code: 'client.no-caller', details: { call: 'issue' } })
    const earlier = await world.authorities.sign('CD', F01)
    await expect(client.records.amend(earlier, F01, { reason })).rejects.toMatchObject({
      code: 'client.no-caller',
      details: { call: 'amend' },
    })
  })

  it('sign with the name, the status and the predecessor that they are given, and without any by default', async () => {
    const { client } = recorded()
    const status = { uri: 'https://lists.example/2025', idx: 7 }
    const first = await client.records.issue(F01, { jti: JTI[0] as string, status })
    expect(claimsOf(first.statement)).toMatchObject({ jti: JTI[0], status: { status_list: status } })
    expect(claimsOf(first.statement)).not.toHaveProperty('supersedes')
    const supersedes = statementIdOf(first.statement)
    const second = await client.records.issue(taximeter('川检-2'), { supersedes })
    expect(claimsOf(second.statement)).toMatchObject({ supersedes })
    expect(claimsOf(second.statement)).not.toHaveProperty('status')
    expect(claimsOf(second.statement).jti).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)

    world.clock.now += 60
    const amendment = change(F01, ['/certificateNo', '川计检字20250312-00417G'])
    const amended = await client.records.amend(first.statement, amendment, { reason, jti: JTI[1] as string, status: { ...status, idx: 8 } })
    expect(claimsOf(amended.statement)).toMatchObject({
      jti: JTI[1],
      status: { status_list: { ...status, idx: 8 } },
      supersedes: statementIdOf(first.statement),
    })
    const again = await client.records.amend(amended.statement, change(F01, ['/certificateNo', '川计检字20250312-00417H']), { reason })
    expect(claimsOf(again.statement)).not.toHaveProperty('status')
  })

  it('send nothing, neither record nor notice, at an aborted signal', async () => {
    const { client, asked } = recorded()
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(client.records.issue(F01, { signal })).rejects.toThrow('enough')
    const earlier = await world.authorities.sign('CD', F01)
    const amendment = change(F01, ['/certificateNo', '川计检字20250312-00417G'])
    await expect(client.records.amend(earlier, amendment, { reason, signal })).rejects.toThrow('enough')
    expect(asked).toEqual([])
  })

  it('supersede the earlier record by a notice, unless the node rejects the replacing one', async () => {
    const { client, asked } = recorded()
    const { statement } = await client.records.issue(F01)
    world.clock.now += 60
    // Only the node knows that the institute is not authorised for the category.
    const wrong = change(F01, ['/certificateNo', '川计检字20250312-00417W'], ['/instrument/category', 'sound-level-meter'])
    const rejected = await client.records.amend(statement, wrong, { reason })
    expect([rejected.receipt.claims.decision, rejected.notice, rejected.noticeReceipt]).toEqual(['rejected', undefined, undefined])
    expect(asked.filter(({ url }) => url.includes('/v1/notices'))).toEqual([])
    const good = await client.records.amend(statement, change(F01, ['/certificateNo', '川计检字20250312-00417G']), { reason })
    expect(claimsOf(good.notice as string)).toMatchObject({ action: 'supersede', statements: [statementIdOf(statement)], reason })
    expect(good.noticeReceipt?.claims.decision).toBe('accepted')
  })

  it('amend a record of the same issuer and kind only', async () => {
    const { client, asked } = recorded()
    const ofAnother = await world.authorities.sign('LZ', fixtures.F06.record)
    // Signed by the institute whose record it would become, but of another kind.
    const [F05, F08] = [fixtures.F05.record, fixtures.F08.record]
    const ofAnotherKind = await world.authorities.sign('CQ-INST', F08)
    await expect(client.records.amend(ofAnotherKind, F05, { reason })).rejects.toMatchObject({
      code: 'amend.statement',
      details: { iss: uscc('CQ-INST') },
    })
    for (const earlier of ['hello', ofAnother])
      await expect(client.records.amend(earlier, F01, { reason }), earlier.slice(0, 20)).rejects.toMatchObject({
        code: 'amend.statement',
        details: { iss: uscc('CD') },
      })
    expect(asked).toEqual([])
  })
})

describe('a batch certificate', () => {
  it('is amended as a whole only: with as many lines, and not as the record of one instrument', async () => {
    const { client, asked } = recorded()
    const record = certificates['energy-meters'].record
    const earlier = await world.authorities.sign('SC-INST', record)
    for (const other of [certificates['energy-meter'].record, change(record, ['/instruments/5', undefined])])
      await expect(client.records.amend(earlier, other, { reason: { zh: '误' } })).rejects.toMatchObject({ code: 'amend.batch' })
    expect(asked).toEqual([])
  })
})

describe('a notice that is none', () => {
  it('is sent all the same: the node says what is wrong with it', async () => {
    const { client, asked } = recorded()
    await expect(client.notices.submit('hello')).rejects.toMatchObject({ code: 'notice.refused' })
    expect(asked).toHaveLength(1)
    expect(new URL((asked[0] as Request).url).pathname).toBe(`/v1/notices/${uscc('CD')}/${'0'.repeat(26)}`)
  })
})
