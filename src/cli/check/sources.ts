/** Inputs of `check`: files, folders, patterns, standard input, each opened when it is processed. */

import { createReadStream } from 'node:fs'
import { opendir, realpath, stat } from 'node:fs/promises'
import { isTonghengError, type TonghengError } from '../../base/error.js'
import { createLineSplitter, type Line, withoutByteOrderMark } from '../../base/lines.js'
import { fault as baseFault } from '../../base/messages.js'
import { isCompact } from '../../envelope/index.js'
import { fileError, fileFault, fileFaultOf } from '../file-error.js'
import { mustBeFile } from '../files.js'
import { fault } from '../messages.js'
import type { Terminal } from '../terminal.js'
import { createMatcher, folderOf, isPattern } from './glob.js'

/** One record as bytes, or the error of reading it. */
export interface Source {
  /** Path as given or found, `-` for standard input. */
  readonly file: string
  /** Line of the file, if it has one record per line. */
  readonly line?: number
  readonly bytes?: Uint8Array
  readonly fault?: TonghengError
}

const STDIN = '-'
const RECORD_FILE = /\.(?:json|ndjson|jsonl|jws)$/i
const LINES = /\.(?:ndjson|jsonl)$/i
/** Folders that are never searched: they contain no records of the user. */
const SKIPPED = /^(?:\.|node_modules$)/
/** Maximum length of a line in a file of many. */
const MAX_LINE = 1024 * 1024
/** Maximum length of a document, which may be one line, such as a trust file; the parser of records has a lower limit. */
const MAX_DOCUMENT = 16 * 1024 * 1024
/** Maximum line number of a single record for which positions count from the beginning of the file. */
const MAX_LEADING = 1000
/** Maximum folder depth, which bounds the search. */
const MAX_DEPTH = 64
/** Maximum number of files and folders per run. */
const MAX_FILES = 1_000_000

export interface Named {
  readonly files: readonly string[]
  /** Folders and patterns without a matching file. */
  readonly empty: readonly string[]
}

/**
 * Files named by the arguments, each once, in order.
 * @param wanted pattern for the files of a folder
 * @throws `cli.files-in-run`, `cli.file` if a folder cannot be read
 */
export async function findFiles(names: readonly string[], wanted = RECORD_FILE): Promise<Named> {
  const files = new Set<string>()
  const empty: string[] = []
  for (const given of names) {
    const name = given.replaceAll('\\', '/')
    const found = given === STDIN ? [STDIN] : await expand(given, name, wanted)
    if (found.length === 0) empty.push(given)
    for (const file of found) files.add(file)
    if (files.size > MAX_FILES) throw fault('cli.files-in-run', { most: MAX_FILES, path: given })
  }
  return { files: [...files], empty }
}

async function expand(given: string, name: string, wanted: RegExp): Promise<string[]> {
  const kind = await kindOf(given)
  if (kind === 'folder') return under(given.replace(/[/\\]+$/, '') || '/', (path) => wanted.test(path))
  // A file name can contain brackets; a missing file is reported when it is processed.
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
  const root = await fileFault(folder, () => realpath(folder))
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const entries = await openFolder(next)
    for await (const entry of entries) {
      const path = next === '.' ? entry.name : `${next.replace(/\/$/, '')}/${entry.name}`
      // Links to folders are not followed: one to a parent folder would never end.
      if (entry.isDirectory()) {
        if (SKIPPED.test(entry.name) && (!hidden || entry.name === 'node_modules')) continue
        if (path.length - folder.length > MAX_DEPTH && path.slice(folder.length).split('/').length > MAX_DEPTH)
          throw fileError(path, 'DEEP')
        folders.push(path)
      } else if (wanted(path) && (entry.isFile() || (entry.isSymbolicLink() && (await isFileWithin(root, path))))) files.push(path)
      if (files.length + folders.length > MAX_FILES) throw fault('cli.files-in-run', { most: MAX_FILES, path })
    }
  }
  return files.sort()
}

