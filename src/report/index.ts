/** `tongheng/report`: verdicts and findings for people and for CI. */

export { padEnd, textWidth } from '../base/text-width.js'
export { visible } from '../base/visible.js'
export { csvHead, csvLine } from './csv.js'
export {
  type DuplicateCode,
  type DuplicateInstrument,
  type DuplicateOptions,
  type DuplicateReason,
  type DuplicateRecord,
  type DuplicateReport,
  type DuplicateRow,
  type DuplicateVerification,
  findDuplicates,
  type NotCompared,
  writeDuplicatesCsv,
  writeDuplicatesText,
  writeDuplicatesWorkbook,
} from './duplicates/index.js'
export {
  countOf,
  createFindingsWriter,
  type Finding,
  type FindingsFormat,
  type FindingsWriter,
  findingsFormats,
  type RecordFindings,
  type Totals,
  totalsText,
  type WriterOptions,
} from './findings/index.js'
export { type ListHtmlOptions, writeListHtml } from './list-html.js'
export { createListWorkbook, type ListWorkbook, type ListWorkbookOptions } from './list-workbook.js'
export { createTally, type Summary, type SummaryCount, type SummaryDuplicate, type Tally } from './summary.js'
export { writeSummaryText } from './summary-text.js'
export {
  type JudgedStatement,
  type LabelledInstrument,
  type TableRow,
  tableColumns,
  tableRow,
  type UnreadStatement,
  unreadRow,
} from './table.js'
export { type Language, outcomeWord, type TextOptions, verdictWord, writeVerdictText } from './text.js'
