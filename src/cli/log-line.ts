/** An event as a line of JSON in which nothing is hidden: what came from outside stands in it as its own letters, or as escapes. */

/** Controls (C1 and DEL: JSON escapes the others), marks that have no shape or change the direction of a text, line breaks of Unicode, halves. */
const HIDDEN = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Surrogate}]/gu

export const logLine = (event: Readonly<Record<string, unknown>>): string => JSON.stringify(event).replace(HIDDEN, escaped)

/** By UTF-16 unit, as JSON has it. */
const escaped = (character: string): string =>
  [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
