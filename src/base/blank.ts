/**
 * Blank characters, for use in a character class. Listed explicitly, because `\s` outside ASCII depends on the Unicode version of
 * the runtime and, in a published schema, on the language of the implementation.
 */
export const BLANK = String.raw`\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff`
