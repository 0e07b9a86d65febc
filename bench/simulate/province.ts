/** A province of the simulation: node, server and store of the package, and the faults that can occur. */
import { parseStatement } from 'tongheng/envelope'
import { createNode, type HeadPlace, type Node, type NodeOptions, type Store, type TileRoot } from 'tongheng/node'
import { createServer, type Server } from 'tongheng/server'
import { createMemoryStore } from 'tongheng/stores/memory'
import { headInMemory } from '../../tests/support/nodes/head-in-memory.js'
import type { Authority } from './authorities.js'

export interface Province {
  readonly authority: Authority
  /** Two digits; also its name on the network. */
  readonly region: string
  readonly url: string
  readonly peers: Province[]
  /** Second place of the head of its log; it survives the loss of the database. */
  readonly head: HeadPlace
  store: Store
  node: Node
  server: Server
  isUp: boolean
  /** End of its last exchange, in seconds. */
  freeAt: number
}

export type Nation = Pick<NodeOptions, 'anchors' | 'trustLists' | 'now'> & {
  /** Agreements that a province has concluded. */
  readonly agreementsOf: (region: string) => NodeOptions['agreements']
}

export async function openProvince(authority: Authority, nation: Nation, store: Store): Promise<Province> {
  const { region } = authority
  const url = `https://node-${region}.example`
  const head = headInMemory()
  const parts = await openServer({ authority, url, head }, nation, store)
  return { authority, region, url, peers: [], head, ...parts, isUp: true, freeAt: 0 }
}

/** The node and the server of a province over a store. */
export async function openServer(
  { authority, url, head }: Pick<Province, 'authority' | 'url'> & { readonly head?: HeadPlace | undefined },
  { agreementsOf, anchors, trustLists, now }: Nation,
  store: Store,
): Promise<Pick<Province, 'store' | 'node' | 'server'>> {
  const { region, uscc, signer, log } = authority
  const node = await createNode({
    id: `tongheng-${region}`,
    url,
    authority: uscc,
    name: { zh: `示例市场监督管理局 ${region}`, en: `Example AMR ${region}` },
    region,
    signer,
    log,
    store,
    anchors,
    trustLists,
    agreements: agreementsOf(region),
    now,
    head,
  })
  // High limits, as in a load test: the simulation tests the exchange, not rate limits.
  return { store, node, server: createServer({ node, limits: { rate: 1_000_000, burst: 1_000_000 } }) }
}

async function copyDocuments(source: Store, copy: Store): Promise<void> {
  for (const { collection, name, version } of await source.listDocumentNames()) {
    const document = await source.getDocument(collection, name, version)
    if (document !== undefined) await copy.putDocument(document)
  }
}

/** A copy of the content of a store, like a backup of its database, without requests, which expire in minutes. */
export async function copyStore(source: Store): Promise<Store> {
  const copy = createMemoryStore()
  const { size, checkpoint, cosigned } = await source.readLog()
  const { items } = await source.listEntries({}, { from: 0, limit: size })
  const tileRoots: TileRoot[] = []
  for (let level = 1; ; level++) {
    const hashes = await source.tileRoots(level, 0, Number.MAX_SAFE_INTEGER)
    if (hashes.length === 0) break
    tileRoots.push(...hashes.map((hash, index) => ({ level, index, hash })))
  }
  await copy.sequence((transaction) => transaction.append({ entries: items, tileRoots, checkpoint }))
  const inspection = await source.inspect()
  if (cosigned !== undefined) await copy.putCosigned(cosigned, inspection.cosignedSize)
  await copyDocuments(source, copy)
  for (const { cursor, ...peer } of inspection.peers) {
    await copy.advancePeer(peer, -1)
    await copy.setCursor(peer.origin, cursor)
    await copy.putSkipped(await source.listSkipped(peer.origin, { not: '', limit: size }))
  }
  return copy
}

/**
  * A second history of the log of a province, in which one record is replaced by another of the same institute. It is shown to one peer that
  * has seen the first history.
 */
export interface Twin {
  readonly server: Server
  /** Updates the second history from the first; returns the id of its own record, once it has it. */
  mirror(): Promise<string | undefined>
}

/** Number of the record that replaces a genuine one in the second history. */
const REPLACED = 900_000_000

export async function openTwin(province: Province, nation: Nation): Promise<Twin> {
  const store = await copyStore(province.store)
  const { node, server } = await openServer({ ...province, head: undefined }, nation, store)
  let read = (await province.store.readLog()).size
  let replaced: string | undefined
  return {
    server,
    async mirror() {
      // Without the newest lists it would reject some entries, and its log would only be shorter.
      await copyDocuments(province.store, store)
      await node.refresh()
      const { size } = await province.store.readLog()
      const { items } = await province.store.listEntries({}, { from: read, limit: size })
      read = size
      const hidden =
        replaced !== undefined ? -1 : items.findIndex(({ iss, kind }) => iss === province.authority.institute && kind !== 'notice')
      for (const [at, { statement: first, kind, receivedAt }] of items.entries()) {
        const statement = at === hidden ? await province.authority.record(REPLACED, receivedAt) : first
        const parsed = parseStatement(statement, kind === 'notice' ? 'metrology-notice+jwt' : 'metrology-record+jwt')
        if (at === hidden) replaced = parsed.id
        await node.takeOver(await node.receiveFromPeer([{ statement, parsed }]))
      }
      return replaced
    },
  }
}
