/** The proof at the end of a simulation: the entries that every node must have, computed from the receipts of callers, not from the stores. */
import { createTree, isSameHash, leafHash, noteKeyOf, readCheckpoint, readForkEvidence, rootOf, verifyFork } from 'tongheng/log'
import { auditLog } from 'tongheng/sync'
import type { Province } from './province.js'

/** A statement for which a caller has a receipt. */
export interface Accepted {
  readonly region: string
  readonly statement: string
  /** Position in the log of the node that accepted it. */
  readonly position: number
  readonly at: number
}

export interface Revocation {
  /** Statement that is revoked. */
  readonly id: string
  readonly region: string
  readonly at: number
  /** Time in seconds at which each other node first had it. */
  readonly seen: Map<string, number>
}

/** A province that showed two histories. */
export interface Contested {
  readonly liar: string
  /** Time from which its two histories differ. */
  from: number
  /** The record that only the second history has. Peers may have it. */
  replaced: string | undefined
}

export interface Expected {
  readonly accepted: ReadonlyMap<string, Accepted>
  readonly revocations: readonly Revocation[]
  readonly contested: Contested
}

/** True for a statement of the liar after its histories differ: others need not have it, because they stopped following that log. */
export const isContested = ({ region, at }: Pick<Accepted, 'region' | 'at'>, { liar, from }: Contested): boolean =>
  region === liar && at >= from

export const requiredIds = (accepted: ReadonlyMap<string, Accepted>, contested: Contested): string[] =>
  [...accepted].flatMap(([id, one]) => (isContested(one, contested) ? [] : [id]))

export interface Proof {
  /** Over all nodes: number of accepted statements that a node lacks, and of entries without a receipt or twice in a log. */
  readonly lost: number
  readonly doubled: number
  readonly moved: number
  /** Findings of `auditLog`. */
  readonly findings: number
  /** Number of revocations that a node does not have, or does not apply in verdicts. */
  readonly revocationsMissing: number
  /**
    * Number of revocations that reached a node after their signing key was revoked, through a third node that has no receipt for them. The node
    * judges the record as indeterminate, never as recognised.
   */
  readonly revocationsUnproven: number
  readonly forksProved: number
  readonly faults: readonly string[]
  /** Root of the log of each node. */
  readonly roots: Readonly<Record<string, string>>
}

export async function prove(provinces: readonly Province[], expected: Expected): Promise<Proof> {
  const faults: string[] = []
  const total = { lost: 0, doubled: 0, moved: 0, findings: 0, revocationsMissing: 0, revocationsUnproven: 0, forksProved: 0 }
  const roots: Record<string, string> = {}
  const { liar } = expected.contested
  for (const province of provinces) {
    // The node of the liar may have any content.
    if (province.region === liar) continue
    const found = await proveNode(province, expected)
    roots[province.region] = found.root
    total.revocationsUnproven += found.unproven
    for (const [name, count] of Object.entries(found.counts)) {
      total[name as keyof typeof found.counts] += count
      if (count > 0) faults.push(`${province.region}: ${name} ${count}`)
    }
    faults.push(...found.faults)
  }
  total.forksProved = await forksProved(provinces, liar)
  if (total.forksProved === 0) faults.push(`${liar}: showed two histories, and no node has the proof`)
  return { ...total, faults, roots }
}

async function proveNode({ region, store, node }: Province, { accepted, revocations, contested }: Expected) {
  const faults: string[] = []
  const { size, checkpoint } = await store.readLog()
  const ids = await store.statementIds(0, size)
  const positions = new Map(ids.map((id, at) => [id, at]))
  const { items } = await store.listEntries({}, { from: 0, limit: size })
  const names = new Set(items.map(({ iss, jti }) => `${iss} ${jti}`))
  const counts = { lost: 0, doubled: ids.length - positions.size + items.length - names.size, moved: 0, findings: 0, revocationsMissing: 0 }
  for (const id of ids) if (!accepted.has(id) && id !== contested.replaced) counts.doubled++
  for (const [id, one] of accepted) {
    const at = positions.get(id)
    if (at === undefined) counts.lost += isContested(one, contested) ? 0 : 1
    else if (one.region === region && at !== one.position) counts.moved++
  }
  const tree = createTree()
  for (const id of ids) tree.append(leafHash(Buffer.from(id, 'base64url')))
  const root = rootOf(tree.size, tree.nodeAt)
  const head = readCheckpoint(checkpoint ?? '')
  if (head.size !== size || !isSameHash(head.root, root)) faults.push(`${region}: its checkpoint is not of its entries`)
  const { trust, options } = node
  for await (const { findings } of auditLog({ store, trust, authority: options.authority, now: options.now() })) {
    counts.findings += findings.length
    for (const { code, params } of findings.slice(0, 3)) faults.push(`${region}: ${code} ${JSON.stringify(params)}`)
  }
  let unproven = 0
  for (const { id } of revocations.filter((one) => !isContested(one, contested))) {
    const statement = accepted.get(id)?.statement ?? ''
    const verdict = await node.judge(statement)
    const codes = new Set(verdict.checks.map(({ code }) => code))
    if (codes.has('status.notice-unproven') && verdict.outcome !== 'recognised') unproven++
    else if (!codes.has('status.revoked')) counts.revocationsMissing++
  }
  return { counts, faults, unproven, root: Buffer.from(root).toString('hex') }
}

/** Number of nodes with a proof of the fork, verified here with the key in the trust list. */
async function forksProved(provinces: readonly Province[], liar: string): Promise<number> {
  const { origin, list } = (provinces.find(({ region }) => region === liar) as Province).authority
  const [log] = list.payload.logs
  if (log === undefined) throw new Error(`no log of ${liar}`)
  const key = await noteKeyOf(origin, log.key, 'log')
  let proved = 0
  for (const { store } of provinces) {
    const documents = (await store.listDocuments('fork')).filter(({ name }) => name === origin)
    for (const { signed } of documents.slice(0, 1)) {
      await verifyFork(readForkEvidence(signed[0] as string), key)
      proved++
    }
  }
  return proved
}
