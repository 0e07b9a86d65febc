/** Replay protection: stores the ids of requests. Concurrent requests are stored in one transaction, like entries of the log. */
import { inNextTurn } from '#native'
import { createBatchQueue } from '../base/batch-queue.js'
import type { RememberedRequest, Store } from './store.js'

export type Remembered = 'new' | 'seen' | 'full' | 'forgotten'

interface Arrived {
  readonly request: RememberedRequest
  /** Time of arrival, in seconds. */
  readonly now: number
}

export function rememberTogether(store: Store, capacity: number): (request: RememberedRequest, now: number) => Promise<Remembered> {
  const add = createBatchQueue<Arrived, Remembered>({
    full: Number.POSITIVE_INFINITY,
    begin: inNextTurn,
    write(take) {
      const batch = take()
      // Use the time of the first request: requests are then stored slightly longer than necessary, never shorter.
      const { now } = batch[0] as Arrived
      return store.rememberRequests(
        batch.map(({ request }) => request),
        { now, capacity },
      )
    },
  })
  return (request, now) => add({ request, now })
}
