/** Reads dropped, chosen or pasted input: recognises it by its content, and splits it into statements. */
import { isZip } from '../archive/inside.js'
import { parseJson } from '../base/json.js'
import { withoutByteOrderMark } from '../base/lines.js'
import { parseShape } from '../base/shape.js'
import { contentCode, type ReadStatement, type SignedText, type StatementType, statedType, streamStatements } from '../envelope/index.js'
import { TrustFile } from '../verify/inside.js'
import { type Asking, type Judged, judgeStatement } from './judge.js'
import { fault } from './messages.js'

/** A file, or a pasted text. */
export interface Source {
  readonly name: string
  readonly blob: Blob
  /** Texts of codes, scanned by a camera. */
  readonly scanned?: readonly string[]
}

/** An input without a verdict, and the reason. */
export interface Unjudged {
  readonly name: string
  readonly error: unknown
}

/** One answer of a list: a verdict, or the reason why there is none. */
export type Answered = Judged | Unjudged

/** A row of a list: name of its file, and its line if the file has several statements. */
export interface Row {
  readonly name: string
  readonly line?: number | undefined
}

/** Maximum number of files of a folder, its depth, and number of statements; for more, use the command line. */
const MAX_FILES = 20_000
const MAX_DEPTH = 20
export const MAX_STATEMENTS = 50_000
const HEAD = 65_536
const MAX_DOCUMENT = 64 * 1024 * 1024

const TYPES: readonly StatementType[] = ['metrology-record+jwt', 'metrology-label+jwt']
/** The beginning of a file of scanned labels, one URL per line. */
const ADDRESS = /^\ufeff?\s*https?:\/\//i
const typeOf = (signed: SignedText): StatementType | undefined => statedType(typeof signed === 'string' ? signed : (signed[0] ?? ''))
const saysLabel = (signed: SignedText): boolean => typeOf(signed) === 'metrology-label+jwt'
const judgeLabel: typeof judgeStatement = async (...given) => (await import('./judge-label.js')).judgeLabel(...given)
/** Judges the text of a code: as a record if it is one, otherwise as a label. */
const judgerOf = (text: string): typeof judgeStatement => (typeOf(text.trim()) === 'metrology-record+jwt' ? judgeStatement : judgeLabel)

/** The octets of a blob. */
const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer())

/** The code of the content of a file, by its beginning. */
export const codeOf = async ({ blob }: Source): Promise<string> => contentCode(await bytesOf(blob.slice(0, HEAD)))

export const isNamedLedger = (name: string): boolean => /\.(?:csv|tsv|xlsx?|xlsm)$/i.test(name)

/** True for a ledger: a workbook by its content, an older export or a text by the extension of its name. */
export async function isLedger({ name, blob }: Source): Promise<boolean> {
  if (isNamedLedger(name)) return true
  const head = await bytesOf(blob.slice(0, 4096))
  return isZip(head) && /\[Content_Types\]\.xml|xl\/worksheets/.test(String.fromCharCode(...head))
}

/** Iterates over a blob; its stream is not an async iterable in older browsers. */
async function* piecesOf(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    reader.releaseLock()
  }
}

/** @throws `page.file-large`, `page.trust-file`, `json.*` */
export async function trustFileIn({ name, blob }: Source): Promise<TrustFile> {
  mustFit(name, blob)
  const json = parseJson(withoutByteOrderMark(await bytesOf(blob)), { maxLength: MAX_DOCUMENT, maxValues: 1_000_000 })
  const { value, faults } = parseShape<TrustFile>(TrustFile, json)
  if (value === undefined) throw fault('page.trust-file', { file: name, path: faults[0]?.path ?? '' })
  return value
}

/** The texts of codes: scanned, in a picture, or in a file of a scanner; undefined for any other source. @throws `page.*` */
async function codesOf({ name, blob, scanned }: Source, code: string): Promise<readonly string[] | undefined> {
  if (scanned !== undefined) return scanned
  const isPicture = code === 'content.image'
  if (!isPicture && !ADDRESS.test(new TextDecoder().decode(await bytesOf(blob.slice(0, 16))))) return undefined
  mustFit(name, blob)
  return isPicture ? (await import('./scan/photographs.js')).codesIn(name, blob) : (await blob.text()).split(/\r?\n/)
}

/** @throws `page.file-large` */
function mustFit(file: string, { size }: Blob): void {
  if (size > MAX_DOCUMENT) throw fault('page.file-large', { file, size, most: MAX_DOCUMENT })
}

/**
 * Judges every statement of every source, one after another. For a source with other content, yields its name and the reason.
 * @param only the row whose statement alone is judged
 */
export async function* judgeSources(sources: readonly Source[], asking: Asking, only?: Row): AsyncGenerator<Answered> {
  let count = 0
  for await (const source of unpacked(sources, only?.name)) {
    const answers = 'error' in source ? [source] : judgeSource(source, asking, only?.line)
    try {
      for await (const answer of answers) {
        if (count++ >= MAX_STATEMENTS) return
        yield answer
      }
    } catch (error) {
      yield { name: source.name, error }
    }
  }
}

