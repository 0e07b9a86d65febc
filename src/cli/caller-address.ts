/** Determines the client address of a request behind proxies, which limits are counted by. */

import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { fault } from './messages.js'

export interface CallerAddress {
  /** Determined from the address of the connection and the headers of the request. */
  of(connection: string | undefined, headers: IncomingHttpHeaders): string | undefined
  /** True for a connection of a trusted proxy, which many callers share. */
  isProxy(connection: string | undefined): boolean
}

/**
 * Finds the caller's address behind proxies. Each proxy appends the address of its peer, so the list is read from the end: entries by a
 * trusted proxy count, and the first address that is no proxy's is the caller's. Earlier entries may be forged by the caller. A proxy
 * writes one of `X-Forwarded-For` and `Forwarded` (RFC 7239) and may pass the other through, so if both are present neither counts.
 * @param trusted addresses and networks (`10.0.0.0/8`) of proxies
 * @throws `cli.proxy` if one of them is neither
 */
export function callerAddress(trusted: readonly string[]): CallerAddress {
  const proxies = new BlockList()
  for (const entry of trusted) {
    const [address = '', prefix, ...rest] = entry.split('/')
    const family = familyOf(address)
    const most = family === 'ipv4' ? 32 : 128
    const bits = prefix === undefined ? most : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
    if (family === undefined || rest.length > 0 || !(bits <= most)) throw fault('cli.proxy', { entry })
    proxies.addSubnet(address, bits, family)
  }
  const isTrusted = (address: string): boolean => {
    const family = familyOf(address)
    return family !== undefined && proxies.check(address, family)
  }
  const isProxy: CallerAddress['isProxy'] = (connection) => {
    const address = plain(connection)
    return address !== undefined && isTrusted(address)
  }
  return {
    isProxy,
    of(connection, headers) {
      let found = plain(connection)
      if (found === undefined || !isTrusted(found)) return found
      const said = hops(headers)
      while (isTrusted(found)) {
        const before = plain(said.pop())
        // If a proxy sends no valid address, its own is used.
        if (before === undefined || familyOf(before) === undefined) return found
        found = before
      }
      return found
    },
  }
}

/** Addresses written by proxies, the nearest last. */
function hops({ 'x-forwarded-for': list, forwarded }: IncomingHttpHeaders): (string | undefined)[] {
  if (list !== undefined && forwarded !== undefined) return []
  if (list !== undefined) return [list].flat().join(',').split(',')
  return (forwarded ?? '').split(',').map((element) => /(?:^|;)\s*for\s*=\s*("[^"]*"|[^;\s]+)/i.exec(element)?.[1]?.replaceAll('"', ''))
}

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined => ({ 4: 'ipv4' as const, 6: 'ipv6' as const })[isIP(address)]

/** Removes IPv4-mapped IPv6, brackets and ports, which are other spellings of one address. */
const plain = (address: string | undefined): string | undefined =>
  address
    ?.trim()
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
