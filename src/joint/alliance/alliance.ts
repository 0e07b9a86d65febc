/** Derives the state of an alliance from its statements: the text of its lead, and the consent of each member. */
import type { CivilDate } from '../../base/date.js'
import { aText, checkArgument, checkOptions, optional } from '../../base/options.js'
import { aDay, someJoint } from '../arguments.js'
import { found, type JointFinding } from '../finding.js'
import type { Alliance } from '../kinds/alliance.js'
import type { AllianceMembership } from '../kinds/alliance-membership.js'
import type { Joint, JointStatement } from '../open-joint.js'
import { bothLanguages } from '../words.js'

export interface AllianceMember {
  readonly uscc: string
  readonly name: string
  readonly role: string
  readonly region: string
  /** Whether it is a member on the day `on`: the text lists it, and it has consented. */
  readonly isMember: boolean
  /** Id of the statement by which it joined or left. */
  readonly consent?: string
}

export interface AllianceState {
  /** The newest revision of the text; absent if it is undecided which text counts. */
  readonly text?: JointStatement<Alliance>
  readonly members: readonly AllianceMember[]
  readonly findings: readonly JointFinding[]
}

export interface AllianceQuestion {
  /** Day for which the alliance is determined, YYYY-MM-DD. */
  readonly on: CivilDate
  /** USCC of the lead, needed if two bodies use the same number. */
  readonly lead?: string
}

/**
 * Determines an alliance on a day. The order in which the statements were opened has no effect. Only texts that the lead or the secretariat
 * signed count. If two bodies signed texts under one number, the alliance is undecided unless `lead` is given.
 * @param number number of the alliance
 */
export function allianceOf(joint: Joint, number: string, question: AllianceQuestion): AllianceState {
  checkArgument('allianceOf', 'joint', joint, someJoint)
  checkArgument('allianceOf', 'number', number, aText)
  checkOptions('allianceOf', question, { on: aDay, lead: optional(aText) })
  const { on, lead } = question
  const texts = joint.of('alliance', number).filter(({ counts }) => counts)
  const [own, others] = [texts.filter(isByLead), texts.filter((one) => !isByLead(one))]
  const findings = others.map(({ statementId, issuer }) =>
    found('alliance.signer-not-lead', { status: 'warn', statementId, params: { number, name: bothLanguages(issuer.name) } }),
  )
  const asked = own.filter(({ issuer }) => lead === undefined || issuer.uscc === lead)
  const leads = new Set(asked.map(({ issuer }) => issuer.uscc))
  if (leads.size > 1) {
    const names = [...leads].sort().join(', ')
    return { members: [], findings: [...findings, found('alliance.two-leads', { status: 'unknown', params: { number, leads: names } })] }
  }
  const revision = Math.max(...asked.map(({ document }) => document.revision))
  const [text, second] = asked.filter(({ document }) => document.revision === revision)
  if (text === undefined) return { members: [], findings }
  if (second !== undefined)
    return { members: [], findings: [...findings, found('alliance.two-versions', { status: 'unknown', params: { number, revision } })] }
  return membersOf(text, joint.of('alliance-membership', number), { on, findings })
}

const isByLead = ({ document, issuer }: JointStatement<Alliance>): boolean =>
  document.members.some(({ party, role }) => party.uscc === issuer.uscc && (role === 'lead' || role === 'secretariat'))

function membersOf(
  text: JointStatement<Alliance>,
  consents: readonly JointStatement<AllianceMembership>[],
  { on, findings }: { readonly on: CivilDate; readonly findings: readonly JointFinding[] },
): AllianceState {
  const listed = text.document.members.filter(({ from, until }) => from <= on && (until === undefined || on <= until))
  const all = [...findings]
  const isOver = text.document.from > on || (text.document.until !== undefined && on > text.document.until)
  const members = listed.map(({ party, role, region }, at): AllianceMember => {
    const last = consentOf(consents, party.uscc, on)
    const path = `/document/members/${at}`
    const state = stateOf(last, on)
    if (state !== undefined) all.push(found(state, { status: 'warn', path, params: { name: party.name, on: last?.document.on } }))
    return {
      uscc: party.uscc,
      name: party.name,
      role,
      region,
      isMember: state === undefined && !isOver,
      ...(last && { consent: last.statementId }),
    }
  })
  const names = new Set(text.document.members.map(({ party }) => party.uscc))
  for (const { document, counts, statementId } of consents)
    if (counts && document.action === 'join' && !names.has(document.member.uscc))
      all.push(found('alliance.not-listed', { status: 'warn', statementId, params: { name: document.member.name } }))
  return { text, members, findings: all }
}

/**
 * Returns the last statement of a body that is in effect on a day; if none is, the first by which it joins. A statement on leaving counts
 * only together with one on joining by the same day: alone, it is no consent.
 */
function consentOf(
  consents: readonly JointStatement<AllianceMembership>[],
  uscc: string,
  on: CivilDate,
): JointStatement<AllianceMembership> | undefined {
  const own = consents.filter(({ document, counts }) => counts && document.member.uscc === uscc)
  const joins = own.filter(({ document }) => document.action === 'join')
  const inEffect = own
    .filter(({ document }) => document.on <= on)
    .filter(({ document: { action, on: left } }) => action === 'join' || joins.some(({ document }) => document.on <= left))
  return inEffect.at(-1) ?? joins[0]
}

function stateOf(last: JointStatement<AllianceMembership> | undefined, on: CivilDate) {
  if (last === undefined) return 'alliance.no-consent' as const
  // The day of leaving is the last day of membership.
  if (last.document.action === 'leave') return last.document.on < on ? ('alliance.left' as const) : undefined
  return last.document.on > on ? ('alliance.consent-later' as const) : undefined
}
