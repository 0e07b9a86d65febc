/** Files a command reads and writes: records and statements, key files, trust files. Every fault names its file. */
import { constants } from 'node:fs'
import { open, readFile, stat, writeFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { isTonghengError, TonghengError } from '../base/error.js'
import { type Json, parseJson } from '../base/json.js'
import { parseShape } from '../base/shape.js'
import { type PrivateJwk, parsePrivateJwk } from '../envelope/index.js'
import { type Agreement, openAgreement, type Specifications } from '../recognition/index.js'
import { openTrust, type Trust, TrustAnchors } from '../trust/index.js'
import { readSpecifications } from '../verify/index.js'
import type { Terminal } from './terminal.js'
import type { TrustState } from './trust-state.js'

/** Longest input taken from a file. */
const MAX_FILE = 16 * 1024 * 1024
const STDIN = '-'

export interface Input {
  /** Path, or `-`. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** The files named, or standard input where none is. @throws `cli.file`, `cli.no-input` */
export async function readInputs(files: readonly string[], terminal: Terminal): Promise<Input[]> {
  const names = files.length === 0 ? [STDIN] : files
  const inputs: Input[] = []
  for (const name of names) {
    if (name === STDIN) {
      if (terminal.isInputInteractive) throw new TonghengError('cli.no-input')
      inputs.push({ name, bytes: await terminal.readInput() })
    } else inputs.push({ name, bytes: await readBytes(name) })
  }
  return inputs
}

/** @throws `cli.file`, `cli.file-too-large` */
export async function readBytes(file: string): Promise<Uint8Array> {
  return fileFault(file, async () => {
    const { size } = await stat(file)
    if (size > MAX_FILE) throw new TonghengError('cli.file-too-large', { file, size, most: MAX_FILE })
    return readFile(file)
  })
}

/** JSON of an input; the fault says where. @throws `cli.json` */
export function jsonOf({ name, bytes }: Input, maxLength = MAX_FILE): Json {
  try {
    return parseJson(bytes, { maxLength, maxValues: 1_000_000 })
  } catch (error) {
    if (!isTonghengError(error)) throw error
    const { line, column } = error.details
    throw new TonghengError('cli.json', { file: name, line, column, reason: error.text, advice: error.text }, { cause: error })
  }
}

/** A statement, as text: one line break at the end is what an editor adds, and is taken off. */
export const textOf = ({ bytes }: Input): string => new TextDecoder('latin1').decode(bytes).replace(/\r?\n$/, '')

/** Creates a file that must not exist yet, readable by its owner only. @throws `cli.file` */
export async function writeSecret(file: string, text: string): Promise<void> {
  await fileFault(file, async () => {
    const handle = await open(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
    try {
      await handle.writeFile(text)
    } finally {
      await handle.close()
    }
  })
}

export const writeText = (file: string, text: string): Promise<void> => fileFault(file, () => writeFile(file, text))

async function fileFault<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isTonghengError(error) || !(error instanceof Error && 'code' in error)) throw error
    throw new TonghengError('cli.file', { file, reason: String(error.code) }, { cause: error })
  }
}

/** A private key from its file; warns where others may read it. @throws `cli.key-file` */
export async function readKey(file: string, terminal: Terminal, warning: string): Promise<PrivateJwk> {
  const bytes = await readBytes(file)
  const { mode } = await stat(file)
  if ((mode & 0o077) !== 0) terminal.warn(warning)
  const json = jsonOf({ name: file, bytes })
  // A key file is a JWK with its kid and alg beside it (RFC 7517 §4).
  const { kid: _kid, alg: _alg, use: _use, ...jwk } = json !== null && typeof json === 'object' && !Array.isArray(json) ? json : {}
  try {
    return parsePrivateJwk(jwk)
  } catch (error) {
    if (!isTonghengError(error)) throw error
    throw new TonghengError('cli.key-file', { file })
  }
}

/** One document: the same payload under each signer's signature. */
const Signed = z.array(z.string().check(z.maxLength(8_000_000))).check(z.minLength(1), z.maxLength(20))

/** Several documents: authorities' lists, version after version. */
export const SignedDocuments = z.array(Signed).check(z.minLength(1), z.maxLength(5000))

/** What a verifier holds in one file: pinned root keys, and the documents signed under them. */
const TrustFile = z.strictObject({
  anchors: TrustAnchors,
  trustLists: SignedDocuments,
  agreements: z.optional(z.array(Signed).check(z.maxLength(100))),
  specifications: z.optional(z.array(z.string().check(z.maxLength(300_000))).check(z.maxLength(5000))),
})
export type TrustFile = z.infer<typeof TrustFile>

export interface TrustMaterial {
  readonly file: TrustFile
  readonly trust: Trust
  readonly agreements: readonly Agreement[]
  readonly specifications: Specifications
}

/**
 * Opens a trust file: verifies every signature in it, and holds it against what has been seen before.
 * @throws `cli.trust-file`, `trust-list.*`, `agreement.*`
 */
export async function readTrust(name: string, at: number, state?: TrustState): Promise<TrustMaterial> {
  const json = jsonOf({ name, bytes: await readBytes(name) })
  const { value: file, faults } = parseShape<TrustFile>(TrustFile, json)
  if (file === undefined) throw new TonghengError('cli.trust-file', { file: name, path: faults[0]?.path ?? '' })
  const trust = await openTrust({
    anchors: file.anchors,
    lists: [...(state?.trustLists ?? []), ...file.trustLists],
    seen: state?.seen ?? [],
  })
  const agreements: Agreement[] = []
  for (const signed of file.agreements ?? []) agreements.push(await openAgreement(signed, trust))
  const { specifications } = await readSpecifications(file.specifications ?? [], { at, trust })
  return { file, trust, agreements, specifications }
}
