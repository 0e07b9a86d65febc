import { once } from 'node:events'
import { dirname, resolve } from 'node:path'
import * as z from 'zod/mini'
import { formatInstant } from '../../base/date.js'
import { isTonghengError, TonghengError } from '../../base/error.js'
import { messageOf } from '../../base/messages/index.js'
import { Line, LocalizedText, RegionCode, Uscc } from '../../base/schema.js'
import { parseShape } from '../../base/shape.js'
import { createSigner } from '../../envelope/index.js'
import { createNode, createServer, type Store } from '../../exchange/server.js'
import { createSqliteStore } from '../../stores/sqlite/index.js'
import type { Command } from '../command.js'
import { jsonOf, readBytes, readKey, readTrustFile } from '../files.js'
import { listen } from '../listen.js'

/** What `--config` holds. Paths are relative to the file. */
const NodeConfig = z.strictObject({
  id: Line,
  url: z.string().check(z.regex(/^https?:\/\/[^\s/]+(?:\/[^\s]*[^\s/])?$/)),
  listen: z.strictObject({ host: Line, port: z.int().check(z.minimum(0), z.maximum(65_535)) }),
  authority: Uscc,
  name: LocalizedText,
  region: RegionCode,
  key: Line,
  trust: Line,
  database: Line,
})
type NodeConfig = z.infer<typeof NodeConfig>

export const serve: Command = {
  name: 'serve',
  mostFiles: 0,
  usage: 'serve --config FILE',
  summary: { zh: '运行节点', en: 'Run a node' },
  options: {
    config: { type: 'string', value: 'FILE', help: { zh: '节点配置（JSON）', en: 'configuration of the node (JSON)' } },
  },
  notes: {
    zh: '配置：{ id, url, listen: { host, port }, authority, name: { zh, en }, region, key, trust, database }；文件路径相对于配置文件。日志逐行写到标准错误。Ctrl-C 或 SIGTERM 停止，先答完手头的请求。',
    en: 'Configuration: { id, url, listen: { host, port }, authority, name: { zh, en }, region, key, trust, database }; paths are relative to the file. Logs go to standard error, one JSON object a line. Ctrl-C or SIGTERM stops it after the answers under way.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const file = args.required('config')
    const { value: config, faults } = parseShape<NodeConfig>(NodeConfig, jsonOf({ name: file, bytes: await readBytes(file) }))
    if (config === undefined) throw new TonghengError('cli.config', { file, path: faults[0]?.path ?? '', faults })
    const beside = (path: string): string => resolve(dirname(file), path)
    const keyFile = beside(config.key)
    const key = await readKey(keyFile, terminal, messageOf('cli.key-open', { file: keyFile })[language])
    const material = await readTrustFile(beside(config.trust))
    const store = await openStore(beside(config.database))
    const { id, url, authority, region, name } = config
    const node = await createNode({
      id,
      url,
      authority,
      region,
      name: { zh: name.zh, en: name.en ?? name.zh },
      signer: await createSigner(key),
      store,
      anchors: material.anchors,
      trustLists: material.trustLists,
      agreements: material.agreements ?? [],
      statusLists: material.statusLists,
      notices: material.notices,
      now: terminal.now,
    })
    for (const statement of material.specifications ?? []) await node.submit({ statement, sender: authority, requestId: 'trust-file' })
    const server = createServer({
      node,
      log: ({ error, ...event }) =>
        terminal.warn(
          JSON.stringify({ time: formatInstant(terminal.now()), ...event, ...(error !== undefined && { error: String(error) }) }),
        ),
    })
    const listening = await listen(config.listen.host, config.listen.port)
    listening.serve(server.fetch)
    terminal.print(messageOf('cli.listening', { url, host: config.listen.host, port: listening.port })[language])
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
    await listening.close()
    await store.close()
    return 0
  },
}

/** @throws `cli.file` where the database cannot be opened, or is none */
async function openStore(file: string): Promise<Store> {
  try {
    return await createSqliteStore({ file })
  } catch (error) {
    if (isTonghengError(error) || !(error instanceof Error)) throw error
    throw new TonghengError('cli.file', { file, reason: error.message }, { cause: error })
  }
}
