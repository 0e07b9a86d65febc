/**
 * Content of records without a statutory form (technical specification, type approval, supervision finding): every member of the record,
 * under the title from its schema.
 */
import type { Text } from '../../base/message.js'
import { type AnyRecord, kindOf, type Limits, memberLabel, type Range, type ResultTable } from '../../records/index.js'
import { budgetBlocks } from './budgets.js'
import { type Block, type Content, type Field, joined, part, type Shown, shownText } from './model.js'
import { limitsText, measured, rangeText } from './quantities.js'
import { resultBlocks } from './results.js'
import { wordOfMember } from './words.js'

export function generalContent(record: AnyRecord): Content {
  const row = kindOf(record)
  return statedContent(record, {
    schema: row,
    title: row.title,
    issuer: row.issuerName(record),
    number: row.number(record),
    date: row.factDate(record),
    word: wordOfMember,
  })
}

/** Names of the members of a document, and the head of its pages. */
export interface Stated {
  /** Schema of the document. */
  readonly schema: Parameters<typeof memberLabel>[0]
  readonly title: Text
  readonly issuer: string
  readonly number: string
  readonly date: string
  /** The word for a value, by the JSON pointer of its member. */
  word(path: string, value: string): Shown
  /** Heading of an item, by its number from 1, in a list that is not printed as a table. @default none */
  item?(number: number): Text
}

/** The content of the pages of any document: every member except kind and version. */
export function statedContent(document: object, { schema, title, issuer, number, date, word, item }: Stated): Content {
  const names: Names = { label: (path) => memberLabel(schema, path) ?? { zh: path, en: path }, word, ...(item && { item }) }
  const members = Object.entries(document).filter(([member]) => member !== 'kind' && member !== 'version')
  // The head of the page already prints the number.
  const [numbered] = members.find(([, value]) => value === number) ?? []
  const simple = members.filter(([member, value]) => isSimple(value) && member !== numbered)
  return {
    title: { zh: title.zh, en: `${title.en.charAt(0).toUpperCase()}${title.en.slice(1)}` },
    issuer,
    number: { label: numbered === undefined ? { zh: '编号', en: 'No.' } : names.label(`/${numbered}`), value: number },
    date,
    cover: [{ type: 'fields', fields: simple.map(([member, value]) => fieldOf(names, `/${member}`, member, value)) }],
    inner: members.filter(([, value]) => !isSimple(value)).flatMap(([member, value]) => partOf(names, `/${member}`, member, value)),
  }
}

interface Names {
  label(path: string): Text
  word(path: string, value: string): Shown
  item?(number: number): Text
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const isLocalized = (value: unknown): value is { readonly zh: string; readonly en?: string } =>
  isObject(value) && typeof value.zh === 'string'
const hasOnly = (value: unknown, members: readonly string[]): value is Readonly<Record<string, unknown>> =>
  isObject(value) && typeof value.unit === 'string' && Object.keys(value).every((member) => members.includes(member))
const isQuantity = (value: unknown): value is { readonly value: string; readonly unit: string } =>
  hasOnly(value, ['value', 'unit']) && 'value' in value
const isExpanded = (value: unknown): value is { readonly value: string; readonly unit: string; readonly k: string } =>
  hasOnly(value, ['value', 'unit', 'k']) && 'value' in value && typeof value.k === 'string'
const isInterval = (value: unknown): value is Limits & Range => hasOnly(value, ['lower', 'upper', 'unit'])

/** True if a value is shown in one line. */
const isSimple = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every((each) => typeof each === 'string')
    : !isObject(value) || isLocalized(value) || isQuantity(value) || isExpanded(value) || isInterval(value)

function shown(names: Names, path: string, member: string, value: unknown): Shown {
  if (isLocalized(value)) return shownText(value)
  if (isQuantity(value)) return measured(value)
  if (isExpanded(value)) return `U = ${measured(value)} (k = ${value.k})`
  if (isInterval(value)) return /range/i.test(member) ? rangeText(value) : limitsText(value)
  if (Array.isArray(value))
    return joined(
      value.map((each) => shown(names, path, member, each)),
      '、',
      ', ',
    )
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  return names.word(path, String(value))
}

const fieldOf = (names: Names, path: string, member: string, value: unknown): Field => ({
  label: names.label(path),
  value: shown(names, path, member, value),
})

/** A member with a heading: its simple members as fields, each of its lists as a table or a part. */
function partOf(names: Names, path: string, member: string, value: unknown): Block[] {
  const title: Block = { type: 'heading', text: names.label(path) }
  if (member === 'results') {
    const tables = value as readonly ResultTable[]
    return [title, ...resultBlocks(tables), ...part('不确定度预算', 'Uncertainty budgets', budgetBlocks(tables))]
  }
  return Array.isArray(value) ? [title, ...listBlocks(names, path, member, value)] : [title, ...objectBlocks(names, path, value)]
}

function objectBlocks(names: Names, path: string, value: unknown): Block[] {
  const fields = fieldsIn(names, path, value)
  const lists = listsIn(path, value)
  return [
    ...(fields.length === 0 ? [] : [{ type: 'fields', fields } as const]),
    ...lists.flatMap((found) => partOf(names, found.path, found.member, found.list)),
  ]
}

/** The simple members of an object and of its nested objects. */
function fieldsIn(names: Names, path: string, value: unknown): Field[] {
  return Object.entries(value as object).flatMap(([member, each]) => {
    const at = `${path}/${member}`
    if (isSimple(each)) return [fieldOf(names, at, member, each)]
    return isObject(each)
      ? fieldsIn(names, at, each).map((field) => ({ ...field, label: joined([names.label(at), field.label], '：', ': ') }))
      : []
  })
}

interface FoundList {
  readonly path: string
  readonly member: string
  readonly list: readonly unknown[]
}

function listsIn(path: string, value: unknown): FoundList[] {
  if (!isObject(value) || isSimple(value)) return []
  return Object.entries(value).flatMap(([member, each]) => {
    const at = `${path}/${member}`
    if (Array.isArray(each)) return isSimple(each) ? [] : [{ path: at, member, list: each }]
    return listsIn(at, each)
  })
}

/** Maximum number of columns of a table. */
const MAX_COLUMNS = 6

/** A list of flat objects as a table; each item of any other list as its own part. */
function listBlocks(names: Names, path: string, member: string, list: readonly unknown[]): Block[] {
  const items = list.map((item) => (isObject(item) ? item : { [member]: item }))
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))]
  const isFlat = columns.length <= MAX_COLUMNS && items.every((item) => Object.values(item).every(isSimple))
  if (!isFlat)
    return items.flatMap((item, index) => [
      ...(items.length > 1 && names.item !== undefined ? [{ type: 'heading', text: names.item(index + 1) } as const] : []),
      ...objectBlocks(names, `${path}/${index}`, item),
    ])
  return [
    {
      type: 'table',
      table: {
        caption: names.label(path),
        head: columns.map((name) => names.label(`${path}/0/${name}`)),
        rows: items.map((item, index) =>
          columns.map((name) => (item[name] === undefined ? '—' : shown(names, `${path}/${index}/${name}`, name, item[name]))),
        ),
      },
    },
  ]
}
