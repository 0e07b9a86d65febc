/**
  * The proof after each fault: the log has every receipt of the callers at its stated position, and all checkpoints that either node ever
  * published belong to one tree.
 */
import { createTree, isSameHash, leafHash, readCheckpoint, rootOf } from 'tongheng/log'
import { createPostgresStore } from 'tongheng/stores/postgres'
import { auditLog } from 'tongheng/sync'
import { organisation } from 'tongheng/testing'
import type { Serving } from '../load/serving.js'
import { pause } from './processes.js'
import type { Receipted } from './writers.js'

export interface Proved {
  readonly entries: number
  readonly receipts: number
  /** Receipts whose statement is not in the log. */
  readonly lost: number
  /** Receipts whose statement is at another position. */
  readonly moved: number
  /** Number of different checkpoints that the nodes published. */
  readonly checkpoints: number
  /** Number of checkpoints that do not belong to the tree of the log. */
  readonly forks: number
  /** Findings of `auditLog`, by code. */
  readonly findings: readonly string[]
  /** Number of nodes that answer `/readyz` with 200, and the reasons of the others. */
  readonly ready: number
  readonly unready: readonly string[]
}

export interface Watch {
  /** All checkpoints that a node published. */
  readonly checkpoints: ReadonlySet<string>
  stop(): Promise<void>
}

const EVERY = 200

/** Polls the checkpoint of each node. */
export function watchCheckpoints({ urls }: Pick<Serving, 'urls'>): Watch {
  const checkpoints = new Set<string>()
  const watching = { isOver: false }
  const watch = async (url: string): Promise<void> => {
    while (!watching.isOver) {
      const response = await fetch(`${url}/v1/log/checkpoint`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined)
      if (response?.ok) checkpoints.add(await response.text())
      else await response?.body?.cancel()
      await pause(EVERY)
    }
  }
  const work = urls.map(watch)
  return {
    checkpoints,
    async stop() {
      watching.isOver = true
      await Promise.all(work)
    },
  }
}

export async function prove(
  { world, urls }: Serving,
  database: string,
  receipts: ReadonlyMap<string, Receipted>,
  checkpoints: ReadonlySet<string>,
): Promise<Proved> {
  const store = await createPostgresStore({ url: database })
  try {
    const { size } = await store.readLog()
    const positions = new Map((await store.statementIds(0, size)).map((id, position) => [id, position]))
    const statements = await store.statements(0, size)
    let [lost, moved] = [0, 0]
    for (const [id, { position, statement }] of receipts) {
      const found = positions.get(id)
      if (found === undefined || statements[found] !== statement) lost++
      else if (found !== position) moved++
    }
    // Computed here from the statement ids, not read from what the node stored.
    const tree = createTree()
    for (const id of positions.keys()) tree.append(leafHash(Buffer.from(id, 'base64url')))
    let forks = 0
    for (const checkpoint of checkpoints) {
      const head = readCheckpoint(checkpoint)
      if (head.size > size || !isSameHash(rootOf(head.size, tree.nodeAt), head.root)) forks++
    }
    const findings: string[] = []
    const audit = { store, trust: world.trust, authority: organisation('SC-AMR').uscc, now: Math.floor(Date.now() / 1000) }
    for await (const step of auditLog(audit)) findings.push(...step.findings.map(({ code, params }) => `${code} ${JSON.stringify(params)}`))
    const answers = await Promise.all(urls.map((url) => readyText(url)))
    const unready = answers.filter((answer) => answer !== undefined)
    return {
      entries: size,
      receipts: receipts.size,
      lost,
      moved,
      checkpoints: checkpoints.size,
      forks,
      findings: findings.slice(0, 10),
      ready: answers.length - unready.length,
      unready,
    }
  } finally {
    await store.close()
  }
}

/** Undefined if the node is ready, otherwise the reason. */
export async function readyText(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(10_000) })
    const text = await response.text()
    return response.status === 200 ? undefined : text.trim().split('\n').join(' ').slice(0, 200)
  } catch (error) {
    return String(error)
  }
}
