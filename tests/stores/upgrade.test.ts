// Why this exists: a database of the first release holds records for which institutes are liable; every later release must open it
// without loss.
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readReceipt } from 'tongheng/client'
import { statementId } from 'tongheng/envelope'
import { emptyEdge, isSameHash, leafHash } from 'tongheng/log'
import { createNode, type PlacedEntry, statusListName } from 'tongheng/node'
import { emptyStatuses, signStatusList } from 'tongheng/status'
import { createSqliteStore, openSqlite } from 'tongheng/stores/sqlite'
import { auditLog } from 'tongheng/sync'
import { createFakeAuthorities, DEMONSTRATION_TIME, type FakeAuthorities, organisation } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimsOf, taximeter } from '../support/nodes/world.js'
import { FIRST_RELEASE } from './first-release.js'

let folder: string
let world: FakeAuthorities
let file: string
let statements: string[]
const COUNT = 260

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-upgrade-'))
  world = await createFakeAuthorities({ witnessKeys: true })
  statements = await Promise.all(Array.from({ length: COUNT }, (_, n) => world.sign('CD', taximeter(`川检-${n}`))))
  file = join(folder, 'first.db')
  const db = await openSqlite(file)
  db.exec(FIRST_RELEASE)
  const insert = db.prepare(
    `INSERT INTO records (statement_id, iss, jti, statement, kind, decision, code, outcome, receipt, received_at, number, serial, plate,
       region, fact_date, valid_until) VALUES (?, ?, ?, ?, 'verification-record', 'accepted', 'agreement.clause', 'recognised', ?, 1750000000,
       ?, ?, ?, '51', ?, ?)`,
  )
  db.exec('BEGIN')
  for (const [n, statement] of statements.entries()) {
    const { iss, jti } = claimsOf(statement)
    insert.run(idOf(statement), iss, jti, statement, `receipt-${n}`, `川检-${n}`, 'TX9A2303117', '川AT0001', '2025-03-12', '2026-03-11')
  }
  db.prepare('INSERT INTO requests (iss, jti, until) VALUES (?, ?, ?)').run('A', 'seen', 2000)
  const [list] = world.trustLists
  const { payload } = world.trust.lists[0] as (typeof world.trust.lists)[number]
  db.prepare('INSERT INTO documents VALUES (?, ?, ?, ?)').run('trust-list', payload.iss, 1, JSON.stringify(list))
  db.prepare('INSERT INTO documents VALUES (?, ?, ?, ?)').run('status-list', LIST, 1_750_000_000, JSON.stringify([await listOf()]))
  db.exec('COMMIT; PRAGMA user_version = 1')
  db.close()
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const LIST = 'https://node.example/v1/status-lists/year-2025'
const listOf = (): Promise<string> =>
  signStatusList(
    { iss: organisation('CD').uscc, uri: LIST, iat: 1_750_000_000, exp: 1_760_000_000, statuses: emptyStatuses(16) },
    world.signer('CD'),
  )
const idOf = (statement: string): string => statementId('metrology-record+jwt', statement.split('.')[1] ?? '')

