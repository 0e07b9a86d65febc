/** Recognises a spreadsheet by its content, and reads it. */
import { decodeTable, readDelimited } from './delimited.js'
import { fault } from './messages.js'
import { LIMITS, type Workbook, type WorkbookLimits } from './workbook.js'

const CONTROLS = /[\0-\x08\x0e-\x1f]/

/**
 * Reads a spreadsheet: .xlsx and .xlsm (cells only), CSV, tab-separated text, and HTML tables that call themselves .xls. What it is, the
 * content says; a name is not asked for. Values are taken as stored, and no formula is evaluated.
 * @param limits replaces some of the limits
 * @throws `spreadsheet.*` where the file is refused; the text says what to do
 */
export async function readWorkbook(bytes: Uint8Array, limits: Partial<WorkbookLimits> = {}): Promise<Workbook> {
  const most = { ...LIMITS, ...limits }
  if (bytes.length > most.octets) throw fault('spreadsheet.octets-many', { size: bytes.length, most: most.octets })
  const decoded = decodeTable(bytes)
  if (decoded === undefined) throw fault('spreadsheet.encoding')
  // No text has these; GB 18030 gives a character for nearly any octets.
  if (CONTROLS.test(decoded.text)) throw fault('spreadsheet.unrecognised')
  return readDelimited(decoded, most)
}
