// Why this exists: a frozen log consists of files only, on any disk. An audit must report each file that is missing, changed or not part of
// the log, and no other; and it must read logs of other implementations.
import { openCheckpoint, readNoteKey } from 'tongheng/log'
import { createPublisher, type TileStore } from 'tongheng/node'
import { createMemoryTiles } from 'tongheng/stores/memory'
import { type AuditFinding, auditFiles } from 'tongheng/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import { fill, follow, logHolder, openChongqing, signMany } from '../support/nodes/pair.js'
import { fakeAuthorities, openWorld } from '../support/nodes/world.js'
import { readJson, vectorFile } from '../support/vectors.js'

const SIZE = 530
const files = new Map<string, Uint8Array>()
beforeAll(async () => {
  const authorities = await fakeAuthorities()
  const [world, chongqing] = [await openWorld(), await openChongqing({ authorities })]
  const tiles = createMemoryTiles()
  const publish = async (): Promise<void> => {
    for await (const _ of createPublisher({ node: world.node, tiles }).round());
  }
  const statements = await signMany(authorities, SIZE)
  await fill(world, statements.slice(0, 100))
  await follow(world, chongqing)
  await publish()
  await fill(world, statements.slice(100))
  await publish()
  for await (const { path } of tiles.list('v1')) files.set(path, (await tiles.get(path)) as Uint8Array)
})

type Given = Map<string, Uint8Array>
async function audited(change: (given: Given) => void) {
  const given: Given = new Map([...files].map(([path, bytes]) => [path, bytes.slice()]))
  change(given)
  const store: Pick<TileStore, 'get' | 'list'> = {
    get: async (path) => given.get(path),
    async *list(path) {
      for (const [name, bytes] of given) if (name.startsWith(`${path}/`)) yield { path: name, octets: bytes.length }
    },
  }
  const { key } = await logHolder(await fakeAuthorities(), 'SC-AMR')
  const found: AuditFinding[] = []
  const notes: AuditFinding[] = []
  let checked = 0
  for await (const step of auditFiles({ files: store, open: (note) => openCheckpoint(note, key) })) {
    found.push(...step.findings)
    notes.push(...step.notes)
    checked = step.checked
  }
  const named = (all: AuditFinding[]): string[] =>
    all.map(({ code, params }) => `${code} ${String(params.path ?? '').replace('v1/log/', '')}`.trim())
  return { found: named(found), notes: named(notes), checked }
}
const flip = (path: string, at: number) => (given: Given) => {
  const bytes = given.get(`v1/log/${path}`) as Uint8Array
  bytes[at] = (bytes[at] as number) ^ 1
}
const drop = (path: string) => (given: Given) => void given.delete(`v1/log/${path}`)

