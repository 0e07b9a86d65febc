/** Builds the signed rejection of a notice: it proves the rejection to the sender, whose outbox can then close the item. */

import { type Check, failed, type Row } from '../base/check.js'
import type { Instant } from '../base/date.js'
import { isTonghengError, type TonghengError } from '../base/error.js'
import { parseStatement } from '../envelope/index.js'
import { dueOf, type Trust } from '../trust/index.js'
import { coded as verifyCoded } from '../verify/verdict/messages.js'

const row = (id: Row['id'], group: Row['group'], basis: string): Row => ({ id, group, basis, since: '0.2.0' })
const claimsRow = row(verifyCoded('statement.claims'), 'shape', 'RFC 7519 4.1')
const keyRow = row(verifyCoded('key.known'), 'authenticity', 'RFC 7517 4.5; ETSI TS 119 612 5.5.3')

export interface Rejection {
  /** Statement id of the notice. */
  readonly sub: string
  readonly reasons: readonly Check[]
}

/**
 * Undefined if the text is not a statement, since a receipt could not identify it; and if a newer trust list might contain the key,
 * since a rejection is final and this notice should be retried.
 */
export function rejectionOf(notice: string, error: TonghengError, trust: Trust, at: Instant): Rejection | undefined {
  const sub = idOf(notice)
  const isUnknownKey = isTonghengError(error, 'status.signer') && error.details.reason === 'key.unknown'
  const mayBeListed = trust.partlyRead.length > 0 || trust.lists.some((list) => dueOf(list, at)?.code === 'trust-list.expired')
  if (sub === undefined || (isUnknownKey && mayBeListed)) return undefined
  const { code, details } = error
  const of = code === 'status.signer' ? keyRow : claimsRow
  const { path } = details as { readonly path?: unknown }
  return { sub, reasons: [failed(of, { code, params: details, ...(typeof path === 'string' && { path }) })] }
}

function idOf(notice: string): string | undefined {
  try {
    return parseStatement(notice, 'metrology-notice+jwt').id
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return undefined
  }
}
