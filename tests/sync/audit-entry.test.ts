// Why this exists: an operator acts on the findings about an entry. Each finding must name the entry, the column and both values; a
// difference with an honest reason (a key revoked since, a receipt issued later) must not be reported as a forgery.
import { readReceipt } from 'tongheng/client'
import { signStatement } from 'tongheng/envelope'
import { signJoint } from 'tongheng/joint'
import type { PlacedEntry, Store } from 'tongheng/node'
import { emptyStatuses, signNotice, signStatusList } from 'tongheng/status'
import { type AuditFinding, type AuditOptions, auditLog } from 'tongheng/sync'
import { jointFixtures } from 'tongheng/testing'
import { openTrust, type Trust } from 'tongheng/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { fill, openChongqing, signMany } from '../support/nodes/pair.js'
import { digest, fakeAuthorities, NOW, openWorld, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'
import { entityAt, retrust } from '../trust/retrust.ts'

const DAY = 86_400
/** Three records and a notice that were submitted here, and a record from a peer. */
let world: World
let statements: readonly string[]

beforeAll(async () => {
  statements = await signMany(await fakeAuthorities(), 6)
  world = await openWorld()
  for (const statement of statements.slice(0, 3)) await world.client('CD').records.submit(statement)
  await world.client('CD').notices.submit(await revocationOf(statements[0] as string))
  await fill(world, statements.slice(3, 4))
})

const revocationOf = async (statement: string, by: 'CD' | 'CQ-AMR' = 'CD'): Promise<string> =>
  signNotice(
    {
      iss: uscc(by),
      iat: NOW,
      from: NOW,
      action: 'revoke',
      statements: [statementIdOf(statement)],
      reason: { zh: '误发', en: 'by mistake' },
    },
    (await fakeAuthorities()).signer(by),
  )

interface Found {
  readonly findings: AuditFinding[]
  readonly notes: AuditFinding[]
}
async function audited(changes: Partial<Store> = {}, options: Partial<AuditOptions> = {}, of = world): Promise<Found> {
  const store = Object.assign(Object.create(of.store), changes) as Store
  const [findings, notes]: [AuditFinding[], AuditFinding[]] = [[], []]
  for await (const step of auditLog({ store, trust: of.authorities.trust, authority: of.node.options.authority, ...options })) {
    findings.push(...step.findings)
    notes.push(...step.notes)
  }
  return { findings, notes }
}
/** A store that returns one entry changed. */
const altered = (position: number, change: (entry: PlacedEntry) => Partial<PlacedEntry>): Partial<Store> => ({
  async listEntries(query, options) {
    const page = await world.store.listEntries(query, options)
    return { ...page, items: page.items.map((entry) => (entry.position === position ? { ...entry, ...change(entry) } : entry)) }
  },
})
const searched = (position: number, search: Partial<PlacedEntry['search']>) =>
  altered(position, (entry) => ({ search: { ...entry.search, ...search } }))
const entryAt = async (position: number): Promise<PlacedEntry> =>
  (await world.store.listEntries({}, { from: position, limit: 1 })).items[0] as PlacedEntry
/** Signs the receipt of entry 1 with other claims, with the key of the node. */
const forgedReceipt = async (claims: object): Promise<string> =>
  signStatement(
    { ...(await readReceipt((await entryAt(1)).receipt as string)), ...claims },
    { typ: 'metrology-receipt+jwt', signer: world.authorities.signer('SC-AMR') },
  )
/** A store without documents, because they do not verify under another trust. */
const noDocuments: Partial<Store> = { listDocumentNames: async () => [] }
const without = (codes: readonly string[], findings: readonly AuditFinding[]) => findings.filter(({ code }) => !codes.includes(code))
/** If the id of an entry was changed too, the root and the stored tiles do not match. */
const OF_THE_TREE = ['audit.root', 'audit.tile']

describe('a column', () => {
  it('is reported with what is stored and what was expected, null for nothing', async () => {
    const { search } = await entryAt(1)
    const report = async (stored: Partial<PlacedEntry['search']>) => (await audited(searched(1, stored))).findings
    expect(await report({ serial: undefined })).toEqual([
      { code: 'audit.column', params: { position: 1, column: 'serial', found: null, expected: search.serial } },
    ])
    expect(await report({ supersedes: 'x' })).toEqual([
      { code: 'audit.column', params: { position: 1, column: 'supersedes', found: 'x', expected: null } },
    ])
  })

  it('with the province is compared with every version of the lists: a body that moved belongs to both', async () => {
    const { trust } = world.authorities
    const moved = { ...trust, versions: (iss: string) => trust.versions(iss).flatMap((list) => [list, inRegion(list, '53')]) } as Trust
    expect((await audited({}, { trust: moved })).findings).toEqual([])
    expect((await audited(searched(1, { region: '53' }), { trust: moved })).findings).toEqual([])
    expect((await audited(searched(1, { region: '50' }), { trust: moved })).findings).toEqual([
      { code: 'audit.column', params: { position: 1, column: 'region', found: '50', expected: '51/53' } },
    ])
  })
  const inRegion = (list: ReturnType<Trust['versions']>[number], region: string) => ({
    ...list,
    payload: { ...list.payload, entities: list.payload.entities.map((entity) => ({ ...entity, region })) },
  })
})

describe('a statement', () => {
  const broken = (statement: string): string => statement.replace(/.{20}$/, 'A'.repeat(20))
  const reported = async (position: number): Promise<AuditFinding[]> =>
    (await audited(altered(position, ({ statement }) => ({ statement: broken(statement) })))).findings

  it.each([
    ['record', 1],
    ['record without a receipt', 4],
    ['notice', 3],
  ])('that is a forged %s is reported with its reason in both languages', async (_, position) => {
    expect(await reported(position)).toEqual([
      {
        code: 'audit.not-genuine',
        params: { position, reason: { zh: expect.stringMatching(/签名/), en: expect.stringMatching(/signature/) } },
      },
    ])
  })

  it('that does not have the id it is stored under is reported, and compared no further', async () => {
    const { statementId, statement } = await entryAt(0)
    expect((await audited(altered(4, () => ({ statement })))).findings).toEqual([
      { code: 'audit.statement', params: { position: 4, statementId: (await entryAt(4)).statementId } },
    ])
    expect(statementId).not.toBe((await entryAt(4)).statementId)
  })

  it('that has no payload is judged by its form, though it is stored under the id of an empty one', async () => {
    const { findings, notes } = await audited(altered(4, () => ({ statement: 'x', statementId: digest('metrology-record+jwt.') })))
    expect(without(OF_THE_TREE, findings)).toEqual([])
    expect(notes).toEqual([{ code: 'audit.unproved', params: { what: '#4: format.segments' } }])
  })

  it('by a key that was revoked since is no forgery; what a notice by it says is noted as not compared', async () => {
    const { authorities } = world
    const at = `${entityAt(authorities, uscc('CD'))}/keys/0/revoked`
    const trust = await retrust(authorities, '51', [at, { at: NOW - 60, reason: '私钥泄露', retroactive: true }])
    const { findings, notes } = await audited(noDocuments, { trust })
    expect(findings).toEqual([])
    expect(notes).toContainEqual({ code: 'audit.unproved', params: { what: '#3: status.signer' } })
  })

  it.each([
    ['with no claims', {}],
    ['with a record of a kind that does not exist', { record: { kind: 'no-such-kind' } }],
  ])('that is genuine but unreadable, %s, is noted as not compared', async (_, content) => {
    const { authorities } = world
    const named = 'record' in content ? { iss: uscc('CD'), iat: NOW, jti: '01JQ0000000000000000000001' } : {}
    const statement = await signStatement({ ...named, ...content }, { typ: 'metrology-record+jwt', signer: authorities.signer('CD') })
    const { findings, notes } = await audited(altered(4, () => ({ statement, statementId: statementIdOf(statement) })))
    expect(without(OF_THE_TREE, findings)).toEqual([])
    expect(notes).toEqual([{ code: 'audit.unproved', params: { what: expect.stringMatching(/^#4: [a-z-]+\.[a-z-]+$/) } }])
  })

  it('that is genuine but no notice is reported', async () => {
    const statement = await signStatement({ iss: uscc('CD') }, { typ: 'metrology-notice+jwt', signer: world.authorities.signer('CD') })
    const statementId = statementIdOf(statement, 'metrology-notice+jwt')
    const { findings } = await audited(altered(3, () => ({ statement, statementId })))
    expect(findings).toContainEqual({
      code: 'audit.not-genuine',
      params: { position: 3, reason: { zh: expect.stringMatching(/[一-鿿]/), en: expect.stringMatching(/notice/) } },
    })
  })
})

describe('the kind of an entry', () => {
  it.each(['constructor', '__proto__', 'toString', 'joint', 'notice'])('that was changed to %s is named', async (kind) => {
    const { findings } = await audited(altered(0, () => ({ kind })))
    expect(findings.some(({ code }) => code === 'audit.column' || code === 'audit.statement')).toBe(true)
  })
})

describe('a joint statement in the log', () => {
  it('agrees with its columns; a changed number, or a content that is not its own, is named', async () => {
    const own = await openWorld()
    const document = { ...jointFixtures.capability, holder: { uscc: uscc('CD'), name: '示例' } }
    const signed = await signJoint(document, { iss: uscc('CD'), signer: own.authorities.signer('CD'), at: NOW })
    await own.client('CD').joint.submit(signed)
    expect(await audited({}, {}, own)).toEqual({ findings: [], notes: [] })
    const listed = (changes: (entry: PlacedEntry) => Partial<PlacedEntry>): Partial<Store> => ({
      async listEntries(query, options) {
        const page = await own.store.listEntries(query, options)
        return { ...page, items: page.items.map((entry) => ({ ...entry, ...changes(entry) })) }
      },
    })
    const renumbered = await audited(
      listed(({ search }) => ({ search: { ...search, number: 'work 2' } })),
      {},
      own,
    )
    expect(renumbered.findings).toEqual([
      { code: 'audit.column', params: { position: 0, column: 'number', found: 'work 2', expected: 'work 能力2025-1' } },
    ])
    const other = await signStatement({ iss: uscc('CD') }, { typ: 'metrology-joint+jwt', signer: own.authorities.signer('CD') })
    const replaced = await audited(
      listed(() => ({ statement: other, statementId: statementIdOf(other, 'metrology-joint+jwt') })),
      {},
      own,
    )
    expect(replaced.findings).toContainEqual({
      code: 'audit.not-genuine',
      params: { position: 0, reason: { zh: expect.stringMatching(/协同记录/), en: expect.stringMatching(/joint statement/) } },
    })
  })

  it('is not reported as a forgery if its signer may have been permitted then', async () => {
    const own = await openWorld()
    const signed = await signJoint(jointFixtures.assessment, { iss: uscc('SC-AMR'), signer: own.authorities.signer('SC-AMR'), at: NOW })
    await own.client('SC-AMR').joint.submit(signed)
    const trust = await retrust(own.authorities, '51', [
      `${entityAt(own.authorities, uscc('SC-AMR'))}/keys/0/typ`,
      ['metrology-receipt+jwt'],
    ])
    const { findings, notes } = await audited({}, { trust }, own)
    expect(findings.map(({ code }) => code)).not.toContain('audit.not-genuine')
    expect(notes).toContainEqual({ code: 'audit.unproved', params: { what: '#0: joint.signer' } })
  })
})

describe('the decision on an entry from a peer', () => {
  it('is not reported if a fact is missing now: the node may have had it', async () => {
    // The trust lists of the test end after thirty days.
    const { findings, notes } = await audited(altered(4, () => ({ receivedAt: NOW + 40 * DAY })))
    expect([findings, notes]).toEqual([[], []])
  })

  it('is judged with the notices that the store has, and for the province of the node', async () => {
    const { authorities } = world
    const cd = authorities.trust.entity(uscc('CD'))?.entity
    const chongqingsOwn = authorities.trust.lists.find(({ payload }) => payload.region === '50')?.payload.entities ?? []
    // Chongqing lists the Chengdu institute too, and so may revoke its records, for Chongqing alone.
    const both = await retrust(authorities, '50', ['/entities', [...chongqingsOwn, { ...cd, region: '50' }]])
    const lists = both.lists.map(({ signed }) => signed).reverse()
    const trust = await openTrust({ anchors: [...both.anchors].reverse(), lists })
    expect(trust.lists.map(({ payload }) => payload.region)).toEqual(['51', '50'])
    const given = { anchors: trust.anchors, trustLists: trust.lists.map(({ signed }) => signed), agreements: [] }
    const chongqing = await openChongqing({ authorities, node: given })
    const statement = statements[4] as string
    const notice = await revocationOf(statement, 'CQ-AMR')
    await chongqing.node.submitNotice({ statement: notice, sender: uscc('CQ-AMR'), requestId: 'r' })
    chongqing.clock.now += 60
    await fill(chongqing, [statement])
    expect((await chongqing.store.getEntry(statementIdOf(statement)))?.decision).toBe('rejected')
    expect(await audited({}, { trust }, chongqing)).toEqual({ findings: [], notes: [] })
  })

  it('is judged with the status lists that the store has; one that is listed but gone is reported once', async () => {
    const own = await openWorld()
    const uri = `${own.node.options.url}/v1/status-lists/${uscc('CD')}/2025`
    const signer = own.authorities.signer('CD')
    const statuses = emptyStatuses(16).with(7, 1)
    await own.node.learn({ statusLists: [await signStatusList({ iss: uscc('CD'), uri, iat: NOW - 9, exp: NOW + DAY, statuses }, signer)] })
    const statement = await own.authorities.sign('CD', taximeter('状态'), { status: { uri, idx: 7 } })
    await fill(own, [statement])
    expect((await own.store.getEntry(statementIdOf(statement)))?.decision).toBe('rejected')
    expect(await audited({}, {}, own)).toEqual({ findings: [], notes: [] })
    const getDocument: Store['getDocument'] = async (collection, ...rest) =>
      collection === 'status-list' ? undefined : own.store.getDocument(collection, ...rest)
    expect((await audited({ getDocument }, {}, own)).findings).toEqual([
      {
        code: 'audit.document',
        params: { collection: 'status-list', name: `${uscc('CD')} ${uri}`, version: NOW - 9, reason: 'collection' },
      },
    ])
  })
})

describe('a receipt', () => {
  const TAMPERED = (receipt = ''): string => receipt.replace(/.{20}$/, 'A'.repeat(20))

  it('that was altered is reported with its reason', async () => {
    expect((await audited(altered(1, ({ receipt }) => ({ receipt: TAMPERED(receipt) })))).findings).toEqual([
      {
        code: 'audit.receipt',
        params: { position: 1, reason: { zh: expect.stringMatching(/回执/), en: expect.stringMatching(/signature/) } },
      },
    ])
  })

  it('of another authority, of another entry or of another place is reported, each by its claim', async () => {
    for (const authority of [uscc('CQ-AMR'), 'of no trust list']) {
      const { findings } = await audited({}, { authority })
      const receipts = findings.filter(({ code }) => code === 'audit.receipt')
      // Entries of a page are checked concurrently, in no order.
      expect(receipts.sort((a, b) => Number(a.params.position) - Number(b.params.position))).toEqual(
        [0, 1, 2, 3].map((position) => ({ code: 'audit.receipt', params: { position, reason: 'iss' } })),
      )
    }
    const { receipt } = await entryAt(0)
    const swapped = (await audited(altered(1, () => ({ receipt })))).findings
    expect(swapped).toContainEqual({ code: 'audit.receipt', params: { position: 1, reason: 'sub' } })
    expect(swapped).toContainEqual({ code: 'audit.receipt', params: { position: 1, reason: 'index' } })
  })

  it('without a place, of a node that has no log, has none to compare', async () => {
    const { log: _, ...claims } = await readReceipt((await entryAt(1)).receipt as string)
    const receipt = await signStatement(claims, { typ: 'metrology-receipt+jwt', signer: world.authorities.signer('SC-AMR') })
    expect(await audited(altered(1, () => ({ receipt })))).toEqual({ findings: [], notes: [] })
  })

  it('that was issued later than the entry was received may decide otherwise: the stored decision is noted', async () => {
    const change = { receivedAt: NOW - 60, decision: 'pending' } as const
    expect(await audited(altered(1, () => change))).toEqual({
      findings: [],
      notes: [{ code: 'audit.decision', params: { position: 1, found: 'pending', expected: 'accepted', reason: `iat ${NOW}` } }],
    })
    expect((await audited(altered(1, () => ({ decision: 'pending' })))).findings).toEqual([
      { code: 'audit.column', params: { position: 1, column: 'decision', found: 'pending', expected: 'accepted' } },
    ])
  })

  it('that relies on a newer trust list than is stored is reported with both versions; members of another shape are not', async () => {
    const authority = uscc('SC-AMR')
    const relying = async (trustLists: unknown) => {
      const receipt = await forgedReceipt({ reliedOn: { trustLists } })
      return (await audited(altered(1, () => ({ receipt })))).findings
    }
    expect(await relying([{ id: authority, version: 7 }])).toEqual([
      { code: 'audit.document-missing', params: { authority, version: 7, found: 1 } },
    ])
    expect(await relying([null, 'x', { id: 7, version: 7 }, { id: 'x', version: '7' }, { version: 7 }])).toEqual([])
    expect(await relying({ id: authority, version: 7 })).toEqual([])
  })
})

describe('the head under which receipts were signed', () => {
  it('has another root if the log was rewritten: reported once, with the first entry that has such a receipt', async () => {
    // Another history of the same log, with the same second and third entry.
    const other = await openWorld()
    await fill(other, [statements[5] as string, ...statements.slice(1, 3)])
    const receipts = await Promise.all(
      [1, 2].map(async (position) => {
        const { statementId, receipt } = await entryAt(position)
        const [claims, log] = [await readReceipt(receipt as string), await other.client('CD').log.place(statementId)]
        return signStatement({ ...claims, log }, { typ: 'metrology-receipt+jwt', signer: other.authorities.signer('SC-AMR') })
      }),
    )
    const { findings } = await audited({
      async listEntries(query, options) {
        const page = await world.store.listEntries(query, options)
        return { ...page, items: page.items.map((entry) => ({ ...entry, receipt: receipts[entry.position - 1] ?? entry.receipt })) }
      },
    })
    expect(findings).toEqual([{ code: 'audit.root', params: { size: 3, of: '#1' } }])
  })

  it('is larger than the log if entries were lost', async () => {
    const longer = await openWorld()
    await fill(longer, [...(await world.store.statements(0, 5)), ...statements.slice(4, 5)])
    const { receipt } = await longer.client('CD').records.submit(statements[5] as string)
    // The receipt of the seventh entry, whose log this store has up to the fifth.
    const { findings } = await audited(altered(1, () => ({ receipt })))
    expect(findings).toContainEqual({ code: 'audit.beyond', params: { size: 7, of: '#1', found: 5 } })
  })
})

describe('an error that is no finding', () => {
  const fails = (): never => {
    throw new Error('defect')
  }
  it.each([
    [
      'while a receipt is verified',
      (trust: Trust) => ({ ...trust, holders: (kid: string) => (kid === ownKey() ? fails() : trust.holders(kid)) }),
    ],
    [
      'while a checkpoint is verified',
      (trust: Trust) =>
        Object.defineProperty({ ...trust }, 'logs', {
          get: fails,
        }),
    ],
  ])('%s is thrown', async (_, change) => {
    await expect(audited(noDocuments, { trust: change(world.authorities.trust) as Trust })).rejects.toThrow('defect')
  })
  const ownKey = (): string => world.authorities.signer('SC-AMR').kid
})
