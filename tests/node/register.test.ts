// Why this exists: an intruder who can write to the database of a node must not be able to readmit a revoked reader, by deleting its revocation,
// by restoring an old copy, or by writing an entry of their own.
import { generateKey, parsePayload, parseStatement, signStatement } from 'tongheng/envelope'
import {
  admitReader,
  confirmReaders,
  type HeadPlace,
  listReaders,
  type ReaderRegister,
  revokeReader,
  type Store,
  type StoredDocument,
} from 'tongheng/node'
import { createMemoryStore } from 'tongheng/stores/memory'
import { auditLog } from 'tongheng/sync'
import { createFakeAuthorities, DEMONSTRATION_TIME } from 'tongheng/testing'
import type { TrustListPayload } from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { type HeadInMemory, headInMemory } from '../support/nodes/head-in-memory.js'
import { nextList } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, uscc, type World } from '../support/nodes/world.js'

const NOW = Date.parse(DEMONSTRATION_TIME) / 1000
const authority = uscc('SC-AMR')
type Authorities = Awaited<ReturnType<typeof fakeAuthorities>>
type Key = Awaited<ReturnType<typeof generateKey>>
let authorities: Authorities
let keys: readonly Key[]
beforeAll(async () => {
  authorities = await fakeAuthorities()
  keys = await Promise.all([0, 1, 2].map(() => generateKey('ES256')))
})

const keyAt = (index: number): Key => keys[index] as Key
const register = (store: Store, place?: HeadPlace, now = NOW) => ({
  store,
  trust: authorities.trust,
  authority,
  now,
  place,
  signer: authorities.signer('SC-AMR'),
})
const admission = (index: number) => ({ key: keyAt(index).publicJwk, name: `读者${index}`, role: 'inspector', body: authority }) as const

/** Admits two readers and revokes the first. */
async function written(place?: HeadPlace): Promise<Store> {
  const store = createMemoryStore()
  await admitReader(register(store, place), admission(0))
  await admitReader(register(store, place), admission(1))
  await revokeReader(register(store, place), keyAt(0).kid)
  return store
}

/** Returns a store as an intruder with access to the database changes it: each document of the register altered, or removed. */
async function altered(store: Store, change: (document: StoredDocument) => StoredDocument | undefined): Promise<Store> {
  const copy = createMemoryStore()
  for (const document of await store.listDocuments('reader')) {
    const changed = change(document)
    if (changed !== undefined) await copy.putDocument(changed)
  }
  return copy
}
const without = (store: Store, version: number): Promise<Store> =>
  altered(store, (document) => (document.version === version ? undefined : document))

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: { code: string }) => error.code,
  )
const states = async (of: ReaderRegister): Promise<Record<string, string>> =>
  Object.fromEntries((await listReaders(of)).map(({ name, state }) => [name, state]))
async function audited(store: Store, place?: HeadPlace): Promise<string[]> {
  const found: string[] = []
  const { trust } = authorities
  for await (const { findings } of auditLog({ store, trust, authority, now: NOW, readersHead: place }))
    found.push(...findings.map(({ code }) => code))
  return found
}
const opened = (store: Store, place?: HeadPlace): Promise<World> => openWorld({ store, node: { readersHead: place } })

