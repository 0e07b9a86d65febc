/** Whether a text is, or was meant as, a signed statement: by its form alone. */

/** Text that a signer meant as a statement, whole or damaged: a header object in base64url begins with `ey`, or `ew` before a space. */
export const isSignedText = (text: string): boolean => /^e[wy][!-~]*$/.test(text) || isCompact(text)

/** Whether a text has the form of a signed statement. */
export const isCompact = (text: string): boolean =>
  typeof text === 'string' && /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(text)
