/**
 * Compares the schema of a database with the one that the migrations create: they are run again on temporary tables in a
 * transaction that is rolled back. Triggers, rules, policies, inheritance, views and functions can change query results, and no
 * signature covers them.
 */
import { fault } from '../messages.js'
import type { Session } from './database.js'

/** Returns one text per object of a schema, with its definition; names of schemas are omitted. */
const DESCRIBE = `
  SELECT 'relation ' || c.relname || ' ' || CAST(c.relkind AS text) || CASE c.relpersistence WHEN 'u' THEN ' unlogged' ELSE '' END
      || CASE WHEN c.relrowsecurity THEN ' row security' ELSE '' END AS text
    FROM pg_class c WHERE c.relnamespace = $1::oid AND c.relkind <> 't'
  UNION ALL SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || coalesce(' ' || l.collname, '') || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
      || coalesce(' = ' || pg_get_expr(d.adbin, d.adrelid), '')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_collation l ON l.oid = a.attcollation
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relnamespace = $1::oid AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL SELECT 'index ' || regexp_replace(pg_get_indexdef(i.indexrelid), ' ON (ONLY )?[^ ]+[.]', ' ON ')
      || CASE WHEN i.indisvalid AND i.indisready THEN '' ELSE ' invalid' END
    FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid WHERE c.relnamespace = $1::oid AND c.relkind = 'r'
  UNION ALL SELECT 'constraint ' || c.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
    FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid WHERE c.relnamespace = $1::oid
  UNION ALL SELECT 'trigger ' || c.relname || '.' || t.tgname
    FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid WHERE c.relnamespace = $1::oid AND NOT t.tgisinternal
  UNION ALL SELECT 'rule ' || c.relname || '.' || r.rulename
    FROM pg_class c JOIN pg_rewrite r ON r.ev_class = c.oid WHERE c.relnamespace = $1::oid
  UNION ALL SELECT 'inheritance ' || p.relname || ' < ' || c.relname
    FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_class c ON c.oid = h.inhrelid
    WHERE p.relnamespace = $1::oid OR c.relnamespace = $1::oid
  UNION ALL SELECT 'function ' || p.proname FROM pg_proc p WHERE p.pronamespace = $1::oid`

// A read-only transaction cannot create temporary tables, and cannot store anything.
const READ_ONLY = "SELECT current_setting('transaction_read_only') AS is_read_only"

/** SQLSTATE classes of features that a system derived from PostgreSQL lacks or forbids. */
const UNSUPPORTED = /^(?:42|0A)/

export interface SchemaFaults {
  readonly faults: readonly string[]
  /** Why the schema could not be compared: the system lacks such a catalogue, or the role may not create temporary tables. */
  readonly unproved: readonly string[]
}

/** Creates the expected objects in an empty schema of that name. */
export type MakeSchema = (session: Session, schema: string) => Promise<void>

/** Must run in a transaction; what `make` creates is rolled back. */
export async function schemaFaults(session: Session, schema: string, make: MakeSchema): Promise<SchemaFaults> {
  await session.change('SAVEPOINT pristine')
  try {
    const [{ is_read_only: isReadOnly }] = (await session.rows(READ_ONLY)) as [{ is_read_only: string }]
    if (isReadOnly === 'on') return { faults: [], unproved: ['schema (read-only)'] }
    const found = await describe(session, 'SELECT oid FROM pg_namespace WHERE nspname = $1', [schema])
    await make(session, 'pg_temp')
    const expected = new Set(await describe(session, 'SELECT pg_my_temp_schema() AS oid', []))
    const unexpected = found.filter((text) => !expected.delete(text))
    return { faults: [...unexpected, ...[...expected].map((text) => `${text} (-)`)], unproved: [] }
  } catch (error) {
    const { code } = error as { readonly code?: unknown }
    if (typeof code !== 'string' || !UNSUPPORTED.test(code)) throw error
    return { faults: [], unproved: [`schema (${code} ${(error as Error).message.slice(0, 100)})`] }
  } finally {
    await session.change('ROLLBACK TO SAVEPOINT pristine')
  }
}

async function describe(session: Session, ofSchema: string, values: readonly string[]): Promise<string[]> {
  const [found] = await session.rows<{ oid: string | number }>(ofSchema, values)
  if (found === undefined) return []
  return (await session.rows<{ text: string }>(DESCRIBE, [Number(found.oid)])).map(({ text }) => text)
}

/** @throws `store.altered` */
export function checkSchema({ faults }: SchemaFaults): void {
  if (faults.length === 0) return
  throw fault('store.altered', {
    objects: faults
      .slice(0, MAX_NAMED)
      .map((text) => text.slice(0, 200))
      .join(', '),
  })
}

const MAX_NAMED = 20
