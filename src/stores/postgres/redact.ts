/** Removes the credentials of a database address from the messages of a driver. */

/** Minimum length of a redacted piece; shorter ones occur in any text. */
const SHORTEST = 3
const HIDDEN = '…'

/**
 * Returns a function that replaces, anywhere in a text, each part of the address between its scheme and its last `@`, and each
 * value of its query, both as written and percent-decoded. It does not parse the URL: drivers read a malformed address differently.
 */
export function createRedactor(url: string): (text: string) => string {
  const [, userinfo = ''] = /^[a-z+]*:?\/\/(.*)@/is.exec(url) ?? []
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : ''
  const password = userinfo.slice(userinfo.indexOf(':') + 1)
  const values = query.split(/[&;]/).map((pair) => pair.slice(pair.indexOf('=') + 1))
  const pieces = [url, userinfo, password, ...userinfo.split(/[:@/?#,]/), ...values]
  const secrets = [...new Set(pieces.flatMap((piece) => [piece, decoded(piece)]))]
    .filter((piece) => piece.length >= SHORTEST)
    .sort((a, b) => b.length - a.length)
  return (text) => secrets.reduce((hidden, secret) => hidden.replaceAll(secret, HIDDEN), text)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

/** Returns an error with a redacted message. Of its properties it copies only `code`. */
export function redactedError(error: unknown, redact: (text: string) => string): unknown {
  if (!(error instanceof Error)) return error
  const { code } = error as { readonly code?: unknown }
  const message = redact(error.message)
  const isOpen = message !== error.message || Object.values(error).some((value) => typeof value === 'string' && redact(value) !== value)
  return isOpen ? Object.assign(new Error(message), typeof code === 'string' && { code }) : error
}
