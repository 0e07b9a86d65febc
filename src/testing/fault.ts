/** A fault of a record: a code of a rule, and the change of a fixture that produces it. */
import type { Code } from '../base/message.js'
import type { Change } from './change.js'
import type { FixtureId } from './fixtures.js'

export interface Fault {
  readonly code: Code
  readonly fixture: FixtureId
  readonly changes: readonly Change[]
}

export const fault = (code: Code, fixture: FixtureId, ...changes: Change[]): Fault => ({ code, fixture, changes })
