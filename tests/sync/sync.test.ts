// Why this exists: both provinces have the same data only if each node imports every entry of the other, once, in order, and
// verifies it itself.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readReceipt } from 'tongheng/client'
import { emptyRoot } from 'tongheng/log'
import { signNotice } from 'tongheng/status'
import { createMemoryStore } from 'tongheng/stores/memory'
import { createSqliteStore } from 'tongheng/stores/sqlite'
import { syncLog } from 'tongheng/sync'
import { faultyRecords, fixtures, publications, send } from 'tongheng/testing'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { entriesOf, fill, follow, nextList, openChongqing, originOf, signMany, sourceOf, sync } from '../support/nodes/pair.js'
import { fakeAuthorities, NOW, openWorld, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

let statements: readonly string[]
/** Two states of one log: pages 0 and 1, the second partial. The tests do not add to them. */
let early: World
let late: World
let sichuan: World
let chongqing: World

beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 299)
  const entries = [...some(0, 200), await revocationOf(statements[3] as string), ...some(200, 299)]
  ;[early, late] = [await openWorld(), await openWorld()]
  await fill(early, entries.slice(0, 100))
  await fill(late, entries)
})

beforeEach(async () => {
  sichuan = await openWorld()
  chongqing = await openChongqing({ authorities: sichuan.authorities })
})

const some = (start: number, end: number): readonly string[] => statements.slice(start, end)
const idsOf = async (world: World): Promise<readonly string[]> => (await entriesOf(world)).map(({ statementId }) => statementId)
const sum = (account: readonly { readonly taken: number }[]): number => account.reduce((all, { taken }) => all + taken, 0)
const revocationOf = async (statement: string): Promise<string> =>
  signNotice(
    { iss: uscc('CD'), iat: NOW, action: 'revoke', statements: [statementIdOf(statement)], from: NOW - 60, reason: { zh: '标准器超差' } },
    (await fakeAuthorities()).signer('CD'),
  )

