// Why this exists: a peer's log is accepted only as far as it is proved. Each way to lie must stop the import without storing
// anything, and a fork must yield its evidence.
import { createSigner, generateKey, signStatement } from 'tongheng/envelope'
import type { TonghengError } from 'tongheng/errors'
import {
  type Checkpoint,
  createNoteSigner,
  type NoteKey,
  type NoteSigner,
  openCheckpoint,
  proveFork,
  readForkEvidence,
  rootOf,
  signCheckpoint,
  verifyFork,
} from 'tongheng/log'
import type { Store } from 'tongheng/node'
import type { LogSource } from 'tongheng/sync'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sameLeaves } from '../log/trees.js'
import { entriesOf, fill, follow, logHolder, openChongqing, originOf, signMany, sourceOf, sync } from '../support/nodes/pair.js'
import { claimsOf, fakeAuthorities, openWorld, uscc, type World } from '../support/nodes/world.js'

/** One log at four sizes, and another history under the same name and key at three. */
const SIZES = { six: 6, eight: 8, page: 256, late: 260 } as const
type Size = keyof typeof SIZES
const honest = {} as Record<Size, World>
const forked = {} as Record<Exclude<Size, 'page'>, World>
let statements: readonly string[]
let origin: string
let key: NoteKey
let signer: NoteSigner
let chongqing: World

beforeAll(async () => {
  const authorities = await fakeAuthorities()
  statements = await signMany(authorities, SIZES.late)
  for (const [name, size] of Object.entries(SIZES) as [Size, number][]) {
    honest[name] = await openWorld()
    await fill(honest[name], statements.slice(0, size))
    if (name === 'page') continue
    forked[name] = await openWorld()
    await fill(forked[name], [...statements].reverse().slice(0, size))
  }
  origin = originOf(honest.late)
  ;({ key, signer } = await logHolder(authorities, 'SC-AMR'))
})

beforeEach(async () => {
  chongqing = await openChongqing({ authorities: await fakeAuthorities() })
})

const checkpointOf = async (world: World): Promise<string> => (await world.store.readLog()).checkpoint as string

/** Returns everything that the node has accepted and stored of the log. */
const known = async ({ store }: World): Promise<unknown> => ({
  peer: await store.getPeer(origin),
  log: await store.readLog(),
  entries: (await entriesOf(chongqing)).map(({ statementId }) => statementId),
  skipped: await store.listSkipped(origin, { not: '', limit: 10 }),
})

/** Expects a sync to fail without changing anything, and returns its error. */
async function refused(source: LogSource, receiver = chongqing): Promise<TonghengError> {
  const before = await known(receiver)
  const error = await sync(receiver, honest.late, source).then(
    () => undefined,
    (reason: TonghengError) => reason,
  )
  expect(error?.code).toBeDefined()
  expect(await known(receiver)).toEqual(before)
  return error as TonghengError
}

/** Stores a peer's checkpoint and cursor directly, without importing the entries. */
async function believe(store: Store, checkpoint: string, size: number, cursor: number): Promise<void> {
  expect(await store.advancePeer({ origin, checkpoint, size }, -1)).toBe(true)
  await store.setCursor(origin, cursor)
}

