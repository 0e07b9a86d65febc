// Why this exists: a node answers standings in pages, and the instrument's other number may lead to further records. The client must
// request all of them at one moment, each name once, and stop at a limit.
import { createClient } from 'tongheng/client'
import { fixtures } from 'tongheng/testing'
import type { Standing } from 'tongheng/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { NOW, openWorld, uscc, type World } from '../support/nodes/world.js'

let world: World
let real: Standing
beforeAll(async () => {
  world = await openWorld()
  await world.client('CD').records.submit(await world.authorities.sign('CD', fixtures.F01.record))
  real = (await world.client('SC-AMR').standings({ serial: 'TX9A2303117' }))[0] as Standing
})

interface Named {
  readonly serial: string
  readonly plate?: string
}
/** The standing of an instrument by one record, in the form of a page. */
function standing({ serial, plate }: Named, more: Partial<Standing> = {}): Standing {
  const [entry] = real.entries as [Standing['entries'][number]]
  const { mobile: _, ...instrument } = entry.instrument
  const named = { ...instrument, serialNumber: serial, ...(plate !== undefined && { mobile: { plate } }) }
  const statementId = Buffer.from(`${serial} ${plate}`.padEnd(32, '.')).toString('base64url').slice(0, 43)
  return {
    ...real,
    decidedBy: statementId,
    instrument: { category: 'taximeter', serialNumber: serial, ...(plate !== undefined && { plate }) },
    entries: [{ ...entry, statementId, certificateNo: `川检-${serial}`, instrument: named } as typeof entry],
    ...more,
  }
}

type Page = { readonly items: readonly Standing[]; readonly next?: string }
/** A client of a node that answers each query with a page; and the queries. */
function asking(answer: (query: Record<string, string>, n: number) => Page) {
  const asked: Record<string, string>[] = []
  const client = createClient({
    node: { url: 'https://node.example', id: 'tongheng-51' },
    caller: { iss: uscc('SC-AMR'), signer: world.authorities.signer('SC-AMR') },
    retries: 0,
    now: () => NOW,
    fetch: async (request) => {
      const query = Object.fromEntries(new URL(request.url).searchParams)
      asked.push(query)
      return Response.json(answer(query, asked.length))
    },
  })
  return { client, asked }
}
const serials = (found: readonly Standing[]) => found.map(({ instrument }) => instrument.serialNumber)

describe('standings in pages', () => {
  it('are requested by the same names, at the moment of the first page', async () => {
    const { client, asked } = asking(({ cursor }) => ({
      items: [standing({ serial: 'A1', plate: '川A·T0001' })],
      ...(cursor === undefined && { next: '250' }),
    }))
    await client.standings({ serial: 'A1', plate: '川A·T0001', region: '50' })
    expect(asked.slice(0, 2)).toEqual([
      { serial: 'A1', plate: '川A·T0001', region: '50' },
      { serial: 'A1', plate: '川A·T0001', region: '50', cursor: '250', at: real.at },
    ])
  })

  it('are read even if the first page has none', async () => {
    const { client, asked } = asking(({ cursor }) =>
      cursor === undefined ? { items: [], next: '250' } : { items: [standing({ serial: 'A1' })] },
    )
    expect(serials(await client.standings({ serial: 'A1' }))).toEqual(['A1'])
    expect(asked).toEqual([{ serial: 'A1' }, { serial: 'A1', cursor: '250' }])
  })

  it('of another moment on a later page are rejected', async () => {
    const { client } = asking(({ cursor }) =>
      cursor === undefined
        ? { items: [standing({ serial: 'A1' })], next: '250' }
        : { items: [standing({ serial: 'A1' }, { at: '2025-06-15T09:00:00+08:00' })] },
    )
    await expect(client.standings({ serial: 'A1' })).rejects.toMatchObject({ code: 'client.answer', details: { path: '/items/0/at' } })
  })

  it('are read up to a thousand pages; if there are more, each standing is undecided', async () => {
    const { client, asked } = asking(({ cursor = '0' }) => ({ items: [standing({ serial: 'A1' })], next: String(Number(cursor) + 250) }))
    const found = await client.standings({ serial: 'A1' })
    expect(asked).toHaveLength(1000)
    expect(found.map(({ code }) => code)).toEqual(['standing.undecided'])
  })

  it('of a page whose cursor does not grow are rejected', async () => {
    for (const next of ['250', '249', 'x']) {
      const { client, asked } = asking(({ cursor }) => ({ items: [], next: cursor === undefined ? '250' : next }))
      const rejected = expect(client.standings({ serial: 'A1' })).rejects.toMatchObject({
        code: 'client.answer',
        details: { status: 200, path: '/next' },
      })
      await rejected
      expect(asked).toHaveLength(2)
    }
  })
})

