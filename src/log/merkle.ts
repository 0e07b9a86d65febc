/** The Merkle tree of RFC 9162 §2.1: hashes and roots, creation and verification of proofs. Sizes and indices are safe integers. */
import { sha256 } from '#native'
import { fault } from './messages.js'

/** A hash of 32 octets. */
export type Hash = Uint8Array

/** Returns the root of the `index`-th complete subtree of `2 ** level` leaves; level 0 has the leaf hashes. */
export type NodeAt = (level: number, index: number) => Hash

/** Length of a hash. */
export const OCTETS = 32

/** §2.1.1: SHA-256 over 0x00 and the leaf. */
export function leafHash(leaf: Uint8Array): Hash {
  const input = new Uint8Array(1 + leaf.length)
  input.set(leaf, 1)
  return sha256(input)
}

/** §2.1.1: SHA-256 over 0x01 and both children. @throws `log.hash` if a child does not have 32 octets */
export function nodeHash(left: Hash, right: Hash): Hash {
  // A short hash would be zero-padded, so that two inputs would have the same hash.
  if (!isHash(left) || !isHash(right)) throw fault('log.hash')
  const input = new Uint8Array(1 + 2 * OCTETS)
  input[0] = 1
  input.set(left, 1)
  input.set(right, 1 + OCTETS)
  return sha256(input)
}

/** Root of the empty tree. */
export const emptyRoot = (): Hash => sha256(new Uint8Array(0))

/** An append-only tree in memory. It stores all nodes of complete subtrees, so that any earlier root and proof can be computed. */
export interface Tree {
  readonly size: number
  readonly nodeAt: NodeAt
  append(leaf: Hash): void
}

/**
 * Creates an empty Merkle tree (RFC 9162 §2.1) in memory, to which leaf hashes are appended.
 * @example
 * ```ts
 * import { createTree, leafHash, proveInclusion, rootOf, verifyInclusion } from 'tongheng/log'
 *
 * const tree = createTree()
 * const leaves = ['a', 'b', 'c'].map((text) => leafHash(new TextEncoder().encode(text)))
 * for (const leaf of leaves) tree.append(leaf)
 * const root = rootOf(tree.size, tree.nodeAt)
 * const proof = proveInclusion(1, tree.size, tree.nodeAt)
 * verifyInclusion(1, tree.size, leaves[1]!, proof, root) // => true
 * ```
 */
export function createTree(): Tree {
  const levels: Hash[][] = [[]]
  return {
    get size() {
      return (levels[0] as Hash[]).length
    },
    nodeAt: (level, index) => levels[level]?.[index] as Hash,
    append(leaf) {
      let hash = leaf
      for (let level = 0; ; level++) {
        const nodes = levels[level] ?? []
        levels[level] = nodes
        nodes.push(hash)
        if (nodes.length % 2 === 1) return
        hash = nodeHash(nodes.at(-2) as Hash, hash)
      }
    },
  }
}

/** Root of the first `size` leaves. */
export const rootOf = (size: number, nodeAt: NodeAt): Hash => (size === 0 ? emptyRoot() : rangeHash(0, size, nodeAt))

/** §2.1.3.1: inclusion proof of a leaf in the tree of `size` leaves. @throws RangeError if the index is not in the tree */
export const proveInclusion = (index: number, size: number, nodeAt: NodeAt): Hash[] => inclusionProofs(size, nodeAt)(index)