/** A link is followed only to a file of the same folder: elsewhere, the author of the link might not be permitted to read it. */
async function isFileWithin(root: string, path: string): Promise<boolean> {
  try {
    const target = await realpath(path)
    return target.startsWith(root.endsWith('/') ? root : `${root}/`) && (await stat(target)).isFile()
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}

/** Yields every record of a file. An unreadable file is one finding, and does not end the run. */
export async function* openSource(file: string, terminal: Terminal): AsyncGenerator<Source> {
  if (file === STDIN && terminal.isInputInteractive) throw fault('cli.no-input')
  try {
    const pieces = file === STDIN ? terminal.input : await piecesOf(file)
    yield* sourcesIn(file, linesOf(pieces, longestLine(file)))
  } catch (error) {
    const fault = fileFaultOf(file, error)
    if (!isTonghengError(fault)) throw fault
    yield { file, fault }
  }
}

async function piecesOf(file: string): Promise<AsyncIterable<Uint8Array>> {
  await mustBeFile(file)
  return createReadStream(file) as AsyncIterable<Uint8Array>
}

/**
 * One record per line if the file name implies it, or if the first line is a complete one; otherwise one document. Consecutive signed
 * lines with the same payload are one record with several signatures.
 */
async function* sourcesIn(file: string, lines: AsyncGenerator<Line>): AsyncGenerator<Source> {
  const { first, rest } = await begin(lines)
  if (first === undefined) {
    if (file === STDIN) throw fault('cli.no-input')
    if (!LINES.test(file)) yield { file, bytes: new Uint8Array(0) }
    return
  }
  if (LINES.test(file)) yield* eachLine(file, rest)
  else if (isWhole(first)) yield* withoutLineOfOne(eachLine(file, rest))
  else yield { file, bytes: await documentOf(file, rest) }
}

/** The first non-blank line; `rest` yields the lines from there. Blank lines before it are not held: a file may have any number. */
async function begin(lines: AsyncGenerator<Line>): Promise<{ readonly first: Line | undefined; readonly rest: AsyncGenerator<Line> }> {
  let next = await lines.next()
  while (next.done !== true && isBlank(next.value.bytes)) next = await lines.next()
  const first = next.done === true ? undefined : next.value
  const rest = (async function* () {
    if (first !== undefined) yield first
    yield* lines
  })()
  return { first, rest }
}

/**
 * Line numbers are reported only if there are several records; for a single one, positions count from the beginning of the file.
 */
async function* withoutLineOfOne(sources: AsyncGenerator<Source>): AsyncGenerator<Source> {
  const first = await sources.next()
  if (first.done === true) return
  const second = await sources.next()
  const { line = 1, bytes, ...alone } = first.value
  if (second.done === true && line <= MAX_LEADING) yield { ...alone, ...(bytes && { bytes: Buffer.concat([blankLines(line - 1), bytes]) }) }
  else if (second.done === true) yield first.value
  else {
    yield first.value
    yield second.value
    yield* sources
  }
}

async function documentOf(file: string, lines: AsyncGenerator<Line>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let [size, cut, lastLine] = [0, 0, 0]
  for await (const { number, bytes, length } of lines) {
    const skipped = number - lastLine - 1
    size += skipped + length + (parts.length > 0 ? 1 : 0)
    if (size > MAX_DOCUMENT) throw fault('cli.file-too-large', { file, size, most: MAX_DOCUMENT })
    if (length > bytes.length) cut = length
    parts.push(blankLines(skipped), bytes, LINE_BREAK)
    lastLine = number
  }
  if (cut > 0) throw baseFault('json.too-large', { length: cut, maxLength: MAX_LINE })
  return Buffer.concat(parts)
}

const LINE_BREAK = Buffer.from('\n')
const blankLines = (count: number): Uint8Array => Buffer.alloc(count, LINE_BREAK)
const isBlank = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1').trim()

function isWhole({ bytes, length }: Line): boolean {
  if (length > bytes.length) return false
  const text = asText(bytes)
  if (!text.startsWith('{')) return isCompact(text)
  try {
    JSON.parse(Buffer.from(bytes).toString('utf8'))
    return true
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    // An incomplete value: the first line of a multi-line document.
    return false
  }
}

async function* eachLine(file: string, lines: AsyncGenerator<Line>): AsyncGenerator<Source> {
  let payload: string | undefined
  for await (const { number: line, bytes, length } of lines) {
    if (isBlank(bytes)) continue
    const text = length > bytes.length ? '' : asText(bytes)
    const signed = isCompact(text) ? text.split('.', 2)[1] : undefined
    const isCoSignature = signed !== undefined && signed === payload
    payload = signed
    if (isCoSignature) continue
    if (length > bytes.length) yield { file, line, fault: baseFault('json.too-large', { length, maxLength: longestLine(file) }) }
    else yield { file, line, bytes }
  }
}

const longestLine = (file: string): number => (LINES.test(file) ? MAX_LINE : MAX_DOCUMENT)

/** Splits a stream of bytes into lines. A line that is too long is measured, not buffered. */
async function* linesOf(pieces: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Line> {
  const splitter = createLineSplitter(most)
  for await (const piece of pieces) yield* splitter.push(piece).map(ofStatements)
  yield* splitter.end().map(ofStatements)
}

/** A byte order mark before a file of statements is ignored; JSON with one is rejected by its parser (RFC 8259 §8.1). */
function ofStatements(line: Line): Line {
  if (line.number !== 1) return line
  const bytes = withoutByteOrderMark(line.bytes)
  return isBlank(bytes) || isCompact(asText(bytes)) ? { ...line, bytes, length: line.length - (line.bytes.length - bytes.length) } : line
}
