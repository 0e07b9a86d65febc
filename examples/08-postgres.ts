/**
 * Two processes of one node on one PostgreSQL database, as two `Node` objects here: they append to one log.
 * Set DATABASE_URL to a database (`postgres://user:password@host:port/database`; the driver is `npm i pg`); without it both use memory.
 */
import { randomUUID } from 'node:crypto'
import { createNode, type Node, type NodeOptions, type Store } from 'tongheng/node'
import { createMemoryStore } from 'tongheng/stores/memory'
import { createFakeAuthorities, DEMONSTRATION_TIME, type Fixture, fixtures, organisation } from 'tongheng/testing'

const url = process.env.DATABASE_URL
const memory = createMemoryStore()

/** Each process opens its own store. The first one creates the tables, in a separate schema. */
async function openStore(): Promise<Store> {
  if (url === undefined) return memory
  const { createPostgresStore } = await import('tongheng/stores/postgres')
  return createPostgresStore({ url, schema: 'tongheng_example' })
}

const world = await createFakeAuthorities({ witnessKeys: true })
const { uscc, name, region } = organisation('SC-AMR')
// The same in every process: id, URL, keys, log.
const shared: Omit<NodeOptions, 'store'> = {
  id: 'sichuan',
  url: 'https://sichuan.example',
  authority: uscc,
  name,
  region,
  signer: world.signer('SC-AMR'),
  log: world.log('SC-AMR'),
  anchors: world.anchors,
  trustLists: world.trustLists,
  agreements: [world.signedAgreement],
  now: () => Date.parse(DEMONSTRATION_TIME) / 1000,
}
const stores = [await openStore(), await openStore()] as const
const [first, second] = await Promise.all(stores.map((store) => createNode({ ...shared, store })))

const submit = async (node: Node | undefined, { signer, record }: Fixture) =>
  node?.submit({ statement: await world.sign(signer, record), sender: organisation(signer).uscc, requestId: randomUUID() })
const submitted = await Promise.all([submit(first, fixtures.F01), submit(second, fixtures.F04)])
const { size } = await stores[0].readLog()
console.log('decisions', ...submitted.map((one) => one?.decision), '| entries in one log:', size)
await Promise.all(stores.map((store) => store.close()))
