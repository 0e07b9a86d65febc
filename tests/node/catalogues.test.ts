// Why this exists: a node judges by the catalogue of its authority, and serves those of others. A forged, older, forked or enormous
// catalogue must neither replace the stored one nor block anything else.
import { createSigner, generateKey, type Signer, signStatement } from 'tongheng/envelope'
import { type CataloguePayload, signCatalogue } from 'tongheng/recognition'
import { createFakeAuthorities } from 'tongheng/testing'
import type { TrustListPayload } from 'tongheng/trust'
import { beforeEach, describe, expect, it } from 'vitest'
import { follow, nextList, openChongqing } from '../support/nodes/pair.js'
import { NOW, openWorld, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

const DAY = 86_400
let sichuan: World
let chongqing: World

beforeEach(async () => {
  sichuan = await openWorld()
  chongqing = await openChongqing({ authorities: sichuan.authorities })
})

type Authority = 'SC-AMR' | 'CQ-AMR'
type Content = Partial<Omit<CataloguePayload, 'iss' | 'region'>>
const payloadBy = (authority: Authority, content: Content = {}): CataloguePayload => ({
  iss: uscc(authority),
  region: authority === 'SC-AMR' ? '51' : '50',
  version: 1,
  iat: NOW - DAY,
  exp: NOW + 30 * DAY,
  title: { zh: '计量器具与规程目录' },
  ...content,
})
const signed = (authority: Authority, content: Content = {}, by: Authority = authority): Promise<string[]> =>
  signCatalogue(payloadBy(authority, content), sichuan.authorities.rootSigners(by))
/** In this catalogue, JJG 517-2016 ended before the work. */
const ENDED: Content = { editions: [{ number: 'JJG 517-2016', effectiveOn: '2017-05-30', abolishedOn: '2025-01-01' }] }

const codesOf = async (catalogues: readonly (readonly string[])[], world = sichuan): Promise<string[]> =>
  (await world.node.learn({ catalogues })).map(({ code }) => code)
const held = async (authority: Authority, world = sichuan): Promise<number | undefined> =>
  (await world.store.getDocument('catalogue', uscc(authority)))?.version
const get = (path: string, world = sichuan): Promise<Response> => world.send({ path: `/v1/catalogues/${path}`, as: null })

describe('the catalogue of a node', () => {
  it('decides its verdicts for its own province, and is named in them', async () => {
    const statement = await sichuan.authorities.sign('CD', taximeter('目录'))
    const verdict = (region: string) => sichuan.node.judge(statement, { region })
    const inForce = async (region: string) =>
      (await verdict(region)).checks.filter(({ id }) => id === 'basis.in-force').map(({ code }) => code)
    expect(await inForce('50')).toEqual(['basis.in-force'])
    expect(await codesOf([await signed('CQ-AMR', ENDED)])).toEqual([])
    expect(await inForce('50')).toContain('specification.abolished')
    expect((await verdict('50')).reliedOn.catalogues).toMatchObject([{ id: uscc('CQ-AMR'), version: 1 }])
    expect(await inForce('51')).toEqual(['basis.in-force'])
    expect((await verdict('51')).reliedOn.catalogues).toBeUndefined()
  })

  it('is served by version, without signing in', async () => {
    expect((await get(uscc('SC-AMR'))).status).toBe(404)
    expect(await sichuan.client(undefined).catalogues.list()).toEqual([])
    const [one, two] = [await signed('SC-AMR'), await signed('SC-AMR', { version: 2, previous: undefined })]
    expect(await codesOf([one])).toEqual([])
    const [first] = (await (await get(uscc('SC-AMR'))).json()).signed
    expect(first).toBe(one[0])
    // Version 2 does not name version 1: another history.
    expect(await codesOf([two])).toEqual(['catalogue.fork'])
    const next = await signed('SC-AMR', { version: 2, previous: await idOf('SC-AMR') })
    expect(await codesOf([next])).toEqual([])
    expect(await (await get(uscc('SC-AMR'))).json()).toMatchObject({ name: uscc('SC-AMR'), version: 2, signed: next })
    expect(await (await get(`${uscc('SC-AMR')}/1`)).json()).toMatchObject({ version: 1, signed: one })
    expect((await get(`${uscc('SC-AMR')}/3`)).status).toBe(404)
    expect(await sichuan.client('CD').catalogues.get(uscc('SC-AMR'), { version: 1 })).toMatchObject({ version: 1 })
    expect(await sichuan.client(undefined).catalogues.list()).toEqual([{ authority: uscc('SC-AMR'), version: 2 }])
  })

  it('is not displaced by one that is forged, older, forked, of the other province, or ended', async () => {
    expect(await codesOf([await signed('SC-AMR')])).toEqual([])
    expect(await codesOf([await signed('SC-AMR', { ...ENDED, version: 2, previous: await idOf('SC-AMR') })])).toEqual([])
    const [half = ''] = await signed('SC-AMR', { version: 3 })
    const byInstitute = await signStatement(payloadBy('SC-AMR', { version: 3 }), {
      typ: 'metrology-catalogue+jwt',
      signer: sichuan.authorities.signer('SC-INST'),
    })
    const attacks: readonly [string, readonly string[], string[]][] = [
      ['by the other authority', await signed('SC-AMR', { version: 3 }, 'CQ-AMR'), ['catalogue.threshold']],
      ['by one root key', [half], ['catalogue.threshold']],
      ['by an institute', [byInstitute], ['catalogue.threshold']],
      [
        'for the other province',
        await signCatalogue({ ...payloadBy('SC-AMR', { version: 3 }), region: '50' }, sichuan.authorities.rootSigners('SC-AMR')),
        ['catalogue.region'],
      ],
      // An older version is not an error if the newer one is stored, and changes nothing.
      ['older', await signed('SC-AMR'), []],
      ['another under its number', await signed('SC-AMR', { version: 2 }), ['catalogue.fork']],
      ['another history', await signed('SC-AMR', { version: 3, previous: 'A'.repeat(43) }), ['catalogue.fork']],
      ['ended', await signed('SC-AMR', { version: 3, previous: await idOf('SC-AMR'), exp: NOW - 1 }), ['catalogue.expired']],
      ['not JSON', ['eyJ.not.json'], ['format.header']],
      ['empty', [], ['catalogue.empty']],
      ['10 MB', ['x'.repeat(10 * 1024 * 1024)], ['format.too-long']],
    ]
    for (const [name, attack, codes] of attacks) {
      expect([name, await codesOf([attack])]).toEqual([
        name,
        codes.map((code) => expect.stringMatching(code.startsWith('format') ? /./ : code)),
      ])
      expect([name, await held('SC-AMR')]).toEqual([name, 2])
    }
    // A genuine catalogue is accepted even if a faulty one is offered with it.
    expect(await codesOf([['x'], await signed('CQ-AMR')])).toHaveLength(1)
    expect(await held('CQ-AMR')).toBe(1)
  })

  it('may have earlier versions by root keys that were replaced since; alone, or beside the newest, none such is accepted as newest', async () => {
    const authorities = await createFakeAuthorities({ witnessKeys: true })
    const world = await openWorld({ authorities })
    const [list] = authorities.trust.lists as unknown as [{ payload: TrustListPayload; statementId: string }]
    const keys = await Promise.all([0, 1].map(() => generateKey('ES256')))
    const roots = { keys: keys.map(({ publicJwk }) => publicJwk), threshold: 2 }
    const newer = (await Promise.all(keys.map(({ privateJwk }) => createSigner(privateJwk)))) as [Signer, ...Signer[]]
    const former = authorities.rootSigners('SC-AMR')
    const next = await nextList(list, [...former, ...newer] as [Signer, ...Signer[]], ['/roots', roots])
    expect(await world.node.learn({ trustLists: [next.signed] })).toEqual([])

    const sign = (content: Content, by: readonly [Signer, ...Signer[]]) => signCatalogue(payloadBy('SC-AMR', content), by)
    const first = await sign({}, former)
    const previous = statementIdOf(first[0] as string, 'metrology-catalogue+jwt')
    const second = await sign({ version: 2, previous }, newer)
    expect(await codesOf([first], world)).toEqual(['catalogue.threshold'])
    expect(await codesOf([first, second], world)).toEqual([])
    expect(await held('SC-AMR', world)).toBe(2)
    const third = await sign({ version: 3, previous: statementIdOf(second[0] as string, 'metrology-catalogue+jwt') }, former)
    expect(await codesOf([first, second, third], world)).toEqual(['catalogue.threshold'])
    expect(await held('SC-AMR', world)).toBe(2)
  })

  it('is read again from the store by another process', async () => {
    await codesOf([await signed('SC-AMR', ENDED)])
    const again = await openWorld({ authorities: sichuan.authorities, store: sichuan.store })
    const statement = await sichuan.authorities.sign('CD', taximeter('再开'))
    const verdict = await again.node.judge(statement, { region: '51' })
    expect(verdict.reliedOn.catalogues).toMatchObject([{ version: 1 }])
    expect(await codesOf([await signed('SC-AMR', { title: { zh: '另一份' } })], again)).toEqual(['catalogue.fork'])
  })
})

describe('a peer', () => {
  it('passes the catalogues of both authorities on, once', async () => {
    await codesOf([await signed('SC-AMR'), await signed('CQ-AMR')])
    expect((await follow(chongqing, sichuan)).filter(({ kind }) => kind === 'learned')).toEqual([])
    expect([await held('SC-AMR', chongqing), await held('CQ-AMR', chongqing)]).toEqual([1, 1])
    // An older one at the peer replaces nothing.
    await codesOf([await signed('SC-AMR', { version: 2, previous: await idOf('SC-AMR') })], chongqing)
    await follow(chongqing, sichuan)
    expect(await held('SC-AMR', chongqing)).toBe(2)
  })

  it('of an earlier release, which has no such call, is followed all the same', async () => {
    const client = sichuan.client('CQ-AMR', {
      retries: 0,
      fetch: async (request) =>
        request.url.includes('/v1/catalogues/')
          ? new Response(JSON.stringify({ type: 'x', title: 'x', status: 404, code: 'not-found', text: { zh: '没有', en: 'no' } }), {
              status: 404,
              headers: { 'content-type': 'application/problem+json' },
            })
          : sichuan.server.fetch(request),
    })
    expect((await follow(chongqing, sichuan, { client })).filter(({ kind }) => kind === 'failed')).toEqual([])
  })

  it('that offers another content under a number, or a forged one, is refused, and named', async () => {
    await codesOf([await signed('SC-AMR')], chongqing)
    const offering = async (version: number, offered: readonly string[]) => {
      const client = sichuan.client('CQ-AMR', {
        retries: 0,
        fetch: async (request) =>
          request.url.endsWith(`/v1/catalogues/${uscc('SC-AMR')}`)
            ? Response.json({ name: uscc('SC-AMR'), version, signed: offered })
            : sichuan.server.fetch(request),
      })
      const events = await follow(chongqing, sichuan, { client })
      return events.flatMap((event) => (event.kind === 'learned' ? event.refused.map(({ code }) => code) : []))
    }
    expect(await offering(1, await signed('SC-AMR', { title: { zh: '另一份' } }))).toEqual(['catalogue.fork'])
    expect(await offering(9, await signed('SC-AMR', { version: 9 }, 'CQ-AMR'))).toEqual(['catalogue.threshold'])
    // A version number that differs from the content.
    expect(await offering(9, await signed('SC-AMR'))).toEqual([])
    expect(await held('SC-AMR', chongqing)).toBe(1)
  })
})

/** Statement id of the stored catalogue. */
async function idOf(authority: Authority): Promise<string> {
  const { openCatalogues } = await import('tongheng/recognition')
  const document = await sichuan.store.getDocument('catalogue', uscc(authority))
  const opened = await openCatalogues({ catalogues: [document?.signed ?? []], trust: sichuan.node.trust, at: NOW })
  return opened.seen[0]?.statementId ?? ''
}
