/** Actions of the command `joint`: sign, show, and answer questions. */
import { writeJointHtml } from '../../certificate/index.js'
import { createSigner } from '../../envelope/index.js'
import {
  type AllianceState,
  allianceOf,
  type CheckedStandard,
  checkStandards,
  drawAuthorisations,
  type FoundCapability,
  findCapabilities,
  type JointStatement,
  readJointDocument,
  signJoint,
} from '../../joint/index.js'
import { canOf, dueInAlliance, rangeOf, uncertaintyOf } from '../../joint/inside.js'
import { decodeRecord } from '../../records/index.js'
import { cataloguesBeside } from '../catalogues.js'
import type { Arguments, ExitCode } from '../command.js'
import { firstOf, jsonOf, readBytes, readKey, readTrustFile, recordIn, statementOf } from '../files.js'
import { fault, say } from '../messages.js'
import { checkOutput, replaceText } from '../outputs.js'
import type { Terminal } from '../terminal.js'
import { fault as jointFault, say as jointSay } from './messages.js'
import { agreementsIn, dayOf, readDirectory, readJoint, recognitionsIn } from './read-joint.js'
import { type RecognisedStatement, tellAlliance, tellCapability, tellStandard, tellStatement, tellWithoutClause } from './tell-joint.js'

/** An action of the command. `files` are the arguments after its name. */
export type Action = (files: readonly string[], args: Arguments, terminal: Terminal) => Promise<ExitCode>

export async function sign([file = '', ...rest]: readonly string[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const [iss, keyFile, out] = [args.required('iss'), args.required('key'), args.text('out')]
  if (rest[0] !== undefined) throw fault('cli.files-many', { command: 'joint sign', most: 1, extra: rest[0] })
  await checkOutput(out, [file, keyFile])
  const document = readJointDocument(recordIn(jsonOf({ name: file, bytes: await readBytes(file) })))
  const signer = await createSigner(await readKey(keyFile, terminal, say('cli.key-open', { file: keyFile })[language]))
  const signed = await signJoint(document, { iss, signer, at: args.instant('at', terminal.now()) })
  if (out === undefined) terminal.printLines(signed)
  else await replaceText(out, `${signed}\n`)
  return 0
}

export async function show(files: readonly string[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const read = await readJoint(files, args, terminal)
  if (args.text('format') === 'html') return printed(read.joint.statements, files, args, terminal)
  const recognitionsOf = await recognitionsIn(read, args, terminal)
  const shown = read.joint.statements.map((one) => ({ ...one, recognitions: recognitionsOf(one) }))
  const code = told(shown, { args, terminal, tell: tellStatement, isFine: ({ counts }: RecognisedStatement) => counts })
  if (args.choice('format', ['text', 'json']) === 'text') tellWithoutClause(shown, terminal, args.choice('lang', ['zh', 'en']))
  return code
}

/** One statement as a printed sheet. @throws `cli.joint-one` unless there is exactly one */
async function printed(
  statements: readonly JointStatement[],
  files: readonly string[],
  args: Arguments,
  terminal: Terminal,
): Promise<ExitCode> {
  const [language, out] = [args.choice('lang', ['zh', 'en']), args.text('out')]
  const [statement, ...others] = statements
  if (statement === undefined || others.length > 0) throw jointFault('cli.joint-one', { count: statements.length })
  await checkOutput(out, files)
  const html = writeJointHtml(statement, { language })
  if (out === undefined) await terminal.write(html)
  else await replaceText(out, html)
  return statement.counts ? 0 : 1
}

export async function members(files: readonly string[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [number, lead] = [args.required('number'), args.text('lead')]
  const read = await readJoint(files, args, terminal)
  const recognitionsOf = await recognitionsIn(read, args, terminal)
  const on = dayOf(args, terminal)
  const state = allianceOf(read.joint, number, { on, ...(lead !== undefined && { lead }) })
  const recognitions = state.text === undefined ? [] : recognitionsOf(state.text)
  const isFine = ({ text, findings }: AllianceState): boolean => text !== undefined && findings.length === 0
  return told(state.text === undefined && state.findings.length === 0 ? [] : [{ ...state, recognitions, due: dueInAlliance(state, on) }], {
    args,
    terminal,
    tell: tellAlliance,
    isFine,
  })
}

/** Lists who can measure something, by the statements in files, or without files by the directory of a node. */
export async function find(files: readonly string[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [can, range, uncertainty] = [args.required('can'), args.text('range'), args.text('uncertainty')]
  const question = {
    can: canOf(can),
    on: dayOf(args, terminal),
    ...(range !== undefined && { range: rangeOf(range) }),
    ...(uncertainty !== undefined && { uncertainty: uncertaintyOf(uncertainty) }),
  }
  const { joint: opened, trust } = await (files.length === 0 ? readDirectory(args, terminal) : readJoint(files, args, terminal))
  const found = findCapabilities(opened, { ...question, trust, agreements: await agreementsIn(args, trust) })
  return told(found, {
    args,
    terminal,
    tell: tellCapability,
    isFine: ({ isGranted, suffices }: FoundCapability) => isGranted && suffices === true,
    some: true,
  })
}

export async function standards(files: readonly string[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const file = args.required('record')
  const statement = firstOf(statementOf({ name: file, bytes: await readBytes(file) }, 'metrology-record+jwt'))
  const record = decodeRecord(statement)?.record
  if (record === undefined) throw fault('cli.no-statements', { file })
  const { joint: opened, trust } = await readJoint(files, args, terminal)
  const at = args.instant('at', terminal.now())
  const catalogues = await cataloguesBeside({ file: await readTrustFile(args.required('trust')), trust, at }, args, terminal)
  const isFine = ({ findings }: CheckedStandard): boolean => findings.every(({ status }) => status === 'warn')
  return told(checkStandards(record, opened, { catalogues, at }), { args, terminal, tell: tellStandard, isFine })
}

export async function draw(files: readonly string[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const { joint: opened } = await readJoint(files, args, terminal)
  const drawn = drawAuthorisations(opened, args.text('iss'))
  terminal.printLines(JSON.stringify(drawn, null, 2))
  return drawn.length > 0 ? 0 : 1
}

interface Telling<T> {
  readonly args: Arguments
  readonly terminal: Terminal
  readonly tell: (one: T, terminal: Terminal, language: 'zh' | 'en') => void
  readonly isFine: (one: T) => boolean
  /** True if one valid statement suffices; otherwise all must be valid. @default false */
  readonly some?: boolean
}

function told<T>(found: readonly T[], { args, terminal, tell, isFine, some = false }: Telling<T>): ExitCode {
  const language = args.choice('lang', ['zh', 'en'])
  if (args.choice('format', ['text', 'json']) === 'json') terminal.printLines(JSON.stringify(found, null, 2))
  else for (const one of found) tell(one, terminal, language)
  if (found.length === 0) terminal.warn(jointSay('cli.joint-none')[language])
  return (some ? found.some(isFine) : found.length > 0 && found.every(isFine)) ? 0 : 1
}
