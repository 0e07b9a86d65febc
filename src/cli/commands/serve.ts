import { once } from 'node:events'
import process from 'node:process'
import { isTonghengError, type TonghengError } from '../../base/error.js'
import { VERSION } from '../../base/version.js'
import { createPublisher } from '../../node/index.js'
import { fault as nodeFault } from '../../node/messages.js'
import type { ServerLimits } from '../../server/index.js'
import { createFileTiles } from '../../stores/files/index.js'
import { followNode } from '../../sync/index.js'
import type { Command } from '../command.js'
import { readBytes } from '../files.js'
import type { Listening, ListenOptions } from '../listen.js'
import { publishOn } from '../log-files.js'
import { say as logSay } from '../log-messages.js'
import { say } from '../messages.js'
import { followingOf, type NodeConfig, type OpenedNode, openNode } from '../node-config.js'
import { readPageFiles } from '../page-files.js'
import { createAnswerLog, createLog, createPeerLog, createTrustLog, LEVELS, LOG_FORMATS, type Log, shown } from '../serve-log.js'

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
    level: {
      type: 'string',
      value: LEVELS.join('|'),
      help: {
        zh: '日志级别，默认 info：只记变化；debug 逐个请求',
        en: 'level of the log, default info: changes only; debug has every request',
      },
    },
    log: { type: 'string', value: LOG_FORMATS.join('|'), help: { zh: '日志格式，默认 json', en: 'format of the log, default json' } },
  },
  notes: {
    zh: '配置的各项见 schemas/node-config.v1.json。日志写到标准错误，每行一条，不含号牌和姓名：启动、停止、信任列表的变化、对方节点失联与恢复、告警和故障；没有变化就没有日志。SIGHUP 重读信任文件和 TLS 证书；其余配置改动须重启。Ctrl-C 或 SIGTERM 停止，先答完手头的请求。',
    en: 'The members of the configuration are in schemas/node-config.v1.json. The log goes to standard error, an event a line, without plates or names: start, stop, changes of trust lists, peers that go away and come back, alarms and faults; where nothing changes nothing is written. SIGHUP reads the trust file and the TLS certificate again; other changes of the configuration need a restart. Ctrl-C or SIGTERM stops it after the answers under way.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const level = args.choice('level', ['info', 'error', 'warn', 'debug'])
    const log = createLog(terminal, { level, format: args.choice('log', LOG_FORMATS), language })
    const alarm = (found: TonghengError): void => log('error', { kind: 'alarm', ...shown(found), details: found.details })
    // Loaded on demand, so that other commands start faster and need less memory.
    const [{ createServer }, { listen }] = await Promise.all([import('../../server/index.js'), import('../listen.js')])
    // One processor evaluates, one verifies signatures. A SQLite thread needs a third; on two, its messages would cost more than it gains.
    const opened = await openNode(args.required('config'), terminal, { language, busy: 2, alarm })
    const { config, node, store } = opened
    if (config.log !== undefined && config.head === undefined && (config.peers ?? []).length === 0)
      node.alarms.raise(nodeFault('log.no-second-place', { origin: config.log.origin }))
    const page = await readPageFiles()
    if (page === undefined) log('warn', { kind: 'no-page' })
    const { requestSeconds, connections, ...limits } = config.limits ?? {}
    const answered = createAnswerLog(log, terminal.now)
    const server = createServer({
      node,
      limits: limits as Partial<ServerLimits>,
      ...(page && { page }),
      onAnswer: (event) => answered({ ...event }),
    })
    const listening = await listen(config.listen.host, config.listen.port, {
      tls: await tlsOf(config),
      requestSeconds,
      connections,
      trustedProxies: config.trustedProxies,
    })
    listening.serve(server.fetch)
    // Before the node reports that it runs: the parent process may send a signal at once.
    const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
    const trustLog = createTrustLog(log, () => node.trust)
    const reload = (): void => void reloadAll({ opened, listening, log, trustLog })
    process.on('SIGHUP', reload)
    terminal.print(say('cli.listening', { url: config.url, host: config.listen.host, port: listening.port })[language])
    log('info', { kind: 'started', ...(await stateOf(opened)), version: VERSION, port: listening.port })
    const ending = new AbortController()
    const following = (config.peers ?? []).map((peer) => follow(opened, peer, ending.signal, { log, trustLog }))
    if (config.publish !== undefined) following.push(publish(opened, config.publish, ending.signal, log))
    const [signal] = (await ended) as [string | undefined]
    log('info', { kind: 'stopping', signal })
    process.off('SIGHUP', reload)
    ending.abort()
    await listening.close()
    await Promise.all(following)
    await store.close()
    log('info', { kind: 'stopped' })
    return 0
  },
}

