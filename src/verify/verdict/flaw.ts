/** Judges whether a record is valid in itself, whether or not a province recognises it. */
import type { Check } from '../../base/check.js'
import type { Examined } from './judge.js'
import { decidingCheck } from './verdict.js'

/**
 * The check that shows a flaw: the form, content or origin of the record fails, its origin is undecided, or it cannot be read.
 * Undefined if there is none. The rows of recognition are ignored.
 */
export function flawOf({ verdict, record }: Examined): Check | undefined {
  const wrong = verdict.checks.find(({ status, group }) => status === 'fail' && group !== 'recognition')
  const doubt = verdict.checks.find(({ group, blockedBy }) => group === 'authenticity' && blockedBy !== undefined)
  return wrong ?? doubt ?? (record === undefined || verdict.statementId === undefined ? decidingCheck(verdict) : undefined)
}
