/**
 * Index of notices by the statements they name. One notice can name thousands, and a node accumulates notices for years, so each is
 * indexed once: the index is append-only and shared by all opened statuses, each of which sees a prefix of it.
 */
import type { Notice, Status } from './open-status.js'

export interface NoticeView {
  /** In the order in which they take effect. */
  readonly notices: readonly Notice[]
  noticesOf(statementId: string): readonly Notice[]
}

/** Entries shared by all views of one index. */
interface NoticeIndex {
  readonly arrived: Notice[]
  /** Indices into `arrived`, ascending. */
  readonly byStatement: Map<string, number[]>
}

interface Snapshot {
  readonly index: NoticeIndex
  readonly count: number
}

const NOTHING: readonly Notice[] = []
const snapshots = new WeakMap<Status, Snapshot>()

/** Creates a view of these notices, in order of arrival; known ones are not indexed again. */
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

/** Links the view to an opened status, so that the next one can extend it. */
export const rememberView = (status: Status, { index, count }: Snapshot): void => void snapshots.set(status, { index, count })

/** Returns the index of the known status if these notices extend it, and no other view has extended it. */
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
