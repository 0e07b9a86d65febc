/** Signs, fetches and shows joint statements, and answers questions about alliances, capabilities, assessed standards and authorisations. */
import { CALLER_OPTIONS, CAN_OPTIONS } from '../caller.js'
import { CATALOGUE } from '../catalogues.js'
import { actionOf, type Command } from '../command.js'
import type { Action } from '../joint/actions.js'
import { fault } from '../messages.js'

/** Loaded on demand, so that other commands need less memory. */
const ACTIONS: Readonly<Record<string, () => Promise<Action>>> = {
  sign: async () => (await import('../joint/actions.js')).sign,
  show: async () => (await import('../joint/actions.js')).show,
  members: async () => (await import('../joint/actions.js')).members,
  find: async () => (await import('../joint/actions.js')).find,
  standards: async () => (await import('../joint/actions.js')).standards,
  draw: async () => (await import('../joint/actions.js')).draw,
  pull: async () => (await import('../joint/pull.js')).pull,
}

export const joint: Command = {
  name: 'joint',
  usage: `joint ${Object.keys(ACTIONS).join('|')} [FILE…] --trust FILE`,
  summary: {
    zh: '协同记录：联盟、能力、计量标准考核、计量授权的签署与查询',
    en: 'Joint statements: alliances, capabilities, assessed standards, authorisations; signed and asked about',
  },
  options: {
    ...CALLER_OPTIONS,
    trust: { type: 'string', value: 'FILE', help: { zh: '信任文件', en: 'trust file' } },
    iss: { type: 'string', value: 'USCC', help: { zh: 'sign：签名机构；pull：请求方', en: 'sign: the body that signs; pull: the caller' } },
    key: { type: 'string', value: 'FILE', help: { zh: 'sign、pull：私钥文件', en: 'sign, pull: file with the private key' } },
    out: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: 'sign、show --format html：写入的文件，默认标准输出；pull：写入的文件夹',
        en: 'sign, show --format html: file to write, default standard output; pull: folder to write into',
      },
    },
    at: { type: 'string', value: 'TIME', help: { zh: '签名或判定的时间，默认当前', en: 'time of signing, or asked about; default now' } },
    number: { type: 'string', value: 'TEXT', help: { zh: 'members：联盟编号', en: 'members: number of the alliance' } },
    lead: { type: 'string', value: 'USCC', help: { zh: 'members：理事长单位', en: 'members: its lead' } },
    ...CAN_OPTIONS,
    record: { type: 'string', value: 'FILE', help: { zh: 'standards：签名的证书', en: 'standards: the signed certificate' } },
    catalogue: {
      ...CATALOGUE,
      help: {
        zh: 'standards：主管部门发布的目录（签名），其中写明哪些计量标准免于考核，可重复',
        en: 'standards: catalogue of an authority, signed, which states what standards need no assessment; repeatable',
      },
    },
    format: {
      type: 'string',
      value: 'text|json|html',
      help: {
        zh: '输出格式，默认 text；html 只用于 show：一份协同记录排成可打印的页面',
        en: 'output format, default text; html for show only: one statement as a sheet to print',
      },
    },
  },
  notes: {
    zh: '其余参数是协同记录的文件或文件夹，其中的回执和状态公告一并使用。sign 的文件是 JSON 内容（见 schemas）。draw 输出可用于信任列表的授权。find 不写文件而写 --node 时，查节点公开的目录。pull 的参数是事项编号（联盟、证书、比对项目、任务），从节点取来协同记录和回执；回执由出具的节点保存，两地的节点各取一次。\n退出码：0 有，且无不符；1 没有，或有不符、不能断定的；2 用法或输入有误。',
    en: 'The other arguments are files or folders of joint statements; receipts and notices among them are used. The file of sign is the content as JSON (see schemas). draw prints authorisations for a trust list. find without files and with --node asks the directory that a node has for everybody. The arguments of pull are numbers of pieces of work (alliance, certificate, comparison project, task): statements and receipts are fetched from a node; each node has the receipts that it gave, so pull from the nodes of both provinces.\nExit code: 0 found and in order; 1 nothing, or something wrong or undecided; 2 misuse or broken input.',
  },
  async run(args, terminal) {
    const [action = '', ...files] = args.files
    const load = actionOf('joint', ACTIONS, action)
    if (files[0] === undefined && !(action === 'find' && args.text('node') !== undefined)) throw fault('cli.no-input', {})
    return (await load())(files, args, terminal)
  },
}
