/** The secret of an address, kept out of whatever a driver says of it. */

/** Shortest piece that is looked for: shorter ones stand in any text. */
const SHORTEST = 3
const HIDDEN = '…'

/**
 * Replaces every piece of the address between its scheme and its last `@`, and every value of its query, wherever it stands in a text,
 * as written and percent-decoded: an address that is not well formed is read by drivers in ways of their own.
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

/** An error that says the same without the secrets: no property of it is taken over but its code. */
export function redactedError(error: unknown, redact: (text: string) => string): unknown {
  if (!(error instanceof Error)) return error
  const { code } = error as { readonly code?: unknown }
  const message = redact(error.message)
  const isOpen = message !== error.message || Object.values(error).some((value) => typeof value === 'string' && redact(value) !== value)
  return isOpen ? Object.assign(new Error(message), typeof code === 'string' && { code }) : error
}
