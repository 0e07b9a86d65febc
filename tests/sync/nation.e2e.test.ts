// Why this exists: a simulation that cannot fail proves nothing. A small nation must end with no statement lost, with the same result each
// time, and each fault injected into a node must fail the run.
import { describe, expect, it } from 'vitest'
import { type NationOptions, type Outcome, simulateNation } from '../../bench/simulate/nation.js'
import type { Sabotage } from '../../bench/simulate/sabotage.js'

const SMALL = { provinces: 4, days: 0.5, rate: 12, seed: 'nation', intervalSeconds: 1800, peers: 2, loss: 0.01 } as const

const simulate = (sabotage?: Sabotage, changes: Partial<NationOptions> = {}): Promise<Outcome> =>
  simulateNation({ ...SMALL, ...changes, sabotage })

describe('a simulated nation of four provinces', () => {
  it('loses and doubles nothing through partitions, a late list, a replaced key, a forked log and a lost database', async () => {
    const found = await simulate()
    expect(found.faults).toEqual([])
    expect(found.proof).toMatchObject({ lost: 0, doubled: 0, moved: 0, findings: 0, revocationsMissing: 0 })
    // The run must have tried every operation, or it proves nothing.
    expect(found.records).toBeGreaterThan(15)
    expect(found.revocations).toBeGreaterThan(2)
    expect(found.propagation.count).toBeGreaterThan(6)
    expect(found.lists.count).toBe(6)
    expect(found.work.taken).toBeGreaterThan(50)
    expect(found.proof.forksProved).toBeGreaterThan(0)
    for (const code of ['client.network', 'request.list-expired', 'log.behind-head']) expect(found.refusals[code], code).toBeGreaterThan(0)
  })

  it('is the same each time', async () => {
    const short = { days: 0.1 } as const
    const [one, other] = [await simulate(undefined, short), await simulate(undefined, short)]
    expect(one.records).toBeGreaterThan(0)
    expect([other.proof.roots, other.propagation, other.lists, other.rounds]).toEqual([
      one.proof.roots,
      one.propagation,
      one.lists,
      one.rounds,
    ])
  })

  it.each([
    ['drop', /lost \d/],
    ['deaf', /revocationsMissing \d/],
    ['double', /doubled \d/],
    ['blind', /no node has the proof/],
  ] as const)('fails where a fault is put into a node: %s', async (sabotage, reason) => {
    // Many losses, so that an institute surely has to submit twice.
    const { faults } = await simulate(sabotage, { days: 0.3, ...(sabotage === 'double' && { loss: 0.1 }) })
    expect(
      faults.some((fault) => reason.test(fault)),
      faults.join('\n'),
    ).toBe(true)
  })
})