interface Logging {
  readonly log: Log
  readonly trustLog: () => void
}
type Peer = NonNullable<OpenedNode['config']['peers']>[number]

/** Size of the log and versions of the lists, which an operator compares after a restart. */
async function stateOf({ config: { url }, node, store }: OpenedNode) {
  const lists = node.trust.lists.map(({ payload: { iss, version } }) => `${iss} ${version}`)
  return { url, size: (await store.readLog()).size, lists }
}

const tlsOf = async ({ tls }: NodeConfig): Promise<ListenOptions['tls']> =>
  tls && { cert: await readBytes(tls.cert), key: await readBytes(tls.key) }

async function follow(opened: OpenedNode, peer: Peer, signal: AbortSignal, { log, trustLog }: Logging): Promise<void> {
  const { url } = peer
  const peerLog = createPeerLog(log, url)
  const round = (): void => {
    peerLog.round()
    trustLog()
  }
  const options = { ...followingOf(opened, peer), signal, intervalSeconds: peer.intervalSeconds ?? peer.every ?? EVERY, onRound: round }
  try {
    for await (const event of followNode(options)) {
      if (event.kind === 'failed') peerLog.failed(event.error)
      else if (event.kind === 'progress') peerLog.progress(event)
      else if (event.kind === 'learned') log('warn', { peer: url, kind: 'learned', refused: event.refused.map(shown) })
      else log(event.kind === 'succeeded' ? 'warn' : 'debug', { peer: url, ...event })
      if (!opened.isPublished() && opened.node.head.fault === undefined) await reloadTrust(opened, { log, trustLog })
    }
  } catch (error) {
    log('error', { peer: url, kind: 'stopped-following', error: String(error) })
  }
}

/** Publishes until the signal. If the folder cannot be opened, the node runs without publishing. */
async function publish({ node }: OpenedNode, folder: string, signal: AbortSignal, log: Log): Promise<void> {
  try {
    const publisher = createPublisher({ node, tiles: await createFileTiles({ folder }) })
    await publishOn(publisher, {
      signal,
      report: (fault) =>
        fault === undefined
          ? log('info', { kind: 'published-again', text: logSay('serve.published-again') })
          : log('error', { kind: 'publish-failed', folder, ...shown(fault) }),
    })
  } catch (error) {
    log('error', { kind: 'publish-stopped', folder, ...(isTonghengError(error) ? shown(error) : { error: String(error) }) })
  }
}

async function reloadAll({ opened, listening, ...logging }: Logging & { readonly opened: OpenedNode; readonly listening: Listening }) {
  await reloadTrust(opened, logging)
  try {
    const tls = await tlsOf(opened.config)
    if (tls === undefined) return
    listening.renew(tls)
    logging.log('info', { kind: 'certificate-reloaded' })
  } catch (error) {
    // The server continues with its current certificate.
    logging.log('error', { kind: 'certificate-failed', ...(isTonghengError(error) ? shown(error) : { error: String(error) }) })
  }
}

async function reloadTrust({ reload }: OpenedNode, { log, trustLog }: Logging): Promise<void> {
  try {
    const refused = (await reload()).map(shown)
    log(refused.length > 0 ? 'warn' : 'info', { kind: 'reloaded', refused })
    trustLog()
  } catch (error) {
    // The node continues with its current documents.
    log('error', { kind: 'reload-failed', ...(isTonghengError(error) ? shown(error) : { error: String(error) }) })
  }
}
