/** Entries of statements that are not records: each type is opened by the rules of its own room. */
import type { Check } from '../base/check.js'
import type { EntryType } from '../contract/index.js'
import { jointEntry } from './joint-entry.js'
import { noticeEntry } from './notice-entry.js'
import type { NodeParts } from './parts.js'
import type { StoredEntry } from './store.js'

export type OtherType = Exclude<EntryType, 'metrology-record+jwt'>

/** An entry to store, and what the receipt says of it. */
export interface OtherEntry {
  readonly entry: Omit<StoredEntry, 'receipt'>
  readonly reasons: readonly Check[]
}

/** Builds the entry. Each throws the coded reason where the statement is not genuine. */
export const otherEntries: Readonly<Record<OtherType, (parts: NodeParts, statement: string) => Promise<OtherEntry>>> = {
  'metrology-notice+jwt': noticeEntry,
  'metrology-joint+jwt': jointEntry,
}
