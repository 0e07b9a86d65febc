/** Long work in stretches: what else waits, requests and answers above all, has its turn between them. */
import { inNextTurn } from '#native'

/** Resolves after what is already waiting for this turn of the event loop. */
export const otherWork = (): Promise<void> => new Promise((done) => inNextTurn(done))
