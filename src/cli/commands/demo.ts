import { type Arguments, actionOf, type Command, type ExitCode, FORMAT } from '../command.js'
import type { Terminal } from '../terminal.js'

type Run = (args: Arguments, terminal: Terminal) => Promise<ExitCode>

/** Loaded on demand, so that other commands do not load the fixtures. */
const RUNS: Readonly<Record<string, () => Promise<Run>>> = {
  records: async () => (await import('./demo-run.js')).runDemo,
  round: async () => (await import('./demo-round.js')).runRound,
}

export const demo: Command = {
  name: 'demo',
  mostFiles: 1,
  usage: 'demo [records|round] [--keep] [--folder FOLDER] [--format text|json]',
  summary: {
    zh: '演示：川渝两个节点在本机交换并判定真实结构的记录',
    en: 'Demonstration: two provincial nodes on this machine exchange and judge records',
  },
  options: {
    keep: {
      type: 'boolean',
      help: {
        zh: '演示记录后不退出，显示可试的网址和命令；粘贴页面生成的公钥即准入',
        en: 'records: leave the nodes running, show addresses and lines to try, admit a pasted public key',
      },
    },
    folder: {
      type: 'string',
      value: 'FOLDER',
      help: {
        zh: 'round：把各方取得的签名记录、回执、比对结果记录和信任文件写入新文件夹，供各命令试用',
        en: 'round: write statements, receipts, record and trust file into a new folder, to try the commands on them',
      },
    },
    format: FORMAT,
  },
  notes: {
    zh: 'records（默认）交换并判定记录；round 演示一次计量比对：两个节点、五个实验室，从方案到各方都能核对的总结。',
    en: 'records (default) exchanges and judges records; round works a comparison over both nodes: five laboratories, from the protocol to a report that everybody can check.',
  },
  async run(args, terminal) {
    const load = actionOf('demo', RUNS, args.files[0] ?? 'records')
    return (await load())(args, terminal)
  },
}
