/** Quantities and their uncertainty (JJF 1001, JJF 1059.1, GUM): decimal texts and UCUM codes of legal units. */
import * as z from 'zod/mini'
import { about, DecimalText, grows, Line, LocalizedText, named, WORD } from '../base/schema.js'

export const UnitCode = named(
  'unit',
  about(
    z.string().check(z.maxLength(40), z.regex(WORD)),
    '计量单位：法定计量单位的 UCUM 代码，如 MPa、Cel、km/h',
    'Unit: UCUM code of a legal unit, for example MPa, Cel, km/h',
    '国务院 1984；GB 3100—1993',
  ),
)

const Distribution = about(
  grows(['normal', 'uniform', 'triangular', 'u-shaped', 't', 'trapezoidal']),
  '概率分布：正态、均匀、三角、反正弦、t、梯形',
  'Probability distribution',
  'JJF 1059.1—2012 4.3.3',
)

const RatioUnit = about(z.enum(['%', '[ppth]', '[ppm]', '1']), '相对值的单位', 'Unit of a ratio')

export const BudgetEntry = named(
  'budget-entry',
  about(
    z.strictObject({
      source: about(LocalizedText, '不确定度来源', 'Source of uncertainty'),
      type: about(z.enum(['A', 'B']), '评定类别', 'Type of evaluation', 'JJF 1059.1—2012 4.3'),
      standard: about(
        DecimalText,
        '标准不确定度分量 c·u(x)，与所属不确定度单位相同；灵敏系数为负的带负号',
        'Standard uncertainty contribution c·u(x), in the unit of the uncertainty; with a minus sign where the sensitivity coefficient is negative',
        'JCGM 100:2008 5.1.3',
      ),
      relativeTo: about(z.optional(RatioUnit), '分量以相对值给出时的单位', 'Unit of a contribution stated as a ratio of the value'),
      distribution: z.optional(Distribution),
      degreesOfFreedom: about(z.optional(DecimalText), '自由度', 'Degrees of freedom'),
      correlation: about(
        z.optional(Line),
        '相关标识：同一标识的分量完全相关（r = 1）',
        'Entries with the same mark are fully correlated, with r = 1',
      ),
      correlatedWith: about(
        z.optional(
          z
            .array(
              z.strictObject({
                entry: about(
                  z.int().check(z.minimum(0), z.maximum(99)),
                  '同一预算中另一分量的序号，从 0 计',
                  'The other entry of this budget, from 0',
                ),
                r: about(DecimalText, '相关系数 r，−1 至 1', 'Correlation coefficient r, from −1 to 1'),
              }),
            )
            .check(z.minLength(1), z.maxLength(99)),
        ),
        '与其他分量的相关系数；每对写一次即可，未写的视为不相关',
        'Correlation with other entries; each pair is stated once, and what is not stated is uncorrelated',
        'JCGM 100:2008 5.2.2',
      ),
      term: about(
        z.optional(grows(['second-order', 'neglected'])),
        '特殊项：second-order 为高阶项，与其他分量一样合成；neglected 为列出而忽略不计的分量，不参与合成',
        'Special term: second-order, from the expansion beyond first order and combined like any other; neglected, listed and left out of the sum',
        'JCGM 100:2008 5.1.2, H.1.7',
      ),
    }),
    '不确定度预算分量',
    'Entry of an uncertainty budget',
    'JJF 1059.1—2012 4.4',
  ),
)

/** Entries of one budget, at most 100. */
export const Budget = about(
  z.array(BudgetEntry).check(z.minLength(1), z.maxLength(100)),
  '不确定度分量',
  'Entries of an uncertainty budget',
)

const shared = {
  relativeTo: about(
    z.optional(RatioUnit),
    '相对不确定度的单位；不写则为被测量单位下的绝对值',
    'Unit of a relative uncertainty; absent for an absolute one in the unit of the quantity',
  ),
  relative: about(
    z.optional(z.strictObject({ value: about(DecimalText, '相对值', 'Relative value'), unit: RatioUnit })),
    '同一不确定度的相对值（与绝对值并列给出时）',
    'The same uncertainty as a ratio, where both are stated',
  ),
  budget: about(
    z.optional(Budget),
    '不确定度预算；各分量与本不确定度单位相同',
    'Uncertainty budget; its entries are in the unit of this uncertainty',
  ),
}

