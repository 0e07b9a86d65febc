/** Decodes the claims and the record of a statement that was already verified. */
import { isTonghengError } from '../base/error.js'
import { parseGrown } from '../base/shape.js'
import { parsePayload, parseStatement } from '../envelope/index.js'
import { RecordClaims } from './claims.js'
import type { AnyRecord } from './kinds/index.js'
import { kindOfValue, parseForeignRecord } from './parse.js'

export interface DecodedRecord {
  readonly claims: RecordClaims
  /** Absent if the kind is unknown or the shape is invalid. */
  readonly record?: AnyRecord
}

/** Undefined if the text is not a record statement. */
export function decodeRecord(text: string): DecodedRecord | undefined {
  let payload: unknown
  try {
    payload = parsePayload(parseStatement(text, 'metrology-record+jwt'))
  } catch (error) {
    if (isTonghengError(error)) return undefined
    throw error
  }
  const claims = parseGrown<RecordClaims>(RecordClaims, payload).value
  if (claims === undefined) return undefined
  const kind = kindOfValue(claims.record)
  const record = kind.row === undefined ? undefined : parseForeignRecord(claims.record, kind.row).value
  return { claims, ...(record && { record }) }
}
