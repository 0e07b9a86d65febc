/** Entries of statements that are not records: each type is opened by the rules of its own room. */
import type { Check } from '../base/check.js'
import type { TonghengError } from '../base/error.js'
import type { EntryType } from '../contract/index.js'
import { jointEntry } from './joint-entry.js'
import { noticeEntry } from './notice-entry.js'
import type { NodeParts } from './parts.js'
import type { StoredEntry } from './store.js'

export type OtherType = Exclude<EntryType, 'metrology-record+jwt'>

/** An entry to store, and the reasons in its receipt. */
export interface OtherEntry {
  readonly entry: Omit<StoredEntry, 'receipt'>
  readonly reasons: readonly Check[]
}

/**
 * Why a statement is not genuine. This is a returned value, because a thrown error means a fault of the store, after which the sender may
 * retry.
 */
export interface Refusal {
  readonly refused: TonghengError
}

export const otherEntries: Readonly<Record<OtherType, (parts: NodeParts, statement: string) => Promise<OtherEntry | Refusal>>> = {
  'metrology-notice+jwt': noticeEntry,
  'metrology-joint+jwt': jointEntry,
}
