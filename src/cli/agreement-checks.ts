/** Checks of the content of an agreement before it is signed: its own tests need not cover them, and both sides would have to sign again. */

import { instrumentCategories } from '../catalogue/index.js'
import { type AgreementPayload, conditionOf } from '../recognition/index.js'
import { kinds } from '../records/index.js'
import { fault, say } from './agreement-messages.js'
import { type Arguments, nearest } from './command.js'
import type { Terminal } from './terminal.js'

/**
 * An agreement may have kinds and conditions of later versions, but this version cannot mean them: an unknown kind is a typing error
 * that recognises nothing; an unknown condition or category is reported, since the other side may know it.
 * @throws `agreement.condition`, `joint.clause-mixed`, `cli.agreement-kind`, `cli.agreement-clause-twice`, `cli.agreement-dates`
 */
export async function checkClauses(payload: AgreementPayload, args: Arguments, terminal: Terminal): Promise<void> {
  const [{ checkJointClauses, jointKinds }, { jointConditionOf }] = await Promise.all([
    import('../joint/index.js'),
    import('../joint/inside.js'),
  ])
  checkJointClauses(payload)
  const known = [...kinds.keys(), ...jointKinds.keys()]
  const note = (code: 'cli.agreement-condition' | 'cli.agreement-category', params: Record<string, string>): void =>
    terminal.warn(say(code, params)[args.choice('lang', ['zh', 'en'])])
  checkDates(payload, '')
  for (const [at, clause] of payload.clauses.entries()) {
    const path = `/clauses/${at}`
    if (payload.clauses.findIndex(({ id }) => id === clause.id) !== at)
      throw fault('cli.agreement-clause-twice', { clause: clause.id, path: `${path}/id` })
    checkDates(clause, path)
    for (const [place, kind] of clause.kinds.entries())
      if (!known.includes(kind))
        throw fault('cli.agreement-kind', { kind, path: `${path}/kinds/${place}`, near: nearest(kind, known), known: known.join(', ') })
    for (const [place, { name }] of clause.conditions.entries())
      if (conditionOf(name) === undefined && jointConditionOf(name) === undefined)
        note('cli.agreement-condition', { name, path: `${path}/conditions/${place}` })
    for (const [place, category] of clause.categories === 'all' ? [] : clause.categories.entries())
      if (!instrumentCategories.has(category)) note('cli.agreement-category', { category, path: `${path}/categories/${place}` })
  }
}

/** @throws `cli.agreement-dates` */
function checkDates({ from, to }: { readonly from: string; readonly to?: string | undefined }, path: string): void {
  if (to !== undefined && to < from) throw fault('cli.agreement-dates', { from, to, path: `${path}/to` })
}
