// Why this exists: two checkpoints of one size prove that a log forked. The evidence must outlast the node that forked, so it is stored here.
import { readForkEvidence, signCheckpoint, verifyFork } from 'tongheng/log'
import { expect, it } from 'vitest'
import { keepFork } from '../../src/node/inside.js'
import { logHolder } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, uscc } from '../support/nodes/world.js'

it('evidence of a fork is stored under the origin and the size, and proves the fork to anyone with the key of the log', async () => {
  const world = await openWorld()
  const { signer, key } = await logHolder(await fakeAuthorities(), 'CQ-AMR')
  const origin = signer.name
  const head = (octet: number) => ({ origin, size: 7, root: new Uint8Array(32).fill(octet) })
  const [one, other] = [await signCheckpoint(head(1), signer), await signCheckpoint(head(2), signer)]
  const given = { ...head(2), authority: uscc('CQ-AMR'), text: other, cosignatures: [] }
  const evidence = await keepFork(world.node, given, { checkpoint: one }, other)
  expect(evidence.checkpoints).toEqual([one, other])
  const stored = await world.store.getDocument('fork', origin, 7)
  const read = readForkEvidence(stored?.signed[0] as string)
  expect(read).toEqual(evidence)
  await verifyFork(read, key)
  await expect(verifyFork({ ...read, checkpoints: [one, one] }, key)).rejects.toMatchObject({ code: 'fork.unproved' })
})
