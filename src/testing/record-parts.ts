/** Shared parts of the fixture records. */
import type { Column, Issuer, ResultTable, Signatory } from '../records/index.js'
import { type OrganisationKey, organisation } from './organisations.js'

export const issuer = (key: OrganisationKey, numbers: Pick<Issuer, 'authorisationNo' | 'accreditationNo'>): Issuer => ({
  uscc: organisation(key).uscc,
  name: organisation(key).name.zh,
  ...numbers,
})

export const people = (verifier: string, checker: string, approver: string): Record<'verifier' | 'checker' | 'approver', Signatory> => ({
  verifier: { name: verifier, registrationNo: `示例注计-${verifier.codePointAt(0)}` },
  checker: { name: checker, registrationNo: `示例注计-${checker.codePointAt(0)}` },
  approver: { name: approver },
})

export const text = (zh: string, en: string): { zh: string; en: string } => ({ zh, en })
export const condition = (zh: string, en: string): Column => ({ role: 'condition', name: text(zh, en) })
export const numeric = (role: Column['role'], zh: string, en: string, unit: string, more: Partial<Column> = {}): Column => ({
  role,
  name: text(zh, en),
  unit,
  ...more,
})
export const limits = (unit: string): Column[] => [
  numeric('lower-limit', '允许误差下限', 'lower limit', unit),
  numeric('upper-limit', '允许误差上限', 'upper limit', unit),
]
export const verdict: Column = { role: 'verdict', name: text('结论', 'verdict') }
export const expanded = (unit: string): Column =>
  numeric('uncertainty', '扩展不确定度', 'expanded uncertainty', unit, { k: '2', coverage: '0.95' })

export const table = (id: string, name: [string, string], columns: Column[], rows: (string | null)[][]): ResultTable => ({
  id,
  name: text(...name),
  columns,
  rows,
})

export const celsius = (value: string) => ({ value, unit: 'Cel' })
export const humidity = (value: string) => ({ value, unit: '%{RH}' })
