// Why this exists: followers fetch tiles, and caches store them for ever. A path with two spellings, a node from the wrong tile, or
// a tile read twice would be noticed only after the log had grown past it.
import fc from 'fast-check'
import {
  createTree,
  type Hash,
  nodeInTile,
  nodesFromTiles,
  nodesOfTiles,
  proveConsistency,
  proveConsistencyFrom,
  proveInclusion,
  proveInclusionFrom,
  readEntryBundle,
  readHashTile,
  readTilePath,
  rootFrom,
  rootOf,
  type TileName,
  tilesOf,
  tileWidth,
  verifyConsistency,
  verifyInclusion,
  writeEntryBundle,
  writeHashTile,
  writeTilePath,
} from 'tongheng/log'
import { describe, expect, it } from 'vitest'
import { faultOf, faultOfAsync, outcomeOf } from '../base/fault.js'
import { hex, leavesOf, naive, nodesOver, sameLeaves, tilesOver } from './trees.js'

const leaves = leavesOf(600)
const nodeAt = nodesOver(leaves)
const roots = Array.from({ length: 601 }, (_, size) => naive(leaves.slice(0, size)))

describe('the path of a tile', () => {
  it.each<[string, TileName]>([
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/0/x001/067', { level: 0, index: 1067, width: 256 }],
    ['tile/0/x001/067.p/8', { level: 0, index: 1067, width: 8 }],
    ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['tile/63/999.p/255', { level: 63, index: 999, width: 255 }],
    ['tile/entries/000', { level: 'entries', index: 0, width: 256 }],
    ['tile/entries/x001/000.p/1', { level: 'entries', index: 1000, width: 1 }],
    ['tile/5/x009/x007/x199/x254/x740/991', { level: 5, index: Number.MAX_SAFE_INTEGER, width: 256 }],
  ])('is written and read: %s', (path, name) => {
    expect(writeTilePath(name)).toBe(path)
    expect(readTilePath(path)).toEqual(name)
  })

  it.each([
    ...['', 'tile', 'tile/0', 'tile/0/', 'tile/0/0', 'tile/0/00', 'tile/0/0000', '/tile/0/000', 'tile/0/000/', 'tile/0/000\n'],
    ...['tile/00/000', 'tile/64/000', 'tile/-1/000', 'tile/100/000', 'tile/0x1/000', 'tile/Entries/000', 'tile/data/000', 'tile/ 0/000'],
    ...['tile/0/x000/067', 'tile/0/x001/x067', 'tile/0/001/067', 'tile/0/x01/067', 'tile/0/X001/067', 'tile/0/x001x067', 'tile/0/٠٠٠'],
    ...[
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/08',
      'tile/0/000.p/',
      'tile/0/000.p',
      'tile/0/000.p/-1',
      'tile/0/000.p/1/',
      'tile/0/000.p/999',
    ],
    ...['tile/0/x009/x007/x199/x254/x740/992', 'tile/0/x001/x000/x000/x000/x000/x000/000', 'tile/0/../000'],
  ])('cannot be %j', (path) => {
    expect(readTilePath(path)).toBeUndefined()
  })

  it('is unchanged after reading and writing, and does not exist for an invalid tile', () => {
    const level = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const))
    const name = fc.record({ level, index: fc.maxSafeNat(), width: fc.integer({ min: 1, max: 256 }) })
    fc.assert(
      fc.property(name, (one) => {
        expect(readTilePath(writeTilePath(one))).toEqual(one)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('t', 'i', 'l', 'e', '/', 'x', '0', '1', '.', 'p'), maxLength: 20 }), (tail) => {
        const read = readTilePath(`tile/0/${tail}`)
        if (read !== undefined) expect(writeTilePath(read)).toBe(`tile/0/${tail}`)
      }),
    )
    expect(readTilePath(`tile/0/${'x001/'.repeat(100_000)}000`)).toBeUndefined()
    for (const wrong of [
      { level: 64 },
      { level: -1 },
      { level: 0.5 },
      { index: -1 },
      { index: 2 ** 53 },
      { width: 0 },
      { width: 257 },
      { width: Number.NaN },
    ])
      expect(() => writeTilePath({ level: 0, index: 0, width: 256, ...wrong })).toThrow(RangeError)
  })
})

