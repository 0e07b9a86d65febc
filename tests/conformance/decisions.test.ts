// Why this exists: a decision rule must not have arithmetic errors. 12,000 rows decided with fractions in Python must have the
// same decision here.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type Column, isUncertaintyAtMost, isWithinLimits, type JudgedRow, judgeRows } from 'tongheng/records'
import { expect, it } from 'vitest'
import { column, read, table } from '../records/tables.ts'

const VECTORS = new URL('./vectors/decisions.tsv.gz', import.meta.url)
const lines = gunzipSync(readFileSync(VECTORS)).toString().trimEnd().split('\n')
const THIRD = { numerator: 1n, denominator: 3n }

/** The row of a vector and the decision by Python. */
function parse(line: string) {
  const [reference, indication, errorUnit, error, limitUnit, lower, upper, form, uncertaintyUnit, uncertainty, k, rule, within, third] =
    line.split('\t') as string[]
  const columns: Column[] = [
    column('reference', 'L'),
    column('error', errorUnit),
    column('lower-limit', limitUnit),
    column('upper-limit', limitUnit),
  ]
  const cells: (string | null)[] = [reference as string, error as string, lower || null, upper || null]
  if (indication) {
    columns.push(column('indication', 'L'))
    cells.push(indication)
  }
  if (form !== 'none') {
    const { k: _, ...bare } = column((form as string).replace('-no-k', '') as Column['role'], uncertaintyUnit)
    columns.push(form?.endsWith('-no-k') ? bare : { ...bare, k: k as string })
    cells.push(uncertainty as string)
  }
  return { of: table(columns, cells), guarded: rule === 'guarded-acceptance', expected: `${within} ${third}` }
}

const shown = (answer: boolean | undefined): string => (answer === undefined ? '?' : answer ? '1' : '0')

it('the decision on each of 12,000 rows, in every form of U and unit of limits, equals that of Python fractions', () => {
  expect(lines).toHaveLength(12_000)
  const disagreements = lines.filter((line) => {
    const { of, guarded, expected } = parse(line)
    const [row] = judgeRows([read(of)]).judged as [JudgedRow]
    return `${shown(isWithinLimits(row, guarded))} ${shown(isUncertaintyAtMost(row, THIRD))}` !== expected
  })
  expect(disagreements).toEqual([])
})
