// Why this exists: suites and child processes store the same records, so that one process can look for those of another.
import type { Store, StoredEntry } from 'tongheng/node'

/** Creates records that differ only in their number, unless `changes` says otherwise. */
export function storedRecord(n: number, changes: Partial<Omit<StoredEntry, 'search'>> & { search?: Partial<StoredEntry['search']> } = {}) {
  const { search, ...rest } = changes
  const record: StoredEntry = {
    statementId: `statement-${n}`,
    statement: `header.payload-${n}.signature`,
    iss: '12510100450770010L',
    jti: `01JQ${String(n).padStart(22, '0')}`,
    kind: 'verification-record',
    decision: 'accepted',
    code: 'agreement.clause',
    outcome: 'recognised',
    receipt: `receipt-${n}`,
    receivedAt: 1_750_000_000 + n,
    ...rest,
    search: { number: `川计检字-${n}`, region: '51', factDate: '2025-03-12', validUntil: '2026-03-11', ...search },
  }
  return record
}

/** Stores an entry as a submission does: only if its name is free. */
export const put = (store: Store, entry: StoredEntry): Promise<{ readonly entry: StoredEntry; readonly isNew: boolean }> =>
  store.sequence(async (transaction) => {
    const [there] = await transaction.byNames([entry])
    if (there !== undefined) return { entry: there, isNew: false }
    await transaction.append({ entries: [entry], tileRoots: [] })
    return { entry, isNew: true }
  })

export interface Remember {
  readonly iss: string
  readonly jti: string
  readonly until: number
  readonly now: number
  readonly capacity: number
}

export const remember = async (store: Store, { now, capacity, ...request }: Remember): Promise<string | undefined> =>
  (await store.rememberRequests([request], { now, capacity }))[0]
