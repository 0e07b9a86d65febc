/** Joint statements: signed, shown, and asked about alliances, capabilities, assessed standards and authorisations. */
import { civilDateOf, parseInstant } from '../../base/date.js'
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
import { openAgreement } from '../../recognition/index.js'
import { decodeRecord } from '../../records/index.js'
import type { Arguments, Command, ExitCode } from '../command.js'
import { firstOf, jsonOf, readBytes, readKey, readTrustFile, recordIn, statementOf } from '../files.js'
import { say as jointSay } from '../joint/messages.js'
import { quantityOf, rangeOf } from '../joint/quantities.js'
import { readJoint } from '../joint/read-joint.js'
import { tellAlliance, tellCapability, tellStandard, tellStatement } from '../joint/tell-joint.js'
import { fault, say } from '../messages.js'
import { checkOutput, replaceText } from '../outputs.js'
import type { Terminal } from '../terminal.js'

type Run = (files: readonly string[], args: Arguments, terminal: Terminal) => Promise<ExitCode>
const ACTIONS: Readonly<Record<string, Run>> = { sign, show, members, find, standards, draw }
const NAMES = Object.keys(ACTIONS).join(' | ')

export const joint: Command = {
  name: 'joint',
  usage: `joint ${Object.keys(ACTIONS).join('|')} [FILE…] --trust FILE`,
  summary: {
    zh: '协同记录：联盟、能力、计量标准考核、计量授权的签署与查询',
    en: 'Joint statements: alliances, capabilities, assessed standards, authorisations; signed and asked about',
  },
  options: {
    trust: { type: 'string', value: 'FILE', help: { zh: '信任文件', en: 'trust file' } },
    iss: { type: 'string', value: 'USCC', help: { zh: 'sign：签名机构', en: 'sign: the body that signs' } },
    key: { type: 'string', value: 'FILE', help: { zh: 'sign：私钥文件', en: 'sign: file with the private key' } },
    out: {
      type: 'string',
      value: 'FILE',
      help: { zh: 'sign：写入的文件，默认标准输出', en: 'sign: file to write, default standard output' },
    },
    at: { type: 'string', value: 'TIME', help: { zh: '签名或判定的时间，默认当前', en: 'time of signing, or asked about; default now' } },
    number: { type: 'string', value: 'TEXT', help: { zh: 'members：联盟编号', en: 'members: number of the alliance' } },
    lead: { type: 'string', value: 'USCC', help: { zh: 'members：理事长单位', en: 'members: its lead' } },
    can: { type: 'string', value: 'TEXT', help: { zh: 'find：被测量或器具名称', en: 'find: quantity or instrument' } },
    range: { type: 'string', value: 'RANGE', help: { zh: 'find：测量范围，如 "0..500 N.m"', en: 'find: range, for example "0..500 N.m"' } },
    uncertainty: {
      type: 'string',
      value: 'U',
      help: { zh: 'find：所需的扩展不确定度，如 "0.1 %"', en: 'find: largest expanded uncertainty, for example "0.1 %"' },
    },
    record: { type: 'string', value: 'FILE', help: { zh: 'standards：签名的证书', en: 'standards: the signed certificate' } },
    format: { type: 'string', value: 'text|json', help: { zh: '输出格式，默认 text', en: 'output format, default text' } },
  },
  notes: {
    zh: '其余参数是协同记录的文件或文件夹，其中的回执和状态公告一并使用。sign 的文件是 JSON 内容（见 schemas）。draw 输出可用于信任列表的授权。\n退出码：0 有，且无不符；1 没有，或有不符、不能断定的；2 用法或输入有误。',
    en: 'The other arguments are files or folders of joint statements; receipts and notices among them are used. The file of sign is the content as JSON (see schemas). draw prints authorisations for a trust list.\nExit code: 0 found and in order; 1 nothing, or something wrong or undecided; 2 misuse or broken input.',
  },
  async run(args, terminal) {
    const [action = '', ...files] = args.files
    const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined
    if (run === undefined) throw fault('cli.option-value', { option: 'joint', expected: NAMES })
    if (files[0] === undefined) throw fault('cli.no-input', {})
    return run(files, args, terminal)
  },
}

