/** The proof at the end of a simulation: what every node must hold, computed from what callers were told, not from what nodes stored. */
import { createTree, isSameHash, leafHash, noteKeyOf, readCheckpoint, readForkEvidence, rootOf, verifyFork } from 'tongheng/log'
import { auditLog } from 'tongheng/sync'
import type { Province } from './province.js'

/** What a caller holds a receipt for. */
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
  /** When each other node first knew of it: seconds. */
  readonly seen: Map<string, number>
}

/** A province that showed two histories. */
export interface Contested {
  readonly liar: string
  /** Since when its two histories differ. */
  from: number
  /** The record that only the second history has; peers may have it. */
  replaced: string | undefined
}

export interface Expected {
  readonly accepted: ReadonlyMap<string, Accepted>
  readonly revocations: readonly Revocation[]
  readonly contested: Contested
}

/** Whether it comes from the liar, since its histories differ: others need not have it, for they stopped following that log. */
export const isContested = ({ region, at }: Pick<Accepted, 'region' | 'at'>, { liar, from }: Contested): boolean =>
  region === liar && at >= from

export const requiredIds = (accepted: ReadonlyMap<string, Accepted>, contested: Contested): string[] =>
  [...accepted].flatMap(([id, one]) => (isContested(one, contested) ? [] : [id]))

export interface Proof {
  /** Over all nodes: accepted statements that a node lacks; entries without a receipt, or that are in a log twice. */
  readonly lost: number
  readonly doubled: number
  readonly moved: number
  /** Findings of `auditLog`. */
  readonly findings: number
  /** Revocations that a node does not know, or by which it does not judge. */
  readonly revocationsMissing: number
  /**
   * Revocations that reached a node after the key that signed them was revoked, by way of a third node, which has no receipt for them: the
   * node judges the record as undecided, never as recognised.
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
    // The node of the liar may say anything.
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

/** Nodes that hold a proof, verified here with the key that the trust list names. */
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
