// Why this exists: a server that publishes loses power, or its disk fills. At every moment a reader of the folder must find a checkpoint of
// which every tile is there, and the next `log publish` must complete what was begun.
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSqliteStore, openSqlite } from 'tongheng/stores/sqlite'
import { createFakeAuthorities } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fill, signMany } from '../support/nodes/pair.js'
import { openWorld } from '../support/nodes/world.js'
import { writeNode } from './node-files.js'
import { type Cli, openCli } from './run.js'

const en = ['--lang', 'en']
/** Numbers of entries: several full tiles, so that a publisher is killed between them. */
const [FIRST, ALL] = [300, 1400]
let cli: Cli
const publish = (folder: string): string[] => ['log', 'publish', '--config', 'node-51.json', '--out', folder, ...en]
const audit = (folder: string) => cli.run(['log', 'audit', '--files', folder, '--trust', 'trust.json', ...en])
const checkpointOf = (folder: string): Promise<string> => readFile(join(cli.folder, folder, 'v1', 'log', 'checkpoint'), 'utf8')
const sizeIn = async (folder: string): Promise<number> => Number((await checkpointOf(folder)).split('\n')[1])

beforeAll(async () => {
  cli = await openCli()
  const authorities = await createFakeAuthorities({ witnessKeys: true })
  await writeNode(cli, authorities, 'SC-AMR')
  const store = await createSqliteStore({ file: join(cli.folder, '51.db') })
  const world = await openWorld({ authorities, store })
  const statements = await signMany(authorities, ALL)
  await fill(world, statements.slice(0, FIRST))
  for (const folder of ['killed', 'full']) expect(await cli.run(publish(folder))).toMatchObject({ code: 0, err: '' })
  await fill(world, statements.slice(FIRST))
  await store.close()
})
afterAll(() => cli.close())

describe('log publish', () => {
  it('killed at any moment leaves a folder that a reader can prove, and the next run completes it', async () => {
    let cut = 0
    for (let files = 0; ; files++) {
      // Kill it once this many files exist: between two tiles, before the documents, before the checkpoint.
      const child = await cli.startProcess(publish('killed'))
      const ended = once(child, 'close')
      const tiles = join(cli.folder, 'killed', 'v1', 'log', 'tile')
      const before = (await readdir(tiles, { recursive: true })).length
      while (child.exitCode === null && (await readdir(tiles, { recursive: true })).length < before + files) await new Promise(setImmediate)
      child.kill('SIGKILL')
      const [code] = await ended
      expect(await audit('killed')).toMatchObject({
        code: 0,
        out: expect.stringContaining(`${await sizeIn('killed')} entries proved again: everything agrees\n`),
      })
      if (code === 0) break
      cut++
      expect([FIRST, ALL]).toContain(await sizeIn('killed'))
      if (cut === 6) break
    }
    expect(cut).toBeGreaterThan(1)
    expect((await cli.run(publish('killed'))).code).toBe(0)
    expect(await audit('killed')).toMatchObject({
      code: 0,
      out: expect.stringContaining(`${ALL} entries proved again: everything agrees\n`),
    })
    expect(await sizeIn('killed')).toBe(ALL)
  })

  it.runIf(process.platform === 'linux')(
    'on a full disk exits with 2 and names the file, leaves the folder as it was, and completes it later',
    async () => {
      // The files of the database do not grow: it is open already, and its write-ahead log was emptied.
      const db = await openSqlite(join(cli.folder, '51.db'))
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      const { code, err } = await cli.runProcess(publish('full'), { mostOfFile: 6 })
      db.close()
      expect([code, err], err).toEqual([2, expect.stringMatching(/^Error: .*v1\/log\/tile\/.*EFBIG.*\[files\.unusable\]/m)])
      expect(await readdir(join(cli.folder, 'full', '.incoming'))).toEqual([])
      expect(await sizeIn('full')).toBe(FIRST)
      expect(await audit('full')).toMatchObject({
        code: 0,
        out: expect.stringContaining(`${FIRST} entries proved again: everything agrees\n`),
      })
      expect((await cli.run(publish('full'))).code).toBe(0)
      expect(await audit('full')).toMatchObject({
        code: 0,
        out: expect.stringContaining(`${ALL} entries proved again: everything agrees\n`),
      })
    },
  )
})
