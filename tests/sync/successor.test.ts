// Why this exists: a log is closed at the end of its year. Nodes that followed it must continue with its successor, and with no other log.
import { cosignCheckpoint, judgeClosing, openCheckpoint, readCheckpoint, signCheckpoint, signClosing, successorOf } from 'tongheng/log'
import { createMemoryStore } from 'tongheng/stores/memory'
import type { FollowEvent, FollowOptions } from 'tongheng/sync'
import { createFakeAuthorities } from 'tongheng/testing'
import { describe, expect, it } from 'vitest'
import { faultOf, faultOfAsync } from '../base/fault.js'
import { entriesOf, fill, follow, logHolder, nextList, openChongqing, originOf, signMany, sync } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, statementIdOf, uscc, type World } from '../support/nodes/world.js'

const NEXT = { origin: 'tongheng-51/2027', url: 'https://node-2027.example', id: 'tongheng-51-2027' }
describe('the last checkpoint of a log', () => {
  it('names its successor in a line that other readers of C2SP pass over, and is signed and cosigned whole', async () => {
    const { signer, key } = await logHolder(await fakeAuthorities(), 'SC-AMR')
    const witness = await logHolder(await fakeAuthorities(), 'CQ-AMR', 'witness')
    const head = { origin: signer.name, size: 3, root: new Uint8Array(32).fill(1) }
    const note = await signClosing(head, NEXT, signer)
    expect(note.split('\n').slice(0, 5)).toEqual([
      ...[signer.name, '3', Buffer.alloc(32, 1).toString('base64')],
      ...[`tongheng.log-closed/v1 ${NEXT.origin} ${NEXT.url} ${NEXT.id}`, ''],
    ])
    const cosigned = note + (await cosignCheckpoint(note, witness.signer, 1_750_000_000))
    expect(await openCheckpoint(cosigned, key, [witness.key])).toMatchObject({ size: 3, cosignatures: [{ name: witness.key.name }] })
    expect([successorOf(note), successorOf(cosigned)]).toEqual([NEXT, NEXT])
    expect(successorOf(await signCheckpoint(head, signer))).toBeUndefined()
    expect(successorOf(await signCheckpoint(head, signer, ['another extension']))).toBeUndefined()
    const forged = note.replace(NEXT.origin, 'mallory/2027')
    expect((await faultOfAsync(() => openCheckpoint(forged, key))).code).toBe('note.signature')
  })

  it.each([
    ['a space in the origin', { ...NEXT, origin: 'a b' }],
    ['no origin', { ...NEXT, origin: '' }],
    ['a URL of another scheme', { ...NEXT, url: 'ftp://x' }],
    ['a trailing slash', { ...NEXT, url: 'https://x/' }],
    ['a line break', { ...NEXT, id: 'a\nb' }],
    ['the log itself', { ...NEXT, origin: 'SELF' }],
  ])('is not signed with %s: log.closing', async (_, successor) => {
    const { signer } = await logHolder(await fakeAuthorities(), 'SC-AMR')
    const head = { origin: signer.name, size: 3, root: new Uint8Array(32).fill(1) }
    const given = successor.origin === 'SELF' ? { ...successor, origin: signer.name } : successor
    expect((await faultOfAsync(() => signClosing(head, given, signer))).code).toBe('log.closing')
  })

  it.each([
    ['of a later version', ['tongheng.log-closed/v2 a https://x']],
    ['twice', Array(2).fill('tongheng.log-closed/v1 a https://x')],
    ['without a URL', ['tongheng.log-closed/v1 a']],
  ])('with a line %s is rejected, not read as an open log: log.closing', async (_, lines: string[]) => {
    const { signer } = await logHolder(await fakeAuthorities(), 'SC-AMR')
    const note = await signCheckpoint({ origin: signer.name, size: 3, root: new Uint8Array(32) }, signer, lines)
    expect(faultOf(() => successorOf(note)).code).toBe('log.closing')
  })

  it('is distinguished from a stale copy and from a log that was reopened', async () => {
    const { signer } = await logHolder(await fakeAuthorities(), 'SC-AMR')
    const head = { origin: signer.name, size: 3, root: new Uint8Array(32).fill(1) }
    const [open, more] = [await signCheckpoint(head, signer), await signCheckpoint({ ...head, size: 4 }, signer)]
    const [closed, other] = [await signClosing(head, NEXT, signer), await signClosing(head, { ...NEXT, origin: 'x/2027' }, signer)]
    expect([judgeClosing(open, more), judgeClosing(open, closed), judgeClosing(closed, closed)]).toEqual(['open', 'open', 'closed'])
    expect([judgeClosing(closed, open), judgeClosing(closed, more), judgeClosing(closed, other)]).toEqual(['stale', 'reopened', 'reopened'])
    const smaller = { ...head, size: 2 }
    expect(judgeClosing(closed, await signCheckpoint(smaller, signer))).toBe('stale')
    expect(judgeClosing(closed, await signClosing(smaller, NEXT, signer))).toBe('reopened')
  })
})

