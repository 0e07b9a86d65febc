/** What the command `joint` prints. */
import { civilDateOf } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import { provinceName } from '../../catalogue/index.js'
import {
  type AllianceState,
  type CheckedStandard,
  type FoundCapability,
  type JointFinding,
  type JointKindRow,
  type JointStatement,
  jointKinds,
  memberRoles,
} from '../../joint/index.js'
import { capabilityMark, capabilityMarks, notComparedText } from '../../joint/inside.js'
import type { Terminal } from '../terminal.js'
import { say } from './messages.js'

export type Language = 'zh' | 'en'

const PAINT = { fail: 'fail', warn: 'warn', unknown: 'warn' } as const

/** Findings, one a line, with what to do. */
export function tellFindings(findings: readonly JointFinding[], terminal: Terminal, language: Language): void {
  for (const { code, status, path, message } of findings) {
    const advice = message.advice === undefined ? '' : ` ${message.advice[language]}`
    terminal.print(`  ${terminal.paint(code, PAINT[status])}${path === undefined ? '' : ` ${path}`} ${message[language]}${advice}`)
  }
}

const textOf = ({ zh, en }: { readonly zh: string; readonly en?: string | undefined }): Text => ({ zh, en: en ?? zh })

export function tellStatement(
  { document, issuer, claims, counts, findings }: JointStatement,
  terminal: Terminal,
  language: Language,
): void {
  const { title, subject } = jointKinds.get(document.kind) as JointKindRow
  const line = say('cli.joint-line', { title, subject: subject(document), issuer: textOf(issuer.name), date: civilDateOf(claims.iat) })
  const word = say(counts ? 'cli.joint-counts' : 'cli.joint-not-counting')[language]
  terminal.print(`${terminal.paint(word, counts ? 'pass' : 'fail')}  ${line[language]}`)
  tellFindings(findings, terminal, language)
}

export function tellAlliance({ text, members, findings }: AllianceState, terminal: Terminal, language: Language): void {
  if (text !== undefined) terminal.print(textOf(text.document.name)[language])
  for (const { name, role, isMember } of members) {
    const [zh, en] = memberRoles[role as keyof typeof memberRoles] ?? [role, role]
    const state = say(isMember ? 'cli.joint-is-member' : 'cli.joint-no-member')
    terminal.print(`  ${say('cli.joint-member', { name, role: { zh, en }, state })[language]}`)
  }
  tellFindings(findings, terminal, language)
}

export function tellCapability(one: FoundCapability, terminal: Terminal, language: Language): void {
  const { statement, item, suffices, recognisedIn, findings } = one
  const { lower = '', upper = '', unit } = item.range
  const { uncertainty } = item
  const names = recognisedIn.map((region) => provinceName(region)?.[language] ?? region)
  const line = say('cli.joint-can', {
    name: textOf(statement.issuer.name),
    region: provinceName(one.region) ?? one.region,
    quantity: textOf(item.quantity),
    range: `${lower}~${upper} ${unit}`,
    uncertainty: uncertainty === undefined ? say('cli.joint-no-uncertainty') : say('cli.joint-uncertainty', { k: '2', ...uncertainty }),
    number: item.authorisationNo,
    grant: capabilityMarks[capabilityMark(one)],
    recognised:
      names.length === 0
        ? say('cli.joint-not-recognised')
        : say('cli.joint-recognised', { regions: names.join(language === 'zh' ? '、' : ', ') }),
  })
  terminal.print(line[language])
  if (suffices === undefined) terminal.print(`  ${terminal.paint(notComparedText[language], 'warn')}`)
  tellFindings(findings, terminal, language)
}

export function tellStandard({ index, name, assessment, findings }: CheckedStandard, terminal: Terminal, language: Language): void {
  const isFine = findings.length === 0
  const state = isFine ? say('cli.joint-standard-fine', { number: assessment?.document.number }) : say('cli.joint-standard-differs')
  terminal.print(say('cli.joint-standard', { standard: index + 1, name, state })[language])
  tellFindings(findings, terminal, language)
}