describe('the tiles of a tree', () => {
  it('match the example of the specification', () => {
    expect(tilesOf(70_000)).toEqual([
      { level: 0, full: 273, partial: 112 },
      { level: 1, full: 1, partial: 17 },
      { level: 2, full: 0, partial: 1 },
    ])
    expect(tilesOf(256)).toEqual([
      { level: 0, full: 1, partial: 0 },
      { level: 1, full: 0, partial: 1 },
    ])
    expect(tilesOf(0)).toEqual([])
    for (const wrong of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) expect(() => tilesOf(wrong)).toThrow(RangeError)
  })

  it('are as wide as the tree has hashes', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (size) => {
        for (const { level, full, partial } of tilesOf(size)) {
          if (full > 0) expect([tileWidth(level, 0, size), tileWidth(level, full - 1, size)]).toEqual([256, 256])
          expect([tileWidth(level, full, size), tileWidth(level, full + 1, size)]).toEqual([partial, 0])
          expect(full * 256 + partial).toBe(Number(BigInt(size) / 256n ** BigInt(level)))
        }
        expect(tileWidth(tilesOf(size).length, 0, size)).toBe(0)
      }),
    )
    for (const wrong of [-1, 0.5, Number.NaN, 2 ** 53])
      expect([tileWidth(wrong, 0, 9), tileWidth(0, wrong, 9), tileWidth(0, 0, wrong)]).toEqual([0, 0, 0])
  })
})

describe('nodes in tiles', () => {
  it('yield the root of every size from 0 to 600', async () => {
    const tiles = tilesOver(leaves)
    for (let size = 0; size <= 600; size++) expect([size, hex(await rootFrom(tiles, size))]).toEqual([size, hex(roots[size] as Hash)])
  })

  it('prove every leaf and every smaller size of a small tree', async () => {
    const tiles = tilesOver(leaves)
    for (let size = 1; size <= 24; size++) {
      for (let index = 0; index < size; index++) {
        expect((await proveInclusionFrom(tiles, index, size)).map(hex)).toEqual(proveInclusion(index, size, nodeAt).map(hex))
        expect((await proveConsistencyFrom(tiles, index + 1, size)).map(hex)).toEqual(proveConsistency(index + 1, size, nodeAt).map(hex))
      }
    }
  })

  it('prove across tiles, with each tile read once and no wider than the tree', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 600 }), fc.nat(), async (size, some) => {
        const reads: string[] = []
        const index = some % size
        const proof = await proveInclusionFrom(tilesOver(leaves.slice(0, size), reads), index, size)
        expect(verifyInclusion(index, size, leaves[index] as Hash, proof, roots[size] as Hash)).toBe(true)
        const consistency = await proveConsistencyFrom(tilesOver(leaves.slice(0, size)), index + 1, size)
        expect(verifyConsistency(index + 1, size, roots[index + 1] as Hash, roots[size] as Hash, consistency)).toBe(true)
        expect(new Set(reads).size).toBe(reads.length)
        for (const read of reads) {
          const [level, tile, width] = read.split('/').map(Number) as [number, number, number]
          expect(width).toBe(tileWidth(level, tile, size))
        }
      }),
    )
  })

  it('match the tree on three levels of tiles', async () => {
    const size = 70_000
    const tree = createTree()
    for (const leaf of leavesOf(size, 'many')) tree.append(leaf)
    const tileAt = (level: number, index: number): Hash[] =>
      Array.from({ length: tileWidth(level, index, size) }, (_, at) => tree.nodeAt(level * 8, index * 256 + at))
    const inTiles = nodesOfTiles(tileAt)
    for (const [level, index] of [
      [0, 69_999],
      [1, 34_999],
      [7, 545],
      [8, 272],
      [9, 135],
      [15, 1],
      [16, 0],
    ] as const)
      expect([level, index, hex(inTiles(level, index))]).toEqual([level, index, hex(tree.nodeAt(level, index))])
    const root = rootOf(size, tree.nodeAt)
    expect(hex(rootOf(size, inTiles))).toBe(hex(root))
    const reads: number[] = []
    const proof = await proveInclusionFrom(
      async (level, index) => {
        reads.push(level)
        return tileAt(level, index)
      },
      66_000,
      size,
    )
    expect(proof.map(hex)).toEqual(proveInclusion(66_000, size, tree.nodeAt).map(hex))
    expect(reads.sort()).toEqual([0, 0, 1, 2])
  })

  it('support sizes up to 2⁵³ − 1', async () => {
    const { nodeAt: same, tiles, hash } = sameLeaves('x')
    for (const size of [2 ** 32 + 1, 2 ** 48, 2 ** 53 - 1]) {
      const root = rootOf(size, same)
      expect(hex(await rootFrom(tiles, size))).toBe(hex(root))
      for (const index of [0, 2 ** 31, 2 ** 32, size - 1])
        expect(verifyInclusion(index, size, hash(0), await proveInclusionFrom(tiles, index, size), root)).toBe(true)
      for (const first of [1, 2 ** 32, size - 1, size])
        expect(verifyConsistency(first, size, rootOf(first, same), root, await proveConsistencyFrom(tiles, first, size))).toBe(true)
    }
  })

  it('are computed within one tile, and only from existing hashes', () => {
    const tile = leaves.slice(0, 200)
    expect(hex(nodeInTile(tile, 0, 199))).toBe(hex(leaves[199] as Hash))
    expect(hex(nodeInTile(tile, 6, 2))).toBe(hex(naive(leaves.slice(128, 192))))
    expect(hex(nodeInTile(leaves.slice(0, 256), 8, 0))).toBe(hex(naive(leaves.slice(0, 256))))
    for (const [level, index] of [
      [0, 200],
      [6, 3],
      [8, 0],
      [9, 0],
      [0, -1],
      [-1, 0],
      [0.5, 0],
      [0, Number.NaN],
    ] as const)
      expect(faultOf(() => nodeInTile(tile, level, index)).code).toBe('log.tile')
  })

  it('are rejected if a tile or a hash is short, or the tree has no such node', async () => {
    const short = await faultOfAsync(() => rootFrom(async (_level, index, width) => leaves.slice(0, width - index), 300))
    expect(short).toEqual({ code: 'log.tile', details: { level: 0, index: 1, width: 44, found: 43 } })
    const cut = async (_level: number, _index: number, width: number) => [...leaves.slice(1, width), new Uint8Array(31)]
    expect((await faultOfAsync(() => rootFrom(cut, 5))).code).toBe('log.tile')
    // A longer tile is accepted; the excess is ignored.
    const long = async (_level: number, _index: number, width: number) => [...leaves.slice(0, width), new Uint8Array(31)]
    expect(hex(await rootFrom(long, 5))).toBe(hex(roots[5] as Hash))
    await expect(nodesFromTiles(tilesOver(leaves), 5, (at) => at(0, 5))).rejects.toThrow(RangeError)
    await expect(nodesFromTiles(tilesOver(leaves), 5, (at) => at(2, 1))).rejects.toThrow(RangeError)
    await expect(proveInclusionFrom(tilesOver(leaves), 5, 5)).rejects.toThrow(RangeError)
    await expect(proveConsistencyFrom(tilesOver(leaves), 6, 5)).rejects.toThrow(RangeError)
    await expect(rootFrom(async () => Promise.reject(new Error('offline')), 5)).rejects.toThrow('offline')
  })
})

