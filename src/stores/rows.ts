/** Converts between table rows and the types of the store port. SQLite and PostgreSQL have the same columns. */
import { decodeBase64url } from '#native'
import {
  type EntryQuery,
  type LogState,
  type PeerLog,
  type PlacedEntry,
  type StoredDocument,
  type StoredEntry,
  type StoreInspection,
  statusListName,
} from '../node/index.js'
import { searchOf } from '../node/inside.js'
import { decodeRecord, replacedIn } from '../records/index.js'

export type Value = string | number | null

/** Columns of `entries` after `position`, in the order of `valuesOf`. */
export const COLUMNS = [
  'statement_id',
  'iss',
  'jti',
  'statement',
  'kind',
  'decision',
  'code',
  'outcome',
  'receipt',
  'received_at',
  'number',
  'serial',
  'plate',
  'region',
  'fact_date',
  'valid_until',
  'supersedes',
  'amends',
] as const

type EntryRow = Readonly<Record<(typeof COLUMNS)[number] | 'position', string | number | null>>

export const valuesOf = (entry: StoredEntry): Value[] => [
  entry.statementId,
  entry.iss,
  entry.jti,
  entry.statement,
  entry.kind,
  entry.decision,
  entry.code,
  entry.outcome,
  entry.receipt ?? null,
  entry.receivedAt,
  entry.search.number,
  entry.search.serial ?? null,
  entry.search.plate ?? null,
  entry.search.region,
  entry.search.factDate,
  entry.search.validUntil ?? null,
  entry.search.supersedes ?? null,
  entry.search.amends ?? null,
]

/** PostgreSQL returns bigint as text; all our values are safe integers. */
export function entryOf(given: unknown): PlacedEntry {
  const row = given as EntryRow
  return {
    position: Number(row.position),
    statementId: row.statement_id as string,
    statement: row.statement as string,
    iss: row.iss as string,
    jti: row.jti as string,
    kind: row.kind as string,
    decision: row.decision as StoredEntry['decision'],
    code: row.code as string,
    outcome: row.outcome as StoredEntry['outcome'],
    receipt: (row.receipt as string | null) ?? undefined,
    receivedAt: Number(row.received_at),
    search: {
      number: row.number as string,
      serial: (row.serial as string | null) ?? undefined,
      plate: (row.plate as string | null) ?? undefined,
      region: row.region as string,
      factDate: row.fact_date as string,
      validUntil: (row.valid_until as string | null) ?? undefined,
      supersedes: (row.supersedes as string | null) ?? undefined,
      amends: (row.amends as string | null) ?? undefined,
    },
  }
}

export function logOf(given: unknown): LogState {
  const row = given as { size: number | string; checkpoint: string | null; cosigned: string | null }
  return { size: Number(row.size), checkpoint: row.checkpoint ?? undefined, cosigned: row.cosigned ?? undefined }
}

export function peerOf(given: unknown): PeerLog {
  const row = given as { origin: string; checkpoint: string; size: number | string; cursor: number | string }
  return { origin: row.origin, checkpoint: row.checkpoint, size: Number(row.size), cursor: Number(row.cursor) }
}

export function documentOf(given: unknown): StoredDocument {
  const { collection, name, version, signed } = given as Omit<StoredDocument, 'signed'> & { signed: string }
  return { collection, name, version: Number(version), signed: JSON.parse(signed) as string[] }
}

/** New name of a status list: before migration, the name was the address alone, which any issuer can write into a list. */
export function statusListRenamed(uri: string, signed: string): string {
  const [list = ''] = JSON.parse(signed) as string[]
  // No signature check here: it was verified before it was stored.
  const { iss } = JSON.parse(new TextDecoder().decode(decodeBase64url(list.split('.')[1] ?? ''))) as { iss: string }
  return statusListName(iss, uri)
}

/** A single statement, so that all counts come from one snapshot. @param schema prefix with its dot, or empty */
export const inspectionCounts = (schema: string): string => `SELECT (SELECT max(size) FROM ${schema}log) AS size,
  (SELECT max(cosigned) FROM ${schema}log) AS cosigned, (SELECT max(cosigned_size) FROM ${schema}log) AS cosigned_size,
  (SELECT count(*) FROM ${schema}log) AS heads, (SELECT count(*) FROM ${schema}entries) AS entries,
  (SELECT count(*) FROM ${schema}tile_roots) AS tiles, (SELECT count(*) FROM ${schema}requests) AS requests,
  (SELECT max(size) FROM ${schema}replay) AS counted, (SELECT max(until) FROM ${schema}requests) AS until`

