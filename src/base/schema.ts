/** The primitive schemas every signed document shares. One spelling each, bounded, described in both languages. */
import * as z from 'zod'
import { isCivilDate } from './date.js'
import { DECIMAL_PATTERN } from './decimal.js'

/** Description in Chinese and English, with the clause or unit it rests on. */
export function about(zh: string, en: string, source?: string): { description: string } {
  return { description: source === undefined ? `${zh} | ${en}` : `${zh} | ${en} | ${source}` }
}

// Control, bidirectional and zero-width characters show one text and sign another (UTS #39); no display text needs them.
export const LINE = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+$/
export const PARAGRAPH = /^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+$/

/** One line of text for people, at most 200 characters. */
export const Line = z.string().max(200).regex(LINE)
/** Text for people with line breaks, at most 4,000 characters. */
export const Paragraph = z.string().max(4000).regex(PARAGRAPH)

export const LocalizedText = z
  .strictObject({
    zh: Paragraph.meta(about('中文', 'Chinese')),
    en: Paragraph.optional().meta(about('英文', 'English')),
  })
  .meta({ id: 'localized-text', ...about('给人看的文字，中文必备', 'Text for people; Chinese is required') })
export type LocalizedText = z.infer<typeof LocalizedText>

export const USCC = /^[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}$/
/** 统一社会信用代码, shape only; the check character is a conformance rule (GB 32100—2015). */
export const Uscc = z
  .string()
  .regex(USCC)
  .meta({ id: 'uscc', ...about('统一社会信用代码，18 位', 'Unified social credit code, 18 characters', 'GB 32100—2015') })
export type Uscc = z.infer<typeof Uscc>

// The refinement stays out of the JSON Schema; the pattern there admits 2025-02-30, our parser does not.
export const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/
export const CivilDate = z
  .string()
  .regex(DATE)
  .refine(isCivilDate)
  .meta({ id: 'civil-date', ...about('日期（北京时间日历日）', 'Civil date in Asia/Shanghai, YYYY-MM-DD', 'GB/T 7408.1') })
export type CivilDate = z.infer<typeof CivilDate>

export const DecimalText = z
  .string()
  .regex(DECIMAL_PATTERN)
  .meta({
    id: 'decimal',
    ...about('十进制数文本，末位零有意义', 'Decimal as text; trailing zeros carry meaning. Never a JSON number', 'GB/T 8170—2008'),
  })
export type DecimalText = z.infer<typeof DecimalText>

export const PeriodText = z
  .string()
  .regex(/^P(?=[0-9])(?:[0-9]{1,3}Y)?(?:[0-9]{1,4}M)?(?:[0-9]{1,5}D)?$/)
  .meta({ id: 'period', ...about('时段，如 P6M、P1Y', 'Period, for example P6M or P1Y', 'ISO 8601-1') })

export const Seconds = z
  .int()
  .min(0)
  .max(253_402_300_799)
  .meta({ id: 'seconds', ...about('时刻：自 1970-01-01T00:00:00Z 起的秒数', 'Seconds since 1970-01-01T00:00:00Z', 'RFC 7519 §2') })

export const Ulid = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
  .meta({ id: 'ulid', ...about('签名件编号，签发机构内唯一', 'Name of the statement, unique within its issuer', 'ULID') })

/** 32 bytes as base64url: a SHA-256 digest, a statement id, a key thumbprint. The last character holds two zero bits. */
export const Digest = z
  .string()
  .regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/)
  .meta({ id: 'digest', ...about('SHA-256 摘要', 'SHA-256 digest, base64url without padding', 'RFC 4648 §5') })
export type Digest = z.infer<typeof Digest>

export const SLUG = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
export const Slug = z.string().max(60).regex(SLUG)

export const RegionCode = z
  .string()
  .regex(/^[1-9][0-9]$/)
  .meta({
    id: 'region',
    ...about('省级行政区划代码前两位：50 重庆，51 四川', 'Province, two digits: 50 Chongqing, 51 Sichuan', 'GB/T 2260'),
  })
export type RegionCode = z.infer<typeof RegionCode>

export const DivisionCode = z
  .string()
  .regex(/^[1-9][0-9]{5}$/)
  .meta({ id: 'division', ...about('行政区划代码，六位', 'Administrative division, six digits', 'GB/T 2260') })
