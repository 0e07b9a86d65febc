/** Reads the input of the `ledger` actions: the ledger, its mapping, the date of the result, and holidays. */
import { civilDateOf, isCivilDate, parseInstant } from '../../base/date.js'
import { type Holidays, type Ledger, type LedgerMapping, parseHolidays, parseMapping, readLedger } from '../../ledger/index.js'
import type { Arguments } from '../command.js'
import { jsonOf, readBytes } from '../files.js'
import type { Terminal } from '../terminal.js'
import { fault } from './messages.js'

/** Maximum length of a workbook; above the limit of the reader, so that the reader reports its own code. */
const MAX_WORKBOOK = 128 * 1024 * 1024

/** @throws `cli.ledger-file` unless one file is named */
export function ledgerFile(args: Arguments): string {
  const [, file, extra] = args.files
  if (file === undefined || extra !== undefined) throw fault('cli.ledger-file')
  return file
}

export async function readLedgerFile(args: Arguments, on: string): Promise<Ledger> {
  const mapping = await mappingIn(args)
  return readLedger(await readBytes(ledgerFile(args), MAX_WORKBOOK), { on, ...(mapping && { mapping }) })
}

/** For an answer about instruments: from a file that has none, “nothing is due” would be read. @throws `cli.ledger-none` */
export async function readInstruments(args: Arguments, on: string): Promise<Ledger> {
  const ledger = await readLedgerFile(args, on)
  if (ledger.lines.length === 0) throw fault('cli.ledger-none', { file: ledgerFile(args) })
  return ledger
}

async function mappingIn(args: Arguments): Promise<LedgerMapping | undefined> {
  const name = args.text('mapping')
  return name === undefined ? undefined : parseMapping(jsonOf({ name, bytes: await readBytes(name) }))
}

export async function holidaysIn(args: Arguments): Promise<Holidays | undefined> {
  const name = args.text('holidays')
  return name === undefined ? undefined : parseHolidays(jsonOf({ name, bytes: await readBytes(name) }))
}

/** The time of the result, and its date in China; a date alone means its beginning. @throws `cli.option-time` */
export function momentIn(args: Arguments, terminal: Terminal): { readonly at: number; readonly on: string } {
  const text = args.text('at')
  const at = text !== undefined && isCivilDate(text) ? parseInstant(`${text}T00:00:00+08:00`) : args.instant('at', terminal.now())
  return { at, on: civilDateOf(at) }
}
