// Why this exists: suites and child processes put the same records, so that what one wrote another can look for.
import type { StoredRecord } from 'tongheng/server'

/** A record that differs from the others in its number alone, unless told otherwise. */
export function storedRecord(
  n: number,
  changes: Partial<Omit<StoredRecord, 'search'>> & { search?: Partial<StoredRecord['search']> } = {},
) {
  const { search, ...rest } = changes
  const record: StoredRecord = {
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
