/** Cleans the text of a cell for a line: removes invisible characters, and reports every change and doubt. */
import { BLANK } from '../base/blank.js'
import { compare, isDecimal, parseDecimal } from '../base/decimal.js'
import { foldWidth } from '../base/fold.js'
import { PARAGRAPH } from '../base/patterns.js'
import type { Cell } from '../spreadsheet/index.js'
import { type LedgerField, ledgerFields } from './fields.js'
import type { Note } from './finding.js'
import { ABSENT } from './words.js'

const MAX_LENGTH = 1000
const MAX_LINE = 200
const EDGES = new RegExp(`^[${BLANK}]+|[${BLANK}]+$`, 'g')
const EDGE = new RegExp(`^[${BLANK}]|[${BLANK}]$`)
/** Tabs, which become a plain blank so that other programs do not drop them. */
const TABS = /[\t\v\f]/g
const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029]/g
const ASCII = /^[ -~]+$/
/** Common Han characters and visible ASCII, without blanks at the ends: needs no cleaning. */
const HAN = /^[!-~\u4e00-\u9fff](?:[ -~\u4e00-\u9fff]*[!-~\u4e00-\u9fff])?$/
const FULL_WIDTH = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff0e]/
/** A mobile or fixed telephone number, or an identity number, among other text. */
const PHONE = /(?:^|[^\dA-Za-z])((?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-\d{7,8}|[1-9]\d{16}[\dXx])(?![\dA-Za-z])/g
/** As Excel shows a 3-5 or 25-3-5 that it has made a date of: 3月5日, 5-Mar, Mar-05, 2025/3/5. */
const LIKE_DATE = /^(?:\d{4}\/(?:1[0-2]|[1-9])\/(?:3[01]|[12]\d|[1-9])|\d{1,2}月\d{1,2}日|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2})$/
const SCIENTIFIC = /^\d(?:\.\d+)?E\+?\d+$/i

/** Fields that name a thing in one line; the others may have line breaks. */
const LINES: ReadonlySet<LedgerField> = new Set<LedgerField>([
  'name',
  'assetNumber',
  'serialNumber',
  'plate',
  'certificateNo',
  'rangeUnit',
  'scaleIntervalUnit',
  'maximumPermissibleErrorUnit',
  'intervalUnit',
  'requiredUnit',
])
/** Fields of free text, which may contain telephone or identity numbers. */
const FREE: ReadonlySet<LedgerField | 'other'> = new Set<LedgerField | 'other'>([
  'holder',
  'department',
  'installedAt',
  'method',
  'body',
  'designatedBody',
  'remarks',
  'other',
])

/** The cleaned text of a cell; undefined if it is empty or unusable. Calls `note` for each change and doubt. */
export function textOf(cell: Cell, field: LedgerField | 'other', note: (one: Note) => void): string | undefined {
  if (cell.type === 'error') {
    note({ code: 'ledger.cell-error', params: { text: cell.text } })
    return undefined
  }
  const text = trimmed(cell.text, note)
  if (text === '' && cell.isFormula === true) note({ code: 'ledger.formula-unsaved', params: {} })
  if (text === '' || ABSENT.has(text)) return undefined
  const most = LINES.has(field as LedgerField) ? MAX_LINE : MAX_LENGTH
  if (text.length > most) {
    note({ code: 'ledger.cell-too-long', params: { length: text.length, most } })
    return undefined
  }
  if (cell.isFormula === true) note({ code: 'ledger.formula', params: { text } })
  const sort = field === 'other' ? 'text' : ledgerFields.get(field)?.sort
  if (sort === 'identifier' && isSpoiled(cell, text)) {
    note({ code: 'ledger.digits-lost', params: { text } })
    return undefined
  }
  if (sort === 'identifier' && (cell.date !== undefined || LIKE_DATE.test(text))) note({ code: 'ledger.number-date', params: { text } })
  if (sort === 'measure' && cell.type === 'number') noteShown(cell, text, note)
  if (sort !== 'text' && FULL_WIDTH.test(text)) note({ code: 'ledger.full-width', params: { text, read: foldWidth(text) } })
  if (FREE.has(field)) return withoutNumbersOfPersons(text, note)
  if (!LINES.has(field as LedgerField) || !text.includes('\n')) return text
  const line = text.replace(/\s*\n\s*/g, ' ')
  note({ code: 'ledger.hidden-character', params: { text: text.replaceAll('\n', '⏎') } })
  return line
}

function trimmed(raw: string, note: (one: Note) => void): string {
  if (ASCII.test(raw)) return EDGE.test(raw) ? raw.replace(EDGES, '') : raw
  if (HAN.test(raw)) return raw
  let text = raw.replace(LINE_ENDS, '\n').replace(TABS, ' ').replace(EDGES, '')
  if (text === '' || PARAGRAPH.test(text)) return text
  // PARAGRAPH matches only visible characters, so it filters them one by one.
  text = [...text]
    .filter((character) => PARAGRAPH.test(character))
    .join('')
    .replace(EDGES, '')
  note({ code: 'ledger.hidden-character', params: { text } })
  return text
}

/** True if digits were lost: Excel stores 15 significant digits of a number. */
const isSpoiled = (cell: Cell, text: string): boolean =>
  cell.type === 'number' ? (cell.number ?? text).replace(/^-|\.\d*$/g, '').length > 15 : SCIENTIFIC.test(text.replace(/,/g, ''))

function noteShown({ number, format }: Cell, text: string, note: (one: Note) => void): void {
  if (number === undefined || format === undefined || number === text || text.includes('%')) return
  const shown = /-?\d+(?:\.\d+)?/.exec(text.replaceAll(',', ''))?.[0]
  if (shown === undefined || !isDecimal(shown) || !isDecimal(number)) return
  // A double stores 1.1 as 1.1000000000000001, so compare the 15 digits that Excel has.
  const stored = Number(number).toPrecision(15)
  if (!isDecimal(stored)) return
  const isSame = compare(parseDecimal(shown), parseDecimal(stored)) === 0
  note({ code: isSame ? 'ledger.as-shown' : 'ledger.shown-rounded', params: { text, number } })
}

function withoutNumbersOfPersons(text: string, note: (one: Note) => void): string | undefined {
  if (!/\d{7}/.test(text.replace(/[- ]/g, ''))) return text
  const left = text.replace(PHONE, (found, number: string) => found.replace(number, '')).replace(EDGES, '')
  if (left === text) return text
  note({ code: 'ledger.phone-left-out' })
  return left === '' ? undefined : left
}
