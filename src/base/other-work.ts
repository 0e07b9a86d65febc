/** Runs long work in steps: between them, the event loop serves requests and answers. */
import { inNextTurn } from '#native'

const waiting: (() => void)[] = []

function startNext(): void {
  waiting.shift()?.()
  if (waiting.length > 0) inNextTurn(startNext)
}

/**
 * Resolves in a later round of the event loop. Only one caller continues per round, so two concurrent standings take twice as
 * long, and other requests wait no longer than for one.
 */
export const otherWork = (): Promise<void> =>
  new Promise((done) => {
    if (waiting.push(done) === 1) inNextTurn(startNext)
  })
