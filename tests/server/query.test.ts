// Why this exists: an inspector types what is printed on a certificate or a plate, and must find exactly that record.
import type { RecordEntry } from 'tongheng/client'
import type { VerificationRecord } from 'tongheng/records'
import { fixtures, send } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { put } from '../stores/stored-record.js'
import { openWorld, problemOf, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

let world: World
const ids = new Map<string, string>()

beforeAll(async () => {
  world = await openWorld()
  for (const fixture of Object.values(fixtures)) {
    const statement = await send(world.authorities, fixture)
    ids.set(fixture.id, statementIdOf(statement))
    await world.client(fixture.signer).records.submit(statement)
  }
})

const nameOf = (statementId: string): string => [...ids].find(([, id]) => id === statementId)?.[0] ?? statementId

const find = async (query: Parameters<ReturnType<World['client']>['records']['list']>[0]): Promise<string[]> => {
  const found: string[] = []
  for await (const { statementId } of world.client('CQ-AMR').records.list(query)) found.push(nameOf(statementId))
  return found
}

const get = (path: string) => world.send({ path, as: 'CQ-AMR' })

interface Page {
  readonly items: readonly RecordEntry[]
  readonly next?: string
}

describe('a number in any printed form', () => {
  it('is found in full width and half width, with other brackets, dashes, spaces and case', async () => {
    const spellings = [
      'JJF(渝) 901-2024',
      'JJF（渝） 901-2024',
      'JJF（渝）901-2024',
      'JJF〔渝〕 901—2024',
      'JJF[渝]901－2024',
      'jjf(渝) 901–2024',
      'ＪＪＦ（渝）９０１－２０２４',
      'JJF【渝】901--2024',
    ]
    for (const certificateNo of spellings) expect(await find({ certificateNo }), certificateNo).toEqual(['F10'])
  })

  it('is not found by a part of it, or by another number', async () => {
    for (const certificateNo of ['JJF(川) 901-2024x', 'JJF', '901-2024', 'JJF(渝) 901-202', '%', '川计检字%']) {
      expect(await find({ certificateNo }), certificateNo).toEqual([])
    }
  })

  it('of an instrument is found by serial number', async () => {
    expect(await find({ serial: 'TX9A2303117' })).toEqual(['F01'])
    expect(await find({ serial: 'tx9a2303117' })).toEqual(['F01'])
    expect(await find({ serial: 'ＴＸ９Ａ２３０３１１７' })).toEqual(['F01'])
  })

  it('is not found by a placeholder for a missing serial number', async () => {
    const record = taximeter('川检-无编号')
    await world
      .client('CD')
      .records.submit(await world.authorities.sign('CD', { ...record, instrument: { ...record.instrument, serialNumber: '/' } }))
    expect(await find({ serial: '/' })).toEqual([])
    expect(await find({ certificateNo: '川检-无编号' })).toHaveLength(1)
  })
})

describe('a plate', () => {
  it('is found with and without its dot', async () => {
    for (const plate of [
      '川A·T0001',
      '川AT0001',
      '川A.T0001',
      '川a t0001',
      '川Ａ·Ｔ０００１',
      '川A•T0001',
      '川A・T0001',
      '川A･T0001',
      '川A‧T0001',
    ]) {
      expect(await find({ plate }), plate).toContain('F01')
    }
    expect(await find({ plate: '川A·T0002' })).toEqual([])
    expect(await find({ plate: '川A' })).toEqual([])
  })
})

describe('filters', () => {
  it('can be kind, issuer, province and day, separately and together', async () => {
    expect(await find({ kind: 'technical-specification' })).toEqual(['F10', 'F11'])
    expect(await find({ kind: 'calibration-result', issuer: uscc('SC-INST') })).toEqual(['F07'])
    expect(await find({ issuer: uscc('LZ') })).toEqual(['F06'])
    expect(await find({ region: '50', kind: 'verification-record' })).toEqual(['F02', 'F03', 'F05'])
    expect(await find({ region: '50', kind: 'verification-record', issuer: uscc('LZ') })).toEqual([])
    expect(await find({ region: '52' })).toEqual([])
  })

  it('include the first and the last day of validity', async () => {
    const { verifiedOn, validUntil } = fixtures.F06.record as VerificationRecord
    expect([verifiedOn, validUntil]).toEqual(['2025-02-28', '2025-08-27'])
    const serial = '8800-556120'
    expect(await find({ serial, validOn: '2025-02-27' })).toEqual([])
    expect(await find({ serial, validOn: '2025-02-28' })).toEqual(['F06'])
    expect(await find({ serial, validOn: '2025-08-27' })).toEqual(['F06'])
    expect(await find({ serial, validOn: '2025-08-28' })).toEqual([])
  })

  it('treat a record without an end as valid without limit', async () => {
    expect(await find({ kind: 'calibration-result', validOn: '2099-01-01' })).toEqual(['F07', 'F08', 'F13'])
  })
})

describe('pages', () => {
  it('follow one another to the end, in order of arrival, at every size', async () => {
    const all = (await world.store.listEntries({}, { from: 0, limit: 500 })).items.map(({ statementId }) => nameOf(statementId))
    expect(all.length).toBeGreaterThan(12)
    for (const limit of [1, 2, 5, 100, 500]) expect(await find({ limit }), String(limit)).toEqual(all)
  })

  it('have a cursor except for the last one', async () => {
    let path = '/v1/records?region=50&limit=2'
    const seen: string[] = []
    for (let pages = 1; ; pages++) {
      const page = (await (await get(path)).json()) as Page
      seen.push(...page.items.map(({ statementId }) => nameOf(statementId)))
      if (page.next === undefined) {
        expect(page.items.length).toBeLessThanOrEqual(2)
        expect(pages).toBeGreaterThan(2)
        break
      }
      expect(page.items).toHaveLength(2)
      expect(page.next).toMatch(/^[0-9]+$/)
      path = `/v1/records?region=50&limit=2&cursor=${page.next}`
    }
    expect(seen).toEqual(['F02', 'F03', 'F05', 'F08', 'F10', 'F13', 'F14b'])
  })

  it('continue where a caller stopped', async () => {
    const page = (await (await get('/v1/records?limit=3')).json()) as Page
    const rest = await find({ cursor: page.next as string })
    const all = await find({})
    expect(rest).toEqual(all.slice(3))
  })

  it('have at most 500 items, and 100 by default', async () => {
    const many = await openWorld()
    for (let n = 0; n < 505; n++) {
      await put(many.store, {
        statementId: `${'A'.repeat(40)}${String(n).padStart(3, '0')}`.replace(/.$/, 'A') + n,
        statement: 'x',
        iss: uscc('CD'),
        jti: `01JQ${String(n).padStart(22, '0')}`,
        kind: 'verification-record',
        decision: 'accepted',
        code: 'x',
        outcome: 'recognised',
        receipt: 'x',
        receivedAt: 1,
        search: { number: `N${n}`, region: '51', factDate: '2025-01-01' },
      })
    }
    const counts = []
    for (const query of ['?limit=999', '?limit=500', '', '?limit=7']) {
      const page = (await (await many.send({ path: `/v1/records${query}` })).json()) as Page
      counts.push([page.items.length, page.next])
    }
    expect(counts).toEqual([
      [500, '500'],
      [500, '500'],
      [100, '100'],
      [7, '7'],
    ])
  })

  it('are empty past the end, and if nothing matches', async () => {
    for (const query of ['cursor=999999', 'cursor=9999999999999999', 'certificateNo=nothing']) {
      const response = await get(`/v1/records?${query}`)
      expect([response.status, await response.json()], query).toEqual([200, { items: [] }])
    }
  })
})

describe('one record', () => {
  it('is read by its statement id, as it was submitted', async () => {
    const entry = await world.client('CQ-AMR').records.get(ids.get('F01') as string)
    expect(entry).toMatchObject({ statementId: ids.get('F01'), kind: 'verification-record', region: '51', iss: uscc('CD') })
    expect(statementIdOf(entry.statement)).toBe(ids.get('F01'))
    expect(entry.position).toBe([...ids.keys()].indexOf('F01'))
    expect(entry).not.toHaveProperty('search')
  })

  it('is answered with 404 if missing, and with 400 for a malformed id', async () => {
    const absent = statementIdOf('a.b.c')
    const missing = await problemOf(await get(`/v1/records/${absent}`))
    expect([missing.status, missing.code]).toEqual([404, 'not-found'])
    expect(missing.text.en).toContain(absent)
    for (const id of ['x', `${absent}A`, absent.replace(/.$/, 'B'), `${absent.slice(0, -1)}=`]) {
      const problem = await problemOf(await get(`/v1/records/${id}`))
      expect([problem.status, problem.code], id).toEqual([400, 'query.invalid'])
    }
  })
})

describe('parameters', () => {
  it('that are unknown are rejected by name, with the list of known ones', async () => {
    for (const [query, name] of [
      ['certificateno=1', 'certificateno'],
      ['number=1', 'number'],
      ['kind=verification-record&Region=51', 'Region'],
      ['constructor=1', 'constructor'],
      ['toString=1', 'toString'],
      ['__proto__=1', '__proto__'],
      ['hasOwnProperty=', 'hasOwnProperty'],
    ] as const) {
      const problem = await problemOf(await get(`/v1/records?${query}`))
      expect([problem.status, problem.code], query).toEqual([400, 'query.unknown'])
      expect(problem.text.en).toContain(name)
      expect(problem.text.en).toContain('certificateNo')
    }
  })

  it('given twice are rejected, because two parsers might use different values', async () => {
    for (const query of [
      'region=50&region=51',
      'region=50&region=50',
      'kind=a&limit=1&kind=b',
      'plate=x&%70late=y',
      '__proto__=1&__proto__=2',
    ]) {
      const problem = await problemOf(await get(`/v1/records?${query}`))
      expect([problem.status, problem.code], query).toEqual([400, 'query.twice'])
    }
  })

  it('that are malformed are rejected by name', async () => {
    for (const [name, value] of [
      ['validOn', '2025-02-30'],
      ['validOn', '2025-1-1'],
      ['validOn', ''],
      ['region', '5'],
      ['region', '500'],
      ['region', '四川'],
      ['kind', 'Verification'],
      ['issuer', '12510100'],
      ['issuer', uscc('CD').toLowerCase()],
      ['cursor', '-1'],
      ['cursor', '1.5'],
      ['cursor', '0x10'],
      ['cursor', '1'.repeat(41)],
      ['cursor', ''],
      ['limit', '0'],
      ['limit', '1000'],
      ['limit', '-5'],
      ['limit', '1e2'],
      ['certificateNo', ''],
      ['certificateNo', 'a\u202eb'],
      ['certificateNo', 'a\u0000b'],
      ['plate', 'x'.repeat(201)],
    ] as const) {
      const problem = await problemOf(await get(`/v1/records?${name}=${encodeURIComponent(value)}`))
      expect([problem.status, problem.code], `${name}=${value}`).toEqual([400, 'query.invalid'])
      expect(problem.text.en).toContain(`“${name}”`)
    }
  })

  it('that look like SQL match nothing and do no harm', async () => {
    for (const value of ["' OR '1'='1", "'; DROP TABLE records; --", '" OR ""="', '%', '*', '川计检字_0250312-00417']) {
      for (const name of ['certificateNo', 'serial', 'plate'] as const) expect(await find({ [name]: value }), value).toEqual([])
    }
    expect(await find({ certificateNo: '川计检字20250312-00417' })).toEqual(['F01'])
  })
})
