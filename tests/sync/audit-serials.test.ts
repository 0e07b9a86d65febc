// Why this exists: a meter of a batch is found by a table outside the log. An attacker who deletes a row there hides one failed or revoked
// meter, and no hash of the log shows it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from 'tongheng/node'
import type { VerificationRecord } from 'tongheng/records'
import { copySqlite, createSqliteStore, openSqlite } from 'tongheng/stores/sqlite'
import { type AuditFinding, auditLog } from 'tongheng/sync'
import { certificates } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, taximeter, uscc, type World } from '../support/nodes/world.js'

const batch = certificates['energy-meters'].record as VerificationRecord
const SERIALS = (batch.instruments ?? []).map(({ serialNumber }) => serialNumber)

let folder: string
let world: World
let original: string
let files = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongheng-serials-'))
  original = join(folder, 'node.db')
  world = await openWorld({ store: await createSqliteStore({ file: original }) })
  const { authorities, node, store } = world
  await node.submit({ statement: await authorities.sign('CD', taximeter('甲')), sender: uscc('CD'), requestId: 'r' })
  await node.submit({ statement: await authorities.sign('SC-INST', batch), sender: uscc('SC-INST'), requestId: 'r' })
  await store.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Audits a copy of the database after running `sql` on it. */
async function audited(sql: string, changes: (store: Store) => Partial<Store> = () => ({})) {
  const file = join(folder, `${++files}.db`)
  await copySqlite(original, file)
  const db = await openSqlite(file)
  db.exec(sql)
  db.close()
  const store = await createSqliteStore({ file })
  try {
    const [findings, notes]: [AuditFinding[], AuditFinding[]] = [[], []]
    const seen = Object.assign(Object.create(store), changes(store)) as Store
    for await (const step of auditLog({ store: seen, trust: world.authorities.trust, authority: uscc('SC-AMR') })) {
      findings.push(...step.findings)
      notes.push(...step.notes)
    }
    return { findings, notes }
  } finally {
    await store.close()
  }
}
const counted = (found: number) => ({ code: 'audit.count', params: { what: 'entry_serials', found, expected: SERIALS.length } })

describe('the audit of the serial numbers of lines', () => {
  it('reports nothing if each is stored', async () => {
    expect(await audited('')).toEqual({ findings: [], notes: [] })
  })

  it('finds one that was deleted, and names it and its entry', async () => {
    const { findings } = await audited(`DELETE FROM entry_serials WHERE serial = '${SERIALS[2]}'`)
    expect(findings).toEqual([
      { code: 'audit.serials', params: { position: 1, count: 1, serials: SERIALS[2] } },
      counted(SERIALS.length - 1),
    ])
  })

  it('finds one that was exchanged for another, which leaves their number as it was', async () => {
    const { findings } = await audited(`UPDATE entry_serials SET serial = 'ANOTHER' WHERE serial = '${SERIALS[0]}'`)
    expect(findings).toEqual([{ code: 'audit.serials', params: { position: 1, count: 1, serials: SERIALS[0] } }])
  })

  it.each([
    ['under another entry', 'UPDATE entry_serials SET position = 0'],
    ['beyond the end of the log', 'UPDATE entry_serials SET position = 7'],
  ])('finds those that stand %s', async (_, sql) => {
    const { findings } = await audited(sql)
    expect(findings).toEqual([
      { code: 'audit.serials', params: { position: 1, count: SERIALS.length, serials: SERIALS.slice(0, 5).join(', ') } },
    ])
  })

  it.each([0, 1, 2])('finds one too many, which leads to entry %i', async (position) => {
    const { findings } = await audited(`INSERT INTO entry_serials (serial, position) VALUES ('TX9A2303117', ${position})`)
    expect(findings).toEqual([counted(SERIALS.length + 1)])
  })

  it('does not count those of entries that are appended while it runs', async () => {
    const changes = (store: Store): Partial<Store> => {
      let reads = 0
      return {
        readLog: async () => {
          const log = await store.readLog()
          return reads++ === 0 ? log : { ...log, size: log.size + 1 }
        },
        countSerials: async (before) => (before === undefined ? SERIALS.length + 9 : store.countSerials(before)),
      }
    }
    expect(await audited('', changes)).toEqual({ findings: [], notes: [] })
  })

  it('notes, without a fault, that they cannot be counted if a record cannot be read', async () => {
    const { findings, notes } = await audited("UPDATE entries SET statement = replace(statement, '.', '..') WHERE position = 1")
    expect(findings.map(({ code }) => code)).toContain('audit.statement')
    expect(findings.map(({ code }) => code)).not.toContain('audit.count')
    expect(notes).toContainEqual({ code: 'audit.unproved', params: { what: 'entry_serials' } })
  })
})
