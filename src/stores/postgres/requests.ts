/**
 * Replay protection. The number of stored requests must be exact across all processes, so a lock excludes the others. Calls that arrive
 * while the lock is held are batched into one transaction, so that the lock is not a bottleneck.
 */
import { createBatchQueue } from '../../base/batch-queue.js'
import type { RememberedRequest, Store } from '../../node/index.js'
import type { Database, Session } from './database.js'

type Remembered = 'new' | 'seen' | 'full' | 'forgotten'

interface Call {
  readonly requests: readonly RememberedRequest[]
  readonly now: number
  readonly capacity: number
}

/** Maximum number of calls per transaction: a larger batch only adds latency. */
const FULL = 512
/** Seconds between deletions of expired requests, which keep the table small. */
const FORGET_EVERY = 5

const sqlOf = (schema: string) => ({
  set: `UPDATE ${schema}.replay SET size = $1, forgotten = $2`,
  // One round trip: known requests by their index in the arguments, the total count as index -1, and the latest deleted expiry as
  // index -2.
  known: `SELECT -1 AS at, size AS value FROM ${schema}.replay UNION ALL SELECT -2, forgotten FROM ${schema}.replay UNION ALL
    SELECT named.at, known.until FROM (SELECT unnest($1::text[]) AS iss, unnest($2::text[]) AS jti, unnest($3::bigint[]) AS at) AS named
    JOIN ${schema}.requests AS known ON known.iss = named.iss AND known.jti = named.jti`,
  put: `INSERT INTO ${schema}.requests (iss, jti, until) SELECT unnest($1::text[]), unnest($2::text[]), unnest($3::bigint[])`,
  forget: `WITH gone AS (DELETE FROM ${schema}.requests WHERE until < $1 RETURNING until) SELECT count(*) AS count, max(until) AS until FROM gone`,
})

type Sql = ReturnType<typeof sqlOf>

export function createRequests(db: Database, schema: string): Store['rememberRequests'] {
  const sql = sqlOf(schema)
  let forgottenAt = Number.NEGATIVE_INFINITY
  const add = createBatchQueue<Call, readonly Remembered[]>({
    full: FULL,
    async write(take) {
      // Build the batch only once we hold the lock: calls that arrive while other processes hold it join this batch.
      const remembered = await db.withLock('requests', (session) => rememberAll(session, sql, take(), forgottenAt))
      // Update after the commit only: a deletion that was rolled back did not happen.
      forgottenAt = remembered.forgottenAt
      return remembered.answers
    },
  })
  return (requests, { now, capacity }) => add({ requests, now, capacity })
}

/** State of a batch. */
interface Remembering {
  /** Expiry of each request by name, from the table and from this batch. */
  readonly known: Map<string, number>
  readonly fresh: Map<string, RememberedRequest>
  /** Total number of stored requests. */
  count: number
  /** Latest expiry among the deleted requests. */
  upTo: number
  forgottenAt: number
}

/** Processes the calls in order, with the same results as one transaction per call. */
async function rememberAll(session: Session, sql: Sql, calls: readonly Call[], forgottenAt: number) {
  const { size, forgottenUpTo, known } = await readKnown(session, sql.known, calls)
  const batch: Remembering = { known, fresh: new Map(), count: size, upTo: forgottenUpTo, forgottenAt }
  const answers: Remembered[][] = []
  for (const { requests, now, capacity } of calls) {
    const answer: Remembered[] = []
    answers.push(answer)
    if (Math.abs(now - batch.forgottenAt) >= FORGET_EVERY) await forget(session, sql, batch, now)
    for (const request of requests) answer.push(await rememberOne(session, sql, batch, { request, now, capacity }))
  }
  const put = [...batch.fresh.values()]
  if (put.length > 0) await session.change(sql.put, [put.map(({ iss }) => iss), put.map(({ jti }) => jti), put.map(({ until }) => until)])
  if (batch.count !== size || batch.upTo !== forgottenUpTo) await session.change(sql.set, [batch.count, batch.upTo])
  return { answers, forgottenAt: batch.forgottenAt }
}

async function rememberOne(
  session: Session,
  sql: Sql,
  batch: Remembering,
  { request, now, capacity }: { readonly request: RememberedRequest; readonly now: number; readonly capacity: number },
): Promise<Remembered> {
  const name = nameOf(request)
  const until = batch.known.get(name)
  if (until !== undefined && until >= now) return 'seen'
  if (request.until <= batch.upTo) return 'forgotten'
  if (until !== undefined || (batch.count >= capacity && batch.forgottenAt !== now)) await forget(session, sql, batch, now)
  if (batch.count >= capacity) return 'full'
  batch.known.set(name, request.until)
  batch.fresh.set(name, request)
  batch.count++
  return 'new'
}

/** Deletes expired requests. */
async function forget(session: Session, sql: Sql, batch: Remembering, now: number): Promise<void> {
  const [gone] = await session.rows<{ count: string; until: string | null }>(sql.forget, [now])
  batch.count -= Number(gone?.count ?? 0)
  batch.upTo = Math.max(batch.upTo, Number(gone?.until ?? batch.upTo))
  for (const [name, until] of batch.known) if (until < now) batch.known.delete(name)
  for (const [name, { until }] of batch.fresh)
    if (until < now && batch.fresh.delete(name)) {
      batch.count--
      batch.upTo = Math.max(batch.upTo, until)
    }
  batch.forgottenAt = now
}

/**
 * Reads the expiry of each stored request by name, the total number of stored requests, and the latest expiry among the deleted
 * ones.
 */
async function readKnown(session: Session, text: string, calls: readonly Call[]) {
  const distinct = [...new Map(calls.flatMap(({ requests }) => requests).map((request) => [nameOf(request), request])).values()]
  const named = [distinct.map(({ iss }) => iss), distinct.map(({ jti }) => jti), distinct.map((_, at) => at)]
  let [size, forgottenUpTo] = [Number.NaN, Number.NaN]
  const known = new Map<string, number>()
  for (const { at, value } of await session.rows<{ at: string; value: string }>(text, named)) {
    const request = distinct[Number(at)]
    if (Number(at) === -1) size = Number(value)
    else if (request === undefined) forgottenUpTo = Number(value)
    else known.set(nameOf(request), Number(value))
  }
  return { size, forgottenUpTo, known }
}

/** JSON, so that two different pairs never have the same key. */
const nameOf = ({ iss, jti }: RememberedRequest): string => JSON.stringify([iss, jti])
