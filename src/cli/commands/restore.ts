import { rename, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { isTonghengError, type TonghengError } from '../../base/error.js'
import { messageOf, type Text } from '../../base/message.js'
import { listReaders, type Store } from '../../node/index.js'
import { copySqlite } from '../../stores/sqlite/index.js'
import { auditLog } from '../../sync/index.js'
import { openTrust } from '../../trust/index.js'
import type { Arguments, Command, ExitCode } from '../command.js'
import { confirm } from '../confirm.js'
import { damageOf, fileFault } from '../file-error.js'
import { exists, mustBeFile, readTrustFile } from '../files.js'
import { createReadersHead } from '../head-place.js'
import { fault, say } from '../messages.js'
import { isServer, type NodeConfig, openStore, readNodeConfig } from '../node-config.js'
import { makeNew } from '../outputs.js'
import { createProgress, type Progress } from '../progress.js'
import type { Terminal } from '../terminal.js'

export const restore: Command = {
  name: 'restore',
  mostFiles: 0,
  usage: 'restore --config FILE --from FILE',
  summary: {
    zh: '由备份恢复节点的数据库：先全面复核，再取代',
    en: 'Restore the database of a node: the backup is proved first, then put in place',
  },
  options: {
    config: { type: 'string', value: 'FILE', help: { zh: '节点配置', en: 'configuration of the node' } },
    from: { type: 'string', value: 'FILE', help: { zh: '备份文件', en: 'the backup' } },
    yes: { type: 'boolean', help: { zh: '不再询问', en: 'do not ask' } },
  },
  notes: {
    zh: '请先停止节点。现有数据库改名保留，不会覆盖。\n退出码：0 完成；1 备份有误或未确认；2 用法有误。',
    en: 'Stop the node first. The database that is there is kept under another name, never written over.\nExit code: 0 done; 1 the backup is faulty, or nobody said yes; 2 misuse.',
  },
  async run(args, terminal) {
    const config = await readNodeConfig(args.required('config'))
    const from = args.required('from')
    if (isServer(config.database)) throw fault('cli.backup-server')
    if (await isRunning(config)) throw fault('cli.restore-running', { host: config.listen.host, port: config.listen.port })
    await mustBeFile(from)
    const draft = `${config.database}.restored`
    // Verify the copy itself and move it into place: the source could change between verification and copying.
    await makeNew(draft, (copy) => copySqlite(from, copy).catch(damageOf(from)))
    try {
      return await replace({ config, from, draft }, args, terminal)
    } finally {
      for (const suffix of SUFFIXES) await rm(`${draft}${suffix}`, { force: true })
    }
  },
}

/** Files of a database, including its WAL. */
const SUFFIXES = ['', '-wal', '-shm'] as const

interface Restoring {
  readonly config: NodeConfig
  readonly from: string
  readonly draft: string
}

async function replace({ config, from, draft }: Restoring, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const language = args.choice('lang', ['zh', 'en'])
  const { size, faults, notes } = await prove(draft, config, createProgress(terminal, language), terminal.now())
  for (const text of [...notes, ...faults]) terminal.warn(text[language])
  if (faults.length > 0) {
    terminal.print(say('cli.restore-faults', { file: from, count: faults.length })[language])
    return 1
  }
  const file = config.database
  const aside = `${file}.before-${terminal.now()}`
  if (await exists(file)) {
    const current = await sizeOf(file)
    terminal.print(say('cli.restore-shows', { size, current, aside })[language])
    if (current > size) terminal.print(say('cli.restore-behind', { lost: current - size })[language])
  } else terminal.print(say('cli.restore-shows-new', { size, file })[language])
  if (!(await confirm(args, terminal))) return 1
  await readPeersAgain(draft)
  // Move existing files aside once the copy is complete.
  await fileFault(file, async () => {
    for (const suffix of SUFFIXES) if (await exists(`${file}${suffix}`)) await rename(`${file}${suffix}`, `${aside}${suffix}`)
    await rename(draft, file)
  })
  terminal.print(say('cli.restore-done')[language])
  return 0
}

async function prove(database: string, { trust: trustFile, authority, head }: NodeConfig, progress: Progress, now: number) {
  const { anchors, trustLists } = await readTrustFile(trustFile)
  const [faults, notes]: [Text[], Text[]] = [[], []]
  let size = 0
  let store: Store | undefined
  try {
    store = await openStore(database)
    const kept = (await store.listDocuments('trust-list')).map(({ signed }) => signed)
    const trust = await openTrust({ anchors, lists: [...kept, ...trustLists] })
    for await (const step of auditLog({ store, trust, authority, now })) {
      size = step.size
      progress.show(step.checked, step.size)
      faults.push(...step.findings.map(({ code, params }) => messageOf(code, params)))
      notes.push(...step.notes.map(({ code, params }) => messageOf(code, params)))
    }
    progress.end()
    const register = { store, trust, authority, now }
    await listReaders({ ...register, place: createReadersHead(head) }).catch((error: unknown) => {
      if (!isTonghengError(error)) throw error
      // The audit has reported a broken register. One that is behind the second place is an older backup: the operator confirms its list.
      if (error.code !== 'reader.broken') notes.push(error.text)
    })
  } catch (error) {
    // The verification must find a schema of another origin, or a trust list that does not verify.
    if (!isTonghengError(error, 'store.altered') && !isOfTrust(error)) throw error
    faults.push(error.text)
  } finally {
    await store?.close()
  }
  return { size, faults, notes }
}

const isOfTrust = (error: unknown): error is TonghengError => isTonghengError(error) && error.code.startsWith('trust-list.')

/**
 * Import other nodes' logs from their beginning again: no stored data proves that everything before a cursor was imported, and
 * known entries cost only one page per 256.
 */
async function readPeersAgain(database: string): Promise<void> {
  const store = await openStore(database)
  try {
    for (const { origin } of (await store.inspect()).peers) await store.setCursor(origin, 0)
  } finally {
    await store.close()
  }
}

async function sizeOf(database: string): Promise<number> {
  const store = await openStore(database)
  try {
    return (await store.readLog()).size
  } finally {
    await store.close()
  }
}

/** True if a server listens at the node's address. */
const isRunning = ({ listen: { host, port } }: NodeConfig): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host)
    const end = (isThere: boolean): void => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', () => end(true)).once('error', () => end(false))
    socket.setTimeout(1000, () => end(false))
  })
