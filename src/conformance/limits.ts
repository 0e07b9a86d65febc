/** Order of limits: with swapped limits every value would be outside, so a failure would result from a clerical error. */
import type { Finding } from '../base/check.js'
import { compare, formatDecimal, parseDecimal } from '../base/decimal.js'
import { defineTexts } from '../base/message.js'
import { compareRational, fromDecimal } from '../base/rational.js'
import { convertExactly, isCommensurable } from '../catalogue/index.js'
import { columnsOf, decimalAt, type Limits, pointer, type ReadColumn, type ReadTable } from '../records/index.js'
import { hasTables, needsOf, type Rule } from './rule.js'

export const limitTexts = defineTexts({
  rows: {
    'limits.order': { zh: '上、下限的次序', en: 'Order of lower and upper limits' },
  },
  codes: {
    'limits.reversed': {
      zh: '下限 {lower} 大于上限 {upper}',
      en: 'The lower limit {lower} is above the upper limit {upper}',
      advice: { zh: '请核对后对调或改正', en: 'Swap or correct them' },
    },
  },
})

const order: Rule = {
  id: 'limits.order',
  group: 'conformance',
  since: '0.2.0',
  basis: 'JJF 1001—2011 7.7, 7.27',
  needs: needsOf((kind) => [...(hasTables(kind) ? ['results'] : []), ...kind.limits.members]),
  codes: { 'limits.reversed': 'fail' },
  evaluate(context) {
    const { record, kind } = context
    const findings: Finding[] = []
    let compared = false
    kind.limits.visit(record, (limits, path) => {
      const { lower, upper } = limits as Limits
      if (lower === undefined || upper === undefined) return
      compared = true
      if (compare(parseDecimal(lower), parseDecimal(upper)) > 0) findings.push({ code: 'limits.reversed', path, params: { lower, upper } })
    })
    if (hasTables(kind)) for (const read of context.tables) compared = orderOf(read, findings) || compared
    return compared ? findings : undefined
  },
}

/** True if any row of the table has both limits in comparable units; adds a finding for reversed ones. */
function orderOf(read: ReadTable, findings: Finding[]): boolean {
  let compared = false
  for (const low of columnsOf(read, 'lower-limit')) {
    const high = columnsOf(read, 'upper-limit').find(
      ({ column }) => column.bounds === low.column.bounds && column.direction === low.column.direction,
    )
    compared = orderOfPair(read, low, high, findings) || compared
  }
  return compared
}

function orderOfPair(read: ReadTable, low: ReadColumn, high: ReadColumn | undefined, findings: Finding[]): boolean {
  if (low.unit === undefined || high?.unit === undefined || !isCommensurable(low.unit, high.unit)) return false
  let compared = false
  for (let row = 0; row < read.table.rows.length; row++) {
    const [lower, upper] = [decimalAt(read, row, low), decimalAt(read, row, high)]
    if (lower === undefined || upper === undefined) continue
    compared = true
    const order =
      low.unit === high.unit ? compare(lower, upper) : compareRational(convertExactly(lower, low.unit, high.unit), fromDecimal(upper))
    if (order <= 0) continue
    const params = { lower: formatDecimal(lower), upper: formatDecimal(upper) }
    findings.push({ code: 'limits.reversed', path: pointer(read.index, row, low.index), params })
  }
  return compared
}

export const limitRules: readonly Rule[] = [order]
