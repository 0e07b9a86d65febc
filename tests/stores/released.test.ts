// Why this exists: the database of a node that ran release 0.1.0, written by that release. A later release must open it, return every
// receipt and checkpoint in it, and append to its log.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readReceipt } from 'tongheng/client'
import { createSigner, type PrivateJwk } from 'tongheng/envelope'
import { createTree, isSameHash, leafHash, readCheckpoint, rootOf } from 'tongheng/log'
import { createNode, type LogState, type Node, type NodeOptions, type Store } from 'tongheng/node'
import { signRecord } from 'tongheng/records'
import { createSqliteStore, readSchemaVersion } from 'tongheng/stores/sqlite'
import { auditLog } from 'tongheng/sync'
import { organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { taximeter, uscc } from '../support/nodes/world.js'

/** Configuration of the node outside its database; the keys are of bodies that do not exist. */
interface Released extends Pick<NodeOptions, 'anchors' | 'trustLists' | 'agreements'> {
  readonly now: number
  readonly key: PrivateJwk
  readonly logKey: PrivateJwk
  readonly institute: PrivateJwk
  readonly origin: string
  /** The statement that a notice revokes. */
  readonly revoked: string
  /** Receipts by statement id, as their senders received them. */
  readonly receipts: Readonly<Record<string, string>>
  readonly log: Required<LogState>
}

const golden = (name: string): string => join(import.meta.dirname, '../golden/node', name)
let folder: string
let file: string
let old: Released
let store: Store
let node: Node

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-released-'))
  file = join(folder, 'node.db')
  await writeFile(file, gunzipSync(await readFile(golden('0.1.0.db.gz'))))
  old = JSON.parse(await readFile(golden('0.1.0.json'), 'utf8')) as Released
})
afterAll(async () => {
  await store?.close()
  await rm(folder, { recursive: true, force: true })
})

const idsOf = async (): Promise<readonly string[]> => store.statementIds(0, (await store.readLog()).size)

describe('the database of a node of release 0.1.0', () => {
  it('has an older schema, and is migrated when it is opened', async () => {
    const before = await readSchemaVersion(file)
    expect(before.found).toBeLessThan(before.known)
    store = await createSqliteStore({ file })
    const { found, known } = await readSchemaVersion(file)
    expect(found).toBe(known)
    expect((await store.inspect()).faults).toEqual([])
  })

  it('has the log, its checkpoint and its cosignature as they were', async () => {
    expect(await store.readLog()).toEqual(old.log)
    const tree = createTree()
    for (const id of await idsOf()) tree.append(leafHash(Buffer.from(id, 'base64url')))
    const head = readCheckpoint(old.log.checkpoint as string)
    expect([head.size, tree.size]).toEqual([10, 10])
    expect(isSameHash(rootOf(10, tree.nodeAt), head.root)).toBe(true)
    expect(old.log.cosigned).toContain(old.origin)
  })

  it('is opened by a node, which returns each receipt at its position', async () => {
    node = await createNode({
      id: 'tongheng-51',
      url: 'https://node.example',
      authority: uscc('SC-AMR'),
      name: organisation('SC-AMR').name,
      region: '51',
      signer: await createSigner(old.key),
      log: { origin: old.origin, signer: await createSigner(old.logKey) },
      store,
      anchors: old.anchors,
      trustLists: old.trustLists,
      agreements: old.agreements,
      now: () => old.now,
    })
    const ids = await idsOf()
    expect(Object.keys(old.receipts)).toHaveLength(7)
    for (const [id, receipt] of Object.entries(old.receipts)) {
      expect((await store.getEntry(id))?.receipt).toBe(receipt)
      const { log, sub } = await readReceipt(receipt, node.trust)
      expect([sub, ids[log?.index ?? -1]]).toEqual([id, id])
    }
  })

  it('passes the audit, with no finding', async () => {
    const findings = []
    for await (const step of auditLog({ store, trust: node.trust, authority: uscc('SC-AMR'), now: old.now }))
      findings.push(...step.findings)
    expect(findings).toEqual([])
  })

  it('still revokes what its notice revoked, and answers a retry with the same receipt', async () => {
    const { outcome, checks } = await node.judge(old.revoked)
    expect([outcome, checks.find(({ id }) => id === 'status')?.code]).toEqual(['not-recognised', 'status.revoked'])
    const again = await node.submit({ statement: old.revoked, sender: uscc('CD'), requestId: 'again' })
    expect([again.isNew, Object.values(old.receipts).includes(again.receipt)]).toEqual([false, true])
  })

  it('can be appended to: the next record follows the last of the old release', async () => {
    const statement = await signRecord(taximeter('川检-续'), { signer: await createSigner(old.institute), at: old.now })
    const { receipt, decision } = await node.submit({ statement, sender: uscc('CD'), requestId: 'next' })
    expect([decision, (await readReceipt(receipt, node.trust)).log?.index]).toEqual(['accepted', 10])
    expect((await store.listEntries({ plate: '川AT0001' }, { from: 0, limit: 10 })).items.map(({ position }) => position)).toContain(10)
  })
})
