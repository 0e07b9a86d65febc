/** Lists the changes from one version of an agreement to the next, clause by clause, for the authorities that sign it. */

import { provinceName } from '../catalogue/index.js'
import type { DocumentChange } from '../trust/index.js'
import type { AgreementPayload, Clause, ClauseCondition } from './agreement.js'
import { type AgreementChangeCode, coded } from './change-messages.js'

type Report = (code: AgreementChangeCode, params: Record<string, unknown>) => void

/** Changes in the order of the agreement; empty if only version, time of signing and tests differ. */
export function agreementChanges(prior: AgreementPayload | undefined, next: AgreementPayload): readonly DocumentChange[] {
  const changes: DocumentChange[] = []
  const report: Report = (code, params) => void changes.push({ code: coded(code), params })
  if (prior === undefined)
    report('agreement-change.first', { title: titleText(next.title), parties: next.parties.map(({ name }) => name.zh).join('、') })
  else {
    if (textsDiffer(prior.title, next.title))
      report('agreement-change.title', { before: titleText(prior.title), after: titleText(next.title) })
    partyChanges(prior.parties, next.parties, report)
  }
  if (prior?.from !== next.from || prior.to !== next.to) report('agreement-change.dates', { from: next.from, to: next.to ?? '—' })
  const before = new Map(prior?.clauses.map((clause) => [clause.id, clause]))
  const after = new Set(next.clauses.map(({ id }) => id))
  for (const { id, title } of prior?.clauses ?? [])
    if (!after.has(id)) report('agreement-change.clause-removed', { clause: id, title: titleText(title) })
  for (const clause of next.clauses) clauseChanges(before.get(clause.id), clause, report)
  // Of clauses that cover the same record the first applies, so their order is content.
  const order = (payload: AgreementPayload | undefined): string =>
    (payload?.clauses ?? [])
      .filter(({ id }) => before.has(id) && after.has(id))
      .map(({ id }) => id)
      .join()
  if (order(prior) !== order(next)) report('agreement-change.order', { order: next.clauses.map(({ id }) => id).join(', ') })
  return changes
}

function partyChanges(prior: AgreementPayload['parties'], next: AgreementPayload['parties'], report: Report): void {
  const idsOf = (parties: AgreementPayload['parties']): string[] => parties.map(({ uscc }) => uscc)
  reportSets('agreement-change.parties', {}, idsOf(prior), idsOf(next), report)
  for (const { uscc: party, name, region } of next) {
    const before = prior.find(({ uscc }) => uscc === party)
    if (before !== undefined && (before.region !== region || textsDiffer(before.name, name)))
      report('agreement-change.party', { party, name: titleText(name), region: provinceName(region) })
  }
}

function clauseChanges(prior: Clause | undefined, next: Clause, report: Report): void {
  const clause = next.id
  if (prior === undefined) report('agreement-change.clause-added', { clause, title: titleText(next.title), basis: next.basis })
  reportSets('agreement-change.kinds', { clause }, prior?.kinds ?? [], next.kinds, report)
  reportSets('agreement-change.categories', { clause }, listOf(prior?.categories), listOf(next.categories), report)
  reportSets('agreement-change.directions', { clause }, directionsOf(prior), directionsOf(next), report)
  if (prior?.from !== next.from || prior.to !== next.to)
    report('agreement-change.clause-dates', { clause, from: next.from, to: next.to ?? '—' })
  reportSets(
    'agreement-change.conditions',
    { clause },
    (prior?.conditions ?? []).map(conditionText),
    next.conditions.map(conditionText),
    report,
  )
  const [suffices, nowSuffices] = [prior?.labelSuffices === true, next.labelSuffices === true]
  if (suffices !== nowSuffices) report('agreement-change.label', { clause, before: YES_NO[`${suffices}`], after: YES_NO[`${nowSuffices}`] })
  if (prior === undefined || textsDiffer(prior.effect, next.effect))
    report('agreement-change.effect', { clause, effect: titleText(next.effect) })
  if (prior !== undefined && (textsDiffer(prior.title, next.title) || prior.basis !== next.basis))
    report('agreement-change.clause-title', { clause, title: titleText(next.title), basis: next.basis })
}

const YES_NO = { true: { zh: '是', en: 'yes' }, false: { zh: '否', en: 'no' } } as const

/** Reports added and removed values as one change, so that a replacement is one line. */
function reportSets(
  code: AgreementChangeCode,
  of: Record<string, unknown>,
  before: readonly string[],
  after: readonly string[],
  report: Report,
): void {
  const added = after.filter((one) => !before.includes(one))
  const removed = before.filter((one) => !after.includes(one))
  if (added.length > 0 || removed.length > 0) report(code, { ...of, added: added.join(', ') || '—', removed: removed.join(', ') || '—' })
}

const listOf = (categories: Clause['categories'] | undefined): readonly string[] => (categories === 'all' ? ['all'] : (categories ?? []))
const directionsOf = (clause: Clause | undefined): readonly string[] => (clause?.directions ?? []).map(({ from, to }) => `${from}→${to}`)

function conditionText({ name, ...parameters }: ClauseCondition): string {
  const shown = Object.entries(parameters).map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return shown.length === 0 ? name : `${name}(${shown.join(', ')})`
}

const titleText = ({ zh, en }: Clause['title']) => ({ zh, en: en ?? zh })
const textsDiffer = (one: Clause['title'], other: Clause['title']): boolean => one.zh !== other.zh || one.en !== other.en
