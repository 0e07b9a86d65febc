/** Detects the format of a spreadsheet by its content, and reads it. */
import { isZip } from '../archive/inside.js'
import { decodeTable, readDelimited } from './delimited.js'
import { isHtml, isSpreadsheetMl, readHtml } from './html.js'
import { fault } from './messages.js'
import { contentOfOle, isOle } from './ole.js'
import { LIMITS, type Workbook, type WorkbookLimits } from './workbook.js'

/** Control characters, which no text contains. They detect binary files, because GB 18030 decodes nearly any octets. */
const CONTROLS = /[\0-\x08\x0e-\x1f]/

/**
 * Reads a spreadsheet: .xlsx and .xlsm (cells only), CSV, tab-separated text, and HTML tables named .xls. Its content determines the format.
 * Values are read as stored; no formula is evaluated.
 * @param limits overrides some of the default limits
 * @throws `spreadsheet.*` if the file is rejected; the message names the remedy
 */
export async function readWorkbook(bytes: Uint8Array, limits: Partial<WorkbookLimits> = {}): Promise<Workbook> {
  const most = { ...LIMITS, ...limits }
  if (bytes.length > most.octets) throw fault('spreadsheet.octets-many', { size: bytes.length, most: most.octets })
  if (isZip(bytes)) return (await import('./xlsx/read.js')).readXlsx(bytes, most)
  if (isOle(bytes)) {
    const content = contentOfOle(bytes)
    throw content === 'encrypted' ? fault('spreadsheet.encrypted') : fault('spreadsheet.format', { format: content })
  }
  const decoded = decodeTable(bytes)
  if (decoded === undefined) throw fault('spreadsheet.encoding')
  if (CONTROLS.test(decoded.text)) throw fault('spreadsheet.unrecognised')
  if (isSpreadsheetMl(decoded.text)) throw fault('spreadsheet.format', { format: 'Excel 2003 XML' })
  if (/^MIME-Version:/i.test(decoded.text)) throw fault('spreadsheet.format', { format: 'MHTML' })
  if (isHtml(decoded.text)) return readHtml(decoded, most)
  return readDelimited(decoded, most)
}