describe('the register of readers', () => {
  it('is a chain: each entry has a number, and the id of the entry before it', async () => {
    const entries = (await (await written()).listDocuments('reader')).map(({ signed }) =>
      parseStatement(signed[0] ?? '', 'metrology-reader+jwt'),
    )
    const claims = entries.map((entry) => parsePayload(entry))
    expect(claims.map(({ version }) => version)).toEqual([1, 2, 3])
    expect(claims.map(({ previous }) => previous)).toEqual([undefined, entries[0]?.id, entries[1]?.id])
  })

  it('accepts no reader if an entry was removed from its middle or its beginning', async () => {
    const store = await written()
    for (const version of [1, 2]) {
      const attacked = await without(store, version)
      expect(await codeOf(listReaders(register(attacked)))).toBe('reader.broken')
      expect(await codeOf(admitReader(register(attacked), admission(2)))).toBe('reader.broken')
      const { node } = await opened(attacked)
      expect([await node.readers.find(keyAt(1).kid), node.readers.fault?.code]).toEqual([undefined, 'reader.broken'])
      expect(node.warnings().map(({ en }) => en)).toContainEqual(expect.stringContaining('no reader is accepted'))
      expect(node.alarms.counts.get('reader.broken')).toBe(1)
      expect(await audited(attacked)).toContain('audit.readers')
    }
  })

  it('accepts no reader if an entry was replaced by a genuine one of another moment', async () => {
    const [store, other] = [await written(), await written()]
    const foreign = new Map((await other.listDocuments('reader')).map((document) => [document.version, document]))
    const attacked = await altered(store, (document) => (document.version === 2 ? foreign.get(2) : document))
    // Both registers admitted the readers in the same second, so their entries differ only in the signature, and the chain is intact.
    expect(await states(register(attacked))).toEqual({ 读者0: 'revoked', 读者1: 'admitted' })
    const later = await createLater()
    expect(await codeOf(listReaders(register(await altered(store, (document) => (document.version === 2 ? later : document)))))).toBe(
      'reader.broken',
    )
  })

  it('does not leave a reader admitted whose newest entry does not verify', async () => {
    const store = await written()
    const [last] = (await store.listDocuments('reader')).slice(-1)
    const claims = parsePayload(parseStatement(last?.signed[0] ?? '', 'metrology-reader+jwt'))
    const { id } = parseStatement(last?.signed[0] ?? '', 'metrology-reader+jwt')
    const signed = await signStatement(
      { ...claims, version: 4, previous: id, action: 'admit', exp: NOW + 86_400, key: keyAt(1).publicJwk },
      { typ: 'metrology-reader+jwt', signer: authorities.signer('CD') },
    )
    await store.putDocument({ collection: 'reader', name: authority, version: 4, signed: [signed] })
    expect(await states(register(store))).toEqual({ 读者0: 'revoked' })
    expect(await audited(store)).toContain('audit.document')
  })

  it('rejects a key that a trust list has; the audit reports no alteration, because the key may be listed later', async () => {
    const store = createMemoryStore()
    const key = authorities.keys.get('CD')?.publicJwk
    const claims = { iss: authority, iat: NOW, exp: NOW + 86_400, version: 1, action: 'admit', ...admission(0), key }
    const signed = await signStatement(claims, { typ: 'metrology-reader+jwt', signer: authorities.signer('SC-AMR') })
    await store.putDocument({ collection: 'reader', name: authority, version: 1, signed: [signed] })
    expect([await states(register(store)), await audited(store)]).toEqual([{}, []])
  })

  it('appends once if two processes append at the same time', async () => {
    const store = createMemoryStore()
    await Promise.all([0, 1, 2].map((index) => admitReader(register(store), admission(index))))
    expect(await states(register(store))).toEqual({ 读者0: 'admitted', 读者1: 'admitted', 读者2: 'admitted' })
  })
})

/** The second entry of a register whose readers were admitted a minute later. */
async function createLater(): Promise<StoredDocument> {
  const store = createMemoryStore()
  await admitReader(register(store, undefined, NOW + 60), admission(0))
  await admitReader(register(store, undefined, NOW + 60), admission(1))
  return (await store.listDocuments('reader'))[1] as StoredDocument
}

