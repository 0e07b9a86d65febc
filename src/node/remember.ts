/** Replay protection: stores the ids of requests. Concurrent requests are stored in one transaction, like entries of the log. */
import { inNextTurn } from '#native'
import type { RememberedRequest, Store } from './store.js'

export type Remembered = 'new' | 'seen' | 'full' | 'forgotten'

interface Waiting {
  readonly request: RememberedRequest
  readonly done: (remembered: Remembered) => void
  readonly failed: (error: unknown) => void
}

export function rememberTogether(store: Store, capacity: number): (request: RememberedRequest, now: number) => Promise<Remembered> {
  let waiting: Waiting[] = []
  async function rememberAll(now: number): Promise<void> {
    const batch = waiting
    waiting = []
    try {
      const remembered = await store.rememberRequests(
        batch.map(({ request }) => request),
        { now, capacity },
      )
      for (const [at, { done }] of batch.entries()) done(remembered[at] as Remembered)
    } catch (error) {
      for (const { failed } of batch) failed(error)
    }
  }
  return (request, now) =>
    new Promise((done, failed) => {
      if (waiting.length === 0) inNextTurn(() => void rememberAll(now))
      waiting.push({ request, done, failed })
    })
}
