// Why this exists: a revocation must be known on both sides, at once, with its reason, and must not be undone by an older list.
import { readReceipt } from 'tongheng/client'
import type { NoticeInput } from 'tongheng/status'
import { emptyStatuses, signNotice, signStatusList } from 'tongheng/status'
import type { OrganisationKey } from 'tongheng/testing'
import type { Verdict } from 'tongheng/verify'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { entriesOf, follow, openChongqing, signMany } from '../support/nodes/pair.js'
import {
  claimsOf,
  fakeAuthorities,
  NOW,
  openWorld,
  problemOf,
  recordPath,
  type Sent,
  statementIdOf,
  taximeter,
  uscc,
  type World,
} from '../support/nodes/world.js'

const REASON = { zh: '标准器超差', en: 'the standard was out of tolerance' }
const NAME = 'year-2025'
let statements: readonly string[]
let world: World

beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 6)
})

beforeEach(async () => {
  world = await openWorld()
})

const idOf = (notice: string): string => statementIdOf(notice, 'metrology-notice+jwt')
const noticeOf = (changes: Partial<NoticeInput> = {}, by: OrganisationKey = 'CD'): Promise<string> =>
  signNotice(
    {
      iss: uscc(by),
      iat: NOW,
      action: 'revoke',
      statements: [statementIdOf(statements[0] as string)],
      from: NOW - 3600,
      reason: REASON,
      ...changes,
    },
    world.authorities.signer(by),
  )
const put = (notice: string, changes: Partial<Sent> = {}): Promise<Response> => {
  const { iss, jti } = claimsOf(notice)
  return world.send({ method: 'PUT', path: `/v1/notices/${iss}/${jti}`, body: notice, ...changes })
}
const told = async (response: Response): Promise<unknown[]> => {
  const { code, text } = await problemOf(response)
  return [response.status, code, text.en]
}
const statusOf = ({ outcome, checks }: Verdict): unknown[] => {
  const rows = checks.filter(({ id }) => id === 'status')
  return [outcome, ...rows.map(({ code }) => code)]
}

