/** Follows the log of another node page by page, then audits a log entry by entry, as an operator does before a restore or after an incident. */
import { createClient } from 'tongheng/client'
import { createNode, type NodeOptions, type Store } from 'tongheng/node'
import { createServer } from 'tongheng/server'
import { createMemoryStore } from 'tongheng/stores/memory'
import { auditLog, syncLog } from 'tongheng/sync'
import { createFakeAuthorities, DEMONSTRATION_TIME, fixtures, type OrganisationKey, organisation } from 'tongheng/testing'

const world = await createFakeAuthorities({ witnessKeys: true })
const { anchors, trust, trustLists, signedAgreement } = world
const now = (): number => Date.parse(DEMONSTRATION_TIME) / 1000

const optionsOf = (authority: 'SC-AMR' | 'CQ-AMR', url: string, store: Store): NodeOptions => {
  const { uscc, name, region } = organisation(authority)
  const keys = { signer: world.signer(authority), log: world.log(authority) }
  return { id: url, url, authority: uscc, name, region, ...keys, store, anchors, trustLists, agreements: [signedAgreement], now }
}

const store = createMemoryStore() // tongheng/stores/sqlite in production
const sichuan = await createNode(optionsOf('SC-AMR', 'https://sichuan.example', store))
const chongqing = await createNode(optionsOf('CQ-AMR', 'https://chongqing.example', createMemoryStore()))
const { fetch } = createServer({ node: sichuan })
const clientFor = (caller: OrganisationKey) =>
  createClient({
    node: { url: sichuan.options.url },
    caller: { iss: organisation(caller).uscc, signer: world.signer(caller) },
    trust,
    fetch,
    now,
  })

for (const { signer, record } of [fixtures.F01, fixtures.F04]) await clientFor(signer).records.submit(await world.sign(signer, record))

// Before an entry is stored, its page is proved against the checkpoint, and the entry is verified here.
const { log, records } = clientFor('CQ-AMR')
const source = { ...log, receipt: async (statementId: string) => (await records.get(statementId)).receipt }
const authority = organisation('SC-AMR').uscc
for await (const { cursor, size, taken } of syncLog({ node: chongqing, source, authority })) {
  console.log(`Chongqing imported ${taken} entries: ${cursor} of ${size}`)
}

/** Audits a store against the trust lists: no network, no keys. */
async function audit(audited: Store): Promise<string> {
  const codes: string[] = []
  let seen = 0
  for await (const { checked, findings } of auditLog({ store: audited, trust, authority, now: now() })) {
    codes.push(...findings.map(({ code }) => code))
    seen = checked
  }
  return `${seen} entries, ${codes.length === 0 ? 'nothing found' : codes.join(', ')}`
}
console.log('audit of the log of Sichuan:', await audit(store))

// An attacker with write access to the database replaces a decision. The signed receipt contradicts it.
const altered: Store = {
  ...store,
  async listEntries(query, page) {
    const found = await store.listEntries(query, page)
    return { ...found, items: found.items.map((entry, at) => (at === 0 ? { ...entry, decision: 'rejected' as const } : entry)) }
  },
}
console.log('audit after a decision was changed:', await audit(altered))
