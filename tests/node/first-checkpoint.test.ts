// Why this exists: no receipt proves an entry that the newest checkpoint does not cover, and nobody can verify a checkpoint under a key
// that the trust list no longer has. So a node signs the current log when it starts.
import { createSigner, generateKey } from 'tongheng/envelope'
import { noteKeyOf, openCheckpoint } from 'tongheng/log'
import type { Store } from 'tongheng/node'
import { createMemoryStore } from 'tongheng/stores/memory'
import { beforeAll, describe, expect, it } from 'vitest'
import { fill, signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, reissue } from '../support/nodes/world.js'

let statements: readonly string[]
beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 5)
})

describe('the newest checkpoint of a log, when a node starts', () => {
  it('is signed again if the log has grown while the node had no log key', async () => {
    const store = createMemoryStore()
    await fill(await openWorld({ store }), statements.slice(0, 2))
    await fill(await openWorld({ store, node: { log: undefined } }), statements.slice(2, 5))
    const { identity } = (await openWorld({ store })).node
    const { checkpoint, size } = await store.readLog()
    expect(size).toBe(5)
    expect(await openCheckpoint(checkpoint as string, (identity as NonNullable<typeof identity>).key)).toMatchObject({ size: 5 })
  })

  it('is signed again if a former key signed it, and not if the same key did', async () => {
    const shared = createMemoryStore()
    let checkpoints = 0
    const store: Store = {
      ...shared,
      sequence: (work) =>
        shared.sequence((transaction) => {
          const append: typeof transaction.append = (growth) => {
            if (growth.entries.length === 0) checkpoints++
            return transaction.append(growth)
          }
          return work(Object.assign(Object.create(transaction), { append }))
        }),
    }
    await fill(await openWorld({ store: shared }), statements.slice(0, 2))
    await openWorld({ store })
    expect(checkpoints).toBe(0)

    const [authorities, key] = [await fakeAuthorities(), await generateKey('Ed25519')]
    const { origin, witness } = authorities.log('SC-AMR')
    const listed = await reissue(authorities, 'SC-AMR', (payload) => ({
      ...payload,
      logs: payload.logs.map((log) => ({ ...log, key: key.publicJwk })),
    }))
    const log = { origin, signer: await createSigner(key.privateJwk), witness }
    // The database still has the list of the former root keys, which this trust file does not pin.
    await openWorld({ store: withoutDocuments(store), node: { ...listed, agreements: [], log } })
    expect(checkpoints).toBe(1)
    const { checkpoint } = await shared.readLog()
    expect((await openCheckpoint(checkpoint as string, await noteKeyOf(origin, key.publicJwk, 'log'))).size).toBe(2)
  })
})

/** A store with the log only, as if its documents were removed. */
function withoutDocuments(store: Store): Store {
  const { putDocument, getDocument, listDocuments, listDocumentNames } = createMemoryStore()
  return { ...store, putDocument, getDocument, listDocuments, listDocumentNames }
}
