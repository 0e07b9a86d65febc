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
  /** RFC 6901 pointers into the record to members and values that this version does not know; `record` is without those members. */
  readonly newer?: readonly string[]
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
  const { value: record, newer = [] } = kind.row === undefined ? {} : parseForeignRecord(claims.record, kind.row)
  return { claims, ...(record && { record }), ...(record && newer.length > 0 && { newer: newer.map(({ path }) => path) }) }
}
