/** Schemas that every signed document shares, each beside its type as records have it. */
import * as shared from '../base/schema.js'
import type * as Types from './types.js'

/**
 * 日期（北京时间日历日） — Civil date in Asia/Shanghai, YYYY-MM-DD. Zod schema.
 * @see GB/T 7408.1
 */
export const CivilDate = shared.CivilDate
export type CivilDate = Types.CivilDate
/**
 * 十进制数文本，末位零有意义 — Decimal as text; trailing zeros carry meaning. Never a JSON number. Zod schema.
 * @see GB/T 8170—2008
 */
export const DecimalText = shared.DecimalText
export type DecimalText = Types.DecimalText
/**
 * SHA-256 摘要 — SHA-256 digest, base64url without padding. Zod schema.
 * @see RFC 4648 §5
 */
export const Digest = shared.Digest
export type Digest = Types.Digest
/** 给人看的文字，中文必备 — Text for people; Chinese is required. Zod schema. */
export const LocalizedText = shared.LocalizedText
export type LocalizedText = Types.LocalizedText
/**
 * 省级行政区划代码前两位：50 重庆，51 四川 — Province, two digits: 50 Chongqing, 51 Sichuan. Zod schema.
 * @see 民政部《县以上行政区划代码》
 */
export const RegionCode = shared.RegionCode
export type RegionCode = Types.RegionCode
/**
 * 签名记录编号，签名机构内唯一 — Name of the statement, unique within its issuer. Zod schema.
 * @see ULID
 */
export const Ulid = shared.Ulid
export type Ulid = Types.Ulid
/**
 * 统一社会信用代码，18 位 — Unified social credit code, 18 characters. Zod schema.
 * @see GB 32100—2015
 */
export const Uscc = shared.Uscc
export type Uscc = Types.Uscc
