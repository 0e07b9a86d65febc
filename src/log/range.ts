/**
 * The compact range: the roots of the complete subtrees a tree consists of, one for each binary digit 1 of its size. It is all
 * that a follower needs to keep in order to go on, and to know the root it must find in the next checkpoint.
 */
import { decodeBase64url, encodeBase64url } from '#native'
import { emptyRoot, type Hash, half, isHash, isOdd, isSize, nodeHash } from './merkle.js'
import { fault } from './messages.js'

export interface CompactRange {
  /** Leaves. */
  readonly size: number
  /** Roots of the complete subtrees, largest first; at most 53. */
  readonly hashes: readonly Hash[]
}

/** Of the tree of no leaves. */
export const emptyRange: CompactRange = { size: 0, hashes: [] }

/** The range with more leaf hashes after it, in order. @throws `log.hash` for a leaf hash that has not 32 octets, `log.range` beyond 2⁵³ − 1 leaves */
export function growRange(range: CompactRange, leaves: Iterable<Hash>): CompactRange {
  const hashes = [...range.hashes]
  let size = range.size
  for (const leaf of leaves) {
    if (!isHash(leaf)) throw fault('log.hash')
    if (!isSize(size + 1)) throw fault('log.range')
    let hash = leaf
    // Each trailing 1 of the size is a subtree that its equal completes, as in adding one.
    for (let rest = size; isOdd(rest); rest = half(rest)) hash = nodeHash(hashes.pop() as Hash, hash)
    hashes.push(hash)
    size++
  }
  return { size, hashes }
}

/** Root hash (RFC 9162 §2.1.1) of the tree that a compact range stands for. */
export const rootOfRange = ({ hashes }: CompactRange): Hash =>
  hashes.length === 0 ? emptyRoot() : hashes.reduceRight((right, left) => nodeHash(left, right))

// 43 characters carry 258 bits; the last two are zero.
const SPELLING = /^(0|[1-9][0-9]{0,15})((?: [A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]){0,53})$/

/** One line of text, `<size> <base64url> <base64url> …`, without a line break. */
export const writeRange = ({ size, hashes }: CompactRange): string =>
  [String(size), ...hashes.map((hash) => encodeBase64url(hash))].join(' ')

/** A compact range from the text that `writeRange` writes. @throws `log.range` for any other text */
export function readRange(text: string): CompactRange {
  const [, sizeText, hashesText] = SPELLING.exec(text) ?? []
  const size = Number(sizeText)
  if (hashesText === undefined || !isSize(size)) throw fault('log.range')
  const hashes = hashesText.split(' ').slice(1).map(decodeBase64url)
  if (hashes.length !== subtreesOf(size)) throw fault('log.range')
  return { size, hashes }
}

/** How many complete subtrees a tree consists of. */
function subtreesOf(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = half(rest)) if (isOdd(rest)) count++
  return count
}
