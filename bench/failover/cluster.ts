/**
 * Two PostgreSQL servers with synchronous replication under Patroni, the etcd by which Patroni decides, HAProxy before them, and an
 * etcd of its own for the second place of the head: all from Debian packages, on loopback or in two network namespaces.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { type Unpacked, unpackDebian } from '../../tests/support/debian.js'
import { freePort } from '../../tests/support/free-port.js'
import type { Machine, Network } from './network.js'
import { isAlive, killServer, type Launched, launch, postmasterOf, signal, until } from './processes.js'

export interface Tools {
  readonly unpacked: Unpacked
  /** Folder with the programs of PostgreSQL. */
  readonly postgres: string
}

/** @returns the reason as text if the programs are unavailable */
export async function findTools(): Promise<Tools | string> {
  const installed = await newestPostgres('/')
  const unpacked = await unpackDebian(['patroni', 'etcd-server', 'haproxy', ...(installed === undefined ? ['postgresql'] : [])])
  if (typeof unpacked === 'string') return unpacked
  const postgres = installed ?? (await newestPostgres(unpacked.root))
  if (postgres !== undefined) return { unpacked, postgres }
  await unpacked.remove()
  return 'no PostgreSQL in the packages of this system'
}

async function newestPostgres(root: string): Promise<string | undefined> {
  const folder = join(root, 'usr/lib/postgresql')
  const versions = (await readdir(folder).catch(() => [])).filter((version) => existsSync(join(folder, version, 'bin/postgres')))
  const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1)
  return newest === undefined ? undefined : join(folder, newest, 'bin')
}

export interface Member {
  readonly name: string
  readonly data: string
  readonly machine: Machine
  agent: Launched
}

export interface Cluster {
  readonly members: readonly Member[]
  /** URL of the primary, through HAProxy. */
  readonly url: string
  /** Address of the etcd with the head. */
  readonly headEtcd: string
  /** The running leader; undefined while there is none. */
  leader(): Promise<Member | undefined>
  /** Resolves with the leader once another server is its standby, and it accepts writes through HAProxy. */
  whole(seconds: number): Promise<Member>
  startAgent(member: Member): void
  query(text: string): Promise<readonly Record<string, unknown>[]>
  close(): Promise<void>
}

export interface ClusterOptions {
  readonly folder: string
  readonly tools: Tools
  readonly isSynchronous: boolean
  readonly network: Network | undefined
}

/** The shortest times in seconds that Patroni accepts. A leader that is silent for `ttl` is replaced. */
const TIMES = { ttl: 20, loop_wait: 5, retry_timeout: 5 }

const LOOPBACK: Machine = { host: '127.0.0.1', enter: [] }

export async function startCluster(options: ClusterOptions, opened: (close: () => Promise<void>) => void): Promise<Cluster> {
  const { folder, tools, network } = options
  const { root, env } = tools.unpacked
  const as = asUser()
  if (as.name !== undefined) execFileSync('chown', [as.name, folder])
  await chmod(folder, 0o700)
  const launched: Launched[] = []
  const members: Member[] = []
  const start = (name: string, command: readonly string[]): Launched => {
    const one = launch(join(folder, `${name}.log`), command, env)
    launched.push(one)
    return one
  }
  opened(() => closeAll(launched, members))

  const etcd = async (name: string, host: string): Promise<string> => {
    const [client, peer] = [await freePort(), `http://127.0.0.1:${await freePort()}`]
    const url = `http://${host}:${client}`
    start(name, [
      ...[...as.enter, join(root, 'usr/bin/etcd'), '--name', name, '--data-dir', join(folder, name), '--log-level', 'error'],
      ...['--listen-client-urls', url, '--advertise-client-urls', url],
      ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `${name}=${peer}`],
    ])
    await until(`etcd ${name}`, 20, async () => (await fetch(`${url}/health`).catch(() => undefined))?.ok)
    return url
  }
  const deciding = await etcd('etcd-patroni', network?.hub ?? '127.0.0.1')
  const headEtcd = await etcd('etcd-head', '127.0.0.1')

  const password = randomBytes(12).toString('hex')
  const ports: { readonly postgres: number; readonly rest: number }[] = []
  const startAgent = (member: Member): void => {
    const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : join(root, 'usr/bin/python3')
    const patroni = [python, join(root, 'usr/bin/patroni'), join(folder, `${member.name}.json`)]
    member.agent = start(member.name, [...member.machine.enter, ...as.enter, ...patroni])
  }
  for (const n of [0, 1]) {
    const machine = network?.machines[n] ?? LOOPBACK
    const port = { postgres: await freePort(), rest: await freePort() }
    const member = { name: `pg${n}`, data: join(folder, `data-${n}`), machine } as Member
    const config = agentConfig(member, { ...options, port, password, etcd: deciding })
    await writeFile(join(folder, `${member.name}.json`), JSON.stringify(config), { mode: 0o644 })
    ports.push(port)
    members.push(member)
    startAgent(member)
    if (n === 0) await until('the first PostgreSQL', 60, async () => (await stateOf(member, port.rest))?.isLeader)
  }
  const proxy = await freePort()
  await writeFile(join(folder, 'haproxy.cfg'), proxyConfig(proxy, members, ports))
  start('haproxy', [join(root, 'usr/sbin/haproxy'), '-db', '-f', join(folder, 'haproxy.cfg')])

  const url = `postgres://postgres:${password}@127.0.0.1:${proxy}/postgres`
  const states = () => Promise.all(members.map((member, n) => stateOf(member, ports[n]?.rest as number)))
  const cluster: Cluster = {
    members,
    url,
    headEtcd,
    async leader() {
      const found = await states()
      return members.find((_, n) => found[n]?.isLeader)
    },
    whole: (seconds) =>
      until('a leader with a standby', seconds, async () => {
        const found = await states()
        const at = found.findIndex((state) => state?.isLeader)
        const standbys = found[at]?.standbys ?? []
        const isFollowed = standbys.some(({ sync, state }) => state === 'streaming' && (sync === 'sync' || !options.isSynchronous))
        if (at < 0 || !isFollowed || found.some((state) => state === undefined)) return undefined
        return (await query(url, 'SELECT 1').catch(() => undefined)) && members[at]
      }),
    startAgent,
    query: (text) => query(url, text),
    close: () => closeAll(launched, members),
  }
  await cluster.whole(90)
  return cluster
}

