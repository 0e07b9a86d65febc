/** Uncertainty budgets as tables: those of result rows, standards and environmental conditions. */
import type { Text } from '../../base/message.js'
import type { BudgetEntry, Certificate, ResultTable, Uncertainty } from '../../records/index.js'
import { type Block, joined, type Shown, shownText } from './model.js'
import { measured, perUnit, printedNumber } from './quantities.js'
import { captionOf } from './results.js'
import { word } from './words.js'

export function budgetBlocks(tables: readonly ResultTable[]): Block[] {
  return tables.flatMap((table) => {
    const title = captionOf(table)
    const unit = table.columns.find(({ role }) => role === 'uncertainty')?.unit ?? '1'
    return (table.budgets ?? []).map(({ row, entries }) =>
      budgetTable({ zh: `${title.zh}，第 ${row + 1} 行`, en: `${title.en}, row ${row + 1}` }, entries, unit),
    )
  })
}

/** Budgets outside the result tables: those of standards and of environmental conditions. */
export function otherBudgets({ standards, environment }: Certificate): Block[] {
  const { temperature, humidity, pressure, other = [] } = environment
  const conditions = [
    [{ zh: '温度', en: 'Temperature' }, temperature],
    [{ zh: '相对湿度', en: 'Relative humidity' }, humidity],
    [{ zh: '大气压', en: 'Atmospheric pressure' }, pressure],
    ...other.map(({ name, value }) => [shownText(name), value] as const),
  ] as const
  return [
    ...standards.flatMap(({ name, uncertainty, maximumPermissibleError }) =>
      budgetOf({ zh: name, en: name }, uncertainty, maximumPermissibleError?.unit ?? '1'),
    ),
    ...conditions.flatMap(([title, value]) =>
      value !== undefined && 'uncertainty' in value ? budgetOf(title, value.uncertainty, value.unit) : [],
    ),
  ]
}

export const budgetOf = (title: Text, uncertainty: Uncertainty | undefined, unit: string): Block[] =>
  uncertainty?.budget === undefined ? [] : [budgetTable(title, uncertainty.budget, unit)]

function budgetTable(caption: Text, entries: readonly BudgetEntry[], code: string): Block {
  const remarks = entries.map(remarkOf)
  const hasRemarks = remarks.some((remark) => remark !== undefined)
  return {
    type: 'table',
    table: {
      caption,
      head: [
        ...(hasRemarks ? [{ zh: '序号', en: 'No.' }] : []),
        { zh: '不确定度来源', en: 'Source' },
        { zh: '评定类别', en: 'Type' },
        { zh: perUnit('标准不确定度分量', code), en: perUnit('Contribution', code) },
        { zh: '分布', en: 'Distribution' },
        { zh: '自由度', en: 'Degrees of freedom' },
        ...(hasRemarks ? [{ zh: '相关性与说明', en: 'Correlation, remark' }] : []),
      ],
      rows: entries.map(({ source, type, standard, relativeTo, distribution, degreesOfFreedom }, at) => [
        ...(hasRemarks ? [String(at + 1)] : []),
        shownText(source),
        type,
        relativeTo === undefined ? printedNumber(standard) : measured({ value: standard, unit: relativeTo }),
        distribution === undefined ? '—' : word('distribution', distribution),
        degreesOfFreedom ?? '—',
        ...(hasRemarks ? [remarks[at] ?? '—'] : []),
      ]),
    },
  }
}

/** Describes the correlation of an entry with others of its budget. */
function remarkOf({ correlation, correlatedWith = [], term }: BudgetEntry): Shown | undefined {
  const said: Shown[] = []
  if (correlation !== undefined) said.push({ zh: `同标“${correlation}”的完全相关`, en: `fully correlated within “${correlation}”` })
  for (const { entry, r } of correlatedWith)
    said.push({ zh: `与第 ${entry + 1} 项 r = ${printedNumber(r)}`, en: `with No. ${entry + 1} r = ${printedNumber(r)}` })
  if (term !== undefined) said.push(word('term', term))
  return said.length === 0 ? undefined : joined(said, '；', '; ')
}
