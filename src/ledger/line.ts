/**
 * A line of a ledger (台账): the data of one instrument in the Excel file of an enterprise or a bureau. It is unsigned and never a record,
 * because old data lack members that a record requires. Each value is stored as written, with its parsed form beside it.
 */
import * as z from 'zod/mini'
import { PARAGRAPH, WORD } from '../base/patterns.js'
import { about, CivilDate, DecimalText, grows, Line, named, PeriodText, Slug } from '../base/schema.js'
import { Limits, Range } from '../records/index.js'
import { CERTIFICATE_TYPES, INTERVAL_REASONS, MANDATORY, PURPOSES, RESULTS, STATES } from './words.js'

/** A cell as written: up to 1,000 characters, which may have line breaks. */
const Written = z.string().check(z.minLength(1), z.maxLength(1000), z.regex(PARAGRAPH))
const text = about(Written, '原文', 'As written')
/** Unit from the header or from a unit column. */
const unitApart = about(z.optional(Line), '另列的单位（表头或单位列），原文', 'Unit stated apart, in the header or in a column, as written')
const wordsOf = <T extends object>(table: T) => grows(Object.keys(table) as [keyof T & string, ...(keyof T & string)[]])
const written = (zh: string, en: string) => about(z.optional(Written), zh, en)
const wordFrom = <T extends object>(table: T, zh: string, en: string) =>
  about(z.optional(z.strictObject({ text, value: z.optional(wordsOf(table)) })), zh, en)

const LedgerDate = named(
  'ledger-date',
  about(
    z.strictObject({
      text,
      date: about(z.optional(CivilDate), '读出的日期', 'The date, where it could be read'),
      month: about(
        z.optional(z.string().check(z.regex(/^(?:19|[2-9]\d)\d\d-(?:0[1-9]|1[0-2])$/))),
        '只有年月时',
        'Year and month, where no day is written',
      ),
    }),
    '台账中的日期',
    'A date in a ledger',
  ),
)
const dated = (zh: string, en: string) => about(z.optional(LedgerDate), zh, en)

const LedgerRange = named(
  'ledger-range',
  about(
    z.strictObject({
      text,
      unit: unitApart,
      ranges: about(
        z.optional(z.array(Range).check(z.minLength(1), z.maxLength(10))),
        '读出的范围',
        'The ranges, where they could be read',
      ),
    }),
    '测量范围，原文与读出的范围',
    'A measuring range as printed, and as read',
  ),
)

const LedgerLimits = named(
  'ledger-limits',
  about(
    z.strictObject({
      text,
      unit: unitApart,
      limits: about(z.optional(Limits), '读出的限', 'The limits, where they could be read'),
      accuracyClass: about(z.optional(Line), '以等级写出时：等级', 'The class, where it is a class that is stated'),
    }),
    '最大允许误差或准确度要求，原文与读出的限',
    'A maximum permissible error or a required accuracy as written, and as read',
  ),
)

const LedgerValue = z.strictObject({
  text,
  unit: unitApart,
  values: about(
    z.optional(
      z
        .array(z.strictObject({ value: DecimalText, unit: z.string().check(z.maxLength(40), z.regex(WORD)) }))
        .check(z.minLength(1), z.maxLength(20)),
    ),
    '读出的值',
    'The values, where they could be read',
  ),
})

const Last = z.strictObject({
  type: wordFrom(CERTIFICATE_TYPES, '证书类型', 'Type of certificate'),
  number: about(z.optional(Line), '证书编号', 'Certificate number'),
  body: written('检定（校准）机构', 'Body that verified or calibrated'),
  date: dated('检定（校准）日期', 'Date of verification or calibration'),
  validUntil: dated('有效期至（含当日）', 'Valid until, inclusive'),
  result: wordFrom(RESULTS, '检定结果', 'Result'),
  basis: written('检定依据', 'Regulation or specification applied'),
})

const LedgerRequirement = named(
  'ledger-requirement',
  about(
    z.strictObject({
      points: about(z.optional(LedgerValue), '计量点', 'Measuring points'),
      range: z.optional(LedgerRange),
      accuracy: about(z.optional(LedgerLimits), '准确度要求', 'Required accuracy'),
    }),
    '使用要求（计量要求）',
    'What the use requires of the instrument',
    'GB/T 19022—2003 7.1',
  ),
)
export type LedgerRequirement = z.infer<typeof LedgerRequirement>

