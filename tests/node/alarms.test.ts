// Why this exists: an operator is notified once of each alarm. A peer must not be able to fill the memory of the node with alarms.
import { TonghengError } from 'tongheng/errors'
import { expect, it } from 'vitest'
import { openWorld } from '../support/nodes/world.js'

it('ten thousand alarms are remembered, each raised once; one more, and the older half may be raised again', async () => {
  const notified: unknown[] = []
  const { node } = await openWorld({ node: { alarm: ({ details }) => notified.push(details.iss) } })
  const raise = (n: number): void =>
    node.alarms.raise(new TonghengError('status-list.not-of-issuer', { iss: String(n), uri: 'x', owner: 'x' }))
  const count = (): number | undefined => node.alarms.counts.get('status-list.not-of-issuer')
  for (let n = 0; n < 10_000; n++) raise(n)
  for (const n of [0, 4999, 9999]) raise(n)
  expect([count(), notified.length, notified[0]]).toEqual([10_000, 10_000, '0'])
  raise(10_000)
  for (const n of [5000, 9999, 10_000]) raise(n)
  expect(count()).toBe(10_001)
  for (const n of [0, 4999]) raise(n)
  expect([count(), notified.slice(-3)]).toEqual([10_003, ['10000', '0', '4999']])
})
