// Writes src/records/types.ts: the TypeScript type of every schema of the records, with docstrings in both languages for editors. Inferred
// types have no docstrings, so the types are generated from the JSON Schemas; a test compares both member by member. No file that this
// one reads imports what it writes.
import { readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import { SCHEMA_BASE } from '../../src/base/published.ts'
import { writeJsonSchemas } from '../../src/records/json-schema.ts'
import { LIST } from '../../src/records/kinds/list.ts'

const RECORDS = fileURLToPath(new URL('../../src/records/', import.meta.url))
export const TYPES_FILE = `${RECORDS}types.ts`
/** Files whose schemas are published: all except those that import the generated file. */
const FILES = [
  '../base/schema',
  ...['', 'kinds/'].flatMap((folder) =>
    readdirSync(`${RECORDS}${folder}`)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}${file.slice(0, -'.ts'.length)}`),
  ),
]

interface Source {
  /** `instrument`, `kinds/type-approval`, `../base/schema`: from the folder of the records. */
  readonly file: string
  /** Name under which the file exports the schema. */
  readonly name: string
}

/** File and name of each schema, by its id. */
async function sourcesById(): Promise<ReadonlyMap<string, Source>> {
  const found = new Map<string, Source>()
  for (const file of FILES.filter((name) => !/^(?:kinds\/)?index$|^types$/.test(name))) {
    const module: Readonly<Record<string, unknown>> = await import(`${RECORDS}${file}.ts`)
    for (const [name, value] of Object.entries(module)) {
      const id = value instanceof z.core.$ZodType ? z.globalRegistry.get(value)?.id : undefined
      if (id !== undefined) found.set(id, { file, name })
    }
  }
  return found
}
const SOURCES = await sourcesById()

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

/** Names of types that differ from the id of their schema. */
const NAMES: Readonly<Record<string, string>> = {
  decimal: 'DecimalText',
  division: 'DivisionCode',
  period: 'PeriodText',
  region: 'RegionCode',
  unit: 'UnitCode',
}

/** Types that other rooms declare; they are imported from there. */
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

/** Docstring: Chinese, English, and the source on a separate line. */
function docOf({ description }: Schema, indent: string, more = ''): string[] {
  if (description === undefined) return []
  const [zh, en, source] = description.split(' | ')
  const text = `${[zh, en].filter((part) => part !== undefined).join(' — ')}${more}`
  return source === undefined
    ? [`${indent}/** ${text} */`]
    : [`${indent}/**`, `${indent} * ${text}`, `${indent} * @see ${source}`, `${indent} */`]
}

/** The text of the file. */
export function recordTypes(): string {
  // The claims around a record are not a record.
  const schemas = new Map([...writeJsonSchemas()].filter(([file]) => idOf(file) !== 'record-claims'))
  const types = [...schemas].map(([file, schema]) => {
    const id = idOf(file)
    const name = nameOf(id)
    const source = sourceOf(id)
    const value = `${namespaceOf(source)}.${source.name}`
    return [
      ...docOf(schema as Schema, '', '. Zod schema.'),
      `export const ${name}: typeof ${value} = ${value}`,
      ...docOf(schema as Schema, ''),
      `export type ${name} = ${SHARED[id] ?? typeOf(schema as Schema, '')}`,
    ].join('\n')
  })
  const imports = new Map([...schemas.keys()].map((file) => sourceOf(idOf(file))).map((source) => [source.file, namespaceOf(source)]))
  return [
    '/** Schemas and types of the records, written from their schemas by `npm run schemas`. Do not edit: change the schema. */',
    [...imports]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([file, namespace]) => `import * as ${namespace} from '${file.startsWith('.') ? file : `./${file}`}.js'`)
      .join('\n'),
    ...types,
    `/** Every record of this version. \`kind\` and \`version\` discriminate. */\nexport type AnyRecord = ${LIST.map(({ kind }) => nameOf(kind)).join(' | ')}`,
    '',
  ].join('\n\n')
}

function sourceOf(id: string): Source {
  const source = SOURCES.get(id)
  if (source === undefined) throw new Error(`no file of the records exports the schema ${id}`)
  return source
}

/** Name under which a file is imported: `measurementStandard` of `kinds/measurement-standard`. */
const namespaceOf = ({ file }: Source): string =>
  file.replace(/^.*\//, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TYPES_FILE, `${recordTypes().trimEnd()}\n`)