describe('a database of the first release', () => {
  it('accepts a second statement under one name after migration', async () => {
    const copy = join(folder, 'names.db')
    await copyFile(file, copy)
    const store = await createSqliteStore({ file: copy })
    const first = (await store.listEntries({}, { from: 0, limit: 1 })).items[0] as PlacedEntry
    await store.sequence((transaction) => transaction.append({ entries: [{ ...first, statementId: 'second' }], tileRoots: [] }))
    const [under] = await store.entriesBy('name', [{ iss: first.iss, value: first.jti }], 9)
    expect(under?.map(({ position }) => position)).toEqual([0, COUNT])
    expect((await store.inspect()).faults).toEqual([])
    await store.close()
  })

  it('has the replaced records of its old entries', async () => {
    const copy = join(folder, 'replaced.db')
    const db = await openSqlite(copy)
    db.exec(FIRST_RELEASE)
    const [old] = statements as [string]
    const newer = await world.sign('CD', taximeter('川检-新'), { supersedes: idOf(old) })
    const amending = await world.sign('CD', taximeter('川检-再', { amendment: { replaces: '川检-0', reason: { zh: '更正' } } }))
    const insert = db.prepare(
      `INSERT INTO records (statement_id, iss, jti, statement, kind, decision, code, outcome, receipt, received_at, number, region, fact_date)
       VALUES (?, ?, ?, ?, 'verification-record', 'accepted', 'agreement.clause', 'recognised', 'r', 1750000000, ?, '51', '2025-03-12')`,
    )
    for (const [number, statement] of [
      ['川检-0', old],
      ['川检-新', newer],
      ['川检-再', amending],
    ] as const) {
      const { iss, jti } = claimsOf(statement)
      insert.run(idOf(statement), iss, jti, statement, number)
    }
    db.exec('PRAGMA user_version = 1')
    db.close()
    const store = await createSqliteStore({ file: copy })
    const iss = claimsOf(old).iss
    const keys = [idOf(old), '川检-0', idOf(newer)].map((value) => ({ iss, value }))
    const found = await store.entriesBy('replaced', keys, 5)
    expect(found.map((some) => some.map(({ statementId }) => statementId))).toEqual([[idOf(newer)], [idOf(amending)], []])
    await store.close()
  })

  it('opens with all records in their order, as the first leaves of the log', async () => {
    const store = await createSqliteStore({ file })
    expect(await store.readLog()).toEqual({ size: COUNT, checkpoint: undefined, cosigned: undefined })
    expect(await store.statementIds(0, COUNT)).toEqual(statements.map(idOf))
    const edge = emptyEdge()
    for (const statement of statements) edge.append(leafHash(Buffer.from(idOf(statement), 'base64url')))
    const [filled] = edge.settle()
    const [kept] = await store.tileRoots(1, 0, 9)
    expect(isSameHash(kept as Uint8Array, filled?.hash as Uint8Array)).toBe(true)
    const last = await store.getEntry(idOf(statements.at(-1) as string))
    expect(last).toMatchObject({
      position: COUNT - 1,
      receipt: `receipt-${COUNT - 1}`,
      search: { plate: '川AT0001', serial: 'TX9A2303117' },
    })
    expect(await store.rememberRequests([{ iss: 'A', jti: 'seen', until: 3000 }], { now: 1000, capacity: 2 })).toEqual(['seen'])
    expect(await store.rememberRequests([{ iss: 'A', jti: 'b', until: 3000 }], { now: 1000, capacity: 1 })).toEqual(['full'])
    expect((await store.listDocuments('trust-list')).length).toBe(1)
    const [list] = await store.listDocuments('status-list')
    expect([list?.name, list?.version]).toEqual([statusListName(organisation('CD').uscc, LIST), 1_750_000_000])
    await store.close()
  })

  it('works as the log of a node: it is signed, appended to and proved', async () => {
    const store = await createSqliteStore({ file })
    const { uscc, name, region } = organisation('SC-AMR')
    const node = await createNode({
      id: 'tongheng-51',
      url: 'https://node.example',
      authority: uscc,
      name,
      region,
      signer: world.signer('SC-AMR'),
      log: world.log('SC-AMR'),
      store,
      anchors: world.anchors,
      trustLists: world.trustLists,
      agreements: [world.signedAgreement],
      now: () => Date.parse(DEMONSTRATION_TIME) / 1000,
    })
    const statement = await world.sign('CD', taximeter('新'))
    const { receipt, isNew } = await node.submit({ statement, sender: organisation('CD').uscc, requestId: 'request' })
    expect(isNew).toBe(true)
    expect((await readReceipt(receipt, world.trust)).log?.index).toBe(COUNT)
    const again = await node.submit({ statement: statements[3] as string, sender: organisation('CD').uscc, requestId: 'request' })
    expect([again.isNew, again.receipt]).toEqual([false, 'receipt-3'])
    const findings = []
    for await (const step of auditLog({ store, trust: world.trust, authority: uscc })) findings.push(...step.findings)
    // The old records of this test have placeholder receipts; nothing else is reported.
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['audit.receipt']))
    expect(findings).toHaveLength(COUNT)
    await store.close()
  })
})
