/** Parts that several kinds of joint statement share. */
import * as z from 'zod/mini'
import { WORD } from '../../base/patterns.js'
import { about, DecimalText, Digest, Line, named } from '../../base/schema.js'

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

/** 任务号 in statements about a task of joint supervision. */
export const TaskNumber = about(Line, '检查任务号', 'Number of the task')
/** Statement id of the record of the finding that a measure, a rectification, a recheck or a closure is about. */
export const FindingId = about(Digest, '监督检查记录的签名记录标识', 'Statement id of the supervision finding')
/** Number of a document of the bureau, as printed. */
export const DocumentNumber = about(Line, '文书号', 'Number of the document')
/** Clauses that an act of a bureau rests on. */
export const LegalGround = about(
  z.array(Line).check(z.minLength(1), z.maxLength(20)),
  '法律依据，每条一项，如 计量法实施细则 第四十三条',
  'Legal ground, a clause an item',
)
