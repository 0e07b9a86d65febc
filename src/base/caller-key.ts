/** Identifies unauthenticated callers. */

/**
 * Returns the address, or the 64-bit prefix of an IPv6 address: one host can use all addresses of its prefix (RFC 6177, RFC 4291
 * §2.5.1). IPv4-mapped IPv6 is converted to IPv4.
 */
export function callerKey(address: string | undefined): string {
  if (address === undefined) return ''
  const plain = address.replace(/%.*$/, '').toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  if (mapped !== undefined) return mapped
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  // `::` represents zeros; only the first four groups are used.
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const whole = tail === undefined ? groups : [...groups, ...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest]
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
