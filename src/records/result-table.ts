/** The single form of results of every kind: named columns with roles, rows of decimal texts. A single value is a 1×1 table. */
import * as z from 'zod/mini'
import type { Described } from '../base/faults.js'
import { DecimalText, grows, Line, LocalizedText, named, Slug } from '../base/schema.js'
import { Budget, UnitCode } from './quantity.js'

/** The content of a column; rules find columns by role. */
const ROLES = [
  'nominal',
  'reference',
  'indication',
  'error',
  'correction',
  'uncertainty',
  'standard-uncertainty',
  'relative-uncertainty',
  'lower-limit',
  'upper-limit',
  'verdict',
  'condition',
  'repeat',
  'hysteresis',
  'tapping',
  'repeatability',
  'line',
  'additional-load',
] as const
export type ColumnRole = (typeof ROLES)[number]

/** What each role is called. Apart from the schema, so that who only judges does not load it. */
export const columnRoles = {
  nominal: ['标称值', 'nominal value'],
  reference: ['参考值（标准值）', 'reference value'],
  indication: ['示值', 'indication'],
  error: ['误差', 'error of indication'],
  correction: ['修正值', 'correction'],
  uncertainty: ['扩展不确定度', 'expanded uncertainty'],
  'standard-uncertainty': ['标准不确定度', 'standard uncertainty'],
  'relative-uncertainty': ['相对扩展不确定度', 'relative expanded uncertainty'],
  'lower-limit': ['下限', 'lower limit'],
  'upper-limit': ['上限', 'upper limit'],
  verdict: ['单项结论', 'verdict on the row'],
  condition: ['条件', 'condition'],
  repeat: ['重复读数', 'repeated reading'],
  hysteresis: ['回程误差', 'hysteresis error'],
  tapping: ['轻敲位移', 'displacement on tapping'],
  repeatability: ['重复性', 'repeatability'],
  line: ['批量证书的行号', 'line of the batch'],
  'additional-load': ['附加小砝码 ΔL（闪变点法）', 'additional load ΔL of the changeover-point method'],
} as const satisfies Readonly<Record<ColumnRole, readonly [zh: string, en: string]>>

/** Roles to which a column of limits can apply. */
export const BOUNDED_ROLES = ['error', 'hysteresis', 'tapping', 'repeatability', 'indication'] as const satisfies readonly ColumnRole[]

const Magnitude = z.strictObject({ value: DecimalText, unit: UnitCode })

/** Basis of a ratio. Without it, percentages of the reading, of the reference and of the span cannot be distinguished. */
export const RatioBasis = named(
  'ratio-basis',
  z.discriminatedUnion('of', [
    z.strictObject({ of: z.literal('reading') }),
    z.strictObject({ of: z.literal('reference') }),
    z.strictObject({ of: z.literal('nominal') }),
    z.strictObject({
      of: z.literal('span'),
      span: Magnitude,
    }),
  ]),
)

/** How an absolute error is formed from the readings. A relative one states its `basis` instead. */
export const ErrorFormation = named(
  'error-formation',
  z.discriminatedUnion('method', [
    z.strictObject({ method: z.literal('difference') }),
    z.strictObject({
      method: z.literal('changeover-point'),
      interval: Magnitude,
      zeroError: z.optional(Magnitude),
    }),
  ]),
)

export const Column = named(
  'column',
  z.strictObject({
    role: grows(ROLES),
    name: LocalizedText,
    unit: z.optional(UnitCode),
    k: z.optional(DecimalText),
    coverage: z.optional(DecimalText),
    roundTo: z.optional(DecimalText),
    direction: z.optional(grows(['rising', 'falling'])),
    bounds: z.optional(grows(BOUNDED_ROLES)),
    basis: z.optional(RatioBasis),
    formation: z.optional(ErrorFormation),
  }),
)

/** A decimal text, a code, a short text, or null if nothing was measured. */
export const Cell = z.union([Line, z.null()])

export const ResultTable = named(
  'result-table',
  z.strictObject({
    id: Slug,
    name: LocalizedText,
    state: z.optional(z.enum(['as-found', 'as-left'])),
    requirement: z.optional(LocalizedText),
    columns: z.array(Column).check(z.minLength(1), z.maxLength(30)),
    rows: z.array(z.array(Cell).check(z.minLength(1), z.maxLength(30))).check(z.minLength(1), z.maxLength(2000)),
    budgets: z.optional(
      z
        .array(
          z.strictObject({
            row: z.int().check(z.minimum(0), z.maximum(1999)),
            entries: Budget,
          }),
        )
        .check(z.maxLength(2000)),
    ),
    note: z.optional(LocalizedText),
  }),
)

