// Why this exists: an auditor of the log has only these octets; they must be those of RFC 9162 and C2SP tlog-tiles, at every size.
import fc from 'fast-check'
import { readReceipt } from 'tongheng/client'
import {
  type Hash,
  leafHash,
  openCheckpoint,
  readEntryBundle,
  tilesOf,
  verifyInclusion,
  writeEntryBundle,
  writeHashTile,
  writeTilePath,
} from 'tongheng/log'
import { createMemoryStore } from 'tongheng/stores/memory'
import { beforeAll, describe, expect, it } from 'vitest'
import { hex, naive, tilesOver } from '../log/trees.js'
import { entriesOf, fill, logHolder, originOf, signMany, takeOver } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, problemOf, recordPath, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

const SIZE = 600
let statements: readonly string[]
let world: World

beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), SIZE)
  world = await openWorld()
})

const leafOf = (statement: string): Hash => leafHash(Buffer.from(statementIdOf(statement), 'base64url'))
const get = (path: string, of = world, headers: Record<string, string> = {}): Promise<Response> =>
  of.send({ path: `/v1/log/${path}`, as: null, headers })
const octets = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer())
const keyOf = async (of: World) => (await logHolder(of.authorities, 'SC-AMR')).key

/** Compares the whole log, read from its endpoints, with a tree built by the definition. */
async function expectLog(of: World, written: readonly string[]): Promise<void> {
  const leaves = written.map(leafOf)
  const checkpoint = await openCheckpoint(await (await get('checkpoint', of)).text(), await keyOf(of))
  expect([checkpoint.origin, checkpoint.size]).toEqual([originOf(of), written.length])
  expect(hex(checkpoint.root)).toBe(hex(naive(leaves)))
  const tiles = tilesOver(leaves)
  for (const { level, full, partial } of tilesOf(written.length)) {
    for (let index = 0; index <= full; index++) {
      const width = index < full ? 256 : partial
      if (width === 0) continue
      const response = await get(writeTilePath({ level, index, width }), of)
      expect(response.status, `${level}/${index}/${width}`).toBe(200)
      expect((await octets(response)).equals(writeHashTile(await tiles(level, index, width))), `${level}/${index}/${width}`).toBe(true)
      if (level > 0) continue
      const ids = written.slice(index * 256, index * 256 + width).map((one) => Buffer.from(statementIdOf(one), 'base64url'))
      const bundle = await octets(await get(writeTilePath({ level: 'entries', index, width }), of))
      expect(bundle.equals(writeEntryBundle(ids)), `entries/${index}/${width}`).toBe(true)
      expect(readEntryBundle(bundle)).toHaveLength(width)
      const page = await of.send({ path: `/v1/log/entries/${index}${width === 256 ? '' : `?width=${width}`}`, as: 'CQ-AMR' })
      expect(await page.text()).toBe(`${written.slice(index * 256, index * 256 + width).join('\n')}\n`)
    }
  }
}

