/** Faults of the cluster, and their repair as by a service manager or an operator. */
import type { Cluster, Member } from './cluster.js'
import type { Network } from './network.js'
import { childrenOf, killServer, pause, postmasterOf, signal, until } from './processes.js'

export interface Fault {
  readonly says: string
  readonly needsNetwork?: true
  /** Causes the fault; resolves once it is repaired. The cluster may need longer to recover. */
  strike(cluster: Cluster, leader: Member, network: Network | undefined): Promise<void>
}

/** Seconds within which Patroni replaces a leader: its key in etcd ends after 20, then the others compare their positions. */
const REPLACED = 60
/** Duration in milliseconds; far longer than loopback needs to deliver data acknowledged without the standby. */
const FROZEN = 700
/** Duration in milliseconds for which a line is cut or a standby is down, without a change of the leader. */
const AWAY = 8000

const otherThan = ({ members }: Cluster, one: Member): Member => members.find((member) => member !== one) as Member

const replaced = (cluster: Cluster, before: Member): Promise<Member> =>
  until('another leader', REPLACED, async () => {
    const leader = await cluster.leader()
    return leader !== before && leader
  })

async function kill(member: Member): Promise<void> {
  signal(member.agent.pid, 'SIGKILL')
  await killServer(member.data)
}

export const FAULTS = {
  kill: {
    says: 'primary and its agent killed (SIGKILL)',
    async strike(cluster, leader) {
      await kill(leader)
      await replaced(cluster, leader)
      cluster.startAgent(leader)
    },
  },
  frozen: {
    says: 'receiver of the standby frozen first, then primary and agent killed',
    async strike(cluster, leader) {
      const standby = otherThan(cluster, leader)
      const receivers = (await childrenOf((await postmasterOf(standby.data)) ?? 0)).filter(({ command }) => command.includes('walreceiver'))
      if (receivers.length === 0) throw new Error('the standby has no receiver that could be frozen')
      for (const { pid } of receivers) signal(pid, 'SIGSTOP')
      await pause(FROZEN)
      await kill(leader)
      // Data waiting in the socket must not be received.
      for (const { pid } of receivers) signal(pid, 'SIGTERM')
      for (const { pid } of receivers) signal(pid, 'SIGCONT')
      await replaced(cluster, leader)
      cluster.startAgent(leader)
    },
  },
  hung: {
    says: 'agent of the primary hung (SIGSTOP), the old primary goes on serving',
    async strike(cluster, leader) {
      signal(leader.agent.pid, 'SIGSTOP')
      try {
        await replaced(cluster, leader)
        await pause(2000)
        if ((await postmasterOf(leader.data)) === undefined) throw new Error('the old primary did not go on serving: nothing was tested')
      } finally {
        signal(leader.agent.pid, 'SIGCONT')
      }
    },
  },
  standby: {
    says: 'standby and its agent killed',
    async strike(cluster, leader) {
      const standby = otherThan(cluster, leader)
      await kill(standby)
      await pause(AWAY)
      cluster.startAgent(standby)
    },
  },
  cut: {
    says: 'network between the two servers cut, each still reaches etcd and HAProxy',
    needsNetwork: true,
    async strike(_, __, network) {
      await network?.cutBetween()
      await pause(AWAY)
      await network?.mend()
    },
  },
  isolated: {
    says: 'primary cut off from everything',
    needsNetwork: true,
    async strike(cluster, leader, network) {
      await network?.isolate(cluster.members.indexOf(leader))
      try {
        await replaced(cluster, leader)
      } finally {
        await network?.mend()
      }
    },
  },
} as const satisfies Readonly<Record<string, Fault>>

export type FaultName = keyof typeof FAULTS
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[]
