/** Primitive schemas shared by all signed documents. Each has one canonical form, a bound, and a description in both languages. */

import * as z from 'zod/mini'
import { BLANK } from './blank.js'
import { DECIMAL_PATTERN } from './decimal.js'
import { DATE, LINE, PARAGRAPH, SLUG, USCC } from './patterns.js'

/** Adds a description in Chinese and English to a schema, with its clause or unit. */
export const about = <S extends z.core.$ZodType>(schema: S, zh: string, en: string, source?: string): S =>
  register(schema, { description: source === undefined ? `${zh} | ${en}` : `${zh} | ${en} | ${source}` })

/** Registers a schema under the name by which JSON Schemas refer to it. */
export const named = <S extends z.core.$ZodType>(id: string, schema: S): S => register(schema, { ...z.globalRegistry.get(schema), id })

const growing = new Set<string>()
const valuesKey = (values: readonly unknown[]): string => JSON.stringify([...values].sort())

/**
 * An enumeration to which version 1 may add values. A reader that meets an unknown value is undecided instead of rejecting it.
 * Closed enumerations, such as the outcome of a verification, are not marked.
 */
export function grows<const T extends readonly string[]>(values: T) {
  growing.add(valuesKey(values))
  return z.enum(values)
}

/** True if these are the values of an enumeration that may grow. */
export const growsBeyond = (values: readonly unknown[]): boolean => growing.has(valuesKey(values))

function register<S extends z.core.$ZodType>(schema: S, meta: z.core.GlobalMeta): S {
  const copy = z.clone(schema)
  z.globalRegistry.add(copy, meta)
  return copy
}

/** One line of text for people, at most 200 characters. */
export const Line = z.string().check(z.maxLength(200), z.regex(LINE))
/** URL at which a document is served, at most 300 characters without blanks. */
export const WebAddress = z.string().check(z.maxLength(300), z.regex(new RegExp(`^https?://[^${BLANK}]+$`)))
/** Text for people with line breaks, at most 4,000 characters. */
export const Paragraph = z.string().check(z.maxLength(4000), z.regex(PARAGRAPH))

export const LocalizedText = named(
  'localized-text',
  about(
    z.strictObject({
      zh: about(Paragraph, '中文', 'Chinese'),
      en: about(z.optional(Paragraph), '英文', 'English'),
    }),
    '给人看的文字，中文必备',
    'Text for people; Chinese is required',
  ),
)
export type LocalizedText = z.infer<typeof LocalizedText>

/** 统一社会信用代码, shape only; the check character is a conformance rule (GB 32100—2015). */
export const Uscc = named(
  'uscc',
  about(z.string().check(z.regex(USCC)), '统一社会信用代码，18 位', 'Unified social credit code, 18 characters', 'GB 32100—2015'),
)
export type Uscc = z.infer<typeof Uscc>

export const CivilDate = named(
  'civil-date',
  about(z.string().check(z.regex(DATE)), '日期（北京时间日历日）', 'Civil date in Asia/Shanghai, YYYY-MM-DD', 'GB/T 7408.1'),
)
export type CivilDate = z.infer<typeof CivilDate>

export const DecimalText = named(
  'decimal',
  about(
    z.string().check(z.regex(DECIMAL_PATTERN)),
    '十进制数文本，末位零有意义',
    'Decimal as text; trailing zeros carry meaning. Never a JSON number',
    'GB/T 8170—2008',
  ),
)
export type DecimalText = z.infer<typeof DecimalText>

export const PeriodText = named(
  'period',
  about(
    z.string().check(z.regex(/^P(?=[0-9])(?:[0-9]{1,3}Y)?(?:[0-9]{1,4}M)?(?:[0-9]{1,5}D)?$/)),
    '时段，如 P6M、P1Y',
    'Period, for example P6M or P1Y',
    'ISO 8601-1',
  ),
)

export const Seconds = named(
  'seconds',
  about(
    z.int().check(z.minimum(0), z.maximum(253_402_300_799)),
    '时间：自 1970-01-01T00:00:00Z 起的秒数',
    'Seconds since 1970-01-01T00:00:00Z',
    'RFC 7519 §2',
  ),
)

export const Ulid = named(
  'ulid',
  about(
    z.string().check(z.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)),
    '签名记录编号，签名机构内唯一',
    'Name of the statement, unique within its issuer',
    'ULID',
  ),
)

/** 32 bytes as base64url: a SHA-256 digest, a statement id, a key thumbprint. The last character has two zero bits. */
export const Digest = named(
  'digest',
  about(
    z.string().check(z.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/)),
    'SHA-256 摘要',
    'SHA-256 digest, base64url without padding',
    'RFC 4648 §5',
  ),
)
export type Digest = z.infer<typeof Digest>

export const Slug = z.string().check(z.maxLength(60), z.regex(SLUG))

export const RegionCode = named(
  'region',
  about(
    z.string().check(z.regex(/^[1-9][0-9]$/)),
    '省级行政区划代码前两位：50 重庆，51 四川',
    'Province, two digits: 50 Chongqing, 51 Sichuan',
    '民政部《县以上行政区划代码》',
  ),
)
export type RegionCode = z.infer<typeof RegionCode>

export const DivisionCode = named(
  'division',
  about(
    z.string().check(z.regex(/^[1-9][0-9]{5}$/)),
    '行政区划代码，六位',
    'Administrative division, six digits',
    '民政部《县以上行政区划代码》',
  ),
)
