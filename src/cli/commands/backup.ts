import { copySqlite } from '../../stores/sqlite/index.js'
import type { Command } from '../command.js'
import { fileError } from '../file-error.js'
import { exists } from '../files.js'
import { fault, say } from '../messages.js'
import { isServer, openStore, readNodeConfig } from '../node-config.js'
import { checkNew, makeNew } from '../outputs.js'

export const backup: Command = {
  name: 'backup',
  mostFiles: 0,
  usage: 'backup --config FILE --out FILE',
  summary: { zh: '备份节点的数据库（SQLite），节点不必停', en: 'Back up the database of a node (SQLite), while it runs' },
  options: {
    config: { type: 'string', value: 'FILE', help: { zh: '节点配置', en: 'configuration of the node' } },
    out: { type: 'string', value: 'FILE', help: { zh: '备份文件，不得已存在', en: 'file for the backup; must not exist yet' } },
  },
  notes: {
    zh: '密钥文件和信任文件不在其中，请另行保管。',
    en: 'Key files and the trust file are not in it; keep them by themselves.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const { database } = await readNodeConfig(args.required('config'))
    const out = args.required('out')
    if (isServer(database)) throw fault('cli.backup-server')
    if (!(await exists(database))) throw fileError(database, 'ENOENT')
    await checkNew(out)
    await makeNew(out, (draft) => copySqlite(database, draft))
    const store = await openStore(out)
    const { size } = await store.readLog()
    await store.close()
    terminal.print(say('cli.backup-done', { file: out, size })[language])
    return 0
  },
}