describe('the audit of published files', () => {
  it('finds nothing in a log that was published in two rounds, and reads every entry', async () => {
    expect(files.has('v1/log/tile/0/000.p/100')).toBe(true)
    expect(await audited(() => undefined)).toEqual({ found: [], notes: [], checked: SIZE })
  })

  it.each([
    'tile/0/000',
    'tile/0/001',
    'tile/0/002.p/18',
    'tile/1/000.p/2',
    'tile/entries/000',
    'tile/entries/002.p/18',
    'tile/0/000.p/100',
    'tile/entries/000.p/100',
  ])('names %s if an octet of it is changed, and no other file', async (path) => {
    for (const at of [0, 40, (files.get(`v1/log/${path}`) as Uint8Array).length - 1])
      expect((await audited(flip(path, at))).found, String(at)).toEqual([`audit.file-changed ${path}`])
  })

  it.each([
    ['tile/0/000', SIZE],
    ['tile/1/000.p/2', SIZE],
    ['tile/0/002.p/18', SIZE],
    ['tile/entries/001', SIZE - 256],
    ['checkpoint', 0],
  ])('names %s if it is missing, and proves the others from what hangs below it', async (path, checked) => {
    expect(await audited(drop(path))).toMatchObject({ found: [`audit.file-missing ${path}`], checked })
  })

  it('names a bundle that is short, a tile that is long, and an old partial tile that is another', async () => {
    const cut = (path: string, to: number) => (given: Given) =>
      void given.set(`v1/log/${path}`, new Uint8Array([...(given.get(`v1/log/${path}`) as Uint8Array), ...new Uint8Array(64)]).slice(0, to))
    expect((await audited(cut('tile/entries/001', 34 * 255))).found).toEqual(['audit.file-changed tile/entries/001'])
    expect((await audited(cut('tile/0/001', 8224))).found).toEqual(['audit.file-changed tile/0/001'])
    expect((await audited(cut('tile/0/000.p/100', 32 * 99))).found).toEqual(['audit.file-changed tile/0/000.p/100'])
  })

  it('says that a tile and its bundle cannot be proved if both are wrong', async () => {
    const { found } = await audited((given) => {
      flip('tile/0/001', 0)(given)
      flip('tile/entries/001', 2)(given)
    })
    expect(found).toEqual(['audit.file-changed tile/0/001', 'audit.file-unproved tile/0/001'])
  })

  it('finds that two bundles have changed places', async () => {
    const { found } = await audited((given) => {
      const [one, other] = ['v1/log/tile/entries/000', 'v1/log/tile/entries/001'].map((path) => given.get(path) as Uint8Array)
      given.set('v1/log/tile/entries/000', other as Uint8Array).set('v1/log/tile/entries/001', one as Uint8Array)
    })
    expect(found.filter((one) => one.includes('entries/00') && !one.includes('.p/'))).toEqual([
      'audit.file-changed tile/entries/000',
      'audit.file-changed tile/entries/001',
    ])
  })

  it('reports files that are not part of the log, and notes tiles beyond the checkpoint of an open log', async () => {
    const { found, notes } = await audited((given) => {
      for (const path of ['tile/0/00x', 'tile/0/0', 'notes.txt', 'tile/entries/000~', 'tile/0/002', 'tile/3/000'])
        given.set(`v1/log/${path}`, new Uint8Array(32))
    })
    expect(found).toEqual(['tile/0/00x', 'tile/0/0', 'notes.txt', 'tile/entries/000~'].map((path) => `audit.file-extra ${path}`))
    expect(notes).toEqual(['audit.file-beyond tile/0/002', 'audit.file-beyond tile/3/000'])
  })

  it('refuses a checkpoint by another key, one that was changed, and a root that the files do not have', async () => {
    const note = (change: (text: string) => string) => (given: Given) =>
      void given.set('v1/log/checkpoint', new TextEncoder().encode(change(new TextDecoder().decode(given.get('v1/log/checkpoint')))))
    expect((await audited(note((text) => text.replace('\n530\n', '\n529\n')))).found).toEqual(['audit.checkpoint'])
    expect((await audited(note(() => ''))).found).toEqual(['audit.checkpoint'])
    expect((await audited((given) => void given.set('v1/log/cosigned-checkpoint', new Uint8Array(9)))).found).toEqual(['audit.checkpoint'])
    const swapped = await audited((given) => void given.set('v1/log/checkpoint', given.get('v1/log/cosigned-checkpoint') as Uint8Array))
    expect(swapped).toMatchObject({ found: [], checked: 100 })
  })
})

describe('the audit of a log of another implementation (tessera)', () => {
  const { vkey, files_b64: all } = readJson<{ vkey: string; files_b64: Record<string, string> }>(
    vectorFile('c2sp-tlog/tessera-log.json.gz'),
  )

  it('proves it, and finds one changed octet in each of its files', async () => {
    const key = await readNoteKey(vkey)
    const own = Object.entries(all).filter(([name]) => name === 'checkpoint' || name.startsWith('tile/'))
    expect(own.length).toBeGreaterThan(10)
    const find = async (changed?: string): Promise<string[]> => {
      const tiles = createMemoryTiles()
      for (const [name, text] of own) {
        const bytes = Buffer.from(text, 'base64')
        if (name === changed) bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1
        await tiles.put(`log/${name}`, bytes)
      }
      const found: string[] = []
      for await (const { findings } of auditFiles({ files: tiles, open: (note) => openCheckpoint(note, key), path: 'log' }))
        found.push(...findings.map(({ code, params }) => `${code} ${String(params.path ?? '')}`.trim()))
      return found
    }
    expect(await find()).toEqual([])
    for (const [name] of own)
      expect(await find(name), name).toEqual([name === 'checkpoint' ? 'audit.checkpoint' : `audit.file-changed log/${name}`])
  })
})
