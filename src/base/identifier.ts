/**
 * Identifiers of Chinese metrology: check digits, patterns, and comparison keys under which spellings of one number or name are
 * equal.
 */
import { BLANK } from './blank.js'
import { foldWidth } from './fold.js'

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const USCC_VALUES = new Int8Array(128).fill(-1)
for (let i = 0; i < USCC_ALPHABET.length; i++) USCC_VALUES[USCC_ALPHABET.charCodeAt(i)] = i
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** Check character of the first 17 characters (GB 32100—2015 附录: the outer mod matters, residue 0 gives '0'). */
export function usccCheckCharacter(code: string): string | undefined {
  let sum = 0
  for (let i = 0; i < 17; i++) {
    const value = USCC_VALUES[code.charCodeAt(i)] ?? -1
    if (value < 0) return undefined
    sum += value * (USCC_WEIGHTS[i] as number)
  }
  return USCC_ALPHABET[(31 - (sum % 31)) % 31]
}

/** True if the 18th character is the check character of the first 17. */
export const isUscc = (code: string): boolean => code.length === 18 && usccCheckCharacter(code) === code[17]

/** True if the organisation code in positions 9–17 has a valid check character (GB 11714; 0–9, A–Z are 0–35). */
export function hasOrganisationCheck(uscc: string): boolean {
  let sum = 0
  for (let i = 0; i < 8; i++) {
    const code = uscc.charCodeAt(8 + i)
    const value = code < 0x3a ? code - 0x30 : code > 0x40 ? code - 0x37 : -1
    if (!(value >= 0 && value < 36)) return false
    sum += value * (ORGANISATION_WEIGHTS[i] as number)
  }
  const check = 11 - (sum % 11)
  return uscc[16] === (check === 10 ? 'X' : check === 11 ? '0' : String(check))
}

/**
 * Comparison key of an identifier: full width becomes half width, lookalike letters become Latin, all brackets and dashes become
 * one kind, spaces are removed, letters become upper case. For comparison only; the signed text is unchanged.
 */
export function identifierKey(printed: string): string {
  if (PLAIN.test(printed)) return printed.toUpperCase()
  const known = keys.get(printed)
  if (known !== undefined) return known
  const key = upperCase(foldLookalikes(foldWidth(printed)))
    .replace(/[〔【[﹝﹙]/g, '(')
    .replace(/[〕】\]﹞﹚]/g, ')')
    .replace(BLANKS, '')
    .replace(/[-‐‑‒–—―−﹘﹣]+/g, '-')
  if (keys.size >= MAX_KEYS) keys.clear()
  if (printed.length <= 64) keys.set(printed, key)
  return key
}

/** Comparison key of the name of a person or an organisation: 张　三 equals 张三, and all dots as in 买买提·艾力 are one kind. */
export function nameKey(printed: string): string {
  if (HAN.test(printed)) return printed
  return upperCase(foldWidth(printed))
    .replace(BLANKS, '')
    .replace(/[.·•‧∙⋅・．]/g, '·')
    .replace(/[〔【[﹝]/g, '(')
    .replace(/[〕】\]﹞]/g, ')')
}

const BLANKS = new RegExp(`[${BLANK}]+`, 'g')

/** Names of common Han characters only, which are their own key. */
const HAN = /^[\u4e00-\u9fff]+$/

/** ASCII only: other case mappings depend on the tables of the runtime. */
const upperCase = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())

/** Cyrillic and Greek letters with the Latin letter that they look like (UTS #39). */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  'АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX аa еe оo рp сc уy хx іi јj ѕs ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX οo ϲc ᴏo ԁd ԛq ԝw'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
)
const LOOKALIKE = new RegExp(`[${[...LOOKALIKES.keys()].join('')}]`, 'g')
const foldLookalikes = (text: string): string => text.replace(LOOKALIKE, (letter) => LOOKALIKES.get(letter) ?? letter)

/** The first letter of an identifier that looks Latin but is not. */
export const lookalikeIn = (printed: string): string | undefined => (PLAIN.test(printed) ? undefined : printed.match(LOOKALIKE)?.[0])

const HAN_DIGITS = '零一二三四五六七八九十'
/** Names of the classes I to IV of weighing instruments: 特种、高、中、普通准确度级. JJG 539—2016; OIML R 76-1 3.1.1 */
const GRADES = ['特种', '高', '中', '普通']
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X']

/** True if two prints denote one class: Ⅲ, III, (III), ③, 三级, 3级 and 3.0 级 are equal; 等 and 级 differ if both are stated. */
export function isSameClass(a: string, b: string): boolean {
  const [first, second] = [readClass(a), readClass(b)]
  return first.name === second.name && (first.sort === second.sort || first.sort === '' || second.sort === '')
}

function readClass(printed: string): { readonly name: string; readonly sort: string } {
  const [, whole = '', sort = ''] =
    /^(?:准确度)?(?:等级|CLASS)?:?(.*?)(?:准确度)?(等级|级|等|)$/.exec(
      identifierKey(printed)
        .replace(/[()]/g, '')
        .replace(/^(?:特种|高|中|普通)准确度级?(?=[IV])/, ''),
    ) ?? []
  const digit = whole.length === 1 ? HAN_DIGITS.indexOf(whole) : -1
  const roman = Math.max(ROMAN.indexOf(whole), GRADES.indexOf(whole)) + 1
  const plain = /^\d+\.\d*0$/.test(whole) ? withoutLastZeros(whole) : whole
  const name = digit >= 0 ? String(digit) : roman > 0 ? String(roman) : plain
  return { name, sort: sort === '等级' ? '' : sort }
}

