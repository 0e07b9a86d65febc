/** `tongheng/ledger`: ledgers of instruments (台账) as enterprises and bureaus keep them in Excel. */
export { type Confirmation, type ConfirmationOutcome, confirm } from './confirm.js'
export { type DueGroup, type DueLine, type DueList, type DueOptions, due, dueGroups } from './due.js'
export { type ExportedForm, type ExportForm, exportForm, exportForms, outcomesTable } from './export.js'
export { type FieldSort, type LedgerField, ledgerFields } from './fields.js'
export type { LedgerFinding, LedgerFindingStatus } from './finding.js'
export type { LedgerCode } from './finding-messages.js'
export type { ComparedPoint } from './judge-error.js'
export { LedgerLine, type LedgerRequirement } from './line.js'
export { LedgerMapping, type MappedColumn, type MappedSheet, parseMapping } from './mapping.js'
export {
  type FoundCertificate,
  type FoundLabel,
  type LedgerLabel,
  type LedgerStatement,
  type MatchedLine,
  type MatchList,
  match,
  type StatedByLabel,
  type Use,
} from './match.js'
export { type Ledger, type LedgerOptions, readLedger } from './read-ledger.js'
export {
  dueSummary,
  dueTable,
  findingsTable,
  type Language,
  type LedgerTable,
  matchTable,
  STATUS_WORDS as findingWords,
  type Tone,
  USE_WORDS as useWords,
  unmatchedTable,
} from './tables.js'
export type { LedgerUseCode, UseReason } from './use-messages.js'
export { type Validity, validityOf } from './validity.js'
export { Holidays, parseHolidays } from './working-days.js'
export { linesTable } from './write-lines.js'
export { type LedgerHtml, tableCsv, tablesWorkbook, writeTablesHtml } from './write-tables.js'