describe('a fork', () => {
  for (const [seen, shown, of] of [
    ['six', 'six', 'the same size'],
    ['six', 'eight', 'a larger tree, from a size that is no power of two'],
    ['eight', 'late', 'a larger tree, from a power of two'],
    ['six', 'late', 'a larger tree over several tiles'],
  ] as const) {
    it(`of ${of} stops the import, and yields evidence that verifies on its own`, async () => {
      await sync(chongqing, honest[seen])
      const error = await refused(sourceOf(forked[shown]))
      expect([error.code, error.details.size, error.details.seen]).toEqual(['sync.fork', SIZES[shown], SIZES[seen]])

      const [text] = (await chongqing.store.getDocument('fork', origin, SIZES[shown]))?.signed ?? []
      const evidence = readForkEvidence(text as string)
      expect(evidence).toEqual(error.details.evidence)
      expect(evidence.checkpoints).toEqual([await checkpointOf(honest[seen]), await checkpointOf(forked[shown])])
      const proved = await verifyFork(evidence, key)
      expect(proved).toEqual(await verifyFork(evidence))
      const [first, second] = await Promise.all(evidence.checkpoints.map((note): Promise<Checkpoint> => openCheckpoint(note, key)))
      expect([proved.origin, proved.first.root, proved.second.root]).toEqual([origin, first?.root, second?.root])

      // Neither these hashes nor any others prove a fork between two honest checkpoints.
      const pair = [await checkpointOf(honest[seen]), await checkpointOf(honest.late)] as const
      await expect(verifyFork({ ...evidence, checkpoints: pair }, key)).rejects.toMatchObject({ code: 'fork.unproved' })
      const tiles = (level: number, index: number, width: number) => sourceOf(honest.late).tile(level, index, width)
      await expect(proveFork(key, ...pair, tiles)).rejects.toMatchObject({ code: 'fork.unproved', details: { why: 'consistent' } })

      // The accepted state is unchanged: the import of the honest log continues.
      await sync(chongqing, honest.eight)
      expect((await chongqing.store.getPeer(origin))?.size).toBe(8)
    })
  }

  it('is detected again in every round, and stored once', async () => {
    await sync(chongqing, honest.six)
    for (let round = 0; round < 3; round++) expect((await refused(sourceOf(forked.eight))).code).toBe('sync.fork')
    expect(await chongqing.store.listDocuments('fork')).toHaveLength(1)
  })

  it('hidden behind the tiles of the honest log cannot be proved, and is not accepted either', async () => {
    await sync(chongqing, honest.six)
    const checkpoint = () => checkpointOf(forked.late)
    expect((await refused(sourceOf(honest.late, { checkpoint }))).code).toBe('sync.tile')
  })
})

describe('a rollback', () => {
  it('stops the import with both checkpoints, until the log is as long again', async () => {
    await believe(chongqing.store, await checkpointOf(honest.late), SIZES.late, SIZES.late)
    for (const smaller of [honest.eight, forked.eight]) {
      const error = await refused(sourceOf(smaller))
      expect([error.code, error.details.size, error.details.seen]).toEqual(['sync.rollback', 8, SIZES.late])
      expect(error.details.checkpoints).toEqual([await checkpointOf(smaller), await checkpointOf(honest.late)])
    }
    expect(await sync(chongqing, honest.late)).toEqual([])
  })

  it('to the empty log is detected', async () => {
    await sync(chongqing, honest.six)
    expect((await refused(sourceOf(await openWorld()))).code).toBe('sync.rollback')
  })
})

describe('a checkpoint', () => {
  const text = (size: string, name = origin): string => `${name}\n${size}\n${Buffer.alloc(32, 7).toString('base64')}\n`
  const sign = async (of: string, by: NoteSigner): Promise<string> => {
    const id = Buffer.from(by.id, 'hex')
    const signature = Buffer.concat([id, Buffer.from(await by.sign(Buffer.from(of)))]).toString('base64')
    return `${of}\n— ${by.name} ${signature}\n`
  }
  const stranger = async (name: string): Promise<NoteSigner> => {
    const { privateJwk, publicJwk: jwk } = await generateKey('Ed25519')
    return createNoteSigner({ name, role: 'log', signer: await createSigner(privateJwk), jwk })
  }
  /** Each with the expected code. */
  const lies: Readonly<Record<string, readonly [code: string, make: () => Promise<string>]>> = {
    'by another key under the name of the log': ['note.unsigned', async () => sign(text('300'), await stranger(origin))],
    'with a signature of the log that is not one': [
      'note.signature',
      async () => (await checkpointOf(honest.late)).replace(/.{8}\n$/, 'AAAAAAA=\n'),
    ],
    'with the true signature under another size': [
      'note.signature',
      async () => (await checkpointOf(honest.late)).replace(`\n${SIZES.late}\n`, '\n261\n'),
    ],
    'of another log, which another authority lists': ['log.unknown', () => checkpointOf(chongqing)],
    'of a log that nobody lists': ['log.unknown', async () => sign(text('300', 'x.example/log'), await stranger('x.example/log'))],
    'of another name, signed by the log': ['log.unknown', async () => sign(text('300', 'x.example/log'), signer)],
    'of more than 2⁵³ entries': ['checkpoint.form', () => sign(text('9007199254740993'), signer)],
    'of 2⁵³ entries': ['checkpoint.form', () => sign(text('9007199254740992'), signer)],
    'of 10³⁰ entries': ['checkpoint.form', () => sign(text(`1${'0'.repeat(30)}`), signer)],
    'of a negative size': ['checkpoint.form', () => sign(text('-1'), signer)],
    'of a size with a zero before it': ['checkpoint.form', () => sign(text('0300'), signer)],
    'with a root of 31 octets': ['checkpoint.form', () => sign(`${origin}\n300\n${Buffer.alloc(31).toString('base64')}\n`, signer)],
    'that is empty': ['note.form', async () => ''],
    'that is a web page': ['note.form', async () => '<html><body>502 Bad Gateway</body></html>'],
    'without its last line break': ['note.form', async () => (await checkpointOf(honest.late)).slice(0, -1)],
    'without its signature line': ['note.form', async () => (await checkpointOf(honest.late)).replace(/— .*\n/, '')],
    'cut off in its text': ['note.form', async () => (await checkpointOf(honest.late)).slice(0, 40)],
    'with other line breaks': ['note.form', async () => (await checkpointOf(honest.late)).replaceAll('\n', '\r\n')],
    'with a thousand signatures': ['note.form', async () => `${await checkpointOf(honest.late)}${'— a AAAAAAAAAAA=\n'.repeat(1000)}`],
    'of 60 MB': ['note.form', async () => `${text('300')}${'x'.repeat(60_000_000)}\n\n— ${origin} AAAA\n`],
  }
  for (const [name, [code, make]] of Object.entries(lies)) {
    it(`${name} is rejected with ${code}`, async () => {
      await sync(chongqing, honest.six)
      expect((await refused(sourceOf(honest.late, { checkpoint: make }))).code).toBe(code)
    })
  }

  it('of more entries than its tiles hash to is rejected: 2⁵³ − 1 of them, on the same tiles', async () => {
    const checkpoint = () => sign(text('9007199254740991'), signer)
    const tile = sameLeaves('x').tiles
    expect((await refused(sourceOf(honest.late, { checkpoint, tile }))).code).toBe('sync.tile')
  })
})

