/** Whether a record stands by itself, whatever a province recognises. */
import type { Check } from '../../base/check.js'
import type { Examined } from './judge.js'
import { decidingCheck } from './verdict.js'

/**
 * The check by which a record does not stand: its form, content or origin fails, its origin is undecided, or it cannot be read. Undefined if
 * it stands; whether a province recognises it is not asked.
 */
export function flawOf({ verdict, record }: Examined): Check | undefined {
  const wrong = verdict.checks.find(({ status, group }) => status === 'fail' && group !== 'recognition')
  const doubt = verdict.checks.find(({ group, blockedBy }) => group === 'authenticity' && blockedBy !== undefined)
  return wrong ?? doubt ?? (record === undefined || verdict.statementId === undefined ? decidingCheck(verdict) : undefined)
}
