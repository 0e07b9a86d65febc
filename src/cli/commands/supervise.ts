import { type Arguments, actionOf, type Command, type ExitCode } from '../command.js'
import type { Terminal } from '../terminal.js'

type Action = (args: Arguments, terminal: Terminal) => Promise<ExitCode>

/** Loaded on demand, so that other commands need less memory. */
const ACTIONS: Readonly<Record<string, () => Promise<Action>>> = {
  task: async () => (await import('../supervise/sign.js')).signs('task'),
  draw: async () => (await import('../supervise/draw.js')).draw,
  measure: async () => (await import('../supervise/sign.js')).signs('measure'),
  close: async () => (await import('../supervise/sign.js')).signs('close'),
  list: async () => (await import('../supervise/list.js')).list,
}
const NAMES = Object.keys(ACTIONS)

export const supervise: Command = {
  name: 'supervise',
  usage: `supervise ${NAMES.join('|')} [FILE …]`,
  summary: {
    zh: '联合监督检查：任务、随机抽取、处理措施、结案、逾期与统计',
    en: 'Joint supervision: tasks, random draws, measures, closures, what is overdue, and counts',
  },
  options: {
    key: { type: 'string', value: 'FILE', help: { zh: '本机关私钥文件', en: 'file with the private key of the bureau' } },
    iss: { type: 'string', value: 'USCC', help: { zh: '本机关统一社会信用代码', en: 'USCC of the bureau that signs' } },
    at: {
      type: 'string',
      value: 'TIME',
      help: { zh: '签名或判定的时间，默认当前', en: 'time of signing, or moment asked about; default now' },
    },
    trust: { type: 'string', value: 'FILE', help: { zh: '信任文件', en: 'trust file' } },
    task: {
      type: 'string',
      value: 'NO',
      help: { zh: 'draw：任务号，文件中只有一个任务时可省略', en: 'draw: number of the task; not needed for the only one' },
    },
    population: {
      type: 'string',
      value: 'FILE',
      multiple: true,
      help: {
        zh: 'draw、list：抽取名单，每行一个统一社会信用代码；list 据以核对被检单位是否抽中，可重复',
        en: 'draw, list: the list from which is drawn, one USCC a line; list compares parties inspected with those drawn; repeatable for list',
      },
    },
    nonce: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: 'draw commit 写入、draw reveal 读取的随机数文件，保密',
        en: 'secret file of the nonce: draw commit writes it, draw reveal reads it',
      },
    },
    overdue: { type: 'boolean', help: { zh: 'list：只列逾期未整改的', en: 'list: only overdue cases' } },
    format: {
      type: 'string',
      value: 'text|json|csv',
      help: { zh: '输出格式，默认 text；csv 只用于 list', en: 'output format, default text; csv for list only' },
    },
    out: { type: 'string', value: 'FILE', help: { zh: '输出文件，默认标准输出', en: 'output file, default standard output' } },
  },
  notes: {
    zh: 'FILE 可为签名记录、日志回执、撤销公告，也可为文件夹。\ntask、measure、close  签署一份 JSON：任务；处理措施、整改报告或复查；结案。\ndraw commit  读任务，承诺名单与新的随机数；draw reveal  两机关的承诺都有日志回执后公布随机数；draw show  判断抽取是否成立，给出名单则复算被抽中的单位。\nlist  读监督检查记录及其后的各份签名记录，逐案列出状态；--format csv 按区县和器具类别统计。\n退出码：0 完成，没有逾期；1 抽取不成立或不能断定，有逾期或有问题的案件；2 用法或输入有误。',
    en: 'A FILE holds statements, receipts of a log, or notices; a folder is read too.\ntask, measure, close  sign a JSON document: a task; measures, a report of a correction or a recheck; a closure.\ndraw commit  reads the task and commits to the list and a new nonce; draw reveal  reveals the nonce once both commitments have receipts of a log; draw show  judges the draw, and computes the parties where the list is given.\nlist  reads supervision findings and the statements after them, and states each case; --format csv counts by county and category.\nExit code: 0 done, nothing overdue; 1 a draw failed or is undecided, a case is overdue or something is wrong with it; 2 misuse or bad input.',
  },
  async run(args, terminal) {
    const [name = ''] = args.files
    return (await actionOf('supervise', ACTIONS, name)())(args, terminal)
  },
}
