/** Reads the inputs of `verify`: statements, certificates in PDF, archives of both, and label texts, one per line as scanners write them. */

import { isZip } from '../archive/inside.js'
import { isTonghengError, type TonghengError } from '../base/error.js'
import type { PagesAnswer } from '../certificate/index.js'
import { type SignedText, type StatementType, statedType } from '../envelope/index.js'
import { openArchive } from './archives.js'
import { findFiles } from './check/sources.js'
import type { Arguments } from './command.js'
import { headOf, mustBeFile, readBytes } from './files.js'
import { type LabelledStatement, labelled, statementsOf } from './lines.js'
import { fault } from './messages.js'
import type { Meter } from './meter.js'
import { isPdf, MAX_PDF, openPdf } from './pdf.js'
import type { Terminal } from './terminal.js'

const STDIN = '-'
const TYPES: readonly StatementType[] = ['metrology-record+jwt', 'metrology-label+jwt']
const ADDRESS = /^\ufeff?https?:\/\//i
/** Number of octets within which a label's URL is recognised. */
const HEAD = 12
/** Maximum length of a file of scanned texts. */
const MAX_OCTETS = 16_777_216

export interface Judged extends LabelledStatement {
  /** True for a label: by option, or by the type of the statement. */
  readonly isLabel: boolean
  /** For a certificate in PDF: the result of comparing its pages with the embedded record. */
  readonly pages?: PagesAnswer
}

const saysLabel = (signed: SignedText): boolean =>
  statedType(typeof signed === 'string' ? signed : (signed[0] ?? '')) === 'metrology-label+jwt'

/** A file without a readable statement, or unreadable from some line on. Later files are still read. */
export interface Unread {
  readonly file: string
  readonly label: string
  readonly error: TonghengError
}

/** Names of files in folders and archives that may contain statements. Unsigned records end in .json and are not read. */
const STATEMENT_FILE = /\.(?:jws|ndjson|jsonl|pdf|txt|zip)$/i

/**
 * The files named by the arguments, with folders and patterns expanded.
 * @throws `cli.file` for a missing file, `cli.no-statements` for a folder or a pattern without a file
 */
export async function judgedFiles(args: Arguments): Promise<readonly string[]> {
  if (args.files.length === 0) return args.list('label').length > 0 ? [] : [STDIN]
  const files: string[] = []
  // One by one, so that a file that is named twice is judged twice.
  for (const name of args.files) {
    const found = await findFiles([name], STATEMENT_FILE)
    if (found.files.length === 0) throw fault('cli.no-statements', { file: name })
    for (const file of found.files) files.push(file)
  }
  for (const file of files) if (file !== STDIN) await mustBeFile(file)
  return files
}

/** Yields labels of the option `--label`, then the content of the files, in order. @throws `cli.no-input` */
export async function* judgedOf(
  files: readonly string[],
  args: Arguments,
  terminal: Terminal,
  meter?: Meter,
): AsyncGenerator<Judged | Unread> {
  if (files.includes(STDIN) && terminal.isInputInteractive) throw fault('cli.no-input')
  const given = args.list('label')
  for (const text of given) yield { file: '--label', label: '--label', signed: text, isAlone: given.length === 1, isLabel: true }
  for (const file of files) {
    meter?.next()
    try {
      yield* statementsIn(file, args, terminal, meter)
    } catch (error) {
      if (!isTonghengError(error)) throw error
      yield { file, label: file, error }
    }
  }
}

async function* statementsIn(file: string, args: Arguments, terminal: Terminal, meter?: Meter): AsyncGenerator<Judged | Unread> {
  const head = await headOf(file, HEAD)
  if (isZip(head)) yield* archived(file, args)
  else if (isPdf(head)) yield await certificate(file, await readBytes(file, MAX_PDF), args)
  else if (isAddress(head)) yield* scanned(file, await readBytes(file, MAX_OCTETS))
  else for await (const one of statementsOf([file], terminal, TYPES, meter?.read)) yield { ...one, isLabel: saysLabel(one.signed) }
}

/** Reads every file of an archive separately: one without a statement does not affect the others. */
async function* archived(archive: string, args: Arguments): AsyncGenerator<Judged | Unread> {
  for await (const one of openArchive(archive, (name) => STATEMENT_FILE.test(name))) {
    const { place } = one
    try {
      if ('error' in one) throw one.error
      // Print the name of each file, even of a single one: the name of the archive does not show it.
      for await (const judged of statementsInOctets(place, one.bytes, args)) yield { ...judged, isAlone: false }
    } catch (error) {
      if (!isTonghengError(error)) throw error
      yield { file: place, label: place, error }
    }
  }
}

async function* statementsInOctets(place: string, bytes: Uint8Array, args: Arguments): AsyncGenerator<Judged> {
  if (isPdf(bytes)) yield await certificate(place, bytes, args)
  else if (isAddress(bytes.subarray(0, HEAD))) yield* scanned(place, bytes)
  else for await (const one of labelled(place, piecesOf(bytes), TYPES)) yield { ...one, isLabel: saysLabel(one.signed) }
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const certificate = async (file: string, bytes: Uint8Array, args: Arguments): Promise<Judged> => ({
  file,
  label: file,
  isAlone: true,
  isLabel: false,
  ...(await openPdf(bytes, args.text('font'))),
})

function* scanned(file: string, bytes: Uint8Array): Generator<Judged> {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/)
  const filled = lines.flatMap((line, at) => (line.trim() === '' ? [] : [{ text: line.trim(), number: at + 1 }]))
  const isAlone = filled.length === 1
  for (const { text, number } of filled)
    yield isAlone
      ? { file, label: file, signed: text, isAlone, isLabel: true }
      : { file, line: number, label: `${file}:${number}`, signed: text, isAlone, isLabel: true }
}

const isAddress = (head: Uint8Array): boolean => ADDRESS.test(new TextDecoder().decode(head))