describe('the log over HTTP', () => {
  it('has exactly the tiles, bundles and pages of the definition, at many sizes', async () => {
    await expectLog(world, [])
    let from = 0
    for (const size of [1, 2, 3, 255, 256, 257, 511, 512, 513, SIZE]) {
      await fill(world, statements.slice(from, size))
      await expectLog(world, statements.slice(0, size))
      from = size
    }
  })

  it('proves the index of every entry, and no other index', async () => {
    const small = await openWorld()
    await fill(small, statements.slice(0, 70))
    const nearBorders = [...Array(SIZE).keys()].filter(
      (index) => index % 256 < 3 || index % 256 > 252 || index % 97 === 0 || index === SIZE - 1,
    )
    for (const [of, indices] of [
      [small, [...Array(70).keys()]],
      [world, nearBorders],
    ] as const) {
      const { size, root } = await openCheckpoint(await (await get('checkpoint', of)).text(), await keyOf(of))
      for (const index of indices) {
        const leaf = leafOf(statements[index] as string)
        const place = await of.client(undefined).log.place(statementIdOf(statements[index] as string))
        const proof = place.proof.map((hash) => Buffer.from(hash, 'base64url'))
        const holds = [index - 1, index, index + 1].map((at) => verifyInclusion(at, size, leaf, proof, root))
        expect([place.index, ...holds], String(index)).toEqual([index, false, true, false])
      }
    }
  })

  it('still serves the partial tiles of smaller trees', async () => {
    const tiles = tilesOver(statements.map(leafOf))
    for (const [level, index, width] of [
      [0, 0, 1],
      [0, 0, 255],
      [0, 1, 100],
      [1, 0, 1],
    ] as const)
      expect(
        (await octets(await get(writeTilePath({ level, index, width })))).equals(writeHashTile(await tiles(level, index, width))),
      ).toBe(true)
    const page = await world.client('CQ-AMR').log.entries(1, 7)
    expect(page).toEqual(statements.slice(256, 263))
  })

  it('can be cached for ever if it never changes, publicly only if it contains no personal data; the rest cannot', async () => {
    const forEver = 'public, max-age=31536000, immutable'
    for (const path of ['tile/0/000', 'tile/0/002.p/88', 'tile/1/000.p/2', 'tile/entries/001']) {
      const response = await get(path)
      const etag = response.headers.get('etag') ?? ''
      expect([response.status, response.headers.get('cache-control'), response.headers.get('content-type')], path).toEqual([
        200,
        forEver,
        'application/octet-stream',
      ])
      expect(etag).toMatch(/^"[A-Za-z0-9_-]{43}"$/)
      const again = await get(path, world, { 'if-none-match': etag })
      expect([again.status, await again.text()], path).toEqual([304, ''])
    }
    const page = await world.send({ path: '/v1/log/entries/0', as: 'CQ-AMR' })
    expect([page.headers.get('cache-control'), page.headers.get('content-type')]).toEqual([
      'private, max-age=31536000, immutable',
      'application/jose+ndjson',
    ])
    const etag = page.headers.get('etag') ?? ''
    expect((await world.send({ path: '/v1/log/entries/0', as: 'CQ-AMR', headers: { 'if-none-match': etag } })).status).toBe(304)
    for (const path of ['checkpoint', `proofs/${statementIdOf(statements[0] as string)}`, 'tile/0/009', 'tile/0/000.p/0']) {
      const response = await get(path)
      expect([response.headers.get('cache-control'), response.headers.get('etag')], path).toEqual(['no-store', null])
    }
  })

  it('rejects every other spelling of a tile with 400, and a missing one with 404', async () => {
    for (const path of [
      'tile/0/0',
      'tile/0/00',
      'tile/0/0000',
      'tile/00/000',
      'tile/64/000',
      'tile/99/000',
      'tile/-1/000',
      'tile/x/000',
      'tile/0/x000',
      'tile/0/x000/000',
      'tile/0/000/000',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/01',
      'tile/0/000.p/',
      'tile/0/000.p',
      'tile/0/000/',
      'tile/0/%30%30%30.',
      'tile/0/000;x',
      `tile/0/${'x999/'.repeat(20)}999`,
      'tile/entries/0',
      'tile/entry/000',
    ]) {
      const response = await get(path)
      expect([path, response.status, (await problemOf(response)).code]).toEqual([path, 400, 'query.invalid'])
    }
    for (const path of [
      'tile/0/003',
      'tile/0/002',
      'tile/0/002.p/89',
      'tile/1/000.p/3',
      'tile/1/000',
      'tile/2/000.p/1',
      'tile/63/000.p/1',
      'tile/0/x999/x999/x999/999',
      'tile/entries/002',
      'tile',
      'tile/0',
      'tile/0/',
    ]) {
      const response = await get(path)
      expect([path, response.status, (await problemOf(response)).code]).toEqual([path, 404, 'not-found'])
    }
    for (const [path, status] of [
      ['entries/00', 400],
      ['entries/-1', 400],
      ['entries/1.0', 400],
      ['entries/99999999999', 400],
      ['entries/9999999999', 404],
      ['entries/2', 404],
      ['entries/2?width=89', 404],
      ['entries/2?width=0', 400],
      ['entries/2?width=256', 400],
      ['entries/2?width=01', 400],
      ['entries/2?width=88&x=1', 400],
    ] as const)
      expect([path, (await world.send({ path: `/v1/log/${path}`, as: 'CQ-AMR' })).status]).toEqual([path, status])
    expect((await get('entries/0')).status).toBe(401)
  })

  it('uses the tile paths of C2SP, which a file server understands', async () => {
    const asked: string[] = []
    const { log } = world.client(undefined, {
      fetch: (request) => {
        asked.push(new URL(request.url).pathname)
        return world.server.fetch(request)
      },
    })
    await log.tile(0, 0, 256)
    await log.tile(0, 2, 88)
    await expect(log.tile(0, 1_234_067, 8)).rejects.toMatchObject({ code: 'not-found' })
    await expect(log.witnessed('node-50.example/v1/log')).rejects.toMatchObject({ code: 'not-found' })
    expect(asked).toEqual([
      '/v1/log/tile/0/000',
      '/v1/log/tile/0/002.p/88',
      '/v1/log/tile/0/x001/x234/067.p/8',
      '/v1/log/witnessed/node-50.example/v1/log',
    ])
  })
})

