/** Canonical JSON (RFC 8785): a value has one text, so that a digest binds its content. */

/**
 * Members sorted by UTF-16 code units, no blanks, members that are undefined left out. Measured values are decimal texts here; of
 * numbers only integers are written.
 * @throws TypeError for another number, which RFC 8785 would have to format
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