export function countsOf(given: unknown): Omit<StoreInspection, 'faults' | 'unproved' | 'peers'> {
  const row = given as Readonly<Record<string, number | string | null>>
  return {
    size: Number(row.size),
    cosigned: (row.cosigned as string | null) ?? undefined,
    entries: Number(row.entries),
    tiles: Number(row.tiles),
    heads: Number(row.heads),
    cosignedSize: Number(row.cosigned_size),
    requests: Number(row.requests),
    requestsCounted: Number(row.counted),
    requestsUntil: Number(row.until ?? 0),
  }
}

/**
 * Clauses by query member; the rest of the statement is fixed, and values are always bound. `#` represents a placeholder, `@` the
 * prefix of the schema.
 */
const FILTERS: readonly (readonly [Exclude<keyof EntryQuery, 'kind' | 'except'>, readonly string[]])[] = [
  ['number', ['number = #']],
  // By union, so that each index is used: the serial number of an instrument, or of a line of a batch.
  [
    'serial',
    ['position IN (SELECT position FROM @entries WHERE serial = # UNION ALL SELECT position FROM @entry_serials WHERE serial = #)'],
  ],
  ['plate', ['plate = #']],
  ['issuer', ['iss = #']],
  ['region', ['region = #']],
  ['validOn', ['fact_date <= #', '(valid_until IS NULL OR valid_until >= #)']],
]

/** Fetches one row more than the limit, to detect the last page. */
export function listing(
  query: EntryQuery,
  { from, limit }: { readonly from: number; readonly limit: number },
  { table, placeholder }: { readonly table: string; readonly placeholder: (n: number) => string },
): { readonly sql: string; readonly values: Value[] } {
  const values: Value[] = []
  const bind = (clause: string, value: Value): string => {
    const named = clause.replaceAll('@', table.slice(0, -'entries'.length))
    return named.replace(/#/g, () => {
      values.push(value)
      return placeholder(values.length)
    })
  }
  const where = [bind('position >= #', from)]
  for (const [member, clauses] of FILTERS) {
    const value = query[member]
    if (value !== undefined) for (const clause of clauses) where.push(bind(clause, value))
  }
  const kinds = typeof query.kind === 'string' ? [query.kind] : query.kind
  // No kind at all: `IN ()` is an error in PostgreSQL.
  if (kinds !== undefined) where.push(kinds.length === 0 ? '1 = 0' : `kind IN (${kinds.map((kind) => bind('#', kind)).join(', ')})`)
  for (const kind of query.except ?? []) where.push(bind('kind <> #', kind))
  return { sql: `SELECT * FROM ${table} WHERE ${where.join(' AND ')} ORDER BY position ${bind('LIMIT #', limit + 1)}`, values }
}

export function pageOf(rows: readonly unknown[], limit: number): { items: readonly PlacedEntry[]; next?: number } {
  const items = rows.slice(0, limit).map(entryOf)
  return rows.length > limit ? { items, next: (items.at(-1) as PlacedEntry).position + 1 } : { items }
}

/** Serial numbers of the lines of batches among entries, each with the index of its entry. */
export const serialsOf = (entries: readonly StoredEntry[]): readonly { readonly at: number; readonly serial: string }[] =>
  entries.flatMap(({ search }, at) => (search.serials ?? []).map((serial) => ({ at, serial })))

/** Serial numbers of the lines of an entry of an older database. */
export function lineSerials(statement: string): readonly string[] {
  const decoded = decodeRecord(statement)
  return decoded?.record === undefined ? [] : (searchOf(decoded.claims, decoded.record, '').serials ?? [])
}

/** Values of the new columns for an entry of an older database; undefined if it replaces nothing. */
export function replacedColumns(statement: string): readonly [supersedes: string | null, amends: string | null] | undefined {
  const decoded = decodeRecord(statement)
  const { supersedes = null, amends = null } = decoded === undefined ? {} : replacedIn(decoded.claims, decoded.record)
  return supersedes === null && amends === null ? undefined : [supersedes, amends]
}