describe('an import', () => {
  it("includes every record and notice, over several pages and a partial last one, in the order of the peer's log", async () => {
    const account = await sync(chongqing, late)
    expect(account.map(({ cursor, size, taken, known, skipped }) => [cursor, size, taken, known, skipped])).toEqual([
      [256, 300, 256, 0, 0],
      [300, 300, 44, 0, 0],
    ])
    const [ours, theirs] = [await entriesOf(chongqing), await entriesOf(late)]
    expect(ours.map(({ statement }) => statement)).toEqual(theirs.map(({ statement }) => statement))
    expect(ours.map(({ position }) => position)).toEqual(theirs.map((_, at) => at))
    expect(ours.filter(({ kind }) => kind === 'notice')).toHaveLength(1)
    expect((await chongqing.node.judge(statements[3] as string)).decidedBy).toBe('status')
    // Both trees are equal: entries imported in order from the first have the same root.
    expect((await chongqing.store.readLog()).checkpoint?.split('\n').slice(1, 3)).toEqual(
      (await late.store.readLog()).checkpoint?.split('\n').slice(1, 3),
    )
  })

  it('of an empty log stores its first checkpoint and no entry', async () => {
    expect(await sync(chongqing, sichuan)).toEqual([])
    const peer = await chongqing.store.getPeer(originOf(sichuan))
    expect(peer).toMatchObject({ size: 0, cursor: 0, checkpoint: expect.stringContaining(Buffer.from(emptyRoot()).toString('base64')) })
    await fill(sichuan, some(0, 1))
    expect(sum(await sync(chongqing, sichuan))).toBe(1)
  })

  it("decides by the node's own verification, not by the peer's decision", async () => {
    const wrong = faultyRecords.find(({ id }) => id === 'N22')
    if (wrong === undefined) throw new Error('N22 is gone')
    await fill(sichuan, [await send(sichuan.authorities, wrong), await send(sichuan.authorities, fixtures.F01)])
    chongqing.clock.now += 100
    await sync(chongqing, sichuan)
    const [faulty, good] = await entriesOf(chongqing)
    expect([faulty?.decision, faulty?.outcome, good?.decision, good?.outcome]).toEqual([
      'rejected',
      'not-recognised',
      'accepted',
      'recognised',
    ])
    expect([faulty?.receivedAt, good?.receivedAt, good?.search.region]).toEqual([NOW + 100, NOW + 100, '51'])
  })

  it('verifies each entry against earlier ones of the same page: specifications, adoptions, revocations', async () => {
    const rest = [fixtures.F10, ...publications, fixtures.F11, fixtures.F12, fixtures.F13]
    const later = await Promise.all(rest.map((fixture) => send(sichuan.authorities, fixture)))
    const revoked = statements[0] as string
    await fill(sichuan, [...later, await revocationOf(revoked), revoked, ...some(1, 20)])
    await sync(chongqing, sichuan)
    expect(await idsOf(chongqing)).toEqual(await idsOf(sichuan))
    for (const { statement, kind, code, outcome, decision } of await entriesOf(chongqing)) {
      if (kind === 'notice') continue
      const { outcome: now } = await chongqing.node.judge(statement)
      expect([kind, outcome, decision], code).toEqual([kind, now, statement === revoked ? 'rejected' : 'accepted'])
    }
  })

  it('issues no receipt until the sender submits the record here; that receipt proves its index in our log and never changes', async () => {
    await fill(sichuan, some(0, 40))
    await sync(chongqing, sichuan)
    expect((await entriesOf(chongqing)).filter(({ receipt }) => receipt !== undefined)).toEqual([])
    const statement = statements[7] as string
    const { submit } = chongqing.client('CD').records
    const receipts = await Promise.all([submit(statement), submit(statement), submit(statement)])
    chongqing.clock.now += 60
    const { receipt, isNew, claims } = await submit(statement)
    expect(new Set(receipts.map((one) => one.receipt))).toEqual(new Set([receipt]))
    expect([isNew, ...receipts.map((one) => one.isNew)]).toEqual([false, false, false, false])
    expect(claims).toMatchObject({ iss: uscc('CQ-AMR'), aud: uscc('CD'), sub: statementIdOf(statement), log: { index: 7 } })
    expect(await readReceipt(receipt, chongqing.authorities.trust)).toEqual(claims)
    expect((await entriesOf(chongqing)).filter((entry) => entry.receipt !== undefined)).toHaveLength(1)
    expect((await chongqing.store.getEntry(statementIdOf(statement)))?.receipt).toBe(receipt)
    // The peer's receipt is not passed on.
    expect((await entriesOf(sichuan))[7]?.receipt).not.toBe(receipt)
  })

  it('does not change an entry that is already stored, neither its receipt nor its index', async () => {
    const [first] = statements as [string]
    const { receipt } = await chongqing.client('CD').records.submit(first)
    await fill(sichuan, some(0, 3))
    expect((await sync(chongqing, sichuan)).map(({ taken, known, skipped }) => [taken, known, skipped])).toEqual([[2, 1, 0]])
    expect(await chongqing.store.getEntry(statementIdOf(first))).toMatchObject({ receipt, position: 0 })
    expect(await idsOf(chongqing)).toHaveLength(3)
  })
})

describe('a second round', () => {
  it('changes nothing and requests no page; a third imports only new entries', async () => {
    await sync(chongqing, early)
    const before = await idsOf(chongqing)
    const source = sourceOf(early)
    expect(await sync(chongqing, early, source)).toEqual([])
    expect([source.asked, await idsOf(chongqing)]).toEqual([[], before])
    const later = sourceOf(late)
    expect(await sync(chongqing, late, later)).toEqual([
      { cursor: 256, size: 300, taken: 156, known: 0, skipped: 0 },
      { cursor: 300, size: 300, taken: 44, known: 0, skipped: 0 },
    ])
    expect(later.asked).toEqual(['0/256', '1/44'])
  })

  it('between two nodes that follow each other is the last: each has all entries of both, once', async () => {
    await fill(sichuan, some(0, 30))
    await fill(chongqing, some(20, 50))
    const told = []
    for (let round = 0; round < 4; round++) {
      const events = [...(await follow(chongqing, sichuan)), ...(await follow(sichuan, chongqing))]
      told.push(events.flatMap((event) => (event.kind === 'progress' ? [event.taken] : [])).reduce((all, taken) => all + taken, 0))
    }
    expect(told).toEqual([20 + 20, 0, 0, 0])
    const [ours, theirs] = [await idsOf(chongqing), await idsOf(sichuan)]
    expect([ours.length, new Set(ours)]).toEqual([50, new Set(theirs)])
  })
})

