/** `ledger import`, `check`, `due`: actions that need only a ledger. */
import { padEnd, textWidth } from '../../base/text-width.js'
import {
  due,
  dueSummary,
  dueTable,
  findingsTable,
  findingWords,
  type Ledger,
  type LedgerFinding,
  type LedgerTable,
  ledgerFields,
  linesTable,
} from '../../ledger/index.js'
import type { Arguments, ExitCode } from '../command.js'
import { checkOutput, replaceText } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import { type AnswerTo, findingsText, giveAnswer, type Language } from './answer.js'
import { ledgerFormats } from './formats.js'
import { say } from './messages.js'
import { holidaysIn, ledgerFile, momentIn, readInstruments, readLedgerFile } from './source.js'

/** An action of the command. */
export type Action = (args: Arguments, terminal: Terminal) => Promise<ExitCode>

export async function answerTo(args: Arguments, terminal: Terminal): Promise<AnswerTo> {
  const to = { format: args.choice('format', ledgerFormats), out: args.text('out'), language: args.choice('lang', ['zh', 'en']), terminal }
  await checkOutput(to.out, args.files.slice(1))
  return to
}

export const countFindings = (findings: readonly LedgerFinding[], language: Language): string => {
  const count = (status: LedgerFinding['status']): number => findings.filter((one) => one.status === status).length
  return (['fail', 'warn', 'note'] as const)
    .map((status) => `${findingWords[status][language]} ${count(status)}`)
    .join(language === 'zh' ? '，' : ', ')
}

/** Summary of the import: sheets, lines, encoding. */
export function readText({ lines, mapping, format, encoding }: Ledger, language: Language): string {
  const sheets = mapping.sheets.filter(({ skip }) => skip !== true).length
  const encoded = encoding === undefined ? '' : ` ${encoding}`
  return say('cli.ledger-read', { format: `${format}${encoded}`, sheets, lines: lines.length })[language]
}

/** Writes the mapping that was used to the file of `--write-mapping`. */
export async function keepMapping(args: Arguments, { mapping }: Ledger, terminal: Terminal, language: Language): Promise<void> {
  const file = args.text('write-mapping')
  if (file === undefined) return
  await checkOutput(file, args.files.slice(1))
  await replaceText(file, `${JSON.stringify(mapping, null, 2)}\n`)
  terminal.warn(say('cli.ledger-mapping', { file })[language])
}

const hasFailed = (findings: readonly LedgerFinding[]): boolean => findings.some(({ status }) => status === 'fail')

/** The mapped columns, for a person to confirm. */
function mappingText({ mapping }: Ledger, language: Language, paint: Terminal['paint']): string[] {
  return mapping.sheets.flatMap(({ name, header, columns, joinBy }) => [
    paint(`${name}${header === undefined ? '' : say('cli.ledger-header', { first: header.first, last: header.last })[language]}`, 'bold'),
    ...columns.map(({ column, header: title, field, unit, certainty }) => {
      const sure = certainty === 'sure' || certainty === 'given'
      const line = `  ${padEnd(column, 3)} ${title} → ${fieldWord(field, language)}${unit === undefined ? '' : ` [${unit}]`}${sure ? '' : ' ?'}`
      return sure ? line : paint(line, 'warn')
    }),
    ...(joinBy === undefined ? [] : [`  ⇄ ${fieldWord(joinBy, language)}`]),
  ])
}

function fieldWord(field: string | undefined, language: Language): string {
  if (field === undefined) return say('cli.ledger-kept')[language]
  return field === 'ignore' ? say('cli.ledger-ignored')[language] : (fieldNames.get(field)?.[language] ?? field)
}

const fieldNames: ReadonlyMap<string, { readonly zh: string; readonly en: string }> = ledgerFields

