/** Reads the files of commands: records and statements, key files, trust files. Every error names its file. */

import { createReadStream } from 'node:fs'
import { chmod, open, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isTonghengError, TonghengError } from '../base/error.js'
import { type Json, parseJson } from '../base/json.js'
import { withoutByteOrderMark } from '../base/lines.js'
import type { Code } from '../base/message.js'
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
import { fileFault, fileFaultOf } from './file-error.js'
import { fault, say } from './messages.js'
import type { Terminal } from './terminal.js'
import { fault as cliTrustFault } from './trust/messages.js'

/** Maximum length of an input file. */
const MAX_FILE = 16 * 1024 * 1024
const MAX_VALUES = 1_000_000
const STDIN = '-'
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

/** The first octets of a file; empty for standard input and pipes, which cannot be read twice. @throws `cli.file` */
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
    const { line, column } = error.details as { line?: number; column?: number }
    // What is not text has no lines.
    const place = line === undefined ? file : `${file}:${line}:${column}`
    const at = say('cli.json', { place, reason: error.text })
    const { advice } = error.text
    const details = { file, ...(line !== undefined && { line, column }), place, reason: error.text }
    throw fault('cli.json', details, { cause: error, text: advice ? { ...at, advice } : at })
  }
  if (expected !== undefined && code !== expected && !UNSPECIFIC.has(code)) throw misplaced(code, expected, file)
  return json
}

/** What a command expects where an input is something else; the text of that advises to give a signed statement. */
const EXPECTED = {
  'content.record': 'cli.record-expected',
  'content.key': 'cli.key-expected',
  'content.trust-file': 'cli.trust-file-expected',
} as const

function misplaced(code: Code, expected: Code, file: string): TonghengError {
  const error = new TonghengError(code, { file })
  const wanted = Object.hasOwn(EXPECTED, expected) ? EXPECTED[expected as keyof typeof EXPECTED] : undefined
  return wanted === undefined ? error : new TonghengError(code, { file }, { text: { ...error.text, advice: say(wanted) } })
}

/** Removes `$schema` from a record file: editors use it, and it is not part of the record. */
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

/** Codes of content for which the error of the parser is more precise: JSON, or an unknown kind of file. */
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

/** Reads a trust file without verifying it: `openTrust` does that. @throws `cli.trust-file` */
export const readTrustFile = async (name: string): Promise<TrustFile> => trustFileOf({ name, bytes: await readBytes(name, MAX_TRUST_FILE) })

/** @throws `cli.trust-file` */
export function trustFileOf(input: Input): TrustFile {
  const { value: file, faults } = parseShape<TrustFile>(TrustFile, jsonOf(input, 'content.trust-file', MAX_TRUST_FILE))
  if (file === undefined) throw cliTrustFault('cli.trust-file', { file: input.name, path: faults[0]?.path ?? '' })
  return file
}
