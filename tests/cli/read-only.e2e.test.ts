// Why this exists: a kernel that finds a damaged disk mounts it read-only under a running node. The node must say so, tell every caller to
// come again, lose nothing, and go on by itself once the disk may be written again.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from 'tongheng/node'
import { createSqliteStore } from 'tongheng/stores/sqlite'
import { createFakeAuthorities, fixtures } from 'tongheng/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entriesOf } from '../support/nodes/pair.js'
import { openWorld, problemOf, recordPath, type World } from '../support/nodes/world.js'
import { json, writeNode } from './node-files.js'
import { type Cli, openCli } from './run.js'

/** Makes files immutable, so that every write fails as on a read-only disk, also for root, whom file modes do not bind. */
const change = (flag: '+i' | '-i', files: readonly string[]): boolean => spawnSync('chattr', [flag, ...files]).status === 0
const canChange = ((): boolean => {
  const file = join(tmpdir(), `tongheng-immutable-${process.pid}`)
  writeFileSync(file, '')
  const can = change('+i', [file]) && change('-i', [file])
  spawnSync('rm', ['-f', file])
  return can
})()

describe.skipIf(!canChange)('a database that becomes read-only (skipped: no right to make a file immutable)', () => {
  let cli: Cli
  let folder: string
  let store: Store
  let world: World
  let files: readonly string[]
  let statement: string

  beforeAll(async () => {
    cli = await openCli()
    const authorities = await createFakeAuthorities({ witnessKeys: true })
    await writeNode(cli, authorities, 'SC-AMR')
    folder = await mkdtemp(join(tmpdir(), 'tongheng-read-only-'))
    files = ['', '-wal', '-shm'].map((suffix) => `${join(cli.folder, '51.db')}${suffix}`)
    store = await createSqliteStore({ file: files[0] as string })
    world = await openWorld({ authorities, store })
    statement = await authorities.sign('CD', fixtures.F01.record)
  })
  afterAll(async () => {
    change('-i', files)
    await store.close()
    await cli.close()
    await rm(folder, { recursive: true, force: true })
  })

  const submit = () => world.send({ method: 'PUT', path: recordPath(statement), body: statement, as: 'CD' })
  const ready = async () => {
    const response = await world.send({ path: '/readyz', as: null })
    return [response.status, await response.text()] as const
  }
  const doctor = async () => json((await cli.run(['doctor', '--config', 'node-51.json', '--format', 'json'])).out)

  it('is answered with 503 and a retry time, makes the node not ready, and is reported by the doctor', async () => {
    expect((await ready())[0]).toBe(200)
    expect(change('+i', files)).toBe(true)
    const refused = await submit()
    expect([refused.status, refused.headers.get('retry-after'), (await problemOf(refused)).code]).toEqual([
      503,
      expect.stringMatching(/^\d+$/),
      'store.unavailable',
    ])
    expect(world.events.at(-1)).toMatchObject({ status: 503 })
    expect(store.faults.last).toMatchObject({ code: 'store.read-only', details: { driverCode: 'EPERM' } })
    world.clock.now += 60
    const [status, said] = await ready()
    expect([status, said]).toEqual([503, expect.stringContaining('数据库只读（EPERM）')])
    // The message of the driver has the path of the file, which only the operator may see.
    expect(said).not.toContain(cli.folder)
    const line = (await doctor()).find(({ code }) => code === 'doctor.database-bad')
    expect(line).toMatchObject({
      status: 'fail',
      en: expect.stringMatching(/51\.db is read-only \(by the rights of file or folder, or the mount of its disk\)/),
    })
  })

  it('recovers without a restart once it is writable, and has every entry once', async () => {
    expect(change('-i', files)).toBe(true)
    expect((await submit()).status).toBe(201)
    world.clock.now += 60
    expect((await ready())[0]).toBe(200)
    expect((await submit()).status).toBe(200)
    expect((await entriesOf(world)).map((entry) => entry.statement)).toEqual([statement])
    expect((await doctor()).find(({ code }) => code === 'doctor.database')).toMatchObject({ status: 'ok' })
  })
})
