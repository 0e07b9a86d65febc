/** Quantities and their uncertainty (JJF 1001, JJF 1059.1, GUM): decimal texts and UCUM codes of legal units. */
import * as z from 'zod'
import { about, DecimalText, Line, LocalizedText } from '../base/schema.js'

export const UnitCode = z
  .string()
  .max(40)
  .regex(/^[^\u0000-\u0020\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+$/)
  .meta({
    id: 'unit',
    ...about(
      '计量单位：法定计量单位的 UCUM 代码，如 MPa、Cel、km/h',
      'Unit: UCUM code of a legal unit, for example MPa, Cel, km/h',
      '国务院 1984；GB 3100—1993',
    ),
  })

const Distribution = z
  .enum(['normal', 'uniform', 'triangular', 'u-shaped', 't', 'trapezoidal'])
  .meta(about('概率分布：正态、均匀、三角、反正弦、t、梯形', 'Probability distribution', 'JJF 1059.1—2012 4.3.3'))

export const BudgetEntry = z
  .strictObject({
    source: LocalizedText.meta(about('不确定度来源', 'Source of uncertainty')),
    type: z.enum(['A', 'B']).meta(about('评定类别', 'Type of evaluation', 'JJF 1059.1—2012 4.3')),
    standard: DecimalText.meta(about('标准不确定度分量，被测量的单位', 'Standard uncertainty contribution, in the unit of the quantity')),
    distribution: Distribution.optional(),
    degreesOfFreedom: DecimalText.optional().meta(about('自由度', 'Degrees of freedom')),
    correlation: Line.optional().meta(about('相关标识：同一标识的分量完全相关', 'Entries with the same mark are fully correlated')),
  })
  .meta({ id: 'budget-entry', ...about('不确定度预算分量', 'Entry of an uncertainty budget', 'JJF 1059.1—2012 4.4') })

const shared = {
  relativeTo: z
    .enum(['%', '[ppth]', '[ppm]', '1'])
    .optional()
    .meta(
      about(
        '相对不确定度的单位；不写则为被测量单位下的绝对值',
        'Unit of a relative uncertainty; absent for an absolute one in the unit of the quantity',
      ),
    ),
  budget: z.array(BudgetEntry).max(100).optional().meta(about('不确定度预算', 'Uncertainty budget')),
}

export const Uncertainty = z
  .discriminatedUnion('form', [
    z.strictObject({
      form: z.literal('standard').meta(about('标准不确定度 u', 'Standard uncertainty u')),
      value: DecimalText.meta(about('u 的值', 'Value of u')),
      ...shared,
    }),
    z.strictObject({
      form: z.literal('expanded').meta(about('扩展不确定度 U', 'Expanded uncertainty U')),
      value: DecimalText.meta(about('U 的值', 'Value of U')),
      k: DecimalText.meta(about('包含因子 k', 'Coverage factor k')),
      coverage: DecimalText.optional().meta(about('包含概率，如 0.95', 'Coverage probability, for example 0.95')),
      distribution: Distribution.optional(),
      ...shared,
    }),
    z.strictObject({
      form: z.literal('interval').meta(about('包含区间', 'Coverage interval')),
      lower: DecimalText.meta(about('下限', 'Lower end')),
      upper: DecimalText.meta(about('上限', 'Upper end')),
      coverage: DecimalText.meta(about('包含概率', 'Coverage probability')),
      budget: shared.budget,
    }),
  ])
  .meta({ id: 'uncertainty', ...about('测量不确定度', 'Measurement uncertainty', 'JJF 1059.1—2012; JCGM 100') })
export type Uncertainty = z.infer<typeof Uncertainty>

export const Quantity = z
  .strictObject({
    value: DecimalText.meta(about('量值', 'Value')),
    unit: UnitCode,
    uncertainty: Uncertainty.optional(),
  })
  .meta({ id: 'quantity', ...about('量', 'Quantity: value and unit', 'JJF 1001—2011 3.1') })
export type Quantity = z.infer<typeof Quantity>

/** Never ±x: the limits of a taximeter are −4.0 % and +1.0 %. */
export const Limits = z
  .strictObject({
    lower: DecimalText.optional().meta(about('下限', 'Lower limit')),
    upper: DecimalText.optional().meta(about('上限', 'Upper limit')),
    unit: UnitCode,
  })
  .meta({ id: 'limits', ...about('最大允许误差或允许限', 'Maximum permissible error, or limits', 'JJF 1001—2011 7.27') })
export type Limits = z.infer<typeof Limits>

export const Range = z
  .strictObject({
    lower: DecimalText.optional().meta(about('下限', 'Lower end')),
    upper: DecimalText.optional().meta(about('上限', 'Upper end')),
    unit: UnitCode,
  })
  .meta({ id: 'range', ...about('测量范围', 'Measuring range', 'JJF 1001—2011 7.7') })

// Exclusive: a plain union would explain a faulty quantity as a range with a foreign member.
const ConditionValue = z.xor([Quantity, Range]).meta(about('单值或范围', 'A value or a range'))

export const Environment = z
  .strictObject({
    temperature: ConditionValue.optional().meta(about('温度', 'Temperature')),
    humidity: ConditionValue.optional().meta(about('相对湿度', 'Relative humidity')),
    pressure: ConditionValue.optional().meta(about('大气压', 'Atmospheric pressure')),
    other: z
      .array(z.strictObject({ name: LocalizedText.meta(about('条件名称', 'Name of the condition')), value: ConditionValue }))
      .max(20)
      .optional()
      .meta(about('其他条件', 'Other conditions')),
  })
  .meta({ id: 'environment', ...about('环境条件', 'Environmental conditions', 'ISO/IEC 17025:2017 7.8.4.1 b') })
export type Environment = z.infer<typeof Environment>
