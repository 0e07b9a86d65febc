/** Verdicts of many statements as a workbook for Excel and WPS: a sheet of the summary, one of what is there twice, and a row a statement. */
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
  /** Moment of the verdicts, as people read it. */
  readonly at: string
  /** Who is to recognise, by name. */
  readonly region: string
  /** Rows of a sheet; then a further sheet goes on. @default as many as Excel reads, 1,048,576 */
  readonly maxRows?: number
}

export interface ListWorkbook {
  /** Adds a row; resolves when the next may come. */
  add(row: TableRow): Promise<void>
  /** Writes the summary and ends the file. */
  end(summary: Summary): Promise<void>
}

/** Widths of the columns that are not of the usual one, in characters. */
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
/** Characters that a cell holds; of a longer text the rest is in JSON. */
const MAX_TEXT = 32_000

const shown = (text: string): string => {
  const plain = visible(text)
  return plain.length <= MAX_TEXT ? plain : `${plain.slice(0, MAX_TEXT)}…`
}

/**
 * Creates a list of verdicts as a workbook (.xlsx), written while they are made: memory does not grow with the rows. Columns are those of the
 * CSV. Every text is a text cell, so that identifiers keep their digits and nothing is run; a full sheet goes on in a further one.
 * @param write takes the octets in order
 * @throws `verify.options` where an argument is not what it should be
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

/** Makes the cells of rows. A text that the row before has too, as most have, is the same cell. */
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
