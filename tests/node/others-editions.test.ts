// Why this exists: a peer authority must not start or end a national edition in our province; it declares editions for its own province only.
import { fixtures } from 'tongheng/testing'
import { expect, it } from 'vitest'
import { fill } from '../support/nodes/pair.js'
import { openWorld, taximeter } from '../support/nodes/world.js'

it('a national edition that the other authority declares ended raises an alarm and changes no verdict for this province', async () => {
  const told: { code: string; number: unknown }[] = []
  const world = await openWorld({ node: { alarm: ({ code, details }) => told.push({ code, number: details.number }) } })
  const statement = await world.authorities.sign('CD', taximeter('01'))
  const before = await world.node.judge(statement, { region: '50' })
  const ended = {
    ...fixtures.F10.record,
    number: 'JJG 517-2016',
    publishedOn: '2021-02-01',
    effectiveOn: '2021-03-01',
    abolishedOn: '2025-01-02',
    adoptions: undefined,
  } as typeof fixtures.F10.record
  await fill(world, [await world.authorities.sign('CQ-AMR', ended)])
  await world.node.refresh()
  expect(told).toEqual([{ code: 'specification.declared-elsewhere', number: 'JJG 517-2016' }])
  const asked = (region: '50' | '51') => world.node.judge(statement, { region })
  expect((await asked('51')).outcome).toBe('recognised')
  // An edition in Chongqing depends on Chongqing's own declaration.
  expect(before.outcome).toBe('recognised')
  expect((await asked('50')).checks.find(({ id }) => id === 'condition.specification-in-force')?.code).toBe('specification.abolished')
})
