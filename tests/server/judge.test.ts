// Why this exists: systems in other languages let the node verify for them; its answer must equal that of the library, and never be
// an error page.
import { signStatement } from 'tongheng/envelope'
import { fixtures, negatives, send, sendOnTheWay } from 'tongheng/testing'
import { verify } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { claimsOf, NOW, openWorld, problemOf, type World } from '../support/nodes/world.js'

let world: World
let statement: string

beforeAll(async () => {
  world = await openWorld()
  statement = await send(world.authorities, fixtures.F01)
})

const RECORD = 'metrology-record+jwt'
const judge = (body: string, query = '') => world.send({ method: 'POST', path: `/v1/verify${query}`, body, as: null })

interface Judged {
  readonly outcome: string
  readonly at: string
  readonly checks: readonly { readonly id: string; readonly code: string; readonly status: string }[]
}

describe('the node’s verdict', () => {
  it('equals that of the library, byte for byte, at the same time and for the same province', async () => {
    const response = await judge(statement, '?region=50&at=2025-06-16T09:00:00%2B08:00')
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      200,
      'application/json',
      'no-store',
    ])
    const own = await verify(statement, {
      at: NOW,
      trust: world.authorities.trust,
      agreements: [world.authorities.agreement],
      policy: { region: '50' },
    })
    expect(await response.text()).toBe(JSON.stringify(own))
  })

  it('is for the current time and the node’s own province by default', async () => {
    const own = (await (await judge(statement)).json()) as Judged
    const asked = (await (await judge(statement, '?region=51&at=2025-06-16T01:00:00Z')).json()) as Judged
    expect(own).toEqual(asked)
    expect(own.at).toBe('2025-06-16T09:00:00+08:00')
  })

  it('depends on the requested time and province', async () => {
    const outcome = async (query: string) => ((await (await judge(statement, query)).json()) as Judged).outcome
    expect(await outcome('?region=50')).toBe('recognised')
    expect(await outcome('?region=52')).not.toBe('recognised')
    expect(await outcome('?region=50&at=2026-03-12T00:00:00%2B08:00')).not.toBe('recognised')
    expect(await outcome('?region=50&at=2025-03-12T18:00:00%2B08:00')).toBe('recognised')
  })

  it('is answered with 200 for every kind of record', async () => {
    const bodies = [
      'a.b.c',
      `${statement}.x`,
      `${statement}=`,
      `${statement.slice(0, -20)}`,
      await signStatement({ ...claimsOf<object>(statement), iss: 1 }, { typ: RECORD, signer: world.authorities.signer('SC-AMR') }),
      `ey${'a'.repeat(262_140)}`,
    ]
    for (const body of bodies) {
      const response = await judge(body)
      const verdict = (await response.json()) as Judged
      expect([response.status, verdict.outcome], JSON.stringify(body.slice(0, 30))).toEqual([200, 'not-recognised'])
      expect(verdict.checks.filter(({ status }) => status === 'fail')).toHaveLength(1)
      expect(verdict.checks.length).toBeGreaterThan(20)
    }
  })

  it('is not given for anything but a signed record: an empty file, other text, a statement of another type', async () => {
    const bodies = [
      '',
      '\n',
      ' \r\n',
      '.',
      '..',
      'hello world',
      '{"alg":"none"}',
      '<html>',
      '\u0000\u0001\u0002',
      '\u00ff\u00fe',
      'ü.ü.ü',
      await world.authorize({ path: '/v1/records' }),
      await signStatement(claimsOf<object>(statement), { typ: 'metrology-receipt+jwt', signer: world.authorities.signer('SC-AMR') }),
      '='.repeat(262_144),
    ]
    for (const body of bodies) {
      const response = await judge(body)
      const { code } = (await response.json()) as { readonly code?: string }
      expect([response.status, code], JSON.stringify(body.slice(0, 30))).toEqual([400, 'body.statement'])
    }
  })

  it('has the same rows for garbage as for a valid record', async () => {
    const rows = async (body: string) => ((await (await judge(body)).json()) as Judged).checks.map(({ id }) => id)
    expect(new Set(await rows('a.b.c'))).toEqual(new Set(await rows(statement)))
  })

  it('of an altered record states how it was altered', async () => {
    for (const fixture of negatives.filter(({ onTheWay }) => onTheWay !== undefined)) {
      const verdict = (await (await judge(await sendOnTheWay(world.authorities, fixture), '?region=50')).json()) as Judged
      expect(verdict.checks.filter(({ status }) => status === 'fail').map(({ code }) => code)).toEqual([fixture.code])
    }
  })

  it('stores nothing of the record', async () => {
    await judge(statement)
    expect(await world.store.listEntries({}, { from: 0, limit: 5 })).toEqual({ items: [] })
  })
})

describe('its parameters', () => {
  it('must be a time with an offset', async () => {
    for (const at of [
      'yesterday',
      '2025-06-16',
      '2025-06-16T09:00:00',
      '2025-06-16T09:00:00+08:00',
      '2025-02-30T00:00:00Z',
      '2025-06-16T25:00:00Z',
      '1750035600',
      '',
      '9'.repeat(41),
      '0000-01-01T00:00:00Z',
    ]) {
      // An unescaped plus sign is a space: the most frequent mistake, which must not change the time silently.
      const problem = await problemOf(await judge(statement, `?at=${at}`))
      expect([problem.status, problem.code], at).toEqual([400, 'query.invalid'])
      expect(problem.text.en).toContain('“at”')
    }
  })

  it('must be a province of two digits', async () => {
    for (const region of ['', '5', '510000', '05', '川', 'all']) {
      const problem = await problemOf(await judge(statement, `?region=${encodeURIComponent(region)}`))
      expect([problem.status, problem.code], region).toEqual([400, 'query.invalid'])
    }
    expect((await problemOf(await judge(statement, '?regoin=50'))).code).toBe('query.unknown')
    expect((await problemOf(await judge(statement, '?region=50&region=51'))).code).toBe('query.twice')
  })
})
