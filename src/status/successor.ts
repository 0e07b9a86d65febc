/** A record that replaces another of its issuer: by `supersedes` in its claims, or by its `amendment`. */

import { identifierKey } from '../base/identifier.js'
import { type Grown, readGrown } from '../base/shape.js'
import { checkRecord } from '../conformance/index.js'
import { amendmentOf, type InstrumentIdentity, identityOf, kindOf, type LocalizedText, linesOf, RecordClaims } from '../records/index.js'
import { coded as recordsCoded } from '../records/messages.js'

/** Created only by `openStatus`, so the issuer's signature is verified. */
export interface Successor {
  readonly statementId: string
  readonly signed: string
  readonly claims: RecordClaims
  /** Names of the replaced records: statement ids, and issuer with certificate number. */
  readonly replaces: readonly string[]
  readonly identity?: InstrumentIdentity | undefined
  /** Number of lines, if it is a batch. */
  readonly lines?: number | undefined
  readonly reason?: LocalizedText | undefined
  /** True if its record conforms and its signing time is proved; otherwise it cannot lift a failure. */
  readonly isInOrder: boolean
}

export const replacedNumber = (iss: string, number: string): string => `${iss} ${identifierKey(number)}`

export const readClaims = (json: unknown): Grown<RecordClaims> =>
  readGrown<RecordClaims>(RecordClaims, json, recordsCoded('record.invalid'))

type Signed = Pick<Successor, 'statementId' | 'signed' | 'claims'> & { readonly newer?: readonly string[]; readonly isUnproven?: true }

/** Undefined if the record names another issuer than the signer, because nobody can replace the records of others. */
export function readSuccessor({ statementId, signed, claims, newer, isUnproven }: Signed): Successor | undefined {
  const { record, isPartlyRead, checks } = checkRecord(claims.record, '', { foreign: true })
  if (record !== undefined && kindOf(record).issuer(record) !== claims.iss) return undefined
  const amendment = amendmentOf(record)
  const byNumber = amendment === undefined || amendment.statement !== undefined ? undefined : replacedNumber(claims.iss, amendment.replaces)
  const replaces = [claims.supersedes, amendment?.statement, byNumber].filter((name) => name !== undefined)
  return {
    statementId,
    signed,
    claims,
    replaces,
    identity: record && identityOf(kindOf(record).instrument(record)),
    lines: linesOf(record),
    reason: amendment?.reason,
    isInOrder:
      isUnproven === undefined &&
      record !== undefined &&
      newer === undefined &&
      !isPartlyRead &&
      checks.every(({ status }) => status !== 'fail'),
  }
}
