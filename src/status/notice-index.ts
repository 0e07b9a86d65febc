/**
 * Notices by the statements that they name. One notice may name thousands; a node gathers notices for years, and enters each once:
 * the index only grows, and what is opened later shares it with what was opened before, which sees no more of it than it had.
 */
import type { Notice, Status } from './open-status.js'

export interface NoticeView {
  /** In the order in which they take effect. */
  readonly notices: readonly Notice[]
  noticesOf(statementId: string): readonly Notice[]
}

/** Entries made, for all views of one index. */
interface NoticeIndex {
  readonly arrived: Notice[]
  /** Places in `arrived`, ascending. */
  readonly byStatement: Map<string, number[]>
}

interface Snapshot {
  readonly index: NoticeIndex
  readonly count: number
}

const NOTHING: readonly Notice[] = []
const snapshots = new WeakMap<Status, Snapshot>()

/** A view of these notices, as they arrived; what is known of them already is not entered again. */
export function viewNotices(notices: readonly Notice[], known: Status | undefined): Snapshot & NoticeView {
  const index = continued(notices, known) ?? { arrived: [], byStatement: new Map<string, number[]>() }
  for (const notice of notices.slice(index.arrived.length)) enter(index, notice)
  const count = index.arrived.length
  let sorted: readonly Notice[] | undefined
  return {
    index,
    count,
    get notices() {
      sorted ??= inEffect(index.arrived.slice(0, count))
      return sorted
    },
    noticesOf(statementId) {
      const places = index.byStatement.get(statementId)
      if (places === undefined) return NOTHING
      return inEffect(places.filter((place) => place < count).map((place) => index.arrived[place] as Notice))
    },
  }
}

/** The view belongs to an opened status: the next may go on from it. */
export const rememberView = (status: Status, { index, count }: Snapshot): void => void snapshots.set(status, { index, count })

/** The index of what is known, where these notices are all of it and more, and nothing else went on from there. */
function continued(notices: readonly Notice[], known: Status | undefined): NoticeIndex | undefined {
  const { index, count } = (known && snapshots.get(known)) ?? {}
  if (index === undefined || index.arrived.length !== count) return undefined
  return index.arrived.every((notice, at) => notices[at] === notice) ? index : undefined
}

function enter({ arrived, byStatement }: NoticeIndex, notice: Notice): void {
  const place = arrived.push(notice) - 1
  for (const id of new Set(notice.claims.statements)) {
    const places = byStatement.get(id)
    if (places === undefined) byStatement.set(id, [place])
    else places.push(place)
  }
}

const inEffect = (notices: Notice[]): readonly Notice[] =>
  notices.sort((a, b) => a.claims.from - b.claims.from || a.claims.iat - b.claims.iat)
