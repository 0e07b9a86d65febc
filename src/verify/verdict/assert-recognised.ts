/** For callers that cannot continue without recognition. */
import { faultOf } from '../../base/error.js'
import { defineTexts } from '../../base/message.js'
import { checkVerdict } from './check-options.js'
import { decidingCheck, type Verdict } from './verdict.js'

export const assertTexts = defineTexts({
  codes: {
    'verdict.not-recognised': { zh: '不能作为已互认的记录使用：{reason}', en: 'Not to be used as a recognised record: {reason}' },
  },
})
const fault = faultOf(assertTexts)

/**
 * Throws unless the record is recognised, for callers that cannot continue otherwise.
 * @throws `verdict.not-recognised` with the verdict in its details
 * @example
 * ```ts
 * import { assertRecognised, verify } from 'tongheng'
 * import { createFakeAuthorities, fixtures } from 'tongheng/testing'
 *
 * const world = await createFakeAuthorities()
 * const statement = await world.sign('CD', fixtures.F01.record)
 * const verdict = await verify(statement, {
 *   at: '2025-06-16T09:00:00+08:00',
 *   trust: world.trust,
 *   agreements: [world.agreement],
 *   policy: { region: '50' },
 * })
 * assertRecognised(verdict)
 * verdict.outcome // => 'recognised'
 * ```
 */
export function assertRecognised(verdict: Verdict): asserts verdict is Verdict & { outcome: 'recognised' } {
  checkVerdict('assertRecognised', verdict)
  if (verdict.outcome === 'recognised') return
  throw fault('verdict.not-recognised', { verdict, reason: decidingCheck(verdict).message })
}