const instrument = {
  name: about(z.optional(Line), '器具名称，原文', 'Name as written'),
  category: about(
    z.optional(
      z.strictObject({
        text: about(z.optional(Written), '器具类别，原文', 'Category as written'),
        item: about(z.optional(Written), '项别，原文', 'Item of the mandatory catalogue as written'),
        itemKind: about(z.optional(Written), '种别，原文', 'Kind in the mandatory catalogue as written'),
        slug: about(z.optional(Slug), '类别代码；由名称或类别唯一确定时才有', 'Slug, only where name or category names one category alone'),
        candidates: about(z.optional(z.array(Slug).check(z.maxLength(8))), '可能的类别', 'Categories that it may be'),
      }),
    ),
    '类别',
    'Category',
  ),
  model: written('型号规格', 'Model'),
  serialNumber: about(z.optional(Line), '出厂编号', 'Serial number'),
  plate: about(z.optional(Line), '机动车号牌', 'Number plate'),
  manufacturer: written('制造单位', 'Manufacturer'),
  origin: written('产地', 'Origin'),
  range: z.optional(LedgerRange),
  accuracyClass: written('准确度等级，原文', 'Accuracy class as written'),
  maximumPermissibleError: z.optional(LedgerLimits),
  scaleInterval: about(z.optional(LedgerValue), '分度值', 'Scale interval'),
}

const keeping = {
  interval: about(
    z.optional(
      z.strictObject({
        text,
        unit: unitApart,
        period: about(z.optional(PeriodText), '读出的周期', 'The interval, where it could be read'),
        none: about(z.optional(wordsOf(INTERVAL_REASONS)), '没有周期的原因', 'Why there is no interval'),
      }),
    ),
    '检定周期（校准间隔）',
    'Interval',
  ),
  mandatory: wordFrom(MANDATORY, '是否强制检定', 'Mandatory verification'),
  state: wordFrom(STATES, '使用状态', 'State'),
  class: about(
    z.optional(z.strictObject({ text, value: z.optional(z.enum(['A', 'B', 'C'])) })),
    '管理分类 A、B、C',
    'Class A, B or C of management',
  ),
  quantity: about(
    z.optional(z.strictObject({ text, value: z.optional(z.int().check(z.minimum(0), z.maximum(1_000_000))) })),
    '数量',
    'Quantity',
  ),
  purpose: wordFrom(PURPOSES, '用途', 'Purpose'),
  method: written('检定方式', 'Manner: internal or external, sent or on site'),
  last: about(z.optional(Last), '最近一次检定（校准）', 'The last verification or calibration'),
  nextDue: dated('下次检定日期，原文；不作有效期至', 'Next due as written; never taken for valid until'),
  designatedBody: written('拟送检机构', 'Body that is to verify'),
  requirement: z.optional(LedgerRequirement),
  manufacturedOn: dated('出厂日期', 'Manufactured on'),
  inUseSince: dated('启用日期', 'In use since'),
  remarks: written('备注', 'Remarks'),
}

/** Schema of an instrument as a line of a ledger states it. */
export const LedgerLine = named(
  'ledger-entry',
  about(
    z.strictObject({
      kind: about(z.literal('ledger-entry'), '台账行；不签名，不是检定记录', 'A line of a ledger; not signed, and no record'),
      version: about(z.literal(1), '本种类的版本', 'Version of the kind'),
      at: about(
        z.optional(
          z.strictObject({
            sheet: about(z.string().check(z.minLength(1), z.maxLength(200)), '工作表', 'Sheet'),
            row: about(z.int().check(z.minimum(1), z.maximum(1_048_576)), '行号，从 1 计', 'Row, from 1'),
          }),
        ),
        '读自何处',
        'Where it was read',
      ),
      holder: written('使用单位', 'Holder'),
      department: written('使用部门', 'Department'),
      place: written('安装使用地点', 'Place of use'),
      division: written('行政区划，原文', 'Administrative division as written'),
      assetNumber: about(z.optional(Line), '使用单位自编号', 'Number given by the holder'),
      ...instrument,
      ...keeping,
      other: about(
        z.optional(z.array(z.strictObject({ header: Written, text })).check(z.minLength(1), z.maxLength(100))),
        '没有对应项的列，原样保存',
        'Columns without a field of their own, as written',
      ),
    }),
    '计量器具台账的一行',
    'A line of a ledger of instruments',
    'GB/T 19022—2003 7.1.4; GB 17167—2006',
  ),
)
export type LedgerLine = z.infer<typeof LedgerLine>
