/** Warns the authority and the operators of nodes before a trust list expires. */

import { formatInstant, type Instant } from '../base/date.js'
import { coded as keepingCoded } from './keeping-messages.js'
import { coded } from './messages.js'
import type { TrustList } from './walk.js'

/** The warning begins this long before `nextUpdate`. */
const NOTICE_SECONDS = 3 * 86_400

export interface Due {
  readonly code: 'trust-list.update-soon' | 'trust-list.update-due' | 'trust-list.expired'
  readonly params: Readonly<Record<string, unknown>>
}

/** Undefined if no update is due. */
export function dueOf({ payload }: TrustList, at: Instant): Due | undefined {
  const { iss: authority, version, nextUpdate, exp } = payload
  if (at <= nextUpdate - NOTICE_SECONDS) return undefined
  const code =
    at > exp ? coded('trust-list.expired') : at > nextUpdate ? coded('trust-list.update-due') : keepingCoded('trust-list.update-soon')
  return { code, params: { authority, version, nextUpdate: formatInstant(nextUpdate), exp: formatInstant(exp), at: formatInstant(at) } }
}
