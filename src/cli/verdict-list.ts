/** Output formats of `verify`: verdicts for people, for programs, and as lists. */
import { formatInstant } from '../base/date.js'
import { isTonghengError } from '../base/error.js'
import { visible } from '../base/visible.js'
import { provinceName } from '../catalogue/index.js'
import type { PagesAnswer } from '../certificate/index.js'
import type { AnyRecord } from '../records/index.js'
import {
  createListWorkbook,
  csvHead,
  csvLine,
  type JudgedStatement,
  type Language,
  type Summary,
  type TableRow,
  tableRow,
  unreadRow,
  writeListHtml,
  writeSummaryText,
  writeVerdictText,
} from '../report/index.js'
import { PAGES_PAINT, PAGES_TEXTS } from './pdf.js'
import type { Terminal } from './terminal.js'

/** A judged statement, or a location where none could be read. */
export type Answer =
  | {
      readonly file: string
      readonly line?: number
      /** File, and the line if it has several statements. */
      readonly label: string
      readonly verdict: JudgedStatement['verdict']
      readonly record?: AnyRecord | undefined
      readonly pages?: PagesAnswer
      /** True if only one statement is judged; its location is then not printed. */
      readonly isOnly: boolean
    }
  | { readonly file: string; readonly label: string; readonly error: unknown }

/** Writes answers, or only rows, so that verdicts need not be buffered until they are written. */
export type VerdictWriter = {
  begin(): string
  end(summary: Summary): string | Promise<string>
} & (
  | { answer(answer: Answer): string; readonly row?: undefined }
  | { row(row: TableRow): string | Promise<string>; readonly answer?: undefined }
)

export interface WriterOptions {
  readonly language: Language
  readonly at: number
  readonly region: string
  readonly full: boolean
  readonly withSummary: boolean
  readonly paint: Terminal['paint']
  /** Writes the octets of a binary format. */
  readonly write: (bytes: Uint8Array) => Promise<void>
}

/** The row of a verdict. For a certificate in PDF it states the result of comparing the pages, unless they are the same. */
export function rowOf(answer: Answer, language: Language): TableRow {
  if ('error' in answer) return unreadRow(answer, language)
  const { pages } = answer
  return tableRow({ ...answer, ...(pages && pages !== 'same' && { remarks: [PAGES_TEXTS[pages][language]] }) }, language)
}

export const verdictFormats = ['text', 'json', 'csv', 'html', 'xlsx'] as const
export type VerdictFormat = (typeof verdictFormats)[number]

const NOTHING = (): string => ''

const writers: Readonly<Record<VerdictFormat, (options: WriterOptions) => VerdictWriter>> = {
  text: ({ language, full, withSummary, paint }) => ({
    begin: NOTHING,
    answer(answer) {
      // Unreadable input is reported on standard error.
      if ('error' in answer) return ''
      const { label, verdict, pages, isOnly } = answer
      return [
        ...(isOnly ? [] : [paint(visible(label), 'bold')]),
        writeVerdictText(verdict, { language, full, paint }),
        ...(pages === undefined ? [] : [paint(PAGES_TEXTS[pages][language], PAGES_PAINT[pages])]),
        '',
      ].join('\n')
    },
    end: (summary) => (withSummary ? `\n${writeSummaryText(summary, language)}\n` : ''),
  }),
  json({ withSummary }) {
    let count = 0
    return {
      begin: () => (withSummary ? '{"verdicts":[' : '['),
      answer(answer) {
        const head = count++ === 0 ? '' : ','
        if ('error' in answer) return `${head}${JSON.stringify({ file: answer.label, error: errorIn(answer.error) })}`
        const { label, verdict, pages } = answer
        return `${head}${JSON.stringify({ file: label, ...(pages && { pages }), ...verdict })}`
      },
      end: (summary) => (withSummary ? `],"summary":${JSON.stringify(summary)}}\n` : ']\n'),
    }
  },
  csv: ({ language }) => ({
    begin: () => csvHead(language),
    row: csvLine,
    end: NOTHING,
  }),
  html({ language, at, region }) {
    const rows: TableRow[] = []
    return {
      begin: NOTHING,
      row(row) {
        // The writer accepts no more rows; all are counted.
        if (rows.length < MAX_ROWS) rows.push(row)
        return ''
      },
      end: (summary) => writeListHtml(rows, summary, { language, at: formatInstant(at), region: provinceName(region)[language] }),
    }
  },
  xlsx({ language, at, region, write }) {
    const list = createListWorkbook(write, { language, at: formatInstant(at), region: provinceName(region)[language] })
    return {
      begin: NOTHING,
      row: (row) => list.add(row).then(NOTHING),
      end: (summary) => list.end(summary).then(NOTHING),
    }
  },
}

/** Maximum number of rows buffered for a page: more than `writeListHtml` writes. */
const MAX_ROWS = 20_001

export const createVerdictWriter = (format: VerdictFormat, options: WriterOptions): VerdictWriter => writers[format](options)

/** An error as JSON, with code and text. */
const errorIn = (error: unknown): object =>
  isTonghengError(error) ? { code: error.code, text: error.text } : { code: '', text: { zh: String(error), en: String(error) } }