export const Uncertainty = named(
  'uncertainty',
  about(
    z.discriminatedUnion('form', [
      z.strictObject({
        form: about(z.literal('standard'), '标准不确定度 u', 'Standard uncertainty u'),
        value: about(DecimalText, 'u 的值', 'Value of u'),
        ...shared,
      }),
      z.strictObject({
        form: about(z.literal('expanded'), '扩展不确定度 U', 'Expanded uncertainty U'),
        value: about(DecimalText, 'U 的值', 'Value of U'),
        k: about(DecimalText, '包含因子 k', 'Coverage factor k'),
        coverage: about(z.optional(DecimalText), '包含概率，如 0.95', 'Coverage probability, for example 0.95'),
        distribution: z.optional(Distribution),
        standard: about(z.optional(DecimalText), '合成标准不确定度 u（U = k·u）', 'Combined standard uncertainty u, with U = k·u'),
        ...shared,
      }),
      z.strictObject({
        form: about(z.literal('interval'), '包含区间', 'Coverage interval'),
        lower: about(DecimalText, '下限', 'Lower end'),
        upper: about(DecimalText, '上限', 'Upper end'),
        coverage: about(DecimalText, '包含概率', 'Coverage probability'),
        budget: shared.budget,
      }),
    ]),
    '测量不确定度',
    'Measurement uncertainty',
    'JJF 1059.1—2012; JCGM 100',
  ),
)

export const Quantity = named(
  'quantity',
  about(
    z.strictObject({
      value: about(DecimalText, '量值', 'Value'),
      unit: UnitCode,
      uncertainty: z.optional(Uncertainty),
      alternatives: about(
        z.optional(z.array(z.strictObject({ value: about(DecimalText, '量值', 'Value'), unit: UnitCode })).check(z.maxLength(5))),
        '同一量值的其他单位表示；应与主值相等',
        'The same value in other units; each must equal the value above',
        'D-SI 2.2 hybrid',
      ),
    }),
    '量',
    'Quantity: value and unit',
    'JJF 1001—2011 3.1',
  ),
)

/** Never ±x: the limits of a taximeter are −4.0 % and +1.0 %. */
export const Limits = named(
  'limits',
  about(
    z.strictObject({
      lower: about(z.optional(DecimalText), '下限', 'Lower limit'),
      upper: about(z.optional(DecimalText), '上限', 'Upper limit'),
      unit: UnitCode,
    }),
    '最大允许误差或允许限',
    'Maximum permissible error, or limits',
    'JJF 1001—2011 7.27',
  ),
)

export const Range = named(
  'range',
  about(
    z.strictObject({
      lower: about(z.optional(DecimalText), '下限', 'Lower end'),
      upper: about(z.optional(DecimalText), '上限', 'Upper end'),
      unit: UnitCode,
    }),
    '测量范围',
    'Measuring range',
    'JJF 1001—2011 7.7',
  ),
)

// Exclusive: a plain union would report a faulty quantity as a range with an unknown member.
const ConditionValue = about(z.xor([Quantity, Range]), '单值或范围', 'A value or a range')

export const Environment = named(
  'environment',
  about(
    z.strictObject({
      temperature: about(z.optional(ConditionValue), '温度', 'Temperature'),
      humidity: about(z.optional(ConditionValue), '相对湿度', 'Relative humidity'),
      pressure: about(z.optional(ConditionValue), '大气压', 'Atmospheric pressure'),
      other: about(
        z.optional(
          z
            .array(z.strictObject({ name: about(LocalizedText, '条件名称', 'Name of the condition'), value: ConditionValue }))
            .check(z.maxLength(20)),
        ),
        '其他条件',
        'Other conditions',
      ),
    }),
    '环境条件',
    'Environmental conditions',
    'ISO/IEC 17025:2017 7.8.4.1 b',
  ),
)
