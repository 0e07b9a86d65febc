/** Numbers in Chinese numerals, as dates and intervals of ledgers have them: 二〇二五, 十二, 三十六. */

const DIGITS = '0一二三四五六七八九'
/** Zero is written in six ways: 〇 (U+3007), the circles that stand for it, 零, the letter O, and 0. */
const ZEROS = /[〇○◯零Oo]/g
/** The digits and the zeros, for a class of characters. */
export const CHINESE_DIGITS = `〇○◯零Oo${DIGITS}`
const TENS = /^([一二三四五六七八九]?)十([一二三四五六七八九]?)$/

/** The number in Arabic digits: digit by digit, or below one hundred with 十. Undefined for any other text. */
export function arabicNumber(text: string): string | undefined {
  const [whole, tens, ones = ''] = TENS.exec(text) ?? []
  if (whole !== undefined) return String((tens === '' ? 1 : digitOf(tens as string)) * 10 + (ones === '' ? 0 : digitOf(ones)))
  const digits = [...text.replace(ZEROS, '0')].map(digitOf)
  return digits.length === 0 || digits.includes(-1) ? undefined : digits.join('')
}

const digitOf = (character: string): number => DIGITS.indexOf(character)
