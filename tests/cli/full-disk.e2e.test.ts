// Why this exists: whatever a command writes with --out, a full disk must cause no half-written file, no temporary file, unchanged inputs,
// and one line that names the file. A command that gets --out and no row here fails.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSqliteStore } from 'tongheng/stores/sqlite'
import { createFakeAuthorities, fixtures, jointFixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeNode } from './node-files.js'
import { type Cli, openCli } from './run.js'

/** Size of the database in octets; no other file may have more than half of it. */
const LARGE = 2_000_000
const LIMIT = 1024

interface Row {
  readonly args: readonly string[]
  /** Maximum size of a file in kibioctets. */
  readonly most: number
}
const ROWS: Readonly<Record<string, Row>> = {
  keygen: { args: ['keygen', '--out', 'OUT'], most: 0 },
  sign: { args: ['sign', 'f01.json', '--key', 'k.json', '--out', 'OUT'], most: 0 },
  check: { args: ['check', 'f01.json', '--out', 'OUT'], most: 0 },
  verify: { args: ['verify', 'f01.jws', '--trust', 'trust.json', '--region', '50', '--format', 'csv', '--out', 'OUT.csv'], most: 0 },
  duplicates: { args: ['duplicates', 'f01.jws', '--trust', 'trust.json', '--format', 'csv', '--out', 'OUT.csv'], most: 0 },
  certificate: { args: ['certificate', 'f01.json', '--out', 'OUT.html'], most: 0 },
  label: { args: ['label', 'f01.jws', '--node', 'https://jl.example.cn', '--key', 'k.json', '--out', 'OUT.html'], most: 0 },
  ledger: { args: ['ledger', 'check', 'ledger.csv', '--format', 'csv', '--out', 'OUT.csv'], most: 0 },
  joint: { args: ['joint', 'sign', 'joint.json', '--iss', '11510000MB1F23451P', '--key', 'k.json', '--out', 'OUT'], most: 0 },
  round: { args: ['round', 'open', 'protocol.json', '--iss', '11510000MB1F23451P', '--key', 'k.json', '--out', 'OUT'], most: 0 },
  supervise: { args: ['supervise', 'task', 'task.json', '--iss', '11510000MB1F23451P', '--key', 'k.json', '--out', 'OUT'], most: 0 },
  log: { args: ['log', 'forks', '--config', 'node-51.json', '--out', 'OUT'], most: LIMIT },
  backup: { args: ['backup', '--config', 'node-51.json', '--out', 'OUT'], most: LIMIT },
}

let cli: Cli

beforeAll(async () => {
  cli = await openCli()
  await cli.write('f01.json', fixtures.F01.record)
  await cli.write('joint.json', jointFixtures.assessment)
  await cli.write('task.json', jointFixtures.task)
  await cli.write('protocol.json', jointFixtures.protocol)
  await cli.write('ledger.csv', '器具名称,出厂编号,检定日期\n压力表,A1,2026.02.30\n')
  await cli.run(['keygen', '--out', 'k.json'])
  await cli.run(['sign', 'f01.json', '--key', 'k.json', '--out', 'f01.jws'])
  const world = await createFakeAuthorities({ witnessKeys: true })
  await cli.write('trust.json', { anchors: world.anchors, trustLists: world.trustLists, agreements: [world.signedAgreement] })
  await writeNode(cli, world, 'SC-AMR')
  const store = await createSqliteStore({ file: join(cli.folder, '51.db') })
  await store.putDocument({ collection: 'fork', name: 'x.example/log', version: 1, signed: ['x'.repeat(LARGE)] })
  await store.close()
})
afterAll(() => cli.close())

async function heldOctets(): Promise<number> {
  const store = await createSqliteStore({ file: join(cli.folder, '51.db') })
  const [fork] = await store.listDocuments('fork')
  await store.close()
  return fork?.signed[0]?.length ?? 0
}

/** Every file with its digest. SQLite’s own files beside an open database are left out, because they change by themselves. */
async function filesNow(): Promise<readonly string[]> {
  const names = (await readdir(cli.folder)).filter((name) => !/-(?:wal|shm)$/.test(name)).toSorted()
  return Promise.all(
    names.map(async (name) => {
      // Opening a database changes its header, so its entries are compared below.
      const bytes = name.endsWith('.db') ? '' : await readFile(join(cli.folder, name))
      return `${name} ${createHash('sha256').update(bytes).digest('hex')}`
    }),
  )
}

describe('--out on a full disk', () => {
  it('is tested for each command with that option', async () => {
    const overview = (await cli.run(['--help', '--lang', 'en'])).out
    const commands = [...overview.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name as string)
    expect(commands.length).toBeGreaterThan(15)
    const helps = await Promise.all(commands.map(async (name) => [name, (await cli.run([name, '--help', '--lang', 'en'])).out] as const))
    expect(helps.filter(([, help]) => /^ {2}--out /m.test(help)).map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(ROWS)))
    expect(helps.filter(([name, help]) => /^ {2}--out /m.test(help) && !(name in ROWS)).map(([name]) => name)).toEqual([])
  })

  it.runIf(process.platform === 'linux').each(Object.entries(ROWS))(
    '%s exits with 2 and one line, and changes no file',
    async (name, { args, most }) => {
      const before = await filesNow()
      const { code, out, err } = await cli.runProcess([...args.map((one) => one.replace(/^OUT/, `${name}.out`)), '--lang', 'en'], {
        mostOfFile: most,
      })
      const lines = err.trimEnd().split('\n')
      expect([code, out], err).toEqual([2, ''])
      expect(
        lines.filter((line) => line.startsWith('Error: ')),
        err,
      ).toEqual([expect.stringMatching(`${name}\\.out.*\\[cli\\.file\\]`)])
      expect(await filesNow()).toEqual(before)
      expect(await heldOctets()).toBe(LARGE)
    },
  )
})
