/**
 * Finds the clauses of an agreement that cover a kind of statement in one direction, for its categories, on a day, or what no clause
 * covers.
 */
import type { CivilDate } from '../../base/date.js'
import type { Text } from '../../base/message.js'
import { categoryName, provinceName } from '../../catalogue/index.js'
import { type AgreementPayload, type Clause, type ClauseMiss, type ClauseQuestion, findClause } from '../../recognition/index.js'
import { found, type JointFinding } from '../finding.js'

/** What the clauses of an agreement must cover. */
export interface Asked {
  readonly kind: string
  readonly title: Text
  /** Categories of the work. Only a clause on all categories covers `all` or an empty list. Undefined if the categories are not known. */
  readonly categories: 'all' | readonly string[] | undefined
  readonly from: string
  readonly to: string
  /** Day of the fact. */
  readonly day: CivilDate
}

export interface Covering {
  /** Clauses that cover it together, one for each category. */
  readonly clauses: readonly Clause[]
  /** What no clause covers, or could not be compared. */
  readonly findings: readonly JointFinding[]
  /** Whether any clause names the kind. */
  readonly isNamed: boolean
}

export function coveringOf(payload: AgreementPayload, asked: Asked): Covering {
  const { kind, from, to, day, categories } = asked
  const question = { kind, from, to, factDate: day }
  const ofAll = { ...payload, clauses: payload.clauses.map((clause) => ({ ...clause, categories: 'all' as const })) }
  const wide = findClause(ofAll, question)
  if ('miss' in wide)
    return { clauses: [], findings: wide.miss === 'kind' ? [] : [missOf(wide.miss, asked)], isNamed: wide.miss !== 'kind' }
  if (categories === undefined)
    return ofUnknown(findClause(payload, question), payload.clauses[ofAll.clauses.indexOf(wide.clause as never)])
  const asks = categories === 'all' || categories.length === 0 ? [undefined] : [...new Set(categories)]
  const answers = asks.map((category) => ({ category, answer: findClause(payload, { ...question, category }) }))
  return {
    clauses: [...new Set(answers.flatMap(({ answer }) => ('clause' in answer ? [answer.clause] : [])))],
    findings: answers.flatMap(({ answer, category }) => ('miss' in answer ? [missOf(answer.miss, asked, category)] : [])),
    isNamed: true,
  }
}

/** If the category is not known, the clause is certain only if the first clause that may apply is one on all categories. */
function ofUnknown(sure: ReturnType<typeof findClause>, first: Clause | undefined): Covering {
  if ('clause' in sure && sure.clause === first) return { clauses: [sure.clause], findings: [], isNamed: true }
  return { clauses: [], findings: [found('joint-clause.category-unknown', { status: 'unknown' })], isNamed: true }
}

function missOf(miss: ClauseMiss, { title, from, to, day }: Asked, category?: ClauseQuestion['category']): JointFinding {
  const { zh, en } = title
  const params = { title: { zh, en }, from: provinceName(from), to: provinceName(to), on: day }
  if (miss === 'direction') return found('joint-clause.no-direction', { params })
  if (miss === 'date') return found('joint-clause.no-date', { params })
  const named = category === undefined ? { zh: '全部器具类别', en: 'all instruments' } : categoryName(category)
  return found('joint-clause.no-category', { params: { ...params, category: { zh: named.zh, en: named.en } } })
}
