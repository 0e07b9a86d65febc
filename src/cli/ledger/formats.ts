/** Formats in which `ledger` answers. Apart from what writes them, so that the help of a command does not load the ledger. */
export const ledgerFormats = ['pretty', 'json', 'csv', 'xlsx', 'html'] as const
export type LedgerFormat = (typeof ledgerFormats)[number]
