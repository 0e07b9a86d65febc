/** Correlation between the contributions of a budget (JCGM 100:2008 5.2): labels of full correlation, and signed coefficients r. */

import type { Finding } from '../base/check.js'
import { compare, type Decimal, formatDecimal, parseDecimal } from '../base/decimal.js'
import type { BudgetEntry } from '../records/index.js'
import { coded } from './uncertainty-messages.js'

/** Indices of two entries of a budget, and r. */
export interface CorrelatedPair {
  readonly a: number
  readonly b: number
  readonly r: Decimal
}

export interface Correlations {
  /** Every pair with a stated r, once, and the pairs with a common label among those entries. */
  readonly pairs: readonly CorrelatedPair[]
  /** Indices of the entries in the pairs. */
  readonly linked: ReadonlySet<number>
}

const ONE: Decimal = { coefficient: 1n, scale: 0 }
const MINUS_ONE: Decimal = { coefficient: -1n, scale: 0 }
const NONE: Correlations = { pairs: [], linked: new Set() }

const isStated = (budget: readonly BudgetEntry[]): boolean => budget.some(({ correlatedWith }) => correlatedWith !== undefined)

/** Reads the coefficients of a budget, or reports their faults. `path` points to the array of entries. */
export function readCorrelations(
  budget: readonly BudgetEntry[],
  path: string,
): { readonly correlations?: Correlations; readonly findings: readonly Finding[] } {
  if (!isStated(budget)) return { correlations: NONE, findings: [] }
  const findings: Finding[] = []
  const pairs = new Map<number, CorrelatedPair>()
  const keyOf = (a: number, b: number): number => Math.min(a, b) * budget.length + Math.max(a, b)
  budget.forEach(({ correlatedWith = [], correlation }, a) => {
    correlatedWith.forEach(({ entry: b, r: text }, at) => {
      const r = parseDecimal(text)
      const params = { entry: a + 1, other: b + 1, r: text }
      const earlier = pairs.get(keyOf(a, b))
      const isMarked = correlation !== undefined && correlation === budget[b]?.correlation
      const contradicts = (earlier !== undefined && compare(earlier.r, r) !== 0) || (isMarked && compare(r, ONE) !== 0)
      if (b === a || b >= budget.length || contradicts)
        findings.push({ code: coded('uncertainty.correlation-entry'), path: `${path}/${a}/correlatedWith/${at}`, params })
      else if (compare(r, ONE) > 0 || compare(r, MINUS_ONE) < 0)
        findings.push({ code: coded('uncertainty.correlation-coefficient'), path: `${path}/${a}/correlatedWith/${at}/r`, params })
      else pairs.set(keyOf(a, b), { a: Math.min(a, b), b: Math.max(a, b), r })
    })
  })
  if (findings.length > 0) return { findings }
  const correlations = withMarks(budget, [...pairs.values()], (a, b) => pairs.has(keyOf(a, b)))
  if (!isCorrelationMatrix(correlations)) return { findings: [{ code: coded('uncertainty.correlation-matrix'), path, params: {} }] }
  return { correlations, findings: [] }
}

/** Adds r = 1 between entries with one label, if a coefficient concerns any of them. */
function withMarks(
  budget: readonly BudgetEntry[],
  pairs: readonly CorrelatedPair[],
  isPaired: (a: number, b: number) => boolean,
): Correlations {
  const named = new Set(pairs.flatMap(({ a, b }) => [a, b]))
  const marks = new Set([...named].map((at) => budget[at]?.correlation))
  const linked = budget.flatMap(({ correlation }, at) =>
    named.has(at) || (correlation !== undefined && marks.has(correlation)) ? [at] : [],
  )
  const marked = linked.flatMap((a) =>
    linked
      .filter((b) => b > a && budget[a]?.correlation !== undefined && budget[a]?.correlation === budget[b]?.correlation && !isPaired(a, b))
      .map((b): CorrelatedPair => ({ a, b, r: ONE })),
  )
  return { pairs: [...pairs, ...marked], linked: new Set(linked) }
}

/** Well above the floating-point error in a matrix of a hundred rows, and well below a relevant printed digit. */
const SLACK = 1e-9

/**
 * True if the coefficients can be those of real quantities: if the matrix is positive semi-definite within the rounding of the
 * printed r. By Weyl's inequality, rounding moves no eigenvalue further than the largest row sum of half the last digits. The
 * diagonal is raised by that sum; a pivot that is not positive then proves that it is no correlation matrix. Only the pivots use
 * floating point.
 */
function isCorrelationMatrix({ pairs, linked }: Correlations): boolean {
  const places = new Map([...linked].map((at, row) => [at, row]))
  const rows = [...linked].map(() => [...linked].map(() => 0))
  const rounding = rows.map(() => 0)
  for (const { a, b, r } of pairs) {
    const [i, j] = [places.get(a) as number, places.get(b) as number]
    const value = Number(formatDecimal(r))
    ;(rows[i] as number[])[j] = value
    ;(rows[j] as number[])[i] = value
    const half = r.scale === 0 ? 0 : 0.5 * 10 ** -r.scale
    rounding[i] = (rounding[i] as number) + half
    rounding[j] = (rounding[j] as number) + half
  }
  const raised = Math.max(...rounding) + SLACK
  rows.forEach((row, at) => {
    row[at] = 1 + raised
  })
  return hasPositivePivots(rows)
}

/** Gaussian elimination of a symmetric matrix, in the array itself. */
function hasPositivePivots(rows: number[][]): boolean {
  for (let k = 0; k < rows.length; k++) {
    const pivotRow = rows[k] as number[]
    const pivot = pivotRow[k] as number
    if (pivot <= 0) return false
    for (let i = k + 1; i < rows.length; i++) {
      const row = rows[i] as number[]
      const factor = (row[k] as number) / pivot
      if (factor === 0) continue
      for (let j = k + 1; j < rows.length; j++) row[j] = (row[j] as number) - factor * (pivotRow[j] as number)
    }
  }
  return true
}