describe('a notice', () => {
  it('can be submitted in bulk with records, and is answered like a single one', async () => {
    const [own, foreign] = [await noticeOf(), await noticeOf({}, 'CQ-INST')]
    const client = world.client('CD')
    const given = [statements[0] as string, own, foreign, statements[1] as string, own, own.replace(/.{6}$/, 'AAAAAA')]
    const answers = []
    for await (const answer of client.records.submitMany(given)) answers.push(answer)
    expect(answers.map(({ problem, ...rest }) => problem?.code ?? ('claims' in rest ? rest.claims?.sub : ''))).toEqual([
      statementIdOf(statements[0] as string),
      idOf(own),
      'request.not-permitted',
      statementIdOf(statements[1] as string),
      idOf(own),
      'notice.refused',
    ])
    expect((await entriesOf(world)).map(({ kind }) => kind).toSorted()).toEqual(['notice', 'verification-record', 'verification-record'])
    expect(await (await put(own)).text()).toBe((answers[1] as { receipt: string }).receipt)
  })

  it('is stored with a receipt that proves its index, and returns the same receipt when repeated', async () => {
    const notice = await noticeOf()
    const first = await put(notice)
    const receipt = await first.text()
    expect(first.status).toBe(201)
    const claims = await readReceipt(receipt, world.authorities.trust)
    expect(claims).toMatchObject({ sub: idOf(notice), aud: uscc('CD'), decision: 'accepted', reasons: [], log: { index: 0 } })
    world.clock.now += 100
    const second = await put(notice)
    expect([second.status, await second.text()]).toEqual([200, receipt])
    expect(await world.client('CD').notices.submit(notice)).toEqual({ receipt, claims, isNew: false })
    // A party that relies on the notice receives its inclusion proof with it.
    const { statements: [named] = [] } = claimsOf<NoticeInput>(notice)
    for (const query of [{}, { statement: named as string }]) {
      const listed = []
      for await (const one of world.client(undefined).notices.list(query)) listed.push(one)
      expect(listed.map((one) => [one.statementId, one.receipt])).toEqual([[idOf(notice), receipt]])
    }
  })

  it('is not a record: it is listed among notices only, and not found as a record by its id', async () => {
    const [notice, second, third] = [await noticeOf(), await noticeOf({ reason: { zh: '二' } }), await noticeOf({ reason: { zh: '三' } })]
    const paged = await openWorld({ limits: { page: 2 } })
    const client = paged.client('CD')
    for (const one of [notice, statements[1] as string, second, third])
      await (one === statements[1] ? client.records.submit(one) : client.notices.submit(one))
    const listed = []
    for await (const { statementId, statement } of paged.client(undefined).notices.list()) listed.push([statementId, statement])
    expect(listed).toEqual([notice, second, third].map((one) => [idOf(one), one]))
    const first = (await (await paged.send({ path: '/v1/notices', as: null })).json()) as { items: unknown[]; next: string }
    expect([first.items.length, first.next]).toEqual([2, '3'])
    const records = []
    for await (const { statementId } of client.records.list()) records.push(statementId)
    expect(records).toEqual([statementIdOf(statements[1] as string)])
    expect((await paged.send({ path: `/v1/records/${idOf(notice)}` })).status).toBe(404)
  })

  it('is rejected if another’s key signed it, if it is malformed, and if a record is submitted in its place', async () => {
    const { authorities } = world
    const foreign = await signNotice({ ...claimsOf<NoticeInput>(await noticeOf()) }, authorities.signer('LZ'))
    for (const [notice, reason] of [
      [foreign, /notice cannot be taken/],
      [(await noticeOf()).replace(/.{6}$/, 'AAAAAA'), /notice cannot be taken/],
      [statements[0] as string, /notice cannot be taken/],
    ] as const) {
      const response = await put(notice)
      const [status, code, text] = await told(response)
      expect([status, code]).toEqual([422, 'notice.refused'])
      expect(text).toMatch(reason)
    }
    const hello = await world.send({
      method: 'PUT',
      path: recordPath(statements[0] as string).replace('records', 'notices'),
      body: 'hello',
    })
    expect(await told(hello)).toMatchObject([422, 'notice.refused', expect.stringMatching(/segments/i)])
    expect(await entriesOf(world)).toEqual([])
  })

  it('is rejected under another name than its own, and if its name has another content', async () => {
    const jti = '01JQ0000000000000000000001'
    const [notice, rival] = [await noticeOf({ jti }), await noticeOf({ jti, reason: { zh: '别的原因' } })]
    const path = `/v1/notices/${uscc('CD')}/01JQ0000000000000000000002`
    expect((await told(await put(notice, { path }))).slice(0, 2)).toEqual([400, 'request.name'])
    await put(notice)
    const conflict = await put(rival)
    const { code, storedStatementId } = await problemOf(conflict)
    expect([conflict.status, code, storedStatementId]).toEqual([409, 'record.conflict', idOf(notice)])
    // Records and notices share the names of an issuer, so a record and a notice with one name conflict too.
    const record = await world.authorities.sign('CD', taximeter('同名'), { jti })
    const taken = await world.send({ method: 'PUT', path: recordPath(record), body: record })
    expect([taken.status, (await problemOf(taken)).code]).toEqual([409, 'record.conflict'])
    expect(await entriesOf(world)).toHaveLength(1)
  })

  it('is accepted only from its issuer or the authority of the node', async () => {
    for (const as of ['LZ', 'CQ-AMR'] as const)
      expect((await told(await put(await noticeOf(), { as }))).slice(0, 2)).toEqual([403, 'request.not-permitted'])
    expect((await put(await noticeOf(), { as: 'SC-AMR' })).status).toBe(201)
  })

  it('takes effect at once, with its reason, for times after its effective date, and not before', async () => {
    const [statement] = statements as [string]
    const client = world.client(undefined)
    expect(statusOf(await client.verify(statement, { region: '50' }))).toEqual(['recognised', 'not-applicable'])
    await put(await noticeOf())
    const verdict = await client.verify(statement, { region: '50' })
    expect(statusOf(verdict)).toEqual(['not-recognised', 'status.revoked'])
    const check = verdict.checks.find(({ id }) => id === 'status')
    expect(check?.evidence).toMatchObject({ reason: REASON, by: uscc('CD'), retroactive: true })
    expect(check?.message.zh).toContain(REASON.zh)
    const at = new Date((NOW - 7200) * 1000).toISOString()
    expect(statusOf(await client.verify(statement, { region: '50', at }))).toEqual(['recognised', 'not-applicable'])
    expect(statusOf(await client.verify(statements[1] as string, { region: '50' }))).toEqual(['recognised', 'not-applicable'])
  })

  it('of another institute has no effect on a record; one of the authority has', async () => {
    const [statement] = statements as [string]
    await put(await noticeOf({}, 'LZ'), { as: 'LZ' })
    expect((await world.node.judge(statement, { region: '50' })).outcome).toBe('recognised')
    await put(await noticeOf({}, 'SC-AMR'), { as: 'SC-AMR' })
    expect((await world.node.judge(statement, { region: '50' })).decidedBy).toBe('status')
  })

  it('reaches the other node, and takes effect there', async () => {
    const chongqing = await openChongqing({ authorities: world.authorities })
    const [statement] = statements as [string]
    await world.client('CD').records.submit(statement)
    await follow(chongqing, world)
    expect((await chongqing.node.judge(statement)).outcome).toBe('recognised')
    await put(await noticeOf())
    await follow(chongqing, world)
    const verdict = await chongqing.client(undefined).verify(statement)
    expect(statusOf(verdict)).toEqual(['not-recognised', 'status.revoked'])
    const listed = []
    for await (const { statement: one } of chongqing.client(undefined).notices.list()) listed.push(one)
    expect(listed).toHaveLength(1)
  })
})

