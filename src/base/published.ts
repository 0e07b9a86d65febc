/** URLs of the published schemas and tables of codes. */
export const SCHEMA_BASE = 'https://unpkg.com/tongheng/schemas/'

/** URL of a code in the published table of rules; `schemas/rules.md` has an anchor for every code. */
export const helpUriOf = (code: string): string => `${SCHEMA_BASE}rules.md#${code}`
