/** Allocates indices of a status list in sequence, each once: if two statements shared an index, revoking one would revoke both. */

import * as z from 'zod/mini'
import { faultOf } from '../base/error.js'
import { defineTexts } from '../base/message.js'
import { aText, checkArgument, checkMembers, checkOptions, hasFunctions, type OptionTable, optional, whole } from '../base/options.js'
import { parseShape } from '../base/shape.js'

/** Messages of the allocation of indices. */
export const allocateTexts = defineTexts({
  codes: {
    'status-index.counter': {
      zh: '所存的不是状态表 {uri} 的序号计数',
      en: 'What is stored is no counter of indices of the status list {uri}',
      advice: { zh: '请从备份恢复；另起计数会把序号发给两份记录', en: 'Restore it; a new counter would give indices out twice' },
    },
    'status-index.full': {
      zh: '状态表 {uri} 的 {size} 项已用完',
      en: 'The {size} entries of the status list {uri} are used up',
      advice: { zh: '请用另一地址建新表，并为它另起序号计数', en: 'Create a new list under another address, with a counter of its own' },
    },
    'status-index.busy': {
      zh: '状态表 {uri} 的序号试取 {tries} 次均被他人抢先',
      en: 'Others were quicker in {tries} tries to get an index of the status list {uri}',
      advice: { zh: '请稍后再试，并核对 swap 的比较', en: 'Try again, and check how swap compares' },
    },
  },
})
const fault = faultOf(allocateTexts)

/** State stored between allocations, as JSON. */
export interface StatusCounter {
  /** URI of the list. */
  readonly uri: string
  /** Number of entries of the list. */
  readonly size: number
  /** The next index to allocate. */
  readonly next: number
}

/** Storage of the counter: a file, or a database row. Its content is validated when read. */
export interface StatusCounterPort {
  /** Returns the stored value; undefined if there is none yet. */
  read(): Promise<unknown>
  /**
   * Compare-and-swap: durably stores `after` if the stored value still equals `before`, as `read` returned it, and returns whether
   * it did. The index is used only afterwards, so a crash in between wastes one and never reuses one.
   */
  swap(before: unknown, after: StatusCounter): Promise<boolean>
}

export interface AllocateOptions {
  /** URI of the list; required if no value is stored yet, and unchanged afterwards. */
  readonly uri?: string | undefined
  /** Number of entries of the list, if no value is stored yet. @default 100000 */
  readonly size?: number | undefined
  /** Number of consecutive indices: for a batch certificate, one per line (`linesOf`). @default 1 */
  readonly count?: number | undefined
}

const SIZE = 100_000
/** Maximum number of attempts; each failed attempt means that another caller allocated an index. */
const MAX_TRIES = 1000

const Counter = z.strictObject({
  uri: z.string().check(z.maxLength(300), z.regex(/^https?:\/\/[!-~]+$/)),
  size: z.int().check(z.minimum(1), z.maximum(16_777_216)),
  next: z.int().check(z.minimum(0), z.maximum(16_777_216)),
})
const OPTIONS: OptionTable = { uri: optional(aText), size: optional(whole), count: optional(whole) }
const PORT = { is: hasFunctions('read', 'swap'), expected: { zh: '有 read、swap 的端口', en: 'a port with read and swap' } }

/**
 * Allocates the next index of a list, for `status` of `signRecord`; for a batch certificate the first of its indices.
 * @throws `status-index.counter` if the stored value is not a counter, or is that of another list; `status-index.full`,
 * `status-index.busy`
 */
export async function allocateStatusIndex(
  port: StatusCounterPort,
  options: AllocateOptions = {},
): Promise<{ readonly uri: string; readonly idx: number }> {
  checkArgument('allocateStatusIndex', 'port', port, PORT)
  checkOptions('allocateStatusIndex', options, OPTIONS)
  const { uri, size = SIZE, count = 1 } = options
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const stored = await port.read()
    if (stored === undefined) checkMembers('allocateStatusIndex', options, { uri: aText })
    const { value: counter } = parseShape<StatusCounter>(Counter, stored === undefined ? { uri, size, next: 0 } : stored)
    if (counter === undefined || (uri !== undefined && uri !== counter.uri))
      throw fault('status-index.counter', { uri: uri ?? counter?.uri ?? '—' })
    if (count < 1 || counter.next + count > counter.size) throw fault('status-index.full', { uri: counter.uri, size: counter.size })
    if (await port.swap(stored, { ...counter, next: counter.next + count })) return { uri: counter.uri, idx: counter.next }
  }
  throw fault('status-index.busy', { uri: uri ?? '—', tries: MAX_TRIES })
}
