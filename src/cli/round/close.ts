/** `round show`, `close`, `report`: the state of a round, its record, and the report, which pilots sign and anyone can check. */
import { civilDateOf } from '../../base/date.js'
import { isTonghengError } from '../../base/error.js'
import { statementId } from '../../envelope/index.js'
import { checkReport, laboratoryStateNames, type Round, type RoundReport, reportOf, roundPhaseNames } from '../../joint/index.js'
import { dueInRound, reportDigest } from '../../joint/inside.js'
import { COMPARISON_OUTCOMES, type ComparisonResult, decodeRecord } from '../../records/index.js'
import type { Arguments } from '../command.js'
import { firstOf, readBytes, statementOf } from '../files.js'
import { recognitionsIn } from '../joint/read-joint.js'
import { dueLines, tellFindings, tellRecognitions } from '../joint/tell-joint.js'
import { checkNew, checkOutput, replaceText, writeSecret } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import { fault, say } from './messages.js'
import { type Action, inputsOf, type Language, languageOf, momentOf, readRound, signInto } from './source.js'

const isJson = (args: Arguments): boolean => args.choice('format', ['text', 'json']) === 'json'
const isFine = (findings: Round['findings']): boolean => findings.every(({ status }) => status === 'warn')

export const show: Action = async (files, args, terminal) => {
  const { round } = await readRound(files, args, terminal)
  const due = dueInRound(round, { isReportable: isReportable(round) })
  if (isJson(args)) terminal.printLines(JSON.stringify({ ...round, reports: round.reports.map((one) => one.statementId), due }, null, 2))
  else {
    tellRound(round, terminal, languageOf(args))
    for (const line of dueLines(due, languageOf(args))) terminal.print(line)
  }
  return isFine(round.findings) && round.laboratories.every(({ state }) => state !== 'undecided') ? 0 : 1
}

/** True if the report can be computed. */
function isReportable(round: Round): boolean {
  try {
    reportOf(round)
    return true
  } catch (error) {
    if (!isTonghengError(error)) throw error
    return false
  }
}

function tellRound({ protocol, phase, laboratories, findings }: Round, terminal: Terminal, language: Language): void {
  const title = { zh: protocol.title.zh, en: protocol.title.en ?? protocol.title.zh }
  terminal.print(terminal.paint(say('cli.round-head', { number: protocol.number, title, phase: roundPhaseNames[phase] })[language], 'bold'))
  for (const { name, uscc, state } of laboratories) {
    const line = say('cli.round-laboratory', { name, uscc, state: laboratoryStateNames[state] })[language]
    terminal.print(`  ${terminal.paint(line, state === 'opened' || state === 'committed' || state === 'enrolled' ? 'pass' : 'warn')}`)
  }
  tellFindings(findings, terminal, language)
}

export const close: Action = async (files, args, terminal) => {
  const language = languageOf(args)
  const [out, keyOut] = [args.required('out'), args.text('key-out')]
  await checkOutput(out, inputsOf(files, args))
  if (keyOut !== undefined) await checkNew(keyOut)
  const { round } = await readRound(files, args, terminal)
  const made = reportOf(round)
  const record = { ...made.record, reportedOn: civilDateOf(momentOf(args, terminal)) }
  if (keyOut !== undefined) await writeSecret(keyOut, `${JSON.stringify({ key: made.key, keyDigest: made.keyDigest }, null, 2)}\n`)
  await replaceText(out, `${JSON.stringify(record, null, 2)}\n`)
  tellRecord(record, terminal, language)
  terminal.print(say('cli.round-digest', { digest: reportDigest(made) })[language])
  tellFindings(round.findings, terminal, language)
  terminal.warn(say('cli.round-record', { file: out })[language])
  if (keyOut !== undefined) terminal.warn(say('cli.round-key-kept', { file: keyOut })[language])
  return isFine(round.findings) ? 0 : 1
}

function tellRecord({ points }: ComparisonResult, terminal: Terminal, language: Language): void {
  for (const { id: point, reference, results } of points) {
    const { value, uncertainty } = reference
    if (uncertainty.form === 'expanded') {
      const line = say('cli.round-reference', { point, value, expanded: uncertainty.value, k: uncertainty.k })
      terminal.print(terminal.paint(line[language], 'bold'))
    }
    for (const { code, value: own, en = '—', outcome } of results) {
      const word = outcome === undefined ? '—' : language === 'zh' ? COMPARISON_OUTCOMES[outcome] : outcome
      terminal.print(
        terminal.paint(
          say('cli.round-outcome', { point, code, value: own, en, outcome: word })[language],
          outcome === 'satisfactory' ? 'pass' : 'warn',
        ),
      )
    }
  }
}

/** With --key, signs the report as a pilot; without it, checks the reports of the pilots. */
export const report: Action = async (files, args, terminal) => {
  const language = languageOf(args)
  const file = args.required('record')
  const signed = firstOf(statementOf({ name: file, bytes: await readBytes(file) }, 'metrology-record+jwt'))
  const record = decodeRecord(signed)?.record
  if (record?.kind !== 'comparison-result') throw fault('cli.round-not-result', { file })
  const recordId = statementId('metrology-record+jwt', signed.split('.')[1] as string)
  const read = await readRound(files, args, terminal)
  const { round } = read
  const checked = checkReport(round, { record, recordId })
  const differing = checked.findings.filter(({ code }) => code === 'round.report-differs')
  if (args.text('key') !== undefined) {
    if (differing.length > 0) {
      terminal.warn(say('cli.round-differs')[language])
      tellFindings(differing, terminal, language)
      return 1
    }
    const { expected } = checked
    const document: RoundReport = {
      kind: 'round-report',
      version: 1,
      number: round.protocol.number,
      round: round.id,
      record: recordId,
      statements: [...expected.statements],
      keyDigest: expected.keyDigest,
      ...(expected.publicKey.length > 0 && { key: [...expected.publicKey] }),
      on: civilDateOf(momentOf(args, terminal)),
    }
    await signInto(document, files, args, terminal)
    return 0
  }
  const digest = reportDigest(checked.expected)
  const recognitionsOf = await recognitionsIn(read, args, terminal)
  const recognitions = round.reports.filter(({ issuer }) => checked.signedBy.includes(issuer.uscc)).flatMap(recognitionsOf)
  if (isJson(args)) {
    const { isConfirmed, signedBy, findings } = checked
    terminal.printLines(JSON.stringify({ isConfirmed, signedBy, digest, findings, round: round.findings, recognitions }, null, 2))
  } else {
    const counts = { signed: checked.signedBy.length, pilots: round.protocol.pilots.length }
    const answer = checked.isConfirmed ? say('cli.round-confirmed') : say('cli.round-not-confirmed', counts)
    terminal.print(terminal.paint(answer[language], checked.isConfirmed ? 'pass' : 'fail'))
    terminal.print(say('cli.round-digest', { digest })[language])
    tellFindings(checked.findings, terminal, language)
    tellRecognitions(recognitions, terminal, language)
  }
  return checked.isConfirmed ? 0 : 1
}
