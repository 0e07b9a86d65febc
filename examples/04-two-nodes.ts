/** Two nodes, one process: an institute submits to its own, the other imports the record and judges it again. */
import { createClient } from 'tongheng/client'
import { createNode } from 'tongheng/node'
import { createServer } from 'tongheng/server'
import { createMemoryStore } from 'tongheng/stores/memory'
import { followNode } from 'tongheng/sync'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures, type OrganisationKey, organisation } from 'tongheng/testing'

const world = await createFakeAuthorities({ witnessKeys: true })
const now = (): number => Date.parse(DEMONSTRATION_TIME) / 1000

async function open(authority: 'SC-AMR' | 'CQ-AMR', url: string) {
  const { uscc, name, region } = organisation(authority)
  const node = await createNode({
    id: url,
    url,
    authority: uscc,
    name,
    region,
    signer: world.signer(authority),
    log: world.log(authority),
    store: createMemoryStore(), // tongheng/stores/sqlite in earnest
    anchors: world.anchors,
    trustLists: world.trustLists,
    agreements: [world.signedAgreement],
    now,
  })
  const { fetch } = createServer({ node }) // mount it on any server that speaks Request and Response
  const clientFor = (caller: OrganisationKey) =>
    createClient({
      node: { url },
      caller: { iss: organisation(caller).uscc, signer: world.signer(caller) },
      trust: world.trust,
      fetch,
      now,
    })
  return { node, clientFor }
}

const sichuan = await open('SC-AMR', 'https://sichuan.example')
const chongqing = await open('CQ-AMR', 'https://chongqing.example')

const statement = await world.sign('CD', fixtures.F01.record)
const first = await sichuan.clientFor('CD').records.submit(statement)
const again = await sichuan.clientFor('CD').records.submit(statement)
console.log('receipt', first.claims.decision, '| the same receipt on a retry:', first.receipt === again.receipt)

// Chongqing follows the log of Sichuan: it verifies every page by its checkpoint and judges every record again; each node cosigns the log of the other.
const authority = organisation('SC-AMR').uscc
for await (const event of followNode({ node: chongqing.node, client: sichuan.clientFor('CQ-AMR'), authority })) {
  if (event.kind === 'progress') console.log('Chongqing took over', event.cursor, 'of', event.size, 'entries')
  if (event.kind === 'cosigned') console.log('Sichuan cosigned the log of Chongqing, of', event.size)
}
for await (const entry of chongqing.clientFor('YB').records.list({ plate: '川A·T0001' })) {
  console.log('found by plate', entry.number, entry.decision)
}
