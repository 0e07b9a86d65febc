// Why this exists: published files cannot be revoked, and readers trust what a signed checkpoint covers. The publisher is stopped at every
// write, and a reader checks the files after each.
import {
  isSameHash,
  openCheckpoint,
  readCheckpoint,
  readEntryBundle,
  readHashTile,
  rootFrom,
  signClosing,
  tilesOf,
  tileWidth,
  writeTilePath,
} from 'tongheng/log'
import { createPublisher, type TileStore } from 'tongheng/node'
import { signCatalogue } from 'tongheng/recognition'
import { emptyStatuses, signStatusList } from 'tongheng/status'
import { createMemoryTiles } from 'tongheng/stores/memory'
import { organisation } from 'tongheng/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { faultOfAsync } from '../base/fault.js'
import { fill, follow, logHolder, nextList, openChongqing, signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, NOW, openWorld, statementIdOf, uscc, type World } from '../support/nodes/world.js'

let statements: readonly string[]
beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 600)
})

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes)
const open = (): Promise<World> => openWorld()

async function publish(world: World, tiles: TileStore): Promise<void> {
  const isDone: boolean[] = []
  for await (const step of createPublisher({ node: world.node, tiles }).round()) {
    expect(step.written).toBeLessThanOrEqual(step.size)
    isDone.push(step.isDone)
  }
  // Only the last step completes the round.
  expect(isDone).toEqual([...isDone.slice(1).map(() => false), true])
}

/** Reads like a reader: opens the published checkpoint, and requires every tile and bundle of it. */
async function read(tiles: TileStore, note = 'checkpoint'): Promise<number> {
  const { key } = await logHolder(await fakeAuthorities(), 'SC-AMR')
  const { size, root } = await openCheckpoint(text(await tiles.get(`v1/log/${note}`)) as string, key)
  const fileOf = async (level: number | 'entries', index: number, width: number): Promise<Uint8Array> => {
    const path = `v1/log/${writeTilePath({ level, index, width })}`
    const bytes = await tiles.get(path)
    if (bytes === undefined) throw new Error(`a reader misses ${path}`)
    return bytes
  }
  for (const { level, full, partial } of tilesOf(size)) {
    for (let index = 0; index < full + Math.sign(partial); index++) {
      const width = tileWidth(level, index, size)
      expect(readHashTile(await fileOf(level, index, width))).toHaveLength(width)
      if (level === 0) expect(readEntryBundle(await fileOf('entries', index, width))).toHaveLength(width)
    }
  }
  const found = await rootFrom(async (level, index, width) => readHashTile(await fileOf(level, index, width)), size)
  expect(isSameHash(found, root)).toBe(true)
  return size
}

