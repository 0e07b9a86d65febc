// The BIPM's key comparisons of activity (CCRI(II)): every published activity result with a budget states its uncertainty in
// percent instead of as an absolute value, and our rule must report each; |En| is recomputed from the degrees of equivalence.
//   npx tsx --tsconfig tests/tsconfig.json tests/oracles/comparisons.ts [folder]
import { scoreDifference } from 'tongheng/comparison'
import { judgeUncertainty } from 'tongheng/conformance'
import type { Quantity } from 'tongheng/records'
import { type OracleResult, runAsScript, tally } from '../support/oracle.ts'
import { readText, xmlFiles } from '../support/vectors.ts'
import { childText, type Element, elements, parseXml } from '../support/xml.ts'

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
/** Converts a number of the data to decimal text: `.5`, `+1` and `1.` occur there. */
const decimalOf = (text: string | undefined): string | undefined => {
  const plain = text
    ?.replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '')
  return plain !== undefined && DECIMAL.test(plain) ? plain : undefined
}

/** Uncertainty of a D-SI real quantity, in its old and its new form. */
function uncertaintyOf(result: Element): { value: string | undefined; k: string } {
  const expanded = childText(result, 'uncertainty') ?? childText(result, 'valueExpandedMU')
  if (expanded !== undefined) return { value: decimalOf(expanded), k: decimalOf(childText(result, 'coverageFactor')) ?? '1' }
  return { value: decimalOf(childText(result, 'valueStandardMU')), k: '1' }
}

/** Two integers in the ratio of two decimals, computed independently of the package. */
function asWhole(a: string, b: string): [bigint, bigint] {
  const places = (text: string): number => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0)
  const most = Math.max(places(a), places(b))
  const whole = (text: string): bigint => BigInt(text.replace('.', '') + '0'.repeat(most - places(text)))
  return [whole(a), whole(b)]
}

export function run(path: string): OracleResult {
  const files = [...xmlFiles(path)]
  const lines: string[] = []
  const leftOut = tally()
  let [budgets, degrees] = [0, 0]
  for (const file of files.sort()) {
    const root = parseXml(readText(file))
    const name = file.slice(file.lastIndexOf('/') + 1)
    for (const activity of elements(root, 'activity')) {
      const [typeA, typeB] = [decimalOf(childText(activity, 'relStdUncertTypeA')), decimalOf(childText(activity, 'relStdUncertTypeB'))]
      const value = decimalOf(childText(activity, 'value'))
      const { value: stated, k } = uncertaintyOf(activity)
      if (typeA === undefined && typeB === undefined) leftOut.add('activity result without a budget')
      else if (value === undefined || stated === undefined) leftOut.add('activity result with a budget, without a value or an uncertainty')
      else {
        budgets++
        const entry = (type: 'A' | 'B', standard: string) => ({ source: { zh: type }, type, standard, relativeTo: '%' as const })
        const quantity: Quantity = {
          value,
          unit: 'kBq',
          uncertainty: {
            form: 'expanded',
            value: stated,
            k,
            budget: [...(typeA === undefined ? [] : [entry('A', typeA)]), ...(typeB === undefined ? [] : [entry('B', typeB)])],
          },
        }
        const codes = judgeUncertainty(quantity, '').map(({ code }) => code)
        if (!codes.includes('uncertainty.percent-as-absolute'))
          lines.push(
            `${name}: ${value} ± ${stated} (k = ${k}), A ${typeA ?? '–'} %, B ${typeB ?? '–'} %: found ${codes.join(', ') || 'nothing'}`,
          )
      }
    }
    for (const degree of elements(root, 'degreeOfEquivalence')) {
      const difference = decimalOf(childText(degree, 'value'))
      const { value: expanded } = uncertaintyOf(degree)
      if (difference === undefined || expanded === undefined || /^-|^[0.]+$/.test(expanded)) {
        leftOut.add('degree of equivalence without a value or an uncertainty')
        continue
      }
      degrees++
      const { en, outcome } = scoreDifference(difference, expanded)
      const [d, u] = asWhole(difference, expanded)
      const size = d < 0n ? -d : d
      const expected = size <= u ? 'satisfactory' : 'unsatisfactory'
      // |En| to two digits: 2·100·|d| / 2u to the nearest, computed in integers; a tie may be rounded either way.
      const hundredths = (200n * size + u) / (2n * u)
      const isTie = (200n * size + u) % (2n * u) === 0n
      const shown = BigInt(en.replace(/[-.]/g, ''))
      if (
        outcome !== expected ||
        (shown !== hundredths && !(isTie && shown === hundredths - 1n)) ||
        (shown !== 0n && en.startsWith('-') !== d < 0n)
      )
        lines.push(`${name}: D = ${difference}, U = ${expanded}: En ${en}, ${outcome}; expected ${hundredths}/100, ${expected}`)
    }
  }
  return {
    lines,
    cases: budgets + degrees,
    leftOut: leftOut.counts,
    of: `${budgets} activity results with a budget, ${degrees} degrees of equivalence`,
  }
}

await runAsScript(import.meta.url, 'bipm-ccri-ii', run)
