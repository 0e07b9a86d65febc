/** Converts JSON to a typed record. */

import { faultOfReading } from '../base/options.js'
import { type ParsedShape, parseGrown, parseShape, type ShapeFault } from '../base/shape.js'
import { type AnyRecord, type KindRow, kinds } from './kinds/index.js'
import { coded } from './messages.js'

export type RecordKind =
  | { readonly row: KindRow }
  | { readonly row?: undefined; readonly fault: ShapeFault; readonly reason: 'missing' | 'unknown' }

/** The kind that a value states. */
export function kindOfValue(value: unknown): RecordKind {
  try {
    return statedKind(value)
  } catch (error) {
    throw faultOfReading('kindOfValue', value, error)
  }
}

function statedKind(value: unknown): RecordKind {
  const { kind, version } = value !== null && typeof value === 'object' ? (value as { kind?: unknown; version?: unknown }) : {}
  if (typeof kind !== 'string' || typeof version !== 'number') {
    return { reason: 'missing', fault: { code: coded('kind.missing'), path: typeof kind === 'string' ? '/version' : '/kind', params: {} } }
  }
  const row = kinds.get(kind)
  if (row?.version === version) return { row }
  const params = { kind: kind.slice(0, 60), version, known: [...kinds.keys()].join(', ') }
  if (row === undefined) return { reason: 'unknown', fault: { code: coded('kind.unknown'), path: '/kind', params } }
  return { reason: 'unknown', fault: { code: coded('kind.version-unknown'), path: '/version', params } }
}

/** Parses a record of our own of a known kind: an unknown member is a fault. */
export const parseRecord = (value: unknown, row: KindRow): ParsedShape<AnyRecord> => parseShape<AnyRecord>(row.schema, value)

/** Parses a record signed by another system, which may be of a later version. */
export const parseForeignRecord = (value: unknown, row: KindRow): ParsedShape<AnyRecord> => parseGrown<AnyRecord>(row.schema, value)