async function sign([file = '', ...rest]: readonly string[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const [iss, keyFile, out] = [args.required('iss'), args.required('key'), args.text('out')]
  if (rest[0] !== undefined) throw fault('cli.files-many', { command: 'joint sign', most: 1, extra: rest[0] })
  await checkOutput(out, [file, keyFile])
  const document = readJointDocument(recordIn(jsonOf({ name: file, bytes: await readBytes(file) })))
  const signer = await createSigner(await readKey(keyFile, terminal, say('cli.key-open', { file: keyFile })[language]))
  const signed = await signJoint(document, { iss, signer, at: args.text('at') ?? terminal.now() })
  if (out === undefined) terminal.printLines(signed)
  else await replaceText(out, `${signed}\n`)
  return 0
}

const dayOf = (args: Arguments, terminal: Terminal): string => civilDateOf(parseInstant(args.text('at') ?? terminal.now()))

async function show(files: readonly string[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const { joint: opened } = await readJoint(files, args, terminal)
  return told(opened.statements, { args, terminal, tell: tellStatement, isFine: ({ counts }: JointStatement) => counts })
}

async function members(files: readonly string[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [number, lead] = [args.required('number'), args.text('lead')]
  const { joint: opened } = await readJoint(files, args, terminal)
  const state = allianceOf(opened, number, { on: dayOf(args, terminal), ...(lead !== undefined && { lead }) })
  const isFine = ({ text, findings }: AllianceState): boolean => text !== undefined && findings.length === 0
  return told(state.text === undefined && state.findings.length === 0 ? [] : [state], { args, terminal, tell: tellAlliance, isFine })
}

async function find(files: readonly string[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [can, range, uncertainty] = [args.required('can'), args.text('range'), args.text('uncertainty')]
  const question = {
    can,
    on: dayOf(args, terminal),
    ...(range !== undefined && { range: rangeOf(range) }),
    ...(uncertainty !== undefined && { uncertainty: quantityOf(uncertainty) }),
  }
  const { joint: opened, trust } = await readJoint(files, args, terminal)
  const { agreements = [] } = await readTrustFile(args.required('trust'))
  const signed = await Promise.all(agreements.map((one) => openAgreement(one, trust)))
  const found = findCapabilities(opened, { ...question, trust, agreements: signed })
  return told(found, {
    args,
    terminal,
    tell: tellCapability,
    isFine: ({ isGranted, suffices }: FoundCapability) => isGranted && suffices === true,
    some: true,
  })
}

async function standards(files: readonly string[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const file = args.required('record')
  const statement = firstOf(statementOf({ name: file, bytes: await readBytes(file) }, 'metrology-record+jwt'))
  const record = decodeRecord(statement)?.record
  if (record === undefined) throw fault('cli.no-statements', { file })
  const { joint: opened } = await readJoint(files, args, terminal)
  const isFine = ({ findings }: CheckedStandard): boolean => findings.every(({ status }) => status === 'warn')
  return told(checkStandards(record, opened), { args, terminal, tell: tellStandard, isFine })
}

async function draw(files: readonly string[], args: Arguments, terminal: Terminal): Promise<ExitCode> {
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
  /** One that is in order is enough; otherwise all must be. @default false */
  readonly some?: boolean
}

function told<T>(found: readonly T[], { args, terminal, tell, isFine, some = false }: Telling<T>): ExitCode {
  const language = args.choice('lang', ['zh', 'en'])
  if (args.choice('format', ['text', 'json']) === 'json') terminal.printLines(JSON.stringify(found, null, 2))
  else for (const one of found) tell(one, terminal, language)
  if (found.length === 0) terminal.warn(jointSay('cli.joint-none')[language])
  return (some ? found.some(isFine) : found.length > 0 && found.every(isFine)) ? 0 : 1
}