describe('a tile', () => {
  const late = () => sourceOf(honest.late)
  type Spoil = (hashes: readonly Uint8Array[]) => readonly Uint8Array[]
  const spoils: Readonly<Record<string, Spoil>> = {
    'with a hash altered': ([first, ...rest]) => [(first as Uint8Array).map((octet) => octet ^ 1), ...rest],
    'too short': (hashes) => hashes.slice(1),
    empty: () => [],
    'with a hash of 31 octets': ([first, ...rest]) => [(first as Uint8Array).subarray(1), ...rest],
    'with a hash of 33 octets': ([first, ...rest]) => [new Uint8Array([...(first as Uint8Array), 0]), ...rest],
  }
  for (const [where, level, index] of [
    ['at the edge, level 0', 0, 1],
    ['at the edge, level 1', 1, 0],
    ['that is full, level 0', 0, 0],
  ] as const) {
    for (const [name, spoil] of Object.entries(spoils)) {
      it(`${where}, ${name} is rejected with sync.tile`, async () => {
        await sync(chongqing, honest.six)
        const tile: LogSource['tile'] = async (...at) => {
          const hashes = await late().tile(...at)
          return at[0] === level && at[1] === index ? spoil(hashes) : hashes
        }
        const error = await refused(sourceOf(honest.late, { tile }))
        expect([error.code, error.details.origin]).toEqual(['sync.tile', origin])
      })
    }
  }

  it('that is full, on level 1, of a log with seventy thousand entries is rejected with sync.tile', async () => {
    const size = 70_000
    const leaves = sameLeaves('x')
    const head = (of: number): Promise<string> => signCheckpoint({ origin, size: of, root: rootOf(of, leaves.nodeAt) }, signer)
    await believe(chongqing.store, await head(6), 6, 6)
    const checkpoint = () => head(size)
    const asked: string[] = []
    const tile: LogSource['tile'] = async (level, index, width) => {
      asked.push(`${level}/${index}/${width}`)
      const hashes = await leaves.tiles(level, index, width)
      return level === 1 && index === 0 ? hashes.map((hash, at) => (at === 9 ? leaves.hash(3) : hash)) : hashes
    }
    const error = await refused(sourceOf(honest.late, { checkpoint, tile }))
    expect([error.code, error.details.level, error.details.index]).toEqual(['sync.tile', 1, 0])
    // The leaf tile would be useless without it, so nothing else was requested.
    expect(asked.sort()).toEqual(['0/0/256', '0/273/112', '1/0/256', '1/1/17', '2/0/1'])
    const truth = sourceOf(honest.late, { checkpoint, tile: leaves.tiles, entries: async () => [] })
    await expect(sync(chongqing, honest.late, truth)).rejects.toMatchObject({ code: 'sync.page' })
    expect(await chongqing.store.getPeer(origin)).toMatchObject({ size, cursor: 6 })
  })

  it('wider than requested, but true, is accepted', async () => {
    const tile: LogSource['tile'] = async (...at) => [...(await late().tile(...at)), new Uint8Array(32)]
    await sync(chongqing, honest.six, sourceOf(honest.six, { tile }))
    expect(await entriesOf(chongqing)).toHaveLength(6)
  })
})

