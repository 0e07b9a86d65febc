/** Writes the results of `ledger`: tables, sentences and data, in the requested format. */
import { type LedgerFinding, type LedgerTable, tableCsv, tablesWorkbook, writeTablesHtml } from '../../ledger/index.js'
import { fault } from '../messages.js'
import { replaceText } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import type { LedgerFormat } from './formats.js'

export type Language = 'zh' | 'en'

export interface Answer {
  readonly title: string
  /** Sentences for people: counts, and limits of the result. */
  readonly notes: readonly string[]
  /** The first table is the result; a workbook and a page have the others too. */
  readonly tables: readonly [LedgerTable, ...LedgerTable[]]
  /** The result for JSON. */
  readonly data: unknown
  /** The result for a terminal, with colour. */
  readonly pretty: (paint: Terminal['paint']) => string
}

export interface AnswerTo {
  readonly format: LedgerFormat
  readonly out: string | undefined
  readonly language: Language
  readonly terminal: Terminal
}

/** @throws `cli.option-missing` for a workbook without `--out` */
export async function giveAnswer({ title, notes, tables, data, pretty }: Answer, to: AnswerTo): Promise<void> {
  const { format, out, language, terminal } = to
  if (format === 'xlsx') {
    if (out === undefined) throw fault('cli.option-missing', { option: '--out', command: 'ledger' })
    await replaceText(out, await tablesWorkbook(tables))
  } else {
    const text = textIn(format)
    if (out !== undefined) await replaceText(out, text)
    else if (format === 'csv') await terminal.writeTable(text)
    else await terminal.write(text)
  }
  // If the table goes to a file or another program, the user sees the notes on standard error only.
  if (out !== undefined || format === 'csv') for (const note of notes) terminal.warn(note)
  if (out !== undefined) terminal.print(out)

  function textIn(as: Exclude<LedgerFormat, 'xlsx'>): string {
    if (as === 'json') return `${JSON.stringify(data)}\n`
    if (as === 'csv') return tableCsv(tables[0])
    if (as === 'html') return writeTablesHtml({ title, notes, tables, language })
    return `${pretty(out === undefined ? terminal.paint : (text) => text)}\n`
  }
}

/** Maximum number of cells listed for one finding. */
const MOST_PLACES = 6

/** Formats findings for people: groups equal ones in one sentence with their cells, and prints each advice once. */
export function findingsText(findings: readonly LedgerFinding[], language: Language, paint: Terminal['paint'], full: boolean): string[] {
  const groups = new Map<string, LedgerFinding[]>()
  for (const finding of findings) {
    // Group by code and sheet; different texts of a group are listed below it.
    const key = `${finding.status} ${finding.code} ${finding.sheet}`
    groups.set(key, [...(groups.get(key) ?? []), finding])
  }
  const order = { fail: 0, warn: 1, note: 2 }
  const paints = { fail: 'fail', warn: 'warn', note: 'dim' } as const
  const signs = { fail: '✕', warn: '!', note: '·' }
  return [...groups.values()]
    .sort(([a], [b]) => order[(a as LedgerFinding).status] - order[(b as LedgerFinding).status])
    .flatMap((some) => {
      const first = some[0] as LedgerFinding
      const { status, code, advice } = first
      const most = full ? some.length : status === 'note' ? 2 : MOST_PLACES
      const shown = some.slice(0, most)
      const rest = some.length - shown.length
      const more = language === 'zh' ? `另有 ${rest} 处` : `and ${rest} more`
      return [
        ...shown.map(({ place, message }) => paint(`${signs[status]} ${place}  ${message[language]}`, paints[status])),
        ...(rest > 0 ? [paint(`    ${more}`, 'dim')] : []),
        ...(advice === undefined ? [] : [paint(`    ${advice[language]} [${code}]`, 'dim')]),
      ]
    })
}
