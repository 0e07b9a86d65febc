/** Output formats of `ledger`. A separate file, so that the help of the command does not load the ledger. */
export const ledgerFormats = ['pretty', 'json', 'csv', 'xlsx', 'html'] as const
export type LedgerFormat = (typeof ledgerFormats)[number]