describe('a published log', () => {
  it('has the bytes that the node serves, for every tile, bundle, checkpoint and document', async () => {
    const world = await open()
    await fill(world, statements)
    const tiles = createMemoryTiles()
    await publish(world, tiles)
    expect(await read(tiles)).toBe(600)
    const compared: string[] = []
    for await (const { path } of tiles.list('v1')) {
      const served = await world.send({ path: `/${path.replace(/\.newest$/, '')}`, as: null })
      expect([path, served.status]).toEqual([path, 200])
      expect(Buffer.compare(Buffer.from(await served.arrayBuffer()), (await tiles.get(path)) as Uint8Array), path).toBe(0)
      compared.push(path)
    }
    const [own] = [organisation('SC-AMR').uscc]
    expect(compared).toEqual(
      expect.arrayContaining([
        ...['v1/log/checkpoint', 'v1/log/tile/0/000', 'v1/log/tile/0/001', 'v1/log/tile/0/002.p/88', 'v1/log/tile/1/000.p/2'],
        ...[
          'v1/log/tile/entries/000',
          'v1/log/tile/entries/002.p/88',
          'v1/agreements.newest',
          'v1/catalogues.newest',
          'v1/status-lists.newest',
        ],
        ...[`v1/trust-lists/${own}/1`, `v1/trust-lists/${own}.newest`],
      ]),
    )
  })

  it('has no partial tile where the last full tile ends the tree', async () => {
    const world = await open()
    await fill(world, statements.slice(0, 256))
    const tiles = createMemoryTiles()
    await publish(world, tiles)
    expect(await read(tiles)).toBe(256)
    const paths: string[] = []
    for await (const { path } of tiles.list('v1/log')) paths.push(path)
    expect(paths.sort()).toEqual(['checkpoint', 'tile/0/000', 'tile/1/000.p/1', 'tile/entries/000'].map((path) => `v1/log/${path}`))
  })

  it('leaves a list that other processes replace at every attempt to them, after sixteen attempts', async () => {
    const tiles = createMemoryTiles()
    const attempts = new Map<string, number>()
    const contested: TileStore = {
      ...tiles,
      async replace(path, ...rest) {
        if (!path.endsWith('.newest')) return tiles.replace(path, ...rest)
        attempts.set(path, (attempts.get(path) ?? 0) + 1)
        return false
      },
    }
    await publish(await open(), contested)
    expect(attempts.get('v1/agreements.newest')).toBe(16)
    expect(await tiles.get('v1/agreements.newest')).toBeUndefined()
  })

  it('has no statement, receipt, name or plate', async () => {
    const world = await open()
    await fill(world, statements.slice(0, 20))
    await world.store.putDocument({ collection: 'reader', name: uscc('SC-AMR'), version: 1, signed: ['READER'] })
    await world.store.putDocument({ collection: 'fork', name: 'x', version: 1, signed: ['FORK'] })
    const tiles = createMemoryTiles()
    await publish(world, tiles)
    let all = ''
    for await (const { path } of tiles.list('v1'))
      all += `${path}\n${Buffer.from((await tiles.get(path)) as Uint8Array).toString('latin1')}\n`
    for (const statement of statements.slice(0, 20)) expect(all.includes(statement.split('.')[1] as string)).toBe(false)
    expect(all).not.toMatch(/READER|FORK|v1\/(?:records|notices|readers|log\/entries)/)
    expect(all).toContain('v1/trust-lists/')
  })

  it('continues from the published checkpoint, and writes nothing in a round without changes', async () => {
    const world = await open()
    const tiles = createMemoryTiles()
    const written: string[] = []
    const watched: TileStore = {
      ...tiles,
      put: (path, bytes) => tiles.put(path, bytes).then(() => void written.push(path)),
      async replace(path, expected, next) {
        const isReplaced = await tiles.replace(path, expected, next)
        if (isReplaced) written.push(path)
        return isReplaced
      },
    }
    const publisher = createPublisher({ node: world.node, tiles: watched })
    const round = async (): Promise<string[]> => {
      for await (const _ of publisher.round());
      return written.splice(0)
    }
    await fill(world, statements.slice(0, 300))
    expect(await round()).toContain('v1/log/tile/0/000')
    expect(await round()).toEqual([])
    await fill(world, statements.slice(300, 520))
    expect(await round()).toEqual([
      ...['v1/log/tile/entries/001', 'v1/log/tile/0/001', 'v1/log/tile/0/002.p/8', 'v1/log/tile/1/000.p/2', 'v1/log/tile/entries/002.p/8'],
      'v1/log/checkpoint',
    ])
    expect(await read(tiles)).toBe(520)
  })

  it('has the partial tiles of a cosigned checkpoint too, although that size was never the newest published one', async () => {
    const authorities = await fakeAuthorities()
    const [world, chongqing] = [await open(), await openChongqing({ authorities })]
    const tiles = createMemoryTiles()
    await fill(world, statements.slice(0, 10))
    await follow(world, chongqing)
    await fill(world, statements.slice(10, 20))
    await publish(world, tiles)
    expect([await read(tiles), await read(tiles, 'cosigned-checkpoint')]).toEqual([20, 10])
  })
})

describe('a published status list', () => {
  it('is the signed text that the node serves, and is replaced by the next one of the same length', async () => {
    const world = await open()
    await fill(world, statements.slice(0, 2))
    const tiles = createMemoryTiles()
    const publisher = createPublisher({ node: world.node, tiles })
    const [iss, name] = [uscc('CD'), '2025']
    const uri = `${world.node.options.url}/v1/status-lists/${iss}/${name}`
    const client = world.client('CD')
    let before = ''
    for (const iat of [NOW - 1, NOW]) {
      const signer = world.authorities.signer('CD')
      const list = await signStatusList({ iss, uri, iat, exp: iat + 9000, statuses: emptyStatuses(16) }, signer)
      await client.statusLists.put({ iss, name, list })
      const documents: number[] = []
      for await (const step of publisher.round()) documents.push(step.documents)
      expect(text(await tiles.get(`v1/status-lists/${iss}/${name}.newest`))).toBe(list)
      expect(JSON.parse(text(await tiles.get('v1/status-lists.newest')) as string)).toEqual({ items: [{ iss, name, uri, iat }] })
      // The list and the names of all lists; in the first round two trust lists, their newest versions, and the names of agreements and catalogues.
      expect(documents.at(-1)).toBe(before === '' ? 8 : 2)
      expect(list).not.toBe(before)
      if (before !== '') expect(list).toHaveLength(before.length)
      before = list
    }
  })
})

