/** Result tables of a certificate, and the failed items of a notice. */
import type { Text } from '../../base/message.js'
import { type Column, columnRoles, type ResultTable } from '../../records/index.js'
import { type Block, inLanguage, joined, type Shown, shownText, type Table } from './model.js'
import { measured, perUnit, printedNumber } from './quantities.js'
import { word } from './words.js'

/** Texts printed as numbers; words remain as written. */
const NUMBER = /^[-+]?\d/

export const resultBlocks = (tables: readonly ResultTable[]): Block[] => tables.map((table) => ({ type: 'table', table: printed(table) }))

function printed(table: ResultTable): Table {
  const { columns, rows, requirement, note } = table
  const notes: Shown[] = []
  if (requirement !== undefined) notes.push(labelled({ zh: '技术要求', en: 'Requirement' }, shownText(requirement)))
  notes.push(...columnNotes(columns))
  if (note !== undefined) notes.push(labelled({ zh: '说明', en: 'Note' }, shownText(note)))
  return {
    caption: captionOf(table),
    head: columns.map(headOf),
    rows: rows.map((row) => row.map((cell, at) => cellText(cell, columns[at] as Column))),
    ...(notes.length > 0 && { notes }),
  }
}

const labelled = (label: Text, text: Shown): Text => joined([label, text], '：', ': ')

export function captionOf({ name, state }: ResultTable): Text {
  const title = shownText(name)
  if (state === undefined) return title
  const said = word('state', state)
  return { zh: `${title.zh}（${inLanguage(said, 'zh')}）`, en: `${title.en} (${inLanguage(said, 'en')})` }
}

/** Names that already state the stroke. */
const SAYS_STROKE = /[升降进回]|ris|fall|creas|forward|return/i

/** Name, stroke, unit and coverage factor: `示值误差（升程）/ %`, `扩展不确定度（k = 2）/ mL`. */
function headOf({ name, unit, k, coverage, direction }: Column): Text {
  const title = shownText(name)
  const said = [
    ...(direction === undefined || SAYS_STROKE.test(`${name.zh} ${name.en}`) ? [] : [word('direction', direction)]),
    ...(k === undefined ? [] : [`k = ${k}`]),
    ...(coverage === undefined ? [] : [`p = ${coverage}`]),
  ]
  const inEach = (language: 'zh' | 'en'): string => {
    const [open, between, close] = language === 'zh' ? ['（', '，', '）'] : [' (', ', ', ')']
    const inBrackets = said.length === 0 ? '' : `${open}${said.map((text) => inLanguage(text, language)).join(between)}${close}`
    return perUnit(`${title[language]}${inBrackets}`, unit)
  }
  return { zh: inEach('zh'), en: inEach('en') }
}

function cellText(cell: string | null, { role, unit }: Column): Shown {
  if (cell === null) return '—'
  if (role === 'verdict') return word('verdict', cell)
  return unit !== undefined && NUMBER.test(cell) ? printedNumber(cell) : cell
}

type Note = readonly [zh: string, en: string]

const BASES: Readonly<Record<string, Note>> = {
  reading: ['相对于示值', 'relative to the indication'],
  reference: ['相对于参考值', 'relative to the reference value'],
  nominal: ['相对于标称值', 'relative to the nominal value'],
}

/** Signed properties of a column that its head does not show: base of a ratio, formation of an error, quantity that limits bound, rounding. */
function notesOfColumn({ name, basis, formation, bounds, roundTo, unit }: Column): Note[] {
  const notes: Note[] = []
  const of = basis === undefined ? undefined : BASES[basis.of]
  if (of !== undefined) notes.push(of)
  if (basis?.of === 'span') notes.push([`引用误差，引用值 ${measured(basis.span)}`, `fiducial, of ${measured(basis.span)}`])
  if (formation?.method === 'difference') notes.push(['示值减参考值', 'indication minus reference value'])
  if (formation?.method === 'changeover-point') {
    const [e, zero] = [measured(formation.interval), formation.zeroError && measured(formation.zeroError)]
    notes.push([`闪变点法，e = ${e}${zero ? `，E0 = ${zero}` : ''}`, `changeover-point method, e = ${e}${zero ? `, E0 = ${zero}` : ''}`])
  }
  const [zh, en] = bounds === undefined ? [] : (columnRoles[bounds] ?? [bounds, bounds])
  // The name 回程误差允许值 already states which quantity is limited.
  if (zh !== undefined && !name.zh.includes(zh)) notes.push([`所限的是${zh}`, `limits of the ${en}`])
  if (roundTo !== undefined) {
    const interval = measured({ value: roundTo, unit: unit ?? '1' })
    notes.push([`判定前修约，修约间隔 ${interval}（GB/T 8170）`, `rounded before judging, interval ${interval} (GB/T 8170)`])
  }
  return notes
}

/** The notes of all columns; columns with the same note share one line. */
function columnNotes(columns: readonly Column[]): Text[] {
  const names = new Map<string, { readonly note: Note; readonly titles: Text[] }>()
  for (const column of columns)
    for (const note of notesOfColumn(column)) {
      const known = names.get(note[0]) ?? { note, titles: [] }
      known.titles.push(shownText(column.name))
      names.set(note[0], known)
    }
  return [...names.values()].map(({ note: [zh, en], titles }) => joined([joined(titles, '、', ', '), { zh, en }], '：', ': '))
}

/** 不合格项目 of a notice: the tables with failed rows, and the number of these rows. */
export function failedItems(tables: readonly ResultTable[]): Shown | undefined {
  // After an adjustment the later table decides, because the failed points were measured again.
  const isAdjusted = tables.some(({ state }) => state === 'as-left')
  const failed = tables.flatMap((table) => {
    const at = table.columns.findIndex(({ role }) => role === 'verdict')
    const count = at === -1 ? 0 : table.rows.filter((row) => row[at] === 'fail').length
    if (count === 0 || (isAdjusted && table.state === 'as-found')) return []
    const { zh, en } = captionOf(table)
    return [{ zh: `${zh}（${count} 项）`, en: `${en} (${count})` }]
  })
  return failed.length === 0 ? undefined : joined(failed, '、', ', ')
}
