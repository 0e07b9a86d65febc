/**
 * Patterns of the primitive schemas, separate from `schema.ts`, so that a program that validates nothing does not load zod through
 * `#native`.
 */

// Invisible characters, with which a text could show something other than what is signed (UTS #39), and which no text for people
// needs: controls, separators, bidirectional controls, every default-ignorable code point (soft hyphen, joiners, fillers, variation
// selectors, tags), U+FFFD, noncharacters.
const HIDDEN =
  '\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\uffff'
/**
 * Surrogate pairs, except invisible characters. Written as UTF-16 units, so that every JSON Schema implementation can read the
 * pattern; one that matches whole code points accepts these characters.
 */
const PAIR = '(?!\\ud82f[\\udca0-\\udca3]|\\ud834[\\udd73-\\udd7a]|[\\udb40-\\udb43])[\\ud800-\\udbff][\\udc00-\\udfff]'
const visible = (besides: string): RegExp => new RegExp(`^(?:[^${besides}${HIDDEN}\\ud800-\\udfff]|${PAIR})+$`)

export const LINE = visible('\\u0000-\\u001f')
export const PARAGRAPH = visible('\\u0000-\\u0009\\u000b-\\u001f')
/** Text without blanks. */
export const WORD = visible('\\u0000-\\u0020\\u00a0\\u3000')

export const USCC = /^[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}$/

/** Existing days from 1900 to 9999, as in `isCivilDate`: months of 31 days, of 30, February, and the 29th of leap years. */
export const DATE =
  /^(?:(?:19|[2-9][0-9])[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:(?:19|[2-9][0-9])(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[3579][26])00)-02-29)$/

export const SLUG = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
