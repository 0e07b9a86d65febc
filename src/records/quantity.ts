/** Quantities and their uncertainty (JJF 1001, JJF 1059.1, GUM): decimal texts and UCUM codes of legal units. */
import * as z from 'zod/mini'
import type { Described } from '../base/faults.js'
import { WORD } from '../base/patterns.js'
import { DecimalText, grows, Line, LocalizedText, named } from '../base/schema.js'

export const UnitCode = named('unit', z.string().check(z.maxLength(40), z.regex(WORD)))

const Distribution = grows(['normal', 'uniform', 'triangular', 'u-shaped', 't', 'trapezoidal'])

const RatioUnit = z.enum(['%', '[ppth]', '[ppm]', '1'])

export const BudgetEntry = named(
  'budget-entry',
  z.strictObject({
    source: LocalizedText,
    type: z.enum(['A', 'B']),
    standard: DecimalText,
    relativeTo: z.optional(RatioUnit),
    distribution: z.optional(Distribution),
    degreesOfFreedom: z.optional(DecimalText),
    correlation: z.optional(Line),
    correlatedWith: z.optional(
      z
        .array(
          z.strictObject({
            entry: z.int().check(z.minimum(0), z.maximum(99)),
            r: DecimalText,
          }),
        )
        .check(z.minLength(1), z.maxLength(99)),
    ),
    term: z.optional(grows(['second-order', 'neglected'])),
  }),
)

/** Entries of one budget, at most 100. */
export const Budget = z.array(BudgetEntry).check(z.minLength(1), z.maxLength(100))

const shared = {
  relativeTo: z.optional(RatioUnit),
  relative: z.optional(z.strictObject({ value: DecimalText, unit: RatioUnit })),
  budget: z.optional(Budget),
}

export const Uncertainty = named(
  'uncertainty',
  z.discriminatedUnion('form', [
    z.strictObject({
      form: z.literal('standard'),
      value: DecimalText,
      ...shared,
    }),
    z.strictObject({
      form: z.literal('expanded'),
      value: DecimalText,
      k: DecimalText,
      coverage: z.optional(DecimalText),
      distribution: z.optional(Distribution),
      standard: z.optional(DecimalText),
      ...shared,
    }),
    z.strictObject({
      form: z.literal('interval'),
      lower: DecimalText,
      upper: DecimalText,
      coverage: DecimalText,
      budget: shared.budget,
    }),
  ]),
)

export const Quantity = named(
  'quantity',
  z.strictObject({
    value: DecimalText,
    unit: UnitCode,
    uncertainty: z.optional(Uncertainty),
    alternatives: z.optional(z.array(z.strictObject({ value: DecimalText, unit: UnitCode })).check(z.maxLength(5))),
  }),
)

/** Never ±x: the limits of a taximeter are −4.0 % and +1.0 %. */
export const Limits = named(
  'limits',
  z.strictObject({
    lower: z.optional(DecimalText),
    upper: z.optional(DecimalText),
    unit: UnitCode,
  }),
)

export const Range = named(
  'range',
  z.strictObject({
    lower: z.optional(DecimalText),
    upper: z.optional(DecimalText),
    unit: UnitCode,
  }),
)

// Exclusive: a plain union would report a faulty quantity as a range with an unknown member.
const ConditionValue = z.xor([Quantity, Range])

export const Environment = named(
  'environment',
  z.strictObject({
    temperature: z.optional(ConditionValue),
    humidity: z.optional(ConditionValue),
    pressure: z.optional(ConditionValue),
    other: z.optional(z.array(z.strictObject({ name: LocalizedText, value: ConditionValue })).check(z.maxLength(20))),
  }),
)

