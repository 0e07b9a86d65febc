/** Cases counted by county and category. */
import { CSV_MARK, csvRow } from '../../base/csv.js'
import type { Text } from '../../base/message.js'
import { checkArgument, type Expectation, isArrayOf, isObject, isString } from '../../base/options.js'
import { categoryName, divisionName } from '../../catalogue/index.js'
import { type CaseState, caseStates, type SupervisionCase, someCases } from './cases.js'

/** A row: the cases of one category in one county. */
export interface SupervisionRow {
  /** Division of the place, six digits; empty where the finding does not state it. */
  readonly division: string
  /** Slug of the category. */
  readonly category: string
  /** Number of findings. */
  readonly total: number
  /** Number of cases in each state; they add up to `total`. */
  readonly counts: Readonly<Record<CaseState, number>>
}

/**
 * Counts cases by county and category.
 * @returns rows in the order of division and category
 * @throws `verify.options`
 */
export function supervisionTable(cases: readonly SupervisionCase[]): readonly SupervisionRow[] {
  checkArgument('supervisionTable', 'cases', cases, someCases)
  const rows = new Map<string, { division: string; category: string; total: number; counts: Record<CaseState, number> }>()
  for (const { state, finding } of cases) {
    const { place, instrument } = finding.record
    const [division, { category }] = [place.division ?? '', instrument]
    const key = `${division} ${category}`
    const row = rows.get(key) ?? { division, category, total: 0, counts: noCounts() }
    row.total++
    row.counts[state]++
    rows.set(key, row)
  }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

const noCounts = (): Record<CaseState, number> => Object.fromEntries(caseStates.map((state) => [state, 0])) as Record<CaseState, number>

/** Name of each state, for people. */
export const caseStateNames: Readonly<Record<CaseState, Text>> = {
  'nothing-found': { zh: '未发现问题', en: 'nothing found' },
  open: { zh: '待处理', en: 'open' },
  ordered: { zh: '整改中', en: 'ordered' },
  overdue: { zh: '逾期未整改', en: 'overdue' },
  rectified: { zh: '待复查', en: 'rectified' },
  rechecked: { zh: '复查合格', en: 'rechecked' },
  closed: { zh: '已结案', en: 'closed' },
}

const HEADS: readonly Text[] = [
  { zh: '行政区划代码', en: 'division' },
  { zh: '行政区划', en: 'division name' },
  { zh: '器具类别代号', en: 'category' },
  { zh: '器具类别', en: 'category name' },
  { zh: '检查记录数', en: 'findings' },
]

const someRows: Expectation = {
  is: isArrayOf((row) => isObject(row) && isString(row.division) && isString(row.category) && isObject(row.counts)),
  expected: { zh: ' supervisionTable 的结果', en: 'rows, as supervisionTable gives them' },
}

/**
 * Writes the rows as CSV for a spreadsheet: UTF-8 with a byte order mark, every cell quoted, no cell that begins as a formula.
 * @throws `verify.options`
 */
export function writeSupervisionCsv(rows: readonly SupervisionRow[], language: 'zh' | 'en' = 'zh'): string {
  checkArgument('writeSupervisionCsv', 'rows', rows, someRows)
  const word = (text: Text): string => (language === 'en' ? text.en : text.zh)
  const lines = rows.map(({ division, category, total, counts }) => [
    division,
    division === '' ? '' : word(divisionName(division)),
    category,
    word(categoryName(category)),
    String(total),
    ...caseStates.map((state) => String(counts[state])),
  ])
  const heads = [...HEADS, ...caseStates.map((state) => caseStateNames[state])].map(word)
  return CSV_MARK + [heads, ...lines].map(csvRow).join('')
}
