/** What a record says that it replaces: by `supersedes` in its claims, and by the `amendment` that it states. */
import { identifierKey } from '../base/identifier.js'
import type { RecordClaims } from './claims.js'
import { decodeRecord } from './decode-record.js'
import type { AnyRecord } from './kinds/index.js'
import type { Amendment } from './types.js'

/** Both are of the issuer itself: nobody replaces the records of others. */
export interface Replaced {
  /** Id of the statement that the claims name. */
  readonly supersedes?: string | undefined
  /** What the amendment names: a statement id, or the certificate number as it is compared where it names no statement. */
  readonly amends?: string | undefined
}

/** What a record says of the certificate it replaces; undefined where it replaces none. */
export const amendmentOf = (record: AnyRecord | undefined): Amendment | undefined =>
  record !== undefined && 'amendment' in record ? record.amendment : undefined

/** What a statement says it replaces: by its claims (`supersedes`) and by the amendment in its record. Neither is verified here. */
export function replacedIn({ supersedes }: Pick<RecordClaims, 'supersedes'>, record: AnyRecord | undefined): Replaced {
  const amendment = amendmentOf(record)
  return { supersedes, amends: amendment && (amendment.statement ?? identifierKey(amendment.replaces)) }
}

/** Whether a statement says, unverified as yet, that it replaces anything. */
export function replacesAny(statement: string): boolean {
  const decoded = decodeRecord(statement)
  const { supersedes, amends } = decoded === undefined ? {} : replacedIn(decoded.claims, decoded.record)
  return supersedes !== undefined || amends !== undefined
}
