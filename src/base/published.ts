/** Where the published package serves its schemas and the tables of its codes. */
export const SCHEMA_BASE = 'https://unpkg.com/tongheng/schemas/'

/** The paragraph about a code in the published table of rules; `schemas/rules.md` has an anchor for every code. */
export const helpUriOf = (code: string): string => `${SCHEMA_BASE}rules.md#${code}`
