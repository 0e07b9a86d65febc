/** `tongheng/ledger`: ledgers of instruments (台账) as enterprises and bureaus keep them in Excel. */
export { type LedgerField, ledgerFields } from './fields.js'
export type { LedgerFinding, LedgerFindingStatus } from './finding.js'
export { LedgerLine, type LedgerRequirement } from './line.js'
export { LedgerMapping, type MappedColumn, type MappedSheet, parseMapping } from './mapping.js'
export { type Ledger, type LedgerOptions, readLedger, readLedgerOf } from './read-ledger.js'
