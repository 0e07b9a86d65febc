/** `round open`, `enrol`, `commit`, `reveal`: the statements of pilots and laboratories. */
import { civilDateOf } from '../../base/date.js'
import { statementId } from '../../envelope/index.js'
import {
  JOINT,
  type OpenedResult,
  openSealed,
  type Round,
  type RoundLaboratory,
  type RoundOpening,
  type RoundResult,
  readJointDocument,
  resultDigest,
  sealResult,
} from '../../joint/index.js'
import type { Arguments } from '../command.js'
import { jsonOf, readBytes, readKey, recordIn } from '../files.js'
import { fault as cliFault, say as cliSay } from '../messages.js'
import { checkNew, checkOutput, replaceText, writeSecret } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import { fault, say } from './messages.js'
import { type Action, inputsOf, languageOf, momentOf, objectIn, partyOf, type ReadRound, readRound, signInto, stateWord } from './source.js'

const dayOf = (args: Arguments, terminal: Terminal): string => civilDateOf(momentOf(args, terminal))

export const open: Action = async ([file = '', ...rest], args, terminal) => {
  if (rest[0] !== undefined) throw cliFault('cli.files-many', { command: 'round open', most: 1, extra: rest[0] })
  const document = readJointDocument(recordIn(jsonOf({ name: file, bytes: await readBytes(file) })))
  if (document.kind !== 'round-protocol') throw fault('cli.round-not-protocol', { file })
  const signed = await signInto(document, [file], args, terminal)
  terminal.warn(say('cli.round-id', { id: statementId(JOINT, signed.split('.')[1] as string) })[languageOf(args)])
  return 0
}

const common = ({ round }: ReadRound) => ({ version: 1, number: round.protocol.number, round: round.id }) as const

export const enrol: Action = async (files, args, terminal) => {
  const read = await readRound(files, args, terminal)
  const code = args.text('code')
  const document = {
    kind: 'round-enrolment',
    ...common(read),
    laboratory: partyOf(read.trust, args.required('iss')),
    on: dayOf(args, terminal),
    ...(code !== undefined && { code }),
    ...(args.flag('named') && { isNamed: true }),
  } as const
  await signInto(document, files, args, terminal)
  return 0
}

export const commit: Action = async (files, args, terminal) => {
  const secret = args.required('secret')
  await checkNew(secret)
  const read = await readRound(files, args, terminal)
  const laboratory = partyOf(read.trust, args.required('iss'))
  const { round, protocol } = { round: read.round.id, protocol: read.round.protocol }
  const result = jsonOf({ name: args.required('result'), bytes: await readBytes(args.required('result')) }) as unknown as RoundResult
  const made = await sealResult({ round, protocol, laboratory: laboratory.uscc, result })
  const document = {
    kind: 'round-commitment',
    ...common(read),
    laboratory,
    on: dayOf(args, terminal),
    digest: made.digest,
    sealed: made.sealed,
  } as const
  // Write the secret first: without its salt, only the pilots can open a commitment.
  await writeSecret(secret, `${JSON.stringify({ round, laboratory: laboratory.uscc, salt: made.salt, result: made.result }, null, 2)}\n`)
  await signInto(document, files, args, terminal)
  terminal.warn(say('cli.round-secret-kept', { file: secret })[languageOf(args)])
  return 0
}

/** Opens a commitment: the laboratory with its secret, a pilot with its key. Rejected before the last day to commit. */
export const reveal: Action = async (files, args, terminal) => {
  const read = await readRound(files, args, terminal)
  const { round } = read
  if (round.phase === 'enrolling' || round.phase === 'measuring')
    throw fault('cli.round-early', { deadline: round.protocol.deadlines.commit })
  const isPilot = args.text('sealing-key') !== undefined
  const own = boundIn(round, args.required(isPilot ? 'laboratory' : 'iss'), languageOf(args))
  const opened = isPilot ? await decrypted(read, own.commitment, files, args, terminal) : await secretIn(args)
  if (opened === undefined) return 0
  const document: RoundOpening = {
    kind: 'round-opening',
    ...common(read),
    laboratory: { uscc: own.laboratory.uscc, name: own.laboratory.name.zh },
    on: dayOf(args, terminal),
    commitment: own.commitment,
    salt: opened.salt,
    result: opened.result,
  }
  readJointDocument(document)
  const digest = resultDigest({ round: round.id, protocol: round.protocol, laboratory: own.laboratory.uscc, ...opened })
  const committed = read.joint.of('round-commitment').find(({ statementId: id }) => id === own.commitment)?.document.digest
  if (digest !== committed && !isPilot) throw fault('cli.round-other')
  await signInto(document, files, args, terminal)
  if (digest === committed) return 0
  terminal.warn(say('cli.round-other-signed')[languageOf(args)])
  return 1
}

/** @throws `cli.round-no-commitment` */
function boundIn(
  { laboratories }: Round,
  uscc: string,
  language: 'zh' | 'en',
): { readonly laboratory: RoundLaboratory; readonly commitment: string } {
  const laboratory = laboratories.find((one) => one.uscc === uscc)
  const [commitment] = laboratory?.commitments ?? []
  if (laboratory === undefined || commitment === undefined) {
    const state = laboratory === undefined ? '—' : stateWord(laboratory.state, language)
    throw fault('cli.round-no-commitment', { laboratory: uscc.slice(0, 40), state })
  }
  return { laboratory, commitment }
}

/** @throws `cli.round-secret` */
async function secretIn(args: Arguments): Promise<OpenedResult> {
  const file = args.required('secret')
  const { salt, result } = (await objectIn(file)) ?? {}
  if (typeof salt !== 'string' || result === undefined) throw fault('cli.round-secret', { file })
  // The result is validated as a document before it is used.
  return { salt, result: result as unknown as RoundResult }
}

/** Decrypts one layer. Returns the result; undefined if another layer remains, which is written to --out. */
async function decrypted(
  { joint }: ReadRound,
  commitment: string,
  files: readonly string[],
  args: Arguments,
  terminal: Terminal,
): Promise<OpenedResult | undefined> {
  const language = languageOf(args)
  const keyFile = args.required('sealing-key')
  const key = await readKey(keyFile, terminal, cliSay('cli.key-open', { file: keyFile })[language])
  const layer = args.text('sealed')
  const found = await openSealed(layer === undefined ? sealedIn(joint, commitment) : await layerIn(layer, commitment), key)
  if (!('sealed' in found)) return found
  const out = args.required('out')
  await checkOutput(out, inputsOf(files, args))
  await replaceText(out, `${JSON.stringify({ commitment, sealed: found.sealed })}\n`, 0o600)
  terminal.warn(say('cli.round-next', { file: out })[language])
  return undefined
}

const sealedIn = (joint: ReadRound['joint'], commitment: string): string =>
  joint.of('round-commitment').find(({ statementId: id }) => id === commitment)?.document.sealed ?? ''

/** @throws `cli.round-sealed-file` */
async function layerIn(file: string, commitment: string): Promise<string> {
  const { commitment: of, sealed } = (await objectIn(file)) ?? {}
  if (of !== commitment || typeof sealed !== 'string') throw fault('cli.round-sealed-file', { file })
  return sealed
}
