import { asCaller, CALLER_OPTIONS, RECORD_FORMAT, RECORD_FORMATS, tellEntry } from '../caller.js'
import type { Command } from '../command.js'
import { fault } from '../record-messages.js'

export const get: Command = {
  name: 'get',
  usage: 'get ID [ID …] --node URL --iss USCC --key FILE',
  summary: { zh: '按标识从节点取回签名记录', en: 'Get signed records from a node by their ids' },
  options: { ...CALLER_OPTIONS, format: RECORD_FORMAT },
  notes: {
    zh: 'ID 是签名记录标识（submit 和 find 会列出）。取回的内容须与标识相符。节点所说的状态仅供参考；要判定，用 --format jws 交给 tongheng verify。\n退出码：0 全部取回；2 用法有误、没有该记录、无权读取或连不上。',
    en: 'ID is the id of a statement, as submit and find list it; what comes back must be the statement of that id. The status is the word of the node; to judge, pass --format jws on to tongheng verify.\nExit code: 0 all are here; 2 misuse, no such record, not permitted, or unreachable.',
  },
  async run(args, terminal) {
    if (args.files.length === 0) throw fault('cli.get-none')
    const format = args.choice('format', RECORD_FORMATS)
    await asCaller(args, terminal, async (client) => {
      for (const id of args.files) tellEntry(await client.records.get(id), format, args, terminal)
    })
    return 0
  },
}
