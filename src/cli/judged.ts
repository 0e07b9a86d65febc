/** Inputs of `verify`: statements, certificates in PDF, and label texts from an option or a file, one per line, as scanners write them. */

import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { isTonghengError, type TonghengError } from '../base/error.js'
import type { PagesAnswer } from '../certificate/index.js'
import { type SignedText, type StatementType, statedType } from '../envelope/index.js'
import { findFiles } from './check/sources.js'
import type { Arguments } from './command.js'
import { fileFault, mustBeFile, readBytes } from './files.js'
import { type LabelledStatement, statementsOf } from './lines.js'
import { fault } from './messages.js'
import { isPdfFile, openPdf } from './pdf.js'
import type { Terminal } from './terminal.js'

const STDIN = '-'
const TYPES: readonly StatementType[] = ['metrology-record+jwt', 'metrology-label+jwt']
const ADDRESS = /^\ufeff?https?:\/\//i
/** Number of octets within which a label's URL is recognised. */
const HEAD = 12
/** Maximum length of a file of scanned texts. */
const MOST_OCTETS = 16_777_216

export interface Judged extends LabelledStatement {
  /** True if it is verified as a label: given as one, or a statement of that type. */
  readonly isLabel: boolean
  /** Of a certificate in PDF: whether its pages show the record inside. */
  readonly pages?: PagesAnswer
}

const saysLabel = (signed: SignedText): boolean =>
  statedType(typeof signed === 'string' ? signed : (signed[0] ?? '')) === 'metrology-label+jwt'

/** A file in which no statement could be read, or none from some line on. The files after it are read. */
export interface Unread {
  readonly file: string
  readonly label: string
  readonly error: TonghengError
}

/** Files of a folder that may hold statements. Records that are not signed end in .json, so those are not read. */
const STATEMENT_FILE = /\.(?:jws|ndjson|jsonl|pdf|txt)$/i

/**
 * The files that the arguments name, folders and patterns included.
 * @throws `cli.file` for a file that is not there, `cli.no-statements` for a folder or a pattern without a file
 */
export async function judgedFiles(args: Arguments): Promise<readonly string[]> {
  if (args.files.length === 0) return args.list('label').length > 0 ? [] : [STDIN]
  const files: string[] = []
  // One by one: a file that is named twice is judged twice.
  for (const name of args.files) {
    const found = await findFiles([name], STATEMENT_FILE)
    if (found.files.length === 0) throw fault('cli.no-statements', { file: name })
    for (const file of found.files) files.push(file)
  }
  for (const file of files) if (file !== STDIN) await mustBeFile(file)
  return files
}

/** Yields labels of the option `--label`, then the content of the files, in order. @throws `cli.no-input` */
export async function* judgedOf(files: readonly string[], args: Arguments, terminal: Terminal): AsyncGenerator<Judged | Unread> {
  if (files.includes(STDIN) && terminal.isInputInteractive) throw fault('cli.no-input')
  const given = args.list('label')
  for (const text of given) yield { file: '--label', label: '--label', signed: text, isAlone: given.length === 1, isLabel: true }
  for (const file of files) {
    try {
      yield* statementsIn(file, args, terminal)
    } catch (error) {
      if (!isTonghengError(error)) throw error
      yield { file, label: file, error }
    }
  }
}

async function* statementsIn(file: string, args: Arguments, terminal: Terminal): AsyncGenerator<Judged> {
  if (await isPdfFile(file)) yield { file, label: file, isAlone: true, isLabel: false, ...(await openPdf(file, args.text('font'))) }
  else if (await holdsAddresses(file)) yield* scannedIn(file)
  else for await (const one of statementsOf([file], terminal, TYPES)) yield { ...one, isLabel: saysLabel(one.signed) }
}

async function* scannedIn(file: string): AsyncGenerator<Judged> {
  const lines = new TextDecoder().decode(await readBytes(file, MOST_OCTETS)).split(/\r?\n/)
  const filled = lines.flatMap((line, at) => (line.trim() === '' ? [] : [{ text: line.trim(), number: at + 1 }]))
  const isAlone = filled.length === 1
  for (const { text, number } of filled)
    yield isAlone
      ? { file, label: file, signed: text, isAlone, isLabel: true }
      : { file, line: number, label: `${file}:${number}`, signed: text, isAlone, isLabel: true }
}

/** A pipe is not read here, because it can be read only once. */
const holdsAddresses = (file: string): Promise<boolean> =>
  fileFault(file, async () => {
    if (file === STDIN || !(await stat(file)).isFile()) return false
    for await (const piece of createReadStream(file, { end: HEAD })) return ADDRESS.test(new TextDecoder().decode(piece as Uint8Array))
    return false
  })
