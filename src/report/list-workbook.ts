/**
 * Writes verdicts of many statements as a workbook for Excel and WPS: a sheet of the summary, one of the duplicates, and one with a row per
 * statement.
 */
import { aFunction, anObject, aText, checkArgument, checkMembers } from '../base/options.js'
import { visible } from '../base/visible.js'
import { createWorkbookWriter, type WrittenCell } from '../spreadsheet/index.js'
import { SUMMARY, type Summary } from './summary.js'
import { LANGUAGE, SIGNS, type TableRow, tableColumns, toneOf } from './table.js'
import type { Language } from './text.js'
import { COUNTED, DUPLICATE_WORDS, SUMMARY_WORDS } from './words-of-summary.js'

export interface ListWorkbookOptions {
  /** @default zh */
  readonly language?: Language
  /** Moment of the verdicts, formatted for people. */
  readonly at: string
  /** Name of the province that recognises. */
  readonly region: string
  /** Maximum number of rows of a sheet; further rows are written to another sheet. @default 1,048,576, the maximum of Excel */
  readonly maxRows?: number
}

export interface ListWorkbook {
  /** Adds a row. Await it before adding the next. */
  add(row: TableRow): Promise<void>
  /** Writes the duplicates and the summary, and ends the file. */
  end(summary: Summary): Promise<void>
}

/** Widths of columns in characters, if they differ from the default. */
const WIDTHS: Readonly<Partial<Record<keyof TableRow, number>>> = {
  file: 30,
  line: 7,
  word: 16,
  issuer: 30,
  uscc: 21,
  instrument: 22,
  number: 24,
  certificateLine: 10,
  reason: 60,
  code: 26,
  basis: 40,
  statementId: 46,
}
/** Maximum number of characters of a cell; a longer text is cut, and complete only in the JSON output. */
const MAX_TEXT = 32_000

const shown = (text: string): string => {
  const plain = visible(text)
  return plain.length <= MAX_TEXT ? plain : `${plain.slice(0, MAX_TEXT)}…`
}

/**
 * Creates a writer of a list of verdicts as a workbook (.xlsx). It writes each row when it is added, so memory does not grow with the rows.
 * The columns are those of the CSV. Every text is a text cell, so that identifiers are not changed and formulas are not run.
 * @param write called with the octets of the file, in order
 * @throws `verify.options`
 */
export function createListWorkbook(write: (bytes: Uint8Array) => Promise<void>, options: ListWorkbookOptions): ListWorkbook {
  checkArgument('createListWorkbook', 'write', write, aFunction)
  checkArgument('createListWorkbook', 'options', options, anObject)
  checkMembers('createListWorkbook', options, { at: aText, region: aText }, 'options')
  const { language = 'zh', at, region, maxRows } = options
  checkArgument('createListWorkbook', 'language', language, LANGUAGE)
  const say = (key: keyof typeof SUMMARY_WORDS, count = 0): string => SUMMARY_WORDS[key][language].replace('{count}', String(count))
  const writer = createWorkbookWriter(write, maxRows === undefined ? {} : { maxRows })
  const columns = [...tableColumns].map(([name, title]) => ({ title: title[language], width: WIDTHS[name] ?? 16 }))
  const cellsOf = createCells()
  let isBegun = false
  const begin = (): Promise<void> => {
    isBegun = true
    return writer.sheet({ name: say('rows'), columns, tab: 2 })
  }
  return {
    add: (row) => {
      const cells = cellsOf(row)
      return isBegun ? writer.row(cells) : begin().then(() => writer.row(cells))
    },
    async end(summary) {
      checkArgument('createListWorkbook', 'summary', summary, SUMMARY)
      if (!isBegun) await begin()
      if (summary.duplicates.length > 0) {
        const heads = [say('what'), say('name'), say('places')].map((title, place) => ({ title, width: [34, 30, 90][place] as number }))
        await writer.sheet({ name: say('duplicates'), columns: heads, tab: 1 })
        for (const { what, name, places } of summary.duplicates)
          await writer.row([DUPLICATE_WORDS[what][language], shown(name), shownLines(places)])
      }
      await writer.sheet({ name: say('summary'), columns: [], tab: 0, widths: [44, 12] })
      for (const cells of summaryRows(summary, { say, at, region })) await writer.row(cells)
      await writer.end()
    },
  }
}

const shownLines = (places: readonly string[]): string => places.map(visible).join('\n').slice(0, MAX_TEXT)

const COLUMNS = [...tableColumns.keys()]

/** Creates the cells of rows. A text that is equal to that of the previous row, as most are, reuses its cell. */
function createCells(): (row: TableRow) => readonly WrittenCell[] {
  const texts: string[] = []
  const cells: WrittenCell[] = []
  return (row) => {
    for (let at = 0; at < COLUMNS.length; at++) {
      const name = COLUMNS[at] as (typeof COLUMNS)[number]
      const text = row[name]
      if (name === 'word') {
        const tone = toneOf(row)
        cells[at] = { text: `${SIGNS[tone]} ${shown(text)}`, style: tone }
      } else if (texts[at] !== text) {
        texts[at] = text
        cells[at] = shown(text)
      }
    }
    return cells
  }
}

interface SummaryPlace {
  readonly say: (key: keyof typeof SUMMARY_WORDS, count?: number) => string
  readonly at: string
  readonly region: string
}

function summaryRows(summary: Summary, { say, at, region }: SummaryPlace): (readonly WrittenCell[])[] {
  const { total, searched, duplicates, unlisted = 0 } = summary
  const note = (text: string): readonly WrittenCell[] => [{ text, style: 'note' }]
  return [
    [{ text: say('title'), style: 'title' }],
    [say('total', total)],
    [`${say('at')} ${shown(at)}`],
    [`${say('region')} ${shown(region)}`],
    ...COUNTED.filter((part) => summary[part].length > 0).flatMap((part) => [
      [],
      [{ text: say(part), style: 'head' } as const, { text: '', style: 'head' } as const],
      ...summary[part].map(({ name, count }): WrittenCell[] => [shown(name), { number: count }]),
    ]),
    [],
    duplicates.length === 0 ? [say('noDuplicates')] : [say('duplicates'), { number: duplicates.length + unlisted }],
    ...(unlisted > 0 ? [note(say('more', unlisted))] : []),
    ...(searched < total ? [note(say('searched', searched))] : []),
  ]
}
