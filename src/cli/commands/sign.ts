import { CLOCK_SKEW, formatInstant } from '../../base/date.js'
import { checkRecord } from '../../conformance/index.js'
import { checkSigners, contentCode, coSign, createSigner } from '../../envelope/index.js'
import { linesOf, readRecord, signRecord } from '../../records/index.js'
import type { Command } from '../command.js'
import { fileError } from '../file-error.js'
import { exists, headOf, jsonOf, readInputs, readKey, recordIn } from '../files.js'
import { fault, say } from '../messages.js'
import { checkOutput, replaceText } from '../outputs.js'
import { allocateStatus } from '../status-counter.js'
import { fault as statusFault, say as statusSay } from '../status-messages.js'

/** Octets that show whether a file has a signed statement. */
const HEAD = 4096

export const sign: Command = {
  name: 'sign',
  mostFiles: 1,
  usage: 'sign [FILE] --key FILE … [--out FILE]',
  summary: { zh: '签署一份记录（JSON），得到签名记录', en: 'Sign a record (JSON) into a statement' },
  options: {
    key: {
      type: 'string',
      value: 'FILE',
      multiple: true,
      help: {
        zh: '私钥文件；可给多个，如国密与 ES256 双签，每行一个签名',
        en: 'file with the private key; several sign the same content, one line each',
      },
    },
    at: { type: 'string', value: 'TIME', help: { zh: '签名时间，默认当前', en: 'time of signing, default now' } },
    jti: { type: 'string', value: 'ULID', help: { zh: '签名记录编号，默认新编', en: 'name of the statement, default a new one' } },
    'status-list': {
      type: 'string',
      value: 'URL',
      help: { zh: '其状态所在的状态表地址', en: 'address of the status list that will hold its status' },
    },
    'status-file': {
      type: 'string',
      value: 'FILE',
      help: {
        zh: '状态序号文件：取下一个序号，不重复；首次使用时同时给 --status-list',
        en: 'file of status indices: takes the next one, never one twice; with --status-list when it is first used',
      },
    },
    'status-index': { type: 'string', value: 'N', help: { zh: '在该状态表中的序号', en: 'its index in that list' } },
    supersedes: { type: 'string', value: 'ID', help: { zh: '所替代签名记录的标识', en: 'id of the statement it replaces' } },
    out: { type: 'string', value: 'FILE', help: { zh: '输出文件，默认标准输出', en: 'output file, default standard output' } },
    label: {
      type: 'boolean',
      help: {
        zh: '同时签署检定标签，写在 --out 旁边（r.jws 的标签是 r.label.jws；批量证书每台一张），用 tongheng label 打印',
        en: 'sign the label too, beside --out (of r.jws it is r.label.jws; of a batch one an instrument); tongheng label prints it',
      },
    },
  },
  notes: {
    zh: '不给 FILE 或给 “-” 时从标准输入读。结构有误不予签署；符合性问题在标准错误中提示。',
    en: 'Reads standard input where FILE is absent or “-”. A record with faults of shape is not signed; findings of conformance are printed on standard error.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const [keyFile = args.required('key'), ...otherFiles] = args.list('key')
    const out = args.flag('label') ? args.required('out') : args.text('out')
    const labelOut = args.flag('label') ? labelFileOf(out as string) : undefined
    for (const file of [out, labelOut]) await checkOutput(file, [...args.files, keyFile, ...otherFiles])
    if (out !== undefined) await keepSigned(out)
    const [input] = await readInputs(args.files, terminal)
    const json = recordIn(jsonOf(input as NonNullable<typeof input>, 'content.record'))
    const signerFrom = async (file: string) => createSigner(await readKey(file, terminal, say('cli.key-open', { file })[language]))
    const signer = await signerFrom(keyFile)
    const others = await Promise.all(otherFiles.map(signerFrom))
    checkSigners([signer, ...others])
    const record = readRecord(json)
    // Before an index is taken: a wrong time must not use one up.
    const at = args.instant('at', terminal.now())
    if (at > terminal.now() + CLOCK_SKEW) terminal.warn(statusSay('cli.sign-future', { at: formatInstant(at) })[language])
    // Loaded on demand, so that other commands need less memory.
    const labels = labelOut === undefined ? undefined : await import('../../label/index.js')
    labels?.assertLabelable(record)
    const [statusFile, uri, index] = [args.text('status-file'), args.text('status-list'), args.text('status-index')]
    if (statusFile !== undefined && index !== undefined) throw statusFault('cli.sign-index-twice')
    const status = statusFile === undefined ? statusOf(uri, index) : await allocateStatus(statusFile, uri, linesOf(record) ?? 1)
    const [jti, supersedes] = [args.text('jti'), args.text('supersedes')]
    if (status === undefined) terminal.warn(say('cli.sign-no-status')[language])
    const statement = await signRecord(record, {
      signer,
      at,
      ...(status && { status }),
      ...(jti !== undefined && { jti }),
      ...(supersedes !== undefined && { supersedes }),
    })
    for (const check of checkRecord(record).checks) {
      if (check.status === 'fail' || check.status === 'warn')
        terminal.warn(`${terminal.paint(check.code, check.status)} ${check.path ?? ''} ${check.message[language]}`)
    }
    const also = await Promise.all(others.map((other) => coSign(statement, { typ: 'metrology-record+jwt', signer: other })))
    const text = [statement, ...also].join('\n')
    // Write the label first: a record without its requested label would look complete.
    if (labelOut !== undefined && labels !== undefined)
      await replaceText(labelOut, await labelsOf(statement, labels, { signers: [signer, ...others], at }))
    if (out === undefined) terminal.printLines(text)
    else await replaceText(out, `${text}\n`)
    return 0
  },
}

/** A signed record that is overwritten is lost, with its id and its status index. @throws `cli.file` */
async function keepSigned(out: string): Promise<void> {
  if (!(await exists(out))) return
  if (contentCode(await headOf(out, HEAD)) === 'content.signed-record') throw fileError(out, 'EEXIST')
}

/** @throws `cli.option-missing` if one is given without the other, `cli.option-value` */
function statusOf(uri: string | undefined, index: string | undefined): { uri: string; idx: number } | undefined {
  if (uri === undefined && index === undefined) return undefined
  if (uri === undefined || index === undefined)
    throw fault('cli.option-missing', { option: uri === undefined ? '--status-list' : '--status-index', command: 'sign' })
  if (!/^\d{1,8}$/.test(index)) throw fault('cli.option-value', { option: '--status-index', expected: '0–16777215' })
  return { uri, idx: Number(index) }
}

/** The label of the instrument, or those of all lines of a batch, one signature per line. */
async function labelsOf(
  statement: string,
  { signLabels }: typeof import('../../label/index.js'),
  options: Parameters<typeof import('../../label/index.js').signLabels>[1],
): Promise<string> {
  const labels = await signLabels(statement, options)
  return `${labels.flatMap(({ signed }) => signed).join('\n')}\n`
}

/** File of the labels of a record: r.label.jws for r.jws. */
const labelFileOf = (out: string): string => `${out.replace(/\.jws$/i, '')}.label.jws`
