/** Result tables as a certificate prints them, and what a notice says is out of limits. */
import type { Text } from '../../base/message.js'
import type { Column, ResultTable } from '../../records/index.js'
import { type Block, inLanguage, joined, type Shown, shownText, type Table } from './model.js'
import { measured, printedNumber, unitSymbol } from './quantities.js'
import { word } from './words.js'

/** Digits alone: what is a word stays as it was written. */
const NUMBER = /^[-+]?\d/

export const resultBlocks = (tables: readonly ResultTable[]): Block[] => tables.map((table) => ({ type: 'table', table: printed(table) }))

function printed(table: ResultTable): Table {
  const { columns, rows, requirement, note } = table
  const notes: Shown[] = []
  if (requirement !== undefined) notes.push(labelled({ zh: '技术要求', en: 'Requirement' }, shownText(requirement)))
  notes.push(...columns.flatMap(formationNote))
  if (note !== undefined) notes.push(labelled({ zh: '说明', en: 'Note' }, shownText(note)))
  return {
    caption: captionOf(table),
    head: columns.map(headOf),
    rows: rows.map((row) => row.map((cell, at) => cellText(cell, columns[at] as Column))),
    ...(notes.length > 0 && { notes }),
  }
}

const labelled = (label: Text, text: Shown): Text => joined([label, text], '：', ': ')

function captionOf({ name, state }: ResultTable): Text {
  const title = shownText(name)
  if (state === undefined) return title
  const said = word('state', state)
  return { zh: `${title.zh}（${inLanguage(said, 'zh')}）`, en: `${title.en} (${inLanguage(said, 'en')})` }
}

/** Names that say the stroke themselves. */
const SAYS_STROKE = /[升降进回]|ris|fall|creas|forward|return/i

/** Name, stroke, unit and coverage factor: `示值误差（升程）/ %`, `扩展不确定度（k = 2）/ mL`. */
function headOf({ name, unit, k, coverage, direction }: Column): Text {
  const title = shownText(name)
  const said = [
    ...(direction === undefined || SAYS_STROKE.test(`${name.zh} ${name.en}`) ? [] : [word('direction', direction)]),
    ...(k === undefined ? [] : [`k = ${k}`]),
    ...(coverage === undefined ? [] : [`p = ${coverage}`]),
  ]
  const symbol = unit === undefined ? '' : unitSymbol(unit)
  const inEach = (language: 'zh' | 'en'): string => {
    const [open, between, close] = language === 'zh' ? ['（', '，', '）'] : [' (', ', ', ')']
    const inBrackets = said.length === 0 ? '' : `${open}${said.map((text) => inLanguage(text, language)).join(between)}${close}`
    return `${title[language]}${inBrackets}${symbol === '' ? '' : ` / ${symbol}`}`
  }
  return { zh: inEach('zh'), en: inEach('en') }
}

function cellText(cell: string | null, { role, unit }: Column): Shown {
  if (cell === null) return '—'
  if (role === 'verdict') return word('verdict', cell)
  return unit !== undefined && NUMBER.test(cell) ? printedNumber(cell) : cell
}

/** How an error was formed, where it is not the plain difference. */
function formationNote({ name, basis, formation }: Column): Text[] {
  const notes: Text[] = []
  const title = shownText(name)
  if (basis?.of === 'span') {
    const span = measured(basis.span)
    notes.push({ zh: `${title.zh}：引用误差，引用值 ${span}`, en: `${title.en}: fiducial, of ${span}` })
  }
  if (formation?.method === 'changeover-point') {
    const [e, zero] = [measured(formation.interval), formation.zeroError && measured(formation.zeroError)]
    notes.push({
      zh: `${title.zh}：闪变点法，e = ${e}${zero ? `，E0 = ${zero}` : ''}`,
      en: `${title.en}: changeover-point method, e = ${e}${zero ? `, E0 = ${zero}` : ''}`,
    })
  }
  return notes
}

/** 不合格项目 of a notice: the tables in which a row failed, and how many rows. */
export function failedItems(tables: readonly ResultTable[]): Shown | undefined {
  // What failed before an adjustment and was measured again after it is judged by the later table.
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

/** Uncertainty budgets, each as a table after the results. */
export function budgetBlocks(tables: readonly ResultTable[]): Block[] {
  return tables.flatMap((table) => {
    const title = captionOf(table)
    const unit = unitSymbol(table.columns.find(({ role }) => role === 'uncertainty')?.unit ?? '1')
    return (table.budgets ?? []).map(
      ({ row, entries }): Block => ({
        type: 'table',
        table: {
          caption: { zh: `${title.zh}，第 ${row + 1} 行`, en: `${title.en}, row ${row + 1}` },
          head: [
            { zh: '不确定度来源', en: 'Source' },
            { zh: '评定类别', en: 'Type' },
            { zh: `标准不确定度分量${unit && ` / ${unit}`}`, en: `Contribution${unit && ` / ${unit}`}` },
            { zh: '分布', en: 'Distribution' },
            { zh: '自由度', en: 'Degrees of freedom' },
          ],
          rows: entries.map(({ source, type, standard, relativeTo, distribution, degreesOfFreedom }) => [
            shownText(source),
            type,
            relativeTo === undefined ? printedNumber(standard) : measured({ value: standard, unit: relativeTo }),
            distribution === undefined ? '—' : word('distribution', distribution),
            degreesOfFreedom ?? '—',
          ]),
        },
      }),
    )
  })
}
