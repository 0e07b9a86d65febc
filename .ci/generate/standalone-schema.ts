// Writes self-contained JSON Schemas. The files of schemas/ refer to each other, so a validator needs all of them, but editors and code
// generators open one file. A self-contained schema has all referenced schemas under `$defs`, with the names of the TypeScript types.
import { SCHEMA_BASE } from 'tongheng/records'
import { nameOf } from './record-types.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
type Schema = { readonly [name: string]: Json }

const isSchema = (value: Json | undefined): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Name of the referenced schema: from `…/civil-date.v1.json`, or from `#/$defs/civil-date` as zod writes it within one file. */
const idOf = (reference: string): string =>
  reference
    .replace(SCHEMA_BASE, '')
    .replace(/\.v\d+\.json$/, '')
    .replace('#/$defs/', '')

const PERMITTED: Schema = {
  type: 'string',
  maxLength: 2000,
  pattern: '^\\S+$(?!\\n)',
  description: '供编辑器使用的 JSON Schema 地址；不签署 | Address of this JSON Schema, for editors; it is not signed',
}

/**
  * Writes the schema of one document with all referenced schemas.
  * @param file its versioned path in schemas/, which determines its `$id`
  * @param found returns a referenced schema by name
  * @param isForEditors allows `$schema` in the document, by which files for editors name their schema
 */
export function standAlone(file: string, schema: Schema, found: (id: string) => Schema | undefined, isForEditors = false): Schema {
  const own = isSchema(schema.$defs) ? schema.$defs : {}
  const definitions = new Map<string, Json>()

  const define = (reference: string): string => {
    const id = idOf(reference)
    const name = nameOf(id)
    if (definitions.has(name)) return name
    const definition = own[id] ?? found(id)
    if (!isSchema(definition)) throw new Error(`${file}: ${reference} leads nowhere`)
    // Reserve the name before following its references, because a schema may refer to itself.
    definitions.set(name, null)
    const { $schema: _, $id: __, id: ___, ...rest } = definition
    definitions.set(name, { title: name, ...(rewritten(rest) as Schema) })
    return name
  }
  const rewritten = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(rewritten)
    if (!isSchema(value)) return value
    const { $ref, ...rest } = value
    const members = Object.fromEntries(Object.entries(rest).map(([key, member]) => [key, rewritten(member)]))
    if (typeof $ref !== 'string') return members
    const reference = { $ref: `#/$defs/${define($ref)}` }
    // Some code generators create a new type for a reference with a description: DecimalText1, DecimalText2, …
    return Object.keys(members).length === 0 ? reference : { ...members, allOf: [reference] }
  }

  const { $schema, $id: _, $defs: __, id: ___, $ref, ...inline } = schema
  // Inline a root that is only a reference, because some tools would not find its members.
  const { id: ____, ...root } = typeof $ref === 'string' ? (own[idOf($ref)] as Schema) : inline
  const { properties, ...body } = rewritten(root) as Schema
  return {
    ...($schema !== undefined && { $schema }),
    $id: `${SCHEMA_BASE}${file}`,
    title: nameOf(idOf(file.replace(/^.*\//, ''))),
    ...body,
    ...(isSchema(properties) && { properties: isForEditors ? { $schema: PERMITTED, ...properties } : properties }),
    ...(definitions.size > 0 && { $defs: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))) }),
  }
}
