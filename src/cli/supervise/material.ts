/** What the actions of `supervise` read: statements, trust, evidence of the log, lists of parties. */
import { type Instant, parseInstant } from '../../base/date.js'
import type { Json } from '../../base/json.js'
import { createSigner, type Signer, type StatementType, statedType } from '../../envelope/index.js'
import { JOINT, type Joint, openJoint } from '../../joint/index.js'
import { type OpenedMaterial, openMaterial, type SignedLogEvidence } from '../../verify/index.js'
import type { Arguments } from '../command.js'
import { firstOf, jsonOf, readBytes, readInputs, readKey, readTrustFile } from '../files.js'
import { type LabelledStatement, statementsOf } from '../lines.js'
import { say as sayOfAll } from '../messages.js'
import { checkOutput, replaceText } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import { warnOfTrust } from '../trust/tell.js'
import { say } from './messages.js'

export type Language = 'zh' | 'en'
const TYPES: readonly StatementType[] = [JOINT, 'metrology-record+jwt']

/** Files after the words of the action. */
export const filesAfter = (args: Arguments, words: number): readonly string[] => args.files.slice(words)

export const languageIn = (args: Arguments): Language => args.choice('lang', ['zh', 'en'])
export const momentIn = (args: Arguments, terminal: Terminal): Instant => parseInstant(args.text('at') ?? terminal.now())

/** The only JSON document of an action. */
export async function documentIn(files: readonly string[], terminal: Terminal): Promise<{ readonly file: string; readonly json: Json }> {
  const [input] = (await readInputs(files.slice(0, 1), terminal)) as [NonNullable<Awaited<ReturnType<typeof readInputs>>[number]>]
  return { file: input.name, json: jsonOf(input) }
}

export async function signerIn(args: Arguments, terminal: Terminal): Promise<Signer> {
  const file = args.required('key')
  return createSigner(await readKey(file, terminal, sayOfAll('cli.key-open', { file })[languageIn(args)]))
}

/** Writes a result to --out, or prints it. */
export async function give(text: string, args: Arguments, terminal: Terminal): Promise<void> {
  const out = args.text('out')
  if (out === undefined) terminal.printLines(text)
  else await replaceText(out, `${text}\n`)
}

export const checkOut = (args: Arguments, files: readonly string[]): Promise<void> =>
  checkOutput(args.text('out'), [
    ...files,
    ...[args.text('key'), args.text('nonce'), args.text('population')].filter((one) => one !== undefined),
  ])

/** What an action judges by, and the statements of its files. */
export interface Material extends OpenedMaterial {
  readonly joint: Joint
  readonly records: readonly LabelledStatement[]
}

/** Reads all statements of the files; those that are not genuine are named on standard error. */
export async function materialOf(files: readonly string[], args: Arguments, terminal: Terminal): Promise<Material> {
  const at = momentIn(args, terminal)
  const log = (await Promise.all(args.list('log').map(receiptsIn))).flat()
  const opened = await openMaterial({ ...(await readTrustFile(args.required('trust'))), log }, at)
  warnOfTrust(opened.trust, args, terminal)
  const records: LabelledStatement[] = []
  const labels = new Map<string, string>()
  for await (const one of statementsOf(files, terminal, TYPES)) {
    if (statedType(firstOf(one.signed)) === JOINT) for (const text of [one.signed].flat()) labels.set(text, one.label)
    else records.push(one)
  }
  const joint = await openJoint([...labels.keys()], { trust: opened.trust, at, status: opened.status, log: opened.log })
  for (const { signed, error } of joint.refused) {
    const params = { file: labels.get(signed) ?? '', reason: { zh: error.text.zh, en: error.text.en } }
    terminal.warn(say('cli.supervise-refused', params)[languageIn(args)])
  }
  return { ...opened, joint, records }
}

/** Receipts of a log, one a line. */
const receiptsIn = async (file: string): Promise<SignedLogEvidence[]> => linesIn(await readBytes(file))

/** The list of parties: one USCC a line; blank lines do not count. */
export async function populationIn(args: Arguments): Promise<readonly string[] | undefined> {
  const file = args.text('population')
  return file === undefined ? undefined : linesIn(await readBytes(file))
}

const linesIn = (bytes: Uint8Array): string[] =>
  new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
