// Why this exists: documents of a node are read before they are verified. A node that lies, loops or sends nonsense must cost a limited
// number of requests, and cause an error that names the path.
import { thumbprint } from 'tongheng/envelope'
import { TonghengError } from 'tongheng/errors'
import { createFakeAuthorities, type FakeAuthorities } from 'tongheng/testing'
import { signTrustList } from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { fetchPublished, itemsOf, jsonAt, mustHaveJson, newVersions, signedOf, textAt, unverifiedList } from '../../src/client/inside.js'
import { change } from '../records/change.ts'
import { forge } from '../verify/world.ts'

type Answers = Readonly<Record<string, unknown>> | ((path: string) => unknown)

/** A node with these answers, each a text or a JSON value, and the requested paths; any other path is 404. */
function sourceOf(answers: Answers) {
  const asked: string[] = []
  return {
    asked,
    async text(path: string): Promise<string | undefined> {
      asked.push(path)
      const answer = typeof answers === 'function' ? answers(path) : answers[path]
      return typeof answer === 'string' || answer === undefined ? answer : JSON.stringify(answer)
    },
    wrong: (path: string, answer: string) => new TonghengError('cli.node-answer', { node: 'https://node.example', path, answer }),
  }
}
const wrong = (path: string, answer: string) => ({ code: 'cli.node-answer', details: { path, answer } })

describe('an answer of a node', () => {
  it('is an object; any other JSON value and any other text are faults at its path', async () => {
    for (const text of ['[]', '[{}]', 'null', '7', '"text"', 'true', '', 'hello', '{'])
      await expect(jsonAt(sourceOf({ '/a': text }), '/a'), text).rejects.toMatchObject(wrong('/a', 'JSON'))
    expect(await jsonAt(sourceOf({ '/a': '{"b":1}' }), '/a')).toEqual({ b: 1 })
  })

  it('may be missing, unless it is required', async () => {
    expect(await jsonAt(sourceOf({}), '/a')).toBeUndefined()
    await expect(mustHaveJson(sourceOf({}), '/a')).rejects.toMatchObject(wrong('/a', '404'))
    expect(await mustHaveJson(sourceOf({ '/a': {} }), '/a')).toEqual({})
  })

  it('passes on the errors of the source', async () => {
    const broken = new Error('broken')
    const source = { ...sourceOf({}), text: () => Promise.reject(broken) }
    await expect(jsonAt(source, '/a')).rejects.toBe(broken)
  })

  it('is read by the members that have the right type; the others are ignored', () => {
    expect([textAt({ a: 'b' }, 'a'), textAt({ a: 7 }, 'a'), textAt({}, 'a')]).toEqual(['b', '', ''])
    expect(itemsOf({ items: [{ a: 1 }, 7, null, 'b', [], { c: 2 }] })).toEqual([{ a: 1 }, { c: 2 }])
    for (const items of [undefined, null, 'items', { 0: {}, length: 1 }]) expect(itemsOf({ items })).toEqual([])
    expect(signedOf(['a', 7, null, 'b'])).toEqual(['a', 'b'])
    for (const signed of [undefined, 'a', { 0: 'a' }]) expect(signedOf(signed)).toEqual([])
  })
})

describe('the versions of a trust list', () => {
  const AUTHORITY = 'A/B'
  const path = '/v1/trust-lists/A%2FB'
  const published =
    (newest: unknown): Answers =>
    (asked) =>
      asked === path ? { version: newest, signed: [`v${newest}`, 7] } : { signed: [`v${asked.split('/').at(-1)}`] }

  it('are requested from the one after the known version, oldest first', async () => {
    const source = sourceOf(published(5))
    expect(await newVersions(source, AUTHORITY, 2)).toEqual([['v3'], ['v4'], ['v5']])
    expect(source.asked).toEqual([path, `${path}/3`, `${path}/4`])
  })

  it('include the newest even if it is known, or older than the known one, so that a replacement is detected', async () => {
    for (const newest of [4, 3]) {
      const source = sourceOf(published(newest))
      expect(await newVersions(source, AUTHORITY, 4)).toEqual([[`v${newest}`]])
      expect(source.asked).toEqual([path])
    }
  })

  it('are the last two thousand and one at most, whatever number the node states', async () => {
    const source = sourceOf(published(1_000_000))
    const versions = await newVersions(source, AUTHORITY, 0)
    expect([versions?.length, versions?.[0], versions?.at(-1)]).toEqual([2001, ['v998000'], ['v1000000']])
    expect(source.asked).toHaveLength(2001)
  })

  it('are undefined if the node has no such list; a version that is not an integer, or is missing, is a fault', async () => {
    expect(await newVersions(sourceOf({}), AUTHORITY, 0)).toBeUndefined()
    for (const version of [1.5, '7', null, 2 ** 53])
      await expect(newVersions(sourceOf({ [path]: { version } }), AUTHORITY, 0)).rejects.toMatchObject(wrong(path, 'version'))
    const gap = sourceOf({ [path]: { version: 3, signed: ['v3'] } })
    await expect(newVersions(gap, AUTHORITY, 0)).rejects.toMatchObject(wrong(`${path}/1`, '404'))
  })
})

