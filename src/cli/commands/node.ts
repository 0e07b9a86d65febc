/** The operator's register of readers: persons who may read at this node with a key that is in no trust list. */

import { formatInstant } from '../../base/date.js'
import { createSigner, type Signer, thumbprint } from '../../envelope/index.js'
import {
  admitReader,
  confirmReaders,
  type HeadPlace,
  listReaders,
  READER_DAYS,
  type ReaderEntry,
  revokeReader,
  type Store,
} from '../../node/index.js'
import { openTrust, type Trust } from '../../trust/index.js'
import { type Arguments, actionOf, type Command, type ExitCode, FORMAT } from '../command.js'
import { confirm } from '../confirm.js'
import { readKey, readTrustFile } from '../files.js'
import { createReadersHead } from '../head-place.js'
import { fault, say } from '../messages.js'
import { openStore, readNodeConfig } from '../node-config.js'
import { say as readerSay } from '../record-messages.js'
import type { Terminal } from '../terminal.js'
import { readPublicKey } from '../trust/checks.js'

type Action = (args: Arguments, terminal: Terminal) => Promise<ExitCode>
const ACTIONS: Readonly<Record<string, Action>> = { 'admit-reader': admit, 'revoke-reader': revoke, readers, 'confirm-readers': confirmAll }

export const node: Command = {
  name: 'node',
  mostFiles: 1,
  usage: 'node admit-reader|revoke-reader|readers|confirm-readers --config FILE',
  summary: {
    zh: '节点的读者登记：准入、撤销、列出、确认（只读密钥，不入信任列表）',
    en: 'The register of readers of a node: admit, revoke, list, confirm (keys for reading only, in no trust list)',
  },
  options: {
    config: { type: 'string', value: 'FILE', help: { zh: '节点配置', en: 'configuration of the node' } },
    key: { type: 'string', value: 'FILE', help: { zh: 'admit-reader：读者的公钥文件', en: 'admit-reader: public key of the reader' } },
    name: { type: 'string', value: 'TEXT', help: { zh: 'admit-reader：姓名或岗位', en: 'admit-reader: name or post' } },
    role: {
      type: 'string',
      value: 'inspector|clerk',
      help: {
        zh: 'admit-reader：inspector 监管读者，读两地；clerk 机构读者，读本机构',
        en: 'admit-reader: inspector reads both provinces, clerk what a body may',
      },
    },
    body: {
      type: 'string',
      value: 'USCC',
      help: { zh: 'admit-reader：clerk 所代表的机构', en: 'admit-reader: the body of a clerk' },
    },
    days: {
      type: 'string',
      value: 'N',
      help: { zh: `admit-reader：有效天数，至多 ${READER_DAYS}`, en: `admit-reader: days, at most ${READER_DAYS}` },
    },
    kid: { type: 'string', value: 'KID', help: { zh: 'revoke-reader：读者公钥的指纹', en: 'revoke-reader: thumbprint of the key' } },
    yes: { type: 'boolean', help: { zh: '不再询问', en: 'do not ask' } },
    format: FORMAT,
  },
  notes: {
    zh: '登记由节点签回执的密钥签名，存于节点的数据库；运行中的节点至多 5 秒后生效。请求令牌的 iss 为读者所代表的机构。\n配置了 head 时，登记簿的条数和末条标识另存于 head 旁的 .readers 文件：数据库中的登记少于所记，读者一律不予准入。首次配置 head 或由备份恢复之后，以 confirm-readers 核对名单并确认。',
    en: 'Entries are signed by the key that signs receipts, and stored in the database of the node; a running node follows within 5 seconds. The iss of its requests is the body that the reader speaks for.\nWith head configured, number and id of the newest entry also stand in a file beside it (.readers): where the database has fewer entries, no reader is accepted. After head was configured, or after a restore from backup, confirm-readers shows the list to be compared, asks, and writes the file.',
  },
  async run(args, terminal) {
    const [action = ''] = args.files
    const run = actionOf('node', ACTIONS, action)
    return run(args, terminal)
  },
}

