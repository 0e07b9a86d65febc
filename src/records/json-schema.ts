/** JSON Schemas (2020-12) of the records and their vocabulary, one file per schema, with references between the files. */
import * as z from 'zod/mini'
import type { Described } from '../base/faults.js'
import { SCHEMA_BASE } from '../base/published.js'
import { RecordClaims } from './claims.js'
import { descriptions } from './descriptions.js'
import { LIST } from './kinds/list.js'

/** Collects the schemas of the documents, and every named schema in them, by id. */
function namedSchemas(): ReadonlyMap<string, z.core.$ZodType> {
  const found = new Map<string, z.core.$ZodType>()
  const seen = new Set<unknown>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    if (value instanceof z.core.$ZodType) {
      const id = z.globalRegistry.get(value)?.id
      if (id !== undefined) found.set(id, value)
      // `about` copies a schema and adds a description.
      visit(value._zod.parent)
      visit(value._zod.def)
    } else Object.values(value).forEach(visit)
  }
  for (const schema of [...LIST.map((row) => row.schema), RecordClaims]) visit(schema)
  return found
}

/**
 * Changes the patterns of a schema so that they match at the end of the text only. In ECMA-262 `$` does; in Python, Java and .NET
 * it also matches before a
 * last line break. With this, validators in those languages reject the same texts as the parser does.
 */
export const endingAtEnd = <T extends object>(schema: T): T =>
  JSON.parse(
    JSON.stringify(schema, (key, value) => (key === 'pattern' && typeof value === 'string' ? value.replace(/\$$/, '$(?!\\n)') : value)),
  )

export interface Written {
  description?: string
  readonly properties?: Readonly<Record<string, Written>>
  readonly items?: Written
  readonly oneOf?: readonly Written[]
  readonly anyOf?: readonly Written[]
}

/** Inserts the descriptions of a schema, which are stored beside it, into its JSON Schema. */
export function describe(written: Written, texts: Described[string], at = ''): void {
  const said = texts[at]
  if (said !== undefined) written.description = said.join(' | ')
  const into = (step: string): string => (at === '' ? step : `${at}/${step}`)
  for (const [name, member] of Object.entries(written.properties ?? {})) describe(member, texts, into(name))
  if (written.items !== undefined) describe(written.items, texts, into('*'))
  for (const [index, option] of [...(written.oneOf ?? []), ...(written.anyOf ?? [])].entries()) describe(option, texts, into(String(index)))
}

/** JSON Schema documents by file name, for example `verification-record.v1.json`. */
export function writeJsonSchemas(): ReadonlyMap<string, object> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of namedSchemas()) registry.add(schema, { id: `${id}.v1` })
  const { schemas } = z.toJSONSchema(registry, { io: 'input', target: 'draft-2020-12', uri: (id) => `${SCHEMA_BASE}${id}.json` })
  for (const [id, schema] of Object.entries(schemas)) describe(schema as Written, descriptions[id.replace(/\.v\d+$/, '')] ?? {})
  return new Map(
    Object.entries(endingAtEnd(schemas))
      .map(([id, schema]) => [`${id}.json`, schema] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}