describe('all that a node publishes', () => {
  const EMPTY = {
    '/v1/agreements': { items: [] },
    '/v1/status-lists': { items: [] },
    '/v1/notices': { items: [] },
    '/v1/specifications': { items: [] },
  }
  const NOTHING = { trustLists: [], agreements: [], statusLists: [], notices: [], specifications: [] }

  it('is read by kind, without items that have no text', async () => {
    const source = sourceOf({
      '/v1/trust-lists/A': { version: 1, signed: ['list A'] },
      '/v1/agreements': { items: [{ signed: ['one', 'two'] }, {}] },
      '/v1/status-lists': { items: [{ iss: 'A/B', name: '1 2' }] },
      '/v1/status-lists/A%2FB/1%202': 'status list',
      '/v1/notices': { items: [{ statement: 'notice 1' }, { statement: '' }, { other: 'x' }], next: 'a&b' },
      '/v1/notices?cursor=a%26b': { items: [{ statement: 'notice 2' }] },
      '/v1/specifications': { items: [{ statement: 'specification' }] },
    })
    const pinned = ['A', 'B'].map((authority) => ({ authority, version: 0 }))
    expect(await fetchPublished(source, pinned)).toEqual({
      trustLists: [['list A']],
      agreements: [['one', 'two'], []],
      statusLists: ['status list'],
      notices: ['notice 1', 'notice 2'],
      specifications: ['specification'],
    })
    expect(await fetchPublished(sourceOf(EMPTY), [])).toEqual(NOTHING)
  })

  it('is required: a node that lacks one of the documents is a fault at its path', async () => {
    for (const path of Object.keys(EMPTY))
      await expect(fetchPublished(sourceOf({ ...EMPTY, [path]: undefined }), []), path).rejects.toMatchObject(wrong(path, '404'))
    const names = { ...EMPTY, '/v1/status-lists': { items: [{ iss: 'A', name: 'n' }] } }
    await expect(fetchPublished(sourceOf(names), [])).rejects.toMatchObject(wrong('/v1/status-lists/A/n', '404'))
  })

  it('has at most two hundred pages of each kind, and at most five hundred status lists', async () => {
    const endless = sourceOf((path) => {
      const [, cursor = '0'] = /cursor=(\d+)/.exec(path) ?? []
      if (path.startsWith('/v1/notices')) return { items: [{ statement: `notice ${cursor}` }], next: String(Number(cursor) + 1) }
      if (path === '/v1/status-lists') return { items: Array.from({ length: 501 }, (_, n) => ({ iss: 'A', name: String(n) })) }
      if (path.startsWith('/v1/status-lists/')) return 'status list'
      return { items: [] }
    })
    const { notices = [], statusLists = [] } = await fetchPublished(endless, [])
    expect([notices.length, notices.at(-1), statusLists.length]).toEqual([200, 'notice 199', 500])
  })

  it('ends if a page names itself as the next', async () => {
    const circle = sourceOf((path) => (path.startsWith('/v1/notices') ? { items: [{ statement: 'x' }], next: 'same' } : { items: [] }))
    expect((await fetchPublished(circle, [])).notices).toEqual(['x', 'x'])
    expect(circle.asked.filter((path) => path.startsWith('/v1/notices'))).toEqual(['/v1/notices', '/v1/notices?cursor=same'])
  })
})

describe('an unverified trust list', () => {
  let authorities: FakeAuthorities
  beforeAll(async () => {
    authorities = await createFakeAuthorities()
  })
  const listOf = () => authorities.trust.lists[0] as FakeAuthorities['trust']['lists'][number]
  const forged = (payload: unknown) => forge(authorities.signer('CD'), payload, { typ: 'metrology-trust-list+jwt' })

  it('is shown with the thumbprints of its root keys', async () => {
    const { signed, payload } = listOf()
    const found = await unverifiedList(signed)
    expect([found?.payload, found?.signed]).toEqual([payload, signed])
    expect(found?.thumbprints).toEqual(await Promise.all(payload.roots.keys.map((key) => thumbprint(key))))
    expect((await unverifiedList(signed, payload.iss))?.payload).toEqual(payload)
  })

  it('is undefined if it is of another authority, has no root keys, or is not a list', async () => {
    const { signed, payload } = listOf()
    expect(await unverifiedList(signed, '11100000000000000X')).toBeUndefined()
    for (const roots of [{ keys: [], threshold: 1 }, { keys: 'keys' }, {}, null, undefined, { keys: [null] }, { keys: [{ kty: 'x' }] }])
      expect(await unverifiedList([await forged({ ...payload, roots })]), JSON.stringify(roots)).toBeUndefined()
    for (const text of ['', 'hello', 'a.b.c', await forged([])]) expect(await unverifiedList([text]), text).toBeUndefined()
    expect(await unverifiedList([])).toBeUndefined()
  })

  it('may be longer than other statements, up to four million characters', async () => {
    const { payload } = listOf()
    const entity = payload.entities[0] as (typeof payload.entities)[number]
    const many = (count: number) => change(payload, ['/entities', Array.from({ length: count }, () => entity)])
    const size = JSON.stringify(entity).length * 1.34
    for (const [characters, isRead] of [
      [1_000_000, true],
      [4_300_000, false],
    ] as const) {
      const signed = await signTrustList(many(Math.ceil(characters / size)), authorities.rootSigners('SC-AMR')).catch(async () => [
        await forged(many(Math.ceil(characters / size))),
      ])
      expect([characters, (await unverifiedList(signed)) !== undefined]).toEqual([characters, isRead])
    }
  })
})
