import { openTrust } from '../../trust/index.js'
import { type Command, FORMAT } from '../command.js'
import { database } from '../doctor/database.js'
import type { Found } from '../doctor/found.js'
import { certificate, disks, type Examined, keys, lists, runtime } from '../doctor/here.js'
import { say } from '../doctor/messages.js'
import { ownNode, peers } from '../doctor/peers.js'
import { readTrustFile } from '../files.js'
import { readNodeConfig } from '../node-config.js'

const PAINTS = { ok: 'pass', warn: 'warn', fail: 'fail' } as const

export const doctor: Command = {
  name: 'doctor',
  mostFiles: 0,
  usage: 'doctor --config FILE',
  summary: {
    zh: '检查节点：时钟、磁盘、密钥、列表、对方节点、数据库、权限、端口，逐项说明怎么办',
    en: 'Examine a node: clock, disk, keys, lists, peers, database, rights, port, each with what to do',
  },
  options: {
    config: { type: 'string', value: 'FILE', help: { zh: '节点配置', en: 'configuration of the node' } },
    timeout: {
      type: 'string',
      value: 'SECONDS',
      help: { zh: '每个节点的答复至多等几秒，默认 10', en: 'seconds for each answer of a node, default 10' },
    },
    format: FORMAT,
  },
  notes: {
    zh: '节点运行时、未运行时均可执行，宜以运行节点的用户执行；不升级数据库，也不改动任何文件。全面复核日志用 tongheng log audit。\n退出码：0 没有有误的（可有提示）；1 有有误的；2 用法有误，或配置、信任文件不能用。',
    en: 'For a node that runs or does not; best as the user that runs it. It migrates no database and changes no file. To verify the whole log, run tongheng log audit.\nExit code: 0 nothing is wrong (there may be warnings); 1 something is; 2 misuse, or configuration or trust file is of no use.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const asJson = args.choice('format', ['text', 'json']) === 'json'
    const configFile = args.required('config')
    const seconds = args.whole('timeout', 10)
    const config = await readNodeConfig(configFile)
    const { anchors, trustLists } = await readTrustFile(config.trust)
    const trust = await openTrust({ anchors, lists: trustLists })
    const examined: Examined = { config, configFile, trust, now: terminal.now(), terminal, language, seconds }
    const counts = { ok: 0, warn: 0, fail: 0 }
    const tell = ({ status, code, text }: Found): void => {
      counts[status]++
      const { advice, ...words } = text
      if (asJson) {
        terminal.print(JSON.stringify({ status, code, ...words, ...(status !== 'ok' && advice && { advice }) }))
        return
      }
      terminal.print(`${terminal.paint(status.padEnd(4), PAINTS[status])}  ${words[language]} [${code}]`)
      if (status !== 'ok' && advice !== undefined && advice[language] !== '') terminal.print(`      ${advice[language]}`)
    }
    tell(runtime())
    for (const examine of [keys, lists, disks, certificate, database, ownNode, peers])
      for (const line of await examine(examined)) tell(line)
    if (!asJson) terminal.print(say('doctor.total', counts)[language])
    return counts.fail > 0 ? 1 : 0
  },
}
