/** Derives entries of a trust list from authorisations that the authority has signed, so that nobody has to type them again. */
import { identifierKey } from '../../base/identifier.js'
import { aText, checkArgument } from '../../base/options.js'
import type { Authorisation } from '../../trust/index.js'
import { someJoint } from '../arguments.js'
import type { MetrologyAuthorisation } from '../kinds/authorisation.js'
import type { Joint, JointStatement } from '../open-joint.js'

/** The authorisations of one body, in the form of a trust list. */
export interface DrawnAuthorisations {
  readonly uscc: string
  readonly name: string
  readonly authorisations: readonly Authorisation[]
  /** Ids of the statements from which they were drawn. */
  readonly statements: readonly string[]
}

/**
 * Derives `authorisations` of a trust list from signed authorisations that count. If two have the same number, the one signed last counts.
 * Rows of the scope that differ in kinds or categories become separate entries; a row that states its smallest uncertainty becomes a
 * capability (测量范围和最小不确定度).
 * @param authority USCC; if given, only authorisations that this authority signed are used
 */
export function drawAuthorisations(joint: Joint, authority?: string): readonly DrawnAuthorisations[] {
  checkArgument('drawAuthorisations', 'joint', joint, someJoint)
  checkArgument('drawAuthorisations', 'authority', authority ?? '', aText)
  const newest = new Map<string, JointStatement<MetrologyAuthorisation>>()
  for (const one of joint.of('metrology-authorisation'))
    if (one.counts && (authority === undefined || one.issuer.uscc === authority))
      newest.set(`${one.issuer.uscc} ${one.document.holder.uscc} ${identifierKey(one.document.number)}`, one)
  const drawn = new Map<string, { name: string; authorisations: Authorisation[]; statements: string[] }>()
  for (const { document, statementId } of newest.values()) {
    const { uscc, name } = document.holder
    const own = drawn.get(uscc) ?? { name, authorisations: [], statements: [] }
    own.authorisations.push(...entriesOf(document))
    own.statements.push(statementId)
    drawn.set(uscc, own)
  }
  return [...drawn].map(([uscc, own]) => ({ uscc, ...own }))
}

type ScopeRow = MetrologyAuthorisation['scope'][number]

function entriesOf({ number, scope, from, until }: MetrologyAuthorisation): readonly Authorisation[] {
  const grouped = new Map<string, ScopeRow[]>()
  for (const row of scope) {
    const key = JSON.stringify([row.kinds, row.categories])
    grouped.set(key, [...(grouped.get(key) ?? []), row])
  }
  return [...grouped.values()].map((rows) => {
    const { kinds, categories } = rows[0] as ScopeRow
    const capabilities = rows.flatMap(capabilityOf)
    return { number, kinds, categories, from, to: until, ...(capabilities.length > 0 && { capabilities }) }
  })
}

const capabilityOf = ({ categories, uncertainty, range }: ScopeRow): NonNullable<Authorisation['capabilities']> =>
  uncertainty === undefined
    ? []
    : [
        {
          categories,
          smallest: uncertainty.value,
          unit: uncertainty.unit,
          ...(range?.lower !== undefined && { lower: range.lower }),
          ...(range?.upper !== undefined && { upper: range.upper }),
          ...(range !== undefined && { rangeUnit: range.unit }),
        },
      ]
