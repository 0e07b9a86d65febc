/** Spreadsheets of any origin, read within bounds and written so that they are safe to open. */
export { readWorkbook } from './read-workbook.js'
export { type Cell, cellName, columnName, LIMITS, type Merge, type Sheet, type Workbook, type WorkbookLimits } from './workbook.js'
