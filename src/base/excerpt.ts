/**
 * The beginning of a foreign text, to be quoted. A cut never falls inside a surrogate pair: what is quoted goes into
 * messages, and a receipt whose reasons hold half a character could not be signed.
 */
export const excerpt = (text: string, most: number): string =>
  text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '')