interface Opened {
  readonly store: Store
  readonly trust: Trust
  readonly authority: string
  readonly now: number
  readonly place: HeadPlace | undefined
  /** Reads the operator's key; listing needs none. */
  signer(): Promise<Signer>
}

async function withRegister<T>(args: Arguments, terminal: Terminal, work: (opened: Opened) => Promise<T>): Promise<T> {
  const { trust: trustFile, database, authority, key, head } = await readNodeConfig(args.required('config'))
  const { anchors, trustLists } = await readTrustFile(trustFile)
  const warning = say('cli.key-open', { file: key })[args.choice('lang', ['zh', 'en'])]
  const store = await openStore(database)
  try {
    const kept = (await store.listDocuments('trust-list')).map(({ signed }) => signed)
    const trust = await openTrust({ anchors, lists: [...kept, ...trustLists] })
    const signer = async (): Promise<Signer> => createSigner(await readKey(key, terminal, warning))
    return await work({ store, trust, authority, now: terminal.now(), place: createReadersHead(head), signer })
  } finally {
    await store.close()
  }
}

async function admit(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const file = args.required('key')
  const role = args.choice('role', ['inspector', 'clerk'])
  const name = args.required('name')
  const days = args.whole('days', READER_DAYS)
  if (days > READER_DAYS) throw fault('cli.option-value', { option: '--days', expected: `1 … ${READER_DAYS}` })
  const key = await readPublicKey(file)
  return withRegister<ExitCode>(args, terminal, async ({ signer, ...opened }) => {
    const body = role === 'inspector' ? opened.authority : args.required('body')
    // The operator compares this thumbprint with the one that the holder of the key sent by another channel.
    terminal.print(say('cli.reader-shows', { name, role: readerSay(ROLES[role]), body, days, kid: await thumbprint(key) })[language])
    if (!(await confirm(args, terminal))) return 1
    print(await admitReader({ ...opened, signer: await signer() }, { key, name, role, body, days }), args, terminal)
    return 0
  })
}

async function revoke(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const kid = args.required('kid')
  return withRegister<ExitCode>(args, terminal, async ({ signer, ...opened }) => {
    print(await revokeReader({ ...opened, signer: await signer() }, kid), args, terminal)
    return 0
  })
}

async function readers(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  return withRegister<ExitCode>(args, terminal, async (opened) => {
    for (const entry of await listReaders(opened)) print(entry, args, terminal)
    return 0
  })
}

async function confirmAll(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  return withRegister<ExitCode>(args, terminal, async ({ place, ...opened }) => {
    if (place === undefined) throw fault('cli.no-head')
    // Opened without the second place of the head: the list must be shown even if the two disagree.
    for (const entry of await listReaders(opened)) print(entry, args, terminal)
    terminal.print(say('cli.confirm-readers')[language])
    if (!(await confirm(args, terminal))) return 1
    await confirmReaders({ ...opened, place })
    return 0
  })
}

const ROLES = { inspector: 'cli.reader-inspector', clerk: 'cli.reader-clerk' } as const
const STATES = { admitted: 'cli.reader-admitted', revoked: 'cli.reader-revoked', expired: 'cli.reader-expired' } as const

function print({ kid, name, role, body, state, exp }: ReaderEntry, args: Arguments, terminal: Terminal): void {
  const until = formatInstant(exp)
  if (args.choice('format', ['text', 'json']) === 'json') terminal.print(JSON.stringify({ kid, name, role, body, state, until }))
  else {
    const language = args.choice('lang', ['zh', 'en'])
    const [word, as] = [readerSay(STATES[state])[language], readerSay(ROLES[role])[language]]
    terminal.print(`${kid}  ${terminal.paint(word, state === 'admitted' ? 'pass' : 'skip')}  ${as}  ${body}  ${until}  ${name}`)
  }
}
