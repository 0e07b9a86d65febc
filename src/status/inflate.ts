/**
 * Inflates a zlib stream (RFC 1950, RFC 1951) with the same result or error on every runtime. The runtimes' own streams differ:
 * some accept trailing data or a truncated checksum, so that a status list would be valid on one version of Node and invalid on the
 * next. Memory is bounded, and trailing data is rejected.
 */

import { inflateExactly } from '#native'
import type { TonghengError } from '../base/error.js'
import { fault } from './messages.js'

const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385,
  24577,
]
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]
/** Order of the code length codes (RFC 1951 §3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const MAX_BITS = 15
const END_OF_BLOCK = 256

/** A canonical Huffman code: the number of codes per length, and the symbols in code order. */
interface HuffmanCode {
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
}

const tooLarge = (most: number): TonghengError => fault('status-list.too-large', { most })
const damaged = (reason: string): TonghengError => fault('status-list.compression', { reason })

/** @throws if the lengths are not a prefix code; as in zlib, an incomplete code is allowed only with a single one-bit code */
function huffmanCode(lengths: ArrayLike<number>): HuffmanCode {
  const counts = new Uint16Array(MAX_BITS + 1)
  for (let symbol = 0; symbol < lengths.length; symbol++) (counts[lengths[symbol] as number] as number)++
  const used = lengths.length - (counts[0] as number)
  let left = 1
  for (let bits = 1; bits <= MAX_BITS; bits++) {
    left = (left << 1) - (counts[bits] as number)
    if (left < 0) throw damaged('code')
  }
  if (left > 0 && used > 0 && !(used === 1 && counts[1] === 1)) throw damaged('code')
  const offsets = new Uint16Array(MAX_BITS + 1)
  for (let bits = 1; bits < MAX_BITS; bits++) offsets[bits + 1] = (offsets[bits] as number) + (counts[bits] as number)
  const symbols = new Uint16Array(used)
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const bits = lengths[symbol] as number
    if (bits !== 0) symbols[(offsets[bits] as number)++] = symbol
  }
  return { counts, symbols }
}

const FIXED_LITERALS = huffmanCode(Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8)))
const FIXED_DISTANCES = huffmanCode(new Array<number>(32).fill(5))

/** @throws `status-list.compression` with the reason, `status-list.too-large` */
export function inflate(stream: Uint8Array, most: number): Uint8Array {
  const [method = 0, flags = 0] = stream
  // Method 8 with a window of at most 32 KiB, valid check bits, no preset dictionary (RFC 1950 §2.2).
  if (stream.length < 6 || (method & 15) !== 8 || method >> 4 > 7 || (method * 256 + flags) % 31 !== 0 || (flags & 32) !== 0)
    throw damaged('header')
  // zlib is many times faster, and equivalent if it reads all of the stream; but it does not report which error a stream has.
  const inflated = inflateExactly(stream, most)
  if (inflated === 'too-large') throw tooLarge(most)
  if (inflated !== undefined) return inflated
  const reader = new Inflater(stream, most)
  const bytes = reader.blocks()
  const end = reader.at
  if (stream.length < end + 4) throw damaged('truncated')
  if (stream.length > end + 4) throw damaged('trailing')
  const stated = new DataView(stream.buffer, stream.byteOffset + end, 4).getUint32(0)
  if (stated !== adler32(bytes)) throw damaged('check-value')
  return bytes
}

class Inflater {
  at = 2
  private held = 0
  private heldBits = 0
  private out = new Uint8Array(4096)
  private size = 0
  private readonly stream: Uint8Array
  private readonly most: number

  constructor(stream: Uint8Array, most: number) {
    this.stream = stream
    this.most = most
  }

  blocks(): Uint8Array {
    for (let isLast = false; !isLast; ) {
      isLast = this.bits(1) === 1
      const type = this.bits(2)
      if (type === 0) this.stored()
      else if (type === 1) this.compressed(FIXED_LITERALS, FIXED_DISTANCES)
      else if (type === 2) this.dynamic()
      else throw damaged('block')
    }
    return this.out.slice(0, this.size)
  }

