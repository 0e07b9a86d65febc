/** Tests whether a text is, or was meant to be, a signed statement, by its form only. */

/**
 * True for a statement, complete or damaged: a header object in base64url begins with `ey`, or with `ew` if a space follows the
 * brace.
 */
export const isSignedText = (text: string): boolean => /^e[wy][!-~]*$/.test(text) || isCompact(text)

/** True if a text has the form of a signed statement. */
export const isCompact = (text: string): boolean =>
  typeof text === 'string' && /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(text)
