// Why this exists: a sender whose answer was lost sends the statement again. A stored statement has one receipt for ever; a rejection
// without an index in the log is valid for one request only, or an old one could be replayed to settle an outbox.
import { readReceipt } from 'tongheng/client'
import type { VerificationRecord } from 'tongheng/records'
import { change, fixtures } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { claimsOf, fakeAuthorities, openWorld, uscc, type World } from '../support/nodes/world.js'

/** The institute is not authorised for this category: the record is genuine, and is rejected. */
const rejected = async () =>
  (await fakeAuthorities()).sign(
    'CD',
    change(fixtures.F01.record as VerificationRecord, ['/certificateNo', '驳-1'], ['/instrument/category', 'sound-level-meter']),
  )
const submit = ({ node }: World, statement: string, requestId: string) => node.submit({ statement, sender: uscc('CD'), requestId })

describe('the receipt of a rejected record that is submitted again', () => {
  it('is the stored one, octet for octet, if it has an index in the log', async () => {
    const [world, statement] = [await openWorld(), await rejected()]
    const first = await submit(world, statement, 'first')
    expect([first.decision, first.isNew]).toEqual(['rejected', true])
    expect(await readReceipt(first.receipt)).toMatchObject({ req: 'first', log: { index: 0 } })
    for (const request of ['first', 'second']) {
      const again = await submit(world, statement, request)
      expect([again.receipt === first.receipt, again.isNew]).toEqual([true, false])
    }
  })

  it('is signed for the new request if it has no index, and is the stored one for the same request', async () => {
    const [world, statement] = [await openWorld({ node: { log: undefined } }), await rejected()]
    const first = await submit(world, statement, 'first')
    const { log, ...claims } = await readReceipt(first.receipt)
    expect([claims.decision, claims.req, log]).toEqual(['rejected', 'first', undefined])
    expect((await submit(world, statement, 'first')).receipt).toBe(first.receipt)
    const second = await submit(world, statement, 'second')
    expect(await readReceipt(second.receipt, world.authorities.trust)).toEqual({ ...claims, req: 'second' })
  })
})

it('the receipt of an accepted record is the stored one for every request, even without an index in a log', async () => {
  const world = await openWorld({ node: { log: undefined } })
  const statement = await world.authorities.sign('CD', fixtures.F01.record)
  const first = await submit(world, statement, 'first')
  expect([first.decision, (await readReceipt(first.receipt)).log]).toEqual(['accepted', undefined])
  expect((await submit(world, statement, 'second')).receipt).toBe(first.receipt)
})

describe('the check of a sender', () => {
  it('is called with the name of the record before anything is stored, and prevents that by an error', async () => {
    const [world, statement] = [await openWorld(), await rejected()]
    const names: unknown[] = []
    const admit = (name: object): void => {
      names.push(name)
      throw new Error('not yours')
    }
    await expect(world.node.submit({ statement, sender: uscc('LZ'), requestId: 'r', admit })).rejects.toThrow('not yours')
    expect(names).toMatchObject([{ iss: uscc('CD'), jti: claimsOf(statement).jti }])
    expect((await world.store.readLog()).size).toBe(0)
    // A text without claims has no name: it is rejected by its verdict.
    const { decision } = await world.node.submit({ statement: 'hello', sender: uscc('LZ'), requestId: 'r', admit })
    expect([decision, names.length]).toEqual(['rejected', 1])
  })
})