/** A loop, because a pattern would rescan each run of zeros from every position. */
function withoutLastZeros(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end--
  return digits.slice(0, digits[end - 1] === '.' ? end - 1 : end)
}

// No lookbehind: Safari before 16.4 rejects the whole script because of it.
const RESIDENT = /(?:^|[^0-9A-Za-z])([1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx])(?![0-9A-Za-z])/g
/** A separator between two digits. */
const SEPARATOR = new RegExp(`(\\d)[${BLANK}-](?=[\\dXx])`, 'g')
const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** True if a text contains a resident identity number 公民身份号码 with a valid check character (GB 11643—1999). */
export function holdsResidentNumber(text: string): boolean {
  if (mostDigits(text) < 17) return false
  const plain = foldWidth(text).replace(SEPARATOR, '$1')
  for (const [, number = ''] of plain.matchAll(RESIDENT)) {
    const sum = RESIDENT_WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0)
    if ('10X98765432'[sum % 11] === number[17]?.toUpperCase()) return true
  }
  return false
}

/** Upper bound of the digits in a text after folding (⑳ is two): a fast negative for names and remarks, which have few. */
function mostDigits(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x80) count += code < 0x4e00 || code > 0x9fff ? 2 : 0
    else if (code >= 0x30 && code <= 0x39) count++
  }
  return count
}

/** Texts of which only the case changes, such as most serial numbers. */
const PLAIN = /^[A-Za-z0-9/.()_]*(?:-[A-Za-z0-9/.()_]+)*-?$/
/** Cache: certificates repeat the same numbers. */
const keys = new Map<string, string>()
const MAX_KEYS = 1024

/** 计量授权证书号, for example （川）法计（2021）51001号. */
export const isAuthorisationNumber = (printed: string): boolean =>
  /^\([\u4e00-\u9fff]{1,4}\)法计\(\d{4}\)\d{3,6}号$/.test(identifierKey(printed))

/** 计量标准考核证书号 or 社会公用计量标准证书号, for example 〔2022〕川量标法证字第C0412号. */
export const isAssessmentNumber = (printed: string): boolean =>
  /^\(\d{4}\)[\u4e00-\u9fff]{1,3}?社?量标[\u4e00-\u9fff]{0,3}?证字第[A-Z]?\d{1,6}号$/.test(identifierKey(printed))

/** 型式批准证书号 (CPA): 2019F123-32, or the older 99-F166. */
export const isTypeApprovalNumber = (printed: string): boolean =>
  /^(?:CPA)?(?:\d{4}[A-Z]\d{3,4}-\d{2}|(?:\d{2}|\d{4})-?[A-Z]\d{3,4})$/.test(identifierKey(printed))

/** CNAS accreditation number, for example CNAS L1234. */
export const isAccreditationNumber = (printed: string): boolean => /^CNAS(?:L|IB|PT|RM)\d{4,5}$/.test(identifierKey(printed))

/** Comparison key of a plate, without the dot, whichever character is used for it. */
export const plateKey = (plate: string): string => identifierKey(plate).replace(/[.·•‧∙⋅・]/g, '')

/** Placeholders for a missing number: nothing but blanks, strokes, zeros, and words for “none” in Chinese or English. */
const NO_SERIAL = new RegExp(
  `^(?:${[
    String.raw`[\p{P}\p{S}X]*|0{2,}`,
    '(?:暂|均)?(?:没有|无)(?:出厂|产品|设备|仪器)?(?:编号|序列号|号码|号|铭牌)?',
    '(?:出厂|S/?N|NO)?:?(?:编号|序列号|号码|铭牌|标牌|字迹)?:?(?:无|不详|不明|不清|模糊|磨损|脱落|丢失|无法辨认|不可见|未知|未标注|未标明|未标|未注明|未填|未提供|未见|空白|缺失?|略|待补|待填|待定|待查){1,2}',
    '(?:详?见|同)(?:铭牌|标牌|机身|附件|附表|清单|实物|备注)',
    '空|出厂编号|编号|序列号',
    'NONE|NULL|NIL|NAN|NA|UNKNOWN|UNDEFINED|UNMARKED|BLANK|EMPTY|MISSING|TBD|TBC|SN|NO|(?:NO|WITHOUT|NOT)(?:A?SERIAL)?(?:NUMBER|NO|MARKED|AVAILABLE|APPLICABLE|PROVIDED|KNOWN|GIVEN|STATED|LEGIBLE)?',
  ].join('|')})$`,
  'u',
)

/** True if a serial number is a placeholder. One with a digit other than 0 is not, and most have one. */
export function isNoSerial(printed: string): boolean {
  if (/[1-9]/.test(printed)) return false
  // Brackets and full stops around or inside a placeholder are ignored: “（无）”, “N.A.”, “S/N”.
  const key = identifierKey(printed)
  return NO_SERIAL.test(key) || NO_SERIAL.test(key.replace(/[\p{P}\p{S}]/gu, ''))
}
