/** Prints the results of the command `joint`. */
import { civilDateOf } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import { provinceName } from '../../catalogue/index.js'
import {
  type AllianceState,
  type CheckedStandard,
  type FoundCapability,
  type JointFinding,
  type JointKindRow,
  type JointOutcome,
  type JointRecognition,
  type JointStatement,
  jointKinds,
  memberRoles,
} from '../../joint/index.js'
import { capabilityMark, capabilityMarks, type DueStep, dueDetail, dueTitle, notComparedText } from '../../joint/inside.js'
import type { Terminal } from '../terminal.js'
import { say } from './messages.js'

export type Language = 'zh' | 'en'

/** A statement, and where it counts by the agreement. */
export type RecognisedStatement = JointStatement & { readonly recognitions: readonly JointRecognition[] }

const PAINT = { fail: 'fail', warn: 'warn', unknown: 'warn' } as const

/** Prints findings, one per line, with their advice. */
export function tellFindings(findings: readonly JointFinding[], terminal: Terminal, language: Language, indent = '  '): void {
  for (const { code, status, path, message } of findings) {
    const advice = message.advice === undefined ? '' : `${language === 'zh' ? '。' : '. '}${message.advice[language]}`
    terminal.print(`${indent}${terminal.paint(code, PAINT[status])}${path === undefined ? '' : ` ${path}`} ${message[language]}${advice}`)
  }
}

const textOf = ({ zh, en }: { readonly zh: string; readonly en?: string | undefined }): Text => ({ zh, en: en ?? zh })

export function tellStatement(
  { document, issuer, claims, counts, findings, recognitions }: RecognisedStatement,
  terminal: Terminal,
  language: Language,
): void {
  const { title, subject } = jointKinds.get(document.kind) as JointKindRow
  const params = { title, subject: subject(document), issuer: textOf(issuer.name), date: civilDateOf(claims.iat) }
  // A pilot may open the result of a laboratory that withholds it; name that laboratory then.
  const about = 'laboratory' in document && document.laboratory.uscc !== issuer.uscc ? document.laboratory.name : undefined
  const line = about === undefined ? say('cli.joint-line', params) : say('cli.joint-about', { ...params, about })
  const word = say(counts ? 'cli.joint-counts' : 'cli.joint-not-counting')[language]
  terminal.print(`${terminal.paint(word, counts ? 'pass' : 'fail')}  ${line[language]}`)
  tellFindings(findings, terminal, language)
  tellRecognitions(
    recognitions.filter(({ outcome }) => outcome !== 'no-clause'),
    terminal,
    language,
  )
}

/** Prints the kinds without a clause in the agreement, once, below all statements. */
export function tellWithoutClause(statements: readonly RecognisedStatement[], terminal: Terminal, language: Language): void {
  const titles = new Map<string, Text>()
  for (const { document, recognitions } of statements)
    if (recognitions.some(({ outcome }) => outcome === 'no-clause'))
      titles.set(document.kind, (jointKinds.get(document.kind) as JointKindRow).title)
  if (titles.size === 0) return
  const [zh, en] = [[...titles.values()].map((title) => title.zh), [...titles.values()].map((title) => title.en)]
  const line = say('cli.joint-no-clause', { titles: { zh: zh.join('、'), en: en.join(', ') } })
  terminal.print(terminal.paint(line[language], 'dim'))
}

const AS: Readonly<Record<JointOutcome, Parameters<Terminal['paint']>[1]>> = {
  recognised: 'pass',
  'not-recognised': 'fail',
  indeterminate: 'warn',
  'no-clause': 'dim',
}

/** Prints where a statement counts by the agreement, one province per line, with the unmet conditions. */
export function tellRecognitions(recognitions: readonly JointRecognition[], terminal: Terminal, language: Language): void {
  for (const { outcome, message, findings } of recognitions) {
    terminal.print(`  ${terminal.paint(message[language], AS[outcome])}`)
    tellFindings(findings, terminal, language, '    ')
  }
}

/** The steps that are due, one per line. */
export const dueLines = (steps: readonly DueStep[], language: Language): readonly string[] =>
  steps.map((step) => say('cli.joint-due', { step: dueTitle(step), detail: dueDetail(step) })[language])

export function tellAlliance(
  {
    text,
    members,
    findings,
    recognitions,
    due,
  }: AllianceState & { readonly recognitions: readonly JointRecognition[]; readonly due: readonly DueStep[] },
  terminal: Terminal,
  language: Language,
): void {
  if (text !== undefined) terminal.print(textOf(text.document.name)[language])
  for (const { name, role, isMember } of members) {
    const [zh, en] = memberRoles[role as keyof typeof memberRoles] ?? [role, role]
    const state = say(isMember ? 'cli.joint-is-member' : 'cli.joint-no-member')
    terminal.print(`  ${say('cli.joint-member', { name, role: { zh, en }, state })[language]}`)
  }
  tellFindings(findings, terminal, language)
  tellRecognitions(recognitions, terminal, language)
  for (const line of dueLines(due, language)) terminal.print(line)
}

export function tellCapability(one: FoundCapability, terminal: Terminal, language: Language): void {
  const { statement, item, suffices, results, claim, findings } = one
  const { lower = '', upper = '', unit } = item.range
  const { uncertainty } = item
  const line = say('cli.joint-can', {
    name: textOf(statement.issuer.name),
    region: provinceName(one.region) ?? one.region,
    quantity: textOf(item.quantity),
    range: `${lower}~${upper} ${unit}`,
    uncertainty: uncertainty === undefined ? say('cli.joint-no-uncertainty') : say('cli.joint-uncertainty', { k: '2', ...uncertainty }),
    number: item.authorisationNo,
    grant: capabilityMarks[capabilityMark(one)],
  })
  terminal.print(line[language])
  if (suffices === undefined) terminal.print(`  ${terminal.paint(notComparedText[language], 'warn')}`)
  tellFindings(findings, terminal, language)
  if (results.length === 0) terminal.print(`  ${terminal.paint(say('cli.joint-no-agreement')[language], 'dim')}`)
  // Do not print findings of the claim twice.
  const told = new Set(findings.map(({ code }) => code))
  const ofClaim = claim
    .filter(({ outcome }) => outcome !== 'no-clause')
    .map((one) => ({ ...one, findings: one.findings.filter(({ code }) => !told.has(code)) }))
  tellRecognitions([...results, ...ofClaim], terminal, language)
}

export function tellStandard({ index, name, assessment, findings }: CheckedStandard, terminal: Terminal, language: Language): void {
  const isFine = findings.length === 0
  const state = isFine ? say('cli.joint-standard-fine', { number: assessment?.document.number }) : say('cli.joint-standard-differs')
  terminal.print(say('cli.joint-standard', { standard: index + 1, name, state })[language])
  tellFindings(findings, terminal, language)
}
