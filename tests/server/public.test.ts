// Why this exists: trust lists, agreements and the state of a node are read by strangers and caches; they must be complete, current
// and verifiable.
import { openTrust } from 'tongheng'
import { fixtures, send } from 'tongheng/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { NOW, openWorld, problemOf, uscc, type World } from '../support/nodes/world.js'

let world: World

beforeEach(async () => {
  world = await openWorld()
})

const get = (path: string, headers: Record<string, string> = {}) => world.send({ path, as: null, headers })
const DAY = 86_400

describe('trust lists', () => {
  it('are served by either node of the pair, and verify under the pinned keys', async () => {
    const lists = await Promise.all((['SC-AMR', 'CQ-AMR'] as const).map((key) => world.client(undefined).trustLists.get(uscc(key))))
    const trust = await openTrust({ anchors: world.authorities.anchors, lists: lists.map(({ signed }) => signed) })
    expect(trust.lists.map(({ payload }) => payload.iss)).toEqual([uscc('SC-AMR'), uscc('CQ-AMR')])
    expect(lists.map(({ name, version }) => [name, version])).toEqual([
      [uscc('SC-AMR'), 1],
      [uscc('CQ-AMR'), 1],
    ])
  })

  it('are served by version, including old ones, and the newest by default', async () => {
    const name = uscc('SC-AMR')
    for (const version of [10, 2]) await world.store.putDocument({ collection: 'trust-list', name, version, signed: [`v${version}`] })
    expect((await world.client(undefined).trustLists.get(name)).version).toBe(10)
    expect((await world.client(undefined).trustLists.get(name, { version: 2 })).signed).toEqual(['v2'])
    expect((await world.client(undefined).trustLists.get(name, { version: 1 })).signed).toEqual(world.authorities.trustLists[0])
  })

  it('are answered with 404 if missing, and with 400 for a malformed name or version', async () => {
    for (const path of [
      `/v1/trust-lists/${uscc('CD')}`,
      `/v1/trust-lists/${uscc('SC-AMR')}/2`,
      `/v1/trust-lists/${uscc('SC-AMR')}/999999999`,
    ]) {
      const problem = await problemOf(await get(path))
      expect([problem.status, problem.code], path).toEqual([404, 'not-found'])
    }
    for (const path of [
      '/v1/trust-lists/x',
      ...['0', '01', '-1', '1.0', '1e3', '9999999999', 'latest'].map((v) => `/v1/trust-lists/${uscc('SC-AMR')}/${v}`),
    ]) {
      const problem = await problemOf(await get(path))
      expect([problem.status, problem.code], path).toEqual([400, 'query.invalid'])
    }
  })
})

describe('agreements', () => {
  it('are served with both signatures', async () => {
    const [agreement, ...others] = await world.client(undefined).agreements.list()
    expect(others).toEqual([])
    expect(agreement).toEqual({ name: 'chuan-yu-metrology', version: 1, signed: world.authorities.signedAgreement })
  })
})

describe('caches', () => {
  const cached = (): [string, string][] => [
    [`/v1/trust-lists/${uscc('SC-AMR')}`, 'public, max-age=300'],
    [`/v1/trust-lists/${uscc('SC-AMR')}/1`, 'public, max-age=31536000, immutable'],
    ['/v1/agreements', 'public, max-age=300'],
    ['/v1/specifications', 'public, max-age=300'],
    ['/.well-known/tongheng', 'public, max-age=300'],
    ['/openapi.json', 'public, max-age=300'],
  ]

  it('get a lifetime, and 304 for what they already have', async () => {
    for (const [path, cacheControl] of cached()) {
      const response = await get(path)
      const etag = response.headers.get('etag') ?? ''
      expect([response.status, response.headers.get('cache-control')], path).toEqual([200, cacheControl])
      expect(etag, path).toMatch(/^"[A-Za-z0-9_-]{43}"$/)
      const again = await get(path, { 'if-none-match': etag })
      expect([again.status, await again.text(), again.headers.get('etag'), again.headers.get('cache-control')], path).toEqual([
        304,
        '',
        etag,
        cacheControl,
      ])
      expect((await get(path, { 'if-none-match': '"another"' })).status).toBe(200)
    }
  })

  it('get a new tag with new content', async () => {
    const path = `/v1/trust-lists/${uscc('SC-AMR')}`
    const etag = (await get(path)).headers.get('etag') ?? ''
    await world.store.putDocument({ collection: 'trust-list', name: uscc('SC-AMR'), version: 2, signed: ['next'] })
    const response = await get(path, { 'if-none-match': etag })
    expect(response.status).toBe(200)
    expect(response.headers.get('etag')).not.toBe(etag)
  })

  it('store nothing that depends on a caller or a time, and no rejection', async () => {
    const statement = await send(world.authorities, fixtures.F01)
    const responses = [
      await world.send({ path: '/v1/records' }),
      await world.send({ method: 'POST', path: '/v1/verify', body: statement, as: null }),
      await get('/healthz'),
      await get('/readyz'),
      await get(`/v1/trust-lists/${uscc('CD')}`),
      await get('/v1/records'),
      await get('/nothing'),
    ]
    for (const response of responses) {
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('etag')).toBeNull()
    }
  })
})