describe('an interrupted sync', () => {
  it('continues in the middle of a page after the node was restarted on its file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tongheng-sync-'))
    const open = async () =>
      openChongqing({ authorities: sichuan.authorities, store: await createSqliteStore({ file: join(folder, 'node.db') }) })
    try {
      const first = await open()
      await sync(first, early)
      await first.store.close()
      const second = await open()
      expect(await second.store.getPeer(originOf(late))).toMatchObject({ size: 100, cursor: 100 })
      expect(await sync(second, late, undefined, 1)).toMatchObject([{ cursor: 256, taken: 156 }])
      await second.store.close()
      const third = await open()
      expect(await third.store.getPeer(originOf(late))).toMatchObject({ size: 300, cursor: 256 })
      const source = sourceOf(late)
      expect(await sync(third, late, source)).toMatchObject([{ cursor: 300, taken: 44 }])
      expect(source.asked).toEqual(['1/44'])
      expect(await idsOf(third)).toEqual(await idsOf(late))
      await third.store.close()
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('loses nothing of the page if the store failed', async () => {
    const store = { ...createMemoryStore() }
    const receiver = await openChongqing({ authorities: sichuan.authorities, store })
    const { sequence } = store
    store.sequence = () => Promise.reject(new Error('disk full'))
    await expect(sync(receiver, early)).rejects.toThrow('disk full')
    expect(await store.getPeer(originOf(early))).toMatchObject({ size: 100, cursor: 0 })
    store.sequence = sequence
    await sync(receiver, early)
    expect(await idsOf(receiver)).toEqual(await idsOf(early))
  })

  it('ends with the reason of its signal between two pages, and imported entries remain', async () => {
    const controller = new AbortController()
    const source = sourceOf(late, {
      entries: async (page, width) => {
        controller.abort(new Error('enough'))
        return late.client('SC-AMR').log.entries(page, width)
      },
    })
    const { signal } = controller
    const rounds = syncLog({ node: chongqing.node, source, authority: uscc('SC-AMR'), signal, batchSize: 256 })
    expect((await rounds.next()).value).toMatchObject({ cursor: 256 })
    await expect(rounds.next()).rejects.toThrow('enough')
    expect(await idsOf(chongqing)).toEqual((await idsOf(late)).slice(0, 256))
    expect((await chongqing.store.getPeer(originOf(late)))?.cursor).toBe(256)
  })
})

