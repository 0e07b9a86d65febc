// Why this exists: a node closes its log at the end of a year. Nothing may be appended afterwards, by any process, and the receipts of its
// statements stay available.
import { readCheckpoint, successorOf } from 'tongheng/log'
import { describe, expect, it } from 'vitest'
import { faultOfAsync } from '../base/fault.js'
import { NEXT, openPair } from '../support/nodes/closing.js'
import { fill, originOf, signMany } from '../support/nodes/pair.js'
import { openWorld, uscc } from '../support/nodes/world.js'

describe('a closed log', () => {
  it('rejects new statements with log.closed, which names the successor, and returns the receipt of an old one again', async () => {
    const { old, authorities } = await openPair()
    const [first = '', second = ''] = await signMany(authorities, 2, '川检收')
    const client = old.client('CD')
    const { receipt } = await client.records.submit(first)
    const note = await old.node.closeLog(NEXT)
    expect(await old.node.closeLog(NEXT)).toBe(note)
    expect((await client.records.submit(first)).receipt).toBe(receipt)
    const refused = await faultOfAsync(() => client.records.submit(second))
    expect(refused.details).toMatchObject({ status: 409, problemCode: 'log.closed' })
    expect((await old.store.readLog()).size).toBe(1)
    for (const other of [{ origin: originOf(old) }, { url: 'https://x' }]) {
      const { code, details } = await faultOfAsync(() => old.node.closeLog({ ...NEXT, ...other }))
      expect([code, details.successor]).toEqual(['log.closed', NEXT.origin])
    }
  })

  it('ends with a checkpoint of all its entries, and is not closed by a node that has no log key: log.no-checkpoint', async () => {
    const { old, statements, authorities, next } = await openPair()
    await fill(old, statements.slice(0, 3))
    const note = await old.node.closeLog(NEXT)
    const { size, checkpoint } = await old.store.readLog()
    expect([checkpoint, size, readCheckpoint(note).size, successorOf(note)]).toEqual([note, 3, 3, NEXT])
    const trustLists = [...authorities.trustLists, next.signed]
    const without = await openWorld({ authorities, node: { trustLists, log: undefined } })
    expect((await faultOfAsync(() => without.node.closeLog(NEXT))).code).toBe('log.no-checkpoint')
  })

  it('stays closed when its node starts again', async () => {
    const { old, authorities, next } = await openPair()
    const note = await old.node.closeLog(NEXT)
    const again = await openWorld({ authorities, store: old.store, node: { trustLists: [...authorities.trustLists, next.signed] } })
    expect((await again.store.readLog()).checkpoint).toBe(note)
    const [statement = ''] = await signMany(authorities, 1, '川检再')
    expect((await faultOfAsync(() => again.client('CD').records.submit(statement))).details.problemCode).toBe('log.closed')
  })

  it('is not closed in favour of a log that the trust list of the authority does not have: log.successor-unlisted', async () => {
    const { chongqing } = await openPair()
    const { code, details } = await faultOfAsync(() => chongqing.node.closeLog({ origin: 'x/2027', url: 'https://x.example' }))
    expect([code, details]).toEqual(['log.successor-unlisted', { origin: 'x/2027', authority: uscc('CQ-AMR') }])
    expect(successorOf((await chongqing.store.readLog()).checkpoint as string)).toBeUndefined()
  })
})
