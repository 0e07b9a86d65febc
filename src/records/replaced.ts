/** What a record replaces, as stated by `supersedes` in its claims and by its `amendment`. */
import { identifierKey } from '../base/identifier.js'
import type { RecordClaims } from './claims.js'
import { decodeRecord } from './decode-record.js'
import type { AnyRecord } from './kinds/index.js'
import type { Amendment } from './types.js'

/** Both refer to records of the same issuer: nobody can replace the records of others. */
export interface Replaced {
  /** Statement id in the claims. */
  readonly supersedes?: string | undefined
  /** Reference in the amendment: a statement id, or the comparison key of the certificate number if it states no id. */
  readonly amends?: string | undefined
}

/** The certificate that a record replaces; undefined if none. */
export const amendmentOf = (record: AnyRecord | undefined): Amendment | undefined =>
  record !== undefined && 'amendment' in record ? record.amendment : undefined

/** What a statement replaces, by its claims (`supersedes`) and by its amendment, unverified. */
export function replacedIn({ supersedes }: Pick<RecordClaims, 'supersedes'>, record: AnyRecord | undefined): Replaced {
  const amendment = amendmentOf(record)
  return { supersedes, amends: amendment && (amendment.statement ?? identifierKey(amendment.replaces)) }
}

/** True if a statement, not yet verified, states that it replaces anything. */
export function replacesAny(statement: string): boolean {
  const decoded = decodeRecord(statement)
  const { supersedes, amends } = decoded === undefined ? {} : replacedIn(decoded.claims, decoded.record)
  return supersedes !== undefined || amends !== undefined
}
