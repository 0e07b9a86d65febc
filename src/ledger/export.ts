/** Writes the forms that an enterprise submits from its ledger: 检定申请表, and the filing import of the national platform. */
import type { Text } from '../base/message.js'
import { anArray, checkArgument, type Expectation } from '../base/options.js'
import { type LedgerField, ledgerFields } from './fields.js'
import type { LedgerLine } from './line.js'
import type { MatchList } from './match.js'
import { type Language, type LedgerTable, outcomeCells, outcomeHeads } from './tables.js'
import { because, type UseReason } from './use-messages.js'
import { linesTable, textIn } from './write-lines.js'

export type ExportForm = 'application' | 'filing'
/** Names of the forms that a ledger is written as: application for verification, filing of instruments. */
export const exportForms = ['application', 'filing'] as const satisfies readonly ExportForm[]

interface FormColumn {
  readonly head: string
  readonly of: (line: LedgerLine, at: number) => string | undefined
  /** Field without which the form is rejected. */
  readonly required?: LedgerField
}

const column = (head: string, field: LedgerField, isRequired = false): FormColumn => ({
  head,
  of: (line) => textIn(line, field),
  ...(isRequired && { required: field }),
})
/** A range with its unit, because the form has no unit in its header. */
const range: FormColumn = {
  head: '测量范围',
  of: ({ range: one }) => (one?.unit === undefined || one.text.includes(one.unit) ? one?.text : `${one.text} ${one.unit}`),
  required: 'range',
}

/** Columns in the order of the forms (检定申请表; e-CQS 强检工作计量器具批量导入). */
const FORMS: Readonly<Record<ExportForm, readonly FormColumn[]>> = {
  application: [
    { head: '序号', of: (_, at) => String(at + 1) },
    column('器具名称', 'name', true),
    column('规格型号', 'model', true),
    column('准确度等级', 'accuracyClass'),
    range,
    column('出厂编号', 'serialNumber', true),
    column('生产厂家', 'manufacturer', true),
    column('安装地点', 'installedAt'),
    column('检定单位(推荐)', 'designatedBody'),
    column('检定要求', 'requiredAccuracy'),
    column('备注', 'remarks'),
  ],
  filing: [
    column('器具名称', 'name', true),
    column('器具项别', 'item', true),
    column('器具种别', 'itemKind', true),
    column('型号规格', 'model', true),
    range,
    column('准确度等级', 'accuracyClass', true),
    column('出厂编号', 'serialNumber', true),
    column('生产厂家', 'manufacturer', true),
    column('器具产地', 'origin'),
    column('安装/使用地点', 'installedAt', true),
    column('器具数量', 'quantity', true),
    column('器具用途', 'purpose', true),
    column('送检方式', 'method'),
  ],
}

export interface ExportedForm {
  readonly table: LedgerTable
  /** Required cells that the ledger lacks. */
  readonly missing: readonly (UseReason & { readonly line: LedgerLine; readonly field: LedgerField })[]
}

const FORM: Expectation = {
  is: (value) => exportForms.includes(value as ExportForm),
  expected: { zh: 'application 或 filing', en: 'application or filing' },
}

/**
 * Fills in a form with the values of the ledger only; a required value that the ledger lacks is in `missing`.
 * @throws `verify.options`
 */
export function exportForm(lines: readonly LedgerLine[], form: ExportForm, language: Language = 'zh'): ExportedForm {
  checkArgument('exportForm', 'lines', lines, anArray)
  checkArgument('exportForm', 'form', form, FORM)
  const columns = FORMS[form]
  const missing: ExportedForm['missing'][number][] = []
  const rows = lines.map((line, at) => ({
    tone: 'plain' as const,
    cells: columns.map(({ of, required }) => {
      const text = of(line, at)
      if (text === undefined && required !== undefined) {
        const named: Text | undefined = ledgerFields.get(required)
        missing.push({
          ...because('ledger.export-missing', { row: at + 1, field: named, name: line.name ?? '—', at: placeIn(line) }),
          line,
          field: required,
        })
      }
      return text ?? ''
    }),
  }))
  const name = { application: { zh: '检定申请表', en: 'Application' }, filing: { zh: '强检工作计量器具', en: 'Filing' } }[form][language]
  // The forms are Chinese in every language.
  return { table: { name, heads: columns.map(({ head }) => head), rows }, missing }
}

const placeIn = ({ at }: LedgerLine): string => (at === undefined ? '' : `${at.sheet}:${at.row}`)

/** The columns of the ledger, followed by columns of outcomes. */
export function outcomesTable({ lines }: MatchList, language: Language = 'zh'): LedgerTable {
  const table = linesTable(lines.map(({ line }) => line))
  return {
    ...table,
    heads: [...table.heads, ...outcomeHeads(language)],
    rows: table.rows.map(({ tone, cells }, at) => {
      const matched = lines[at]
      return { tone, cells: matched === undefined ? cells : [...cells, ...outcomeCells(matched, language)] }
    }),
  }
}
