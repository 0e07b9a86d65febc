/** The only write path to a node's log: checks the halt and the head first, and raises alarms afterwards. */

import { isTonghengError, type TonghengError } from '../base/error.js'
import { fault as contractFault } from '../contract/messages.js'
import type { Successor } from '../log/index.js'
import type { HeadKeeper } from './head.js'
import type { LogWriter } from './log-writer.js'
import { nameAlarms } from './name-twice.js'
import type { NodeParts } from './parts.js'
import { isOfFacts } from './peer-import.js'
import type { Halt } from './shapes.js'
import type { Arrival, Stored } from './write-batch.js'

export interface Storing {
  /** @throws `log.halted`, `log.behind-head`, `log.head-lost`, `log.unconfirmed` */
  all(arrivals: readonly Arrival[]): Promise<readonly (Stored | TonghengError)[]>
  /** Stores one statement. @throws what `all` throws, and the error that rejected the statement */
  one(arrival: Arrival): Promise<Stored>
  /** Closes the log. @throws as `all`; `log.closed`, `log.closing` */
  close(successor: Successor): Promise<string>
  /** Why writes are rejected; undefined if they are not. */
  halted: Halt | undefined
}

export function createStoring({ facts, alarms }: NodeParts, head: HeadKeeper, writer: LogWriter): Storing {
  async function mayWrite(): Promise<void> {
    if (storing.halted !== undefined) throw contractFault('log.halted', storing.halted)
    await head.ready()
  }
  const storing: Storing = {
    halted: undefined,
    async close(successor) {
      await mayWrite()
      return writer.close(successor)
    },
    async all(arrivals) {
      await mayWrite()
      const stored = await writer.write(arrivals)
      for (const alarm of nameAlarms(stored)) alarms.raise(alarm)
      if (stored.some((one) => 'entry' in one && one.isNew && isOfFacts(one.entry))) facts.outdate()
      return stored
    },
    async one(arrival) {
      const [stored] = (await storing.all([arrival])) as [Stored | TonghengError]
      if (isTonghengError(stored)) throw stored
      return stored
    },
  }
  return storing
}
