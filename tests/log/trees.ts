// Reference trees: the definition of RFC 9162 implemented literally, and a tree of any size with equal leaves.
import { createTree, emptyRoot, type Hash, leafHash, type NodeAt, nodeHash, type TileReader } from 'tongheng/log'

export const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex')

/** §2.1.1, implemented literally. */
export function naive(of: readonly Hash[]): Hash {
  if (of.length === 0) return emptyRoot()
  if (of.length === 1) return of[0] as Hash
  let k = 1
  while (k * 2 < of.length) k *= 2
  return nodeHash(naive(of.slice(0, k)), naive(of.slice(k)))
}

export const leavesOf = (size: number, name = 'leaf'): Hash[] =>
  Array.from({ length: size }, (_, at) => leafHash(Buffer.from(`${name} ${at}`)))

export function nodesOver(leaves: readonly Hash[]): NodeAt {
  const tree = createTree()
  for (const leaf of leaves) tree.append(leaf)
  return tree.nodeAt
}

/** Tiles by the definition of tlog-tiles: MTH of each 256 ** level leaves, only as wide as requested. */
export function tilesOver(leaves: readonly Hash[], reads: string[] = []): TileReader {
  const known = new Map<string, Hash>()
  const hashAt = (level: number, index: number): Hash => {
    const span = 256 ** level
    if ((index + 1) * span > leaves.length) throw new Error(`no hash ${index} at tile level ${level}`)
    const hash = known.get(`${level}/${index}`) ?? naive(leaves.slice(index * span, (index + 1) * span))
    known.set(`${level}/${index}`, hash)
    return hash
  }
  return async (level, index, width) => {
    reads.push(`${level}/${index}/${width}`)
    return Array.from({ length: width }, (_, at) => hashAt(level, index * 256 + at))
  }
}

/** A tree of up to 2⁵³ − 1 equal leaves: all nodes of a level are equal. */
export function sameLeaves(name: string): { readonly nodeAt: NodeAt; readonly tiles: TileReader; readonly hash: (level: number) => Hash } {
  const hashes = [leafHash(Buffer.from(name))]
  for (let level = 1; level < 54; level++) hashes.push(nodeHash(hashes[level - 1] as Hash, hashes[level - 1] as Hash))
  const hash = (level: number): Hash => hashes[level] as Hash
  return { hash, nodeAt: hash, tiles: async (level, _index, width) => Array.from({ length: width }, () => hash(level * 8)) }
}