describe('a page', () => {
  type Spoil = (page: readonly string[]) => readonly string[] | Promise<readonly string[]>
  const with1 =
    (change: (statement: string) => string): Spoil =>
    (page) =>
      page.map((one, at) => (at === 1 ? change(one) : one))
  const spoils: Readonly<Record<string, Spoil>> = {
    'one too short': (page) => page.slice(0, -1),
    'one too long': (page) => [...page, page[0] as string],
    empty: () => [],
    'with a statement altered': with1((one) => one.replace(/\.(.{20})(.)/, (_, head, next) => `.${head}${next === 'A' ? 'B' : 'A'}`)),
    'with a statement cut off': with1((one) => one.slice(0, 100)),
    'with another genuine statement in its place': with1(() => statements[200] as string),
    'with two in another order': ([first, second, ...rest]) => [second as string, first as string, ...rest],
    'with one of them twice': ([first, _, ...rest]) => [first as string, first as string, ...rest],
    'with an empty one': with1(() => ''),
    'with a web page': with1(() => '<html>'),
    'with a statement of half a million characters': with1(() => 'x'.repeat(500_000)),
    'with a receipt, which no log has': async (page) => {
      const { receipt } = await honest.six.client('CD').records.submit(statements[0] as string)
      return page.map((one, at) => (at === 1 ? receipt : one))
    },
    'with the same words under another type': async (page) => {
      const other = { typ: 'metrology-notice+jwt' as const, signer: (await fakeAuthorities()).signer('CD') }
      const notice = await signStatement(claimsOf<object>(page[1] as string), other)
      return page.map((one, at) => (at === 1 ? notice : one))
    },
  }
  for (const [where, number] of [
    ['that is full', 0],
    ['at the end', 1],
  ] as const) {
    for (const [name, spoil] of Object.entries(spoils)) {
      it(`${where}, ${name} is rejected with sync.page`, async () => {
        await believe(chongqing.store, await checkpointOf(honest.late), SIZES.late, number * 256)
        const entries: LogSource['entries'] = async (page, width) => spoil(await sourceOf(honest.late).entries(page, width))
        const error = await refused(sourceOf(honest.late, { entries }))
        expect([error.code, error.details.origin, error.details.page]).toEqual(['sync.page', origin, number])
      })
    }
  }

  it('of another length than the log says is rejected with both numbers', async () => {
    await believe(chongqing.store, await checkpointOf(honest.late), SIZES.late, 0)
    const entries: LogSource['entries'] = async (page, width) => (await sourceOf(honest.late).entries(page, width)).slice(1)
    expect((await refused(sourceOf(honest.late, { entries }))).details.reason).toBe('255/256')
  })

  it.each([
    ['alone', 256],
    ['together', 1024],
  ])(
    'that lies after an honest one, read %s, stops the import there; proved entries remain stored, and an honest page continues',
    async (_, pages) => {
      const entries: LogSource['entries'] = async (page, width) => {
        const given = await sourceOf(honest.late).entries(page, width)
        return page === 1 ? [...given].reverse() : given
      }
      await expect(sync(chongqing, honest.late, sourceOf(honest.late, { entries }), Infinity, pages)).rejects.toMatchObject({
        code: 'sync.page',
      })
      expect(await chongqing.store.getPeer(origin)).toMatchObject({ size: SIZES.late, cursor: 256 })
      expect((await entriesOf(chongqing)).map(({ statement }) => statement)).toEqual(statements.slice(0, 256))
      expect(await sync(chongqing, honest.late)).toEqual([{ cursor: 260, size: 260, taken: 4, known: 0, skipped: 0 }])
    },
  )

  it('that ends a log exactly is proved by the tile above', async () => {
    await believe(chongqing.store, await checkpointOf(honest.page), 256, 0)
    const entries: LogSource['entries'] = async (page, width) => [...(await sourceOf(honest.page).entries(page, width))].reverse()
    expect((await refused(sourceOf(honest.page, { entries }))).code).toBe('sync.page')
  })
})

