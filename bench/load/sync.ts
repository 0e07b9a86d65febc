/** Another node takes over the log: with every signature checked, and with that one step left out. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'tongheng/client'
import { createNode, type Node, syncLog } from 'tongheng/server'
import { createSqliteStore } from 'tongheng/stores/sqlite'
import { organisation } from 'tongheng/testing'
import type { Serving } from './serving.js'

export async function following(serving: Serving) {
  const checked = await follow(serving, () => undefined)
  const unchecked = await follow(serving, (node) => {
    // Every key says yes: what is left is transport, proof, judgement and keeping.
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

async function follow({ world, urls }: Serving, prepare: (node: Node) => void) {
  const folder = await mkdtemp(join(tmpdir(), 'tongheng-follow-'))
  const store = await createSqliteStore({ file: join(folder, 'node.db') })
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
  for await (const { cursor } of syncLog({ node, source: log, authority: organisation('SC-AMR').uscc })) entries = cursor
  const perSecond = Math.round((entries * 1000) / (performance.now() - started))
  await store.close()
  await rm(folder, { recursive: true, force: true })
  return { entries, perSecond }
}
