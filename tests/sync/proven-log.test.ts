// Why this exists: the tiles of a log of millions of entries must not fill the memory of a node that imports it.
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { type LogSource, type ProvenLog, proveLog } from '../../src/sync/proven-log.js'

/** A log of 256³ equal leaves: all nodes of one level have the same hash, so no tile has to be stored. */
const SIZE = 256 ** 3
const nodes: Uint8Array[] = [new Uint8Array(32).fill(1)]
for (let height = 1; height <= 24; height++) {
  const child = nodes[height - 1] as Uint8Array
  nodes.push(createHash('sha256').update(Uint8Array.of(1)).update(child).update(child).digest())
}
const root = nodes[24] as Uint8Array

let asked: string[]
let log: ProvenLog
beforeEach(async () => {
  asked = []
  const source: LogSource = {
    checkpoint: async () => '',
    entries: async () => [],
    async tile(level, index, width) {
      asked.push(`${level}/${index}`)
      return Array.from({ length: width }, () => nodes[8 * level] as Uint8Array)
    },
  }
  log = await proveLog(source, { origin: 'node.example/log', size: SIZE, root, text: '', cosignatures: [] })
  asked = []
})

const readTiles = async (level: number, indices: readonly number[]): Promise<void> => {
  for (const index of indices) await log.tiles(level, index, 256)
}
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

describe('tiles of a peer log', () => {
  it('are read once, with the tile above that proves them', async () => {
    await readTiles(1, [5, 5, 7])
    expect(asked).toEqual(['1/5', '2/0', '1/7'])
  })

  it('are cached up to sixty-four, and the oldest is evicted first', async () => {
    // The cache is full: sixty-four tiles, with 2/0, which proves the others.
    await readTiles(1, upTo(63))
    asked = []
    await readTiles(1, upTo(63))
    expect(asked).toEqual([])
    await readTiles(1, [63])
    expect(asked).toEqual(['1/63'])
    asked = []
    await readTiles(1, [1, 63])
    expect(asked).toEqual([])
    await readTiles(1, [0])
    expect(asked).toContain('1/0')
  })

  it('of the leaf level are not cached: each is read once in order', async () => {
    await readTiles(0, [3, 3])
    expect(asked.filter((name) => name === '0/3')).toHaveLength(2)
  })
})