describe('an entry that cannot be stored', () => {
  /** Trust lists of Sichuan: one without the Chengdu institute, and the next one with it. */
  async function listsWithout() {
    const { authorities } = sichuan
    const [of, other] = authorities.trust.lists
    if (of?.payload.region !== '51' || other === undefined) throw new Error('lists in another order')
    const entities = of.payload.entities.filter((entity) => entity.uscc !== uscc('CD'))
    const signers = authorities.rootSigners('SC-AMR')
    const first = await nextList(
      { ...of, payload: { ...of.payload, version: 0 } },
      signers,
      ['/entities', entities],
      ['/previous', undefined],
    )
    const second = await nextList(first, signers, ['/entities', of.payload.entities])
    return { first: [first.signed, other.signed], second: [first.signed, second.signed, other.signed] }
  }

  /** One node with the newer lists, and one without. */
  async function nodesWithout() {
    const { first, second } = await listsWithout()
    const sender = await openWorld({ node: { trustLists: second } })
    const store = { ...createMemoryStore() }
    const receiver = await openChongqing({ authorities: sichuan.authorities, store, node: { trustLists: first } })
    return { sender, store, receiver }
  }

  it('because a newer trust list is missing is recorded as skipped, and imported under that list', async () => {
    const { sender, receiver } = await nodesWithout()
    await fill(sender, [...some(0, 258), await send(sichuan.authorities, fixtures.F07), ...some(258, 260)])
    expect((await sync(receiver, sender)).map(({ taken, skipped }) => [taken, skipped])).toEqual([
      [0, 256],
      [1, 4],
    ])
    const noted = await receiver.store.listSkipped(originOf(sender), { not: '', limit: 1000 })
    expect(noted.map(({ index, code }) => [index, code])).toEqual([...Array(258).keys(), 259, 260].map((index) => [index, 'key.unknown']))
    // Under the same lists, on the same day, it is not requested again.
    const source = sourceOf(sender)
    expect([await sync(receiver, sender, source), source.asked]).toEqual([[], []])
    const events = await follow(receiver, sender)
    expect(events.flatMap((event) => (event.kind === 'progress' ? [[event.taken, event.skipped]] : []))).toEqual([
      [256, 0],
      [4, 0],
    ])
    expect(new Set(await idsOf(receiver))).toEqual(new Set(await idsOf(sender)))
    expect(await receiver.store.listSkipped(originOf(sender), { not: '', limit: 1000 })).toEqual([])
  })

  it('does not open a log transaction', async () => {
    const { sender, store, receiver } = await nodesWithout()
    await fill(sender, some(0, 5))
    store.sequence = () => Promise.reject(new Error('a turn for nothing'))
    expect(await sync(receiver, sender)).toMatchObject([{ taken: 0, skipped: 5 }])
  })

  it('remains recorded as skipped if the node fails while importing it', async () => {
    const { sender, store, receiver } = await nodesWithout()
    await fill(sender, some(0, 5))
    await sync(receiver, sender)
    const { sequence } = store
    store.sequence = () => Promise.reject(new Error('disk full'))
    await expect(follow(receiver, sender)).rejects.toThrow('disk full')
    store.sequence = sequence
    await follow(receiver, sender)
    expect(await idsOf(receiver)).toEqual(await idsOf(sender))
  })

  it('because its signature was damaged in transit is imported from an honest page on another day', async () => {
    await fill(sichuan, some(0, 3))
    const spoilt = sourceOf(sichuan, {
      entries: async (page, width) =>
        (await sichuan.client('SC-AMR').log.entries(page, width)).map((statement, at) =>
          at === 1 ? statement.replace(/.{6}$/, 'AAAAAA') : statement,
        ),
    })
    expect(await sync(chongqing, sichuan, spoilt)).toMatchObject([{ taken: 2, skipped: 1 }])
    expect(await chongqing.store.listSkipped(originOf(sichuan), { not: '', limit: 9 })).toMatchObject([
      { index: 1, code: 'signature.invalid' },
    ])
    chongqing.clock.now += 86_400
    expect(await sync(chongqing, sichuan)).toMatchObject([{ cursor: 3, size: 3, taken: 1, skipped: 0 }])
    expect(new Set(await idsOf(chongqing))).toEqual(new Set(await idsOf(sichuan)))
  })

  it('because its name has another content here is stored too; each node returns its own by name', async () => {
    const jti = '01JQ0000000000000000000001'
    const [theirs, ours] = await Promise.all(['甲', '乙'].map((no) => sichuan.authorities.sign('CD', taximeter(no), { jti })))
    await fill(sichuan, [theirs as string, ...some(0, 2)])
    await fill(chongqing, [ours as string])
    expect(await sync(chongqing, sichuan)).toMatchObject([{ taken: 3, known: 0, skipped: 0 }])
    expect((await chongqing.store.getEntry(statementIdOf(theirs as string)))?.statement).toBe(theirs)
    expect((await chongqing.store.getEntryByName(uscc('CD'), jti))?.statement).toBe(ours)
    expect((await sichuan.store.getEntryByName(uscc('CD'), jti))?.statement).toBe(theirs)
  })
})

describe('the facts of a node', () => {
  it('include every notice, although the store failed after it was read', async () => {
    const store = { ...createMemoryStore() }
    const receiver = await openChongqing({ authorities: sichuan.authorities, store })
    const [statement] = statements as [string]
    expect((await receiver.node.judge(statement)).outcome).toBe('recognised')
    const { listEntries } = store
    store.listEntries = async (query, options) => {
      if (query.kind === 'technical-specification') throw new Error('disk I/O error')
      return listEntries(query, options)
    }
    const notice = { statement: await revocationOf(statement), sender: uscc('CD'), requestId: 'one' }
    await receiver.node.submitNotice(notice)
    await expect(receiver.node.judge(statement)).rejects.toThrow('disk I/O error')
    store.listEntries = listEntries
    expect((await receiver.node.judge(statement)).decidedBy).toBe('status')
  })

  it('include documents that were written during a read', async () => {
    const store = { ...createMemoryStore() }
    const receiver = await openChongqing({ authorities: sichuan.authorities, store })
    const [statement] = statements as [string]
    const { listDocumentNames } = store
    let isHeld = true
    let go = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    store.listDocumentNames = async () => {
      const names = await listDocumentNames()
      if (isHeld) await gate
      isHeld = false
      return names
    }
    receiver.clock.now += 10
    const early = receiver.node.judge(statement)
    const notice = receiver.node.submitNotice({ statement: await revocationOf(statement), sender: uscc('CD'), requestId: 'one' })
    go()
    await notice
    expect((await receiver.node.judge(statement)).decidedBy).toBe('status')
    expect((await early).issuer).toBe(uscc('CD'))
  })
})