describe('a published document', () => {
  it('is followed by its next versions, and the newest one is served under the name without a version', async () => {
    const world = await open()
    await fill(world, statements.slice(0, 2))
    const tiles = createMemoryTiles()
    const publisher = createPublisher({ node: world.node, tiles })
    const own = uscc('SC-AMR')
    const publishAll = async (): Promise<number | undefined> => {
      let documents: number | undefined
      for await (const step of publisher.round()) documents = step.documents
      return documents
    }
    const at = async (path: string) => JSON.parse(text(await tiles.get(path)) as string) as { version: number; items: unknown }
    await publishAll()
    expect([(await at(`v1/trust-lists/${own}.newest`)).version, (await at('v1/catalogues.newest')).items]).toEqual([1, []])

    const list = world.authorities.trust.lists.find(({ payload }) => payload.iss === own)
    if (list === undefined) throw new Error('no list')
    const prior = { payload: list.payload, statementId: statementIdOf(list.signed[0] as string, 'metrology-trust-list+jwt') }
    const next = await nextList(prior, world.authorities.rootSigners('SC-AMR'))
    expect(await world.node.learn({ trustLists: [next.signed] })).toEqual([])
    expect(await publishAll()).toBe(2)
    for (const name of [`${own}/2`, `${own}.newest`])
      expect(await at(`v1/trust-lists/${name}`)).toMatchObject({ version: 2, signed: next.signed })
    expect((await at(`v1/trust-lists/${own}/1`)).version).toBe(1)

    for (const version of [1, 2]) {
      const before = version === 1 ? undefined : (await world.store.getDocument('catalogue', own))?.signed[0]
      const previous = before && statementIdOf(before, 'metrology-catalogue+jwt')
      const content = {
        iss: own,
        region: '51',
        version,
        iat: NOW - 9,
        exp: NOW + 9000,
        title: { zh: '目录' },
        ...(previous && { previous }),
      }
      const signed = await signCatalogue(content, world.authorities.rootSigners('SC-AMR'))
      expect(await world.node.learn({ catalogues: [signed] })).toEqual([])
      expect(await publishAll()).toBe(3)
      expect((await at('v1/catalogues.newest')).items).toEqual([{ authority: own, version }])
      expect(await at(`v1/catalogues/${own}.newest`)).toMatchObject({ version, signed })
    }
    expect(await publishAll()).toBe(0)
  })
})

describe('a publisher that is stopped', () => {
  it('at any write leaves readers a whole checkpoint, and another one completes it', async () => {
    const world = await open()
    const tiles = createMemoryTiles()
    await fill(world, statements.slice(0, 300))
    await publish(world, tiles)
    await fill(world, statements.slice(300))
    let completed = 0
    let stops = 0
    for (let allowed = 0; completed === 0; allowed++) {
      let left = allowed
      const stop = async <T>(work: () => Promise<T>): Promise<T> => {
        if (left-- <= 0) throw new Error('killed')
        return work()
      }
      const killed: TileStore = {
        ...tiles,
        put: (path, bytes) => stop(() => tiles.put(path, bytes)),
        replace: (path, expected, next) => stop(() => tiles.replace(path, expected, next)),
      }
      const [error] = await publish(world, killed).then(
        () => [undefined],
        (thrown: unknown) => [thrown],
      )
      if (error === undefined) completed = allowed
      else {
        expect((error as Error).message).toBe('killed')
        stops++
      }
      expect(await read(tiles)).toBe(error === undefined ? 600 : 300)
    }
    // A full tile and its bundle, two partial tiles and a bundle, two trust lists, the checkpoint.
    expect(stops).toBe(8)
  })
})

/** The same node, whose store answers with this log. */
const withLog = (world: World, log: Awaited<ReturnType<World['store']['readLog']>>): World => {
  const store = Object.assign(Object.create(world.node.options.store), { readLog: async () => log })
  return { ...world, node: { ...world.node, options: { ...world.node.options, store } } }
}

