/** The random draw of parties. It uses text and SHA-256 only, so that anyone can repeat it: docs/joint.md states each step. */
import { digestText, encodeUtf8, sha256 } from '#native'
import { isUscc } from '../../base/identifier.js'
import {
  aNumber,
  anArray,
  aText,
  checkArgument,
  checkMembers,
  checkOptions,
  isArrayOf,
  isObject,
  isString,
  type OptionTable,
  texts,
} from '../../base/options.js'
import { USCC } from '../../base/patterns.js'
import { Digest } from '../../base/schema.js'
import { MAX_POPULATION } from '../kinds/draw-commitment.js'
import { fault } from './draw-messages.js'

/** A list of parties in its canonical form. */
export interface Population {
  /** USCCs, unique, ascending by character code. */
  readonly parties: readonly string[]
  /** SHA-256 of the USCCs, each followed by a line feed; base64url. */
  readonly digest: string
  readonly count: number
}

/** What one bureau contributes to the seed. */
export interface BureauNonce {
  /** USCC of the bureau. */
  readonly bureau: string
  /** 32 octets as base64url. */
  readonly nonce: string
}

export interface DrawPartiesOptions {
  /** Task number, as written in the task statement. */
  readonly taskNo: string
  /** Statement id of the task. */
  readonly task: string
  /** The nonces of both bureaus, in any order. */
  readonly nonces: readonly BureauNonce[]
  /** Number of parties to draw. */
  readonly count: number
}

const OPTIONS: OptionTable = { taskNo: aText, task: aText, nonces: anArray, count: aNumber }

/**
 * Converts a list of parties to its canonical form: sorted, without duplicates.
 * @param uscc USCCs in any order, duplicates allowed
 * @throws `draw.party` if an entry is not a valid USCC; `draw.population` if the list is empty or too long
 */
export function populationOf(uscc: readonly string[]): Population {
  checkMembers('populationOf', { uscc }, { uscc: texts })
  uscc.forEach((value, index) => {
    if (!USCC.test(value) || !isUscc(value)) throw fault('draw.party', { at: index + 1, value: value.slice(0, 40) })
  })
  const parties = [...new Set(uscc)].sort()
  if (parties.length === 0 || parties.length > MAX_POPULATION)
    throw fault('draw.population', { count: parties.length, most: MAX_POPULATION })
  return { parties, digest: digestText(parties.map((party) => `${party}\n`).join('')), count: parties.length }
}

/**
 * Digest by which a bureau commits to its nonce. It includes bureau and task, so that a commitment cannot be copied by another bureau or
 * reused for another task.
 * @param nonce 32 octets as base64url
 * @param of `bureau`: its USCC; `task`: statement id of the task
 * @returns SHA-256 as base64url
 */
export function nonceDigest(nonce: string, of: { readonly bureau: string; readonly task: string }): string {
  checkMembers('nonceDigest', { nonce }, { nonce: aText })
  checkOptions('nonceDigest', of, { bureau: aText, task: aText })
  return digestText(['tongheng-draw-nonce-1', of.bureau, of.task, nonce].map((line) => `${line}\n`).join(''))
}

/**
 * Draws parties without replacement: each subset of `count` parties is equally likely, and the same arguments always give the same
 * parties in the same order. The order of the list does not matter.
 * @returns USCCs in the order in which they were drawn
 * @throws `draw.party`, `draw.population`, `draw.count`, `draw.nonces`
 */
export function drawParties(population: readonly string[], options: DrawPartiesOptions): readonly string[] {
  checkOptions('drawParties', options, OPTIONS)
  checkArgument('drawParties', 'population', population, texts)
  const { parties } = populationOf(population)
  return drawFrom(parties, options)
}

/**
 * Like `drawParties`, for a population in canonical form.
 * @throws `draw.count`, `draw.nonces`
 */
export function drawFrom(parties: readonly string[], { taskNo, task, nonces, count }: DrawPartiesOptions): readonly string[] {
  if (!Number.isSafeInteger(count) || count < 1 || count > parties.length) throw fault('draw.count', { count, population: parties.length })
  const next = uniformNumbers(seedOf(taskNo, task, nonces))
  // The first `count` steps of Fisher–Yates (Knuth, TAOCP 2, algorithm P). `moved` has only the exchanged entries, so the list is not
  // copied.
  const moved = new Map<number, string>()
  const at = (index: number): string => moved.get(index) ?? (parties[index] as string)
  return Array.from({ length: count }, (_, index) => {
    const other = index + next(parties.length - index)
    const drawn = at(other)
    moved.set(other, at(index))
    return drawn
  })
}

const isNonce = (one: unknown): one is BureauNonce =>
  isObject(one) && isString(one.bureau) && isString(one.nonce) && Digest.safeParse(one.nonce).success

/** @throws `draw.nonces` */
function seedOf(taskNo: string, task: string, nonces: readonly BureauNonce[]): Uint8Array {
  const [first, second] = isArrayOf(isNonce)(nonces) ? [...nonces].sort((a, b) => (a.bureau < b.bureau ? -1 : 1)) : []
  if (first === undefined || second === undefined || nonces.length !== 2 || first.bureau === second.bureau) throw fault('draw.nonces')
  return sha256(encodeUtf8(['tongheng-draw-1', taskNo, task, first.nonce, second.nonce].map((line) => `${line}\n`).join('')))
}

const WORDS = 0x1_0000_0000

/**
 * Returns a function that generates uniform integers from 0 to `bound` − 1. The stream is SHA-256(seed ‖ n) for n = 0, 1, … as four octets,
 * read as big-endian 32-bit numbers. Numbers from the largest multiple of `bound` upwards are skipped: their remainders would favour small
 * results.
 */
function uniformNumbers(seed: Uint8Array): (bound: number) => number {
  const input = new Uint8Array(seed.length + 4)
  input.set(seed)
  const counter = new DataView(input.buffer, seed.length)
  let block: DataView = new DataView(new ArrayBuffer(0))
  let [used, blocks] = [0, 0]
  const word = (): number => {
    if (used === block.byteLength) {
      counter.setUint32(0, blocks++)
      const octets = sha256(input)
      block = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
      used = 0
    }
    used += 4
    return block.getUint32(used - 4)
  }
  return (bound) => {
    const limit = WORDS - (WORDS % bound)
    let value = word()
    while (value >= limit) value = word()
    return value % bound
  }
}
