/**
 * What is blank, for a class of a pattern. Written out: what `\s` has beside ASCII depends on the edition of Unicode that a runtime knows,
 * and in a published schema on the language of its reader.
 */
export const BLANK = String.raw`\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff`
