/**
 * Reads rows of older databases for the migrations. A store loads this module only for such a database, because it imports the schemas of
 * all records, which take ten times as long to load as the rest of a store.
 */
import { decodeBase64url } from '#native'
import { statusListName } from '../node/index.js'
import { searchOf } from '../node/inside.js'
import { decodeRecord, replacedIn } from '../records/index.js'

/** New name of a status list: before migration, the name was the address alone, which any issuer can write into a list. */
export function statusListRenamed(uri: string, signed: string): string {
  const [list = ''] = JSON.parse(signed) as string[]
  // No signature check here: it was verified before it was stored.
  const { iss } = JSON.parse(new TextDecoder().decode(decodeBase64url(list.split('.')[1] ?? ''))) as { iss: string }
  return statusListName(iss, uri)
}

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