/** Inclusion proofs of many leaves in one tree; hashes shared at the right edge are computed once. */
export function inclusionProofs(size: number, nodeAt: NodeAt): (index: number) => Hash[] {
  const atEdge = new Map<number, Hash>()
  return (index) => {
    if (!isSize(size) || !isSize(index) || index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`)
    const proof: Hash[] = []
    let [start, end] = [0, size]
    while (end - start > 1) {
      const middle = start + split(end - start)
      if (index < middle) {
        // Only this range can be an incomplete subtree. It then extends to the end of the tree, so its start identifies it.
        const hash = atEdge.get(middle) ?? rangeHash(middle, end, nodeAt)
        if (end === size) atEdge.set(middle, hash)
        proof.push(hash)
        end = middle
      } else {
        proof.push(rangeHash(start, middle, nodeAt))
        start = middle
      }
    }
    return proof.reverse()
  }
}

/** §2.1.4.1: consistency proof from the tree of `first` leaves to that of `second` leaves. @throws RangeError */
export function proveConsistency(first: number, second: number, nodeAt: NodeAt): Hash[] {
  if (!isSize(first) || !isSize(second) || first < 1 || first > second) throw new RangeError(`no proof from ${first} to ${second}`)
  const proof: Hash[] = []
  let [start, end] = [0, second]
  // Omit the hash if the old tree is a complete subtree: the verifier has its root.
  let isOwn = true
  while (first !== end) {
    const middle = start + split(end - start)
    if (first <= middle) {
      proof.push(rangeHash(middle, end, nodeAt))
      end = middle
    } else {
      proof.push(rangeHash(start, middle, nodeAt))
      start = middle
      isOwn = false
    }
  }
  if (!isOwn) proof.push(rangeHash(start, end, nodeAt))
  return proof.reverse()
}

/** §2.1.3.2. Never throws, whatever the numbers and hashes are. */
export function verifyInclusion(index: number, size: number, leaf: Hash, proof: readonly Hash[], root: Hash): boolean {
  if (!isSize(size) || !isSize(index) || index >= size || !areHashes([leaf, root, ...proof])) return false
  let [at, last, hash] = [index, size - 1, leaf]
  for (const part of proof) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      hash = nodeHash(part, hash)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else hash = nodeHash(hash, part)
    at = half(at)
    last = half(last)
  }
  return last === 0 && isSame(hash, root)
}

/**
 * §2.1.4.2. For equal sizes, the roots must be equal and the proof empty. Always false for an empty first tree. Never throws.
 */
export function verifyConsistency(first: number, second: number, firstRoot: Hash, secondRoot: Hash, proof: readonly Hash[]): boolean {
  if (!isSize(first) || !isSize(second) || first < 1 || first > second || !areHashes([firstRoot, secondRoot, ...proof])) return false
  if (first === second) return proof.length === 0 && isSame(firstRoot, secondRoot)
  if (proof.length === 0) return false
  const roots = rootsOfPath(first, second, isPowerOfTwo(first) ? [firstRoot, ...proof] : proof)
  return roots !== undefined && isSame(roots.first, firstRoot) && isSame(roots.second, secondRoot)
}

/**
 * §2.1.4.2, steps 2 to 6, for 1 ≤ first < second: computes from a path the roots of the first `first` leaves and of all `second`
 * leaves. The path begins with the root of the last complete subtree of the smaller tree; a consistency proof omits that hash if it
 * is the root of the whole smaller tree. Undefined if the length of the path does not match the sizes.
 */
export function rootsOfPath(first: number, second: number, path: readonly Hash[]): { first: Hash; second: Hash } | undefined {
  const [start, ...parts] = path
  if (start === undefined) return undefined
  let [at, last] = [first - 1, second - 1]
  while (isOdd(at)) [at, last] = [half(at), half(last)]
  let [old, now] = [start, start]
  for (const part of parts) {
    if (last === 0) return undefined
    if (isOdd(at) || at === last) {
      old = nodeHash(part, old)
      now = nodeHash(part, now)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else now = nodeHash(now, part)
    at = half(at)
    last = half(last)
  }
  return last === 0 ? { first: old, second: now } : undefined
}

/** Root over the leaves from `start` to before `end`; `start` must be a multiple of the power of two that covers the range. */
function rangeHash(start: number, end: number, nodeAt: NodeAt): Hash {
  const length = end - start
  const below = split(length)
  if (length === 1 || below * 2 === length) return nodeAt(Math.log2(length), start / length)
  return nodeHash(rangeHash(start, start + below, nodeAt), rangeHash(start + below, end, nodeAt))
}

/** The largest power of two smaller than n; 0 for 1. */
function split(n: number): number {
  if (n === 1) return 0
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

// Arithmetic instead of bitwise operators, which truncate to 32 bits.
export const isOdd = (n: number): boolean => n % 2 === 1
export const half = (n: number): number => Math.floor(n / 2)
export const isPowerOfTwo = (n: number): boolean => split(2 * n) === n
export const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0
export const isHash = (hash: Uint8Array): boolean => hash.length === OCTETS
const areHashes = (hashes: readonly Hash[]): boolean => hashes.length <= 130 && hashes.every(isHash)
/** Compares two hashes, not in constant time: hashes of a log are public. */
export const isSame = (a: Hash, b: Hash): boolean => a.length === b.length && a.every((octet, at) => octet === b[at])
