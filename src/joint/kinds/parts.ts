/** Parts that several kinds of joint statement share. */
import * as z from 'zod/mini'
import { WORD } from '../../base/patterns.js'
import { about, DecimalText, Digest, Line, named } from '../../base/schema.js'

/** UCUM code of a unit. */
export const UnitText = z.string().check(z.maxLength(40), z.regex(WORD))

/** An expanded uncertainty with its unit; `%` if it is relative. */
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

/** 任务号: number of the task of joint supervision to which a statement belongs. */
export const TaskNumber = about(Line, '检查任务号', 'Number of the task')
/** Statement id of the finding to which a measure, a rectification, a recheck or a closure belongs. */
export const FindingId = about(Digest, '监督检查记录的签名记录标识', 'Statement id of the supervision finding')
/** Number of a document of the bureau, as printed. */
export const DocumentNumber = about(Line, '文书号', 'Number of the document')
/** Clauses on which an act of a bureau is based. */
export const LegalGround = about(
  z.array(Line).check(z.minLength(1), z.maxLength(20)),
  '法律依据，每条一项，如 计量法实施细则 第四十三条',
  'Legal ground, a clause an item',
)
