/**
 * Truncates third-party text for a quotation, never within a surrogate pair: quotations go into messages, and a receipt whose
 * reasons contain half a character could not be signed.
 */
export const excerpt = (text: string, most: number): string =>
  text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '')
