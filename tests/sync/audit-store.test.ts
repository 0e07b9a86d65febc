// Why this exists: counters, peers and documents of a store affect the next answers of a node. The findings about them must suffice to
// repair them, and must not report correct rows.
import { proveFork, signCheckpoint } from 'tongheng/log'
import type { PeerLog, Store, StoredDocument, StoreInspection } from 'tongheng/node'
import { emptyStatuses, signStatusList } from 'tongheng/status'
import { type AuditFinding, type AuditOptions, auditLog } from 'tongheng/sync'
import type { Trust } from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { fill, follow, logHolder, openChongqing, signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, NOW, openWorld, uscc, type World } from '../support/nodes/world.js'
import { entityAt, retrust } from '../trust/retrust.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await fill(world, await signMany(await fakeAuthorities(), 3))
  const chongqing = await openChongqing({ authorities: world.authorities })
  await fill(chongqing, (await signMany(await fakeAuthorities(), 5, '渝检')).slice(3))
  // The log is cosigned, and the store has the state of a peer.
  await follow(world, chongqing)
})

interface Found {
  readonly findings: AuditFinding[]
  readonly notes: AuditFinding[]
}
async function audited(changes: Partial<Store> = {}, options: Partial<AuditOptions> = {}): Promise<Found> {
  const store = Object.assign(Object.create(world.store), changes) as Store
  const [findings, notes]: [AuditFinding[], AuditFinding[]] = [[], []]
  for await (const step of auditLog({ store, trust: world.authorities.trust, authority: uscc('SC-AMR'), ...options })) {
    findings.push(...step.findings)
    notes.push(...step.notes)
  }
  return { findings, notes }
}
const inspected = async (change: Partial<StoreInspection>, options: Partial<AuditOptions> = {}) =>
  audited({ inspect: async () => ({ ...(await world.store.inspect()), ...change }) }, options)

/** A store with these documents in addition to its own, or in their place. */
const documents = (given: readonly StoredDocument[], isMore = true): Partial<Store> => ({
  async listDocumentNames(query) {
    const own = isMore ? await world.store.listDocumentNames(query) : []
    const asked = given.filter(({ collection }) => query?.collection === undefined || query.collection === collection)
    return [...own, ...asked.map(({ collection, name, version }) => ({ collection, name, version }))]
  },
  async getDocument(collection, name, version) {
    const found = given.findLast((one) => one.collection === collection && one.name === name && [undefined, one.version].includes(version))
    return found ?? (isMore ? world.store.getDocument(collection, name, version) : undefined)
  },
})
const inText = (part: RegExp) => expect.objectContaining({ zh: expect.stringMatching(/[一-鿿]/), en: expect.stringMatching(part) })

describe('the state of a store', () => {
  it('with a cosigned log and a peer has no finding', async () => {
    expect((await world.store.readLog()).cosigned).toBeDefined()
    expect((await world.store.inspect()).peers).toHaveLength(1)
    expect(await audited()).toEqual({ findings: [], notes: [] })
  })

  it('reports what the database says of itself, and notes what it could not compare', async () => {
    expect(await inspected({ faults: ['row 7 missing from index'], unproved: ['view v'] })).toEqual({
      findings: [{ code: 'audit.database', params: { fault: 'row 7 missing from index' } }],
      notes: [{ code: 'audit.unproved', params: { what: 'view v' } }],
    })
  })

  it.each([
    [{ heads: 2 }, { what: 'log', found: 2, expected: 1 }],
    [{ entries: 4 }, { what: 'entries', found: 4, expected: 5 }],
    [{ cosignedSize: 9 }, { what: 'cosigned_size', found: 9, expected: 5 }],
    [{ cosigned: undefined }, { what: 'cosigned_size', found: 5, expected: -1 }],
    [{ requests: 3 }, { what: 'requests', found: 3, expected: 0 }],
    [{ requestsUntil: NOW + 3601 }, { what: 'requests.until', found: NOW + 3601, expected: `≤ ${NOW + 3600}` }],
  ])('reports the count %o', async (change, params) => {
    expect((await inspected(change, { now: NOW })).findings).toEqual([{ code: 'audit.count', params }])
  })

  it('compares a cosigned checkpoint that does not verify with no size', async () => {
    const { cosigned = '' } = await world.store.inspect()
    const { findings } = await inspected({ cosigned: cosigned.replace('\n5\n', '\n4\n'), cosignedSize: 4 })
    expect(findings).toEqual([{ code: 'audit.count', params: { what: 'cosigned_size', found: 4, expected: Number.NaN } }])
  })

  it('does not report expiries up to an hour ahead, nor any without a clock', async () => {
    expect((await inspected({ requestsUntil: NOW + 3600 }, { now: NOW })).findings).toEqual([])
    expect((await inspected({ requestsUntil: NOW + 3601 })).findings).toEqual([])
  })
})

