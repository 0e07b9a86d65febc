/** Reads spreadsheets of any origin within limits, and writes spreadsheets that are safe to open. */
export { readWorkbook } from './read-workbook.js'
export { type Cell, cellName, columnName, LIMITS, type Merge, type Sheet, type Workbook, type WorkbookLimits } from './workbook.js'
export type { CellStyle } from './write/parts.js'
export {
  createWorkbookWriter,
  type SheetPlan,
  type WorkbookWriter,
  type WrittenCell,
  type WrittenColumn,
  writeWorkbook,
} from './write/writer.js'
export type { Sink } from './write/zip.js'