describe('the node description', () => {
  it('states the operator, the URL and the accepted kinds', async () => {
    expect(await world.client(undefined).discover()).toEqual({
      id: 'tongheng-51',
      log: 'node-51.example/v1/log',
      url: 'https://node.example',
      authority: uscc('SC-AMR'),
      name: { zh: '四川示例市场监督管理局', en: 'Sichuan Example AMR' },
      region: '51',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      kinds: [
        'verification-record',
        'calibration-result',
        'technical-specification',
        'comparison-result',
        'supervision-finding',
        'type-approval',
      ],
    })
  })

  it('is alive whatever the lists say, and ready while they are current', async () => {
    const states = async () => [(await get('/healthz')).status, (await get('/readyz')).status]
    const [list] = world.authorities.trust.lists
    const exp = list?.payload.exp as number
    expect(await states()).toEqual([200, 200])
    world.clock.now = exp
    expect(await states()).toEqual([200, 200])
    world.clock.now = exp + 1
    expect(await states()).toEqual([200, 503])
    world.clock.now = NOW + 300 * DAY
    const response = await get('/readyz')
    const body = (await response.json()) as { status: string; reasons: { zh: string; en: string }[] }
    expect(body.status).toBe('not-ready')
    expect(body.reasons).toHaveLength(2)
    for (const { zh, en } of body.reasons) {
      expect(zh).toMatch(/[一-鿿]/)
      expect(en).toMatch(/^[\x20-\x7e“”’–]+$/)
    }
    expect(body.reasons.map(({ en }) => en).join()).toContain(uscc('CQ-AMR'))
    world.clock.now = NOW
    expect(await states()).toEqual([200, 200])
  })

  it('warns three days before a list must be renewed, in readiness and in a metric', async () => {
    const [list] = world.authorities.trust.lists
    const { nextUpdate, exp, iss } = (list as NonNullable<typeof list>).payload
    const answers = async (now: number) => {
      world.clock.now = now
      const ready = (await (await get('/readyz')).json()) as { warnings?: { en: string }[] }
      const metrics = await get('/metrics')
      expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
      const text = await metrics.text()
      const gauge = (name: string) =>
        Number(new RegExp(`^tongheng_trust_list_${name}\\{authority="${iss}"\\} (-?\\d+)$`, 'm').exec(text)?.[1])
      const due = ready.warnings?.filter(({ en }) => en.includes('trust list')) ?? []
      return [due.length, gauge('state'), gauge('next_update_seconds'), gauge('expires_seconds'), gauge('version')]
    }
    expect(await answers(nextUpdate - 3 * DAY)).toEqual([0, 0, 3 * DAY, exp - nextUpdate + 3 * DAY, 1])
    expect((await answers(nextUpdate - 3 * DAY + 1)).slice(0, 2)).toEqual([2, 1])
    expect((await answers(nextUpdate + 1)).slice(0, 3)).toEqual([2, 2, -1])
    expect((await answers(exp + 1)).slice(0, 2)).toEqual([0, 3])
    world.clock.now = NOW
  })

  it('answers HEAD like GET, without the body', async () => {
    for (const path of ['/healthz', '/openapi.json', `/v1/trust-lists/${uscc('SC-AMR')}`]) {
      const [head, whole] = [await world.send({ method: 'HEAD', path, as: null }), await get(path)]
      expect([head.status, await head.text(), head.headers.get('etag')], path).toEqual([200, '', whole.headers.get('etag')])
    }
  })
})