describe('the state of a peer', () => {
  const report = async (change: Partial<PeerLog>) => {
    const [peer] = (await world.store.inspect()).peers as [PeerLog]
    return (await inspected({ peers: [{ ...peer, ...change }] })).findings.map(({ code, params }) => [code, params.origin, params.reason])
  }

  it('is reported with what differs from its checkpoint', async () => {
    const [{ origin, size }] = (await world.store.inspect()).peers as [PeerLog]
    expect(size).toBe(2)
    expect(await report({ size: 9 })).toEqual([['audit.peer', origin, 'size 9, 2']])
    expect(await report({ cursor: 3 })).toEqual([['audit.peer', origin, 'cursor 3']])
    expect(await report({ cursor: -1 })).toEqual([['audit.peer', origin, 'cursor -1']])
    expect(await report({ cursor: 0 })).toEqual([])
    expect(await report({ origin: 'elsewhere.example/log' })).toEqual([['audit.peer', 'elsewhere.example/log', `origin ${origin}`]])
    expect(await report({ checkpoint: 'no note' })).toEqual([['audit.peer', origin, inText(/note|sign/i)]])
  })
})

describe('the checkpoints of the log', () => {
  it.each(['checkpoint', 'cosigned'] as const)('are reported with the reason where the %s does not verify', async (which) => {
    const log = await world.store.readLog()
    const note = (log[which] as string).replace('\n5\n', '\n4\n')
    const { findings } = await audited({ readLog: async () => ({ ...log, [which]: note }) })
    expect(findings).toEqual([{ code: 'audit.checkpoint', params: { reason: inText(/sign/) } }])
  })

  it('are reported if they are of another authority’s log', async () => {
    const { signer } = await logHolder(world.authorities, 'CQ-AMR')
    const checkpoint = await signCheckpoint({ origin: signer.name, size: 5, root: new Uint8Array(32) }, signer)
    const log = await world.store.readLog()
    const { findings } = await audited({ readLog: async () => ({ ...log, checkpoint }) })
    expect(findings).toEqual([{ code: 'audit.checkpoint', params: { reason: inText(/node-50/) } }])
  })
})

