/** The log of a node, from outside: its content, its consistency, and evidence of forks. */

import { formatInstant } from '../../base/date.js'
import { isTonghengError } from '../../base/error.js'
import { messageOf } from '../../base/message.js'
import { noteKeyOf, readForkEvidence, verifyFork } from '../../log/index.js'
import type { HeadPlace, Store } from '../../node/index.js'
import { type AuditFinding, auditLog } from '../../sync/index.js'
import { openTrust, type Trust } from '../../trust/index.js'
import { fault as verifyFault } from '../../verify/evidence/messages.js'
import { openListedCheckpoint } from '../../verify/index.js'
import { type Arguments, actionOf, type Command, type ExitCode, FORMAT } from '../command.js'
import { readInputs, readTrustFile } from '../files.js'
import { createReadersHead } from '../head-place.js'
import { auditFolder, closeLog, publishFiles } from '../log-files.js'
import { fault, say } from '../messages.js'
import { openStore, readNodeConfig } from '../node-config.js'
import { writeNew } from '../outputs.js'
import { createProgress } from '../progress.js'
import type { Terminal } from '../terminal.js'

type Action = (args: Arguments, terminal: Terminal) => Promise<ExitCode>
const ACTIONS: Readonly<Record<string, Action>> = {
  show,
  audit: async (args, terminal) => {
    const folder = args.text('files')
    return folder === undefined ? audit(args, terminal) : auditFolder(folder, args, terminal)
  },
  publish: publishFiles,
  close: closeLog,
  forks,
  'prove-fork': proveFork,
}

export const log: Command = {
  name: 'log',
  usage:
    'log show|audit|forks --config FILE | log publish --config FILE --out DIR | log close --config FILE --successor ORIGIN --url URL | log audit --files DIR --trust FILE | log prove-fork [FILE] [--trust FILE]',
  summary: {
    zh: '日志：查看、全面复核、公布为文件、关闭、导出和核验分叉证据',
    en: 'The log: show it, prove it again, publish it as files, close it, export and check evidence of forks',
  },
  options: {
    config: { type: 'string', value: 'FILE', help: { zh: '节点配置', en: 'configuration of the node' } },
    trust: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: 'prove-fork：信任文件；给出则核对密钥确属所列日志。audit --files：其中有日志的公钥',
        en: 'prove-fork: trust file; with it the key is held against the listed one. audit --files: it has the key of the log',
      },
    },
    out: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: 'forks：证据写入此文件；publish：公布到此文件夹',
        en: 'forks: file to write the evidence into; publish: folder to publish into',
      },
    },
    files: {
      type: 'string',
      value: 'DIR',
      help: {
        zh: 'audit：只凭已公布的文件复核，不需数据库、节点和网络',
        en: 'audit: prove the published files alone, without database, node and network',
      },
    },
    path: {
      type: 'string',
      value: 'PATH',
      help: { zh: 'audit --files：日志在文件夹中的路径，默认 v1/log', en: 'audit --files: path of the log in the folder, default v1/log' },
    },
    'log-key': {
      type: 'string',
      value: 'KEY',
      help: {
        zh: 'audit --files：日志的公钥（C2SP 的 名称+标识+base64），代替 --trust',
        en: 'audit --files: key of the log, name+id+base64 as in C2SP, instead of --trust',
      },
    },
    successor: { type: 'string', value: 'ORIGIN', help: { zh: 'close：后继日志的名称', en: 'close: origin of the log that follows' } },
    url: { type: 'string', value: 'URL', help: { zh: 'close：后继日志所在节点的地址', en: 'close: URL of the node of that log' } },
    id: {
      type: 'string',
      value: 'ID',
      help: { zh: 'close：该节点的标识，缺省同地址', en: 'close: id of that node; its URL where absent' },
    },
    yes: { type: 'boolean', help: { zh: 'close：不再询问', en: 'close: without asking' } },
    format: FORMAT,
  },
  notes: {
    zh: 'audit 由签名记录重算全部标识、检索列、散列和树根，与检查点、见证、回执、数据库结构和各项计数逐一核对。prove-fork 只凭证据文件，不需网络和数据库。\npublish 先写散列块和条目集，再写各文件，最后换检查点，随时可中断；运行中的节点以 node.json 的 publish 自行公布。close 签发最后一个检查点，写明后继日志，不能撤回；后继日志须已列入本机关的信任列表。\n退出码：0 相符（prove-fork：确为分叉）；1 不符；2 用法或输入有误。',
    en: 'audit computes every id, search column, hash and root from the statements, and compares checkpoints, cosignatures, receipts, the schema and all counters with them. prove-fork needs nothing but the file.\npublish writes tiles and bundles, then documents, and replaces the checkpoint last; it may be stopped at any time. A running node publishes by itself, by publish in node.json. close signs the last checkpoint, which names the log that follows, and cannot be undone; the trust list of the authority must have that log.\nExit code: 0 it holds (prove-fork: it is a fork); 1 it does not; 2 misuse or broken input.',
  },
  async run(args, terminal) {
    const [action = ''] = args.files
    const run = actionOf('log', ACTIONS, action)
    const most = action === 'prove-fork' ? 2 : 1
    if (args.files.length > most)
      throw fault('cli.files-many', { command: `log ${action}`, most: most - 1, extra: args.files.slice(most).join(' ') })
    return run(args, terminal)
  },
}