/** Yields the signed text of every statement and label of the sources, without judging it; for another source, its name and the reason. */
export async function* signedIn(
  sources: readonly Source[],
): AsyncGenerator<Unjudged | { readonly name: string; readonly signed: SignedText; readonly isLabel: boolean }> {
  for await (const source of unpacked(sources)) {
    if ('error' in source) {
      yield source
      continue
    }
    const { name, blob } = source
    try {
      const code = await codeOf(source)
      if (code === 'content.pdf') {
        mustFit(name, blob)
        yield { name, signed: (await (await import('./judge-pdf.js')).signedInPdf(await bytesOf(blob), name)).signed, isLabel: false }
        continue
      }
      const codes = await codesOf(source, code)
      for (const text of codes ?? [])
        if (text.trim() !== '') yield { name, signed: text.trim(), isLabel: typeOf(text.trim()) !== 'metrology-record+jwt' }
      if (codes === undefined) for await (const { signed } of statementsIn(name, blob)) yield { name, signed, isLabel: saysLabel(signed) }
    } catch (error) {
      yield { name, error }
    }
  }
}

/** True if one of the files begins with a joint statement; that part of the page is then loaded and reads all files. */
export async function someJoint(sources: readonly Source[]): Promise<boolean> {
  for (const { blob } of sources) if (statedType((await blob.slice(0, 1024).text()).trim()) === 'metrology-joint+jwt') return true
  return false
}

/** Yields the statements of some types in the sources, without judging them; for another source, its name and the reason. */
export async function* statementsOfTypes<T extends StatementType>(
  sources: readonly Source[],
  types: readonly T[],
): AsyncGenerator<Unjudged | { readonly name: string; readonly signed: SignedText; readonly typ: T }> {
  for await (const source of unpacked(sources)) {
    if ('error' in source) {
      yield source
      continue
    }
    const { name, blob } = source
    try {
      // Safe cast: only these types are read.
      for await (const { signed } of streamStatements(piecesOf(blob), { name, types })) yield { name, signed, typ: typeOf(signed) as T }
    } catch (error) {
      yield { name, error }
    }
  }
}

/** The sources, with archives unpacked. */
async function* unpacked(sources: readonly Source[], only?: string): AsyncGenerator<Source | Unjudged> {
  for (const source of sources) {
    try {
      if (isZip(await bytesOf(source.blob.slice(0, 4)))) yield* (await import('./archives.js')).sourcesIn(source, only)
      else yield source
    } catch (error) {
      yield { name: source.name, error }
    }
  }
}

async function* judgeSource(source: Source, asking: Asking, only?: number): AsyncGenerator<Answered> {
  const { name, blob } = source
  const code = await codeOf(source)
  if (code === 'content.evidence') {
    mustFit(name, blob)
    yield await (await import('./judge-bundle.js')).judgeBundle(await bytesOf(blob), name, asking)
    return
  }
  if (code === 'content.pdf') {
    mustFit(name, blob)
    yield await (await import('./judge-pdf.js')).judgePdf(await bytesOf(blob), name, asking)
    return
  }
  const codes = await codesOf(source, code)
  if (codes !== undefined) {
    for (const [at, text] of codes.entries()) {
      if (text.trim() === '' || (only !== undefined && at + 1 !== only)) continue
      yield await judgerOf(text)(text.trim(), { name, line: codes.length > 1 ? at + 1 : undefined }, asking)
    }
    return
  }
  for await (const { line, signed } of statementsIn(name, blob)) {
    if (only !== undefined && line !== only) continue
    yield await (saysLabel(signed) ? judgeLabel : judgeStatement)(signed, { name, line }, asking)
  }
}

/** The statements of a file, with line numbers if there are several, for which it reads one ahead. */
async function* statementsIn(name: string, blob: Blob): AsyncGenerator<{ readonly line: number | undefined; readonly signed: SignedText }> {
  let held: ReadStatement | undefined
  let isAlone = true
  for await (const next of streamStatements(piecesOf(blob), { name, types: TYPES })) {
    if (held !== undefined) {
      isAlone = false
      yield held
    }
    held = next
  }
  if (held !== undefined) yield isAlone ? { ...held, line: undefined } : held
}

/** The dropped files, with folders traversed in the order of names. */
export async function droppedSources(transfer: DataTransfer): Promise<Source[]> {
  // Read the list of items first: the browser empties it after the first await.
  const entries = [...transfer.items].flatMap((item) => (item.kind === 'file' ? [item.webkitGetAsEntry()] : []))
  const text = transfer.getData('text/plain')
  const files = [...transfer.files]
  if (entries.length === 0 && text !== '') return [textSource(text)]
  if (entries.some((entry) => entry === null)) return files.map((blob) => ({ name: blob.name, blob }))
  const sources: Source[] = []
  for (const entry of entries) await walk(entry as FileSystemEntry, 0, sources)
  return sources
}

export const textSource = (text: string): Source => ({ name: '', blob: new Blob([text]) })
export const scannedSource = (scanned: readonly string[]): Source => ({ ...textSource(''), scanned })

export const fileSources = (files: FileList | null): Source[] =>
  [...(files ?? [])].slice(0, MAX_FILES).map((blob) => ({ name: blob.webkitRelativePath || blob.name, blob }))

async function walk(entry: FileSystemEntry, depth: number, sources: Source[]): Promise<void> {
  if (sources.length >= MAX_FILES || depth > MAX_DEPTH) return
  if (entry.isFile) {
    const blob = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    sources.push({ name: entry.fullPath.replace(/^\//, ''), blob })
    return
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const children: FileSystemEntry[] = []
  // `readEntries` returns at most a hundred entries per call, and none at the end.
  for (;;) {
    const next = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (next.length === 0) break
    children.push(...next)
  }
  for (const child of children.sort((a, b) => (a.name < b.name ? -1 : 1))) await walk(child, depth + 1, sources)
}
