/** Entries by many names, looked up a few at a time: a store in the process finds them on the thread that serves everyone. */
import { otherWork } from '../base/other-work.js'
import type { EntriesBy, EntryKey } from './store.js'

export interface EntryReader {
  readonly entriesBy: EntriesBy
}

/** Names looked up at once. */
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
