// Result tables for tests: columns by role, rows of cells.
import { type Column, columnRoles, type ReadTable, type ResultTable, readTable } from 'tongheng/records'

export const column = (role: Column['role'], unit?: string, more: Partial<Column> = {}): Column => ({
  role,
  name: { zh: columnRoles[role][0] },
  ...(unit !== undefined && { unit }),
  ...((role === 'uncertainty' || role === 'relative-uncertainty') && { k: '2' }),
  ...more,
})
export const limits = (unit: string): Column[] => [column('lower-limit', unit), column('upper-limit', unit)]
export const table = (columns: readonly Column[], ...rows: readonly (readonly (string | null)[])[]): ResultTable => ({
  id: 'table',
  name: { zh: '表' },
  columns: [...columns],
  rows: rows.map((row) => [...row]),
})
export const read = (of: ResultTable): ReadTable => {
  const { read: one, findings } = readTable(of, 0)
  if (one === undefined) throw new Error(JSON.stringify(findings))
  return one
}
