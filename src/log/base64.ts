/** Base64 as notes and witnesses write it (RFC 4648 §4, with padding), in its only spelling. */
import { decodeBase64url, encodeBase64url } from '#native'

// Whole groups, then one or two octets with the unused bits zero: a second spelling would be a second note.
const SPELLING = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/

/** Undefined where the text is empty or spelled in another way. */
export const readBase64 = (text: string): Uint8Array | undefined =>
  text !== '' && SPELLING.test(text) ? decodeBase64url(text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')) : undefined

export function writeBase64(bytes: Uint8Array): string {
  const text = encodeBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}