describe('the register of readers with a second place', () => {
  const place = (): HeadInMemory => headInMemory()

  it('accepts no reader if the newest entry, a revocation, was removed', async () => {
    const head = place()
    const store = await written(head)
    expect(await states(register(store, head))).toEqual({ 读者0: 'revoked', 读者1: 'admitted' })
    // Only an entry is written there.
    expect(head.swaps).toBe(3)
    const attacked = await without(store, 3)
    // Without the second place, the removal is not detected.
    expect(await states(register(attacked))).toEqual({ 读者0: 'admitted', 读者1: 'admitted' })
    expect(await codeOf(listReaders(register(attacked, head)))).toBe('reader.behind')
    const { node } = await opened(attacked, head)
    expect([await node.readers.reader(keyAt(0).kid), node.readers.fault?.code]).toEqual([undefined, 'reader.behind'])
    expect(await audited(attacked, head)).toContain('audit.readers')
    expect(await audited(store, head)).not.toContain('audit.readers')
  })

  it('accepts no reader if the whole register was removed', async () => {
    const head = place()
    await written(head)
    expect(await codeOf(listReaders(register(createMemoryStore(), head)))).toBe('reader.behind')
  })

  it('continues after a crash between the entry and the second place, and writes the head there', async () => {
    const head = place()
    const store = await written(head)
    const before = head.text
    await revokeReader(register(store), keyAt(1).kid)
    expect(head.text).toBe(before)
    const { node } = await opened(store, head)
    expect((await node.readers.find(keyAt(1).kid))?.state).toBe('revoked')
    expect(head.text).toContain('\n4\n')
    expect(await codeOf(listReaders(register(await without(store, 4), head)))).toBe('reader.behind')
  })

  it('is not moved by an entry that the operator did not sign', async () => {
    const head = place()
    const store = await written(head)
    const before = head.text
    const { id } = parseStatement((await store.getDocument('reader', authority))?.signed[0] ?? '', 'metrology-reader+jwt')
    const signed = await signStatement(
      { version: 4, previous: id, key: keyAt(2).publicJwk },
      { typ: 'metrology-reader+jwt', signer: authorities.signer('CD') },
    )
    await store.putDocument({ collection: 'reader', name: authority, version: 4, signed: [signed] })
    expect(await states(register(store, head))).toEqual({ 读者0: 'revoked', 读者1: 'admitted' })
    expect(head.text).toBe(before)
    await admitReader(register(store, head), admission(2))
    expect(head.text).toContain('\n5\n')
  })

  it('has no readers if none of its entries verifies, and leaves the second place as it is', async () => {
    const head = place()
    const store = await written(head)
    const before = head.text
    const { trust } = await createFakeAuthorities({ witnessKeys: true })
    expect(await listReaders({ ...register(store, head), trust })).toEqual([])
    expect(head.text).toBe(before)
  })

  it('accepts no reader until an empty second place is confirmed, and then uses the register as it is', async () => {
    const head = place()
    const store = await written()
    expect(await codeOf(listReaders(register(store, head)))).toBe('reader.unconfirmed')
    expect(await codeOf(revokeReader(register(store, head), keyAt(1).kid))).toBe('reader.unconfirmed')
    expect((await confirmReaders(register(store, head))).length).toBe(2)
    expect(await states(register(store, head))).toEqual({ 读者0: 'revoked', 读者1: 'admitted' })
    const restored = await without(store, 3)
    await confirmReaders(register(restored, head))
    await revokeReader(register(restored, head), keyAt(0).kid)
    expect(await states(register(restored, head))).toEqual({ 读者0: 'revoked', 读者1: 'admitted' })
  })

  it('is confirmed where nothing needs it: without a second place, and while it has no entry', async () => {
    const store = await written()
    expect((await confirmReaders(register(store))).map(({ state }) => state)).toEqual(['revoked', 'admitted'])
    const head = place()
    expect(await confirmReaders(register(createMemoryStore(), head))).toEqual([])
    expect(head.text).toBeUndefined()
  })

  it('accepts no reader while the second place cannot be read, or contains something else', async () => {
    const head = place()
    const store = await written(head)
    const world = await opened(store, head)
    const { node, clock } = world
    expect((await node.readers.reader(keyAt(1).kid))?.name).toBe('读者1')
    head.isAway = true
    clock.now += 5
    expect([await node.readers.reader(keyAt(1).kid), node.readers.fault?.code]).toEqual([undefined, 'reader.head'])
    // Other calls are still answered.
    expect((await world.send({ path: '/readyz', as: null })).status).toBe(200)
    expect((await world.send({ path: '/v1/records', as: 'SC-AMR' })).status).toBe(200)
    head.isAway = false
    clock.now += 5
    expect((await node.readers.reader(keyAt(1).kid))?.name).toBe('读者1')
    for (const text of ['', 'x', `${authority}\n0\n${'A'.repeat(43)}\n`, `${uscc('CQ-AMR')}\n1\n${'A'.repeat(43)}\n`]) {
      head.text = text
      expect(await codeOf(listReaders(register(store, head)))).toBe('reader.head')
    }
  })
})

