/**
 * The compact range: the roots of the complete subtrees of a tree, one for each binary digit 1 of its size. A follower needs
 * nothing else to append leaves and to compute the root of a later checkpoint.
 */
import { decodeBase64url, encodeBase64url } from '#native'
import { emptyRoot, type Hash, half, isHash, isOdd, isSize, nodeHash } from './merkle.js'
import { fault } from './messages.js'

export interface CompactRange {
  /** Number of leaves. */
  readonly size: number
  /** Roots of the complete subtrees, largest first; at most 53. */
  readonly hashes: readonly Hash[]
}

/** Compact range of the empty tree. */
export const emptyRange: CompactRange = { size: 0, hashes: [] }

/**
 * Appends leaf hashes to a range. @throws `log.hash` for a leaf hash that does not have 32 octets, `log.range` beyond 2⁵³ − 1
 * leaves
 */
export function growRange(range: CompactRange, leaves: Iterable<Hash>): CompactRange {
  const hashes = [...range.hashes]
  let size = range.size
  for (const leaf of leaves) {
    if (!isHash(leaf)) throw fault('log.hash')
    if (!isSize(size + 1)) throw fault('log.range')
    let hash = leaf
    // Binary carry: each trailing 1 of the size is a subtree that merges with one of equal size.
    for (let rest = size; isOdd(rest); rest = half(rest)) hash = nodeHash(hashes.pop() as Hash, hash)
    hashes.push(hash)
    size++
  }
  return { size, hashes }
}

/** Root hash (RFC 9162 §2.1.1) of the tree of a compact range. */
export const rootOfRange = ({ hashes }: CompactRange): Hash =>
  hashes.length === 0 ? emptyRoot() : hashes.reduceRight((right, left) => nodeHash(left, right))

// 43 base64url characters carry 258 bits; the last two must be zero.
const SPELLING = /^(0|[1-9][0-9]{0,15})((?: [A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]){0,53})$/

/** Writes one line, `<size> <base64url> <base64url> …`, without a line break. */
export const writeRange = ({ size, hashes }: CompactRange): string =>
  [String(size), ...hashes.map((hash) => encodeBase64url(hash))].join(' ')

/** Reads the text that `writeRange` writes. @throws `log.range` for any other text */
export function readRange(text: string): CompactRange {
  const [, sizeText, hashesText] = SPELLING.exec(text) ?? []
  const size = Number(sizeText)
  if (hashesText === undefined || !isSize(size)) throw fault('log.range')
  const hashes = hashesText.split(' ').slice(1).map(decodeBase64url)
  if (hashes.length !== subtreesOf(size)) throw fault('log.range')
  return { size, hashes }
}

/** Number of complete subtrees of a tree. */
function subtreesOf(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = half(rest)) if (isOdd(rest)) count++
  return count
}