  private bits(count: number): number {
    while (this.heldBits < count) {
      const byte = this.stream[this.at++]
      if (byte === undefined) throw damaged('truncated')
      this.held |= byte << this.heldBits
      this.heldBits += 8
    }
    const value = this.held & ((1 << count) - 1)
    this.held >>>= count
    this.heldBits -= count
    return value
  }

  private symbol({ counts, symbols }: HuffmanCode): number {
    let [code, first, index] = [0, 0, 0]
    for (let length = 1; length <= MAX_BITS; length++) {
      code |= this.bits(1)
      const count = counts[length] as number
      if (code - count < first) return symbols[index + (code - first)] as number
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw damaged('code')
  }

  private room(more: number): void {
    const needed = this.size + more
    if (needed > this.most) throw tooLarge(this.most)
    if (needed <= this.out.length) return
    const grown = new Uint8Array(Math.min(this.most, Math.max(needed, this.out.length * 2)))
    grown.set(this.out)
    this.out = grown
  }

  private stored(): void {
    this.held = 0
    this.heldBits = 0
    const [a, b, c, d] = this.stream.subarray(this.at, this.at + 4)
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw damaged('truncated')
    const length = a | (b << 8)
    if (length !== (~(c | (d << 8)) & 0xffff)) throw damaged('block')
    this.at += 4
    const bytes = this.stream.subarray(this.at, this.at + length)
    if (bytes.length < length) throw damaged('truncated')
    this.room(length)
    this.out.set(bytes, this.size)
    this.size += length
    this.at += length
  }

  private compressed(literals: HuffmanCode, distances: HuffmanCode): void {
    for (;;) {
      const symbol = this.symbol(literals)
      if (symbol < END_OF_BLOCK) {
        this.room(1)
        this.out[this.size++] = symbol
      } else if (symbol === END_OF_BLOCK) return
      else this.copy(symbol - END_OF_BLOCK - 1, distances)
    }
  }

  private copy(lengthAt: number, distances: HuffmanCode): void {
    const base = LENGTHS[lengthAt]
    if (base === undefined) throw damaged('code')
    const length = base + this.bits(LENGTH_BITS[lengthAt] as number)
    const distanceAt = this.symbol(distances)
    const from = DISTANCES[distanceAt]
    if (from === undefined) throw damaged('code')
    const distance = from + this.bits(DISTANCE_BITS[distanceAt] as number)
    if (distance > this.size) throw damaged('distance')
    this.room(length)
    const { out } = this
    // Octet by octet, because the source may overlap the destination.
    for (let end = this.size + length; this.size < end; this.size++) out[this.size] = out[this.size - distance] as number
  }

  private dynamic(): void {
    const literalCount = this.bits(5) + 257
    const distanceCount = this.bits(5) + 1
    const lengthCount = this.bits(4) + 4
    if (literalCount > 286 || distanceCount > 30) throw damaged('code')
    const ofLengths = new Uint8Array(19)
    for (let at = 0; at < lengthCount; at++) ofLengths[ORDER[at] as number] = this.bits(3)
    const code = huffmanCode(ofLengths)
    if (code.symbols.length < 2) throw damaged('code')
    const lengths = new Uint8Array(literalCount + distanceCount)
    for (let at = 0; at < lengths.length; ) {
      const symbol = this.symbol(code)
      if (symbol < 16) {
        lengths[at++] = symbol
        continue
      }
      const [value, times] =
        symbol === 16 ? [lengths[at - 1], 3 + this.bits(2)] : symbol === 17 ? [0, 3 + this.bits(3)] : [0, 11 + this.bits(7)]
      if (value === undefined || at + times > lengths.length) throw damaged('code')
      lengths.fill(value, at, at + times)
      at += times
    }
    if (lengths[END_OF_BLOCK] === 0) throw damaged('code')
    this.compressed(huffmanCode(lengths.subarray(0, literalCount)), huffmanCode(lengths.subarray(literalCount)))
  }
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0]
  for (let at = 0; at < bytes.length; ) {
    // Number of octets whose sums fit into 32 bits before the modulo operation.
    const end = Math.min(at + 5552, bytes.length)
    for (; at < end; at++) {
      a += bytes[at] as number
      b += a
    }
    a %= 65_521
    b %= 65_521
  }
  return b * 65_536 + a
}