describe('a stored document', () => {
  const LONG = 'x'.repeat(300)
  const signedList = async (uri: string): Promise<string> =>
    signStatusList({ iss: uscc('CD'), uri, iat: NOW, exp: NOW + 9000, statuses: emptyStatuses(16) }, world.authorities.signer('CD'))
  const report = async (...args: Parameters<typeof documents>) => (await audited(documents(...args))).findings
  const finding = (collection: string, name: string, version: number, reason: unknown) => ({
    code: 'audit.document',
    params: { collection, name, version, reason },
  })

  it('is reported with its name, at most two hundred characters, and the reason', async () => {
    const uri = `https://lists.example/${'x'.repeat(170)}`
    const name = `${uscc('CD')} ${uri}`
    const list = { collection: 'status-list' as const, name, version: NOW, signed: [await signedList(uri)] }
    expect(await report([list])).toEqual([])
    expect(await report([{ ...list, version: 7 }])).toEqual([finding('status-list', name.slice(0, 200), 7, `${name.slice(0, 200)} ${NOW}`)])
    expect(await report([{ ...list, name: LONG }])).toEqual([
      finding('status-list', LONG.slice(0, 200), NOW, `${name.slice(0, 200)} ${NOW}`),
    ])
    expect(await report([{ ...list, signed: ['a.b.c'] }])).toEqual([finding('status-list', name.slice(0, 200), NOW, inText(/./))])
  })

  it('whose row is listed but gone, or of a collection that does not exist, is reported', async () => {
    const listed = { collection: 'status-list', name: 'gone', version: 3 } as const
    const gone: Partial<Store> = { listDocumentNames: async () => [listed] }
    expect((await audited(gone)).findings).toContainEqual(finding('status-list', 'gone', 3, 'collection'))
    const other = { collection: 'toString', name: 'n', version: 1, signed: [] } as unknown as StoredDocument
    expect(await report([other])).toEqual([finding('toString', 'n', 1, 'collection')])
  })

  it('that is a trust list is reported if its text or its version is not that of the trust', async () => {
    const name = uscc('SC-AMR')
    const signed = world.authorities.trust.versions(name)[0]?.signed ?? []
    const row = { collection: 'trust-list' as const, name, version: 1, signed }
    expect(await report([row], false)).toEqual([])
    expect(await report([{ ...row, signed: ['a.b.c'] }], false)).toEqual([finding('trust-list', name, 1, inText(new RegExp(name)))])
    expect(await report([{ ...row, version: 2 }], false)).toEqual([finding('trust-list', name, 2, inText(new RegExp(name)))])
    const [{ params }] = (await report([{ ...row, name: LONG }], false)) as [AuditFinding]
    expect(params.name).toBe(LONG.slice(0, 200))
    expect((params.reason as { en: string }).en).not.toContain('x'.repeat(41))
  })

  it('that proves a fork is accepted under the size it proves, and reported under another', async () => {
    const { signer, key } = await logHolder(world.authorities, 'CQ-AMR')
    const head = (byte: number) => signCheckpoint({ origin: signer.name, size: 5, root: new Uint8Array(32).fill(byte) }, signer)
    const evidence = JSON.stringify(await proveFork(key, await head(1), await head(2)))
    const row = { collection: 'fork' as const, name: signer.name, version: 5, signed: [evidence] }
    expect(await report([row])).toEqual([])
    expect(await report([{ ...row, version: 6 }])).toEqual([finding('fork', signer.name, 6, `${signer.name} 5`)])
  })

  it('without content is reported, whatever its collection', async () => {
    for (const collection of ['trust-list', 'agreement', 'reader', 'fork'] as const)
      expect(await report([{ collection, name: 'x', version: 1, signed: [] }], false), collection).toEqual([
        finding(collection, 'x', 1, inText(/./)),
      ])
  })

  it('that is a status list by a key revoked since is not reported; by a key that was never valid then, it is', async () => {
    const { authorities } = world
    const keyAt = `${entityAt(authorities, uscc('CD'))}/keys/0`
    const uri = 'https://lists.example/2025'
    const row = { collection: 'status-list' as const, name: `${uscc('CD')} ${uri}`, version: NOW, signed: [await signedList(uri)] }
    const found = async (change: Parameters<typeof retrust>[2]) => {
      const trust = await retrust(authorities, '51', change)
      return (await audited(documents([row], false), { trust })).findings.filter(({ code }) => code === 'audit.document')
    }
    const revoked = { at: NOW - 60, reason: '私钥泄露', retroactive: false }
    expect(await found([`${keyAt}/revoked`, revoked])).toEqual([])
    expect(await found([`${keyAt}/revoked`, { ...revoked, retroactive: true }])).toEqual([])
    expect(await found([`${keyAt}/notBefore`, NOW + 60])).toEqual([
      finding('status-list', row.name, NOW, { zh: expect.any(String), en: expect.stringMatching(/key|valid/) }),
    ])
  })
})

describe('an error that is no finding', () => {
  const fails = (): never => {
    throw new Error('defect')
  }
  const brokenAt = (member: keyof Trust) => Object.defineProperty({ ...world.authorities.trust }, member, { get: fails }) as Trust

  it('while the register of readers is read is thrown', async () => {
    const getDocument: Store['getDocument'] = async (collection, ...rest) =>
      collection === 'reader' ? fails() : world.store.getDocument(collection, ...rest)
    await expect(audited({ getDocument })).rejects.toThrow('defect')
  })

  it('while a document is opened is thrown', async () => {
    const broken = Object.defineProperty({ collection: 'agreement' as const, name: 'x', version: 1 }, 'signed', { get: fails })
    const getDocument: Store['getDocument'] = async (collection, ...rest) =>
      collection === 'agreement' ? (broken as unknown as StoredDocument) : world.store.getDocument(collection, ...rest)
    await expect(audited({ getDocument })).rejects.toThrow('defect')
  })

  it('while a checkpoint is opened is thrown: of the log, of a peer, or a cosigned one', async () => {
    const state = await world.store.inspect()
    const [none, log] = [{ size: 0, checkpoint: undefined, cosigned: undefined }, await world.store.readLog()]
    for (const [read, change] of [
      [
        { ...log, cosigned: undefined },
        { cosigned: undefined, cosignedSize: -1, peers: [] },
      ],
      [none, { cosigned: undefined, cosignedSize: -1 }],
      [none, { peers: [] }],
    ] as const) {
      const store = { readLog: async () => read, inspect: async () => ({ ...state, ...change }), listDocumentNames: async () => [] }
      await expect(audited(store, { trust: brokenAt('logs') })).rejects.toThrow('defect')
    }
  })
})
