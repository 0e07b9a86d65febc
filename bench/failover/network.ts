/**
 * A network namespace for each PostgreSQL, so that the lines between them can be cut: a pair of virtual interfaces from this machine
 * to each, and one between the two. All of it is gone once the processes that hold the namespaces have ended.
 */
import { execFile, spawnSync } from 'node:child_process'
import { readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Launched, launch, signal, until } from './processes.js'

const run = promisify(execFile)

/** The place of a server: its address, and the prefix for commands that run there. */
export interface Machine {
  readonly host: string
  readonly enter: readonly string[]
}

export interface Network {
  /** Address of this machine, as the servers see it. */
  readonly hub: string
  readonly machines: readonly Machine[]
  /** Cuts the line between the two servers; both still reach etcd and HAProxy. */
  cutBetween(): Promise<void>
  /** Cuts one server off from everything. */
  isolate(index: number): Promise<void>
  mend(): Promise<void>
  close(): void
}

// RFC 2544: addresses for tests between devices, routed nowhere.
const HUB = '198.18.0.1'
const ADDRESSES = ['198.18.0.10', '198.18.0.11'] as const

const UNSHARE = 'unshare'
const TOOLS = [UNSHARE, 'nsenter', 'ip']

/** @returns the reason as text if the machine does not allow it */
export async function openNetwork(folder: string): Promise<Network | string> {
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  for (const tool of TOOLS) if (spawnSync(tool, ['--help']).error !== undefined) return `no ${tool} on this machine`
  if (spawnSync(UNSHARE, ['--net', 'true']).status !== 0) return 'this machine allows no network namespace'
  const holders = ADDRESSES.map((_, n) => launch(join(folder, `namespace-${n}.log`), [UNSHARE, '--net', 'sleep', 'infinity'], {}))
  const close = (): void => {
    for (const { pid } of holders) signal(pid, 'SIGKILL')
  }
  try {
    return { ...(await connect(holders)), close }
  } catch (error) {
    close()
    return `network namespaces cannot be connected: ${(error as Error).message.split('\n')[0]}`
  }
}

async function connect(holders: readonly Launched[]): Promise<Omit<Network, 'close'>> {
  const own = await readlink('/proc/self/ns/net')
  for (const { pid } of holders) await until('a network namespace', 5, async () => (await readlink(`/proc/${pid}/ns/net`)) !== own)
  const machines = ADDRESSES.map((host, n) => ({ host, enter: ['nsenter', `--net=/proc/${holders[n]?.pid}/ns/net`] }))
  const outside = (n: number): string => `th${holders[n]?.pid}`
  const ip = (command: string) => run('ip', command.split(' '))
  const inside = async (n: number, command: string): Promise<void> => {
    const [file = '', ...enter] = machines[n]?.enter ?? []
    await run(file, [...enter, 'ip', ...command.split(' ')])
  }
  const addRoutes = async (n: number): Promise<void> => {
    await ip(`link set ${outside(n)} up`)
    await ip(`route replace ${ADDRESSES[n]} dev ${outside(n)}`)
    await inside(n, `route replace ${HUB} dev eth0 src ${ADDRESSES[n]}`)
    await inside(n, `route replace ${ADDRESSES[1 - n]} dev between src ${ADDRESSES[n]}`)
  }
  for (const n of [0, 1]) {
    await ip(`link add ${outside(n)} type veth peer name eth0 netns ${holders[n]?.pid}`)
    await ip(`addr add ${HUB}/32 dev ${outside(n)}`)
    await inside(n, 'link set lo up')
    await inside(n, `addr add ${ADDRESSES[n]}/32 dev eth0`)
    await inside(n, 'link set eth0 up')
  }
  await inside(0, `link add between type veth peer name between netns ${holders[1]?.pid}`)
  for (const n of [0, 1]) await inside(n, 'link set between up')
  for (const n of [0, 1]) await addRoutes(n)
  const cut = (n: number, to: string) => inside(n, `route replace blackhole ${to}`)
  const cutBetween = async (): Promise<void> => {
    for (const n of [0, 1]) await cut(n, ADDRESSES[1 - n] as string)
  }
  return {
    hub: HUB,
    machines,
    cutBetween,
    async isolate(n) {
      await cutBetween()
      await cut(n, HUB)
      // Do not add routes to this machine, where they would remain.
      await ip(`link set ${outside(n)} down`)
    },
    async mend() {
      for (const n of [0, 1]) await addRoutes(n)
    },
  }
}
