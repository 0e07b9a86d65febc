/** Another node imports the log: with every signature verified, and with only that step left out. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'tongheng/client'
import { createNode, type Node } from 'tongheng/node'
import { createSqliteStore } from 'tongheng/stores/sqlite'
import { syncLog } from 'tongheng/sync'
import { organisation } from 'tongheng/testing'
import type { Serving } from './serving.js'

export async function following(serving: Serving) {
  const checked = await follow(serving, () => undefined)
  const unchecked = await follow(serving, (node) => {
    // Every key accepts every signature: transport, proof, judgement and storage remain.
    for (const key of serving.world.keys.values())
      for (const holder of node.trust.holders(key.kid)) Object.assign(holder.verification, { verify: () => true })
  })
  return {
    name: 'following another node',
    entries: checked.entries,
    perSecond: checked.perSecond,
    perSecondWithoutSignatures: unchecked.perSecond,
  }
}

/** A node that was offline for long: imports everything at once with every signature verified; its memory is measured. */
export const catchUp = async (serving: Serving) => ({ name: 'catching up', ...(await follow(serving, () => undefined)) })

async function follow({ world, urls }: Serving, prepare: (node: Node) => void) {
  const folder = await mkdtemp(join(tmpdir(), 'tongheng-follow-'))
  // As `tongheng sync` opens it.
  const store = await createSqliteStore({ file: join(folder, 'node.db'), thread: true })
  const { uscc, name } = organisation('CQ-AMR')
  const now = (): number => Math.floor(Date.now() / 1000)
  const node = await createNode({
    id: 'tongheng-50',
    url: 'http://127.0.0.1:1',
    authority: uscc,
    name,
    region: '50',
    signer: world.signer('CQ-AMR'),
    log: world.log('CQ-AMR'),
    store,
    anchors: world.anchors,
    trustLists: world.trustLists,
    agreements: [world.signedAgreement],
    now,
  })
  prepare(node)
  const { log } = createClient({
    node: { url: urls[0] as string, id: 'tongheng-51' },
    caller: { iss: uscc, signer: world.signer('CQ-AMR') },
  })
  const started = performance.now()
  let entries = 0
  const megabytes: number[] = []
  for await (const { cursor, skipped } of syncLog({ node, source: log, authority: organisation('SC-AMR').uscc })) {
    if (skipped > 0) throw new Error(`${skipped} of the entries before ${cursor} were not taken`)
    entries = cursor
    megabytes.push(Math.round(process.memoryUsage().rss / 1e6))
  }
  const seconds = Math.round((performance.now() - started) / 100) / 10
  // Equal roots prove that both logs have the same entries in the same order.
  const treeOf = (checkpoint: string | undefined): string | undefined => checkpoint?.split('\n').slice(1, 3).join(' ')
  const [ours, theirs] = [treeOf((await store.readLog()).checkpoint), treeOf(await log.checkpoint())]
  if (ours === undefined || ours !== theirs) throw new Error(`another tree: ${ours}, ${theirs}`)
  await store.close()
  await rm(folder, { recursive: true, force: true })
  const megabytesAt = (share: number) => megabytes[Math.floor((megabytes.length - 1) * share)]
  return {
    entries,
    seconds,
    perSecond: Math.round(entries / seconds),
    megabytesAtFifth: megabytesAt(0.2),
    megabytesMost: Math.max(...megabytes),
    megabytesLast: megabytesAt(1),
  }
}
