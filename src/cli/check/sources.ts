/** What there is to check: files, folders, patterns, standard input, each opened when its turn comes. */
import { createReadStream } from 'node:fs'
import { opendir, stat } from 'node:fs/promises'
import { isTonghengError, TonghengError } from '../../base/error.js'
import { fileFault, fileFaultOf, isCompact, readBytes } from '../files.js'
import type { Terminal } from '../terminal.js'
import { createMatcher, folderOf, isPattern } from './glob.js'

/** One record as bytes, or why it could not be had. */
export interface Source {
  /** Path as given or found, `-` for standard input. */
  readonly file: string
  /** Line of the file, where it holds a record a line. */
  readonly line?: number
  readonly bytes?: Uint8Array
  readonly fault?: TonghengError
}

const STDIN = '-'
const RECORD_FILE = /\.(?:json|ndjson|jsonl|jws)$/i
const LINES = /\.(?:ndjson|jsonl)$/i
/** Never searched: nothing in them is a record of the house. */
const SKIPPED = /^(?:\.|node_modules$)/
/** Longest line of a file of many; the reader of records has its own, lower limit. */
const MAX_LINE = 1024 * 1024
/** Most files one run finds. */
const MAX_FILES = 1_000_000

export interface Named {
  readonly files: readonly string[]
  /** Folders and patterns in which there was no file. */
  readonly empty: readonly string[]
}

/** Files behind the names given, each once, in order. @throws `cli.files-many`, `cli.file` where a folder cannot be read */
export async function findFiles(names: readonly string[]): Promise<Named> {
  const files = new Set<string>()
  const empty: string[] = []
  for (const given of names) {
    const name = given.replaceAll('\\', '/')
    const found = given === STDIN ? [STDIN] : await expand(given, name)
    if (found.length === 0) empty.push(given)
    for (const file of found) files.add(file)
    if (files.size > MAX_FILES) throw new TonghengError('cli.files-many', { command: 'check', most: MAX_FILES, extra: given })
  }
  return { files: [...files], empty }
}

async function expand(given: string, name: string): Promise<string[]> {
  const kind = await kindOf(given)
  if (kind === 'folder') return under(given.replace(/[/\\]+$/, '') || '/', (path) => RECORD_FILE.test(path))
  // A file may bear a name with brackets in it, and an absent one is told as such when its turn comes.
  if (kind === 'file' || !isPattern(name)) return [given]
  const folder = folderOf(name)
  return (await kindOf(folder)) === 'folder' ? under(folder, createMatcher(name), /(?:^|\/)\.[^./]/.test(name)) : []
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}

const openFolder = (folder: string) => fileFault(folder, () => opendir(folder))

async function under(folder: string, wanted: (path: string) => boolean, hidden = false): Promise<string[]> {
  const files: string[] = []
  const folders = [folder]
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const entries = await openFolder(next)
    for await (const entry of entries) {
      const path = next === '.' ? entry.name : `${next.replace(/\/$/, '')}/${entry.name}`
      // Links to folders are not followed: one that leads upwards would never end.
      if (entry.isDirectory()) {
        if (!SKIPPED.test(entry.name) || (hidden && entry.name !== 'node_modules')) folders.push(path)
      } else if (wanted(path)) files.push(path)
    }
  }
  return files.sort()
}

/** Every record of a file. A file that cannot be read is a fault among the others, not the end. */
export async function* openSource(file: string, terminal: Terminal): AsyncGenerator<Source> {
  try {
    if (file === STDIN) yield* openStandardInput(terminal)
    else if (LINES.test(file)) yield* eachLine(file, linesOf(createReadStream(file)))
    else yield { file, bytes: await readBytes(file) }
  } catch (error) {
    const fault = fileFaultOf(file, error)
    if (!isTonghengError(fault)) throw fault
    yield { file, fault }
  }
}

interface Line {
  readonly bytes: Uint8Array
  /** Length of the line; more than its bytes where it was too long to keep. */
  readonly length: number
}

/** Standard input is a record a line where its first line is a whole one; otherwise it is one document. */
async function* openStandardInput(terminal: Terminal): AsyncGenerator<Source> {
  if (terminal.isInputInteractive) throw new TonghengError('cli.no-input')
  const lines = linesOf(terminal.input)
  const first = await lines.next()
  if (first.done === true) throw new TonghengError('cli.no-input')
  if (isWhole(first.value)) {
    const rest = (async function* () {
      yield first.value
      yield* lines
    })()
    const second = await peek(rest)
    if (second.only !== undefined) yield { file: STDIN, bytes: second.only.bytes }
    else yield* eachLine(STDIN, second.all)
    return
  }
  const parts: Uint8Array[] = [first.value.bytes]
  let { length } = first.value
  for await (const line of lines) {
    length += line.length + 1
    if (length > MAX_LINE) throw new TonghengError('cli.file-too-large', { file: STDIN, size: length, most: MAX_LINE })
    parts.push(Buffer.from('\n'), line.bytes)
  }
  yield { file: STDIN, bytes: Buffer.concat(parts) }
}

/** Whether there is one line only (blank ones apart). */
async function peek(lines: AsyncGenerator<Line>): Promise<{ only?: Line; all: AsyncGenerator<Line> }> {
  const held: Line[] = []
  let filled = 0
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    held.push(next.value)
    if (next.value.length > 0) filled++
    if (filled > 1) break
  }
  const all = (async function* () {
    yield* held
    yield* lines
  })()
  const [only] = held
  return { all, ...(filled === 1 && only !== undefined && { only }) }
}

function isWhole({ bytes, length }: Line): boolean {
  if (length > bytes.length || bytes.length === 0) return false
  if (bytes[0] !== 0x7b) return isCompact(Buffer.from(bytes).toString('latin1').trimEnd())
  try {
    JSON.parse(Buffer.from(bytes).toString('utf8'))
    return true
  } catch {
    // Not the end of a value: the first line of a document of several lines.
    return false
  }
}

async function* eachLine(file: string, lines: AsyncGenerator<Line>): AsyncGenerator<Source> {
  let line = 0
  for await (const { bytes, length } of lines) {
    line++
    if (length > bytes.length) yield { file, line, fault: new TonghengError('json.too-large', { length, maxLength: MAX_LINE }) }
    else if (bytes.some((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d)) yield { file, line, bytes }
  }
}

/** Lines of a stream of bytes. One that is too long is counted, not kept. */
async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let parts: Uint8Array[] = []
  let length = 0
  const take = (part: Uint8Array): void => {
    length += part.length
    if (length <= MAX_LINE) parts.push(part)
    else parts = []
  }
  const line = (): Line => {
    const whole = { bytes: Buffer.concat(parts), length }
    parts = []
    length = 0
    return whole
  }
  let pending = false
  for await (const part of stream) {
    let from = 0
    for (let at = part.indexOf(0x0a); at !== -1; at = part.indexOf(0x0a, from)) {
      take(part.subarray(from, at))
      yield line()
      from = at + 1
    }
    take(part.subarray(from))
    pending = length > 0
  }
  if (pending) yield line()
}