describe('a running node', () => {
  it('does not read a broken register again at every request', async () => {
    const store = await without(await written(), 2)
    let reads = 0
    const { getDocument } = store
    store.getDocument = (...of) => {
      reads++
      return getDocument(...of)
    }
    const { node, clock } = await opened(store)
    expect(await node.readers.reader(keyAt(1).kid)).toBeUndefined()
    const once = reads
    for (let n = 0; n < 20; n++) await node.readers.reader(keyAt(1).kid)
    expect([once > 0, reads]).toEqual([true, once])
    clock.now += 5
    await node.readers.reader(keyAt(1).kid)
    expect(reads).toBeGreaterThan(once)
  })

  it('detects a rollback of the register, without a second place', async () => {
    const store = await written()
    let current = store
    // A store whose documents another process replaces.
    const seen = Object.create(store, {
      getDocument: { value: (...of: Parameters<Store['getDocument']>) => current.getDocument(...of) },
      listDocuments: { value: (...of: Parameters<Store['listDocuments']>) => current.listDocuments(...of) },
    }) as Store
    const { node, clock } = await opened(seen)
    expect(await node.readers.reader(keyAt(0).kid)).toBeUndefined()
    current = await without(store, 3)
    clock.now += 5
    expect([await node.readers.reader(keyAt(0).kid), node.readers.fault?.code]).toEqual([undefined, 'reader.behind'])
  })

  it('accepts a reader that another process admits, and rejects one that it revokes, within five seconds', async () => {
    const store = createMemoryStore()
    const { node, clock } = await opened(store)
    await admitReader(register(store), admission(0))
    clock.now += 5
    expect((await node.readers.reader(keyAt(0).kid))?.kid).toBe(keyAt(0).kid)
    await revokeReader(register(store, undefined, clock.now), keyAt(0).kid)
    clock.now += 5
    expect(await node.readers.reader(keyAt(0).kid)).toBeUndefined()
    expect((await node.readers.find(keyAt(0).kid))?.state).toBe('revoked')
  })
})

describe('a reader at a running node', () => {
  it('is refused once a trust list has the key, which then signs for a body', async () => {
    const store = createMemoryStore()
    await admitReader(register(store), admission(0))
    const { node, clock } = await opened(store)
    expect((await node.readers.reader(keyAt(0).kid))?.name).toBe('读者0')
    const [list] = authorities.trust.lists as unknown as [{ payload: TrustListPayload; statementId: string }]
    const at = list.payload.entities.findIndex(({ uscc: one }) => one === uscc('CD'))
    const [key] = list.payload.entities[at]?.keys ?? []
    const { signed } = await nextList(list, authorities.rootSigners('SC-AMR'), [
      `/entities/${at}/keys/-`,
      { ...key, jwk: keyAt(0).publicJwk },
    ])
    expect(await node.learn({ trustLists: [signed] })).toEqual([])
    clock.now += 5
    expect(await node.readers.reader(keyAt(0).kid)).toBeUndefined()
  })

  it('is accepted by a clock that is five seconds behind the clock that admitted it, and not by one further behind', async () => {
    const store = createMemoryStore()
    await admitReader(register(store), admission(0))
    const { node, clock } = await opened(store)
    for (const [behind, name] of [
      [5, '读者0'],
      [6, undefined],
    ] as const) {
      clock.now = NOW - behind
      expect([behind, (await node.readers.reader(keyAt(0).kid))?.name]).toEqual([behind, name])
    }
  })
})

