/** Escapes third-party text for display. */

/** Controls (C0, DEL, C1), format characters (bidi controls, zero width), Unicode line breaks, ignorables, lone surrogates. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Surrogate}]/gu
/** Fast path, several times faster: printable ASCII, Chinese characters and their punctuation. Nearly every text has nothing else. */
const PLAIN = /^[ -~\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e]*$/

/**
 * Replaces a character that moves the cursor, starts a line, changes the text direction or is invisible by its JSON escape, and a
 * line break by a blank, so that a quotation cannot imitate our own output. Within JSON the value is unchanged.
 */
export const visible = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(HIDDEN, (character) => (character === '\n' ? ' ' : escaped(character)))

/** Escapes each UTF-16 unit, as JSON does. */
const escaped = (character: string): string =>
  [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
