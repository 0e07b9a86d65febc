import process from 'node:process'
import { type FollowEvent, followNode } from '../../sync/index.js'
import { type Command, FORMAT } from '../command.js'
import { say as logSay } from '../log-messages.js'
import { fault, say } from '../messages.js'
import { followingOf, type OpenedNode, openNode } from '../node-config.js'
import { createProgress } from '../progress.js'

export const sync: Command = {
  name: 'sync',
  mostFiles: 0,
  usage: 'sync --config FILE [--from URL --authority USCC] [--follow SECONDS]',
  summary: {
    zh: '与其他节点同步：取其日志，逐件核验，并请其见证本方日志',
    en: 'Take over the logs of other nodes, with proof, and have them witness ours',
  },
  options: {
    config: { type: 'string', value: 'FILE', help: { zh: '节点配置', en: 'configuration of the node' } },
    from: {
      type: 'string',
      value: 'URL',
      help: { zh: '对方节点；不写则取配置中的 peers', en: 'the other node; those of the configuration where absent' },
    },
    'from-id': { type: 'string', value: 'ID', help: { zh: '对方节点标识，缺省同地址', en: 'id of the other node, default its address' } },
    authority: { type: 'string', value: 'USCC', help: { zh: '对方主管部门', en: 'authority that runs the other node' } },
    follow: {
      type: 'string',
      value: 'SECONDS',
      help: { zh: '持续同步，每隔若干秒一轮，Ctrl-C 结束', en: 'go on, a round every so many seconds; Ctrl-C ends it' },
    },
    format: FORMAT,
  },
  notes: {
    zh: '随时可以中断，再运行即从断处接着取。对方日志分叉、回退或与其检查点不符时停止，证据留在数据库中，用 tongheng log forks 导出。\n退出码：0 完成；1 有签名记录按现有信任列表不可信（以后再试），或日志有误；2 用法有误或连不上。',
    en: 'It may be stopped at any time; run again, it goes on from there. A log that forked, went back, or does not fit its checkpoint stops it; the evidence is kept, and tongheng log forks exports it.\nExit code: 0 done; 1 some statements are not genuine by our trust lists (they are tried again later), or the log lies; 2 misuse or unreachable.',
  },
  async run(args, terminal) {
    const language = args.choice('lang', ['zh', 'en'])
    const asJson = args.choice('format', ['text', 'json']) === 'json'
    const every = secondsOf(args.text('follow'))
    const [url, id] = [args.text('from'), args.text('from-id')]
    const opened = await openNode(args.required('config'), terminal, { language, busy: 1 })
    const ending = new AbortController()
    const end = (): void => ending.abort()
    process.once('SIGINT', end).once('SIGTERM', end)
    try {
      const peers = url === undefined ? (opened.config.peers ?? []) : [{ url, id, authority: args.required('authority') }]
      if (peers.length === 0) throw fault('cli.no-peers')
      const outcomes = await Promise.all(peers.map((peer) => follow(opened, peer)))
      return outcomes.includes(1) ? 1 : 0
    } finally {
      process.off('SIGINT', end).off('SIGTERM', end)
      await opened.store.close()
    }

    async function follow(node: OpenedNode, peer: Parameters<typeof followingOf>[1]): Promise<0 | 1> {
      const progress = createProgress(terminal, language)
      const total = { taken: 0, known: 0, skipped: 0 }
      let outcome: 0 | 1 = 0
      const tell = (event: FollowEvent): void => {
        if (event.kind === 'progress') {
          total.taken += event.taken
          total.known += event.known
          total.skipped += event.skipped
          if (!asJson) progress.show(event.cursor, event.size)
        }
        if (event.kind === 'failed' || event.kind === 'learned') outcome = 1
        if (asJson) terminal.print(JSON.stringify({ peer: peer.url, ...plain(event) }))
        else if (event.kind === 'failed') terminal.warn(event.error.text[language])
        else if (event.kind === 'learned') for (const { text } of event.refused) terminal.warn(text[language])
        else if (event.kind === 'succeeded')
          terminal.print(
            logSay('cli.sync-succeeded', { peer: peer.url, successor: event.successor.origin, url: event.successor.url })[language],
          )
        else if (event.kind === 'cosigned') terminal.print(say('cli.sync-cosigned', { peer: peer.url, size: event.size })[language])
      }
      try {
        const options = { ...followingOf(node, peer), signal: ending.signal, ...(every !== undefined && { intervalSeconds: every }) }
        for await (const event of followNode(options)) tell(event)
      } finally {
        const rate = progress.end()
        const params = { peer: peer.url, ...total, rate }
        if (asJson) terminal.print(JSON.stringify({ kind: 'total', ...params }))
        else terminal.print(say('cli.sync-total', params)[language])
      }
      return total.skipped > 0 ? 1 : outcome
    }
  },
}

const plain = (event: FollowEvent): object => {
  if (event.kind === 'failed') return { kind: event.kind, code: event.error.code, text: event.error.text }
  if (event.kind === 'learned') return { kind: event.kind, refused: event.refused.map(({ code, text }) => ({ code, text })) }
  return event
}

/** @throws `cli.option-value` */
function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seconds = Number(text)
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 86_400)
    throw fault('cli.option-value', { option: '--follow', expected: '1–86400' })
  return seconds
}
