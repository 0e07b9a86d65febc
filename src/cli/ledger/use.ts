/** `ledger match`, `export`: matches lines with signed records, and writes forms for submission. */

import { formatInstant } from '../../base/date.js'
import { listed } from '../../base/message.js'
import { RegionCode } from '../../base/schema.js'
import { provinceName } from '../../catalogue/index.js'
import type { SignedText } from '../../envelope/index.js'
import {
  exportForm,
  exportForms,
  findingsTable,
  type LedgerLabel,
  type LedgerStatement,
  type MatchList,
  match,
  matchTable,
  outcomesTable,
  unmatchedTable,
  useWords,
} from '../../ledger/index.js'
import { decidingCheck } from '../../verify/index.js'
import { cataloguesUsed } from '../catalogues.js'
import type { Arguments } from '../command.js'
import { readTrustFile } from '../files.js'
import { judgedFiles, judgedOf } from '../judged.js'
import { openForJudging } from '../material.js'
import { fault } from '../messages.js'
import { createMeter } from '../meter.js'
import type { Terminal } from '../terminal.js'
import { warnOfError } from '../told-error.js'
import { type Action, answerTo, countFindings, keepMapping, readText, tableText } from './actions.js'
import { giveAnswer, type Language } from './answer.js'
import { say } from './messages.js'
import { momentIn, readInstruments } from './source.js'

/** @throws `cli.option-missing`, `cli.option-value` */
function regionIn(args: Arguments): string {
  const region = args.required('region')
  if (!RegionCode.safeParse(region).success) throw fault('cli.option-value', { option: '--region', expected: '50|51' })
  return region
}

interface Given {
  readonly statements: readonly LedgerStatement[]
  /** Labels as scanned or signed. */
  readonly labels: readonly { readonly file: string; readonly signed: SignedText }[]
  /** True if a file could not be read. */
  readonly isPart: boolean
}

/** The records in the folders, files and archives of `--certificates`, as `verify` finds them. */
async function certificatesIn(args: Arguments, terminal: Terminal, language: Language): Promise<Given> {
  const names = args.list('certificates')
  if (names.length === 0) throw fault('cli.option-missing', { option: '--certificates', command: 'ledger match' })
  const named: Arguments = { ...args, files: names, list: (name) => (name === 'label' ? [] : args.list(name)) }
  const statements: LedgerStatement[] = []
  const labels: LedgerStatement[] = []
  let isPart = false
  const files = await judgedFiles(named)
  for await (const one of judgedOf(files, named, terminal, await createMeter(files))) {
    if ('error' in one) {
      warnOfError(one.error, terminal, language)
      isPart = true
    } else (one.isLabel ? labels : statements).push({ file: one.label, signed: one.signed })
  }
  return { statements, labels, isPart }
}

/** @throws `cli.option-*`, and the errors of the files */
async function matched(args: Arguments, terminal: Terminal, language: Language) {
  const { at, on } = momentIn(args, terminal)
  const region = regionIn(args)
  const file = await readTrustFile(args.required('trust'))
  const ledger = await readInstruments(args, on)
  await keepMapping(args, ledger, terminal, language)
  const { opened } = await openForJudging(file, args, terminal, at)
  const { statements, labels, isPart } = await certificatesIn(args, terminal, language)
  const options = { at, ...opened, policy: { region } }
  const judged: LedgerLabel[] = []
  if (labels.length > 0) {
    const { verifyLabel } = await import('../../label/index.js')
    for (const { file: name, signed } of labels) judged.push({ file: name, verdict: await verifyLabel(signed, options) })
  }
  const list = await match(ledger.lines, statements, options, judged)
  return {
    at,
    region,
    ledger,
    list,
    isPart,
    count: statements.length + labels.length,
    basis: cataloguesUsed(opened.catalogues, region, at).map((one) => one[language]),
  }
}

const MOST_NAMES = 5
const named = (names: readonly string[], language: Language): string => {
  const rest = names.length - MOST_NAMES
  return `${listed(names.slice(0, MOST_NAMES))[language]}${rest > 0 ? (language === 'zh' ? ` 等` : ' …') : ''}`
}

