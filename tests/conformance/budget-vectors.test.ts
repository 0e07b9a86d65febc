// Why this exists: the arithmetic of budgets must agree with an independent implementation: fractions in Python, by
// tests/oracles/budgets.py. That script also describes how to regenerate the vectors.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { judgeUncertainty } from 'tongheng/conformance'
import type { BudgetEntry, Uncertainty } from 'tongheng/records'
import { expect, it } from 'vitest'

type Vector = readonly [
  entries: readonly string[],
  pairs: readonly (readonly [a: number, b: number, r: string])[],
  k: string,
  stated: string,
  u: string,
  verdict: 'pass' | 'differs' | 'matrix',
]
const vectors = JSON.parse(
  gunzipSync(readFileSync(new URL('../oracles/budgets.json.gz', import.meta.url))).toString('utf8'),
) as readonly Vector[]
const CODES = { pass: [], differs: ['uncertainty.budget-differs'], matrix: ['uncertainty.correlation-matrix'] }

function budgetOf([entries, pairs]: Vector): BudgetEntry[] {
  return entries.map((standard, at) => {
    const correlatedWith = pairs.filter(([a]) => a === at).map(([, entry, r]) => ({ entry, r }))
    return { source: { zh: '分量' }, type: 'B', standard, ...(correlatedWith.length > 0 && { correlatedWith }) }
  })
}

it('judgeUncertainty agrees with Python fractions in every verdict and in the value of u', () => {
  const disagreements: string[] = []
  for (const [at, vector] of vectors.entries()) {
    const [, , k, stated, u, verdict] = vector
    const budget = budgetOf(vector)
    const found = judgeUncertainty({ uncertainty: { form: 'expanded', value: stated, k, budget } }, '').map(({ code }) => code)
    if (`${found}` !== `${CODES[verdict]}`) disagreements.push(`${at}: ${verdict}, found ${found}`)
    if (verdict === 'matrix') continue
    // A grossly wrong U is always reported, with the u that follows from the budget to ten digits.
    const absurd: Uncertainty = { form: 'standard', value: '999999.0000000000', budget }
    const shown = judgeUncertainty({ uncertainty: absurd }, '')[0]?.params?.['expected']
    if (shown !== u) disagreements.push(`${at}: u ${shown}, not ${u}`)
  }
  expect(disagreements).toEqual([])
  expect(vectors).toHaveLength(2000)
  expect(new Set(vectors.map(([, , , , , verdict]) => verdict))).toEqual(new Set(['pass', 'differs', 'matrix']))
})
