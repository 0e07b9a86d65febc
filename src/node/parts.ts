/** The parts of a node that its modules share. */
import type { Alarms } from './alarms.js'
import type { FactsKeeper } from './facts.js'
import type { NodeOptions } from './shapes.js'

export interface NodeParts {
  readonly options: NodeOptions
  readonly facts: FactsKeeper
  readonly alarms: Alarms
}
