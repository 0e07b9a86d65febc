/** Canonical JSON (RFC 8785): a value has exactly one text, so that a digest binds its content. */

/**
 * Writes members sorted by UTF-16 code units, without blanks and undefined members. Measured values are decimal texts, so the only numbers
 * are integers.
 * @throws TypeError for a number that is not a safe integer: its format is not implemented
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return JSON.stringify(value)
  if (Number.isSafeInteger(value)) return String(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`${typeof value} has no canonical form here`)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`
}
