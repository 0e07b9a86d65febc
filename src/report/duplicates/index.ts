/** Duplicate verifications: found among signed records, counted, written for people and spreadsheets. */
export {
  type DuplicateOptions,
  type DuplicateRecord,
  type DuplicateReport,
  type DuplicateRow,
  type DuplicateVerification,
  findDuplicates,
  type NotCompared,
} from './find-duplicates.js'
export type { DuplicateCode, DuplicateReason } from './messages.js'
export type { DuplicateInstrument } from './verification.js'
export { writeDuplicatesCsv, writeDuplicatesText, writeDuplicatesWorkbook } from './write.js'