describe('an encoded tile', () => {
  it('is the concatenation of its hashes', () => {
    for (const width of [1, 8, 256]) {
      const bytes = writeHashTile(leaves.slice(0, width))
      expect(bytes.length).toBe(width * 32)
      expect(readHashTile(bytes).map(hex)).toEqual(leaves.slice(0, width).map(hex))
    }
  })

  it.each([0, 1, 31, 33, 257 * 32, 1_000_001])('cannot have %i octets', (length) => {
    expect(faultOf(() => readHashTile(new Uint8Array(length))).code).toBe('log.tile')
  })

  it('is not written from none, too many, or malformed hashes', () => {
    for (const hashes of [[], leaves.slice(0, 257), [new Uint8Array(31)]])
      expect(faultOf(() => writeHashTile(hashes)).code).toBe('log.tile')
  })
})

describe('an entry bundle', () => {
  it('is read as it was written', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 })
    fc.assert(
      fc.property(entries, (some) => {
        expect(readEntryBundle(writeEntryBundle(some)).map(hex)).toEqual(some.map(hex))
      }),
    )
    const long = new Uint8Array(65_535).fill(7)
    expect(readEntryBundle(writeEntryBundle([long])).map(hex)).toEqual([hex(long)])
    expect(hex(writeEntryBundle([Buffer.from('one'), new Uint8Array(0)]))).toBe('00036f6e650000')
  })

  it('is either rejected or written back byte for byte', () => {
    const small = fc.array(fc.constantFrom(0, 0, 1, 2), { maxLength: 40 }).map((octets) => Uint8Array.from(octets))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), small), (some) => {
        const outcome = outcomeOf(() => readEntryBundle(some))
        if ('fault' in outcome) expect(outcome.fault.code).toBe('log.bundle')
        else expect(hex(writeEntryBundle(outcome.value))).toBe(hex(some))
      }),
    )
  })

  it.each([
    ['nothing', ''],
    ['half a length', '00'],
    ['an entry cut short', '0003aabb'],
    ['half a length at its end', '0001aa00'],
    ['257 entries', '0000'.repeat(257)],
  ])('cannot be %s', (_title, bytes) => {
    expect(faultOf(() => readEntryBundle(Buffer.from(bytes, 'hex'))).code).toBe('log.bundle')
  })

  it('contains 1 to 256 entries, each within the maximum length', () => {
    expect(faultOf(() => writeEntryBundle([])).code).toBe('log.bundle')
    expect(faultOf(() => writeEntryBundle([new Uint8Array(65_536)])).code).toBe('log.bundle')
    expect(faultOf(() => writeEntryBundle(Array.from({ length: 257 }, () => new Uint8Array(1)))).code).toBe('log.bundle')
  })
})
