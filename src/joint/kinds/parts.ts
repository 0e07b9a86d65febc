/** Parts that several kinds of joint statement share. */
import * as z from 'zod/mini'
import { about, DecimalText, named, WORD } from '../../base/schema.js'

/** A unit, as its UCUM code. */
export const UnitText = z.string().check(z.maxLength(40), z.regex(WORD))

/** An expanded uncertainty with the unit that it is stated in; `%` where it is relative. */
export const ExpandedUncertainty = named(
  'expanded-uncertainty',
  about(
    z.strictObject({
      value: about(DecimalText, '扩展不确定度 U', 'Expanded uncertainty U'),
      unit: about(UnitText, '单位；相对不确定度写 %', 'Unit; % where it is relative', 'UCUM'),
      k: about(z.optional(DecimalText), '包含因子；不写为 2', 'Coverage factor; 2 where absent'),
    }),
    '扩展不确定度',
    'Expanded uncertainty',
    'JJF 1059.1',
  ),
)
export interface ExpandedUncertainty extends z.infer<typeof ExpandedUncertainty> {}
