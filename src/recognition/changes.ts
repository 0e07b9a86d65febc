/** Lists what one version of an agreement changes against the previous one, clause by clause: what the authorities sign. */

import type { DocumentChange } from '../trust/index.js'
import type { AgreementPayload, Clause, ClauseCondition } from './agreement.js'
import { type AgreementChangeCode, coded } from './change-messages.js'

type Tell = (code: AgreementChangeCode, params: Record<string, unknown>) => void

/** In the order of the agreement. Empty where only version and time of signing differ. */
export function agreementChanges(prior: AgreementPayload | undefined, next: AgreementPayload): readonly DocumentChange[] {
  const changes: DocumentChange[] = []
  const tell: Tell = (code, params) => void changes.push({ code: coded(code), params })
  if (prior === undefined)
    tell('agreement-change.first', { title: titleText(next.title), parties: next.parties.map(({ name }) => name.zh).join('、') })
  else if (prior.title.zh !== next.title.zh) tell('agreement-change.title', { before: prior.title.zh, after: titleText(next.title) })
  const parties = (payload: AgreementPayload): string[] => payload.parties.map(({ uscc }) => uscc)
  if (prior !== undefined) tellSets('agreement-change.parties', {}, parties(prior), parties(next), tell)
  if (prior?.from !== next.from || prior.to !== next.to) tell('agreement-change.dates', { from: next.from, to: next.to ?? '—' })
  const before = new Map(prior?.clauses.map((clause) => [clause.id, clause]))
  const after = new Set(next.clauses.map(({ id }) => id))
  for (const { id, title } of prior?.clauses ?? [])
    if (!after.has(id)) tell('agreement-change.clause-removed', { clause: id, title: titleText(title) })
  for (const clause of next.clauses) clauseChanges(before.get(clause.id), clause, tell)
  // Of clauses that cover the same record the first applies, so their order is content.
  const order = (payload: AgreementPayload | undefined): string =>
    (payload?.clauses ?? [])
      .filter(({ id }) => before.has(id) && after.has(id))
      .map(({ id }) => id)
      .join()
  if (order(prior) !== order(next)) tell('agreement-change.order', { order: next.clauses.map(({ id }) => id).join(', ') })
  return changes
}

function clauseChanges(prior: Clause | undefined, next: Clause, tell: Tell): void {
  const clause = next.id
  if (prior === undefined) tell('agreement-change.clause-added', { clause, title: titleText(next.title), basis: next.basis })
  tellSets('agreement-change.kinds', { clause }, prior?.kinds ?? [], next.kinds, tell)
  tellSets('agreement-change.categories', { clause }, listOf(prior?.categories), listOf(next.categories), tell)
  tellSets('agreement-change.directions', { clause }, directionsOf(prior), directionsOf(next), tell)
  if (prior?.from !== next.from || prior.to !== next.to)
    tell('agreement-change.clause-dates', { clause, from: next.from, to: next.to ?? '—' })
  tellSets(
    'agreement-change.conditions',
    { clause },
    (prior?.conditions ?? []).map(conditionText),
    next.conditions.map(conditionText),
    tell,
  )
  if (prior === undefined || textsDiffer(prior.effect, next.effect))
    tell('agreement-change.effect', { clause, effect: titleText(next.effect) })
  if (prior !== undefined && (textsDiffer(prior.title, next.title) || prior.basis !== next.basis))
    tell('agreement-change.clause-title', { clause, title: titleText(next.title), basis: next.basis })
}

/** Removed and added values together, so that a reader sees an exchange as one. */
function tellSets(
  code: AgreementChangeCode,
  of: Record<string, unknown>,
  before: readonly string[],
  after: readonly string[],
  tell: Tell,
): void {
  const added = after.filter((one) => !before.includes(one))
  const removed = before.filter((one) => !after.includes(one))
  if (added.length > 0 || removed.length > 0) tell(code, { ...of, added: added.join(', ') || '—', removed: removed.join(', ') || '—' })
}

const listOf = (categories: Clause['categories'] | undefined): readonly string[] => (categories === 'all' ? ['all'] : (categories ?? []))
const directionsOf = (clause: Clause | undefined): readonly string[] => (clause?.directions ?? []).map(({ from, to }) => `${from}→${to}`)

function conditionText({ name, ...parameters }: ClauseCondition): string {
  const shown = Object.entries(parameters).map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return shown.length === 0 ? name : `${name}(${shown.join(', ')})`
}

const titleText = ({ zh, en }: Clause['title']) => ({ zh, en: en ?? zh })
const textsDiffer = (one: Clause['title'], other: Clause['title']): boolean => one.zh !== other.zh || one.en !== other.en