interface Opened {
  readonly store: Store
  readonly trust: Trust
  readonly authority: string
  readonly readersHead: HeadPlace | undefined
}

/** Runs `work` with store and trust of a configuration; reading needs no key. */
async function withStore(args: Arguments, work: (opened: Opened) => Promise<ExitCode>): Promise<ExitCode> {
  const { trust: trustFile, database, authority, head } = await readNodeConfig(args.required('config'))
  const { anchors, trustLists } = await readTrustFile(trustFile)
  const store = await openStore(database)
  try {
    const kept = (await store.listDocuments('trust-list')).map(({ signed }) => signed)
    const readersHead = createReadersHead(head)
    return await work({ store, authority, readersHead, trust: await openTrust({ anchors, lists: [...kept, ...trustLists] }) })
  } finally {
    await store.close()
  }
}

async function show(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  return withStore(args, async ({ store, trust, authority }) => {
    const { size, checkpoint, cosigned } = await store.readLog()
    const head = checkpoint === undefined ? undefined : await openListedCheckpoint(checkpoint, trust, { authority })
    const witnessed = cosigned === undefined ? undefined : await openListedCheckpoint(cosigned, trust, { authority })
    const cosignatures = (witnessed?.cosignatures ?? []).map(({ name, at }) => ({ name, at: formatInstant(at) }))
    if (args.choice('format', ['text', 'json']) === 'json') {
      terminal.print(JSON.stringify({ size, origin: head?.origin, checkpoint, cosigned: witnessed?.size, cosignatures }))
      return 0
    }
    terminal.print(say('cli.log-size', { origin: head?.origin ?? '—', size })[language])
    for (const { name, at } of cosignatures) terminal.print(say('cli.log-cosigned', { name, at, size: witnessed?.size })[language])
    if (checkpoint !== undefined) terminal.printLines(`\n${checkpoint.trimEnd()}`)
    return 0
  })
}

async function audit(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const asJson = args.choice('format', ['text', 'json']) === 'json'
  const counts = { checked: 0, findings: 0, notes: 0 }
  const tell = ({ code, params }: AuditFinding, isNote: boolean): void => {
    counts[isNote ? 'notes' : 'findings']++
    const text = messageOf(code, params)
    if (asJson) terminal.print(JSON.stringify({ code, ...(isNote && { isNote }), ...params, ...text }))
    else terminal.print(`${terminal.paint(code, isNote ? 'warn' : 'fail')} ${text[language]}`)
  }
  try {
    await withStore(args, async (opened) => {
      const progress = createProgress(terminal, language)
      for await (const { checked, size, findings, notes } of auditLog({ ...opened, now: terminal.now() })) {
        counts.checked = checked
        for (const finding of findings) tell(finding, false)
        for (const note of notes) tell(note, true)
        if (!asJson) progress.show(checked, size)
      }
      progress.end()
      return 0
    })
  } catch (error) {
    if (!isTonghengError(error, 'store.altered')) throw error
    tell({ code: error.code, params: error.details }, false)
  }
  const { checked, findings: count } = counts
  if (asJson) terminal.print(JSON.stringify(counts))
  else terminal.print(say(count === 0 ? 'cli.audit-good' : 'cli.audit-bad', { checked, count })[language])
  return count === 0 ? 0 : 1
}

async function forks(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  return withStore(args, async ({ store }) => {
    const found = await store.listDocuments('fork')
    const out = args.text('out')
    if (found.length === 0) {
      terminal.print(say('cli.fork-none')[language])
      return 0
    }
    for (const { name, version } of found) terminal.warn(say('cli.fork-kept', { origin: name, size: version })[language])
    const [evidence] = found.at(-1)?.signed ?? []
    if (out === undefined) terminal.print(evidence ?? '')
    else await writeNew(out, `${evidence}\n`)
    return 1
  })
}

async function proveFork(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const asJson = args.choice('format', ['text', 'json']) === 'json'
  const [input] = await readInputs(args.files.slice(1), terminal)
  const evidence = readForkEvidence(new TextDecoder().decode(input?.bytes).trim())
  const trustFile = args.text('trust')
  const listed = trustFile === undefined ? undefined : await listedKey(trustFile, evidence.origin)
  try {
    const { origin, first, second } = await verifyFork(evidence, listed?.key)
    const params = { origin, first: first.size, second: second.size, authority: listed?.authority, key: evidence.key }
    if (asJson) terminal.print(JSON.stringify({ isFork: true, ...params }))
    else {
      terminal.print(terminal.paint(say('cli.fork-proved', params)[language], 'fail'))
      terminal.print(say(listed === undefined ? 'cli.fork-key-unknown' : 'cli.fork-key-listed', params)[language])
    }
    return 0
  } catch (error) {
    if (!isTonghengError(error, 'fork.unproved')) throw error
    if (asJson) terminal.print(JSON.stringify({ isFork: false, ...error.details }))
    else terminal.print(error.text[language])
    return 1
  }
}

/** @throws `log.unknown` */
async function listedKey(trustFile: string, origin: string) {
  const { anchors, trustLists } = await readTrustFile(trustFile)
  const trust = await openTrust({ anchors, lists: trustLists })
  const listed = trust.logs.find((one) => one.origin === origin)
  if (listed === undefined) throw verifyFault('log.unknown', { origin })
  return { authority: listed.authority, key: await noteKeyOf(origin, listed.key, 'log') }
}
