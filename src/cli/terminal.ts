/**
 * The terminal as an argument: what commands read, write, and ask the time of. The one door to standard output and standard error:
 * whatever is written passes `visible`, and only `paint` makes an escape sequence.
 */
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import type { Check } from '../base/check.js'
import { visible } from '../base/visible.js'
import type { Outcome } from '../verify/index.js'

export interface Terminal {
  /** One line to standard output: a line break in it is a blank. */
  print(line: string): void
  /** Several lines to standard output: what they quote has passed `visible` before they were joined. */
  printLines(text: string): void
  /** As `printLines`, without a line break at the end; resolves when there is room for more. */
  write(text: string): Promise<void>
  /** Resolves when all is written; with the fault where standard output took not all of it. A reader that left is none. */
  flush(): Promise<NodeJS.ErrnoException | undefined>
  /** A line on standard error that the next one overwrites, where a person looks; empty takes it away. */
  progress(text: string): void
  /** One line to standard error. */
  warn(line: string): void
  /** Standard input, piece by piece. */
  readonly input: AsyncIterable<Uint8Array>
  /** Whether standard input is a person, who would wait for a prompt that never comes. */
  readonly isInputInteractive: boolean
  /** Asks a person yes or no; undefined where nobody is there to answer. */
  ask(question: string): Promise<boolean | undefined>
  /** Asks a person for a line; undefined where nobody is there to answer. */
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

/** What a terminal is made of; a process has it all. `isTTY` where a person is at the other end. */
export interface Surroundings {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable & { readonly isTTY?: boolean }
  readonly stderr: Writable & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A terminal over streams and a clock (milliseconds since 1970). Colour only where a person looks and NO_COLOR is not set. */
export function createTerminal({ stdin, stdout, stderr, env }: Surroundings, clock: () => number): Terminal {
  // A reader that has seen enough (`| head`) closes the pipe; that is no fault, and no judgement either.
  // Of a full disk the exit code tells, once the command has ended; nobody is left to tell of a fault of standard error.
  let fault: NodeJS.ErrnoException | undefined
  let isLeft = false
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') isLeft = true
    else if (!isLeft) fault ??= error
  })
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
  let progressing = false
  const colour = stdout.isTTY === true && (env.NO_COLOR ?? '') === ''
  return {
    print: (line) => void stdout.write(`${lineOf(line)}\n`),
    printLines: (text) => void stdout.write(`${linesOf(text)}\n`),
    warn: (line) => void stderr.write(`${lineOf(line)}\n`),
    write: (text) =>
      new Promise((resolve) => {
        if (stdout.write(linesOf(text)) || stdout.destroyed) resolve()
        else {
          const done = (): void => {
            stdout.off('drain', done).off('close', done).off('error', done)
            resolve()
          }
          stdout.on('drain', done).on('close', done).on('error', done)
        }
      }),
    async flush() {
      // The callback comes after those of all that was written before, with its fault or with none.
      await new Promise<void>((resolve) => void stdout.write('', () => resolve()))
      await new Promise<void>((resolve) => void setImmediate(resolve))
      return fault
    },
    progress: (text) => {
      if (stderr.isTTY !== true || (text === '' && !progressing)) return
      progressing = text !== ''
      stderr.write(`\r\u001b[K${lineOf(text)}`)
    },
    input: stdin,
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
 * Colour is marked by noncharacters and a word that nobody outside can know, and becomes an escape sequence at the door: an
 * escape sequence in what is quoted stays a quotation.
 */
function createPaint(): { mark(code: string): string; lineOf(text: string): string } {
  const word = randomBytes(8).toString('hex')
  const marks = new RegExp(`\ufdd0${word}([0-9;]+)\ufdd1`, 'g')
  return {
    mark: (code) => `\ufdd0${word}${code}\ufdd1`,
    lineOf: (text) => visible(text).replace(marks, '\u001b[$1m'),
  }
}
