// Why this exists: the clock of a running node jumps by an hour, and is set right again. Callers with the right time must be served without
// intervention, statements acknowledged in the meantime must remain valid, and no request may count twice. (The doctor names the clock:
// tests/cli/doctor.)
import { createClient, type Receipt, readReceipt } from 'tongheng/client'
import { fixtures } from 'tongheng/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { entriesOf } from '../support/nodes/pair.js'
import { NOW, openWorld, problemOf, taximeter, uscc, type World } from '../support/nodes/world.js'

const HOUR = 3600
let world: World
let statement: string
/** Status and code of each answer to the client. */
let answers: (readonly [status: number, code?: string])[]

beforeEach(async () => {
  world = await openWorld()
  statement = await world.authorities.sign('CD', fixtures.F01.record)
  answers = []
})

/** A caller whose clock is right; a new client has stored no difference to the clock of the node. */
const caller = () =>
  createClient({
    node: { url: 'https://node.example', id: 'tongheng-51' },
    caller: { iss: uscc('CD'), signer: world.authorities.signer('CD') },
    trust: world.authorities.trust,
    retries: 0,
    now: () => NOW,
    fetch: async (request) => {
      const answer = await world.server.fetch(request)
      answers.push(answer.ok ? [answer.status] : [answer.status, (await problemOf(answer.clone())).code])
      return answer
    },
  })

describe.each([
  ['an hour ahead', HOUR],
  ['an hour behind', -HOUR],
])('the clock of a node that is %s', (_, shift) => {
  let first: Receipt
  beforeEach(async () => {
    world.clock.now = NOW + shift
    first = await caller().records.submit(statement)
  })

  it('is named to a caller, who corrects itself once and is served; the receipt has the time of the node', async () => {
    expect(answers).toEqual([[401, 'request.clock'], [201]])
    expect([first.claims.decision, first.claims.iat]).toEqual(['accepted', NOW + shift])
  })

  it('has no effect on what was acknowledged, once it is set right: the same receipt, which is genuine, and one entry', async () => {
    world.clock.now = NOW + 1
    const again = await caller().records.submit(statement)
    expect([again.receipt, again.isNew]).toEqual([first.receipt, false])
    expect((await readReceipt(first.receipt, world.authorities.trust)).decision).toBe('accepted')
    expect((await caller().records.submit(await world.authorities.sign('CD', taximeter('川检-后')))).claims.log?.index).toBe(1)
    expect(await entriesOf(world)).toHaveLength(2)
    expect((await world.send({ path: '/readyz', as: null })).status).toBe(200)
  })

  it('makes no request good a second time, neither while it is wrong nor once it is right', async () => {
    world.clock.now = NOW
    const used = await world.authorize({ path: '/v1/records' })
    const ask = async () => {
      const response = await world.send({ path: '/v1/records', authorization: used })
      return response.ok ? 'taken' : (await problemOf(response)).code
    }
    expect([await ask(), await ask()]).toEqual(['taken', 'request.replayed'])
    world.clock.now = NOW + shift
    expect(await ask()).toBe('request.clock')
    // Meanwhile others call: their requests cause the node to delete expired ones.
    expect((await caller().whoami()).iss).toBe(uscc('CD'))
    world.clock.now = NOW + 1
    expect(['request.replayed', 'request.clock-back']).toContain(await ask())
  })
})
