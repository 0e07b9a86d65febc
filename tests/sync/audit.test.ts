// Why this exists: an audit must find an altered backup before a node answers from it, so it must verify every column
// that affects an answer.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseStatement } from 'tongheng/envelope'
import { signCheckpoint } from 'tongheng/log'
import type { Store } from 'tongheng/node'
import { signNotice } from 'tongheng/status'
import { copySqlite, createSqliteStore, openSqlite } from 'tongheng/stores/sqlite'
import { type AuditFinding, auditLog } from 'tongheng/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOW, openWorld, statementIdOf, taximeter, uscc, type World } from '../support/nodes/world.js'

let folder: string
let world: World
let original: string
let files = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-audit-'))
  original = join(folder, 'node.db')
  world = await openWorld({ store: await createSqliteStore({ file: original }) })
  const { authorities, node, store } = world
  const sender = uscc('CD')
  const statements = await Promise.all(['甲', '乙', '丙'].map((number) => authorities.sign('CD', taximeter(number))))
  for (const statement of statements) await node.submit({ statement, sender, requestId: 'r' })
  const notice = await signNotice(
    {
      iss: sender,
      iat: NOW,
      from: NOW,
      action: 'revoke',
      statements: [statementIdOf(statements[0] as string)],
      reason: { zh: '误发', en: 'by mistake' },
    },
    authorities.signer('CD'),
  )
  await node.submitNotice({ statement: notice, sender, requestId: 'r' })
  const foreign = await authorities.sign('CD', taximeter('丁'))
  await node.takeOver(await node.receiveFromPeer([{ statement: foreign, parsed: parseStatement(foreign, 'metrology-record+jwt') }]))
  await store.rememberRequests([{ iss: sender, jti: 'seen', until: NOW + 120 }], { now: NOW, capacity: 10 })
  await store.close()
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Audits a copy of the database after running `sql` on it. */
async function audited(sql: string, trust = world.authorities.trust): Promise<{ findings: AuditFinding[]; notes: AuditFinding[] }> {
  const file = join(folder, `${++files}.db`)
  await copySqlite(original, file)
  const db = await openSqlite(file)
  db.exec(sql)
  db.close()
  const store: Store = await createSqliteStore({ file })
  try {
    const [findings, notes]: [AuditFinding[], AuditFinding[]] = [[], []]
    for await (const step of auditLog({ store, trust, authority: uscc('SC-AMR'), now: NOW })) {
      findings.push(...step.findings)
      notes.push(...step.notes)
    }
    return { findings, notes }
  } finally {
    await store.close()
  }
}

const codesOf = (findings: readonly AuditFinding[]): string[] => [...new Set(findings.map(({ code }) => code))]

