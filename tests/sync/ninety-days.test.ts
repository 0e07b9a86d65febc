// Why this exists: a node that was offline for ninety days meets trust lists it has never seen, and must lose no entry.
import { createSigner, generateKey, type Signer } from 'tongheng/envelope'
import { type AnyRecord, signRecord } from 'tongheng/records'
import { createFakeAuthorities } from 'tongheng/testing'
import type { TrustListPayload } from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { entriesOf, fill, follow, nextList, openChongqing, originOf, signMany } from '../support/nodes/pair.js'
import { NOW, openWorld, taximeter, uscc, type World } from '../support/nodes/world.js'

const DAY = 86_400
let sichuan: World
let chongqing: World
let written: string[]
let entity: number

/** Submits with receipts: once the key of the institute is revoked, they prove which records are older. */
async function submitAll(statements: readonly string[]): Promise<void> {
  const submit = (statement: string) => sichuan.node.submit({ statement, sender: uscc('CD'), requestId: 'r' })
  await Promise.all(statements.map(submit))
}

type List = Parameters<typeof nextList>[0]
const current = (payload: TrustListPayload, at: number): [string, unknown][] => [
  ['/iat', at],
  ['/nextUpdate', at + 14 * DAY],
  ['/exp', at + 30 * DAY],
  ['/entities', payload.entities],
]

/** Three more versions of Sichuan's list, one per month: renewed; with another key of the Chengdu institute; under another root. */
async function history(first: List, roots: readonly [Signer, ...Signer[]]) {
  const [newKey, newRoot] = await Promise.all([generateKey('ES256'), generateKey('Ed25519')])
  const second = await nextList(first, roots, ...current(first.payload, NOW + 28 * DAY))
  const [oldKey] = first.payload.entities[entity]?.keys ?? []
  if (oldKey === undefined) throw new Error('the Chengdu institute has no key')
  const third = await nextList(
    second,
    roots,
    ...current(second.payload, NOW + 56 * DAY),
    [`/entities/${entity}/keys/0/revoked`, { at: NOW + 56 * DAY, reason: '到期更换', retroactive: false }],
    [`/entities/${entity}/keys/-`, { ...oldKey, jwk: newKey.publicJwk, notBefore: NOW + 55 * DAY }],
  )
  const fourth = await nextList(third, [...roots, await createSigner(newRoot.privateJwk)], ...current(third.payload, NOW + 84 * DAY), [
    '/roots',
    { keys: [newRoot.publicJwk], threshold: 1 },
  ])
  return { lists: [second, third, fourth].map(({ signed }) => signed), newSigner: await createSigner(newKey.privateJwk) }
}

beforeAll(async () => {
  // Separate keys, because the lists of this file continue those of the shared ones.
  const authorities = await createFakeAuthorities({ witnessKeys: true })
  sichuan = await openWorld({ authorities })
  chongqing = await openChongqing({ authorities })
  const [first] = authorities.trust.lists as unknown as [List]
  entity = first.payload.entities.findIndex((one) => one.uscc === uscc('CD'))
  const { lists, newSigner } = await history(first, authorities.rootSigners('SC-AMR'))

  const early = await signMany(authorities, 130, '早')
  await fill(sichuan, early.slice(0, 100))
  await follow(chongqing, sichuan)
  await submitAll(early.slice(100))
  written = [...early]
  for (const [month, list] of lists.entries()) {
    sichuan.clock.now = NOW + (month + 1) * 28 * DAY + 3600
    expect(await sichuan.node.learn({ trustLists: [list] })).toEqual([])
    const sign = (no: string): Promise<string> =>
      month === 0
        ? authorities.sign('CD', taximeter(no), { at: sichuan.clock.now })
        : signRecord(taximeter(no) as AnyRecord, { signer: newSigner, at: sichuan.clock.now } as Parameters<typeof signRecord>[1])
    const more = await Promise.all(Array.from({ length: 60 }, (_, n) => sign(`${month + 2}月-${n}`)))
    await submitAll(more)
    written.push(...more)
  }
  // Submissions run concurrently, so their order is that of the log.
  const inLog = (await entriesOf(sichuan)).map(({ statement }) => statement)
  expect(new Set(inLog)).toEqual(new Set(written))
  written = inLog
  sichuan.clock.now = NOW + 90 * DAY
  chongqing.clock.now = NOW + 90 * DAY
})

describe('a node that was offline for ninety days', () => {
  it('cannot verify under its old lists, and reports it', async () => {
    expect(chongqing.node.trust.lists.map(({ payload }) => payload.version)).toEqual([1, 1])
    expect(chongqing.node.unready().map(({ en }) => en)).toHaveLength(2)
    expect((await chongqing.node.judge(written[0] as string)).outcome).toBe('indeterminate')
  })

  it('cannot read from the peer while its own list is expired, and can once it has published a newer one', async () => {
    await expect(follow(chongqing, sichuan)).rejects.toMatchObject({
      code: 'request.list-expired',
      details: { problemCode: 'request.list-expired' },
    })
    const [, own] = chongqing.authorities.trust.lists as unknown as [List, List]
    const renewed = await nextList(own, chongqing.authorities.rootSigners('CQ-AMR'), ...current(own.payload, NOW + 89 * DAY))
    for (const { node } of [chongqing, sichuan]) expect(await node.learn({ trustLists: [renewed.signed] })).toEqual([])
  })

  it('imports every version in between, and every record signed under any of them', async () => {
    const events = await follow(chongqing, sichuan, { batchSize: 256 })
    expect(events.filter(({ kind }) => kind === 'learned')).toEqual([])
    expect(chongqing.node.trust.lists.map(({ payload }) => [payload.iss, payload.version])).toEqual([
      [uscc('CQ-AMR'), 2],
      [uscc('SC-AMR'), 4],
    ])
    expect(chongqing.node.trust.versions(uscc('SC-AMR')).map(({ payload }) => payload.version)).toEqual([1, 2, 3, 4])
    const taken = events.flatMap((event) => (event.kind === 'progress' ? [[event.cursor, event.taken, event.known, event.skipped]] : []))
    expect(taken).toEqual([
      [256, 156, 0, 0],
      [310, 54, 0, 0],
    ])
    const entries = await entriesOf(chongqing)
    expect(entries.map(({ statement }) => statement)).toEqual(written)
    expect(entries.filter(({ decision }) => decision !== 'accepted')).toEqual([])
    expect(await chongqing.store.listSkipped(originOf(sichuan), { not: '', limit: 10 })).toEqual([])
  })

  it('still has them after a restart with its first configuration', async () => {
    const again = await openChongqing({ authorities: chongqing.authorities, store: chongqing.store })
    again.clock.now = NOW + 90 * DAY
    await again.node.refresh()
    expect(again.node.trust.lists.map(({ payload }) => [payload.iss, payload.version])).toEqual([
      [uscc('CQ-AMR'), 2],
      [uscc('SC-AMR'), 4],
    ])
    expect((await again.node.judge(written.at(-1) as string)).issuer).toBe(uscc('CD'))
  })
})
