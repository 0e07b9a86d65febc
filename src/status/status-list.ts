/**
 * Token Status List (draft-ietf-oauth-status-list): one signed bit string contains the status of every statement to which its
 * issuer assigned an index. It is inflated with a limit and read as octets, without allocating a value per entry.
 */

import * as z from 'zod/mini'
import { decodeBase64url, encodeBase64url } from '#native'
import { concat } from '../base/concat.js'
import {
  aNumber,
  anObject,
  aSigner,
  aText,
  checkArgument,
  checkMembers,
  type Expectation,
  hasFunctions,
  octets,
  whole,
} from '../base/options.js'
import { about, named, Seconds, Uscc, WebAddress } from '../base/schema.js'
import { type Grown, readGrown, readShape } from '../base/shape.js'
import { type Signer, signStatement } from '../envelope/index.js'
import { inflate } from './inflate.js'
import { coded, fault } from './messages.js'
import type { Action } from './notice.js'
import { createRecent } from './recent.js'
import { holdSparse } from './sparse.js'

/** Maximum number of entries, and of inflated bytes: 4 MiB with two bits per entry. */
const MAX_ENTRIES = 16_777_216
const MAX_BYTES = MAX_ENTRIES / 4

/** Meaning of the values; 3 is ours (draft §7.1: application-specific). */
export const STATUS_ACTIONS: readonly (Exclude<Action, 'reinstate'> | 'valid')[] = ['valid', 'revoke', 'suspend', 'supersede']

/** 状态表 — Status list. Zod schema. */
export const StatusListClaims = named(
  'status-list',
  about(
    z.strictObject({
      iss: about(Uscc, '签名机构', 'Issuer'),
      sub: about(WebAddress, '状态表地址', 'Address of the list'),
      iat: about(Seconds, '签名时间', 'Time of signing'),
      exp: about(Seconds, '失效时间', 'Ends'),
      ttl: about(
        z.optional(z.int().check(z.minimum(1), z.maximum(31_536_000))),
        '多少秒后应取新表',
        'Seconds after which a newer one is due',
      ),
      status_list: about(
        z.strictObject({
          bits: about(z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(8)]), '每项位数', 'Bits an entry'),
          lst: about(z.string().check(z.maxLength(1_000_000)), '压缩后的状态位', 'The statuses'),
        }),
        '状态位',
        'The statuses',
      ),
    }),
    '状态表',
    'Status list',
  ),
)
export type StatusListClaims = z.infer<typeof StatusListClaims>

/** The packed statuses of a list. */
export interface Statuses {
  readonly bits: 1 | 2 | 4 | 8
  readonly bytes: Uint8Array
  /** Number of entries. */
  readonly size: number
  /** Value of an entry; undefined if the index is out of range. */
  at(index: number): number | undefined
  /** A copy with one entry changed. @throws `status-list.index` */
  with(index: number, value: number): Statuses
}

/** The octets of a list, in whichever form they are stored. */
interface Packed {
  readonly length: number
  octet(offset: number): number
  /** Returns all octets; must not be modified. */
  read(): Uint8Array
}

function statusesOf(bits: Statuses['bits'], packed: Packed): Statuses {
  const perByte = 8 / bits
  const size = packed.length * perByte
  const mask = 2 ** bits - 1
  const isIndex = (index: number): boolean => Number.isInteger(index) && index >= 0 && index < size
  return {
    bits,
    get bytes() {
      return packed.read()
    },
    size,
    at: (index) => (isIndex(index) ? (packed.octet(Math.floor(index / perByte)) >> ((index % perByte) * bits)) & mask : undefined),
    with(index, value) {
      if (!isIndex(index) || !Number.isInteger(value) || value < 0 || value > mask) throw fault('status-list.index', { index, value, size })
      const copy = packed.read().slice()
      const [at, shift] = [Math.floor(index / perByte), (index % perByte) * bits]
      copy[at] = ((copy[at] as number) & ~(mask << shift)) | (value << shift)
      return statusesOf(bits, inMemory(copy))
    },
  }
}

const inMemory = (bytes: Uint8Array): Packed => ({
  length: bytes.length,
  octet: (offset) => bytes[offset] as number,
  read: () => bytes,
})

/** Limit of inflated lists in memory, least recently used evicted: hundreds of lists of 5 kB could inflate to a gigabyte. */
const recent = createRecent(33_554_432)

/** Creates a list in which every entry is valid. @throws `status-list.index` */
export function emptyStatuses(size: number): Statuses {
  checkArgument('emptyStatuses', 'size', size, aNumber)
  if (!Number.isInteger(size) || size < 1 || size > MAX_ENTRIES)
    throw fault('status-list.index', { index: size, value: 0, size: MAX_ENTRIES })
  const bytes = new Uint8Array(Math.ceil(size / 4))
  return statusesOf(2, inMemory(bytes))
}

