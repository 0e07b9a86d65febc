/** Inputs and outputs of the actions of `supervise`, except joint statements. */
import type { Instant } from '../../base/date.js'
import type { Json } from '../../base/json.js'
import { visible } from '../../base/visible.js'
import { createSigner, type Signer } from '../../envelope/index.js'
import type { Arguments } from '../command.js'
import { jsonOf, readBytes, readInputs, readKey } from '../files.js'
import { fault, say } from '../messages.js'
import { checkOutput, replaceText } from '../outputs.js'
import type { Terminal } from '../terminal.js'

export type Language = 'zh' | 'en'

/** The arguments after the words of the action. */
export const filesAfter = (args: Arguments, words: number): readonly string[] => args.files.slice(words)

export const languageIn = (args: Arguments): Language => args.choice('lang', ['zh', 'en'])
export const momentIn = (args: Arguments, terminal: Terminal): Instant => args.instant('at', terminal.now())

/** Reads the single JSON document of an action. */
export async function documentIn(files: readonly string[], terminal: Terminal): Promise<{ readonly file: string; readonly json: Json }> {
  const [input] = (await readInputs(files.slice(0, 1), terminal)) as [NonNullable<Awaited<ReturnType<typeof readInputs>>[number]>]
  return { file: input.name, json: jsonOf(input) }
}

export async function signerIn(args: Arguments, terminal: Terminal): Promise<Signer> {
  const file = args.required('key')
  return createSigner(await readKey(file, terminal, say('cli.key-open', { file })[languageIn(args)]))
}

/** Colours for a terminal; none if the output is a file. */
export const paintFor = (args: Arguments, { paint }: Terminal): Terminal['paint'] =>
  args.text('out') === undefined ? paint : (text) => text

/** Writes a result to --out, or prints it. */
export async function give(text: string, args: Arguments, terminal: Terminal): Promise<void> {
  const out = args.text('out')
  if (out === undefined) terminal.printLines(text)
  else await replaceText(out, `${text}\n`)
}

/** Like `give`, line by line: line breaks in texts of statements are escaped, so that none begins a new line. */
export const giveLines = (lines: readonly string[], args: Arguments, terminal: Terminal): Promise<void> =>
  give(lines.map(visible).join('\n'), args, terminal)

export const checkOut = (args: Arguments, files: readonly string[]): Promise<void> =>
  checkOutput(args.text('out'), [
    ...files,
    ...args.list('population'),
    ...[args.text('key'), args.text('nonce')].filter((one) => one !== undefined),
  ])

/** The lists of parties: one USCC per line, blank lines ignored. */
export const populationsIn = (args: Arguments): Promise<readonly (readonly string[])[]> =>
  Promise.all(args.list('population').map(async (file) => linesIn(await readBytes(file))))

/** The list of a draw, if given. @throws `cli.option-value` if there are several */
export async function populationIn(args: Arguments): Promise<readonly string[] | undefined> {
  if (args.list('population').length > 1) throw fault('cli.option-value', { option: '--population', expected: 'FILE' })
  return (await populationsIn(args))[0]
}

const linesIn = (bytes: Uint8Array): string[] =>
  new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