/** Two logs of Sichuan, a later version of whose list has both, and the node of Chongqing. */
async function openPair() {
  const authorities = await createFakeAuthorities({ witnessKeys: true })
  const list = authorities.trust.lists.find(({ payload }) => payload.iss === uscc('SC-AMR'))
  if (list === undefined) throw new Error('no list')
  const { payload } = list
  const own = payload.logs[0] as (typeof payload.logs)[number]
  const prior = { payload, statementId: statementIdOf(list.signed[0] as string, 'metrology-trust-list+jwt') }
  const next = await nextList(prior, authorities.rootSigners('SC-AMR'), ['/logs', [...payload.logs, { ...own, origin: NEXT.origin }]])
  const trustLists = [...authorities.trustLists, next.signed]
  const log = { ...authorities.log('SC-AMR'), origin: NEXT.origin }
  const old = await openWorld({ authorities, store: createMemoryStore(), node: { trustLists } })
  const young = await openWorld({ authorities, node: { id: NEXT.id, url: NEXT.url, trustLists, log } })
  const chongqing = await openChongqing({ authorities })
  const more = await signMany(authorities, 12)
  return { authorities, next, old, young, chongqing, statements: more }
}
const kinds = (events: readonly FollowEvent[]): string[] => events.map(({ kind }) => kind)

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
    const { code } = await faultOfAsync(() => chongqing.node.closeLog({ origin: 'x/2027', url: 'https://x.example' }))
    expect(code).toBe('log.successor-unlisted')
    expect(successorOf((await chongqing.store.readLog()).checkpoint as string)).toBeUndefined()
  })
})

describe('a follower of a closed log', () => {
  const clientsOf = ({ young }: { readonly young: World }) => ({ clientOf: () => young.client('CQ-AMR') })

  it('imports the rest, follows the successor without configuration, and needs the old node no longer', async () => {
    const pair = await openPair()
    const { old, young, chongqing } = pair
    await fill(old, pair.statements.slice(0, 6))
    await follow(chongqing, old, clientsOf(pair))
    await old.node.closeLog(NEXT)
    await fill(young, pair.statements.slice(6, 9))
    const events = await follow(chongqing, old, clientsOf(pair))
    expect(events.filter(({ kind }) => kind === 'succeeded')).toEqual([{ kind: 'succeeded', successor: NEXT }])
    expect(await entriesOf(chongqing)).toHaveLength(9)
    await fill(young, pair.statements.slice(9))
    const asked: string[] = []
    const client = Object.create(old.client('CQ-AMR'), {
      log: {
        get() {
          throw new Error('the old node is gone')
        },
      },
    })
    const clientOf: FollowOptions['clientOf'] = ({ url }) => {
      asked.push(url)
      return young.client('CQ-AMR')
    }
    await follow(chongqing, old, { client, clientOf })
    expect(await entriesOf(chongqing)).toHaveLength(12)
    expect(asked).toEqual([NEXT.url])
  })

  it('does not believe a successor that only the log names: log.successor-unlisted, until the list has it', async () => {
    const pair = await openPair()
    const { old, young, chongqing, authorities } = pair
    await fill(old, pair.statements.slice(0, 3))
    const { signer } = await logHolder(authorities, 'SC-AMR')
    const head = readCheckpoint((await old.store.readLog()).checkpoint as string)
    const note = await signClosing(head, { origin: 'mallory.example/2027', url: 'https://mallory.example' }, signer)
    await old.store.sequence(({ append }) => append({ entries: [], tileRoots: [], checkpoint: note }))
    let asked = 0
    const clientOf = () => {
      asked++
      return young.client('CQ-AMR')
    }
    const { code, details } = await faultOfAsync(() => follow(chongqing, old, { clientOf }))
    expect([code, details.origin, asked]).toEqual(['log.successor-unlisted', 'mallory.example/2027', 0])
    expect(await entriesOf(chongqing)).toHaveLength(3)
  })

  it('stops at a closed log that has grown: sync.reopened with both checkpoints; and does not witness it', async () => {
    const pair = await openPair()
    const { old, chongqing, authorities, next } = pair
    await fill(old, pair.statements.slice(0, 3))
    await old.node.closeLog(NEXT)
    await sync(chongqing, old)
    const grown = await openWorld({ authorities, node: { trustLists: [...authorities.trustLists, next.signed] } })
    await fill(grown, pair.statements.slice(0, 4))
    const { code, details } = await faultOfAsync(() => sync(chongqing, grown))
    expect([code, details.size, details.seen, (details.checkpoints as unknown[]).length]).toEqual(['sync.reopened', 4, 3, 2])
    const refused = await faultOfAsync(() => follow(grown, chongqing))
    expect(refused.details).toMatchObject({ status: 422, problemCode: 'witness.closed' })
  })

  it('preserves the closing checkpoint, even if a stale copy of an earlier one is served or witnessed again', async () => {
    const pair = await openPair()
    const { old, chongqing } = pair
    await fill(old, pair.statements.slice(0, 3))
    const before = (await old.store.readLog()).checkpoint as string
    await old.node.closeLog(NEXT)
    await sync(chongqing, old)
    const origin = originOf(old)
    const kept = (await chongqing.store.getPeer(origin))?.checkpoint
    expect(successorOf(kept as string)).toEqual(NEXT)
    await old.store.sequence(({ append }) => append({ entries: [], tileRoots: [], checkpoint: before }))
    await follow(chongqing, old)
    await follow(old, chongqing)
    expect((await chongqing.store.getPeer(origin))?.checkpoint).toBe(kept)
  })

  it('ends with the closed log if no client of the successor is given, and a closed log imports nothing from its peers', async () => {
    const pair = await openPair()
    const { old, chongqing } = pair
    await fill(chongqing, pair.statements.slice(0, 2))
    await old.node.closeLog(NEXT)
    expect(kinds(await follow(old, chongqing))).not.toContain('progress')
    expect((await entriesOf(old)).length).toBe(0)
    expect(kinds(await follow(chongqing, old))).not.toContain('succeeded')
  })
})