export const importLines: Action = async (args, terminal) => {
  const to = await answerTo(args, terminal)
  const { language } = to
  const ledger = await readLedgerFile(args, momentIn(args, terminal).on)
  await keepMapping(args, ledger, terminal, language)
  const { lines, findings, mapping } = ledger
  await giveAnswer(
    {
      title: say('cli.ledger-import-title')[language],
      notes: [readText(ledger, language), countFindings(findings, language)],
      tables: [linesTable(lines), findingsTable(findings, language)],
      data: { lines, findings, mapping },
      pretty: (paint) =>
        [
          readText(ledger, language),
          ...mappingText(ledger, language, paint),
          countFindings(findings, language),
          say('cli.ledger-import-next')[language],
        ].join('\n'),
    },
    to,
  )
  return hasFailed(findings) ? 1 : 0
}

export const checkLedger: Action = async (args, terminal) => {
  const to = await answerTo(args, terminal)
  const { language } = to
  const ledger = await readLedgerFile(args, momentIn(args, terminal).on)
  await keepMapping(args, ledger, terminal, language)
  const { findings, mapping } = ledger
  const full = args.flag('full')
  const counted = [readText(ledger, language), countFindings(findings, language)]
  await giveAnswer(
    {
      title: say('cli.ledger-check-title')[language],
      notes: counted,
      tables: [findingsTable(findings, language)],
      data: { file: ledgerFile(args), lines: ledger.lines.length, findings, mapping },
      pretty: (paint) =>
        [
          counted[0],
          ...(full ? mappingText(ledger, language, paint) : []),
          ...findingsText(findings, language, paint, full),
          paint(counted[1] as string, 'bold'),
        ].join('\n'),
    },
    to,
  )
  return hasFailed(findings) ? 1 : 0
}

export const dueLines: Action = async (args, terminal) => {
  const to = await answerTo(args, terminal)
  const { language } = to
  const { on } = momentIn(args, terminal)
  const [ledger, holidays] = [await readInstruments(args, on), await holidaysIn(args)]
  await keepMapping(args, ledger, terminal, language)
  const list = due(ledger.lines, { on, ...(holidays && { holidays }) })
  const notes = [
    say('cli.ledger-due-on', { on, lines: ledger.lines.length })[language],
    ...dueSummary(list, language),
    say(list.hasHolidays ? 'cli.ledger-holidays' : 'cli.ledger-no-holidays')[language],
    ...(ledger.findings.some(({ status }) => status === 'fail') ? [say('cli.ledger-due-findings')[language]] : []),
  ]
  const table = dueTable(list, language, args.flag('full'))
  await giveAnswer(
    {
      title: say('cli.ledger-due-title', { on })[language],
      notes,
      tables: [table],
      data: list,
      pretty: (paint) => [notes[0], ...tableText(table, paint), ...notes.slice(1)].join('\n'),
    },
    to,
  )
  return list.counts.overdue > 0 ? 1 : 0
}

const TONES = { good: 'pass', bad: 'fail', unsure: 'warn', plain: 'dim' } as const
/** Maximum width of a column on a terminal, where longer texts are truncated; other formats have the whole text. */
const WIDEST = 36

/** A table for a terminal, without empty columns. */
export function tableText({ heads, rows }: LedgerTable, paint: Terminal['paint']): string[] {
  if (rows.length === 0) return []
  const used = heads.flatMap((_, at) => (rows.some(({ cells }) => (cells[at] ?? '') !== '') ? [at] : []))
  const width = new Map(
    used.map((at) => [at, Math.min(WIDEST, Math.max(textWidth(heads[at] ?? ''), ...rows.map(({ cells }) => textWidth(cells[at] ?? ''))))]),
  )
  const row = (cells: readonly string[]): string =>
    used
      .map((at) =>
        at === used.at(-1) ? (cells[at] ?? '') : padEnd(cut(cells[at] ?? '', width.get(at) as number), width.get(at) as number),
      )
      .join('  ')
  return [paint(row(heads), 'bold'), ...rows.map(({ tone, cells }) => paint(row(cells), TONES[tone]))]
}

function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let kept = ''
  for (const character of text) {
    if (textWidth(kept + character) > width - 1) break
    kept += character
  }
  return `${kept}…`
}
