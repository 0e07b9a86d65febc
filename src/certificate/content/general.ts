/**
 * Records without a printed form of their own (technical specification, type approval, supervision finding): every member that the
 * record has, under the name that its schema gives it. Nothing is left out.
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
  const label: Label = (path) => memberLabel(row, path) ?? { zh: path, en: path }
  const members = Object.entries(record).filter(([member]) => member !== 'kind' && member !== 'version')
  const number = row.number(record)
  // The head of the page prints it, under its own label.
  const [numbered] = members.find(([, value]) => value === number) ?? []
  const simple = members.filter(([member, value]) => isSimple(value) && member !== numbered)
  return {
    title: { zh: row.title.zh, en: `${row.title.en.charAt(0).toUpperCase()}${row.title.en.slice(1)}` },
    issuer: row.issuerName(record),
    number: { label: numbered === undefined ? { zh: '编号', en: 'No.' } : label(`/${numbered}`), value: number },
    date: row.factDate(record),
    cover: [{ type: 'fields', fields: simple.map(([member, value]) => fieldOf(label, `/${member}`, member, value)) }],
    inner: members.filter(([, value]) => !isSimple(value)).flatMap(([member, value]) => partOf(label, `/${member}`, member, value)),
  }
}

type Label = (path: string) => Text

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const isLocalized = (value: unknown): value is { readonly zh: string; readonly en?: string } =>
  isObject(value) && typeof value.zh === 'string'
const hasOnly = (value: unknown, members: readonly string[]): value is Readonly<Record<string, unknown>> =>
  isObject(value) && typeof value.unit === 'string' && Object.keys(value).every((member) => members.includes(member))
const isQuantity = (value: unknown): value is { readonly value: string; readonly unit: string } =>
  hasOnly(value, ['value', 'unit']) && 'value' in value
const isInterval = (value: unknown): value is Limits & Range => hasOnly(value, ['lower', 'upper', 'unit'])

/** Whether a value is shown in one line. */
const isSimple = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every((each) => typeof each === 'string')
    : !isObject(value) || isLocalized(value) || isQuantity(value) || isInterval(value)

function shown(path: string, member: string, value: unknown): Shown {
  if (isLocalized(value)) return shownText(value)
  if (isQuantity(value)) return measured(value)
  if (isInterval(value)) return /range/i.test(member) ? rangeText(value) : limitsText(value)
  if (Array.isArray(value))
    return joined(
      value.map((each) => shown(path, member, each)),
      '、',
      ', ',
    )
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  return wordOfMember(path, String(value))
}

const fieldOf = (label: Label, path: string, member: string, value: unknown): Field => ({
  label: label(path),
  value: shown(path, member, value),
})

/** A member with its heading: its simple members as fields, each list in it as a table or a part. */
function partOf(label: Label, path: string, member: string, value: unknown): Block[] {
  const title: Block = { type: 'heading', text: label(path) }
  if (member === 'results') {
    const tables = value as readonly ResultTable[]
    return [title, ...resultBlocks(tables), ...part('不确定度预算', 'Uncertainty budgets', budgetBlocks(tables))]
  }
  return Array.isArray(value) ? [title, ...listBlocks(label, path, member, value)] : [title, ...objectBlocks(label, path, value)]
}

function objectBlocks(label: Label, path: string, value: unknown): Block[] {
  const fields = fieldsIn(label, path, value)
  const lists = listsIn(path, value)
  return [
    ...(fields.length === 0 ? [] : [{ type: 'fields', fields } as const]),
    ...lists.flatMap((found) => partOf(label, found.path, found.member, found.list)),
  ]
}

/** The simple members of an object and of the objects in it. */
function fieldsIn(label: Label, path: string, value: unknown): Field[] {
  return Object.entries(value as object).flatMap(([member, each]) => {
    const at = `${path}/${member}`
    if (isSimple(each)) return [fieldOf(label, at, member, each)]
    return isObject(each)
      ? fieldsIn(label, at, each).map((field) => ({ ...field, label: joined([label(at), field.label], '：', ': ') }))
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

/** Columns that a table has room for. */
const MAX_COLUMNS = 6

/** Flat objects make a table; of others each is shown on its own. */
function listBlocks(label: Label, path: string, member: string, list: readonly unknown[]): Block[] {
  const items = list.map((item) => (isObject(item) ? item : { [member]: item }))
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))]
  const isFlat = names.length <= MAX_COLUMNS && items.every((item) => Object.values(item).every(isSimple))
  if (!isFlat) return items.flatMap((item, index) => objectBlocks(label, `${path}/${index}`, item))
  return [
    {
      type: 'table',
      table: {
        caption: label(path),
        head: names.map((name) => label(`${path}/0/${name}`)),
        rows: items.map((item, index) =>
          names.map((name) => (item[name] === undefined ? '—' : shown(`${path}/${index}/${name}`, name, item[name]))),
        ),
      },
    },
  ]
}
