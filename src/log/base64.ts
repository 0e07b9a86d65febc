/** Base64 of notes and witness requests (RFC 4648 §4, with padding); only the canonical encoding is accepted. */
import { decodeBase64url, encodeBase64url } from '#native'

// Full groups, then one or two octets whose unused bits are zero: a second encoding would allow a second note with the same
// content.
const SPELLING = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/

/** Undefined if the text is empty or not canonical. */
export const readBase64 = (text: string): Uint8Array | undefined =>
  text !== '' && SPELLING.test(text) ? decodeBase64url(text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')) : undefined

export function writeBase64(bytes: Uint8Array): string {
  const text = encodeBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}
