/**
 * Worker thread of a SQLite store: opens the given file and runs the calls of its session. The other end is `session-on-thread.ts`.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { type PostedError, postedError } from '../../base/posted-error.js'
import { namedFault } from '../faults.js'
import { openSession } from './open-session.js'
import type { Session } from './session.js'
import type { CallMessage, ResultMessage } from './session-on-thread.js'

const port = parentPort as MessagePort
const post = (answer: ResultMessage): void => port.postMessage(answer)

// Name the fault here: the code of a driver's error is read from properties that are not posted.
const faultOf = (thrown: unknown): PostedError => postedError(namedFault(thrown))

async function answer(session: Session, { id, name, given }: CallMessage): Promise<void> {
  try {
    const call = session[name] as (...given: readonly unknown[]) => Promise<unknown>
    post({ id, result: await call(...given) })
  } catch (error) {
    post({ id, fault: faultOf(error) })
  }
  if (name === 'close') port.close()
}

try {
  const session = await openSession(workerData as string)
  port.on('message', (message: CallMessage) => void answer(session, message))
  post({ id: 0, result: Object.keys(session) })
} catch (error) {
  post({ id: 0, fault: faultOf(error) })
}
