// Why this exists: from 65,536 entries on, a log has full tiles above its leaves. They are published too, and none that a reader would reject.
import { createHash } from 'node:crypto'
import { emptyEdge, type Hash, isSameHash, leafHash, readHashTile, rootFrom, tilesOf, writeTilePath } from 'tongheng/log'
import { createMemoryTiles } from 'tongheng/stores/memory'
import { beforeAll, describe, expect, it } from 'vitest'
import { publishTree, type Tree } from '../../src/node/publish-tree.js'
import { naive } from '../log/trees.js'

const SIZE = 65_536 + 3 * 256 + 5
const entries = Array.from({ length: SIZE }, (_, n) => createHash('sha256').update(String(n)).digest())
const ids = entries.map((entry) => entry.toString('base64url'))
const leaves: readonly Hash[] = entries.map(leafHash)
/** Roots of full tiles by level and index. */
const roots = new Map<string, Hash>()
let root: Hash
beforeAll(() => {
  const edge = emptyEdge()
  for (const leaf of leaves) edge.append(leaf)
  for (const { level, index, hash } of edge.settle()) roots.set(`${level}/${index}`, hash)
  root = naive(leaves)
})

/** A store of this log; `changed` replaces the root of a tile. */
const treeOf = (changed: Readonly<Record<string, Hash>> = {}): Tree => ({
  store: {
    statementIds: async (start, end) => ids.slice(start, end),
    tileRoots: async (level, start, end) =>
      Array.from({ length: end - start }, (_, at) => changed[`${level}/${start + at}`] ?? (roots.get(`${level}/${start + at}`) as Hash)),
  },
  tiles: createMemoryTiles(),
  head: { origin: 'node.example/log', size: SIZE, root },
})
async function published(tree: Tree, from = 0): Promise<number[]> {
  const sizes: number[] = []
  for await (const size of publishTree(tree, from)) sizes.push(size)
  return sizes
}
const pathOf = (level: number, index: number, width: number): string => `v1/log/${writeTilePath({ level, index, width })}`

describe('a log of more than 65,536 entries', () => {
  it('has every tile of every level, from which a reader computes its root', async () => {
    const tree = treeOf()
    expect((await published(tree)).at(-1)).toBe(SIZE)
    expect(tilesOf(SIZE).map(({ full, partial }) => [full, partial])).toEqual([
      [259, 5],
      [1, 3],
      [0, 1],
    ])
    const read = async (level: number, index: number, width: number) =>
      readHashTile((await tree.tiles.get(pathOf(level, index, width))) as Uint8Array)
    expect(isSameHash(naive(await read(1, 0, 256)), naive(leaves.slice(0, 65_536)))).toBe(true)
    expect(isSameHash(await rootFrom(read, SIZE), root)).toBe(true)
  })

  it('gets only the tiles after those that were published', async () => {
    const tree = treeOf()
    await published(tree, 65_536)
    expect(await tree.tiles.get(pathOf(1, 0, 256))).toBeUndefined()
    expect(await tree.tiles.get(pathOf(0, 255, 256))).toBeUndefined()
    expect(await tree.tiles.get(pathOf(0, 256, 256))).toBeDefined()
  })

  it.each([
    ['a tile of the first level', '1/258', { level: 0, index: 258 }],
    ['a tile of the second level', '2/0', { level: 1, index: 0 }],
  ])('does not get %s whose hash differs from the level above: publish.tile', async (_what, name, details) => {
    const tree = treeOf({ [name]: new Uint8Array(32) })
    await expect(published(tree)).rejects.toMatchObject({ code: 'publish.tile', details: { origin: 'node.example/log', ...details } })
    expect(await tree.tiles.get(pathOf(details.level, details.index, 256))).toBeUndefined()
  })
})

describe('the path of a published file', () => {
  it('has at most 400 characters, and segments that do not begin with a dot', async () => {
    const tiles = createMemoryTiles()
    const put = (path: string) =>
      tiles.put(path, new Uint8Array(1)).then(
        () => 'stored',
        ({ code }: { code: string }) => code,
      )
    expect(await put(`v1/${'a'.repeat(397)}`)).toBe('stored')
    for (const path of [`v1/${'a'.repeat(398)}`, '../x', 'v1/.x', '/v1', 'v1//x', 'v1/x?y', ''])
      expect(await put(path), path).toBe('files.path')
  })
})
