/** Inputs of `verify`: statements, certificates in PDF, and label texts from an option or a file, one per line, as scanners write them. */

import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { PagesAnswer } from '../certificate/index.js'
import { type SignedText, type StatementType, statedType } from '../envelope/index.js'
import type { Arguments } from './command.js'
import { fileFault, mustBeFile, readBytes } from './files.js'
import { type LabelledStatement, statementsOf } from './lines.js'
import { isPdfFile, openPdf } from './pdf.js'
import type { Terminal } from './terminal.js'

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

/**
 * Yields labels of the option `--label`, then the content of the files, in order. @throws `cli.file`, `cli.no-input`, `content.*`
 */
export async function* judgedOf(args: Arguments, terminal: Terminal): AsyncGenerator<Judged> {
  for (const file of args.files) if (file !== '-') await mustBeFile(file)
  const given = args.list('label')
  for (const text of given) yield { label: '--label', signed: text, isAlone: given.length === 1, isLabel: true }
  if (given.length > 0 && args.files.length === 0) return
  for (const file of args.files.length === 0 ? ['-'] : args.files) {
    if (await isPdfFile(file)) yield { label: file, isAlone: true, isLabel: false, ...(await openPdf(file, args.text('font'))) }
    else if (await holdsAddresses(file)) yield* scannedIn(file)
    else for await (const one of statementsOf([file], terminal, TYPES)) yield { ...one, isLabel: saysLabel(one.signed) }
  }
}

async function* scannedIn(file: string): AsyncGenerator<Judged> {
  const lines = new TextDecoder().decode(await readBytes(file, MOST_OCTETS)).split(/\r?\n/)
  const filled = lines.flatMap((line, at) => (line.trim() === '' ? [] : [{ text: line.trim(), number: at + 1 }]))
  const isAlone = filled.length === 1
  for (const { text, number } of filled) yield { label: isAlone ? file : `${file}:${number}`, signed: text, isAlone, isLabel: true }
}

/** A pipe is not read here, because it can be read only once. */
const holdsAddresses = (file: string): Promise<boolean> =>
  fileFault(file, async () => {
    if (file === '-' || !(await stat(file)).isFile()) return false
    for await (const piece of createReadStream(file, { end: HEAD })) return ADDRESS.test(new TextDecoder().decode(piece as Uint8Array))
    return false
  })
