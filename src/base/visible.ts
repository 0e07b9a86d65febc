/** Text that came from outside, before it stands where a person reads it. */

/** Controls (C0, DEL, C1), format characters (bidi controls, zero width), line breaks of Unicode, ignorables, halves of surrogate pairs. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Surrogate}]/gu

/**
 * A character that moves the cursor, starts a line, changes the direction of a text or is not seen becomes its JSON escape, a line
 * break a blank: nothing quoted can pass for a line or a word of ours. In JSON the value stays what it was.
 */
export const visible = (text: string): string => text.replace(HIDDEN, (character) => (character === '\n' ? ' ' : escaped(character)))

/** By UTF-16 unit, as JSON has it. */
const escaped = (character: string): string =>
  [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