/** A dozen rules process every row; with more rows, one record could block a verifier. */
const MAX_ROWS = 2000
const rowsOf = (tables: readonly { readonly rows: readonly unknown[] }[]): number => tables.reduce((sum, { rows }) => sum + rows.length, 0)

export const ResultTables = z.array(ResultTable).check(
  z.minLength(1),
  z.maxLength(100),
  z.refine((tables) => rowsOf(tables) <= MAX_ROWS, { params: { most: MAX_ROWS } }),
)

/** Codes of a verdict cell. */
export const VERDICTS = { pass: '合格', fail: '不合格', 'not-applicable': '不适用' } as const
export type RowVerdict = keyof typeof VERDICTS

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const resultTableTexts = {
  'ratio-basis': {
    '': ['比值以何为基准', 'What a ratio is of', 'JJF 1001—2011 5.3'],
    '0/of': ['相对于示值', 'Ratio of the indication'],
    '1/of': ['相对于参考值', 'Ratio of the reference value'],
    '2/of': ['相对于标称值', 'Ratio of the nominal value'],
    '3/of': ['引用误差：相对于量程或测量范围上限', 'Fiducial: ratio of the span, or of the upper limit of the range'],
    '3/span': ['引用值', 'Fiducial value'],
    '3/span/value': ['量值', 'Value'],
  },
  'error-formation': {
    '': ['误差的计算方法', 'How the error is formed', 'JJF 1001—2011 5.3; JJG 539—2016; OIML R 76-1:2006 A.4.4.3'],
    '0/method': ['示值减参考值', 'Indication minus reference value'],
    '1/method': [
      '闪变点法：E = I + e/2 − ΔL − L，减去零点误差 E₀（若有）',
      'Changeover-point method: E = I + e/2 − ΔL − L, less the error at zero E₀ where one is stated',
    ],
    '1/interval': ['检定分度值 e', 'Verification scale interval e'],
    '1/interval/value': ['量值', 'Value'],
    '1/zeroError': ['零点或零点附近的误差 E₀', 'Error at or near zero, E₀'],
    '1/zeroError/value': ['量值', 'Value'],
  },
  column: {
    '': ['结果表的一列', 'Column of a result table'],
    role: [
      '列的作用；除“条件”“重复读数”外每表一列；行程（direction）不同、所限的量（bounds）不同、同一量另用单位表示的除外',
      'Role; one column of each, but for condition, repeat, another direction or bounds, and the same quantity in a second unit',
    ],
    name: ['列名（量的名称）', 'Name of the column: the quantity'],
    unit: ['单位；文字列与结论列不写', 'Unit; absent for text and verdict columns'],
    k: ['包含因子（不确定度列必备）', 'Coverage factor, required on an uncertainty column'],
    coverage: ['包含概率', 'Coverage probability'],
    roundTo: [
      '判定前的修约间隔；不写则按全数值比较',
      'Rounding interval before judging; absent means comparing the full value',
      'GB/T 8170—2008 4.3',
    ],
    direction: ['行程：升（进程）、降（回程）；不写则两个行程共用', 'Stroke: increasing or decreasing values; absent means both'],
    bounds: [
      '上、下限列所限的量；不写则限误差，无误差列时限回程误差、轻敲位移、重复性、修正值或示值',
      'What a column of limits bounds; absent means the error, and without one hysteresis, tapping, repeatability, the correction or the indication',
    ],
    basis: ['以比值给出的误差、限值、不确定度以何为基准', 'What an error, limit or uncertainty stated as a ratio is of'],
    formation: ['误差如何由示值与参考值算得', 'How the error follows from indication and reference value'],
  },
  'result-table': {
    '': ['结果表', 'Result table', 'ISO/IEC 17025:2017 7.8.2.1 m'],
    id: ['表标识，记录内唯一', 'Name of the table, unique in the record'],
    name: ['检定（校准）项目名称', 'Name of the item verified or calibrated'],
    state: ['调修状态：调修前、调修后', 'State: before or after adjustment', 'ISO/IEC 17025:2017 7.8.4.1 d'],
    requirement: ['技术要求（规程条款）', 'Requirement, with the clause of the regulation'],
    columns: ['列', 'Columns'],
    rows: ['行；每行与列一一对应', 'Rows; one cell for each column'],
    'rows/*/*': ['单元格：十进制数文本、代码或空', 'Cell: decimal text, code, or null'],
    budgets: [
      '各行的不确定度预算，分量与不确定度列单位相同',
      'Uncertainty budgets of rows; entries are in the unit of the uncertainty column',
      'JJF 1059.1—2012 4.4',
    ],
    'budgets/*/row': ['所属的行，从 0 计', 'Row it belongs to, from 0'],
    'budgets/*/entries': ['不确定度分量', 'Entries of an uncertainty budget'],
    note: ['说明', 'Note'],
  },
} as const satisfies Described
