/** Files that commands read and write: records and statements, key files, trust files. Every error names its file. */

import { createReadStream } from 'node:fs'
import { chmod, open, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isTonghengError, TonghengError } from '../base/error.js'
import { type Json, parseJson } from '../base/json.js'
import { withoutByteOrderMark } from '../base/lines.js'
import type { Code, Text } from '../base/message.js'
import { WORD } from '../base/patterns.js'
import { parseShape } from '../base/shape.js'
import {
  bareJwk,
  contentCode,
  type PrivateJwk,
  parsePrivateJwk,
  readStatement,
  type SignedText,
  type StatementType,
} from '../envelope/index.js'
import { MAX_TRUST_FILE, TrustFile } from '../verify/inside.js'
import { fault, say } from './messages.js'
import type { Terminal } from './terminal.js'
import { fault as cliTrustFault } from './trust/messages.js'

/** Maximum length of an input file. */
const MAX_FILE = 16 * 1024 * 1024
const MAX_VALUES = 1_000_000
const STDIN = '-'
/** Messages for errors of the system. */
const FAULTS: Readonly<Record<string, Text>> = {
  ENOENT: { zh: '不存在，或所在的文件夹不存在', en: 'is not there, or its folder is not' },
  EEXIST: { zh: '已存在，不覆盖', en: 'is there already and is not overwritten' },
  EACCES: { zh: '没有权限', en: 'may not be accessed' },
  EPERM: { zh: '没有权限', en: 'may not be accessed' },
  READONLY: {
    zh: '是只读的（文件或文件夹的权限，或磁盘以只读挂载）',
    en: 'is read-only (by the rights of file or folder, or the mount of its disk)',
  },
  EROFS: { zh: '在只读的文件系统上', en: 'is on a read-only file system' },
  EISDIR: { zh: '是文件夹', en: 'is a folder' },
  ENOTDIR: { zh: '的路径中有一段不是文件夹', en: 'has something in its path that is no folder' },
  LINK: { zh: '是链接：不经链接写文件，请写明文件本身', en: 'is a link: nothing is written through one; name the file itself' },
  DEEP: { zh: '的文件夹层数过多', en: 'has folders too deep' },
  DANGLING: { zh: '是链接，所指的文件不存在', en: 'is a link to a file that is not there' },
  ENOSPC: { zh: '写不下，磁盘已满', en: 'does not fit: the disk is full' },
  CORRUPT: { zh: '已损坏，或不是完整的数据库', en: 'is damaged, or is not the whole of a database' },
  NOTADB: { zh: '不是 SQLite 数据库', en: 'is no SQLite database' },
  other: { zh: '无法读写', en: 'cannot be read or written' },
}

