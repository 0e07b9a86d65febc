import { once } from 'node:events'
import process from 'node:process'
import { formatInstant } from '../../base/date.js'
import { isTonghengError, type TonghengError } from '../../base/error.js'
import { fault as nodeFault } from '../../node/messages.js'
import type { ServerLimits } from '../../server/index.js'
import { type FollowEvent, followNode } from '../../sync/index.js'
import type { Command } from '../command.js'
import { readBytes } from '../files.js'
import { logLine } from '../log-line.js'
import { say } from '../messages.js'
import { followingOf, type OpenedNode, openNode } from '../node-config.js'
import { readPageFiles } from '../page-files.js'

const EVERY = 10

export const serve: Command = {
  name: 'serve',
  mostFiles: 0,
  usage: 'serve --config FILE',
  summary: { zh: '运行节点', en: 'Run a node' },
  options: {
    config: {
      type: 'string',
      value: 'FILE',
      help: { zh: '节点配置（JSON），tongheng init 可写出一份', en: 'configuration of the node (JSON); tongheng init writes one' },
    },
  },
  notes: {
    zh: '配置的各项见 schemas/node-config.v1.json。日志逐行写到标准错误（JSON，不含号牌和姓名）。SIGHUP 重读信任文件。Ctrl-C 或 SIGTERM 停止，先答完手头的请求。',
    en: 'The members of the configuration are in schemas/node-config.v1.json. Events go to standard error, one JSON object a line, without plates or names. SIGHUP reads the trust file again. Ctrl-C or SIGTERM stops it after the answers under way.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const tell = (event: Readonly<Record<string, unknown>>): void =>
      terminal.warn(logLine({ time: formatInstant(terminal.now()), ...event }))
    const alarm = (found: TonghengError): void => tell({ kind: 'alarm', ...shown(found), details: found.details })
    // Only a serving command loads the server: every other command starts faster and uses less memory.
    const [{ createServer }, { listen }] = await Promise.all([import('../../server/index.js'), import('../listen.js')])
    // One processor evaluates, one verifies signatures; on two, the messages of a third thread would cost more than they gain.
    const opened = await openNode(args.required('config'), terminal, { language, busy: 2, alarm })
    const { config, node, store } = opened
    if (config.log !== undefined && config.head === undefined && (config.peers ?? []).length === 0)
      node.alarms.raise(nodeFault('log.no-second-place', { origin: config.log.origin }))
    const page = await readPageFiles()
    if (page === undefined) tell({ kind: 'no-page' })
    const { requestSeconds, connections, ...limits } = config.limits ?? {}
    const server = createServer({
      node,
      limits: limits as Partial<ServerLimits>,
      ...(page && { page }),
      onAnswer: ({ error, ...event }) => tell({ ...event, ...(error !== undefined && { error: String(error) }) }),
    })
    const tls = config.tls && { cert: await readBytes(config.tls.cert), key: await readBytes(config.tls.key) }
    const listening = await listen(config.listen.host, config.listen.port, {
      tls,
      requestSeconds,
      connections,
      trustedProxies: config.trustedProxies,
    })
    listening.serve(server.fetch)
    // Before the node reports that it runs: the parent process may send a signal at once.
    const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
    const reload = (): void => void reloadTrust(opened, tell)
    process.on('SIGHUP', reload)
    terminal.print(say('cli.listening', { url: config.url, host: config.listen.host, port: listening.port })[language])
    const ending = new AbortController()
    const following = (config.peers ?? []).map((peer) => follow(opened, peer, ending.signal, tell))
    await ended
    process.off('SIGHUP', reload)
    ending.abort()
    await listening.close()
    await Promise.all(following)
    await store.close()
    return 0
  },
}

type Tell = (event: Readonly<Record<string, unknown>>) => void
type Peer = NonNullable<OpenedNode['config']['peers']>[number]

async function follow(opened: OpenedNode, peer: Peer, signal: AbortSignal, tell: Tell): Promise<void> {
  const options = { ...followingOf(opened, peer), signal, intervalSeconds: peer.intervalSeconds ?? peer.every ?? EVERY }
  try {
    for await (const event of followNode(options)) {
      tell({ peer: peer.url, ...plain(event) })
      if (!opened.isPublished() && opened.node.head.fault === undefined) await reloadTrust(opened, tell)
    }
  } catch (error) {
    tell({ peer: peer.url, kind: 'stopped', error: String(error) })
  }
}

/** Errors as code and texts, for the log. */
function plain(event: FollowEvent): Readonly<Record<string, unknown>> {
  if (event.kind === 'failed') return { kind: event.kind, ...shown(event.error) }
  if (event.kind === 'learned') return { kind: event.kind, refused: event.refused.map(shown) }
  return { ...event }
}

const shown = ({ code, text }: TonghengError) => ({ code, text })

async function reloadTrust({ reload }: OpenedNode, tell: Tell): Promise<void> {
  try {
    tell({ kind: 'reloaded', refused: (await reload()).map(shown) })
  } catch (error) {
    // The node continues with its current documents.
    tell({ kind: 'reload-failed', ...(isTonghengError(error) ? shown(error) : { error: String(error) }) })
  }
}
