/** Reads any number of statements from files and standard input on demand, with the envelope's reader. */

import { createReadStream } from 'node:fs'
import { type ReadStatement, type SignedText, type StatementType, streamStatements } from '../envelope/index.js'
import { fileFaultOf } from './file-error.js'
import { mustBeFile } from './files.js'
import { fault } from './messages.js'
import type { Terminal } from './terminal.js'

export interface LabelledStatement {
  readonly file: string
  /** Line of its first signature, if its file has several statements. */
  readonly line?: number
  /** File, and the line if it has several statements. */
  readonly label: string
  readonly signed: SignedText
  /** True if it is the only one of its file. */
  readonly isAlone: boolean
}

const STDIN = '-'

/** @throws `cli.file`, `cli.no-input` before the first statement; `content.*` if a file contains something else */
export async function* statementsOf(
  files: readonly string[],
  terminal: Terminal,
  types?: readonly StatementType[],
  onRead: (octets: number) => void = () => undefined,
): AsyncGenerator<LabelledStatement> {
  const names = files.length === 0 ? [STDIN] : files
  if (names.includes(STDIN) && terminal.isInputInteractive) throw fault('cli.no-input')
  for (const name of names) if (name !== STDIN) await mustBeFile(name)
  for (const name of names) yield* labelled(name, name === STDIN ? terminal.input : piecesOf(name, onRead), types)
}

/** The statements of one text, named by its file. @throws `content.*` */
export async function* labelled(
  name: string,
  pieces: AsyncIterable<Uint8Array>,
  types?: readonly StatementType[],
): AsyncGenerator<LabelledStatement> {
  // Read one ahead, to detect a file with a single statement.
  let held: ReadStatement | undefined
  let isAlone = true
  for await (const next of streamStatements(pieces, { name, ...(types && { types }) })) {
    if (held !== undefined) {
      isAlone = false
      yield statementAt(name, held)
    }
    held = next
  }
  if (held !== undefined) yield isAlone ? { file: name, label: name, signed: held.signed, isAlone } : statementAt(name, held)
}

const statementAt = (file: string, { line, signed }: ReadStatement): LabelledStatement => ({
  file,
  line,
  label: `${file}:${line}`,
  signed,
  isAlone: false,
})

async function* piecesOf(file: string, onRead: (octets: number) => void): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of createReadStream(file) as AsyncIterable<Uint8Array>) {
      onRead(piece.length)
      yield piece
    }
  } catch (error) {
    throw fileFaultOf(file, error)
  }
}