/**
 * Parses the claims of a status list without verifying its signature; `readStatuses` reads the bits. @throws `status-list.shape`
 */
export const readStatusList = (json: unknown): StatusListClaims =>
  inTime(readShape<StatusListClaims>(StatusListClaims, json, coded('status-list.shape')))

/**
 * Parses a list signed by another system. Unknown claims are ignored, as is `aggregation_uri`: they do not change any bit (RFC 7519
 * §4; draft §4.2, §9). Any other unknown member may change their meaning.
 * @throws `status-list.shape`
 */
export function readForeignStatusList(json: unknown): Grown<StatusListClaims> {
  const { value, newer } = readGrown<StatusListClaims>(StatusListClaims, json, coded('status-list.shape'))
  return {
    value: inTime(value),
    newer: newer.filter((path) => path.startsWith('/status_list/') && path !== '/status_list/aggregation_uri'),
  }
}

function inTime(claims: StatusListClaims): StatusListClaims {
  if (claims.exp < claims.iat) throw fault('status-list.shape', { path: '/exp', faults: [] })
  return claims
}

/**
 * Reads the statuses of a list. It is inflated here, so that an invalid stream throws at once. If most entries are valid, as in
 * the list of any working institute, the others are stored by position and the list is never inflated again. Any other list
 * remains compressed in memory, except the most recently used ones.
 * @throws `status-list.compression` unless it is exactly one zlib stream; `status-list.too-large` before more octets are allocated
 * than a list may have
 */
export async function readStatuses(list: StatusListClaims['status_list']): Promise<Statuses> {
  checkArgument('readStatuses', 'list', list, anObject)
  checkMembers('readStatuses', list, { bits: whole, lst: aText }, 'list')
  const { bits, lst } = list
  const bytes = inflate(decodeBase64url(lst), MAX_BYTES)
  // Bounded by the length of the signed text, which is in memory too.
  const packed = holdSparse(bytes, Math.max(LEAST_HELD, lst.length)) ?? compressed(lst, bytes.length)
  return statusesOf(bits, packed)
}

/** Inflated on demand and cached. */
function compressed(lst: string, length: number): Packed {
  const key = {}
  const read = (): Uint8Array => recent.get(key, () => inflate(decodeBase64url(lst), MAX_BYTES))
  return { length, octet: (offset) => read()[offset] as number, read }
}

/** Octets that the positions of any list may use. */
const LEAST_HELD = 4096

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const transform = new CompressionStream('deflate') as ReadableWritablePair<Uint8Array, Uint8Array<ArrayBuffer>>
  const parts: Uint8Array[] = []
  let size = 0
  const reader = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(transform).getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value)
    size += next.value.length
  }
  return concat(parts, size)
}

const STATUSES: Expectation = {
  is: (value) => hasFunctions('at', 'with')(value) && octets.is((value as { bytes?: unknown }).bytes),
  expected: { zh: ' emptyStatuses 或 readStatuses 的结果', en: 'what emptyStatuses or readStatuses gives' },
}

export interface StatusListInput {
  readonly iss: string
  /** URI at which it is published, as statements reference it. */
  readonly uri: string
  readonly iat: number
  readonly exp: number
  /** Seconds after which a newer list is due. */
  readonly ttl?: number | undefined
  readonly statuses: Statuses
}

/**
 * Signs a list as `statuslist+jwt`. @throws `status-list.shape`
 * @example
 * ```ts
 * import { emptyStatuses, readStatusList, signStatusList } from 'tongheng/status'
 * import { createFakeAuthorities, organisation } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const list = await signStatusList(
 *   { iss: organisation('CD').uscc, uri: 'https://cd.example/status/1', iat: 1_750_000_000, exp: 1_752_000_000, statuses:
 *   emptyStatuses(1000) },
 *   world.signer('CD'),
 * )
 * list.split('.').length // => 3
 * ```
 */
export async function signStatusList(input: StatusListInput, signer: Signer): Promise<string> {
  checkArgument('signStatusList', 'input', input, anObject)
  checkMembers('signStatusList', input, { statuses: STATUSES }, 'input')
  checkArgument('signStatusList', 'signer', signer, aSigner)
  const { uri, statuses, iss, iat, exp, ttl } = input
  const lst = encodeBase64url(await deflate(statuses.bytes))
  const claims = { iss, sub: uri, iat, exp, ttl, status_list: { bits: statuses.bits, lst } }
  return signStatement(readStatusList(claims), { typ: 'statuslist+jwt', signer })
}