export interface Input {
  /** Path, or `-`. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** The named files, or standard input if none is named. @throws `cli.file`, `cli.no-input` */
export async function readInputs(files: readonly string[], terminal: Terminal): Promise<Input[]> {
  const names = files.length === 0 ? [STDIN] : files
  const inputs: Input[] = []
  for (const name of names) {
    if (name === STDIN) {
      if (terminal.isInputInteractive) throw fault('cli.no-input')
      inputs.push({ name, bytes: await collect(terminal.input) })
    } else inputs.push({ name, bytes: await readBytes(name) })
  }
  return inputs
}

/** @throws `cli.file-too-large` before more than the maximum is buffered */
async function collect(input: AsyncIterable<Uint8Array>, file = STDIN, most = MAX_FILE): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of input) {
    size += part.length
    if (size > most) throw fault('cli.file-too-large', { file, size, most })
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** @throws `cli.file`, `cli.file-too-large` */
export async function readBytes(file: string, most = MAX_FILE): Promise<Uint8Array> {
  return fileFault(file, async () => {
    const found = await stat(file)
    // A pipe has no size in advance.
    if (!found.isFile()) return collect(createReadStream(file) as AsyncIterable<Uint8Array>, file, most)
    if (found.size > most) throw fault('cli.file-too-large', { file, size: found.size, most })
    return readFile(file)
  })
}

/** The first octets of a file; none of standard input and of a pipe, because octets read there cannot be read again. @throws `cli.file` */
export const headOf = (file: string, length: number): Promise<Uint8Array> =>
  fileFault(file, async () => {
    if (file === STDIN || !(await stat(file)).isFile()) return new Uint8Array(0)
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  })

/** The bytes of a file; undefined if it does not exist. @throws `cli.file`, `cli.file-too-large` */
export async function readExisting(file: string, most = MAX_TRUST_FILE): Promise<Uint8Array | undefined> {
  try {
    return await readBytes(file, most)
  } catch (error) {
    if (error instanceof TonghengError && error.details.reason === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Parses an input as JSON; an error has its position. If the input is another kind of file than expected, the error names it.
 * @throws `cli.json`, `cli.file-empty`, `content.*`
 */
export function jsonOf(input: Input, expected?: Code, maxLength = MAX_FILE): Json {
  const { name: file, bytes } = input
  if (bytes.length === 0) throw fault('cli.file-empty', { file })
  const code = contentCode(bytes)
  let json: Json
  try {
    json = parseJson(bytes, { maxLength, maxValues: MAX_VALUES })
  } catch (error) {
    if (!isTonghengError(error)) throw error
    if (!isJsonText(bytes) && !UNSPECIFIC.has(code)) throw foreign(code, file)
    const { line, column } = error.details as { line: number; column: number }
    const at = say('cli.json', { file, line, column, reason: error.text })
    const { advice } = error.text
    throw fault('cli.json', { file, line, column, reason: error.text }, { cause: error, text: advice ? { ...at, advice } : at })
  }
  if (expected !== undefined && code !== expected && !UNSPECIFIC.has(code)) throw new TonghengError(code, { file })
  return json
}

/** A record from its file, without the `$schema` that editors use: it belongs to the file, not to the record. */
export function recordIn(json: Json): Json {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json
  const { $schema, ...record } = json
  return typeof $schema === 'string' && $schema.length <= 2000 && WORD.test($schema) ? record : json
}

/** The error of an input that is no JSON; it says what is expected here, which is no signed statement. */
function foreign(code: Code, file: string): TonghengError {
  const error = new TonghengError(code, { file })
  if (!isForeign(code)) return error
  return new TonghengError(code, { file }, { text: { ...error.text, advice: say('cli.json-expected') } })
}

const isJsonText = (bytes: Uint8Array): boolean =>
  /^\s*[[{]/.test(Buffer.from(withoutByteOrderMark(bytes).subarray(0, 1000)).toString('latin1'))

/** For these, the parsing error is more precise: they are JSON, or not a known kind of file. */
const UNSPECIFIC: ReadonlySet<Code> = new Set(['content.json', 'content.empty', 'content.unknown'])

/** What no command reads as JSON; the text of each advises to give a signed statement. */
const FOREIGN: ReadonlySet<Code> = new Set(['content.pdf', 'content.archive', 'content.image', 'content.xml', 'content.pem'])
export const isForeign = (code: Code): boolean => FOREIGN.has(code)

/** The single statement of a file, of the given type. @throws `content.*` if it contains something else */
export const statementOf = ({ name, bytes }: Input, type: StatementType, maxLength?: number): SignedText =>
  readStatement(bytes, { name, types: [type], ...(maxLength !== undefined && { maxLength }) })

/** Its first signature, if any will do: the payload is the same in each. */
export const firstOf = (signed: SignedText): string => (typeof signed === 'string' ? signed : (signed[0] as string))

/** @throws `cli.file` if it cannot be determined */
export const exists = (file: string): Promise<boolean> =>
  fileFault(file, () =>
    stat(file).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return false
        throw error
      },
    ),
  )

/** @throws `cli.file` if the file does not exist, or is a folder */
export const mustBeFile = (file: string): Promise<void> =>
  fileFault(file, async () => {
    if ((await stat(file)).isDirectory()) throw Object.assign(new Error(file), { code: 'EISDIR' })
  })

/** A database that does not exist yet is created in its folder. @throws `cli.file` if that folder is missing, or the path is a folder itself */
export const mustHoldDatabase = async (file: string): Promise<void> =>
  (await exists(file)) ? mustBeFile(file) : fileFault(file, async () => void (await stat(dirname(file))))

/** Converts a file system error to one that names the file. */
export async function fileFault<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw fileFaultOf(file, error)
  }
}

/** The same for a given error; any other error is unchanged. */
export const fileFaultOf = (file: string, error: unknown): unknown =>
  isTonghengError(error) || !(error instanceof Error && 'code' in error) ? error : fileError(file, reasonOf(error), error)

/** The error code of the system, also for SQLite errors caused by the file system. */
function reasonOf(error: Error): string {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  const name = typeof errcode === 'number' ? SQLITE[errcode & 0xff] : SQLITE_NAMES[String(code)]
  return name ?? String(code)
}

/** As `fileFaultOf`, for a database that is a file: what is not an error of the system has the words of the driver. */
export function databaseFault(file: string, error: Error): TonghengError {
  const reason = reasonOf(error)
  return fileError(file, Object.hasOwn(FAULTS, reason) ? reason : error.message, error)
}

/** For a copy of a database: names the source in an error that only its content can cause. */
export const damageOf = (source: string) => (error: unknown) => {
  throw error instanceof Error && ['CORRUPT', 'NOTADB'].includes(reasonOf(error)) ? fileFaultOf(source, error) : error
}

/** Result codes of SQLite (sqlite3.h): read-only, damaged, full, cannot open, no database. */
const SQLITE: Readonly<Record<number, string>> = { 8: 'READONLY', 11: 'CORRUPT', 13: 'ENOSPC', 14: 'ENOENT', 26: 'NOTADB' }
const SQLITE_NAMES: Readonly<Record<string, string>> = {
  SQLITE_READONLY: 'READONLY',
  SQLITE_CORRUPT: 'CORRUPT',
  SQLITE_FULL: 'ENOSPC',
  SQLITE_CANTOPEN: 'ENOENT',
  SQLITE_NOTADB: 'NOTADB',
}

/** `reason` is an error code of the system, or any other text. */
export const fileError = (file: string, reason: string, cause?: unknown): TonghengError =>
  fault('cli.file', { file, reason, what: FAULTS[reason] ?? FAULTS.other }, { cause })

/** Reads a private key from its file; warns if others can read it. @throws `cli.key-file` */
export async function readKey(file: string, terminal: Terminal, warning: string): Promise<PrivateJwk> {
  const bytes = await readBytes(file)
  // A key in PEM, or in an archive of PKCS #12.
  if (isForeign(contentCode(bytes))) throw fault('cli.key-file', { file })
  const json = jsonOf({ name: file, bytes }, 'content.key')
  try {
    const key = parsePrivateJwk(bareJwk(json))
    const { mode } = await stat(file)
    if ((mode & 0o077) !== 0) terminal.warn(warning)
    return key
  } catch (error) {
    if (!isTonghengError(error)) throw error
    throw fault('cli.key-file', { file })
  }
}

const OTHERS = 0o077

/** True if others can read or write a file; false if it does not exist. */
export async function isOpenToOthers(file: string): Promise<boolean> {
  try {
    return ((await stat(file)).mode & OTHERS) !== 0
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw fileFaultOf(file, error)
  }
}

/**
 * Removes the permissions of others from a file of ours and reports it; if the file belongs to another user, reports who has to do
 * it.
 */
export async function tighten(file: string, terminal: Terminal, language: 'zh' | 'en'): Promise<void> {
  if (!(await isOpenToOthers(file))) return
  try {
    await chmod(file, (await stat(file)).mode & 0o700)
    terminal.warn(say('cli.file-tightened', { file })[language])
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    terminal.warn(say('cli.file-open', { file })[language])
  }
}

/** Reads a trust file and verifies nothing in it: `openTrust` does. @throws `cli.trust-file` */
export const readTrustFile = async (name: string): Promise<TrustFile> => trustFileOf({ name, bytes: await readBytes(name, MAX_TRUST_FILE) })

/** @throws `cli.trust-file` */
export function trustFileOf(input: Input): TrustFile {
  const { value: file, faults } = parseShape<TrustFile>(TrustFile, jsonOf(input, 'content.trust-file', MAX_TRUST_FILE))
  if (file === undefined) throw cliTrustFault('cli.trust-file', { file: input.name, path: faults[0]?.path ?? '' })
  return file
}
