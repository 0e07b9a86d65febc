/** Looks up many keys in small batches: a store in this process runs on the main thread, and one large query would block other requests. */
import { otherWork } from '../base/other-work.js'
import type { EntriesBy, EntryKey } from './store.js'

export interface EntryReader {
  readonly entriesBy: EntriesBy
}

/** Keys per batch. */
const PART = 32

export async function entriesInParts(
  store: EntryReader,
  by: Parameters<EntriesBy>[0],
  keys: readonly EntryKey[],
  limit: number,
): Promise<Awaited<ReturnType<EntriesBy>>> {
  if (keys.length <= PART) return store.entriesBy(by, keys, limit)
  const found: Awaited<ReturnType<EntriesBy>>[number][] = []
  for (let from = 0; from < keys.length; from += PART) {
    found.push(...(await store.entriesBy(by, keys.slice(from, from + PART), limit)))
    await otherWork()
  }
  return found
}
