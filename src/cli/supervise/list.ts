/** `supervise list`: the cases of findings, and the table by county and category. */
import { categoryName, divisionName } from '../../catalogue/index.js'
import {
  caseStateNames,
  casesOf,
  type FindingRecord,
  overdueCases,
  type SupervisionCase,
  supervisionTable,
  writeSupervisionCsv,
} from '../../joint/index.js'
import { kindOf } from '../../records/index.js'
import { examine } from '../../verify/index.js'
import { flawOf } from '../../verify/inside.js'
import type { Arguments, ExitCode } from '../command.js'
import { type ReadJoint, readJoint } from '../joint/read-joint.js'
import { replaceText } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import { checkOut, filesAfter, give, giveLines, type Language, languageIn, momentIn, paintFor, populationsIn } from './material.js'
import { say } from './messages.js'

/** Exit code 1: a case is overdue, or a finding about a case fails. */
export async function list(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = languageIn(args)
  const format = args.choice('format', ['text', 'json', 'csv'])
  const files = filesAfter(args, 1)
  await checkOut(args, files)
  const at = momentIn(args, terminal)
  const material = await readJoint(files, args, terminal, true)
  const populations = await populationsIn(args)
  const { cases, findings } = casesOf(material.joint, await findingsIn(material, args, terminal), { at, populations })
  const shown = args.flag('overdue') ? overdueCases(cases) : cases
  for (const { code, message } of findings) terminal.warn(`${terminal.paint(code, 'warn')} ${message[language]}`)
  const table = supervisionTable(shown)
  if (format === 'csv') await giveCsv(writeSupervisionCsv(table, language), args, terminal)
  else if (format === 'json') await give(JSON.stringify({ cases: shown.map(dataOf), table }), args, terminal)
  else
    await giveLines(
      shown.flatMap((one) => linesOf(one, paintFor(args, terminal), language)),
      args,
      terminal,
    )
  const isWrong = ({ state, findings: found }: SupervisionCase) => state === 'overdue' || found.some(({ status }) => status === 'fail')
  return shown.some(isWrong) || findings.length > 0 ? 1 : 0
}

async function giveCsv(text: string, args: Arguments, terminal: Terminal): Promise<void> {
  const out = args.text('out')
  if (out === undefined) await terminal.writeTable(text)
  else await replaceText(out, text)
}

/** Genuine, conforming findings. Recognition by the other side is irrelevant: a case belongs to the bureau that made the finding. */
async function findingsIn({ records, trust, status, log }: ReadJoint, args: Arguments, terminal: Terminal): Promise<FindingRecord[]> {
  const language = languageIn(args)
  const found: FindingRecord[] = []
  for (const { signed, file } of records) {
    const examined = await examine(signed, { trust, status, log, at: momentIn(args, terminal), policy: { region: REGION } })
    const { verdict, record } = examined
    const reason = flawOf(examined)
    if (record !== undefined && record.kind !== 'supervision-finding')
      terminal.warn(say('cli.supervise-other', { file, title: kindOf(record).title })[language])
    else if (reason !== undefined) terminal.warn(say('cli.supervise-record', { file, reason: reason.message })[language])
    else if (record !== undefined && verdict.statementId !== undefined) found.push({ statementId: verdict.statementId, record })
  }
  return found
}

/** Any region: rows about recognition are not used. */
const REGION = '50'

const dataOf = ({ state, finding, deadline, daysOverdue, statements, findings }: SupervisionCase) => ({
  state,
  findingNo: finding.record.findingNo,
  taskNo: finding.record.taskNo,
  statementId: finding.statementId,
  party: finding.record.party.uscc,
  division: finding.record.place.division,
  category: finding.record.instrument.category,
  deadline,
  daysOverdue,
  statements: statements.map(({ statementId, document }) => ({ statementId, kind: document.kind })),
  findings,
})

function linesOf(
  { state, finding, deadline, daysOverdue, findings }: SupervisionCase,
  paint: Terminal['paint'],
  language: Language,
): string[] {
  const { findingNo, party, place, instrument } = finding.record
  const time =
    daysOverdue !== undefined
      ? say('cli.case-overdue', { days: daysOverdue })[language]
      : deadline !== undefined && (state === 'ordered' || state === 'rectified')
        ? say('cli.case-until', { deadline })[language]
        : ''
  const where = place.division === undefined ? '' : divisionName(place.division)[language]
  return [
    [
      findingNo,
      paint(caseStateNames[state][language], state === 'overdue' ? 'fail' : state === 'closed' ? 'pass' : 'warn'),
      time,
      party.name,
      where,
      categoryName(instrument.category)[language],
    ]
      .filter((part) => part !== '')
      .join('  '),
    ...findings
      .filter(({ code }) => code !== 'case.overdue')
      .map(({ code, status, message }) => `  ${paint(code, status === 'fail' ? 'fail' : 'warn')} ${message[language]}`),
  ]
}