describe('a register', () => {
  it('lists its readers by name, admits inspectors of its own authority and clerks of a listed body, and names what it refuses', async () => {
    const store = createMemoryStore()
    const all = ['丙', '甲', '乙'].map((name, index) => ({ ...admission(index), name }))
    for (const one of all) await admitReader(register(store), one)
    expect((await listReaders(register(store))).map(({ name }) => name)).toEqual(['丙', '乙', '甲'])
    const clerk = { ...admission(0), role: 'clerk' as const }
    await admitReader(register(createMemoryStore()), { ...clerk, body: uscc('CD') })
    for (const refused of [
      { ...admission(0), body: uscc('CD') },
      { ...clerk, body: '91510100MA62KCT03X' },
    ])
      await expect(admitReader(register(createMemoryStore()), refused)).rejects.toMatchObject({
        code: 'reader.body',
        details: { body: refused.body },
      })
  })

  it('is broken if the number of an entry is not its position, even if the node signed the entry; the fault has the number', async () => {
    const store = await written()
    const claims = parsePayload(parseStatement((await store.getDocument('reader', authority, 3))?.signed[0] ?? '', 'metrology-reader+jwt'))
    const signed = await signStatement({ ...claims, version: 4 }, { typ: 'metrology-reader+jwt', signer: authorities.signer('SC-AMR') })
    const attacked = await altered(store, (document) => (document.version === 3 ? { ...document, signed: [signed] } : document))
    await expect(listReaders(register(attacked))).rejects.toMatchObject({ code: 'reader.broken', details: { authority, version: 3 } })
  })

  it('names what it cannot do, with the authority, the key or the call', async () => {
    const store = await written()
    const head = headInMemory()
    await expect(listReaders(register(store, head))).rejects.toMatchObject({ code: 'reader.unconfirmed', details: { authority } })
    head.text = 'x'
    await expect(listReaders(register(store, head))).rejects.toMatchObject({ code: 'reader.head', details: { authority } })
    head.isAway = true
    const away = await listReaders(register(store, head)).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(away).toMatchObject({ code: 'reader.head', details: { authority }, cause: { code: 'EIO' } })

    const listed = authorities.keys.get('CD')?.publicJwk as Key['publicJwk']
    await expect(admitReader(register(store), { ...admission(0), key: listed })).rejects.toMatchObject({
      code: 'reader.listed',
      details: { kid: authorities.signer('CD').kid },
    })
    const unknown = 'k'.repeat(100)
    await expect(revokeReader(register(store), unknown)).rejects.toMatchObject({
      code: 'reader.unknown',
      details: { kid: unknown.slice(0, 60) },
    })
    // Other processes append at each attempt.
    const busy: Store = { ...createMemoryStore(), putDocument: async () => undefined }
    await expect(admitReader(register(busy), admission(0))).rejects.toMatchObject({ code: 'reader.busy', details: { authority } })
    await expect(listReaders(undefined as never)).rejects.toMatchObject({ details: { call: 'listReaders', member: 'register' } })
    for (const [call, work] of [
      ['listReaders', () => listReaders({} as never)],
      ['confirmReaders', () => confirmReaders({} as never)],
      ['admitReader', () => admitReader({} as never, admission(0))],
      ['admitReader', () => admitReader(register(store), {} as never)],
      ['revokeReader', () => revokeReader({} as never, keyAt(0).kid)],
    ] as const)
      await expect(work(), call).rejects.toMatchObject({ code: 'verify.options', details: { call } })
  })

  it('of a running node says from the first second after its end that an admission has expired', async () => {
    const store = createMemoryStore()
    const { exp } = await admitReader(register(store), admission(0))
    const { node, clock } = await opened(store)
    clock.now = exp
    expect((await node.readers.find(keyAt(0).kid))?.state).toBe('admitted')
    clock.now = exp + 1
    expect((await node.readers.find(keyAt(0).kid))?.state).toBe('expired')
  })
})
