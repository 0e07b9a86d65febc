/** The one shape for results of every kind: named columns with roles, rows of decimal texts. A single value is a 1×1 table. */
import * as z from 'zod'
import { about, DecimalText, Line, LocalizedText, Slug } from '../base/schema.js'
import { UnitCode } from './quantity.js'

/** What a column holds; rules find what they need by role. */
export const columnRoles = {
  nominal: ['标称值', 'nominal value'],
  reference: ['参考值（标准值）', 'reference value'],
  indication: ['示值', 'indication'],
  error: ['误差', 'error of indication'],
  correction: ['修正值', 'correction'],
  uncertainty: ['不确定度', 'uncertainty'],
  'lower-limit': ['下限', 'lower limit'],
  'upper-limit': ['上限', 'upper limit'],
  verdict: ['单项结论', 'verdict on the row'],
  condition: ['条件', 'condition'],
  repeat: ['重复读数', 'repeated reading'],
} as const
export type ColumnRole = keyof typeof columnRoles

export const Column = z
  .strictObject({
    role: z
      .enum(Object.keys(columnRoles) as [ColumnRole, ...ColumnRole[]])
      .meta(about('列的作用；除“条件”“重复读数”外每表至多一列', 'Role; at most one column of each but condition and repeat')),
    name: LocalizedText.meta(about('列名（量的名称）', 'Name of the column: the quantity')),
    unit: UnitCode.optional().meta(about('单位；文字列与结论列不写', 'Unit; absent for text and verdict columns')),
    k: DecimalText.optional().meta(about('包含因子（不确定度列必备）', 'Coverage factor, required on an uncertainty column')),
    coverage: DecimalText.optional().meta(about('包含概率', 'Coverage probability')),
    roundTo: DecimalText.optional().meta(
      about(
        '判定前的修约间隔；不写则按全数值比较',
        'Rounding interval before judging; absent means comparing the full value',
        'GB/T 8170—2008 4.3',
      ),
    ),
  })
  .meta({ id: 'column', ...about('结果表的一列', 'Column of a result table') })
export type Column = z.infer<typeof Column>

/** A decimal text, a code, a short text, or null where nothing was measured. */
export const Cell = z.union([Line, z.null()]).meta(about('单元格：十进制数文本、代码或空', 'Cell: decimal text, code, or null'))

export const ResultTable = z
  .strictObject({
    id: Slug.meta(about('表标识，记录内唯一', 'Name of the table, unique in the record')),
    name: LocalizedText.meta(about('检定（校准）项目名称', 'Name of the item verified or calibrated')),
    state: z
      .enum(['as-found', 'as-left'])
      .optional()
      .meta(about('调修前、调修后', 'Before or after adjustment', 'ISO/IEC 17025:2017 7.8.4.1 d')),
    requirement: LocalizedText.optional().meta(about('技术要求（规程条款）', 'Requirement, with the clause of the regulation')),
    columns: z.array(Column).min(1).max(30).meta(about('列', 'Columns')),
    rows: z.array(z.array(Cell).min(1).max(30)).min(1).max(2000).meta(about('行；每行与列一一对应', 'Rows; one cell for each column')),
    note: LocalizedText.optional().meta(about('说明', 'Note')),
  })
  .meta({ id: 'result-table', ...about('结果表', 'Result table', 'ISO/IEC 17025:2017 7.8.2.1 m') })
export type ResultTable = z.infer<typeof ResultTable>

export const ResultTables = z.array(ResultTable).min(1).max(100).meta(about('检定（校准）结果', 'Results'))

/** Codes of a verdict cell. */
export const VERDICTS = { pass: '合格', fail: '不合格', 'not-applicable': '不适用' } as const
export type RowVerdict = keyof typeof VERDICTS
