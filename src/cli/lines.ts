/** Statements of files and standard input, one a line, however large: read as they are sent. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { TonghengError } from '../base/error.js'
import { MAX_STATEMENT_LENGTH } from '../envelope/index.js'
import { fileFault, fileFaultOf } from './files.js'
import type { Terminal } from './terminal.js'

export interface StatementLine {
  /** File, and the line where it has several. */
  readonly label: string
  readonly statement: string
  /** Whether it is the only one of its file. */
  readonly isAlone: boolean
}

const STDIN = '-'
const LINE_BREAK = 0x0a

/** @throws `cli.file`, `cli.no-input` before anything is given */
export async function* statementLines(files: readonly string[], terminal: Terminal): AsyncGenerator<StatementLine> {
  const names = files.length === 0 ? [STDIN] : files
  if (names.includes(STDIN) && terminal.isInputInteractive) throw new TonghengError('cli.no-input')
  for (const name of names) if (name !== STDIN) await mustBeFile(name)
  for (const name of names) {
    // One ahead, so that a file of one statement is known as such.
    let held: { readonly line: number; readonly statement: string } | undefined
    let count = 0
    for await (const next of linesOf(name === STDIN ? terminal.input : chunksOf(name))) {
      if (held !== undefined) yield { label: `${name}:${held.line}`, statement: held.statement, isAlone: false }
      held = next
      count++
    }
    if (held !== undefined) yield { label: count === 1 ? name : `${name}:${held.line}`, statement: held.statement, isAlone: count === 1 }
  }
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<{ readonly line: number; readonly statement: string }> {
  let rest: Uint8Array = new Uint8Array(0)
  let line = 0
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(LINE_BREAK); end !== -1; end = chunk.indexOf(LINE_BREAK, start)) {
      const statement = textOf(joined(rest, chunk.subarray(start, end)))
      line++
      if (statement !== '') yield { line, statement }
      rest = new Uint8Array(0)
      start = end + 1
    }
    rest = joined(rest, chunk.subarray(start))
  }
  const statement = textOf(rest)
  if (statement !== '') yield { line: line + 1, statement }
}

/** A line without end is cut where no statement can be that long: it is refused all the same, and is not held. */
function joined(rest: Uint8Array, more: Uint8Array): Uint8Array {
  if (rest.length === 0 || rest.length > MAX_STATEMENT_LENGTH) return rest.length === 0 ? more.slice(0, MAX_STATEMENT_LENGTH + 1) : rest
  return Buffer.concat([rest, more.subarray(0, MAX_STATEMENT_LENGTH + 1 - rest.length)])
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1').trim()

async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file) as AsyncIterable<Uint8Array>
  } catch (error) {
    throw fileFaultOf(file, error)
  }
}

const mustBeFile = (file: string): Promise<void> =>
  fileFault(file, async () => {
    if ((await stat(file)).isDirectory()) throw Object.assign(new Error(file), { code: 'EISDIR' })
  })
