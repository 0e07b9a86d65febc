/**
  * Callers like those of users: one statement after another, `submitMany`, and an outbox, all with default options. They store every receipt
  * and count every answer.
 */
import { createClient, createMemoryQueue, createOutbox, readReceipt } from 'tongheng/client'
import { organisation } from 'tongheng/testing'
import { NODE, type Serving } from '../load/serving.js'
import { pause } from './processes.js'

export interface Receipted {
  readonly statement: string
  readonly position: number
}

export interface Answers {
  /** Number of answers by status, and by status and code for problems; `no answer` for a failed connection or a timeout. */
  readonly statuses: Readonly<Record<string, number>>
  /** Number of answers 503 without Retry-After. */
  readonly withoutRetryAfter: number
  /** Number of statements returned without an answer, by kind of caller and code; the caller must send them again. */
  readonly givenBack: Readonly<Record<string, number>>
}

export interface Writers {
  /** Receipts by statement id. */
  readonly receipts: ReadonlyMap<string, Receipted>
  /** Number of receipts that state another position than an earlier one of the same statement. */
  readonly contradicted: number
  readonly answers: Answers
  /** Milliseconds since 1970 of each receipt, in order. */
  readonly times: readonly number[]
  /** Number of receipts by kind of caller. */
  readonly byKind: Readonly<Record<string, number>>
  /** Starts the callers. The returned function ends them and resolves once no request is pending. */
  start(): () => Promise<void>
}

/** Number of callers of each kind at each node. */
const PLAIN = 3
/** Statements of a bulk request, and of a filling of the outbox. */
const TOGETHER = 10
/** Milliseconds between two statements: two cores serve a whole cluster, and the run measures loss, not throughput. */
const BETWEEN = 60
/** Milliseconds within which callers end by themselves. */
const ENDING = 60_000

export function createWriters(serving: Serving): Writers {
  const { world, urls } = serving
  const receipts = new Map<string, Receipted>()
  const times: number[] = []
  const [statuses, givenBack, byKind]: Record<string, number>[] = [{}, {}, {}]
  const count = (where: Record<string, number> | undefined, name: string): void => {
    if (where !== undefined) where[name] = (where[name] ?? 0) + 1
  }
  const totals = { withoutRetryAfter: 0, contradicted: 0 }

  const counted = async (request: Request): Promise<Response> => {
    const response = await fetch(request).catch((error: unknown) => {
      count(statuses, 'no answer')
      throw error
    })
    const { code } = response.ok
      ? {}
      : ((await response
          .clone()
          .json()
          .catch(() => ({}))) as { readonly code?: string })
    count(statuses, code === undefined ? `${response.status}` : `${response.status} ${code}`)
    if (response.status === 503 && response.headers.get('retry-after') === null) totals.withoutRetryAfter++
    return response
  }

  async function hold(kind: string, statement: string, receipt: string): Promise<void> {
    const { sub, decision, log } = await readReceipt(receipt, world.trust)
    if (decision !== 'accepted' || log === undefined) throw new Error(`${decision}: ${statement.slice(0, 80)}`)
    const earlier = receipts.get(sub)
    if (earlier !== undefined && earlier.position !== log.index) totals.contradicted++
    if (earlier === undefined) receipts.set(sub, { statement, position: log.index })
    times.push(Date.now())
    count(byKind, kind)
  }

  const one = async (): Promise<string> => (await serving.statements(1))[0] as string
  const caller = { iss: organisation('LZ').uscc, signer: world.signer('LZ') }

  /** @param sends returns the statements that it could not deliver */
  async function again(kind: string, signal: AbortSignal, sends: (waiting: readonly string[]) => Promise<readonly string[]>) {
    let waiting: readonly string[] = []
    while (!signal.aborted || waiting.length > 0) {
      waiting = await sends(waiting)
      await pause(BETWEEN)
    }
    return kind
  }

  function start() {
    const ending = new AbortController()
    const hard = new AbortController()
    const back = (kind: string, error: unknown): void => {
      if (!hard.signal.aborted) count(givenBack, `${kind} ${(error as { code?: string }).code ?? String(error).slice(0, 60)}`)
    }
    const work = urls.flatMap((url) => {
      const client = createClient({ node: { url, id: NODE }, caller, fetch: counted })
      const plain = () =>
        again('plain', ending.signal, async ([old]) => {
          const statement = old ?? (await one())
          try {
            const { receipt } = await client.records.submit(statement, { signal: hard.signal })
            await hold('plain', statement, receipt)
            return []
          } catch (error) {
            back('plain', error)
            return hard.signal.aborted ? [] : [statement]
          }
        })
      const bulk = () =>
        again('submitMany', ending.signal, async (waiting) => {
          const statements = waiting.length > 0 ? waiting : await serving.statements(TOGETHER)
          const left = new Set(statements)
          try {
            for await (const { statement, receipt, problem } of client.records.submitMany(statements, { signal: hard.signal })) {
              if (receipt === undefined) {
                back('submitMany', problem)
                continue
              }
              await hold('submitMany', statement, receipt)
              left.delete(statement)
            }
          } catch (error) {
            back('submitMany', error)
          }
          return hard.signal.aborted ? [] : [...left]
        })
      const queue = createMemoryQueue()
      const outbox = createOutbox({ client, queue, trust: world.trust, receiver: organisation('SC-AMR').uscc })
      const drained = () =>
        again('outbox', ending.signal, async (waiting) => {
          if (waiting.length === 0) await outbox.add(await serving.statements(TOGETHER))
          try {
            for await (const item of outbox.drain({ retrySeconds: 300, signal: hard.signal }))
              if (item.outcome !== 'waiting') await hold('outbox', item.statement, item.receipt ?? '')
          } catch (error) {
            back('outbox', error)
          }
          return hard.signal.aborted ? [] : (await queue.next(TOGETHER)).map(({ statement }) => statement)
        })
      return [...Array.from({ length: PLAIN }, plain), bulk(), drained()]
    })
    return async () => {
      ending.abort()
      const timer = setTimeout(() => hard.abort(new Error('the run ended')), ENDING)
      await Promise.all(work)
      clearTimeout(timer)
    }
  }

  return {
    receipts,
    times,
    byKind: byKind ?? {},
    get contradicted() {
      return totals.contradicted
    },
    get answers() {
      return { statuses: statuses ?? {}, withoutRetryAfter: totals.withoutRetryAfter, givenBack: givenBack ?? {} }
    },
    start,
  }
}
