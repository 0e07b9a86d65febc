/** Inputs of the actions of `round`: the round in a folder of statements, the signer, and JSON files. */
import type { Instant } from '../../base/date.js'
import type { JsonObject } from '../../base/json.js'
import { isObject } from '../../base/options.js'
import { createSigner, type Signer } from '../../envelope/index.js'
import { type AnyJointDocument, type Joint, laboratoryStateNames, type Round, roundOf, signJoint } from '../../joint/index.js'
import type { Trust } from '../../trust/index.js'
import type { Arguments } from '../command.js'
import { jsonOf, readBytes, readKey } from '../files.js'
import { readJoint } from '../joint/read-joint.js'
import { say as cliSay } from '../messages.js'
import { checkOutput, replaceText } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import { fault } from './messages.js'

export type Language = 'zh' | 'en'
/** An action of the command. `files` are the arguments after its name. */
export type Action = (files: readonly string[], args: Arguments, terminal: Terminal) => Promise<0 | 1 | 2>

export const languageOf = (args: Arguments): Language => args.choice('lang', ['zh', 'en'])
export const momentOf = (args: Arguments, terminal: Terminal): Instant => args.instant('at', terminal.now())

export interface ReadRound {
  readonly round: Round
  readonly joint: Joint
  readonly trust: Trust
}

/** Reads a round from files and folders: the one of --round, or the only one. @throws `cli.round-which`, `round.none` */
export async function readRound(files: readonly string[], args: Arguments, terminal: Terminal): Promise<ReadRound> {
  const { joint, trust } = await readJoint(files, args, terminal)
  const named = args.text('round')
  const protocols = joint.of('round-protocol')
  const [only, second] = protocols
  if (named === undefined && (only === undefined || second !== undefined)) throw fault('cli.round-which', { count: protocols.length })
  const round = roundOf(joint, { round: named ?? (only as NonNullable<typeof only>).statementId, at: momentOf(args, terminal) })
  return { round, joint, trust }
}

/** The laboratory of the signer, with its name in the trust lists. @throws `cli.round-not-listed` */
export function partyOf(trust: Trust, iss: string): { readonly uscc: string; readonly name: string } {
  const listed = trust.entity(iss)
  if (listed === undefined) throw fault('cli.round-not-listed', { iss: iss.slice(0, 40) })
  return { uscc: listed.entity.uscc, name: listed.entity.name.zh }
}

export async function signerIn(args: Arguments, terminal: Terminal): Promise<Signer> {
  const file = args.required('key')
  return createSigner(await readKey(file, terminal, cliSay('cli.key-open', { file })[languageOf(args)]))
}

/** Input files of an action, which it must not overwrite. */
export const inputsOf = (files: readonly string[], args: Arguments): string[] => [
  ...files,
  ...['key', 'trust', 'result', 'secret', 'sealed', 'sealing-key', 'record'].flatMap((name) => args.text(name) ?? []),
]

/** Signs a document into the file of --out, or prints it. */
export async function signInto(document: AnyJointDocument, files: readonly string[], args: Arguments, terminal: Terminal): Promise<string> {
  const out = args.text('out')
  await checkOutput(out, inputsOf(files, args))
  const signed = await signJoint(document, {
    iss: args.required('iss'),
    signer: await signerIn(args, terminal),
    at: momentOf(args, terminal),
  })
  if (out === undefined) terminal.printLines(signed)
  else await replaceText(out, `${signed}\n`)
  return signed
}

/** A JSON object from a file; undefined if the file contains another value. */
export async function objectIn(name: string): Promise<JsonObject | undefined> {
  const json = jsonOf({ name, bytes: await readBytes(name) })
  return isObject(json) ? (json as JsonObject) : undefined
}

export const stateWord = (state: Round['laboratories'][number]['state'], language: Language): string =>
  laboratoryStateNames[state][language]
