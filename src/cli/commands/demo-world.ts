/** World of the demonstration: two provincial nodes on loopback, with generated keys, lists and agreement. */
import { join } from 'node:path'
import { parseInstant } from '../../base/date.js'
import { type Client, createClient } from '../../client/index.js'
import { createNode, type Node, type Store } from '../../node/index.js'
import { createServer } from '../../server/index.js'
import { createSqliteStore } from '../../stores/sqlite/index.js'
import {
  type AuthorityKey,
  createFakeAuthorities,
  DEMONSTRATION_TIME,
  type FakeAuthorities,
  type OrganisationKey,
  organisation,
} from '../../testing/index.js'
import { type Listening, listen } from '../listen.js'
import { readPageFiles } from '../page-files.js'

/** One province: its node over HTTP, with its own database. */
export interface Side {
  readonly region: '50' | '51'
  readonly authority: AuthorityKey
  readonly url: string
  readonly node: Node
  readonly store: Store
  readonly listening: Listening
}

export interface World {
  readonly authorities: FakeAuthorities
  readonly sichuan: Side
  readonly chongqing: Side
  readonly now: () => number
  /** True if the nodes serve the page. */
  readonly hasPage: boolean
  /** A client of the node of a side, which signs as a body. */
  client(of: Side, caller: OrganisationKey): Client
}

/** Creates keys, trust lists, agreement and both nodes. @param now clock in seconds; by default it starts on the day of the fixtures */
export async function openWorld(folder: string, now = runningClock()): Promise<World> {
  const authorities = await createFakeAuthorities({ witnessKeys: true })
  const page = await readPageFiles()
  const open = async (region: '50' | '51', authority: AuthorityKey): Promise<Side> => {
    // First: if no SQLite is available, no open socket must stop the process from ending.
    const store = await createSqliteStore({ file: join(folder, `node-${region}.db`) })
    const listening = await listen('127.0.0.1', 0)
    const url = `http://127.0.0.1:${listening.port}`
    const { uscc, name } = organisation(authority)
    const node = await createNode({
      id: `tongheng-${region}`,
      url,
      authority: uscc,
      name,
      region,
      signer: authorities.signer(authority),
      log: authorities.log(authority),
      store,
      anchors: authorities.anchors,
      trustLists: authorities.trustLists,
      agreements: [authorities.signedAgreement],
      now,
    })
    listening.serve(createServer({ node, ...(page && { page }) }).fetch)
    return { region, authority, url, node, store, listening }
  }
  const [sichuan, chongqing] = [await open('51', 'SC-AMR'), await open('50', 'CQ-AMR')]
  return {
    authorities,
    sichuan,
    chongqing,
    now,
    hasPage: page !== undefined,
    client: (of, caller) =>
      createClient({
        node: { url: of.url, id: of.node.options.id },
        caller: { iss: organisation(caller).uscc, signer: authorities.signer(caller) },
        trust: authorities.trust,
        now,
      }),
  }
}

function runningClock(): () => number {
  const started = Date.now()
  return () => parseInstant(DEMONSTRATION_TIME) + Math.floor((Date.now() - started) / 1000)
}
