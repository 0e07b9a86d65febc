/** Long work in steps: what else waits, requests and answers above all, has its turn between them. */
import { inNextTurn } from '#native'

const waiting: (() => void)[] = []

function startNext(): void {
  waiting.shift()?.()
  if (waiting.length > 0) inNextTurn(startNext)
}

/**
 * Resolves after what is already waiting for this turn of the event loop. Of all long work one step is done in a turn: two standings
 * that are formed at once take twice as long, and others wait no longer than beside one.
 */
export const otherWork = (): Promise<void> =>
  new Promise((done) => {
    if (waiting.push(done) === 1) inNextTurn(startNext)
  })
