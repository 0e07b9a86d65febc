// JSON Schemas that stand alone. The files of schemas/ refer to each other, which a validator has to be given all at once; editors and code
// generators open one file. Here a schema has all it needs under `$defs`, by the names that the TypeScript types have.
import { SCHEMA_BASE } from 'tongheng/records'
import { nameOf } from './record-types.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
type Schema = { readonly [name: string]: Json }

const isSchema = (value: Json | undefined): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Name of the schema that a reference leads to: `…/civil-date.v1.json`, or `#/$defs/civil-date` as zod writes it within one file. */
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
 * The schema of one document in one file.
 * @param file its path in schemas/, which is versioned and gives its `$id`
 * @param found the schemas it refers to, by their name
 * @param isForEditors allows `$schema` in the document: a file that a person writes names its schema so
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
    // Its place is taken before its own references are followed: a schema may lead back to itself.
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
    // A reference with a description beside it is a type of its own to some code generators: DecimalText1, DecimalText2, …
    return Object.keys(members).length === 0 ? reference : { ...members, allOf: [reference] }
  }

  const { $schema, $id: _, $defs: __, id: ___, $ref, ...inline } = schema
  // A root that is one reference hides its members from tools that look no further.
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