describe('receipts', () => {
  it('of one batch share one checkpoint, and each proves its own index', async () => {
    const of = await openWorld()
    const some = statements.slice(0, 60)
    await fill(of, statements.slice(60, 70))
    const { submit } = of.client('CD').records
    const receipts = await Promise.all(some.map((statement) => submit(statement)))
    const places = receipts.map(({ claims }) => claims.log as { index: number; proof: string[]; checkpoint: string })
    expect(new Set(places.map(({ checkpoint }) => checkpoint)).size).toBeLessThan(10)
    expect(places.map(({ index }) => index).sort((a, b) => a - b)).toEqual(some.map((_, at) => at + 10))
    for (const [at, { receipt, claims }] of receipts.entries()) {
      expect(await readReceipt(receipt, of.authorities.trust)).toEqual(claims)
      const entry = await of.store.getEntry(statementIdOf(some[at] as string))
      expect([entry?.position, entry?.receipt]).toEqual([places[at]?.index, receipt])
    }
    await expectLog(
      of,
      (await entriesOf(of)).map(({ statement }) => statement),
    )
  })

  it('of a node without a log key state no index, nor prove one with an earlier checkpoint', async () => {
    const store = createMemoryStore()
    const keyed = await openWorld({ store })
    await keyed.client('CD').records.submit(statements[0] as string)
    const keyless = await openWorld({ store, node: { log: undefined } })
    const { claims } = await keyless.client('CD').records.submit(statements[1] as string)
    expect(claims.log).toBeUndefined()
    // The first is still proved by its checkpoint; the second by none.
    const place = await keyless.client(undefined).log.place(statementIdOf(statements[0] as string))
    const { size, root } = await openCheckpoint(place.checkpoint, await keyOf(keyed))
    expect([
      size,
      verifyInclusion(
        place.index,
        size,
        leafOf(statements[0] as string),
        place.proof.map((one) => Buffer.from(one, 'base64url')),
        root,
      ),
    ]).toEqual([1, true])
    expect((await get(`proofs/${statementIdOf(statements[1] as string)}`, keyless)).status).toBe(404)
    // With its key again, it signs what was stored in between, and the sender gets the receipt that was given.
    const again = await openWorld({ store })
    await expectLog(again, statements.slice(0, 2))
    expect((await again.client('CD').records.submit(statements[1] as string)).claims).toEqual(claims)
    expect((await get(`proofs/${statementIdOf(statements[1] as string)}`, again)).status).toBe(200)
  })
})

describe('any sequence of submissions', () => {
  /** Submitted one by one or in bulk, some concurrently, some repeatedly, some under a used name. */
  type Step = { readonly kind: 'one' | 'bulk' | 'takeOver'; readonly picks: readonly number[]; readonly isAtOnce: boolean }
  const step = fc.record<Step>({
    kind: fc.constantFrom('one', 'bulk', 'takeOver'),
    picks: fc.array(fc.nat(39), { minLength: 1, maxLength: 12 }),
    isAtOnce: fc.boolean(),
  })
  let pool: readonly string[]

  beforeAll(async () => {
    const { authorities } = world
    // Ten names with two contents each; the first ten statements compete for their name with the eleventh to twentieth.
    const jti = (n: number): string => `01JQ00000000000000000000${String(n).padStart(2, '0')}`
    const rivals = await Promise.all(
      Array.from({ length: 20 }, (_, n) => authorities.sign('CD', taximeter(`名-${n}`), { jti: jti(n % 10) })),
    )
    pool = [...rivals, ...statements.slice(0, 20)]
  })

  it('yields the log of a naive tree, one index per statement, and receipts that verify', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const of = await openWorld()
        const client = of.client('CD')
        const given = new Map<string, Set<string>>()
        const take = (statement: string, receipt: string): void => {
          given.set(statement, (given.get(statement) ?? new Set()).add(receipt))
        }
        const submit = async (statement: string): Promise<void> => {
          const sent = { method: 'PUT', path: recordPath(statement), body: statement }
          const response = await of.send(sent)
          if (response.ok) take(statement, await response.text())
          else expect((await problemOf(response)).code).toBe('record.conflict')
        }
        const bulk = async (some: readonly string[]): Promise<void> => {
          for await (const { statement, receipt, problem } of client.records.submitMany(some)) {
            if (receipt !== undefined) take(statement, receipt)
            else expect(problem?.code).toBe('record.conflict')
          }
        }
        for (const { kind, picks, isAtOnce } of steps) {
          const some = picks.map((pick) => pool[pick] as string)
          if (kind === 'takeOver') await takeOver(of, some)
          else if (kind === 'bulk' && isAtOnce) await Promise.all([bulk(some), bulk([...some].reverse())])
          else if (kind === 'bulk') await bulk(some)
          else if (isAtOnce) await Promise.all(some.map(submit))
          else for (const statement of some) await submit(statement)
        }
        const entries = await entriesOf(of)
        await expectLog(
          of,
          entries.map(({ statement }) => statement),
        )
        expect(new Set(entries.map(({ statementId }) => statementId)).size).toBe(entries.length)
        // A second statement under a name is imported only from another log.
        const names = new Set(entries.map(({ iss, jti }) => `${iss}/${jti}`))
        if (steps.every(({ kind }) => kind !== 'takeOver')) expect(names.size).toBe(entries.length)
        const asked = new Set(steps.flatMap(({ picks }) => picks.map((pick) => pool[pick] as string)))
        for (const { statement } of entries) expect(asked.has(statement)).toBe(true)
        for (const [statement, receipts] of given) {
          expect(receipts.size).toBe(1)
          const [receipt] = receipts as unknown as [string]
          const { sub, log, iss } = await readReceipt(receipt, of.authorities.trust)
          const entry = entries.find((one) => one.statement === statement)
          expect([sub, iss, log?.index, receipt]).toEqual([statementIdOf(statement), uscc('SC-AMR'), entry?.position, entry?.receipt])
        }
      }),
      { numRuns: 15 },
    )
  })
})
