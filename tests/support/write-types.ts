// The TypeScript types of the records, with what every member is in both languages where an editor shows it. Inferred types
// carry no such text, so they are written out from the JSON Schemas; a test holds the two equal, member by member.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SCHEMA_BASE, writeJsonSchemas } from 'tongheng/records'

export const TYPES_FILE = fileURLToPath(new URL('../../src/records/types.ts', import.meta.url))

interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly description?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

/** Schemas whose type has another name than their id. */
const NAMES: Readonly<Record<string, string>> = {
  decimal: 'DecimalText',
  division: 'DivisionCode',
  period: 'PeriodText',
  region: 'RegionCode',
  unit: 'UnitCode',
}

/** Types that other rooms name too: one thing, declared once. */
const SHARED: Readonly<Record<string, string>> = {
  'civil-date': "import('../base/date.js').CivilDate",
  decimal: "import('../base/decimal.js').DecimalText",
}

/** Name of the type of a schema, by the id of the schema. */
export const nameOf = (id: string): string => NAMES[id] ?? id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
const idOf = (file: string): string => file.replace(SCHEMA_BASE, '').replace(/\.v\d+\.json$/, '')
const literal = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : String(value))

function typeOf(schema: Schema, indent: string): string {
  if (schema.$ref !== undefined) return nameOf(idOf(schema.$ref))
  if ('const' in schema) return literal(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ')
  const options = schema.anyOf ?? schema.oneOf
  if (options !== undefined) return options.map((option) => typeOf(option, indent)).join(' | ')
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    case 'integer':
      return 'number'
    case 'array': {
      const item = typeOf(schema.items ?? {}, indent)
      return /[|&]/.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`
    }
    case 'object':
      return objectOf(schema, indent)
    default:
      return 'unknown'
  }
}

function objectOf({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `
  const members = Object.entries(properties).flatMap(([name, member]) => {
    const type = typeOf(member, inner)
    const isRequired = required.includes(name)
    const key = /^[a-z_]\w*$/i.test(name) ? name : `'${name}'`
    return [...docOf(member, inner), `${inner}${key}${isRequired ? '' : '?'}: ${type}${isRequired ? '' : ' | undefined'}`]
  })
  return ['{', ...members, `${indent}}`].join('\n')
}

/** Chinese, English, and the source in a line of its own. */
function docOf({ description }: Schema, indent: string): string[] {
  if (description === undefined) return []
  const [zh, en, source] = description.split(' | ')
  const text = [zh, en].filter((part) => part !== undefined).join(' — ')
  return source === undefined
    ? [`${indent}/** ${text} */`]
    : [`${indent}/**`, `${indent} * ${text}`, `${indent} * @see ${source}`, `${indent} */`]
}

/** The text of the file. */
export function recordTypes(): string {
  // What is signed around a record is no record.
  const types = [...writeJsonSchemas()]
    .filter(([file]) => idOf(file) !== 'record-claims')
    .map(([file, schema]) => {
      const id = idOf(file)
      const name = nameOf(id)
      return [...docOf(schema as Schema, ''), `export type ${name} = ${SHARED[id] ?? typeOf(schema as Schema, '')}`].join('\n')
    })
  return [
    '/** Types of the records, written from their schemas by `npm run schemas`. Do not edit: change the schema. */',
    ...types,
    '',
  ].join('\n\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TYPES_FILE, `${recordTypes().trimEnd()}\n`)