describe('the other names of an instrument in pages', () => {
  /** Each record links a serial number to a plate; the first query is answered in two pages. */
  const linked = (links: readonly Named[]) =>
    asking(({ serial, plate, cursor }, n) => ({
      items: links
        .filter((one) => (serial ?? one.serial) === one.serial && (plate ?? one.plate)?.replace('·', '') === one.plate?.replace('·', ''))
        .map((one) => standing(one)),
      ...(n === 1 && cursor === undefined && { next: '250' }),
    }))
  const names = (asked: readonly Record<string, string>[]) => asked.slice(2).map(({ serial, plate }) => serial ?? plate)

  it('are requested once each, over two links', async () => {
    const { client, asked } = linked([
      { serial: 'A1', plate: '川A·T0001' },
      { serial: 'B2', plate: '川A·T0001' },
      { serial: 'B2', plate: '川A·T0002' },
      { serial: 'C3', plate: '川A·T0002' },
      { serial: 'C3', plate: '川A·T0003' },
    ])
    const found = await client.standings({ serial: 'A1' })
    // The serial number was requested; its plate is one link away, the other serial number of that plate two.
    expect(names(asked)).toEqual(['川AT0001', 'B2'])
    expect(asked.slice(2).every(({ at }) => at === real.at)).toBe(true)
    expect(serials(found)).toContain('A1')
  })

  it('are requested from a plate as well', async () => {
    const { client, asked } = linked([
      { serial: 'A1', plate: '川A·T0001' },
      { serial: 'A1', plate: '川A·T0009' },
    ])
    await client.standings({ plate: '川A·T0001' })
    expect(names(asked)).toEqual(['A1', '川AT0009'])
  })

  it('are requested one by one if both were given: together they find fewer records', async () => {
    const { client, asked } = linked([{ serial: 'A1', plate: '川A·T0001' }])
    await client.standings({ serial: 'A1', plate: '川A·T0001' })
    expect(names(asked)).toEqual(['A1', '川AT0001'])
  })

  it('are not requested if they are placeholders', async () => {
    const { client, asked } = linked([{ serial: '无', plate: '川A·T0001' }, { serial: '无' }])
    await client.standings({ plate: '川A·T0001' })
    expect(names(asked)).toEqual([])
  })

  it('are followed up to two hundred; if there are more, the standing is undecided', async () => {
    const many = Array.from({ length: 250 }, (_, n) => ({ serial: `S${n}`, plate: '川A·T0001' }))
    const { client, asked } = linked(many)
    const found = await client.standings({ plate: '川A·T0001' })
    expect(asked).toHaveLength(2 + 199)
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(['standing.undecided']))
  })

  it('are followed up to two hundred, including both that were given', async () => {
    const { client, asked } = asking(({ serial, plate }, n) => ({
      items:
        serial === undefined && plate !== undefined
          ? Array.from({ length: 250 }, (_, at) => standing({ serial: `S${at}`, plate: '川A·T0001' }))
          : [standing({ serial: serial ?? 'S0', plate: '川A·T0001' })],
      ...(n === 1 && { next: '250' }),
    }))
    await client.standings({ serial: 'S0', plate: '川A·T0001' })
    expect(asked).toHaveLength(2 + 200)
  })

  it('add no standing of another instrument, even if that one has a record that cannot be read', async () => {
    const unread = { reason: { code: 'format.segments', zh: '无法读取', en: 'cannot be read' } }
    const [own, other] = [
      standing({ serial: 'A1', plate: '川A·T0001' }, { notJudged: [unread] as never }),
      standing({ serial: 'B2', plate: '川A·T0001' }, { notJudged: [unread] as never }),
    ]
    const { client } = asking(({ serial, cursor }) => ({
      items: serial === 'A1' ? [own] : [other],
      ...(serial === 'A1' && cursor === undefined && { next: '250' }),
    }))
    expect(serials(await client.standings({ serial: 'A1' }))).toEqual(['A1'])
  })
})