interface AgentOptions extends ClusterOptions {
  readonly port: { readonly postgres: number; readonly rest: number }
  readonly password: string
  readonly etcd: string
}

function agentConfig({ name, data, machine: { host } }: Member, { folder, tools, isSynchronous, port, password, etcd }: AgentOptions) {
  const superuser = { username: 'postgres', password }
  const parameters = {
    max_connections: 60,
    shared_buffers: '32MB',
    synchronous_commit: 'on',
    wal_level: 'replica',
    hot_standby: 'on',
    wal_log_hints: 'on',
    fsync: 'on',
    wal_keep_size: '256MB',
  }
  const synchronous = { synchronous_mode: isSynchronous, synchronous_mode_strict: isSynchronous }
  const hosts = ['127.0.0.1/32', '198.18.0.0/24']
  return {
    scope: 'tongheng',
    name,
    restapi: { listen: `${host}:${port.rest}`, connect_address: `${host}:${port.rest}` },
    etcd3: { hosts: [new URL(etcd).host] },
    bootstrap: {
      dcs: { ...TIMES, maximum_lag_on_failover: 1_048_576, ...synchronous, postgresql: { use_pg_rewind: true, parameters } },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C' }, 'data-checksums'],
      pg_hba: ['local all all trust', ...hosts.flatMap((at) => [`host all all ${at} md5`, `host replication all ${at} md5`])],
    },
    postgresql: {
      listen: `${host}:${port.postgres}`,
      connect_address: `${host}:${port.postgres}`,
      data_dir: data,
      bin_dir: tools.postgres,
      pgpass: join(folder, `${name}.pgpass`),
      authentication: { superuser, replication: superuser, rewind: superuser },
      parameters: { unix_socket_directories: folder },
    },
  }
}

/** Configuration of HAProxy. It ends sessions of a server that is no longer primary, so that a node does not wait for an answer forever. */
const proxyConfig = (port: number, members: readonly Member[], ports: readonly { readonly postgres: number; readonly rest: number }[]) =>
  `global
  maxconn 200
defaults
  mode tcp
  timeout connect 2s
  timeout client 30m
  timeout server 30m
listen primary
  bind 127.0.0.1:${port}
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
${members.map(({ name, machine }, n) => `  server ${name} ${machine.host}:${ports[n]?.postgres} check port ${ports[n]?.rest}\n`).join('')}`

interface State {
  readonly isLeader: boolean
  readonly standbys: readonly { readonly sync: string; readonly state: string }[]
}

/** The state reported by the agent of a server; undefined without an answer, or while its server does not run. */
async function stateOf({ machine }: Member, port: number): Promise<State | undefined> {
  try {
    const response = await fetch(`http://${machine.host}:${port}/patroni`, { signal: AbortSignal.timeout(1000) })
    const { role, state, replication } = (await response.json()) as {
      readonly role?: string
      readonly state?: string
      readonly replication?: readonly { readonly sync_state: string; readonly state: string }[]
    }
    if (state !== 'running' && state !== 'streaming') return undefined
    const standbys = (replication ?? []).map((one) => ({ sync: one.sync_state, state: one.state }))
    // Patroni 4 says `primary` where 3 says `master`.
    return { isLeader: role === 'master' || role === 'primary', standbys }
  } catch {
    // The agent is ended, stopped or cut off, which the caller wants to know.
    return undefined
  }
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** PostgreSQL does not run as root. */
function asUser(): { readonly name: string | undefined; readonly enter: readonly string[] } {
  if (process.getuid?.() !== 0) return { name: undefined, enter: [] }
  const name = ['postgres', 'nobody'].find((user) => {
    try {
      return execFileSync('id', ['-u', user], { stdio: ['ignore', 'pipe', 'ignore'] }).length > 0
    } catch {
      return false
    }
  })
  if (name === undefined) throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody')
  const group = execFileSync('id', ['-gn', name]).toString().trim()
  return { name, enter: ['setpriv', '--reuid', name, '--regid', group, '--clear-groups'] }
}

/** Ends agents before servers: an agent would start its server again. */
async function closeAll(launched: readonly Launched[], members: readonly Member[]): Promise<void> {
  const agents = new Set(members.map(({ agent }) => agent?.pid))
  const ended = (pid: number): Promise<unknown> => until(`the end of process ${pid}`, 20, async () => !isAlive(pid))
  const kill = async (some: readonly Launched[]): Promise<void> => {
    for (const { child, pid } of some) if (child.exitCode === null && child.signalCode === null) signal(pid, 'SIGKILL')
    for (const { pid } of some) await ended(pid)
  }
  await kill(launched.filter(({ pid }) => agents.has(pid)))
  for (const { data } of members) {
    const pid = await postmasterOf(data)
    if (pid !== undefined) signal(pid, 'SIGCONT')
    await killServer(data)
  }
  await kill(launched)
}
