/**
 * Requests remembered against replay. The count of them is exact among all processes, so they take turns; what comes while another
 * turn lasts is kept together in the next, so that many requests share one transaction and the count is no bottleneck.
 */
import type { RememberedRequest, Store } from '../../node/index.js'
import type { Database, Session } from './database.js'

type Remembered = 'new' | 'seen' | 'full' | 'forgotten'

interface Call {
  readonly requests: readonly RememberedRequest[]
  readonly now: number
  readonly capacity: number
}

interface Waiting extends Call {
  readonly done: (remembered: readonly Remembered[]) => void
  readonly failed: (error: unknown) => void
}

/** Most calls that share a transaction: more would keep callers waiting for no gain. */
const MOST_TOGETHER = 512
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

export function createRequests(db: Database, schema: string): Store['rememberRequests'] {
  const sql = sqlOf(schema)
  let waiting: Waiting[] = []
  let isBusy = false
  let forgottenAt = Number.NEGATIVE_INFINITY

  /** One call after the other, as if each had a transaction of its own. */
  async function rememberAll(session: Session, calls: readonly Call[]): Promise<{ answers: Remembered[][]; forgottenAt: number }> {
    const { size, forgottenUpTo, known } = await readKnown(session, sql.known, calls)
    const fresh = new Map<string, RememberedRequest>()
    let forgotten = forgottenAt
    let count = size
    let upTo = forgottenUpTo
    const forget = async (now: number): Promise<void> => {
      const [gone] = await session.rows<{ count: string; until: string | null }>(sql.forget, [now])
      count -= Number(gone?.count ?? 0)
      upTo = Math.max(upTo, Number(gone?.until ?? upTo))
      for (const [name, until] of known) if (until < now) known.delete(name)
      for (const [name, { until }] of fresh)
        if (until < now && fresh.delete(name)) {
          count--
          upTo = Math.max(upTo, until)
        }
      forgotten = now
    }
    const answers: Remembered[][] = []
    for (const { requests, now, capacity } of calls) {
      const answer: Remembered[] = []
      answers.push(answer)
      if (Math.abs(now - forgotten) >= FORGET_EVERY) await forget(now)
      for (const request of requests) {
        const name = nameOf(request)
        const until = known.get(name)
        if (until !== undefined && until >= now) answer.push('seen')
        else if (request.until <= upTo) answer.push('forgotten')
        else {
          if (until !== undefined || (count >= capacity && forgotten !== now)) await forget(now)
          if (count >= capacity) answer.push('full')
          else {
            known.set(name, request.until)
            fresh.set(name, request)
            count++
            answer.push('new')
          }
        }
      }
    }
    const put = [...fresh.values()]
    if (put.length > 0) await session.change(sql.put, [put.map(({ iss }) => iss), put.map(({ jti }) => jti), put.map(({ until }) => until)])
    if (count !== size || upTo !== forgottenUpTo) await session.change(sql.set, [count, upTo])
    return { answers, forgottenAt: forgotten }
  }

  function take(): readonly Waiting[] {
    const batch = waiting.slice(0, MOST_TOGETHER)
    waiting = waiting.slice(MOST_TOGETHER)
    return batch
  }

  async function rememberTogether(): Promise<void> {
    let batch: readonly Waiting[] | undefined
    try {
      const kept = await db.alone('requests', (session) => {
        // Not before the lock is held: who comes while other processes have it goes with this turn.
        batch = take()
        return rememberAll(session, batch)
      })
      // Not before: what is undone was not forgotten.
      forgottenAt = kept.forgottenAt
      for (const [at, { done }] of (batch as readonly Waiting[]).entries()) done(kept.answers[at] as Remembered[])
    } catch (error) {
      for (const { failed } of batch ?? take()) failed(error)
    }
  }

  async function work(): Promise<void> {
    isBusy = true
    while (waiting.length > 0) await rememberTogether()
    isBusy = false
  }

  return (requests, { now, capacity }) =>
    new Promise((done, failed) => {
      waiting.push({ requests, now, capacity, done, failed })
      if (!isBusy) void work()
    })
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
