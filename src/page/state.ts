/** The state of the page as one immutable value. A change creates a new value and redraws. */
import type { TemplateResult } from 'lit-html'
import type { TonghengError } from '../base/error.js'
import type { Language, Summary, TableRow } from '../report/index.js'
import type { TrustAnchor } from '../trust/index.js'
import type { Offered } from '../verify/inside.js'
import type { Page } from './actions.js'
import type { Holding } from './holding.js'
import type { Source } from './intake.js'
import type { Judged } from './judge.js'
import type { NodeInfo } from './node-documents.js'

/** A trust file, or the node's lists, whose root keys the user has not pinned yet. */
export interface Pinning {
  readonly anchors: readonly { readonly anchor: TrustAnchor; readonly thumbprints: readonly string[]; readonly differs: boolean }[]
  readonly offered: Offered
}

export interface Batch {
  readonly rows: readonly TableRow[]
  readonly summary: Summary
  readonly isCut: boolean
  /** Draws the list; loaded with the first list. */
  readonly view: (page: Page, batch: Batch) => TemplateResult
}

export type Shown =
  | { readonly kind: 'one'; readonly judged: Judged }
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'fault'; readonly error: unknown; readonly name?: string }

/** Provinces in which a record may be used. */
export const REGIONS = ['50', '51'] as const

export interface State {
  readonly language: Language
  /** Two-digit province in which the record is to be used. */
  readonly region?: string | undefined
  /** A time other than now, in seconds since 1970. */
  readonly moment?: number | undefined
  readonly isMomentOpen: boolean
  readonly isPasteOpen: boolean
  readonly isDragging: boolean
  readonly isForgetting: boolean
  /** The scanner while it is open; loaded when it is opened. */
  readonly scanner?: (() => TemplateResult) | undefined
  /** True once the stored documents have been read. */
  readonly isReady: boolean
  readonly isLasting: boolean
  readonly holding?: Holding | undefined
  readonly pinning?: Pinning | undefined
  readonly node?: NodeInfo | undefined
  readonly update: 'none' | 'busy' | 'failed'
  readonly refused: readonly TonghengError[]
  /** Input that waits for a region or for trust. */
  readonly waiting: readonly Source[]
  /** Number of statements judged so far, while input is being judged. */
  readonly progress?: number | undefined
  readonly shown?: Shown | undefined
  /** The list from which one statement was opened. */
  readonly list?: Batch | undefined
  readonly offline: Offline
  readonly isOnline: boolean
  /** Sign-in and search, once opened. */
  readonly desk?: { view(): TemplateResult }
  readonly isDeskOpen?: boolean
  /** A ledger or joint statements, shown in place of a verdict; loaded with the first one. */
  readonly part?: { view(): TemplateResult } | undefined
}

/** State of offline use: `unknown`, `ready`, or the reason why the page does not work offline. */
export type Offline = 'unknown' | 'ready' | 'plain' | 'unsupported' | 'file'
