// Why this exists: the audit must compute the tree and its tiles again from the entries, and compare them with every signed root. These
// logs are longer than a tile, and each differs in one place from what was signed.
import type { Store } from 'tongheng/node'
import { createMemoryStore } from 'tongheng/stores/memory'
import { type AuditFinding, auditLog } from 'tongheng/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import { fill, signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld, uscc, type World } from '../support/nodes/world.js'

const SIZE = 300
let world: World
beforeAll(async () => {
  world = await openWorld({ store: createMemoryStore() })
  await fill(world, await signMany(await fakeAuthorities(), SIZE))
})

/** Audits the log over a store that answers some calls differently. */
async function audited(changes: Partial<Store> = {}): Promise<AuditFinding[]> {
  const store = Object.assign(Object.create(world.store), changes) as Store
  const findings: AuditFinding[] = []
  for await (const step of auditLog({ store, trust: world.authorities.trust, authority: uscc('SC-AMR') })) findings.push(...step.findings)
  return findings
}
const codesOf = (findings: readonly AuditFinding[]): string[] => [...new Set(findings.map(({ code }) => code))].sort()

describe('the audit of a log longer than a tile', () => {
  it('finds nothing if nothing was altered', async () => {
    expect(await audited()).toEqual([])
  })

  it.each([
    ['altered', async () => [new Uint8Array(32).fill(7)]],
    ['missing', async () => []],
  ] as const)('finds the stored root of a full tile that is %s', async (_, tileRoots) => {
    expect(await audited({ tileRoots: tileRoots as unknown as Store['tileRoots'] })).toEqual([
      { code: 'audit.tile', params: { level: 1, index: 0 } },
    ])
  })

  it('finds a checkpoint that was signed for more entries than the log has', async () => {
    const log = await world.store.readLog()
    const findings = await audited({ readLog: async () => ({ ...log, size: SIZE - 1 }) })
    expect(codesOf(findings)).toContain('audit.beyond')
    expect(findings.find(({ code }) => code === 'audit.beyond')?.params).toMatchObject({ size: SIZE, found: SIZE - 1 })
  })

  it('finds that two entries have changed places, since the roots differ', async () => {
    const findings = await audited({
      async listEntries(query, options) {
        const page = await world.store.listEntries(query, options)
        const [first, second] = [page.items[0], page.items[1]]
        if (options.from > 0 || first === undefined || second === undefined) return page
        const swapped = [
          { ...second, position: 0 },
          { ...first, position: 1 },
        ]
        return { ...page, items: [...swapped, ...page.items.slice(2)] }
      },
    })
    expect(codesOf(findings)).toEqual(['audit.root', 'audit.tile'])
  })

  it('finds an entry of the second page that is missing', async () => {
    const findings = await audited({
      async listEntries(query, options) {
        const page = await world.store.listEntries(query, options)
        return { ...page, items: page.items.filter(({ position }) => position !== SIZE - 10) }
      },
    })
    expect(findings).toContainEqual({ code: 'audit.gap', params: { position: SIZE - 10, found: SIZE - 9 } })
  })

  it('finds the last entry of a page that is missing', async () => {
    const findings = await audited({
      async listEntries(query, options) {
        const page = await world.store.listEntries(query, options)
        return { ...page, items: page.items.filter(({ position }) => position !== SIZE - 1) }
      },
    })
    expect(findings).toContainEqual({ code: 'audit.gap', params: { position: SIZE - 1, found: null } })
  })

  it('reads each entry once, and lists notices only by their kind', async () => {
    let read = 0
    await audited({
      async listEntries(query, options) {
        const page = await world.store.listEntries(query, options)
        read += page.items.length
        return page
      },
    })
    expect(read).toBe(SIZE)
  })
})
