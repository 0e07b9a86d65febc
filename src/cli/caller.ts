/** The client of a node for commands that sign their requests: its options, and how a record of the node is printed. */
import { formatInstant } from '../base/date.js'
import { type Client, createClient, type RecordEntry } from '../client/index.js'
import { createSigner, statementId } from '../envelope/index.js'
import { openTrust } from '../trust/index.js'
import type { Arguments, Command } from './command.js'
import { readKey, readTrustFile } from './files.js'
import { say as cliSay } from './messages.js'
import { fault, say } from './record-messages.js'
import type { Terminal } from './terminal.js'
import { type Asking, namingOldLists } from './trust/old-lists.js'

export const CALLER_OPTIONS: Command['options'] = {
  node: { type: 'string', value: 'URL', help: { zh: '节点地址', en: 'address of the node' } },
  'node-id': { type: 'string', value: 'ID', help: { zh: '节点标识，默认同地址', en: 'id of the node, default its address' } },
  iss: { type: 'string', value: 'USCC', help: { zh: '请求方的统一社会信用代码', en: 'unified social credit code of the caller' } },
  key: { type: 'string', value: 'FILE', help: { zh: '请求方的私钥文件', en: 'private key of the caller' } },
  trust: {
    type: 'string',
    value: 'FILE',
    help: {
      zh: '信任文件：请求失败时指出其中哪份列表已旧',
      en: 'trust file: where a request fails, names which of its lists is old',
    },
  },
}

/** Options of a search for capabilities. */
export const CAN_OPTIONS: Command['options'] = {
  can: { type: 'string', value: 'TEXT', help: { zh: '能力：被测量或器具名称', en: 'capabilities: quantity or instrument' } },
  range: {
    type: 'string',
    value: 'RANGE',
    help: { zh: '能力：测量范围，如 "0..500 N.m"', en: 'capabilities: range, for example "0..500 N.m"' },
  },
  uncertainty: {
    type: 'string',
    value: 'U',
    help: { zh: '能力：所需的扩展不确定度，如 "0.1 %"', en: 'capabilities: largest expanded uncertainty, for example "0.1 %"' },
  },
}

/** Output formats of a record; `jws` is the statement alone, as input of other commands. */
export const RECORD_FORMATS = ['text', 'json', 'jws'] as const
type RecordFormat = (typeof RECORD_FORMATS)[number]
export const RECORD_FORMAT: Command['options'][string] = {
  type: 'string',
  value: RECORD_FORMATS.join('|'),
  help: {
    zh: '输出格式，默认 text；jws 只输出签名记录，可交给 verify',
    en: 'output format, default text; jws is the statement alone, for verify',
  },
}

/** Runs `work` with the client that the options describe. If it fails, first warns of outdated trust lists. @throws the errors of `work` */
export async function asCaller<T>(args: Arguments, terminal: Terminal, work: (client: Client) => Promise<T>): Promise<T> {
  const language = args.choice('lang', ['zh', 'en'])
  const [url, iss, keyFile] = [args.required('node'), args.required('iss'), args.required('key')]
  const [id, trustFile] = [args.text('node-id'), args.text('trust')]
  const key = await readKey(keyFile, terminal, cliSay('cli.key-open', { file: keyFile })[language])
  const asking = trustFile === undefined ? undefined : await askingBy(trustFile, { node: url, language })
  const client = createClient({
    node: { url, ...(id !== undefined && { id }) },
    caller: { iss, signer: await createSigner(key) },
    now: terminal.now,
  })
  return namingOldLists(asking, terminal, () => work(client))
}

async function askingBy(file: string, rest: Pick<Asking, 'node' | 'language'>): Promise<Asking> {
  const { anchors, trustLists } = await readTrustFile(file)
  return { file, trust: await openTrust({ anchors, lists: trustLists }), ...rest }
}

/** Maximum number of batch lines printed; JSON has all. */
const MAX_TOLD = 50
const PAINTS = { accepted: 'pass', rejected: 'fail', pending: 'warn' } as const

/** Prints a record of the node. @throws `cli.get-other` if the id is not that of the statement */
export function tellEntry(entry: RecordEntry, format: RecordFormat, args: Arguments, terminal: Terminal): void {
  const language = args.choice('lang', ['zh', 'en'])
  const { statementId: id, statement, decision, kind, iss, number, status, replacedBy, lines, receivedAt } = entry
  // The id is the digest of the statement, so a node cannot substitute another one.
  if (statementId('metrology-record+jwt', statement.split('.')[1] ?? '') !== id) throw fault('cli.get-other', { id })
  if (format !== 'text') {
    terminal.print(format === 'jws' ? statement : JSON.stringify(entry))
    return
  }
  const now = status === undefined ? '' : say(`cli.entry-${status}`)[language]
  const parts = [
    id,
    terminal.paint(cliSay(`cli.decision-${decision}`)[language], PAINTS[decision]),
    kind,
    iss,
    number,
    formatInstant(receivedAt),
    now,
  ]
  terminal.print(parts.filter((part) => part !== '').join('  '))
  for (const { line, status: own, replacedBy: by } of (lines ?? []).filter((one) => one.status !== 'valid').slice(0, MAX_TOLD)) {
    const replaced = by === undefined ? '' : `  ${say('cli.entry-replaced', { id: by })[language]}`
    terminal.print(`  ${say('cli.entry-line', { line, status: say(`cli.entry-${own}`) })[language]}${replaced}`)
  }
  if (replacedBy !== undefined) terminal.print(`  ${say('cli.entry-replaced', { id: replacedBy })[language]}`)
}
