/** Comparison rounds: reads and writes files. */
import { actionOf, type Command } from '../command.js'
import { fault } from '../messages.js'
import type { Action } from '../round/source.js'

/** Loaded on demand, so that other commands need less memory. */
const ACTIONS: Readonly<Record<string, () => Promise<Action>>> = {
  open: async () => (await import('../round/take-part.js')).open,
  enrol: async () => (await import('../round/take-part.js')).enrol,
  commit: async () => (await import('../round/take-part.js')).commit,
  reveal: async () => (await import('../round/take-part.js')).reveal,
  show: async () => (await import('../round/close.js')).show,
  close: async () => (await import('../round/close.js')).close,
  report: async () => (await import('../round/close.js')).report,
}
const NAMES = Object.keys(ACTIONS)

export const round: Command = {
  name: 'round',
  usage: `round ${NAMES.join('|')} FILE…`,
  summary: {
    zh: '计量比对：方案、报名、提交（提交后不可更改）、公开、汇总、总结',
    en: 'Comparison rounds: protocol, enrolment, results that cannot be changed once committed, opening, evaluation, report',
  },
  options: {
    trust: { type: 'string', value: 'FILE', help: { zh: '信任文件（open 不需要）', en: 'trust file; not for open' } },
    round: {
      type: 'string',
      value: 'ID',
      help: { zh: '比对方案的签名记录标识；只有一份时可不写', en: 'statement id of the protocol; may be absent where there is one only' },
    },
    iss: { type: 'string', value: 'USCC', help: { zh: '签名机构', en: 'the body that signs' } },
    key: { type: 'string', value: 'FILE', help: { zh: '签名私钥文件', en: 'file with the private key that signs' } },
    at: { type: 'string', value: 'TIME', help: { zh: '签名或判定的时间，默认当前', en: 'time of signing, or asked about; default now' } },
    out: { type: 'string', value: 'FILE', help: { zh: '输出文件，默认标准输出', en: 'output file, default standard output' } },
    code: { type: 'string', value: 'TEXT', help: { zh: 'enrol：主导实验室分配的代码', en: 'enrol: code that the pilots assigned' } },
    named: { type: 'boolean', help: { zh: 'enrol：同意在报告中写明名称', en: 'enrol: consent to be named in the report' } },
    result: { type: 'string', value: 'FILE', help: { zh: 'commit：结果（JSON）', en: 'commit: the result as JSON' } },
    secret: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: 'commit：保存盐值和结果的新文件；reveal：该文件',
        en: 'commit: new file that keeps salt and result; reveal: that file',
      },
    },
    'sealing-key': {
      type: 'string',
      value: 'FILE',
      help: { zh: 'reveal：主导实验室的解密私钥', en: 'reveal: private key of a pilot that decrypts' },
    },
    laboratory: {
      type: 'string',
      value: 'USCC',
      help: { zh: 'reveal：主导实验室要公开的实验室', en: 'reveal: the laboratory whose result the pilots open' },
    },
    sealed: {
      type: 'string',
      value: 'FILE',
      help: { zh: 'reveal：另一主导实验室解开的一层', en: 'reveal: the layer that the other pilot has opened' },
    },
    'key-out': {
      type: 'string',
      value: 'FILE',
      help: { zh: 'close：代码与名称对照表的新文件（保密）', en: 'close: new file for the key from codes to names (confidential)' },
    },
    record: {
      type: 'string',
      value: 'FILE',
      help: { zh: 'report：签名的比对结果记录', en: 'report: the signed record of the comparison' },
    },
    format: { type: 'string', value: 'text|json', help: { zh: '输出格式，默认 text', en: 'output format, default text' } },
  },
  notes: {
    zh: 'FILE 为该比对的签名记录和回执的文件或文件夹；open 为方案（JSON，见 schemas）。何时提交以日志为准：没有回执的一律不能断定。\nopen  签署方案；enrol  报名；commit  加密并承诺结果；reveal  截止后公开（实验室用 --secret，主导实验室依次用 --sealing-key）；show  现状；close  算出比对结果记录；report  有 --key 签署总结，没有则核对总结。\n退出码：0 无不符；1 有不符或不能断定的；2 用法或输入有误。',
    en: 'FILE is a file or folder with the statements and receipts of the round; of open the protocol as JSON (see schemas). A log says when something was committed: what has no receipt is undecided.\nopen  signs the protocol; enrol  joins; commit  seals a result and commits to it; reveal  opens it after the deadline (a laboratory with --secret, pilots one after the other with --sealing-key); show  how it stands; close  computes the record; report  signs the report with --key, and checks it without.\nExit code: 0 in order; 1 something wrong or undecided; 2 misuse or broken input.',
  },
  async run(args, terminal) {
    const [name = '', ...files] = args.files
    const load = actionOf('round', ACTIONS, name)
    if (files[0] === undefined) throw fault('cli.no-input', {})
    return (await load())(files, args, terminal)
  },
}
