/** By what callers are told apart that do not say who they are. */

/**
 * The address, or of IPv6 the network of 64 bits: who has one address there has all of them (RFC 6177, RFC 4291 §2.5.1). IPv4
 * within IPv6 is IPv4.
 */
export function callerKey(address: string | undefined): string {
  if (address === undefined) return ''
  const plain = address.replace(/%.*$/, '').toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  if (mapped !== undefined) return mapped
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  // What `::` leaves out is zeros; only the first four groups count.
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const whole = tail === undefined ? groups : [...groups, ...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest]
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