describe('the audit of a database', () => {
  it('finds nothing in an unaltered database', async () => {
    expect(await audited('')).toEqual({ findings: [], notes: [] })
  })

  const COLUMNS: readonly (readonly [string, string, string])[] = [
    ['decision', "decision = 'rejected'", 'decision'],
    ['serial number', "serial = 'ANOTHER'", 'serial'],
    ['serial number that is taken away', 'serial = NULL', 'serial'],
    ['plate', "plate = '川A00000'", 'plate'],
    ['certificate number', "number = 'ANOTHER'", 'number'],
    ['kind', "kind = 'type-approval'", 'kind'],
    ['province', "region = '50'", 'region'],
    ['day of the fact', "fact_date = '2020-01-01'", 'factDate'],
    ['end of validity', "valid_until = '2099-01-01'", 'validUntil'],
    ['end of validity that is taken away', 'valid_until = NULL', 'validUntil'],
    ['what it supersedes', "supersedes = 'x'", 'supersedes'],
    ['what it amends', "amends = 'x'", 'amends'],
    ['issuer', "iss = '12510500450820022C'", 'iss'],
    ['name', "jti = '01JQ0000000000000000000009'", 'jti'],
    ['time of receipt', 'received_at = received_at + 9', 'received_at'],
  ]
  it.each(COLUMNS)('finds a changed %s', async (_, change, column) => {
    const { findings } = await audited(`UPDATE entries SET ${change} WHERE position = 1`)
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'audit.column', params: expect.objectContaining({ position: 1, column }) }),
    )
  })

  it('finds a notice stored as another kind, or under another day', async () => {
    expect(codesOf((await audited("UPDATE entries SET kind = 'verification-record' WHERE kind = 'notice'")).findings)).toContain(
      'audit.statement',
    )
    expect(codesOf((await audited("UPDATE entries SET fact_date = '2099-01-01' WHERE kind = 'notice'")).findings)).toEqual(['audit.column'])
  })

  it('finds a signature that does not verify, since the statement id does not cover it', async () => {
    const broken = "substr(statement, 1, length(statement) - 20) || 'AAAAAAAAAAAAAAAAAAAA'"
    for (const position of [1, 3, 4])
      expect(codesOf((await audited(`UPDATE entries SET statement = ${broken} WHERE position = ${position}`)).findings)).toEqual([
        'audit.not-genuine',
      ])
  })

  it('notes what a decision without a receipt would be now, without reporting an error', async () => {
    const { findings, notes } = await audited("UPDATE entries SET decision = 'rejected' WHERE position = 4")
    expect(findings).toEqual([])
    expect(notes).toEqual([
      { code: 'audit.decision', params: expect.objectContaining({ position: 4, found: 'rejected', expected: 'accepted' }) },
    ])
  })

  it('finds the receipt of another entry', async () => {
    const { findings } = await audited('UPDATE entries SET receipt = (SELECT receipt FROM entries WHERE position = 0) WHERE position = 1')
    expect(findings.map(({ params }) => params.reason)).toEqual(expect.arrayContaining(['sub', 'index']))
  })

  const COUNTS: readonly (readonly [string, string, string])[] = [
    [
      'an entry beyond the log',
      `INSERT INTO entries SELECT 77, 'x', iss, 'x', statement, kind, decision, code, outcome, receipt, received_at, number, serial, plate,
        region, fact_date, valid_until, supersedes, amends FROM entries WHERE position = 1`,
      'entries',
    ],
    [
      'an entry before the log',
      `INSERT INTO entries SELECT -1, 'x', iss, 'x', statement, kind, decision, code, outcome, receipt, received_at, number, serial, plate,
        region, fact_date, valid_until, supersedes, amends FROM entries WHERE position = 1`,
      'entries',
    ],
    ['a hash that no tile has filled', "INSERT INTO tile_roots VALUES (1, 0, 'x')", 'tile_roots'],
    ['a cosigned size that bars every later one', 'UPDATE log SET cosigned_size = 9000', 'cosigned_size'],
    ['a replay memory that seems full', 'UPDATE replay SET size = 1000000', 'requests'],
    ['a replay memory that never fills', 'UPDATE replay SET size = -1000000', 'requests'],
    ['a replay memory that was emptied', 'DELETE FROM requests', 'requests'],
    ['a request remembered for ever', 'UPDATE requests SET until = 9000000000000', 'requests.until'],
  ]
  it.each(COUNTS)('finds %s', async (_, sql, what) => {
    const { findings } = await audited(sql)
    expect(findings).toContainEqual(expect.objectContaining({ code: 'audit.count', params: expect.objectContaining({ what }) }))
  })

  it('finds entries that were deleted from the log', async () => {
    expect(codesOf((await audited("DELETE FROM entries WHERE kind = 'notice'")).findings)).toEqual(
      expect.arrayContaining(['audit.count', 'audit.gap']),
    )
  })

  it('finds an inconsistent state of a peer', async () => {
    const { origin, signer } = world.authorities.log('CQ-AMR')
    const { createNoteSigner } = await import('tongheng/log')
    const jwk = world.authorities.logKey('CQ-AMR').publicJwk
    const note = await signCheckpoint(
      { origin, size: 5, root: new Uint8Array(32) },
      await createNoteSigner({ name: origin, signer, jwk, role: 'log' }),
    )
    const peer = (of: string, size: number, cursor: number, text = note): string =>
      `INSERT INTO peers VALUES ('${of}', '${text.replaceAll("'", "''")}', ${size}, ${cursor})`
    expect((await audited(peer(origin, 5, 5))).findings).toEqual([])
    for (const sql of [
      peer(origin, 5, 6),
      peer(origin, 9, 5),
      peer('elsewhere.example/log', 5, 0),
      peer(origin, 5, -1),
      peer(origin, 5, 0, 'no note'),
    ])
      expect(codesOf((await audited(sql)).findings)).toEqual(['audit.peer'])
  })

  it('finds documents that differ from their rows', async () => {
    for (const sql of [
      "UPDATE documents SET name = 'another' WHERE collection = 'agreement'",
      "UPDATE documents SET version = 9 WHERE collection = 'agreement'",
      "UPDATE documents SET version = 9 WHERE collection = 'trust-list'",
      "INSERT INTO documents VALUES ('fork', 'node.example/log', 5, '[\"{}\"]')",
      "INSERT INTO documents VALUES ('status-list', 'https://x.example', 5, '[\"a.b.c\"]')",
      "INSERT INTO documents VALUES ('status', 'https://x.example', 5, '[]')",
    ])
      expect(codesOf((await audited(sql)).findings), sql).toEqual(['audit.document'])
  })

  it('finds that a trust list which a receipt relies on is missing', async () => {
    const trust = { ...world.authorities.trust, versions: () => [] }
    expect(codesOf((await audited("DELETE FROM documents WHERE collection = 'trust-list'", trust)).findings)).toEqual([
      'audit.document-missing',
    ])
  })
})