export const matchLines: Action = async (args, terminal) => {
  const to = await answerTo(args, terminal)
  const { language } = to
  const { at, region, ledger, list, isPart, count, basis } = await matched(args, terminal, language)
  const notes = [
    say('cli.ledger-match-on', {
      at: formatInstant(at),
      region: provinceName(region),
      lines: ledger.lines.length,
      statements: count,
    })[language],
    say('cli.ledger-match-counts', { usable: list.counts.usable, not: list.counts['not-usable'], undecided: list.counts.undecided })[
      language
    ],
    ...(list.unmatched.length === 0
      ? []
      : [
          say('cli.ledger-match-unmatched', {
            count: list.unmatched.length,
            names: named(
              list.unmatched.map(({ number }) => number),
              language,
            ),
          })[language],
        ]),
    ...(list.unread.length === 0
      ? []
      : [
          say('cli.ledger-match-unread', {
            count: list.unread.length,
            names: named(
              list.unread.map(({ file, verdict }) => `${file} [${decidingCheck(verdict).message[language]}]`),
              language,
            ),
          })[language],
        ]),
    ...basis,
    say('cli.ledger-match-words')[language],
    countFindings(ledger.findings, language),
  ]
  await giveAnswer(
    {
      title: say('cli.ledger-match-title')[language],
      notes,
      tables: [
        matchTable(list, language),
        unmatchedTable(list, language),
        outcomesTable(list, language),
        findingsTable(ledger.findings, language),
      ],
      data: dataOf(list),
      pretty: (paint) => [notes[0], ...matchText(list, language, paint), ...notes.slice(1)].join('\n'),
    },
    to,
  )
  if (isPart) return 2
  return list.counts.usable === list.lines.length ? 0 : 1
}

/** The result for JSON, without the records, which are in their files. */
const dataOf = ({ at, lines, unmatched, unmatchedLabels, unread, counts }: MatchList): unknown => ({
  at: formatInstant(at),
  counts,
  lines: lines.map(({ certificate, label, candidates, ...one }) => ({
    ...one,
    ...(label && { label: { number: label.number, file: label.file, record: label.label.record } }),
    ...(certificate && {
      certificate: { number: certificate.number, file: certificate.file, statementId: certificate.verdict.statementId },
    }),
    ...(candidates && { candidates: candidates.map(({ number, file }) => ({ number, file })) }),
  })),
  unmatchedLabels: unmatchedLabels.map(({ number, file }) => ({ number, file })),
  unmatched: unmatched.map(({ number, file }) => ({ number, file })),
  unread: unread.map(({ file, verdict }) => ({ file, outcome: verdict.outcome, decidedBy: verdict.decidedBy })),
})

const PAINTS = { usable: 'pass', 'not-usable': 'fail', undecided: 'warn' } as const
const SIGNS = { usable: '✓', 'not-usable': '✕', undecided: '?' } as const

/** One instrument per line with its reason below, because a table of reasons is too wide. */
function matchText({ lines }: MatchList, language: Language, paint: Terminal['paint']): string[] {
  return lines.flatMap(({ line, use, reason, certificate, label, differences, basis }) => {
    const limited = reason.code === 'ledger.use-limited' ? { zh: '（限用）', en: ' (limited)' }[language] : ''
    const what = [line.name, line.serialNumber ?? line.plate ?? line.assetNumber, line.place].filter((one) => one !== undefined).join('  ')
    const proof = certificate === undefined && label === undefined ? '' : `  [${(certificate ?? label)?.number}]`
    return [
      `${paint(`${SIGNS[use]} ${useWords[use][language]}${limited}`, PAINTS[use])}  ${what}${proof}`,
      `    ${reason[language]}${basis === '' ? '' : ` （${basis}）`}`,
      ...(reason.advice === undefined ? [] : [paint(`    → ${reason.advice[language]}`, 'dim')]),
      ...differences.map((one) => paint(`    ! ${one[language]}`, 'warn')),
    ]
  })
}

export const exportLines: Action = async (args, terminal) => {
  const form = args.text('as') === undefined ? undefined : args.choice('as', exportForms)
  const to = await answerTo(args, terminal)
  const { language } = to
  if (form === undefined) {
    // The first table is the ledger itself, with the outcome of each line.
    const { list, isPart, basis } = await matched(args, terminal, language)
    const table = outcomesTable(list, language)
    const notes = [say('cli.ledger-exported', { lines: list.lines.length })[language], ...basis, say('cli.ledger-match-words')[language]]
    await giveAnswer(
      { title: say('cli.ledger-export-lines')[language], notes, tables: [table], data: dataOf(list), pretty: () => [...notes].join('\n') },
      to,
    )
    return isPart ? 2 : list.counts.usable === list.lines.length ? 0 : 1
  }
  const ledger = await readInstruments(args, momentIn(args, terminal).on)
  await keepMapping(args, ledger, terminal, language)
  const { table, missing } = exportForm(ledger.lines, form, language)
  const lacking = missing.map((one) => one[language])
  await giveAnswer(
    {
      title: say(`cli.ledger-export-${form}`)[language],
      notes: [readText(ledger, language), ...lacking],
      tables: [table],
      data: { form, heads: table.heads, rows: table.rows.map(({ cells }) => cells), missing },
      pretty: (paint) =>
        [
          say(`cli.ledger-export-${form}`)[language],
          ...tableText(table, paint),
          ...lacking.map((one) => paint(`! ${one}`, 'warn')),
          say('cli.ledger-exported', { lines: table.rows.length })[language],
        ].join('\n'),
    },
    to,
  )
  return missing.length > 0 ? 1 : 0
}
