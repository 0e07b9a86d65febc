/** The thread of a SQLite store: opens the file it is told, and answers calls of its session. The other end is `session-on-thread.ts`. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { isTonghengError } from '../../base/error.js'
import { namedFault } from '../faults.js'
import { openSession, type Session } from './session.js'
import type { Answered, Asked, Fault } from './session-on-thread.js'

const port = parentPort as MessagePort
const tell = (answer: Answered): void => port.postMessage(answer)

function faultOf(thrown: unknown): Fault {
  // Here, since not all of what a driver says of a fault can be handed on.
  const error = namedFault(thrown)
  if (!(error instanceof Error)) return { message: String(error) }
  const { message } = error
  return isTonghengError(error)
    ? { message, code: error.code, details: error.details }
    : { message, ...('code' in error && { code: error.code }) }
}

async function answer(session: Session, { id, name, given }: Asked): Promise<void> {
  try {
    const call = session[name] as (...given: readonly unknown[]) => Promise<unknown>
    tell({ id, result: await call(...given) })
  } catch (error) {
    tell({ id, fault: faultOf(error) })
  }
  if (name === 'close') port.close()
}

try {
  const session = await openSession(workerData as string)
  port.on('message', (asked: Asked) => void answer(session, asked))
  tell({ id: 0, result: Object.keys(session) })
} catch (error) {
  tell({ id: 0, fault: faultOf(error) })
}
