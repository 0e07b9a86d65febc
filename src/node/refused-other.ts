/** Builds the signed rejection of a notice or joint statement: it proves the rejection to the sender, whose outbox can then close the item. */

import { type Check, failed, type Row } from '../base/check.js'
import type { Instant } from '../base/date.js'
import { isTonghengError, type TonghengError } from '../base/error.js'
import { parseStatement } from '../envelope/index.js'
import { coded as jointCoded } from '../joint/messages.js'
import { coded as statusCoded } from '../status/messages.js'
import { dueOf, type Trust } from '../trust/index.js'
import { coded as verifyCoded } from '../verify/verdict/messages.js'
import type { OtherType } from './other-entry.js'

const row = (id: Row['id'], group: Row['group'], basis: string): Row => ({ id, group, basis, since: '0.2.0' })
const claimsRow = row(verifyCoded('statement.claims'), 'shape', 'RFC 7519 4.1')
const keyRow = row(verifyCoded('key.known'), 'authenticity', 'RFC 7517 4.5; ETSI TS 119 612 5.5.3')

/** Codes of an error about the signer, whose details state the reason. */
const OF_SIGNER: ReadonlySet<string> = new Set([statusCoded('status.signer'), jointCoded('joint.signer')])

export interface Refused {
  readonly statement: string
  readonly typ: OtherType
  readonly error: TonghengError
  readonly trust: Trust
  readonly at: Instant
}

export interface Rejection {
  /** Statement id. */
  readonly sub: string
  readonly reasons: readonly Check[]
}

/**
 * Returns undefined if the text is not a statement, because a receipt could not identify it, and if a newer trust list might contain the
 * key, because a rejection is final and this statement should be retried.
 */
export function rejectionOf({ statement, typ, error, trust, at }: Refused): Rejection | undefined {
  const sub = idOf(statement, typ)
  const isOfSigner = OF_SIGNER.has(error.code)
  const isUnknownKey = isOfSigner && error.details.reason === 'key.unknown'
  const mayBeListed = trust.partlyRead.length > 0 || trust.lists.some((list) => dueOf(list, at)?.code === 'trust-list.expired')
  if (sub === undefined || (isUnknownKey && mayBeListed)) return undefined
  const { code, details } = error
  const of = isOfSigner ? keyRow : claimsRow
  const { path } = details as { readonly path?: unknown }
  return { sub, reasons: [failed(of, { code, params: details, ...(typeof path === 'string' && { path }) })] }
}

function idOf(statement: string, typ: OtherType): string | undefined {
  try {
    return parseStatement(statement, typ).id
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return undefined
  }
}