describe('a status list', () => {
  const uriOf = (name = NAME, of = world): string => `${of.node.options.url}/v1/status-lists/${uscc('CD')}/${name}`
  const listOf = (at: number, value = 0, uri = uriOf(), by: OrganisationKey = 'CD'): Promise<string> =>
    signStatusList(
      { iss: uscc('CD'), uri, iat: at, exp: at + 10 * 86_400, statuses: emptyStatuses(16).with(7, value) },
      world.authorities.signer(by),
    )
  const publish = (list: string, changes: Partial<Sent> = {}): Promise<Response> =>
    world.send({
      method: 'PUT',
      path: `/v1/status-lists/${uscc('CD')}/${NAME}`,
      body: list,
      headers: { 'content-type': 'application/statuslist+jwt' },
      ...changes,
    })
  const get = async (): Promise<string> => world.client(undefined).statusLists.get({ iss: uscc('CD'), name: NAME })
  const listed = (): Promise<string> =>
    world.authorities.sign('CD', taximeter('状态'), { status: { uri: uriOf(), idx: 7 }, jti: '01JQ0000000000000000000007' })

  it('is published at its own address, complete, with a tag, and listed in the directory', async () => {
    const list = await listOf(NOW)
    const response = await publish(list)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(await get()).toBe(list)
    expect(await world.client(undefined).statusLists.names()).toEqual([{ iss: uscc('CD'), name: NAME, uri: uriOf(), iat: NOW }])
    const found = await world.send({ path: `/v1/status-lists/${uscc('CD')}/${NAME}`, as: null })
    expect(found.headers.get('content-type')).toBe('application/statuslist+jwt')
    expect(found.headers.get('etag')).toMatch(/^"/)
    const again = await publish(list)
    expect(again.status).toBe(204)
  })

  it('is only replaced by a newer one: an older one, or another of the same second, is rejected', async () => {
    await publish(await listOf(NOW - 100))
    const newest = await listOf(NOW - 50, 1)
    await publish(newest)
    for (const list of [await listOf(NOW - 100), await listOf(NOW - 75), await listOf(NOW - 50, 0), await listOf(NOW - 50, 2)])
      expect((await told(await publish(list))).slice(0, 2)).toEqual([409, 'status-list.older'])
    expect((await publish(newest)).status).toBe(204)
    expect(await get()).toBe(newest)
    expect((await world.store.listDocuments('status-list')).map(({ version }) => version)).toEqual([NOW - 100, NOW - 50])
  })

  it('of one second, submitted twice at once, is stored once, and the other submitter is notified', async () => {
    const answers = await Promise.all([publish(await listOf(NOW, 0)), publish(await listOf(NOW, 1))])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
    const [kept] = (await world.store.getDocument('status-list', `${uscc('CD')} ${uriOf()}`))?.signed ?? []
    expect(kept).toBe(await get())
  })

  it('with a future date is rejected, because no later one could replace it', async () => {
    expect(await told(await publish(await listOf(NOW + 61)))).toMatchObject([422, 'status-list.refused', expect.stringContaining('2025')])
    expect((await publish(await listOf(NOW + 60))).status).toBe(204)
  })

  it('is rejected at another address, by another key, from another body, or if it is malformed', async () => {
    for (const [list, changes, status, code] of [
      [await listOf(NOW, 0, uriOf('other')), {}, 400, 'status-list.address'],
      [await listOf(NOW, 0, 'https://elsewhere.example/1'), {}, 400, 'status-list.address'],
      [await listOf(NOW), { path: `/v1/status-lists/${uscc('LZ')}/${NAME}`, as: 'LZ' }, 400, 'status-list.address'],
      [await listOf(NOW, 0, uriOf(), 'LZ'), {}, 422, 'status-list.refused'],
      [await listOf(NOW), { as: 'LZ' }, 403, 'request.not-permitted'],
      [await noticeOf(), {}, 422, 'status-list.refused'],
      ['hello', {}, 422, 'status-list.refused'],
      [await listOf(NOW), { path: `/v1/status-lists/${uscc('CD')}/Year` }, 400, 'query.invalid'],
    ] as const)
      expect((await told(await publish(list, changes))).slice(0, 2), code).toEqual([status, code])
    expect(await world.store.listDocuments('status-list')).toEqual([])
  })

  it('takes effect at once, and for past times as it was then', async () => {
    const statement = await listed()
    const client = world.client(undefined)
    const ask = async (at = NOW): Promise<unknown[]> =>
      statusOf(await client.verify(statement, { region: '50', at: new Date(at * 1000).toISOString() }))
    expect(await ask()).toEqual(['indeterminate', 'status.not-supplied'])
    await publish(await listOf(NOW - 1000))
    expect(await ask()).toEqual(['recognised', 'status'])
    await publish(await listOf(NOW - 500, 1))
    expect(await ask()).toEqual(['not-recognised', 'status.revoked'])
    expect(await ask(NOW - 700)).toEqual(['recognised', 'status'])
    expect(await ask(NOW - 2000)).toEqual(['indeterminate', 'status.list-later'])
  })

  it('reaches the other node, the newest of each address, and takes effect there', async () => {
    const chongqing = await openChongqing({ authorities: world.authorities })
    const statement = await listed()
    await world.client('CD').records.submit(statement)
    await publish(await listOf(NOW - 1000))
    await follow(chongqing, world)
    expect(statusOf(await chongqing.node.judge(statement))).toEqual(['recognised', 'status'])
    await publish(await listOf(NOW - 500, 1))
    await follow(chongqing, world)
    expect(statusOf(await chongqing.node.judge(statement))).toEqual(['not-recognised', 'status.revoked'])
    expect(statusOf(await chongqing.node.judge(statement, { at: NOW - 700 }))).toEqual(['recognised', 'status'])
    // The list has the other node's address: this node stores it, and does not publish it as its own.
    expect(await chongqing.client(undefined).statusLists.names()).toEqual([])
  })
})

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

describe('a retrieved record', () => {
  it('shows its current status, and the notice that caused it', async () => {
    const [first, second, third, other] = statements as readonly [string, string, string, string]
    const client = world.client('CD')
    for (const statement of [first, second, third, other]) await client.records.submit(statement)
    const [id, replaced, suspended] = [first, second, third].map((one) => statementIdOf(one)) as [string, string, string]
    const statusOfEntry = async (of: string) => {
      const { status, replacedBy } = await client.records.get(of)
      return [status, replacedBy]
    }
    expect(await statusOfEntry(id)).toEqual(['valid', undefined])
    const revocation = await noticeOf({ statements: [id] })
    await client.notices.submit(revocation)
    await client.notices.submit(await noticeOf({ action: 'supersede', statements: [replaced], replacedBy: statementIdOf(other) }))
    await client.notices.submit(await noticeOf({ action: 'suspend', statements: [suspended] }))
    expect(await statusOfEntry(id)).toEqual(['revoked', undefined])
    expect(await statusOfEntry(replaced)).toEqual(['superseded', statementIdOf(other)])
    expect(await statusOfEntry(suspended)).toEqual(['suspended', undefined])
    const listed = new Map((await all(client.records.list())).map(({ statementId, status }) => [statementId, status]))
    expect([id, replaced, suspended, statementIdOf(other)].map((one) => listed.get(one))).toEqual([
      'revoked',
      'superseded',
      'suspended',
      'valid',
    ])
    const notices = await all(client.notices.list({ statement: id }))
    expect(notices.map(({ statement }) => statement)).toEqual([revocation])
    expect(await all(client.notices.list({ statement: statementIdOf(other) }))).toEqual([])
  })
})
