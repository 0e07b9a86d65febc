/**
 * Requests remembered against replay. The count of them is exact among all processes, so they take turns; what comes while another
 * turn lasts is kept together in the next, so that many requests share one transaction and the count is no bottleneck.
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

/** Most calls that share a transaction: more would keep callers waiting for no gain. */
const FULL = 512
/** Seconds after which requests that have expired are forgotten, so that the table stays as small as it may. */
const FORGET_EVERY = 5

const sqlOf = (schema: string) => ({
  set: `UPDATE ${schema}.replay SET size = $1, forgotten = $2`,
  // Those that are known, by their place among those asked for; how many there are in all, at place -1, and up to when some were forgotten, at -2.
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
      // Not before the lock is held: what arrives while other processes have it joins the batch.
      const remembered = await db.alone('requests', (session) => rememberAll(session, sql, take(), forgottenAt))
      // Not before: what is undone was not forgotten.
      forgottenAt = remembered.forgottenAt
      return remembered.answers
    },
  })
  return (requests, { now, capacity }) => add({ requests, now, capacity })
}

/** What a batch has found and changed so far. */
interface Remembering {
  /** Until when a request is remembered, by its name; those of the table and those of this batch. */
  readonly known: Map<string, number>
  readonly fresh: Map<string, RememberedRequest>
  /** Requests remembered in all. */
  count: number
  /** Up to when some were forgotten. */
  upTo: number
  forgottenAt: number
}

/** One call after the other, as if each had a transaction of its own. */
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

/** Deletes what can no longer be accepted. */
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

/** When those that are kept already can no longer be accepted, by name, and how many are kept in all; and up to when some were forgotten. */
async function readKnown(session: Session, text: string, calls: readonly Call[]) {
  const asked = [...new Map(calls.flatMap(({ requests }) => requests).map((request) => [nameOf(request), request])).values()]
  const named = [asked.map(({ iss }) => iss), asked.map(({ jti }) => jti), asked.map((_, at) => at)]
  let [size, forgottenUpTo] = [Number.NaN, Number.NaN]
  const known = new Map<string, number>()
  for (const { at, value } of await session.rows<{ at: string; value: string }>(text, named)) {
    const request = asked[Number(at)]
    if (Number(at) === -1) size = Number(value)
    else if (request === undefined) forgottenUpTo = Number(value)
    else known.set(nameOf(request), Number(value))
  }
  return { size, forgottenUpTo, known }
}

/** As JSON: whatever is in the parts, two names never read alike. */
const nameOf = ({ iss, jti }: RememberedRequest): string => JSON.stringify([iss, jti])
