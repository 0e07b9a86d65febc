/** Writes the report on duplicate verifications: for a terminal, as CSV and as a workbook. */
import { CSV_MARK, csvRow } from '../../base/csv.js'
import type { Text } from '../../base/message.js'
import { checkArgument, type Expectation, isObject } from '../../base/options.js'
import { padEnd } from '../../base/text-width.js'
import { visible } from '../../base/visible.js'
import { categoryName, divisionName } from '../../catalogue/index.js'
import { type WrittenCell, writeWorkbook } from '../../spreadsheet/index.js'
import { LANGUAGE } from '../table.js'
import type { Language, TextOptions } from '../text.js'
import type { DuplicateReport, DuplicateRow, DuplicateVerification, NotCompared } from './find-duplicates.js'
import { NOT_COMPARED_HEADS, PAIR_HEADS, TABLE_HEADS, WORDS } from './words.js'

const MEMBERS = ['duplicates', 'undecided', 'excepted', 'table', 'notCompared'] as const
const REPORT: Expectation = {
  is: (value) => isObject(value) && isObject(value.counts) && MEMBERS.every((name) => Array.isArray(value[name])),
  expected: { zh: ' findDuplicates 的结果', en: 'what findDuplicates gives' },
}

const filled = (text: Text, language: Language, params: Readonly<Record<string, unknown>> = {}): string =>
  text[language].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))

const joined = (texts: readonly Text[], language: Language): string =>
  texts.map((one) => one[language]).join(language === 'zh' ? '；' : '; ')

function pairCells(pair: DuplicateVerification, outcome: Text, language: Language): string[] {
  const { instrument, earlier, later, daysLeft, division, reasons } = pair
  const { category, name, model = '', serialNumber = '', manufacturer = '', plate = '', component = '' } = instrument
  const lineOf = (line: number | undefined): string => (line === undefined ? '' : String(line))
  return [
    outcome[language],
    categoryName(category)[language],
    name,
    model,
    serialNumber,
    manufacturer,
    plate,
    component,
    earlier.certificateNo,
    earlier.issuer.name[language],
    earlier.verifiedOn,
    earlier.validUntil ?? '',
    later.certificateNo,
    later.issuer.name[language],
    later.verifiedOn,
    WORDS[later.outcome][language],
    daysLeft === undefined ? '' : String(daysLeft),
    division,
    divisionName(division)[language],
    joined(reasons, language),
    earlier.statementId,
    lineOf(earlier.line),
    later.statementId,
    lineOf(later.line),
  ].map(visible)
}

const pairRows = ({ duplicates, undecided }: DuplicateReport, language: Language): string[][] => [
  ...duplicates.map((pair) => pairCells(pair, WORDS.duplicates, language)),
  ...undecided.map((pair) => pairCells(pair, WORDS.undecided, language)),
]

const headsIn = (heads: readonly Text[], language: Language): string[] => heads.map((head) => head[language])

/**
 * Writes the pairs as CSV for Excel: UTF-8 with a byte order mark, every cell quoted, no cell that begins as a formula. Duplicates are
 * first, then undecided pairs.
 * @throws `verify.options`
 */
export function writeDuplicatesCsv(report: DuplicateReport, language: Language = 'zh'): string {
  checkArgument('writeDuplicatesCsv', 'report', report, REPORT)
  checkArgument('writeDuplicatesCsv', 'language', language, LANGUAGE)
  return CSV_MARK + [headsIn(PAIR_HEADS, language), ...pairRows(report, language)].map(csvRow).join('')
}

const tableCells = ({ category, division, month, duplicates, undecided }: DuplicateRow, language: Language): WrittenCell[] => [
  visible(category),
  categoryName(category)[language],
  division,
  divisionName(division)[language],
  month,
  { number: duplicates },
  { number: undecided },
]

const notComparedCells = ({ certificateNo = '', line, code, statementId = '', ...text }: NotCompared, language: Language): string[] =>
  [certificateNo, line === undefined ? '' : String(line), text[language], code, statementId].map(visible)

/**
 * Writes the report as a workbook (.xlsx) with a sheet each for the table, the pairs, and the statements not compared. Every text is a text
 * cell.
 * @returns the octets of the file
 * @throws `verify.options`; `spreadsheet.cell-long` if a text is too long for a cell
 */
export async function writeDuplicatesWorkbook(report: DuplicateReport, language: Language = 'zh'): Promise<Uint8Array> {
  checkArgument('writeDuplicatesWorkbook', 'report', report, REPORT)
  checkArgument('writeDuplicatesWorkbook', 'language', language, LANGUAGE)
  const sheet = (name: Text, heads: readonly Text[], rows: readonly (readonly WrittenCell[])[]) => ({
    name: name[language],
    columns: headsIn(heads, language).map((title) => ({ title, width: 18 })),
    rows,
  })
  return writeWorkbook([
    sheet(
      WORDS.table,
      TABLE_HEADS,
      report.table.map((row) => tableCells(row, language)),
    ),
    sheet(WORDS.duplicates, PAIR_HEADS, pairRows(report, language)),
    sheet(
      WORDS.notCompared,
      NOT_COMPARED_HEADS,
      report.notCompared.map((one) => notComparedCells(one, language)),
    ),
  ])
}

