/**
 * The terminal as an argument: input, output and clock of commands. The only access to standard output and standard error: all text
 * passes `visible`, and only `paint` creates escape sequences.
 */
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import type { Check } from '../base/check.js'
import { visible } from '../base/visible.js'
import type { Outcome } from '../verify/index.js'

export interface Terminal {
  /** Writes one line to standard output; a line break in it becomes a blank. */
  print(line: string): void
  /** Writes several lines to standard output; quotations in them must have passed `visible`. */
  printLines(text: string): void
  /** Like `printLines`, without a final line break; resolves when the buffer has space. */
  write(text: string): Promise<void>
  /** Like `write`, for CSV, whose lines end in CR LF. */
  writeTable(text: string): Promise<void>
  /** Resolves when all is written, with the error if standard output failed. A closed pipe is not an error. */
  flush(): Promise<NodeJS.ErrnoException | undefined>
  /** Writes a status line on standard error that the next one overwrites, on a terminal only; empty removes it. */
  progress(text: string): void
  /** Writes one line to standard error. */
  warn(line: string): void
  /** Standard input, in chunks. */
  readonly input: AsyncIterable<Uint8Array>
  /** Passes each line of standard input; the function that it returns ends reading and closes the input. */
  lines(take: (line: string) => void): () => void
  /** True if standard input is a terminal, where a user would wait for a prompt. */
  readonly isInputInteractive: boolean
  /** Asks the user yes or no; undefined without a terminal. */
  ask(question: string): Promise<boolean | undefined>
  /** Asks the user for a line; undefined without a terminal. */
  question(text: string): Promise<string | undefined>
  readonly paint: (text: string, as: Paint) => string
  readonly now: () => number
}

type Paint = Check['status'] | Outcome | 'dim' | 'bold'

const CODES: Readonly<Record<Paint, string>> = {
  pass: '32',
  recognised: '1;32',
  fail: '31',
  'not-recognised': '1;31',
  warn: '33',
  indeterminate: '1;33',
  skip: '90',
  dim: '90',
  bold: '1',
}

/** Parts of a terminal, all of which a process has. `isTTY` if it is interactive. */
export interface Surroundings {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable & { readonly isTTY?: boolean }
  readonly stderr: Writable & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Creates a terminal from streams and a clock (milliseconds since 1970). Colour only if it is interactive and NO_COLOR is not set.
 */
export function createTerminal({ stdin, stdout, stderr, env }: Surroundings, clock: () => number): Terminal {
  const firstError = watchErrors(stdout)
  // An error of standard error cannot be reported anywhere.
  stderr.on('error', () => undefined)
  async function question(text: string): Promise<string | undefined> {
    if (stdin.isTTY !== true) return undefined
    const reader = createInterface({ input: stdin, output: stderr })
    try {
      return (await reader.question(`${lineOf(text)} `)).trim()
    } finally {
      reader.close()
    }
  }
  const { mark, lineOf } = createPaint()
  const linesOf = (text: string): string => text.split('\n').map(lineOf).join('\n')
  // The mark of UTF-8 precedes the first line of CSV, and CR LF separates its lines; the cells have passed `visible`.
  const linesOfTable = (text: string): string =>
    text.replace(/^(\ufeff?)(.*)$/s, (_, mark: string, lines: string) => mark + lines.split('\r\n').map(lineOf).join('\r\n'))
  const send = (text: string): Promise<void> => sendTo(stdout, text)
  let progressing = false
  const colour = stdout.isTTY === true && (env.NO_COLOR ?? '') === ''
  return {
    print: (line) => void stdout.write(`${lineOf(line)}\n`),
    printLines: (text) => void stdout.write(`${linesOf(text)}\n`),
    warn: (line) => void stderr.write(`${lineOf(line)}\n`),
    write: (text) => send(linesOf(text)),
    writeTable: (text) => send(linesOfTable(text)),
    async flush() {
      // The callback runs after those of all earlier writes, with their error or without.
      await new Promise<void>((resolve) => void stdout.write('', () => resolve()))
      await new Promise<void>((resolve) => void setImmediate(resolve))
      return firstError()
    },
    progress: (text) => {
      if (stderr.isTTY !== true || (text === '' && !progressing)) return
      progressing = text !== ''
      stderr.write(`\r\u001b[K${lineOf(text)}`)
    },
    input: stdin,
    lines(take) {
      // Not as a terminal: Ctrl-C must reach the process.
      const reader = createInterface({ input: stdin, terminal: false }).on('line', take)
      return () => {
        reader.close()
        stdin.destroy()
      }
    },
    isInputInteractive: stdin.isTTY === true,
    question,
    async ask(text) {
      const answer = await question(text)
      return answer === undefined ? undefined : /^(y|yes|是)$/i.test(answer)
    },
    paint: (text, as) => (colour ? `${mark(CODES[as])}${text}${mark('0')}` : text),
    now: () => Math.floor(clock() / 1000),
  }
}

/**
 * Returns the first error of standard output so far, such as that of a full disk; it determines the exit code when the command ends.
 * A reader that closes the pipe (`| head`) is not an error, and errors after that are ignored.
 */
function watchErrors(stdout: Writable): () => NodeJS.ErrnoException | undefined {
  let first: NodeJS.ErrnoException | undefined
  let isPipeClosed = false
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') isPipeClosed = true
    else if (!isPipeClosed) first ??= error
  })
  return () => first
}

/** Resolves when the buffer has space, or the stream has ended. */
const sendTo = (stdout: Writable, text: string): Promise<void> =>
  new Promise((resolve) => {
    if (stdout.write(text) || stdout.destroyed) resolve()
    else {
      const done = (): void => {
        stdout.off('drain', done).off('close', done).off('error', done)
        resolve()
      }
      stdout.on('drain', done).on('close', done).on('error', done)
    }
  })

/**
 * Colour is marked by noncharacters and a secret word, and becomes an escape sequence on output: an escape sequence in a quotation
 * remains a quotation.
 */
function createPaint(): { mark(code: string): string; lineOf(text: string): string } {
  const word = randomBytes(8).toString('hex')
  const marks = new RegExp(`\ufdd0${word}([0-9;]+)\ufdd1`, 'g')
  return {
    mark: (code) => `\ufdd0${word}${code}\ufdd1`,
    lineOf: (text) => visible(text).replace(marks, '\u001b[$1m'),
  }
}
