/** The command `duplicates`: judges statements one by one, and writes the report. */
import { isCivilDate } from '../../base/date.js'
import type { SignedText } from '../../envelope/index.js'
import {
  type DuplicateReport,
  findDuplicates,
  type Language,
  writeDuplicatesCsv,
  writeDuplicatesText,
  writeDuplicatesWorkbook,
} from '../../report/index.js'
import type { Arguments, ExitCode } from '../command.js'
import { readTrustFile } from '../files.js'
import { judgedFiles, judgedOf } from '../judged.js'
import { openForJudging } from '../material.js'
import { fault } from '../messages.js'
import { createMeter, type Meter } from '../meter.js'
import { checkOutput, replaceText } from '../outputs.js'
import { createProgress } from '../progress.js'
import type { Terminal } from '../terminal.js'
import { warnOfError } from '../told-error.js'
import { duplicateFormats } from './formats.js'
import { say } from './messages.js'

/** The date of an option. @throws `cli.option-value` */
function dayIn(args: Arguments, name: 'from' | 'to'): string | undefined {
  const given = args.text(name)
  if (given !== undefined && !isCivilDate(given)) throw fault('cli.option-value', { option: `--${name}`, expected: 'YYYY-MM-DD' })
  return given
}

/** Exit code 1: there are duplicates, or pairs that could not be decided; 2: a file could not be read. */
export async function runDuplicates(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const format = args.choice('format', duplicateFormats)
  const [from, to] = [dayIn(args, 'from'), dayIn(args, 'to')]
  if (from !== undefined && to !== undefined && to < from) throw fault('cli.option-value', { option: '--to', expected: `≥ ${from}` })
  const at = args.instant('at', terminal.now())
  const trustFile = await readTrustFile(args.required('trust'))
  const [files, out] = [await judgedFiles(args), format === 'xlsx' ? args.required('out') : args.text('out')]
  await checkOutput(out, files)
  const { opened } = await openForJudging(trustFile, args, terminal, at)
  const meter = await createMeter(files)
  const tally = { unread: 0, labels: 0 }
  const statements = recordsIn({ files, args, terminal, meter, language }, tally)
  const days = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  const report = await findDuplicates(statements, { at, ...opened, ...days })
  if (tally.labels > 0) terminal.warn(say('cli.duplicates-labels', { count: tally.labels })[language])
  await give(report, { format, out, language, terminal })
  if (tally.unread > 0) return 2
  return report.duplicates.length + report.undecided.length > 0 ? 1 : 0
}

interface Reading {
  readonly files: readonly string[]
  readonly args: Arguments
  readonly terminal: Terminal
  readonly meter: Meter
  readonly language: Language
}

/** Yields the signed records of the files. Reports unreadable files; counts labels, which have only a part of a record. */
async function* recordsIn(
  { files, args, terminal, meter, language }: Reading,
  tally: { unread: number; labels: number },
): AsyncGenerator<SignedText> {
  const progress = createProgress(terminal, language)
  let count = 0
  for await (const one of judgedOf(files, args, terminal, meter)) {
    if ('error' in one) {
      tally.unread++
      warnOfError(one.error, terminal, language)
    } else if (one.isLabel) tally.labels++
    else yield one.signed
    progress.showShare(++count, meter.share())
  }
  progress.end()
}

interface Giving {
  readonly format: (typeof duplicateFormats)[number]
  readonly out: string | undefined
  readonly language: Language
  readonly terminal: Terminal
}

async function give(report: DuplicateReport, { format, out, language, terminal }: Giving): Promise<void> {
  if (format === 'xlsx') await replaceText(out as string, await writeDuplicatesWorkbook(report, language))
  else if (format === 'csv' && out === undefined) await terminal.writeTable(writeDuplicatesCsv(report, language))
  else {
    const paint = out === undefined ? terminal.paint : (text: string) => text
    const text =
      format === 'csv'
        ? writeDuplicatesCsv(report, language)
        : format === 'json'
          ? `${JSON.stringify(report)}\n`
          : `${writeDuplicatesText(report, { language, paint })}\n`
    if (out === undefined) await terminal.write(text)
    else await replaceText(out, text)
  }
  // A list has no row for inputs that were left out, so report them on standard error.
  if (format === 'csv' || format === 'xlsx')
    terminal.warn(
      say('cli.duplicates-counts', {
        duplicates: report.duplicates.length,
        undecided: report.undecided.length,
        notCompared: report.notCompared.length,
      })[language],
    )
}