/** Maximum number of pairs per section on a terminal; CSV and Excel have all. */
const MAX_SHOWN = 100
const plain = (text: string): string => text

/**
 * Writes the report for people: counts, the table, each pair with both certificates, and the statements not compared.
 * @throws `verify.options`
 */
export function writeDuplicatesText(report: DuplicateReport, options: Pick<TextOptions, 'language' | 'paint'> = {}): string {
  checkArgument('writeDuplicatesText', 'report', report, REPORT)
  const { language = 'zh', paint = plain } = options
  checkArgument('writeDuplicatesText', 'language', language, LANGUAGE)
  const { counts, duplicates, undecided, excepted, table, notCompared } = report
  const day = (date: string | undefined): string => date ?? WORDS.open[language]
  const heading = (word: Text, count: number): string => paint(`${word[language]} ${count}`, 'bold')
  const byCode = new Map<string, { text: string; count: number }>()
  for (const { code, ...text } of notCompared) {
    const one = byCode.get(code) ?? { text: text[language], count: 0 }
    byCode.set(code, { ...one, count: one.count + 1 })
  }
  return [
    paint(WORDS.title[language], 'bold'),
    filled(WORDS.at, language, { at: report.at }),
    ...(report.from !== undefined || report.to !== undefined
      ? [filled(WORDS.period, language, { from: day(report.from), to: day(report.to) })]
      : []),
    filled(WORDS.read, language, counts),
    '',
    ...(duplicates.length === 0 ? [paint(WORDS.none[language], undecided.length === 0 ? 'pass' : 'warn')] : []),
    ...(table.length > 0 ? [...tableLines(table, language), paint(WORDS.county[language], 'dim')] : []),
    ...section(heading(WORDS.duplicates, duplicates.length), duplicates, language),
    ...section(heading(WORDS.undecided, undecided.length), undecided, language),
    ...(excepted.length > 0 ? ['', paint(WORDS.excepted[language], 'bold')] : []),
    ...excepted.map(({ count, ...text }) => `  ${count}  ${visible(text[language])}`),
    ...(notCompared.length > 0 ? ['', heading(WORDS.notCompared, notCompared.length)] : []),
    ...[...byCode].map(([code, { text, count }]) => `  ${count}  ${visible(text)} [${visible(code)}]`),
  ].join('\n')
}

function tableLines(table: readonly DuplicateRow[], language: Language): string[] {
  const shown = [
    [TABLE_HEADS[1], TABLE_HEADS[3], TABLE_HEADS[4], TABLE_HEADS[5], TABLE_HEADS[6]].map((head) => (head as Text)[language]),
    ...table.map(({ category, division, month, duplicates, undecided }) =>
      [categoryName(category)[language], divisionName(division)[language], month, String(duplicates), String(undecided)].map(visible),
    ),
  ]
  const widths = [22, 26, 9, 10, 9]
  return shown.map((cells) =>
    cells
      .map((cell, at) => padEnd(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function section(title: string, pairs: readonly DuplicateVerification[], language: Language): string[] {
  if (pairs.length === 0) return []
  const rest = pairs.length - MAX_SHOWN
  return [
    '',
    title,
    ...pairs.slice(0, MAX_SHOWN).flatMap((pair) => pairLines(pair, language)),
    ...(rest > 0 ? [filled(WORDS.more, language, { count: rest })] : []),
  ]
}

function pairLines({ instrument, earlier, later, daysLeft, reasons }: DuplicateVerification, language: Language): string[] {
  const { category, name, model, serialNumber, plate, component } = instrument
  const kind = categoryName(category)[language]
  const described = [kind, name === kind ? undefined : name, model, serialNumber, component, plate].filter(
    (one) => one !== undefined && one !== '',
  )
  const side = ({ verifiedOn, certificateNo, issuer, validUntil, outcome }: DuplicateVerification['earlier']): string =>
    [
      verifiedOn,
      certificateNo,
      issuer.name[language],
      WORDS[outcome][language],
      ...(validUntil === undefined ? [] : [`→ ${validUntil}`]),
    ].join('  ')
  const left = language === 'zh' ? `剩余 ${daysLeft} 天` : `${daysLeft} day(s) left`
  return [
    `  ${described.join('  ')}`,
    `    1  ${side(earlier)}`,
    `    2  ${side(later)}${daysLeft === undefined ? '' : `  ${left}`}`,
    ...(reasons.length > 0 ? [`    ?  ${joined(reasons, language)}`] : []),
  ].map(visible)
}