/** Descriptions of the members, for schemas, types and messages. Separate from the schema, so that verification does not load them. */
export const quantityTexts = {
  unit: {
    '': [
      '计量单位：法定计量单位的 UCUM 代码，如 MPa、Cel、km/h',
      'Unit: UCUM code of a legal unit, for example MPa, Cel, km/h',
      '国务院 1984；GB 3100—1993',
    ],
  },
  'budget-entry': {
    '': ['不确定度预算分量', 'Entry of an uncertainty budget', 'JJF 1059.1—2012 4.4'],
    source: ['不确定度来源', 'Source of uncertainty'],
    type: ['评定类别', 'Type of evaluation', 'JJF 1059.1—2012 4.3'],
    standard: [
      '标准不确定度分量 c·u(x)，与所属不确定度单位相同；灵敏系数为负的带负号',
      'Standard uncertainty contribution c·u(x), in the unit of the uncertainty; with a minus sign where the sensitivity coefficient is negative',
      'JCGM 100:2008 5.1.3',
    ],
    relativeTo: ['分量以相对值给出时的单位', 'Unit of a contribution stated as a ratio of the value'],
    distribution: ['概率分布：正态、均匀、三角、反正弦、t、梯形', 'Probability distribution', 'JJF 1059.1—2012 4.3.3'],
    degreesOfFreedom: ['自由度', 'Degrees of freedom'],
    correlation: ['相关标识：同一标识的分量完全相关（r = 1）', 'Entries with the same mark are fully correlated, with r = 1'],
    correlatedWith: [
      '与其他分量的相关系数；每对写一次即可，未写的视为不相关',
      'Correlation with other entries; each pair is stated once, and what is not stated is uncorrelated',
      'JCGM 100:2008 5.2.2',
    ],
    'correlatedWith/*/entry': ['同一预算中另一分量的序号，从 0 计', 'The other entry of this budget, from 0'],
    'correlatedWith/*/r': ['相关系数 r，−1 至 1', 'Correlation coefficient r, from −1 to 1'],
    term: [
      '特殊项：second-order 为高阶项，与其他分量一样合成；neglected 为列出而忽略不计的分量，不参与合成',
      'Special term: second-order, from the expansion beyond first order and combined like any other; neglected, listed and left out of the sum',
      'JCGM 100:2008 5.1.2, H.1.7',
    ],
  },
  uncertainty: {
    '': ['测量不确定度', 'Measurement uncertainty', 'JJF 1059.1—2012; JCGM 100'],
    '0/form': ['标准不确定度 u', 'Standard uncertainty u'],
    '0/value': ['u 的值', 'Value of u'],
    '0/relativeTo': [
      '相对不确定度的单位；不写则为被测量单位下的绝对值',
      'Unit of a relative uncertainty; absent for an absolute one in the unit of the quantity',
    ],
    '0/relative': ['同一不确定度的相对值（与绝对值并列给出时）', 'The same uncertainty as a ratio, where both are stated'],
    '0/relative/value': ['相对值', 'Relative value'],
    '0/relative/unit': ['相对值的单位', 'Unit of a ratio'],
    '0/budget': ['不确定度预算；各分量与本不确定度单位相同', 'Uncertainty budget; its entries are in the unit of this uncertainty'],
    '1/form': ['扩展不确定度 U', 'Expanded uncertainty U'],
    '1/value': ['U 的值', 'Value of U'],
    '1/k': ['包含因子 k', 'Coverage factor k'],
    '1/coverage': ['包含概率，如 0.95', 'Coverage probability, for example 0.95'],
    '1/distribution': ['概率分布：正态、均匀、三角、反正弦、t、梯形', 'Probability distribution', 'JJF 1059.1—2012 4.3.3'],
    '1/standard': ['合成标准不确定度 u（U = k·u）', 'Combined standard uncertainty u, with U = k·u'],
    '1/relativeTo': [
      '相对不确定度的单位；不写则为被测量单位下的绝对值',
      'Unit of a relative uncertainty; absent for an absolute one in the unit of the quantity',
    ],
    '1/relative': ['同一不确定度的相对值（与绝对值并列给出时）', 'The same uncertainty as a ratio, where both are stated'],
    '1/relative/value': ['相对值', 'Relative value'],
    '1/relative/unit': ['相对值的单位', 'Unit of a ratio'],
    '1/budget': ['不确定度预算；各分量与本不确定度单位相同', 'Uncertainty budget; its entries are in the unit of this uncertainty'],
    '2/form': ['包含区间', 'Coverage interval'],
    '2/lower': ['下限', 'Lower end'],
    '2/upper': ['上限', 'Upper end'],
    '2/coverage': ['包含概率', 'Coverage probability'],
    '2/budget': ['不确定度预算；各分量与本不确定度单位相同', 'Uncertainty budget; its entries are in the unit of this uncertainty'],
  },
  quantity: {
    '': ['量', 'Quantity: value and unit', 'JJF 1001—2011 3.1'],
    value: ['量值', 'Value'],
    alternatives: [
      '同一量值的其他单位表示；应与主值相等',
      'The same value in other units; each must equal the value above',
      'D-SI 2.2 hybrid',
    ],
    'alternatives/*/value': ['量值', 'Value'],
  },
  limits: {
    '': ['最大允许误差或允许限', 'Maximum permissible error, or limits', 'JJF 1001—2011 7.27'],
    lower: ['下限', 'Lower limit'],
    upper: ['上限', 'Upper limit'],
  },
  range: {
    '': ['测量范围', 'Measuring range', 'JJF 1001—2011 7.7'],
    lower: ['下限', 'Lower end'],
    upper: ['上限', 'Upper end'],
  },
  environment: {
    '': ['环境条件', 'Environmental conditions', 'ISO/IEC 17025:2017 7.8.4.1 b'],
    temperature: ['温度', 'Temperature'],
    humidity: ['相对湿度', 'Relative humidity'],
    pressure: ['大气压', 'Atmospheric pressure'],
    other: ['其他条件', 'Other conditions'],
    'other/*/name': ['条件名称', 'Name of the condition'],
    'other/*/value': ['单值或范围', 'A value or a range'],
  },
} as const satisfies Described