describe('a publisher refuses', () => {
  it('a folder that has more of the log than the database, as after an old backup: publish.contradicted', async () => {
    const [world, restored] = [await open(), await open()]
    const tiles = createMemoryTiles()
    await fill(world, statements.slice(0, 20))
    await publish(world, tiles)
    await fill(restored, statements.slice(0, 10))
    const before = await tiles.get('v1/log/checkpoint')
    const { code, details } = await faultOfAsync(() => publish(restored, tiles))
    expect([code, details]).toEqual([
      'publish.contradicted',
      { origin: readCheckpoint(text(before) as string).origin, size: 10, published: 20 },
    ])
    expect(await tiles.get('v1/log/checkpoint')).toEqual(before)
  })

  it('a folder with another history of the same size, and the folder of another log', async () => {
    const [world, other] = [await open(), await open()]
    const chongqing = await openChongqing({ authorities: await fakeAuthorities() })
    const tiles = createMemoryTiles()
    await fill(world, statements.slice(0, 20))
    await publish(world, tiles)
    for (const wrong of [other, chongqing]) {
      await fill(wrong, statements.slice(1, 21))
      expect((await faultOfAsync(() => publish(wrong, tiles))).code).toBe('publish.contradicted')
    }
  })

  it('a folder of another log with the same tree', async () => {
    const world = await open()
    const tiles = createMemoryTiles()
    await fill(world, statements.slice(0, 4))
    await publish(world, tiles)
    const note = text(await tiles.get('v1/log/checkpoint')) as string
    const { origin } = readCheckpoint(note)
    const other = note.replaceAll(origin, 'another/2025')
    await tiles.replace('v1/log/checkpoint', await tiles.get('v1/log/checkpoint'), new TextEncoder().encode(other))
    expect(await faultOfAsync(() => publish(world, tiles))).toMatchObject({
      code: 'publish.contradicted',
      details: { origin, size: 4, published: 4 },
    })
    expect(text(await tiles.get('v1/log/checkpoint'))).toBe(other)
  })

  it('to open a closed log: a copy of the store from before the closing does not replace the last checkpoint', async () => {
    const world = await open()
    const tiles = createMemoryTiles()
    await fill(world, statements.slice(0, 4))
    const open4 = await world.store.readLog()
    const { signer } = await logHolder(await fakeAuthorities(), 'SC-AMR')
    const head = readCheckpoint(open4.checkpoint as string)
    const closed = await signClosing(head, { origin: 'tongheng-51/2027', url: 'https://node-2027.example' }, signer)
    await publish(withLog(world, { ...open4, checkpoint: closed }), tiles)
    expect(text(await tiles.get('v1/log/checkpoint'))).toBe(closed)
    await publish(world, tiles)
    expect(text(await tiles.get('v1/log/checkpoint'))).toBe(closed)
  })

  it('tiles that the signed checkpoint does not have, before anything of them is written: publish.tile', async () => {
    const world = await open()
    await fill(world, statements.slice(0, 300))
    const real = world.node.options.store
    const broken = (changes: object): World => ({
      ...world,
      node: { ...world.node, options: { ...world.node.options, store: Object.assign(Object.create(real), changes) } },
    })
    const swapped = broken({
      async statementIds(start: number, end: number) {
        const ids = [...(await real.statementIds(start, end))]
        if (start === 0) ids.reverse()
        return ids
      },
    })
    const edge = broken({
      statementIds: async (start: number, end: number) =>
        (await real.statementIds(start, end)).map((id, at, all) => (start > 0 && at === 0 ? (all[1] as string) : id)),
    })
    const missing = broken({ tileRoots: async () => [] })
    for (const [wrong, index] of [
      [swapped, 0],
      [edge, 1],
      [missing, 0],
    ] as const) {
      const tiles = createMemoryTiles()
      expect(await faultOfAsync(() => publish(wrong, tiles))).toMatchObject({ code: 'publish.tile', details: { level: 0, index } })
      expect(await tiles.get('v1/log/checkpoint')).toBeUndefined()
      expect(await tiles.get(`v1/log/tile/0/00${index}`)).toBeUndefined()
    }
  })

  it('to go back: an older checkpoint does not replace a newer one that another process published meanwhile', async () => {
    const world = await open()
    const tiles = createMemoryTiles()
    await fill(world, statements.slice(0, 10))
    const late: TileStore = {
      ...tiles,
      async replace(path, expected, next) {
        if (path === 'v1/log/checkpoint' && (await tiles.get(path)) === undefined) {
          await fill(world, statements.slice(10, 20))
          await publish(world, tiles)
        }
        return tiles.replace(path, expected, next)
      },
    }
    await publish(world, late)
    expect(await read(tiles)).toBe(20)
  })
})