describe('over HTTP', () => {
  /** A peer whose answers to some paths are altered. */
  const through = (path: RegExp, answer: (honestly: Response) => Response | Promise<Response>): LogSource => {
    const { log } = honest.late.client('CQ-AMR', {
      retries: 0,
      fetch: async (request) => {
        const response = await honest.late.server.fetch(request)
        return path.test(new URL(request.url).pathname) ? answer(response) : response
      },
    })
    return { checkpoint: () => log.checkpoint(), tile: (...at) => log.tile(...at), entries: (...at) => log.entries(...at) }
  }
  const endless = (): Response => {
    const line = new Uint8Array(1_000_000).fill(0x41)
    return new Response(new ReadableStream({ pull: (controller) => controller.enqueue(line) }))
  }

  for (const [name, path] of [
    ['checkpoint', /\/checkpoint$/],
    ['tile', /\/tile\//],
    ['page', /\/entries\//],
  ] as const) {
    it(`a ${name} without an end is cut off at the limit`, async () => {
      await believe(chongqing.store, await checkpointOf(honest.late), SIZES.late, 0)
      expect((await refused(through(path, endless))).code).toBe('client.answer')
    })
  }

  it('a tile with an odd number of octets, or of another width, is rejected', async () => {
    await believe(chongqing.store, await checkpointOf(honest.late), SIZES.late, 0)
    for (const length of [0, 31, 33, 64, 1 << 16]) {
      const source = through(/\/tile\//, () => new Response(new Uint8Array(length)))
      expect((await refused(source)).code, String(length)).toBe('client.answer')
    }
  })

  it('a page with junk between its lines does not match the tree', async () => {
    await believe(chongqing.store, await checkpointOf(honest.late), SIZES.late, 256)
    for (const spoil of [
      (text: string) => text.replaceAll('\n', '\r\n'),
      (text: string) => `\ufeff${text}`,
      (text: string) => text.replace('\n', '\n{}\n'),
      (text: string) => ` ${text}`,
    ]) {
      const source = through(/\/entries\//, async (response) => new Response(spoil(await response.text())))
      expect((await refused(source)).code).toBe('sync.page')
    }
    const noText = through(/\/entries\//, () => new Response(Uint8Array.of(0xff, 0xfe)))
    expect((await refused(noText)).code).toBe('client.answer')
  })
})

describe('a peer that announces more than it has', () => {
  let sender: World
  beforeEach(async () => {
    sender = await openWorld()
  })
  const asking = (answers: Readonly<Record<string, unknown>>, asked: string[]) =>
    sender.client('CQ-AMR', {
      retries: 0,
      fetch: async (request) => {
        const { pathname } = new URL(request.url)
        asked.push(pathname)
        const found = Object.entries(answers).find(([path]) => pathname.startsWith(path))
        if (found === undefined) return sender.server.fetch(request)
        return typeof found[1] === 'string' ? new Response(found[1]) : Response.json(found[1])
      },
    })

  it('receives a request for one of a billion versions of a trust list, and no more if that one is not genuine', async () => {
    const { signed } = (await fakeAuthorities()).trust.lists[0] as { signed: readonly string[] }
    for (const [given, refusals] of [
      [[...signed], 0],
      [['a.b.c'], 2],
    ] as const) {
      const asked: string[] = []
      const client = asking({ '/v1/trust-lists/': { name: 'x', version: 1_000_000_000, signed: given } }, asked)
      const events = await follow(chongqing, sender, { client })
      expect(asked.filter((path) => path.startsWith('/v1/trust-lists/'))).toHaveLength(4)
      const told = events.flatMap((event) => (event.kind === 'learned' ? event.refused : []))
      expect(told).toHaveLength(refusals)
    }
    expect(chongqing.node.trust.lists.map(({ payload }) => payload.version)).toEqual([1, 1])
  })

  it('receives requests for at most a thousand status lists, of known bodies only', async () => {
    const item = (iss: string, n: number) => ({ iss, name: `n${n}`, uri: `https://node.example/v1/status-lists/${iss}/n${n}`, iat: 1 })
    const items = Array.from({ length: 3000 }, (_, n) => item(n % 2 === 0 ? uscc('CD') : '91510100MA62KCT03X', n))
    const asked: string[] = []
    const answers = { '/v1/status-lists/': 'a.b.c', '/v1/status-lists': { items } }
    await follow(chongqing, sender, { client: asking(answers, asked) })
    expect(asked.filter((path) => path.startsWith('/v1/status-lists/'))).toHaveLength(1000)
    expect(asked.filter((path) => path.includes('91510100MA62KCT03X'))).toEqual([])
    expect(await chongqing.store.listDocuments('status-list')).toEqual([])
  })
})
